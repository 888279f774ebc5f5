-- +goose Up

-- Exchange rates of a source, and the file that they came from. body of rate_year holds a
-- line for each day of one currency and year.
CREATE TABLE rate_file (
    source      TEXT COLLATE "C" PRIMARY KEY,
    imported_us BIGINT NOT NULL,
    body        BYTEA NOT NULL
);

CREATE TABLE rate_year (
    source   TEXT COLLATE "C" NOT NULL,
    currency TEXT COLLATE "C" NOT NULL,
    year     BIGINT NOT NULL,
    body     BYTEA NOT NULL,
    PRIMARY KEY (source, currency, year)
);
