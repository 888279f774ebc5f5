//go:build unix

package sealing_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/audit"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/sealing"
	"corvee/read"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/sqlite"
	"corvee/store/storetest/throwaway"
	"corvee/vault"
)

// seeded is a reader of the same bytes in every run, for ids and salts.
type seeded struct{ *rand.PCG }

func (s seeded) Read(p []byte) (int, error) {
	for i := 0; i < len(p); i += 8 {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], s.Uint64())
		copy(p[i:], b[:])
	}
	return len(p), nil
}

// dying is a base whose process dies when it is about to write for the nth time; erasing
// is a writing.
type dying struct {
	store.Store
	left int
}

var errDied = errors.New("died")

func (d *dying) Update(ctx context.Context, work func(store.Tx) error) error {
	if d.left--; d.left < 0 {
		return errDied
	}
	return d.Store.Update(ctx, work)
}

func (d *dying) Erase(ctx context.Context) error {
	if d.left--; d.left < 0 {
		return errDied
	}
	return d.Store.Erase(ctx)
}

type desk struct {
	*pipeline.Pipeline
	dir   string
	base  store.Store
	clock *time.Time
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func setup(t *testing.T) desk {
	t.Helper()
	dir := t.TempDir()
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	must(t, err)
	t.Cleanup(func() { _ = base.Close() })
	return over(t, base, dir)
}

func onServer(t *testing.T) desk {
	t.Helper()
	base, err := postgres.Open(t.Context(), throwaway.Postgres(t))
	must(t, err)
	t.Cleanup(func() { _ = base.Close() })
	return over(t, base, t.TempDir())
}

func over(t *testing.T, base store.Store, dir string) desk {
	t.Helper()
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(t, err)
	reader, err := read.New()
	must(t, err)
	clock := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Actor: corvee.LocalActor, Version: "test",
		Intake: intake.New(intake.Config{Timeout: 20 * time.Second, MemoryBytes: 1 << 30, MaxBytes: corvee.MaxTextBytes}),
		Clock:  func() time.Time { return clock },
		Random: seeded{rand.NewPCG(1, 2)},
	})
	must(t, err)
	return desk{p, dir, base, &clock}
}

// on is the same desk on another way to its base.
func (d desk) on(t *testing.T, base store.Store) *pipeline.Pipeline {
	t.Helper()
	c := d.Config
	c.Store = base
	p, err := pipeline.New(t.Context(), c)
	must(t, err)
	return p
}

const canary = "canaryford"

// mill is read as claims with a site, an employer and figures. Every name is invented.
const mill = `About 120 North Korean workers sew shirts at Canaryford Apparel in Dandong, a source in China said.

The factory pays RMB 2,500 a month for each worker, the source said.
`

func (d desk) read(t *testing.T, name, body string) pipeline.ReportView {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, []byte(body), 0o600))
	var id string
	_, err := d.Ingest(t.Context(), []string{path}, pipeline.IngestOptions{Hints: intake.Hints{
		Title: "A mill at " + name, URL: "https://gazette.example/" + name,
	}}, func(m corvee.Message) error {
		if m.Report != nil {
			id = m.Report.ID
		}
		return nil
	})
	must(t, err)
	return d.view(t, id)
}

func (d desk) view(t *testing.T, id string) pipeline.ReportView {
	t.Helper()
	v, err := d.Report(t.Context(), id)
	must(t, err)
	return v
}

// judged reads the mill and has a person decide on it, edit it and add to it.
func (d desk) judged(t *testing.T) pipeline.ReportView {
	t.Helper()
	v := d.read(t, canary+".txt", mill)
	if len(v.Claims) < 2 {
		t.Fatalf("the text gives %d claims: too few for a test", len(v.Claims))
	}
	edited := v.Claims[1]
	edited.Site = "the hall of " + canary
	for _, j := range []pipeline.Judgement{
		{Report: v.Report.ID, Claim: v.Claims[0].ID, Review: corvee.ReviewAccepted, Note: "seen by " + canary},
		{Report: v.Report.ID, Claim: v.Claims[1].ID, Review: corvee.ReviewEdited, Edited: &edited},
	} {
		_, err := d.Judge(t.Context(), j)
		must(t, err)
	}
	return d.view(t, v.Report.ID)
}

func key(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	must(t, err)
	return id
}

func (d desk) unseal(t *testing.T, code string, k *age.X25519Identity) (string, error) {
	t.Helper()
	return sealing.Unseal(t.Context(), d.Pipeline, code, strings.NewReader(k.String()+"\n"))
}

