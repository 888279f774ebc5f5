package who_test

import (
	"encoding/binary"
	"errors"
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
	"corvee/pipeline/who"
	"corvee/read"
	"corvee/store/sqlite"
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

type desk struct {
	*pipeline.Pipeline
	path string
}

func setup(t *testing.T, texts ...string) desk {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "base.sqlite")
	base, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Actor: corvee.LocalActor, Version: "test",
		Clock: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }, Random: seeded{rand.NewPCG(1, 2)},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := desk{p, path}
	for _, text := range texts {
		d.add(t, text)
	}
	return d
}

// add takes a text in as a document that was decoded.
func (d desk) add(t *testing.T, content string) string {
	t.Helper()
	text, err := corvee.NewText(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte(content)
	r := corvee.Report{ID: corvee.HashID(raw), Text: text.Hash(), Publisher: "Invented Post", MediaType: "text/plain", Bytes: int64(len(raw)), Lang: read.Language(text)}
	doc := intake.Document{Origin: r.ID, Report: r, Text: text, Original: raw, Tool: "test/1"}
	var sum corvee.Summary
	if _, err := d.Take(t.Context(), r.ID, doc, nil, intake.Hints{}, &sum, func(corvee.Message) error { return nil }); err != nil {
		t.Fatal(err)
	}
	return r.ID
}

const (
	latin  = "DANDONG — The plant of Dandong Qiaolan Textile Co., Ltd. in Dandong employs 180 North Korean workers who sew garments, a trader said."
	plain  = "DANDONG — Dandong Qiaolan Textile in Dandong employs 260 North Korean workers who sew garments, a driver said."
	abroad = "TUMEN — The plant of Tumen Haisui Foodstuff Co., Ltd. in Tumen employs 40 North Korean workers who pack food, a trader said."
)

func open(t *testing.T, p *pipeline.Pipeline) who.Base {
	t.Helper()
	b, err := who.Open(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (d desk) judge(t *testing.T, a, b string, word corvee.JudgementWord) who.Result {
	t.Helper()
	r, err := who.Judge(t.Context(), d.Pipeline, a, b, who.Say{Word: word, Reason: "a register of firms"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A merge, then an undo, is the identity; the log keeps both and holds.
func TestMergeAndUndo(t *testing.T) {
	t.Parallel()
	d := setup(t, latin, plain, abroad)
	before := open(t, d.Pipeline).View(true)
	if len(before.Parties) < 2 {
		t.Fatalf("parties: %+v", before.Parties)
	}
	r := d.judge(t, "Tumen Haisui Foodstuff", "Dandong Qiaolan Textile", corvee.JudgementSame)
	if r.Left.ID != r.Right.ID || r.Left.ID != r.Judgement.Left.ID {
		t.Errorf("after a merge: %s and %s, of %+v", r.Left.ID, r.Right.ID, r.Judgement)
	}
	if old, err := open(t, d.Pipeline).Find(r.Judgement.Right.ID); err != nil || old.ID != r.Left.ID {
		t.Errorf("the old id leads to %s, %v", old.ID, err)
	}
	if _, err := who.Undo(t.Context(), d.Pipeline, ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, open(t, d.Pipeline).View(true)); diff != "" {
		t.Errorf("merge and undo: %s", diff)
	}
	events, err := d.Events(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	var verbs []string
	for _, e := range events {
		if strings.HasPrefix(e.Verb, "who.") {
			verbs = append(verbs, e.Verb)
		}
	}
	if diff := cmp.Diff([]string{"who.same", "who.undone"}, verbs); diff != "" {
		t.Error(diff)
	}
	if err := audit.Verify(func(yield func(corvee.Event, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}); err != nil {
		t.Error(err)
	}
}

// What contradicts is refused with what it contradicts, and kept if it is said anyway.
func TestConflicts(t *testing.T) {
	t.Parallel()
	d := setup(t, latin, abroad)
	ask := func(a, b string, say who.Say) error {
		_, err := who.Judge(t.Context(), d.Pipeline, a, b, say)
		return err
	}
	const a, b = "Dandong Qiaolan Textile", "Tumen Haisui Foodstuff"
	d.judge(t, a, b, corvee.JudgementDifferent)
	for name, tc := range map[string]struct {
		a, b string
		say  who.Say
		want error
	}{
		"judged different": {a, b, who.Say{Word: corvee.JudgementSame, Reason: "x"}, corvee.ErrInconsistent},
		"no reason":        {a, b, who.Say{Word: corvee.JudgementSame, Reason: " "}, corvee.ErrInvalid},
		"itself":           {a, a, who.Say{Word: corvee.JudgementDifferent, Reason: "x"}, corvee.ErrInvalid},
		"nobody":           {a, "No Such Works", who.Say{Word: corvee.JudgementSame, Reason: "x"}, corvee.ErrNotFound},
		"a place":          {a, "Tumen", who.Say{Word: corvee.JudgementSame, Reason: "x"}, corvee.ErrInvalid},
		"another word":     {a, b, who.Say{Word: "perhaps", Reason: "x"}, corvee.ErrInvalid},
	} {
		if err := ask(tc.a, tc.b, tc.say); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", name, err, tc.want)
		}
	}
	if said := open(t, d.Pipeline).Said; len(said) != 1 {
		t.Errorf("what was refused is kept: %+v", said)
	}
	if err := ask(a, b, who.Say{Word: corvee.JudgementSame, Reason: "x", Anyway: true}); err != nil {
		t.Errorf("said anyway by the same person: %v", err)
	}
	if e, _ := open(t, d.Pipeline).Find(a); len(e.Members) != 2 {
		t.Errorf("of one person's the last does not count: %+v", e)
	}
}

// A purge leaves no judgement, no payload and no byte of a name that only the purged report
// bore; one that another report bears too stays.
func TestPurge(t *testing.T) {
	t.Parallel()
	d := setup(t, latin, plain)
	gone := d.add(t, abroad)
	d.judge(t, "Dandong Qiaolan Textile", "Tumen Haisui Foodstuff", corvee.JudgementDifferent)
	if _, err := d.Purge(t.Context(), corvee.HashID([]byte(latin)), "asked"); err != nil {
		t.Fatal(err)
	}
	if said := open(t, d.Pipeline).Said; len(said) != 1 {
		t.Errorf("a judgement on what another report names too is gone: %+v", said)
	}
	if _, err := d.Purge(t.Context(), gone, "asked"); err != nil {
		t.Fatal(err)
	}
	if said := open(t, d.Pipeline).Said; len(said) != 0 {
		t.Errorf("left: %+v", said)
	}
	for _, file := range []string{d.path, d.path + "-wal"} {
		raw, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(raw), "Haisui") {
			t.Errorf("%s still holds the name", filepath.Base(file))
		}
	}
}

// What is sealed takes the judgements along that rest on nothing else.
func TestSealed(t *testing.T) {
	t.Parallel()
	d := setup(t, latin)
	gone := d.add(t, abroad)
	d.judge(t, "Dandong Qiaolan Textile", "Tumen Haisui Foodstuff", corvee.JudgementDifferent)
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sealing.Seal(t.Context(), d.Pipeline, gone, []string{key.Recipient().String()}); err != nil {
		t.Fatal(err)
	}
	if said := open(t, d.Pipeline).Said; len(said) != 0 {
		t.Errorf("left: %+v", said)
	}
	for _, file := range []string{d.path, d.path + "-wal"} {
		raw, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(raw), "Haisui") {
			t.Errorf("%s still holds the name", filepath.Base(file))
		}
	}
}
