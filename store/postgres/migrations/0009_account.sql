-- +goose Up

-- Who may sign in. id is the actor's; body holds the hashed password, the key of the
-- one-time codes and the roles.
CREATE TABLE account (
    id   TEXT COLLATE "C" PRIMARY KEY,
    body BYTEA NOT NULL
);

-- What lets somebody in: a set-up secret, a session, a token; its hash, never itself.
CREATE TABLE pass (
    id      TEXT COLLATE "C" PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    kind    TEXT COLLATE "C" NOT NULL,
    hash    TEXT COLLATE "C" NOT NULL UNIQUE,
    made_us BIGINT NOT NULL,
    body    BYTEA NOT NULL
);
CREATE INDEX pass_account ON pass (account, kind);

-- The planner needs no samples of what lets people in.
ALTER TABLE account ALTER body SET STATISTICS 0;
ALTER TABLE pass ALTER hash SET STATISTICS 0, ALTER body SET STATISTICS 0;
