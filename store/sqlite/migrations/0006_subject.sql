-- +goose Up

-- What the claims of a report are about, as people have left them, so that asking about a
-- plant does not read every report. key is the name of a party, the id of a place, the code
-- of a country; lookup is the key, or its hash where it is long. claims and unreviewed are
-- counts, body the rest as JSON. subjects says whether the rows of a report are those of its
-- claims as they now stand.
CREATE TABLE report_subject (
    report     INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    lookup     BLOB NOT NULL,
    key        BLOB NOT NULL,
    claims     INTEGER NOT NULL,
    unreviewed INTEGER NOT NULL,
    body       BLOB NOT NULL,
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_subject_lookup ON report_subject (kind, lookup);

ALTER TABLE report ADD COLUMN subjects INTEGER NOT NULL DEFAULT 0;
CREATE INDEX report_without_subjects ON report (n) WHERE subjects = 0;
