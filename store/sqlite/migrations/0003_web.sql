-- +goose Up

-- How a report was fetched; archive is the exchange in the vault. A report may be fetched
-- before its row is there and is named by its id.
CREATE TABLE capture (
    report  TEXT NOT NULL,
    archive TEXT NOT NULL,
    at_us   INTEGER NOT NULL,
    body    BLOB NOT NULL,
    PRIMARY KEY (report, at_us, archive)
) STRICT;

-- What a server said last of an address, which id is the hash of.
CREATE TABLE visit (
    id   TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- What is followed, and when it is due.
CREATE TABLE watch (
    id      TEXT PRIMARY KEY,
    next_us INTEGER NOT NULL,
    body    BLOB NOT NULL
) STRICT;

-- What was seen of a watch. A purge of report empties hash and report and marks the row.
CREATE TABLE seen (
    watch  TEXT NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
    item   TEXT NOT NULL,
    hash   TEXT NOT NULL,
    report TEXT NOT NULL,
    purged INTEGER NOT NULL,
    PRIMARY KEY (watch, item)
) STRICT;
CREATE INDEX seen_report ON seen (report) WHERE report <> '';

-- What is to be told; report is '' where it is of none.
CREATE TABLE alert (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    report TEXT NOT NULL,
    sent   INTEGER NOT NULL,
    body   BLOB NOT NULL
) STRICT;
CREATE INDEX alert_report ON alert (report) WHERE report <> '';
CREATE INDEX alert_unsent ON alert (seq) WHERE sent = 0;
