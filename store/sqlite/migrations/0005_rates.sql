-- +goose Up

-- Exchange rates of a source, and the file that they came from. body of rate_year holds a
-- line for each day of one currency and year.
CREATE TABLE rate_file (
    source      TEXT PRIMARY KEY,
    imported_us INTEGER NOT NULL,
    body        BLOB NOT NULL
) STRICT;

CREATE TABLE rate_year (
    source   TEXT NOT NULL,
    currency TEXT NOT NULL,
    year     INTEGER NOT NULL,
    body     BLOB NOT NULL,
    PRIMARY KEY (source, currency, year)
) STRICT;
