package base

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/store"
)

// within returns what a query on report r is narrowed by for a context that may see some
// collections only; nothing for one that may see all.
func within(ctx context.Context) (clause string, args []any) {
	collections, limited := store.Scope(ctx)
	switch {
	case !limited:
		return "", nil
	case len(collections) == 0:
		return " AND 1 = 0", nil
	}
	for _, c := range collections {
		args = append(args, c)
	}
	return " AND r.collection IN (?" + strings.Repeat(",?", len(collections)-1) + ")", args
}

// broughtWithin is within for inputs: those are seen whose report is.
func broughtWithin(ctx context.Context) (clause string, args []any) {
	scope, args := within(ctx)
	if scope == "" {
		return "", nil
	}
	return " AND report IN (SELECT r.id FROM report r WHERE 1 = 1" + scope + ")", args
}

// whole refuses what weighs every collection to a context that may see some only.
func whole(ctx context.Context, what string) error {
	if _, limited := store.Scope(ctx); limited {
		return fmt.Errorf("%w: %s weigh every collection; this needs a role in all of them", corvee.ErrForbidden, what)
	}
	return nil
}

// placeOf returns the collection that a report goes to: the one that is named, else where
// it is, else the default. Nobody moves a report into or out of a collection that they do
// not see.
func (t *tx) placeOf(ctx context.Context, collection, report string) (string, error) {
	var now string
	err := t.one(ctx, `SELECT collection FROM report WHERE id = ?`, []any{report}, &now)
	if errors.Is(err, corvee.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return "", err
	}
	to := collection
	if to == "" {
		to = now
	}
	if to == "" {
		to = store.Home(ctx)
	}
	if seen, limited := store.Scope(ctx); limited && (!slices.Contains(seen, to) || now != "" && !slices.Contains(seen, now)) {
		return "", fmt.Errorf("%w: report %.20s is or would be in a collection that you have no role in", corvee.ErrForbidden, report)
	}
	return to, nil
}
