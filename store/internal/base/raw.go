package base

import (
	"context"
	"database/sql"
	"fmt"
)

// Raw runs work on a plain transaction, a writing one under the lock of the one writer: for
// copying a whole base, which looks at no row. Nothing stays of a writing one that fails.
func (b *Base) Raw(ctx context.Context, writes bool, work func(*sql.Tx, Dialect) error) error {
	db, options := b.reader, b.dialect.Read
	if writes {
		db, options = b.writer, b.dialect.Write
	}
	raw, err := db.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("store: begin: %w", b.dialect.Explain(err))
	}
	defer raw.Rollback() // after Commit it does nothing
	if writes && b.dialect.Lock != "" {
		if _, err := raw.ExecContext(ctx, b.dialect.Lock); err != nil {
			return fmt.Errorf("store: lock: %w", b.dialect.Explain(err))
		}
	}
	if err := work(raw, b.dialect); err != nil || !writes {
		return b.dialect.Explain(err)
	}
	if err := raw.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", b.dialect.Explain(err))
	}
	return nil
}
