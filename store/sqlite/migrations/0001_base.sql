-- +goose Up

-- The base of Corvee on SQLite. Text, quotes and JSON are BLOBs, so that U+0000 and every
-- other byte come back as they went in; times are microseconds UTC (…_us). Ids and words
-- of closed lists are TEXT, compared byte by byte.

CREATE TABLE actor (
    id   TEXT PRIMARY KEY,
    name BLOB NOT NULL
) STRICT;

CREATE TABLE collection (
    id   TEXT PRIMARY KEY,
    name BLOB NOT NULL
) STRICT;

INSERT INTO actor (id, name) VALUES ('local', CAST('local' AS BLOB));
INSERT INTO collection (id, name) VALUES ('default', CAST('default' AS BLOB));

-- n keeps the order in which inputs first came. origin is apart from the JSON of body: a path
-- need not be UTF-8.
CREATE TABLE input (
    n      INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    report TEXT NOT NULL,
    state  TEXT NOT NULL,
    origin BLOB NOT NULL,
    at_us  INTEGER NOT NULL,
    body   BLOB NOT NULL
) STRICT;
CREATE INDEX input_report ON input (report) WHERE report <> '';
CREATE INDEX input_state ON input (state, n);

-- text is the hash of the text in force; rules are those that last read it.
CREATE TABLE report (
    n           INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    collection  TEXT NOT NULL REFERENCES collection (id),
    text        TEXT NOT NULL,
    published   TEXT NOT NULL,
    captured_us INTEGER NOT NULL,
    rules       TEXT NOT NULL,
    body        BLOB NOT NULL
) STRICT;
CREATE INDEX report_order ON report (published, id);
CREATE INDEX report_collection ON report (collection, published, id);

CREATE TABLE report_text (
    n      INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (n),
    hash   TEXT NOT NULL,
    blocks BLOB NOT NULL,
    UNIQUE (report, hash)
) STRICT;

-- A text lies in pieces, so that checking a quote does not read all of a long one.
CREATE TABLE text_piece (
    text    INTEGER NOT NULL REFERENCES report_text (n) ON DELETE CASCADE,
    start   INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (text, start)
) STRICT;

