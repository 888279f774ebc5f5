package postgres_test

import (
	"testing"

	"corvee/store"
	"corvee/store/storetest/rights"
	"corvee/store/storetest/throwaway"
)

func TestRights(t *testing.T) {
	t.Parallel()
	rights.Run(t, func(t *testing.T) store.Store { return open(t, throwaway.Postgres(t)) })
}
