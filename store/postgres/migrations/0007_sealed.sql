-- +goose Up

-- What shows of a report that only the holder of a key can read: a code, a state, and where
-- its sealed bytes lie.
CREATE TABLE sealed (
    code  TEXT COLLATE "C" PRIMARY KEY,
    at_us BIGINT NOT NULL,
    body  BYTEA NOT NULL
);

-- As in the first migration: no samples of what a purge must reach.
ALTER TABLE sealed ALTER body SET STATISTICS 0;
ALTER TABLE run_message ALTER body SET STATISTICS 0;
ALTER TABLE decision ALTER body SET STATISTICS 0;
ALTER TABLE report_subject ALTER lookup SET STATISTICS 0, ALTER key SET STATISTICS 0, ALTER body SET STATISTICS 0;