// same compares what a report is before and after, with its original bytes.
func (d desk) same(t *testing.T, what string, before pipeline.ReportView) {
	t.Helper()
	after := d.view(t, before.Report.ID)
	opts := cmp.Options{cmp.Comparer(func(a, b corvee.Decimal) bool { return a == b }), cmp.Comparer(func(a, b corvee.Text) bool {
		return a.String() == b.String() && cmp.Equal(a.Blocks(), b.Blocks())
	})}
	if diff := cmp.Diff(before, after, opts); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
	raw, err := d.Vault.Get(t.Context(), before.Report.ID)
	if err != nil || corvee.HashID(raw) != before.Report.ID {
		t.Errorf("%s: the original: %v", what, err)
	}
	d.chain(t)
}

func (d desk) chain(t *testing.T) {
	t.Helper()
	must(t, d.base.View(t.Context(), func(tx store.Tx) error { return audit.Verify(tx.Events(t.Context(), 0)) }))
}

// holding returns the files under a folder that hold a word, in content or name.
func holding(t *testing.T, dir, word string) (found []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a server removes files as it likes
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if bytes.Contains(bytes.ToLower(raw), []byte(word)) || strings.Contains(path, word) {
			found = append(found, filepath.Base(path))
		}
		return err
	}))
	return found
}

// gone checks that no word of a report is anywhere under a folder.
func gone(t *testing.T, dir string, v pipeline.ReportView) {
	t.Helper()
	for _, word := range []string{canary, "2,500 a month", v.Report.ID[7:], v.Report.Text[7:], v.Claims[0].ID} {
		if left := holding(t, dir, word); left != nil {
			t.Errorf("%q is still in %v", word, left)
		}
	}
}

func TestSealAndUnseal(t *testing.T) {
	t.Parallel()
	for name, made := range map[string]func(*testing.T) (desk, string){
		"sqlite":   func(t *testing.T) (desk, string) { d := setup(t); return d, d.dir },
		"postgres": func(t *testing.T) (desk, string) { d := onServer(t); return d, d.dir },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, dir := made(t)
			other := d.read(t, "other.txt", "In 2024 some 40 women packed fish at a plant in Rason, a trader said.\n")
			before := d.judged(t)
			if name == "sqlite" && holding(t, dir, canary) == nil {
				t.Fatal("the canary is nowhere before the sealing: the test sees nothing")
			}
			k := key(t)
			s, err := sealing.Seal(t.Context(), d.Pipeline, before.Report.ID[:20], []string{k.Recipient().String()})
			must(t, err)
			gone(t, dir, before)
			if name == "postgres" {
				gone(t, throwaway.PostgresFiles(t), before)
			}
			d.chain(t)
			if _, err := d.Report(t.Context(), before.Report.ID); !errors.Is(err, corvee.ErrNotFound) {
				t.Errorf("the report can still be asked for: %v", err)
			}
			docs, err := d.Documents(t.Context())
			if err != nil || len(docs) != 1 || docs[0].Report.ID != other.Report.ID {
				t.Errorf("what findings are made of: %d documents, %v", len(docs), err)
			}
			notice, err := sealing.Notice(t.Context(), d.Pipeline)
			if err != nil || !strings.Contains(notice, "1 report is sealed") {
				t.Errorf("Notice = %q, %v", notice, err)
			}
			if _, err := d.unseal(t, s.Code, key(t)); !errors.Is(err, vault.ErrSealed) {
				t.Errorf("another key: %v", err)
			}
			id, err := d.unseal(t, s.Code, k)
			if err != nil || id != before.Report.ID {
				t.Fatalf("Unseal = %s, %v", id, err)
			}
			d.same(t, "after unsealing", before)
			if all, err := sealing.List(t.Context(), d.Pipeline); err != nil || len(all) != 0 {
				t.Errorf("List = %v, %v", all, err)
			}
			if _, err := d.unseal(t, s.Code, k); !errors.Is(err, corvee.ErrNotFound) {
				t.Errorf("a second unsealing: %v", err)
			}
			_, err = d.Undo(t.Context(), before.Report.ID) // verdicts have kept their order
			must(t, err)
		})
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.judged(t)
	for name, to := range map[string][]string{"nobody": nil, "no key": {"age1nobody"}} {
		if _, err := sealing.Seal(t.Context(), d.Pipeline, v.Report.ID, to); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(d.dir, "originals", v.Report.ID[7:9], v.Report.ID[7:])
	must(t, os.WriteFile(path, []byte("damaged"), 0o600))
	if _, err := sealing.Seal(t.Context(), d.Pipeline, v.Report.ID, []string{key(t).Recipient().String()}); !errors.Is(err, corvee.ErrInconsistent) {
		t.Errorf("a damaged original was sealed: %v", err)
	}
	must(t, os.WriteFile(path, []byte(mill), 0o600))
	d.same(t, "after what was refused", v)
}

