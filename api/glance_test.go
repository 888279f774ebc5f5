package api_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/read"
	"corvee/store/sqlite"
	"corvee/vault"
)

const told = "HUNCHUN, China - Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers.\n\n" +
	"Each worker earns 2,300 yuan a month, and 2,000 yuan of it is taken as loyalty funds, a source in Jilin Province said on 12 November 2020.\n\n" +
	"A worker named Ryom Chol Hui said so. Ms. Paek Un Byol can be reached at +86 138 0013 8000.\n"

// What pages over the whole base show can be asked for, needs the key, and names nobody.
func TestWhatPagesShow(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	must(err)
	t.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(err)
	reader, err := read.New()
	must(err)
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Intake: intake.New(intake.Config{}), Actor: corvee.LocalActor, Version: "test",
		Clock: func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }, Random: zeros{},
	})
	must(err)
	file := filepath.Join(dir, "Ms. Paek Un Byol.txt")
	must(os.WriteFile(file, []byte(told), 0o600))
	must(os.WriteFile(filepath.Join(dir, "empty.txt"), nil, 0o600))
	_, err = p.Ingest(t.Context(), []string{file, filepath.Join(dir, "empty.txt")}, pipeline.IngestOptions{Hints: intake.Hints{Publisher: "Border Ledger", Published: corvee.Date{Year: 2020, Month: 11, Day: 19}}}, func(corvee.Message) error { return nil })
	must(err)
	server := serve(t, p)
	for path, want := range map[string]string{
		"/v1/find?q=lansui": `"times":1`, "/v1/find?q=Ryom": `"reports":[]`, "/v1/selection?place=jilin_prov": `"id":"hunchun"`, "/v1/selection?until=1999-01": `"claims":0`,
		"/v1/parties": `Hunchun Lansui Electronics`, "/v1/money": `"withheld":"87"`, "/v1/events?check=true": `"checked":true`, "/v1/inputs": `"rejected":1`,
	} {
		if status, _, _ := (call{method: http.MethodGet, path: path}).do(t, server); status != http.StatusUnauthorized {
			t.Errorf("%s without the key: %d", path, status)
		}
		status, body, _ := call{method: http.MethodGet, path: path, key: true}.do(t, server)
		raw, err := json.Marshal(body)
		must(err)
		if status != http.StatusOK || !strings.Contains(string(raw), want) {
			t.Errorf("%s: %d, without %s: %s", path, status, want, raw)
		}
		for _, name := range []string{"Ryom", "Paek", "0013 8000"} {
			if strings.Contains(strings.ReplaceAll(string(raw), `"words":["ryom"]`, ""), name) {
				t.Errorf("%s names %s", path, name)
			}
		}
	}
	if status, _, _ := (call{method: http.MethodGet, path: "/v1/selection?from=x", key: true}).do(t, server); status != http.StatusUnprocessableEntity {
		t.Errorf("a month that is none: %d", status)
	}
}

// zeros is randomness that a test can repeat.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }
