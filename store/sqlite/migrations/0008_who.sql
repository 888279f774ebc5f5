-- +goose Up

-- What people judged of who is who: whether two parties that reports name are one.
CREATE TABLE party_judgement (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,
    actor  TEXT NOT NULL REFERENCES actor (id),
    at_us  INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    body   BLOB NOT NULL
) STRICT;

-- A judgement is appended; an undo marks it and changes nothing else.
-- +goose StatementBegin
CREATE TRIGGER party_judgement_frozen BEFORE UPDATE ON party_judgement
BEGIN
    SELECT RAISE(ABORT, 'corvee: frozen')
    WHERE NEW.undone <> 1 OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.actor IS NOT OLD.actor
        OR NEW.at_us IS NOT OLD.at_us OR NEW.body IS NOT OLD.body;
END;
-- +goose StatementEnd

-- What claims say of a party is kept with it from now on: every report is sorted anew.
UPDATE report SET subjects = 0;
