package base

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"corvee"
)

// ReplaceList puts a new copy of a list in place of the earlier one. The version is kept
// with the number of listings that were stored.
func (t *tx) ReplaceList(ctx context.Context, v corvee.ListVersion, listings iter.Seq[corvee.Listing]) error {
	if err := named("list", v.List); err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM listing WHERE list = ?`, v.List); err != nil {
		return err
	}
	n, err := t.insertListings(ctx, v.List, listings)
	if err != nil {
		return err
	}
	v.Listings = n
	body, err := pack(v)
	if err != nil {
		return err
	}
	return t.exec(ctx, `INSERT INTO list_version (list, imported_us, body) VALUES (?, ?, ?)
		ON CONFLICT (list) DO UPDATE SET imported_us = excluded.imported_us, body = excluded.body`,
		v.List, micros(v.Imported), body)
}

func (t *tx) insertListings(ctx context.Context, list string, listings iter.Seq[corvee.Listing]) (n int, err error) {
	rows := make([][]any, 0, rowsPerInsert)
	for l := range listings {
		row, err := listingRow(list, l)
		if err != nil {
			return n, err
		}
		rows = append(rows, row)
		n++
		if len(rows) == rowsPerInsert {
			if err := t.flushListings(ctx, list, rows); err != nil {
				return n, err
			}
			rows = rows[:0]
		}
	}
	return n, t.flushListings(ctx, list, rows)
}

func (t *tx) flushListings(ctx context.Context, list string, rows [][]any) error {
	err := t.insert(ctx, `INSERT INTO listing (list, id, body)`, rows)
	if errors.Is(err, corvee.ErrConflict) {
		return fmt.Errorf("%w: list %q has an id twice: %v", corvee.ErrInvalid, list, err)
	}
	return err
}

func listingRow(list string, l corvee.Listing) ([]any, error) {
	if l.List != list {
		return nil, fmt.Errorf("%w: listing %s is of list %q, not %q", corvee.ErrInvalid, l.ID, l.List, list)
	}
	if err := named("listing", l.ID); err != nil {
		return nil, err
	}
	body, err := pack(l)
	return []any{list, l.ID, body}, err
}

func (t *tx) ListVersions(ctx context.Context) ([]corvee.ListVersion, error) {
	return all(ctx, t, `SELECT imported_us, body FROM list_version ORDER BY list`, nil,
		func(scan scanner) (v corvee.ListVersion, err error) {
			var imported int64
			var body []byte
			if err := scan(&imported, &body); err != nil {
				return v, err
			}
			err = unpack(body, &v)
			v.Imported = timeOf(imported)
			return v, err
		})
}

func readListing(scan scanner) (l corvee.Listing, err error) {
	var body []byte
	if err := scan(&body); err != nil {
		return l, err
	}
	return l, unpack(body, &l)
}

// Listings yields all listings, ordered by list, then id.
func (t *tx) Listings(ctx context.Context) iter.Seq2[corvee.Listing, error] {
	return func(yield func(corvee.Listing, error) bool) {
		var list, id string
		for {
			found, err := all(ctx, t, `SELECT body FROM listing WHERE (list, id) > (?, ?) ORDER BY list, id LIMIT ?`,
				[]any{list, id, pageRows}, readListing)
			if err != nil {
				yield(corvee.Listing{}, err)
				return
			}
			for _, l := range found {
				if !yield(l, nil) {
					return
				}
				list, id = l.List, l.ID
			}
			if len(found) < pageRows {
				return
			}
		}
	}
}

// Listing finds one by its id; of several lists with the same id, in the first by name.
func (t *tx) Listing(ctx context.Context, id string) (corvee.Listing, error) {
	if err := named("listing", id); err != nil {
		return corvee.Listing{}, err
	}
	found, err := all(ctx, t, `SELECT body FROM listing WHERE id = ? ORDER BY list LIMIT 1`, []any{id}, readListing)
	if err != nil {
		return corvee.Listing{}, err
	}
	return only(found, "listing", id)
}
