-- +goose Up

-- What a base asks of the people who work on it, such as two people for "same".
CREATE TABLE setting (
    name  TEXT COLLATE "C" PRIMARY KEY,
    value BYTEA NOT NULL
);
