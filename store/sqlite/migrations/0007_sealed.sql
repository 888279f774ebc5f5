-- +goose Up

-- What shows of a report that only the holder of a key can read: a code, a state, and where
-- its sealed bytes lie.
CREATE TABLE sealed (
    code  TEXT PRIMARY KEY,
    at_us INTEGER NOT NULL,
    body  BLOB NOT NULL
) STRICT;
