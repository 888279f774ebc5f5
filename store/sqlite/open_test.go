package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"corvee"
	"corvee/audit"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/store/storetest"
)

// refused opens what must not open and checks the sentinel and that the text names the
// file and a remedy.
func refused(t *testing.T, path string, want error, remedy string) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err == nil {
		s.Close()
		t.Fatalf("Open(%s) succeeded", path)
	}
	if !errors.Is(err, want) || !strings.Contains(err.Error(), remedy) || !strings.Contains(err.Error(), path) {
		t.Errorf("Open = %q, want %v, with the path and %q", err, want, remedy)
	}
}

// filled makes a base with something in it and returns its path.
func filled(t *testing.T, reports int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "base")
	s := open(t, path)
	var out countdown = countdown(reports)
	if err := storetest.WriteUntilKilled(t.Context(), s, audit.Seal, &out); !errors.Is(err, errEnough) {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// countdown is a writer that has enough after so many writes.
type countdown int

var errEnough = errors.New("enough")

func (c *countdown) Write(p []byte) (int, error) {
	if *c--; *c <= 0 {
		return 0, errEnough
	}
	return len(p), nil
}

func TestOpenRefusesFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"text": "Dear diary, today the plant took on 200 women.", "byte": "S", "zip": "PK\x03\x04" + strings.Repeat("\x00", 4000),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, path, corvee.ErrInvalid, "--base")
		if got, _ := os.ReadFile(path); string(got) != content {
			t.Errorf("Open changed a file that is not a base")
		}
	}
	refused(t, dir, corvee.ErrInvalid, "plain file")
	refused(t, filepath.Join(dir, "no", "base"), fs.ErrNotExist, "make it")
}

func TestOpenRefusesAnotherProgram(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "places.sqlite")
	db := raw(t, path)
	if _, err := db.Exec(`CREATE TABLE bookmark (url TEXT)`); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Close(), os.Chmod(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, path, corvee.ErrInvalid, "another program")
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("Open changed another program's database: %v", err)
	}
	if left, _ := filepath.Glob(path + "-*"); len(left) > 0 {
		t.Errorf("Open left %v beside another program's database", left)
	}
}

func TestOpenRefusesLaterSchema(t *testing.T) {
	t.Parallel()
	path := filled(t, 1)
	if _, err := raw(t, path).Exec(`INSERT INTO corvee_version (version_id, is_applied) VALUES (9999, 1)`); err != nil {
		t.Fatal(err)
	}
	refused(t, path, corvee.ErrUnsupported, "newer corvee")
}

func TestOpenRefusesWhereItCannotWrite(t *testing.T) {
	t.Parallel()
	dir := "/sys" // here not even root may make a file
	if os.Getuid() != 0 {
		dir = t.TempDir()
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
	} else if runtime.GOOS != "linux" {
		t.Skip("SKIPPED: root may write everywhere on this system")
	}
	refused(t, filepath.Join(dir, "base"), fs.ErrPermission, "right to write")
}

func TestOpenRefusesDamage(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func([]byte) []byte{
		"the schema's page": func(b []byte) []byte { copy(b[100:], bytes.Repeat([]byte{0xa5}, 2000)); return b },
		"cut to a page":     func(b []byte) []byte { return b[:4096] },
		"cut in a page":     func(b []byte) []byte { return b[:5000] },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filled(t, 3)
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, change(content), 0o600); err != nil {
				t.Fatal(err)
			}
			refused(t, path, corvee.ErrInconsistent, "backup")
		})
	}
}

// TestDamageIsNeverServed breaks each page of a base in turn: whatever still opens returns
// what was stored or an error, and never falls over.
func TestDamageIsNeverServed(t *testing.T) {
	t.Parallel()
	path := filled(t, 4)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := texts(t, path)
	if len(want) != 4 {
		t.Fatalf("the sound base has %d texts", len(want))
	}
	broken := filepath.Join(t.TempDir(), "base")
	noticed := 0
	for page := 0; page < len(sound); page += 4096 {
		damaged := bytes.Clone(sound)
		for i := page + 5; i < page+4096; i += 61 {
			damaged[i] ^= 0x41
		}
		if err := os.WriteFile(broken, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		served := texts(t, broken)
		for id, text := range served {
			if want[id] != text {
				t.Fatalf("with page %d broken, the text of %s is served as %.60q", page/4096, id, text)
			}
		}
		if len(served) < len(want) {
			noticed++
		}
	}
	if noticed == 0 {
		t.Errorf("no damage to any page made a difference: the test would prove nothing")
	}
}

// texts returns the texts that a base, perhaps a damaged one, still serves.
func texts(t *testing.T, path string) map[string]string {
	t.Helper()
	out := map[string]string{}
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		return out
	}
	defer s.Close()
	_, _ = s.Sweep(t.Context())
	_ = s.View(t.Context(), func(tx store.Tx) error {
		_ = audit.Verify(tx.Events(t.Context(), 0))
		for n := range 4 {
			id := corvee.HashID([]byte(fmt.Sprintf("crash %d", n)))
			if text, err := tx.Text(t.Context(), id); err == nil {
				out[id] = text.String()
			}
		}
		return nil
	})
	return out
}

func TestEmptyFileBecomesBase(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close()
	if err := s.Update(t.Context(), func(tx store.Tx) error { return tx.PutActor(t.Context(), corvee.Actor{ID: "a"}) }); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, beside := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + beside)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("base%s has mode %v, %v; want 0600", beside, info.Mode(), err)
		}
	}
}

// TestOpenAtOnce: many processes may start on a base that is not there yet.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "base")
	var group sync.WaitGroup
	for n := range 6 {
		group.Go(func() {
			s, err := sqlite.Open(context.Background(), path)
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
	s := open(t, path)
	defer s.Close()
	err := s.View(t.Context(), func(tx store.Tx) error {
		actors, err := tx.Actors(t.Context())
		if len(actors) != 7 {
			t.Errorf("Actors = %v, want the six and the local one", actors)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSettings asks SQLite itself, through the statement that each must have survived.
func TestSettings(t *testing.T) {
	t.Parallel()
	path := filled(t, 1)
	db := raw(t, path)
	var mode string
	var id int64
	if err := errors.Join(db.QueryRow(`PRAGMA journal_mode`).Scan(&mode), db.QueryRow(`PRAGMA application_id`).Scan(&id)); err != nil {
		t.Fatal(err)
	}
	if mode != "wal" || id != 0x436f7276 {
		t.Errorf("journal_mode %s, application_id %x", mode, id)
	}
}

// TestEraseWaits: with a reader on an old state the log cannot be emptied, and Erase says so
// instead of claiming that it was.
func TestEraseWaits(t *testing.T) {
	t.Parallel()
	s := open(t, filled(t, 2))
	defer s.Close()
	err := s.View(t.Context(), func(tx store.Tx) error {
		if _, err := tx.CountReports(t.Context()); err != nil {
			return err
		}
		if err := s.Erase(t.Context()); !errors.Is(err, corvee.ErrConflict) {
			t.Errorf("Erase while a view is open = %v, want %v", err, corvee.ErrConflict)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context()); err != nil {
		t.Errorf("Erase after the view: %v", err)
	}
}
