package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"corvee"
)

// erase rewrites each table that a purge deletes from, and its indexes, into new files.
// What stays is out of a client's reach: the server's write-ahead log until it is recycled,
// its archive, replicas, and backups. The old files go at the server's next checkpoint.
//
// Writers wait meanwhile. A transaction that began before the deletion still sees the
// deleted rows, and PostgreSQL then copies them along without an error; only its report
// on the work tells, so that is read, and erase tries again until nothing was copied.
func erase(ctx context.Context, writer *sql.DB, config *pgx.ConnConfig) error {
	hold, err := holdWriters(ctx, writer)
	if err != nil {
		return err
	}
	defer hold.Rollback()
	v, err := newVacuum(ctx, config)
	if err != nil {
		return err
	}
	defer v.conn.Close(context.WithoutCancel(ctx))
	for _, table := range []string{
		"input", "report", "report_text", "text_piece", "claim", "claim_place", "claim_country", "verdict", "payload", "capture", "seen", "alert", "sealed", "run_message", "decision",
		"report_subject", "party_judgement",
	} {
		if err := v.rewrite(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// holdWriters takes the writers' lock in a transaction that has no snapshot of its own and
// so keeps no deleted row alive.
func holdWriters(ctx context.Context, writer *sql.DB) (*sql.Tx, error) {
	hold, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	for _, statement := range []string{`SET LOCAL idle_in_transaction_session_timeout = 0`, lockWriter} {
		if _, err := hold.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(err, hold.Rollback())
		}
	}
	return hold, nil
}

// vacuum is a connection of its own that hears the server's reports.
type vacuum struct {
	conn *pgx.Conn
	// kept is how many deleted rows the last rewriting copied; -1 if it did not say.
	kept int
}

func newVacuum(ctx context.Context, config *pgx.ConnConfig) (*vacuum, error) {
	v := &vacuum{}
	config = config.Copy()
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { v.hear(n.Detail) }
	conn, err := pgx.ConnectConfig(ctx, config)
	v.conn = conn
	return v, err
}

// hear reads "3 dead row versions cannot be removed yet." The words are in the server's
// language; the only number of the first line is what counts.
func (v *vacuum) hear(detail string) {
	line, _, _ := strings.Cut(detail, "\n")
	digits := strings.FieldsFunc(line, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 1 {
		v.kept, _ = strconv.Atoi(digits[0])
	}
}

// rewrite waits up to two seconds for transactions that still see what was deleted.
func (v *vacuum) rewrite(ctx context.Context, table string) error {
	for range 20 {
		v.kept = -1
		if _, err := v.conn.Exec(ctx, `VACUUM (FULL, VERBOSE) `+table); err != nil {
			return err
		}
		if v.kept == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	if v.kept < 0 {
		return fmt.Errorf("%w: the server does not say whether deleted rows of %s are gone", corvee.ErrUnsupported, table)
	}
	return fmt.Errorf("%w: %d deleted rows of %s are still seen by open transactions; try again when they are done",
		corvee.ErrConflict, v.kept, table)
}
