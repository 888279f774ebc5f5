package intake_test

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"corvee"
	"corvee/intake"
	"corvee/intake/internal/forge"
)

const secret = "canary-of-the-secret-file"

// trap is a corpus in use: what its files reach for, and who watches.
type trap struct {
	lures   forge.Lures
	called  atomic.Int32
	in      *intake.Intake
	dir     string // of the files
	rooms   string
	outcome sync.Map
}

func setTrap(t *testing.T) *trap {
	t.Helper()
	file := write(t, "secret.txt", secret)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	tr := &trap{lures: forge.Lures{File: file, URL: "http://" + listener.Addr().String()}, dir: t.TempDir(), rooms: t.TempDir()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			tr.called.Add(1)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() {
		_ = listener.Close()
		<-done
	})
	tr.in = setup(t, func(c *intake.Config) { c.TempDir, c.MaxUnpacked, c.MaxMembers = tr.rooms, 256<<20, 2_000 })
	return tr
}

// read reads the file of a number and asks of each outcome that it be one: a document that
// is whole, or a reason. It returns the outcomes in words.
func (tr *trap) read(t *testing.T, number uint64) string {
	name, raw := forge.Hostile(number, tr.lures)
	path := filepath.Join(tr.dir, fmt.Sprint(number)+"-"+name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Error(err)
		return ""
	}
	defer os.Remove(path)
	var out strings.Builder
	for d, err := range tr.in.Documents(t.Context(), path, intake.Hints{}) {
		var r *intake.Rejection
		switch {
		case errors.As(err, &r):
			tr.count("refused")
			fmt.Fprintf(&out, "%s %s %s\n", r.Origin, r.Tool, r.Reason)
			tr.clean(t, number, r.Origin+r.Reason+r.Remedy)
			if r.Reason == "" || r.Remedy == "" || r.Origin == "" {
				t.Errorf("file %d (%s): %+v says too little", number, name, r)
			}
		case err != nil:
			t.Errorf("file %d (%s) ends the run: %v", number, name, err)
		default:
			tr.count(d.Tool)
			fmt.Fprintf(&out, "%s %s %s %v\n", d.Origin, d.Tool, d.Report.ID, d.Text.Hash())
			tr.clean(t, number, d.Origin+d.Report.Title+d.Report.Byline+d.Report.URL+d.Report.Publisher)
			tr.whole(t, number, d)
		}
	}
	if out.Len() == 0 {
		t.Errorf("file %d (%s) ends in no state", number, name)
	}
	return out.String()
}

func (tr *trap) count(what string) {
	n, _ := tr.outcome.LoadOrStore(what, new(atomic.Int32))
	n.(*atomic.Int32).Add(1)
}

func (tr *trap) whole(t *testing.T, number uint64, d intake.Document) {
	if d.Contents != nil {
		return
	}
	if _, err := corvee.NewText(d.Text.String(), d.Text.Blocks()); err != nil || d.Report.ID != corvee.HashID(d.Original) {
		t.Errorf("file %d: %v, %+v", number, err, d.Report)
	}
	if strings.Contains(d.Text.String(), secret) {
		t.Errorf("file %d: the secret file is in its text", number)
	}
	if strings.Contains(d.Text.String(), "9,999") && strings.Contains(d.Tool, "html") && !strings.Contains(string(d.Original), "<noscript>") && !strings.Contains(string(d.Original), "<style>") {
		t.Errorf("file %d: a script is in its text: %.200q", number, d.Text.String())
	}
}

// clean asks that what is shown of a file cannot drive a terminal or turn its direction.
func (tr *trap) clean(t *testing.T, number uint64, shown string) {
	for _, r := range strings.ReplaceAll(shown, tr.dir, "") {
		if unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			t.Errorf("file %d: %U is shown: %.200q", number, r, shown)
			return
		}
	}
}

// Hostile files: no crash, no read outside, no request out, memory bounded, each in a
// state, the same state each time. CORVEE_SOAK says how many; make soak takes 10,000.
func TestHostileFiles(t *testing.T) {
	files := 100
	if n, err := strconv.Atoi(os.Getenv("CORVEE_SOAK")); err == nil {
		files = n
	} else if testing.Short() {
		files = 40
	}
	tr := setTrap(t)
	stop := watchMemory(t)
	var next atomic.Uint64
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			for {
				number := next.Add(1) - 1
				if number >= uint64(files) || t.Context().Err() != nil {
					return
				}
				first := tr.read(t, number)
				if again := number%20 == number/20%20; again {
					if second := tr.read(t, number); second != first {
						t.Errorf("file %d ends once in\n%sand once in\n%s", number, first, second)
					}
				}
			}
		})
	}
	wait.Wait()
	t.Logf("%d files, at most %d MB held", files, stop()>>20)
	tr.outcome.Range(func(what, n any) bool {
		t.Logf("%6d %s", n.(*atomic.Int32).Load(), what)
		return true
	})
	if n := tr.called.Load(); n > 0 {
		t.Errorf("%d requests went out", n)
	}
	if left, _ := os.ReadDir(tr.rooms); len(left) > 0 {
		t.Errorf("rooms are left: %v", left)
	}
}

// watchMemory samples what this process holds and fails the test when it is more than
// the bound on answers allows; it returns a stop that tells the most.
func watchMemory(t *testing.T) (stop func() uint64) {
	const bound = 1 << 30
	done, most := make(chan struct{}), make(chan uint64)
	go func() {
		var highest uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			highest = max(highest, m.HeapInuse)
			select {
			case <-done:
				most <- highest
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(done)
		highest := <-most
		if highest > bound {
			t.Errorf("%d MB held; the bound is %d", highest>>20, bound>>20)
		}
		return highest
	}
}
