-- +goose Up

-- What the claims of a report are about, as people have left them, so that asking about a
-- plant does not read every report. key is the name of a party, the id of a place, the code
-- of a country; lookup is the key, or its hash where it is long. claims and unreviewed are
-- counts, body the rest as JSON. subjects says whether the rows of a report are those of its
-- claims as they now stand.
CREATE TABLE report_subject (
    report     BIGINT NOT NULL REFERENCES report (n) ON DELETE CASCADE,
    n          BIGINT NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    lookup     BYTEA NOT NULL,
    key        BYTEA NOT NULL,
    claims     BIGINT NOT NULL,
    unreviewed BIGINT NOT NULL,
    body       BYTEA NOT NULL,
    PRIMARY KEY (report, n)
);
CREATE INDEX report_subject_lookup ON report_subject (kind, lookup);

ALTER TABLE report ADD COLUMN subjects BIGINT NOT NULL DEFAULT 0;
CREATE INDEX report_without_subjects ON report (n) WHERE subjects = 0;