// TestReadAgain: the same file may be read while its report is sealed; nothing of the open
// one is lost, and the sealed one waits.
func TestReadAgain(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.judged(t)
	k := key(t)
	s, err := sealing.Seal(t.Context(), d.Pipeline, v.Report.ID, []string{k.Recipient().String()})
	must(t, err)
	again := d.read(t, canary+".txt", mill)
	if _, err := d.unseal(t, s.Code, k); !errors.Is(err, corvee.ErrConflict) {
		t.Errorf("Unseal over an open report: %v", err)
	}
	d.same(t, "the open report", again)
	_, err = d.Purge(t.Context(), again.Report.ID, "read by mistake")
	must(t, err)
	_, err = d.unseal(t, s.Code, k)
	must(t, err)
	d.same(t, "after the open one was purged", v)
}

func TestPurgeOfSealed(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.judged(t)
	s, err := sealing.Seal(t.Context(), d.Pipeline, v.Report.ID, []string{key(t).Recipient().String()})
	must(t, err)
	stone, err := sealing.Purge(t.Context(), d.Pipeline, s.Code, "a source asked")
	must(t, err)
	stones, err := d.Tombstones(t.Context())
	if err != nil || len(stones) != 1 || stones[0] != stone {
		t.Errorf("Tombstones = %v, %v", stones, err)
	}
	if has, err := d.Vault.Has(t.Context(), s.Bundle); has || err != nil {
		t.Errorf("the sealed bytes are still there: %v", err)
	}
	for _, word := range []string{s.Bundle[7:], "sealed:" + s.Code} {
		if left := holding(t, d.dir, word); left != nil && word != s.Bundle[7:] {
			t.Errorf("%s is in %v", word, left)
		}
	}
	d.chain(t)
}

// TestDied: whenever the process dies, the report is whole in the one state or the other;
// whoever comes next finishes the closing, and nothing lies open of what is sealed.
func TestDied(t *testing.T) {
	t.Parallel()
	for _, act := range []string{"seal", "unseal"} {
		for after := range 5 {
			t.Run(fmt.Sprint(act, " after ", after), func(t *testing.T) {
				t.Parallel()
				d := setup(t)
				before := d.judged(t)
				k := key(t)
				var code string
				if act == "unseal" {
					s, err := sealing.Seal(t.Context(), d.Pipeline, before.Report.ID, []string{k.Recipient().String()})
					must(t, err)
					code = s.Code
				}
				doomed := d.on(t, &dying{d.base, after})
				if act == "seal" {
					_, err := sealing.Seal(t.Context(), doomed, before.Report.ID, []string{k.Recipient().String()})
					if (err != nil) != (after < 4) {
						t.Fatalf("%d writings: %v", after, err)
					}
				} else if _, err := sealing.Unseal(t.Context(), doomed, code, strings.NewReader(k.String())); (err != nil) != (after < 2) {
					t.Fatalf("%d writings: %v", after, err)
				}
				d.settled(t, before, k)
			})
		}
	}
}

func (d desk) settled(t *testing.T, before pipeline.ReportView, k *age.X25519Identity) {
	t.Helper()
	*d.clock = d.clock.Add(time.Hour)
	_, err := sealing.Settle(t.Context(), d.Pipeline)
	must(t, err)
	must(t, d.Erase(t.Context()))
	if again, err := sealing.Settle(t.Context(), d.Pipeline); again != 0 || err != nil {
		t.Errorf("a second Settle = %d, %v", again, err)
	}
	all, err := sealing.List(t.Context(), d.Pipeline)
	must(t, err)
	if len(all) == 1 {
		gone(t, d.dir, before)
		_, err := d.unseal(t, all[0].Code, k)
		must(t, err)
	}
	d.same(t, "after a death", before)
}

// TestRace: what is being opened is closed by somebody else; the opening ends without it.
func TestRace(t *testing.T) {
	t.Parallel()
	d := setup(t)
	before := d.judged(t)
	k := key(t)
	s, err := sealing.Seal(t.Context(), d.Pipeline, before.Report.ID, []string{k.Recipient().String()})
	must(t, err)
	slow := d.on(t, &meanwhile{Store: d.base, at: 2, act: func() {
		*d.clock = d.clock.Add(time.Hour)
		if n, err := sealing.Settle(t.Context(), d.Pipeline); n != 1 || err != nil {
			t.Errorf("Settle = %d, %v", n, err)
		}
	}})
	if _, err := sealing.Unseal(t.Context(), slow, s.Code, strings.NewReader(k.String())); !errors.Is(err, corvee.ErrConflict) {
		t.Errorf("the slow opening: %v", err)
	}
	gone(t, d.dir, before)
	_, err = d.unseal(t, s.Code, k)
	must(t, err)
	d.same(t, "after the race", before)
}

