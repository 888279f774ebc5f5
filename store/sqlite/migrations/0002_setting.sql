-- +goose Up

-- What a base asks of the people who work on it, such as two people for "same".
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;
