package postgres

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"corvee"
)

// The codes of PostgreSQL that mean something to Corvee (PostgreSQL manual, appendix A),
// and its own two, which the migrations raise.
const (
	uniqueViolation      = "23505"
	foreignKeyViolation  = "23503"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	lockNotAvailable     = "55P03"
	diskFull             = "53100"
	readOnly             = "25006"
	noPrivilege          = "42501"
	noDatabase           = "3D000"
	ungrounded           = "CV001"
	frozen               = "CV002"
)

// code returns the server's code, "" for an error that is not the server's.
func code(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func again(err error) bool {
	switch code(err) {
	case serializationFailure, deadlockDetected, lockNotAvailable:
		return true
	}
	return false
}

func explain(err error) error {
	switch code(err) {
	case uniqueViolation:
		return fmt.Errorf("%w: %w", corvee.ErrConflict, err)
	case foreignKeyViolation:
		return fmt.Errorf("%w: what it belongs to: %w", corvee.ErrNotFound, err)
	case ungrounded:
		return fmt.Errorf("%w: refused by the database: %w", corvee.ErrUngrounded, err)
	case frozen:
		return fmt.Errorf("%w: what is in the log or a text never changes: %w", corvee.ErrInvalid, err)
	case diskFull:
		return fmt.Errorf("the server's disk is full; make room and try again, nothing was half-written: %w", err)
	}
	return err
}

// about names the database, without its password, and the remedy.
func about(config *pgx.ConnConfig, err error) error {
	where := fmt.Sprintf("store: PostgreSQL %s on %s", config.Database, config.Host)
	var refused *pgconn.ConnectError
	switch {
	case code(err) == noDatabase:
		return fmt.Errorf("%s: there is no such database; make it: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 %s: %w",
			where, config.Database, err)
	case code(err) == noPrivilege:
		return fmt.Errorf("%s: user %s may not make tables; let it own the database: %w", where, config.User, err)
	case errors.As(err, &refused):
		return fmt.Errorf("%s cannot be reached; check that the server runs and that address and password are right: %w", where, err)
	}
	return fmt.Errorf("%s: %w", where, err)
}
