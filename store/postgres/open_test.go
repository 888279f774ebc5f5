//go:build unix

package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"corvee"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/storetest/throwaway"
)

// refused opens what must not open and checks the sentinel, the remedy, and that no
// password is told.
func refused(t *testing.T, url string, want error, remedy string) {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err == nil {
		s.Close()
		t.Fatalf("Open(%s) succeeded", url)
	}
	if want != nil && !errors.Is(err, want) || !strings.Contains(err.Error(), remedy) {
		t.Errorf("Open = %q, want %v, with %q", err, want, remedy)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("Open tells the password: %q", err)
	}
}

func TestOpenRefusesPlainC(t *testing.T) {
	t.Parallel()
	refused(t, throwaway.PostgresLocale(t, "C"), corvee.ErrUnsupported, "--locale=C.UTF-8")
	refused(t, throwaway.PostgresLocale(t, "POSIX"), corvee.ErrUnsupported, "--locale=C.UTF-8")
}

func TestOpenRefusesAddresses(t *testing.T) {
	t.Parallel()
	refused(t, "postgres://corvee:secret@127.0.0.1:1/base?connect_timeout=5", nil, "cannot be reached")
	refused(t, "postgres://corvee:secret@host:port:port/base", corvee.ErrInvalid, "postgres://user")
	refused(t, "postgres://corvee:secret@host/base?sslmode=nonsense", corvee.ErrInvalid, "postgres://user")
	url := throwaway.Postgres(t)
	refused(t, strings.Replace(url, "@/t", "@/none_t", 1), nil, "createdb")
	refused(t, strings.Replace(url, "corvee@/", "nobody:secret@/", 1), nil, "cannot be reached")
}

func TestOpenRefusesAnotherProgram(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	if _, err := raw(t, url).Exec(`CREATE TABLE bookmark (url TEXT)`); err != nil {
		t.Fatal(err)
	}
	refused(t, url, corvee.ErrInvalid, "another program")
}

func TestOpenRefusesLaterSchema(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	open(t, url).Close()
	if _, err := raw(t, url).Exec(`INSERT INTO corvee_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
		t.Fatal(err)
	}
	refused(t, url, corvee.ErrUnsupported, "newer corvee")
}

func TestOpenRefusesWithoutRights(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	role := "guest_" + url[strings.Index(url, "@/")+2:strings.Index(url, "?")]
	if _, err := raw(t, url).Exec(`CREATE ROLE ` + role + ` LOGIN`); err != nil {
		t.Fatal(err)
	}
	refused(t, strings.Replace(url, "corvee@/", role+"@/", 1), nil, "let it own the database")
}

func TestName(t *testing.T) {
	t.Parallel()
	s := open(t, throwaway.Postgres(t))
	defer s.Close()
	if name := s.Name(); !strings.HasPrefix(name, "PostgreSQL 1") || strings.Contains(name, "corvee") {
		t.Errorf("Name = %q, want the database and its version, and nothing of the address", name)
	}
}

// TestOpenAtOnce: many processes may start on a database that is still empty.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	var group sync.WaitGroup
	for n := range 4 {
		group.Go(func() {
			s, err := postgres.Open(context.Background(), url)
			if err != nil {
				t.Errorf("Open: %v", err)
				return
			}
			defer s.Close()
			err = s.Update(context.Background(), func(tx store.Tx) error {
				return tx.PutActor(context.Background(), corvee.Actor{ID: fmt.Sprint(n)})
			})
			if err != nil {
				t.Errorf("Update: %v", err)
			}
		})
	}
	group.Wait()
	s := open(t, url)
	defer s.Close()
	err := s.View(t.Context(), func(tx store.Tx) error {
		actors, err := tx.Actors(t.Context())
		if len(actors) != 5 {
			t.Errorf("Actors = %v, want the four and the local one", actors)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestAgain: a failure that another try may not meet is met by another try; the work then
// sees the newer state. Another program's transaction makes the conflict.
func TestAgain(t *testing.T) {
	t.Parallel()
	url := throwaway.Postgres(t)
	s := open(t, url)
	defer s.Close()
	db := raw(t, url)
	tries := 0
	err := s.Update(t.Context(), func(tx store.Tx) error {
		tries++
		if _, err := tx.Actors(t.Context()); err != nil {
			return err
		}
		if tries == 1 { // after our snapshot, past our lock
			if _, err := db.Exec(`UPDATE actor SET name = 'outside'`); err != nil {
				return err
			}
		}
		if err := tx.PutActor(t.Context(), corvee.Actor{ID: corvee.LocalActor, Name: "ours"}); err != nil {
			return fmt.Errorf("wrapped away: %v", err)
		}
		return nil
	})
	if err != nil || tries != 2 {
		t.Errorf("Update = %v after %d tries, want success at the second", err, tries)
	}
	tries = 0
	err = s.Update(t.Context(), func(tx store.Tx) error {
		tries++
		if _, err := tx.Actors(t.Context()); err != nil {
			return err
		}
		if _, err := db.Exec(`UPDATE actor SET name = name || 'x'`); err != nil {
			return err
		}
		return tx.PutActor(t.Context(), corvee.Actor{ID: corvee.LocalActor, Name: "ours"})
	})
	if err == nil || tries < 3 || tries > 10 {
		t.Errorf("Update = %v after %d tries, want failure after a few", err, tries)
	}
}