// meanwhile has something happen before the nth writing.
type meanwhile struct {
	store.Store
	at  int
	act func()
}

func (m *meanwhile) Update(ctx context.Context, work func(store.Tx) error) error {
	if m.at--; m.at == 0 {
		m.act()
	}
	return m.Store.Update(ctx, work)
}

// TestTraces: what screening has kept of a party that only this report names leaves with the
// report and comes back with it: a hit in a run, a decision, an alert. What the user's own
// table says stays.
func TestTraces(t *testing.T) {
	t.Parallel()
	for _, act := range []string{"seal", "purge", "seal on a server"} {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			made := setup
			if strings.HasSuffix(act, "server") {
				made = onServer
			}
			d := made(t)
			d.read(t, "other.txt", "In 2024 some 40 women packed fish at a plant in Rason, a trader said.\n")
			v := d.judged(t)
			run := d.screened(t)
			before := d.traces(t, run)
			if !strings.Contains(before, `evidence:canaryford`) || !strings.Contains(before, "seen at the gate") {
				t.Fatalf("the run and the decision hold no trace:\n%s", before)
			}
			k := key(t)
			if act == "purge" {
				_, err := d.Purge(t.Context(), v.Report.ID, "a test")
				must(t, err)
			} else {
				s, err := sealing.Seal(t.Context(), d.Pipeline, v.Report.ID, []string{k.Recipient().String()})
				must(t, err)
				defer func() {
					_, err := d.unseal(t, s.Code, k)
					must(t, err)
					if diff := cmp.Diff(before, d.traces(t, run)); diff != "" {
						t.Errorf("after unsealing (-want +got):\n%s", diff)
					}
				}()
			}
			gone(t, d.dir, v)
			during := d.traces(t, run)
			if strings.Contains(strings.ToLower(during), canary) || !strings.Contains(during, "taken out") || !strings.Contains(during, "Kanaryford") {
				t.Errorf("what is left:\n%s", during)
			}
			d.chain(t)
		})
	}
}

// screened screens a table that nearly names the party, judges the hit, and returns the run.
func (d desk) screened(t *testing.T) string {
	t.Helper()
	var hit *corvee.Hit
	run, err := d.Screen(t.Context(), "suppliers.csv", strings.NewReader("name,country\nKanaryford Apparel,CN\n"), pipeline.ScreenOptions{}, func(m corvee.Message) error {
		if m.Hit != nil {
			hit = m.Hit
		}
		return nil
	})
	must(t, err)
	if hit == nil {
		t.Fatal("the table gives no hit")
	}
	_, err = d.Decide(t.Context(), pipeline.OnHit{Run: run.ID, Row: hit.Row, Listing: hit.Listing.ID},
		pipeline.Say{Judgement: corvee.JudgementSame, Reason: "seen at the gate"})
	must(t, err)
	must(t, d.base.Update(t.Context(), func(tx store.Tx) error {
		_, err := tx.AddPartyJudgement(t.Context(), store.PartyJudgement{
			ID: "j1", Left: store.PartySide{ID: "p1", Name: hit.Matched}, Right: store.PartySide{ID: "p2", Name: "Another"},
			Judgement: corvee.JudgementSame, Actor: corvee.LocalActor, Reason: "one gate", At: *d.clock,
		})
		return err
	}))
	return run.ID
}

// traces is what the base holds beside the report.
func (d desk) traces(t *testing.T, run string) string {
	t.Helper()
	var b strings.Builder
	out := corvee.NewEncoder(&b)
	must(t, d.base.View(t.Context(), func(tx store.Tx) error {
		for m, err := range tx.RunResult(t.Context(), run) {
			must(t, errors.Join(err, out.Encode(m)))
		}
		decisions, err := tx.Decisions(t.Context())
		fmt.Fprintf(&b, "%+v\n", len(decisions))
		for _, one := range decisions {
			fmt.Fprintln(&b, one.ID, one.Listing, one.Reason)
		}
		judged, more := tx.PartyJudgements(t.Context())
		fmt.Fprintf(&b, "%+v\n", judged)
		return errors.Join(err, more)
	}))
	return b.String()
}
