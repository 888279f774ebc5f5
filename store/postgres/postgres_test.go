package postgres_test

import (
	"testing"

	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/storetest"
)

func open(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPort(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) store.Store { return open(t, storetest.Postgres(t)) })
}
