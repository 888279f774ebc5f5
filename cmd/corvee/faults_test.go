package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee/samples/made"
)

// rounds is how often each fault strikes: a few times in make test, CORVEE_FAULTS times in
// make soak.
func rounds(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("CORVEE_FAULTS"))
	if err != nil || n <= 0 {
		return 3
	}
	return n
}

// desk is a reviewer's browser on a server of its own process.
type desk struct {
	t      *testing.T
	server *exec.Cmd
	client *http.Client
	host   string
}

func openDesk(t *testing.T, base string) *desk {
	t.Helper()
	d := &desk{t: t, server: exec.Command("corvee", "--base", base, "serve", "--listen", "127.0.0.1:0")}
	messages, err := d.server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.kill)
	lines := bufio.NewScanner(messages)
	entry, said := "", ""
	for entry == "" && lines.Scan() {
		said += lines.Text() + "\n"
		entry = regexp.MustCompile(`http://\S+/\?key=\S+`).FindString(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, messages) }()
	jar, _ := cookiejar.New(nil)
	d.client = &http.Client{Jar: jar, Timeout: 20 * time.Second}
	at, err := url.Parse(entry)
	if err != nil || entry == "" {
		t.Fatalf("the server said no address: %v\n%s", err, said)
	}
	d.host = "http://" + at.Host
	if _, err := d.ask(http.MethodGet, strings.TrimPrefix(entry, d.host), ""); err != nil {
		t.Fatalf("entering: %v", err)
	}
	return d
}

func (d *desk) kill() {
	if d.server.ProcessState == nil {
		_ = d.server.Process.Kill()
		_ = d.server.Wait()
	}
}

// ask returns the body of a page; an error when the server is gone or refuses.
func (d *desk) ask(method, path, form string) (string, error) {
	request, err := http.NewRequest(method, d.host+path, strings.NewReader(form))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := d.client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	return string(body), err
}

// judge sends a decision as the page's button does, and returns once the page says saved.
func (d *desk) judge(report, claim, review string) error {
	short := strings.TrimPrefix(report, "sha256:")[:16]
	page, err := d.ask(http.MethodGet, "/reports/"+short+"?claim="+claim, "")
	if err != nil {
		return err
	}
	button := regexp.MustCompile(`action="([^"]*/claims/` + claim + `/verdict)"[^>]*><input type="hidden" name="expected" value="(\d+)"`).FindStringSubmatch(page)
	if button == nil {
		return fmt.Errorf("the page of %s offers no decision on claim %s", short, claim)
	}
	_, err = d.ask(http.MethodPost, button[1], url.Values{"review": {review}, "expected": {button[2]}}.Encode())
	return err
}

type stoodClaim struct{ ID, Report, Review string }

func claimsNow(t *testing.T, base string) []stoodClaim {
	t.Helper()
	var out []stoodClaim
	for line := range strings.Lines(mustRun(t, base, "claims", "--format", "jsonl")) {
		var m struct{ Claim *stoodClaim }
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		if m.Claim != nil {
			out = append(out, *m.Claim)
		}
	}
	return out
}

// What the desk called saved is there after the server was killed, and what it did not call
// saved is there whole or not at all.
func TestKilledServerLosesNoDecision(t *testing.T) {
	t.Parallel()
	base := readWhole(t, t.TempDir())
	claims := claimsNow(t, base)
	want := map[string]string{}
	for _, c := range claims {
		want[c.ID] = c.Review
	}
	seed := rand.New(rand.NewPCG(17, 19))
	saved := 0
	for range rounds(t) {
		d := openDesk(t, base)
		death := time.AfterFunc(time.Duration(20+seed.IntN(400))*time.Millisecond, func() { _ = d.server.Process.Kill() })
		under, asked := "", ""
		for {
			c := claims[seed.IntN(len(claims))]
			under, asked = c.ID, []string{"accepted", "rejected", "unsure"}[seed.IntN(3)]
			if want[under] == asked {
				continue // the same again would clear it
			}
			if d.judge(c.Report, under, asked) != nil {
				break
			}
			want[under] = asked
			saved++
		}
		death.Stop()
		d.kill()
		for _, c := range claimsNow(t, base) {
			if c.ID == under && c.Review == asked {
				want[under] = asked // it came to be before the kill, unsaid
			}
			if c.Review != want[c.ID] {
				t.Fatalf("claim %s is %s, the desk said that %s was saved", c.ID, c.Review, want[c.ID])
			}
		}
		mustRun(t, base, "verify", base)
	}
	if saved == 0 {
		t.Error("no decision was saved before any kill; the test shows nothing")
	}
}

// A disk that is full ends the command with an error that says so; the same command on a
// disk with room leaves the base as if nothing had happened.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if exec.Command("unshare", "-Urm", "true").Run() != nil {
		t.Skip("SKIPPED: this system gives no small disk of one's own (unshare -Urm)")
	}
	reports := t.TempDir()
	for r := range made.Reports(3, 60) {
		if err := os.WriteFile(filepath.Join(reports, r.Name), []byte(r.Body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	whole := filepath.Join(t.TempDir(), "whole.sqlite")
	mustRun(t, whole, "read", "--format", "jsonl", reports)
	want := claimsAndInputs(t, whole)
	seed := rand.New(rand.NewPCG(23, 29))
	full := 0
	for range rounds(t) {
		base := filepath.Join(t.TempDir(), "base.sqlite")
		disk, kept := t.TempDir(), t.TempDir()
		// The base lies on a disk of some megabytes while it fills, and is then copied to
		// one with room, as somebody would who was told that the disk is full.
		script := `mount -t tmpfs -o size=` + strconv.Itoa(300+seed.IntN(700)) + `k small "$1" || exit 99
corvee --quiet --base "$1/base.sqlite" read --format jsonl "$2" > /dev/null 2> "$3/said"; echo $? > "$3/exit"
cp -r "$1"/. "$3/"`
		if out, err := exec.Command("unshare", "-Urm", "sh", "-c", script, "sh", disk, reports, kept).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		code, _ := os.ReadFile(filepath.Join(kept, "exit"))
		said, _ := os.ReadFile(filepath.Join(kept, "said"))
		if strings.TrimSpace(string(code)) != "0" {
			full++
		}
		if strings.TrimSpace(string(code)) != "0" && !strings.Contains(string(said), "full") && !strings.Contains(string(said), "no space") {
			t.Errorf("exit %s, and nothing says that the disk is full:\n%s", code, said)
		}
		takeOver(t, kept, base)
		mustRun(t, base, "read", "--format", "jsonl", reports)
		if diff := cmp.Diff(want, claimsAndInputs(t, base)); diff != "" {
			t.Fatalf("after a full disk the base differs (-whole +full):\n%.2000s", diff)
		}
		mustRun(t, base, "verify", base)
	}
	if full == 0 {
		t.Error("the disk was never full; the test shows nothing")
	}
}

// takeOver moves a base and its originals out of a folder.
func takeOver(t *testing.T, from, base string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm", ".originals"} {
		err := os.Rename(filepath.Join(from, "base.sqlite"+suffix), base+suffix)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}
