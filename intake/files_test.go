//go:build unix

package intake_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/intake"
)

// tree writes files under a new folder; a name that ends in a slash is a folder.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range names {
		path := filepath.Join(root, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(path, 0o700))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte("Some words of "+name+"."), 0o600))
	}
	return root
}

// walked lists what Files yields, paths relative to root, rejections after a bar.
func walked(t *testing.T, root string, paths ...string) []string {
	t.Helper()
	return walkedBy(t, setup(t, nil), root, paths...)
}

func walkedBy(t *testing.T, in *intake.Intake, root string, paths ...string) []string {
	t.Helper()
	var out []string
	for path, err := range in.Files(t.Context(), paths) {
		if rel, e := filepath.Rel(root, path); e == nil {
			path = filepath.ToSlash(rel)
		}
		var r *intake.Rejection
		if errors.As(err, &r) {
			path += " | " + r.Reason
		} else if err != nil {
			t.Errorf("%s: an error that is no rejection: %v", path, err)
		}
		out = append(out, path)
	}
	return out
}

func TestFilesAreWalkedInOrder(t *testing.T) {
	t.Parallel()
	root := tree(t, "b/2.txt", "b/10.txt", "b/a/x.txt", "a.txt", "c/", ".hidden/x.txt", "b/.DS_Store", "단둥.txt", "z z.txt")
	want := []string{"a.txt", "b/10.txt", "b/2.txt", "b/a/x.txt", "z z.txt", "단둥.txt"}
	if diff := cmp.Diff(want, walked(t, root, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	given := []string{filepath.Join(root, "z z.txt"), filepath.Join(root, "gone.txt"), filepath.Join(root, "a.txt")}
	want = []string{"z z.txt", "gone.txt | there is no such file", "a.txt"}
	if diff := cmp.Diff(want, walked(t, root, given...)); diff != "" {
		t.Errorf("in the order given (-want +got):\n%s", diff)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	outside, root := tree(t, "secret.txt", "more/x.txt"), tree(t, "a.txt", "folder/b.txt")
	link := func(to, at string) { must(t, os.Symlink(to, filepath.Join(root, at))) }
	link(filepath.Join(outside, "secret.txt"), "out.txt")
	link(filepath.Join(outside, "more"), "outdir")
	link("gone", "dangling")
	link("a.txt", "inside.txt")
	link(".", "cycle")
	link("../..", "folder/up")
	const refused = " | this is a link that leads out of the folder or nowhere"
	want := []string{"a.txt", "dangling" + refused, "folder/b.txt", "folder/up" + refused, "out.txt" + refused, "outdir" + refused}
	if diff := cmp.Diff(want, walked(t, root, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// A link that the user names is meant.
	named := filepath.Join(outside, "reports")
	must(t, os.Symlink(root, named))
	if got := walked(t, named, named); len(got) != len(want) || got[0] != "a.txt" {
		t.Errorf("a folder named by a link: %v", got)
	}
}

func TestUnreadableEntriesAreErrorsOfTheirOwn(t *testing.T) {
	t.Parallel()
	root := tree(t, "a.txt", "locked/x.txt", "z.txt", "mute.txt")
	must(t, os.Chmod(filepath.Join(root, "locked"), 0))
	must(t, os.Chmod(filepath.Join(root, "mute.txt"), 0))
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "locked"), 0o700) })
	must(t, os.Chmod(filepath.Dir(root), 0o755)) // the way to the folder is open to all
	in := setup(t, nil)
	asNobody(t)
	got := walkedBy(t, in, root, root)
	if len(got) != 4 || !strings.Contains(got[1], "may not be read") || got[3] != "z.txt" {
		t.Errorf("walked %v", got)
	}
	_, err := in.Read(t.Context(), filepath.Join(root, "mute.txt"), intake.Hints{})
	var r *intake.Rejection
	if !errors.As(err, &r) || !r.Retryable {
		t.Errorf("Read of an unreadable file = %v, want a rejection worth another try", err)
	}
}

func TestWalkEndsEarly(t *testing.T) {
	t.Parallel()
	root := tree(t, "a.txt", "b/c.txt", "d.txt")
	for stop := 1; stop <= 3; stop++ {
		seen := 0
		for range setup(t, nil).Files(t.Context(), []string{root, root}) {
			if seen++; seen == stop {
				break
			}
		}
		if seen != stop {
			t.Errorf("stopped at %d, saw %d", stop, seen)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for path := range setup(t, nil).Files(ctx, []string{root}) {
		t.Errorf("walked %s after the end", path)
	}
}

func TestWhatIsNoFile(t *testing.T) {
	t.Parallel()
	root := tree(t, "folder/x.txt")
	fifo := filepath.Join(root, "pipe.txt")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{
		fifo: "a pipe", filepath.Join(root, "folder"): "a folder", filepath.Join(root, "gone"): "no such file",
		"/dev/zero": "a device", filepath.Join(root, "folder", "x.txt", "y"): "file", root + "\x00": "file",
	} {
		_, err := setup(t, nil).Read(t.Context(), path, intake.Hints{})
		var r *intake.Rejection
		if !errors.As(err, &r) || !strings.Contains(r.Reason, want) || r.Remedy == "" {
			t.Errorf("Read(%q) = %v, want a rejection that says %q", path, err, want)
		}
		var cause *fs.PathError
		if errors.As(err, &cause) {
			t.Errorf("%q: the system's error shows: %v", path, err)
		}
	}
}
