package base

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"corvee"
)

// VersionTable is where a base keeps which migrations it has been through. A database
// with tables but without this one belongs to another program.
const VersionTable = "corvee_version"

// Migrate brings the schema up to the newest migration of this build. It returns
// corvee.ErrUnsupported for a base that a later build has migrated further.
func Migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, migrations fs.FS, opts ...goose.ProviderOption) error {
	opts = append(opts, goose.WithTableName(VersionTable), goose.WithDisableGlobalRegistry(true))
	p, err := goose.NewProvider(dialect, db, migrations, opts...)
	if err != nil {
		return fmt.Errorf("store: migrations: %w", err)
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("store: schema version: %w", err)
	}
	if has > knows {
		return fmt.Errorf("%w: the base has schema %d and this corvee knows up to %d; use the newer corvee that wrote it",
			corvee.ErrUnsupported, has, knows)
	}
	if has == knows {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("store: migrate from schema %d: %w", has, err)
	}
	return nil
}
