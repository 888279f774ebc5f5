package retention_test

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/retention"
	"corvee/pipeline/sealing"
	"corvee/read"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/vault"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is a base with a clock that the test moves by days.
type desk struct {
	*pipeline.Pipeline
	clock *time.Time
}

func setup(t *testing.T) desk {
	t.Helper()
	dir := t.TempDir()
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	must(t, err)
	t.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(t, err)
	reader, err := read.New()
	must(t, err)
	clock := time.Date(2026, 11, 1, 23, 30, 0, 0, time.UTC)
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Actor: corvee.LocalActor, Version: "test", Random: rand.Reader,
		Intake: intake.New(intake.Config{Timeout: 20 * time.Second, MemoryBytes: 1 << 30, MaxBytes: corvee.MaxTextBytes}),
		Clock:  func() time.Time { return clock },
	})
	must(t, err)
	return desk{p, &clock}
}

func (d desk) days(n int) { *d.clock = d.clock.AddDate(0, 0, n) }

func (d desk) read(t *testing.T, name string) (id string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.txt")
	must(t, os.WriteFile(path, []byte("About 120 women sew at a plant in Dandong, a trader named Kang Mi-sook of "+name+" said.\n"), 0o600))
	_, err := d.Ingest(t.Context(), []string{path}, pipeline.IngestOptions{Hints: intake.Hints{Title: "Ms. Kang Mi-sook at " + name}}, func(m corvee.Message) error {
		if m.Report != nil {
			id = m.Report.ID
		}
		return nil
	})
	must(t, err)
	return id
}

func (d desk) due(t *testing.T) (out []string) {
	t.Helper()
	due, err := retention.List(t.Context(), d.Pipeline)
	must(t, err)
	for _, one := range due {
		out = append(out, one.Report.ID+one.Sealed)
	}
	return out
}

const harm = "It names a plant whose workers could be found; losing it loses the only count."

func rule(r retention.Rule) retention.Rule {
	r.Collection, r.Harm = corvee.DefaultCollection, harm
	return r
}

func TestRules(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]retention.Rule{
		"nothing":     rule(retention.Rule{}),
		"two at once": rule(retention.Rule{Days: 3, Never: true}),
		"the past":    rule(retention.Rule{Days: -1}),
		"no harm":     {Collection: corvee.DefaultCollection, Days: 3},
		"harm: none":  {Collection: corvee.DefaultCollection, Days: 3, Harm: "none"},
	} {
		if err := retention.Set(t.Context(), setup(t).Pipeline, r); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
	d := setup(t)
	stray := rule(retention.Rule{Days: 3})
	stray.Collection = "none"
	if err := retention.Set(t.Context(), d.Pipeline, stray); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a rule for no collection: %v", err)
	}
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Days: 3})))
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Never: true})))
	rules, err := retention.Rules(t.Context(), d.Pipeline)
	if err != nil || len(rules) != 1 || !rules[0].Never || rules[0].By != corvee.LocalActor || rules[0].Harm != harm {
		t.Errorf("Rules = %+v, %v; want the last with who set it and why", rules, err)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	d := setup(t)
	first := d.read(t, "one")
	d.days(2)
	second := d.read(t, "two")
	if got := d.due(t); got != nil {
		t.Errorf("without a rule %v is due", got)
	}
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Days: 3})))
	for _, want := range [][]string{nil, {first}, {first}, {first, second}} {
		got := d.due(t)
		if len(got) != len(want) {
			t.Errorf("on %s due are %v, want %v", d.clock, got, want)
		}
		for _, id := range want {
			if !strings.Contains(strings.Join(got, " "), id) {
				t.Errorf("on %s %s is not due", d.clock, id)
			}
		}
		d.days(1)
	}
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Until: corvee.Date{Year: 2026, Month: 12, Day: 31}})))
	if got := d.due(t); got != nil {
		t.Errorf("before the day %v is due", got)
	}
	*d.clock = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := d.due(t); len(got) != 2 {
		t.Errorf("after the day only %v is due", got)
	}
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Never: true})))
	if got := d.due(t); got != nil {
		t.Errorf("with never %v is due", got)
	}
}

// TestApply: a preview changes nothing; an order purges open and sealed reports and leaves a
// tombstone for each. Names in titles are covered in what is told.
func TestApply(t *testing.T) {
	t.Parallel()
	d := setup(t)
	open, secret := d.read(t, "one"), d.read(t, "two")
	_, recipient, err := vault.NewKey()
	must(t, err)
	s, err := sealing.Seal(t.Context(), d.Pipeline, secret, []string{recipient})
	must(t, err)
	must(t, retention.Set(t.Context(), d.Pipeline, rule(retention.Rule{Days: 1})))
	d.days(1)
	var told strings.Builder
	tell := func(m corvee.Message) error {
		return corvee.NewEncoder(&told).Encode(m)
	}
	must(t, retention.Preview(t.Context(), d.Pipeline, tell))
	if _, err := d.Report(t.Context(), open); err != nil {
		t.Fatalf("a preview purged: %v", err)
	}
	must(t, retention.Retire(t.Context(), d.Pipeline, tell))
	if said := told.String(); strings.Contains(said, "Mi-sook") || strings.Count(said, s.Code) != 2 || !strings.Contains(said, "due since 2026-11-02") {
		t.Errorf("told:\n%s", said)
	}
	if _, err := d.Report(t.Context(), open); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("the report is still there: %v", err)
	}
	var stones []store.Tombstone
	must(t, d.Store.View(t.Context(), func(tx store.Tx) (err error) { stones, err = tx.Tombstones(t.Context()); return err }))
	if len(stones) != 2 || stones[0].Reason != "retention: kept for 1 day" || d.due(t) != nil {
		t.Errorf("tombstones %+v, still due %v", stones, d.due(t))
	}
}
