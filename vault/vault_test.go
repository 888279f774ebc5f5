package vault_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"corvee"
	"corvee/vault"
)

func open(t *testing.T) (*vault.Vault, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "originals")
	v, err := vault.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v, dir
}

func put(t *testing.T, v *vault.Vault, original []byte) string {
	t.Helper()
	id, err := v.Put(context.Background(), original)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	return id
}

func ids(t *testing.T, v *vault.Vault) []string {
	t.Helper()
	var out []string
	for id, err := range v.All(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, id)
	}
	return out
}

// files returns what lies in the folder, whatever its name.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPutGet(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	for name, original := range map[string][]byte{
		"empty":  {},
		"nul":    {0, 0xff, 0, '\r', '\n'},
		"hanzi":  []byte("𠮷野家 의 노동자"),
		"large":  bytes.Repeat([]byte("0123456789abcdef"), 1<<18),
		"again":  []byte("𠮷野家 의 노동자"),
		"a hash": []byte(corvee.HashID(nil)),
	} {
		id := put(t, v, original)
		if want := corvee.HashID(original); id != want {
			t.Errorf("%s: Put = %s, want %s", name, id, want)
		}
		got, err := v.Get(context.Background(), id)
		if err != nil || !bytes.Equal(got, original) {
			t.Errorf("%s: Get = %d bytes, %v; want the %d that were put", name, len(got), err, len(original))
		}
	}
	if got := ids(t, v); len(got) != 5 || !slices.IsSorted(got) {
		t.Errorf("All = %v, want the five distinct ids in order", got)
	}
	if got := files(t, dir); len(got) != 5 {
		t.Errorf("the folder holds %v, want one file for each blob and nothing else", got)
	}
}

func TestPrivate(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: file modes are not kept on Windows")
	}
	v, dir := open(t)
	put(t, v, []byte("a report"))
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v: others can read it", p, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(dir); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("after Open the folder has mode %v, want 0700", info.Mode())
	}
}

// damage changes the one file of the vault and returns its path.
func damage(t *testing.T, dir string, change func([]byte) []byte) string {
	t.Helper()
	path := files(t, dir)[0]
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(raw), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDamageRaisesAlarm(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func([]byte) []byte{
		"one bit": func(b []byte) []byte { b[3] ^= 1; return b },
		"cut off": func(b []byte) []byte { return b[:len(b)-1] },
		"emptied": func(b []byte) []byte { return nil },
		"longer":  func(b []byte) []byte { return append(b, '\n') },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, dir := open(t)
			original := []byte("the plant keeps two thirds")
			id := put(t, v, original)
			damage(t, dir, change)
			got, err := v.Get(context.Background(), id)
			if !errors.Is(err, corvee.ErrInconsistent) || got != nil {
				t.Fatalf("Get of damaged bytes = %q, %v; want no bytes and ErrInconsistent", got, err)
			}
			put(t, v, original)
			if got, err := v.Get(context.Background(), id); err != nil || !bytes.Equal(got, original) {
				t.Errorf("Get after the original was put again = %q, %v", got, err)
			}
		})
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	ctx := context.Background()
	gone, stays := put(t, v, []byte("canary in the mine")), put(t, v, []byte("another"))
	// A hard link sees what Delete did to the bytes, not only to the name.
	witness := filepath.Join(t.TempDir(), "witness")
	digits := strings.TrimPrefix(gone, "sha256:")
	if err := os.Link(filepath.Join(dir, digits[:2], digits), witness); err != nil {
		t.Fatal(err)
	}
	// What a crash left of an earlier attempt goes too.
	left := filepath.Join(dir, digits[:2], ".new-"+digits+"-123")
	if err := os.WriteFile(left, []byte("canary in the"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := v.Delete(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if raw, _ := os.ReadFile(witness); !bytes.Equal(raw, make([]byte, len("canary in the mine"))) {
		t.Errorf("the deleted bytes read %q, want zeros", raw)
	}
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the half-written file is still there: %v", err)
	}
	if has, err := v.Has(ctx, gone); has || err != nil {
		t.Errorf("Has after Delete = %t, %v", has, err)
	}
	if _, err := v.Get(ctx, gone); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("Get after Delete: %v, want ErrNotFound", err)
	}
	if err := v.Delete(ctx, gone); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a second Delete: %v, want ErrNotFound", err)
	}
	if has, err := v.Has(ctx, stays); !has || err != nil {
		t.Errorf("Has of the other = %t, %v", has, err)
	}
}

func TestDeleteFollowsNoLink(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	id := put(t, v, []byte("a report"))
	victim := filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(victim, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := files(t, dir)[0]
	if err := errors.Join(os.Remove(path), os.Symlink(victim, path)); err != nil {
		t.Fatal(err)
	}
	if err := v.Delete(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	if raw, err := os.ReadFile(victim); err != nil || string(raw) != "not ours" {
		t.Errorf("the file behind a link reads %q, %v after Delete; want it untouched", raw, err)
	}
}

func badIDs() []string {
	good := corvee.HashID([]byte("x"))
	return []string{
		"", "sha256:", "../../../etc/passwd", "sha256:../../../../etc/passwd",
		"sha256:" + strings.Repeat("../", 21) + "a", good[:len(good)-1], good + "0",
		strings.ToUpper(good), "sha256:" + strings.ToUpper(good[7:]), "sha512:" + good[7:], good[7:],
		good[:20] + "/" + good[21:], good[:20] + "\x00" + good[21:], good[:20] + "é" + good[22:],
		" " + good, good + "\n",
	}
}

func TestBadIDs(t *testing.T) {
	t.Parallel()
	v, _ := open(t)
	put(t, v, []byte("x"))
	ctx := context.Background()
	for _, id := range badIDs() {
		_, get := v.Get(ctx, id)
		_, has := v.Has(ctx, id)
		for what, err := range map[string]error{"Get": get, "Has": has, "Delete": v.Delete(ctx, id)} {
			if !errors.Is(err, corvee.ErrInvalid) {
				t.Errorf("%s(%q) = %v, want ErrInvalid", what, id, err)
			}
		}
	}
}

func TestStrayFilesArePassedOver(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	id := put(t, v, []byte("x"))
	digits := strings.TrimPrefix(id, "sha256:")
	wrong := "00"
	if digits[:2] == wrong {
		wrong = "11"
	}
	for _, stray := range []string{
		"README", filepath.Join(digits[:2], ".new-5"), filepath.Join(digits[:2], "notes.txt"), filepath.Join(wrong, digits),
	} {
		path := filepath.Join(dir, stray)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte("?"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if got := ids(t, v); !slices.Equal(got, []string{id}) {
		t.Errorf("All = %v, want only %s", got, id)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Open(file); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("Open of a plain file: %v, want ErrInvalid", err)
	}
	if _, err := vault.Open(filepath.Join(dir, "no", "such")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open below a missing folder: %v, want it to say so", err)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	id := put(t, v, []byte("x"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := v.Put(ctx, []byte("y")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put: %v", err)
	}
	if err := v.Delete(ctx, id); !errors.Is(err, context.Canceled) {
		t.Errorf("Delete: %v", err)
	}
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %v, want what was there before", got)
	}
}

func TestConcurrentPutsOfOne(t *testing.T) {
	t.Parallel()
	v, dir := open(t)
	original := bytes.Repeat([]byte("abc"), 1<<16)
	var group sync.WaitGroup
	for range 16 {
		group.Go(func() {
			id, err := v.Put(context.Background(), original)
			if err != nil {
				t.Errorf("Put: %v", err)
				return
			}
			if got, err := v.Get(context.Background(), id); err != nil || !bytes.Equal(got, original) {
				t.Errorf("Get = %d bytes, %v", len(got), err)
			}
		})
	}
	group.Wait()
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("the folder holds %v, want one file", got)
	}
}

// TestLaw plays the vault against a map.
func TestLaw(t *testing.T) {
	t.Parallel()
	ctx, root, n := context.Background(), t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		v, err := vault.Open(filepath.Join(root, fmt.Sprint(n)))
		if err != nil {
			r.Fatal(err)
		}
		model := map[string][]byte{}
		blob := rapid.SliceOfN(rapid.Byte(), 0, 3)
		r.Repeat(map[string]func(*rapid.T){
			"put": func(r *rapid.T) {
				b := blob.Draw(r, "blob")
				id, err := v.Put(ctx, b)
				if err != nil {
					r.Fatal(err)
				}
				model[id] = b
			},
			"delete": func(r *rapid.T) {
				id := corvee.HashID(blob.Draw(r, "blob"))
				_, there := model[id]
				if err := v.Delete(ctx, id); there != (err == nil) {
					r.Fatalf("Delete = %v while there: %t", err, there)
				}
				delete(model, id)
			},
			"": func(r *rapid.T) {
				count := 0
				for id, err := range v.All(ctx) {
					got, gotErr := v.Get(ctx, id)
					if err != nil || gotErr != nil || !bytes.Equal(got, model[id]) {
						r.Fatalf("Get(%s) = %x, %v, %v; want %x", id, got, err, gotErr, model[id])
					}
					count++
				}
				if count != len(model) {
					r.Fatalf("All yields %d, want %d", count, len(model))
				}
			},
		})
	})
}

// FuzzPath: no id, however written, reads or writes outside the vault.
func FuzzPath(f *testing.F) {
	for _, id := range badIDs() {
		f.Add(id)
	}
	f.Add(corvee.HashID([]byte("x")))
	f.Fuzz(func(t *testing.T, id string) {
		root := t.TempDir()
		v, err := vault.Open(filepath.Join(root, "originals"))
		if err != nil {
			t.Fatal(err)
		}
		known := put(t, v, []byte("x"))
		if got, err := v.Get(context.Background(), id); err == nil && (id != known || string(got) != "x") {
			t.Fatalf("Get(%q) = %q", id, got)
		}
		if err := v.Delete(context.Background(), id); err == nil && id != known {
			t.Fatalf("Delete(%q) found something", id)
		}
	})
}