-- body is the claim as JSON without what has a column here. rank is the place of kind in
-- its closed list.
CREATE TABLE claim (
    n      INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (n),
    text   INTEGER NOT NULL REFERENCES report_text (n),
    id     TEXT NOT NULL,
    kind   TEXT NOT NULL,
    rank   INTEGER NOT NULL,
    start  INTEGER NOT NULL,
    stop   INTEGER NOT NULL,
    quote  BLOB NOT NULL,
    sector TEXT NOT NULL,
    body   BLOB NOT NULL,
    UNIQUE (report, id)
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_order ON claim (report, start, stop, rank, id);
CREATE INDEX claim_text ON claim (text);
CREATE INDEX claim_kind ON claim (kind);
CREATE INDEX claim_sector ON claim (sector) WHERE sector <> '';

CREATE TABLE claim_place (
    place TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim (n) ON DELETE CASCADE,
    PRIMARY KEY (place, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_place_claim ON claim_place (claim);

CREATE TABLE claim_country (
    country TEXT NOT NULL,
    claim   INTEGER NOT NULL REFERENCES claim (n) ON DELETE CASCADE,
    PRIMARY KEY (country, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_country_claim ON claim_country (claim);

-- text, start, stop and quote are there where the reviewer wrote a claim.
CREATE TABLE verdict (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    report INTEGER NOT NULL REFERENCES report (n),
    claim  TEXT NOT NULL,
    actor  TEXT NOT NULL REFERENCES actor (id),
    at_us  INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    text   INTEGER REFERENCES report_text (n),
    start  INTEGER,
    stop   INTEGER,
    quote  BLOB,
    body   BLOB NOT NULL,
    CHECK ((text IS NULL) = (quote IS NULL) AND (start IS NULL) = (quote IS NULL) AND (stop IS NULL) = (quote IS NULL))
) STRICT;
CREATE INDEX verdict_claim ON verdict (report, claim, seq);
CREATE INDEX verdict_text ON verdict (text);

CREATE TABLE decision (
    id    TEXT PRIMARY KEY,
    at_us INTEGER NOT NULL,
    body  BLOB NOT NULL
) STRICT;

CREATE TABLE event (
    seq          INTEGER PRIMARY KEY,
    at_us        INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    collection   TEXT NOT NULL,
    verb         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    prev         TEXT NOT NULL,
    hash         TEXT NOT NULL UNIQUE
) STRICT;

-- report says whose purge takes the payload away: a report's, or that of what an input
-- brought; '' for none.
CREATE TABLE payload (
    seq     INTEGER PRIMARY KEY REFERENCES event (seq),
    report  TEXT NOT NULL,
    salt    BLOB NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX payload_report ON payload (report) WHERE report <> '';

CREATE TABLE list_version (
    list        TEXT PRIMARY KEY,
    imported_us INTEGER NOT NULL,
    body        BLOB NOT NULL
) STRICT;

CREATE TABLE listing (
    list TEXT NOT NULL,
    id   TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (list, id)
) STRICT;
CREATE INDEX listing_id ON listing (id);

CREATE TABLE run (
    id    TEXT PRIMARY KEY,
    at_us INTEGER NOT NULL,
    body  BLOB NOT NULL
) STRICT;

CREATE TABLE run_message (
    run  TEXT NOT NULL REFERENCES run (id),
    n    INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (run, n)
) STRICT;

CREATE TABLE tombstone (
    id     TEXT PRIMARY KEY,
    at_us  INTEGER NOT NULL,
    actor  TEXT NOT NULL,
    reason BLOB NOT NULL
) STRICT;

-- grounding: text[start:stop] == quote, in bytes. The pieces that the span touches must
-- agree with their part of the quote, and their agreeing parts must add up to all of it.

-- +goose StatementBegin
CREATE TRIGGER claim_grounded_insert BEFORE INSERT ON claim
BEGIN
    SELECT RAISE(ABORT, 'corvee: ungrounded')
    WHERE NEW.stop <= NEW.start OR NEW.stop - NEW.start <> length(NEW.quote) OR (
        SELECT coalesce(sum(min(NEW.stop, start + length(content)) - max(NEW.start, start)), 0)
        FROM text_piece
        WHERE text = NEW.text AND start < NEW.stop AND start + length(content) > NEW.start
            AND substr(content, max(NEW.start - start, 0) + 1, min(NEW.stop, start + length(content)) - max(NEW.start, start))
              = substr(NEW.quote, max(start - NEW.start, 0) + 1, min(NEW.stop, start + length(content)) - max(NEW.start, start))
    ) <> NEW.stop - NEW.start;
END;
-- +goose StatementEnd

-- A claim is replaced, never changed in place, so its grounding cannot be lost either.
-- +goose StatementBegin
CREATE TRIGGER claim_frozen BEFORE UPDATE OF report, text, id, start, stop, quote ON claim
BEGIN
    SELECT RAISE(ABORT, 'corvee: ungrounded')
    WHERE NEW.report IS NOT OLD.report OR NEW.text IS NOT OLD.text OR NEW.id IS NOT OLD.id
        OR NEW.start IS NOT OLD.start OR NEW.stop IS NOT OLD.stop OR NEW.quote IS NOT OLD.quote;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER verdict_grounded_insert BEFORE INSERT ON verdict WHEN NEW.quote IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'corvee: ungrounded')
    WHERE NEW.stop <= NEW.start OR NEW.stop - NEW.start <> length(NEW.quote) OR (
        SELECT coalesce(sum(min(NEW.stop, start + length(content)) - max(NEW.start, start)), 0)
        FROM text_piece
        WHERE text = NEW.text AND start < NEW.stop AND start + length(content) > NEW.start
            AND substr(content, max(NEW.start - start, 0) + 1, min(NEW.stop, start + length(content)) - max(NEW.start, start))
              = substr(NEW.quote, max(start - NEW.start, 0) + 1, min(NEW.stop, start + length(content)) - max(NEW.start, start))
    ) <> NEW.stop - NEW.start;
END;
-- +goose StatementEnd

-- A verdict is appended; an undo marks it and changes nothing else.
-- +goose StatementBegin
CREATE TRIGGER verdict_frozen BEFORE UPDATE ON verdict
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen')
    WHERE NEW.undone <> 1 OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.report IS NOT OLD.report
        OR NEW.claim IS NOT OLD.claim OR NEW.actor IS NOT OLD.actor OR NEW.at_us IS NOT OLD.at_us
        OR NEW.text IS NOT OLD.text OR NEW.start IS NOT OLD.start OR NEW.stop IS NOT OLD.stop
        OR NEW.quote IS NOT OLD.quote OR NEW.body IS NOT OLD.body;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER text_frozen BEFORE UPDATE ON text_piece
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER text_hash_frozen BEFORE UPDATE OF n, report, hash ON report_text
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_frozen BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER payload_frozen BEFORE UPDATE ON payload
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen');
END;
-- +goose StatementEnd
