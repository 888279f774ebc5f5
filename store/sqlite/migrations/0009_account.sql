-- +goose Up

-- Who may sign in. id is the actor's; body holds the hashed password, the key of the
-- one-time codes and the roles.
CREATE TABLE account (
    id   TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- What lets somebody in: a set-up secret, a session, a token; its hash, never itself.
CREATE TABLE pass (
    id      TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    kind    TEXT NOT NULL,
    hash    TEXT NOT NULL UNIQUE,
    made_us INTEGER NOT NULL,
    body    BLOB NOT NULL
) STRICT;
CREATE INDEX pass_account ON pass (account, kind);
