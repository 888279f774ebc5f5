package glance_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/pipeline/glance"
	"corvee/read"
	"corvee/store/sqlite"
	"corvee/vault"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func setup(t testing.TB) *pipeline.Pipeline {
	t.Helper()
	dir := t.TempDir()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	must(t, err)
	reader, err := read.New()
	must(t, err)
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: s, Vault: archive, Reader: reader, Intake: intake.New(intake.Config{}), Random: rand.Reader, Actor: "test", Version: "test",
		Clock: func() time.Time { return time.Date(2024, 5, 1, 9, 30, 0, 0, time.UTC) },
	})
	must(t, err)
	return p
}

func ingest(t testing.TB, p *pipeline.Pipeline, title, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.txt")
	must(t, os.WriteFile(file, []byte(text), 0o600))
	_, err := p.Ingest(t.Context(), []string{file}, pipeline.IngestOptions{Hints: intake.Hints{Title: title, Publisher: "Border Ledger", Published: corvee.Date{Year: 2024, Month: 3, Day: 14}}}, quiet)
	must(t, err)
}

func quiet(corvee.Message) error { return nil }

func now(t testing.TB, g *glance.Glance) *glance.View {
	t.Helper()
	v, err := g.Now(context.WithoutCancel(t.Context()))
	must(t, err)
	return v
}

var most = glance.Most{Reports: 10, Claims: 10, Parties: 10, Entries: 10}

const plant = "HUNCHUN, China - Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers.\n\n" +
	"A worker named Ryom Chol Hui can be reached at +86 138 0013 8000. Each worker earns 2,300 yuan a month.\n"

func TestFind(t *testing.T) {
	t.Parallel()
	p := setup(t)
	g := glance.New(p)
	ingest(t, p, "Lansui", plant)
	ingest(t, p, "丹東的燈籠廠", "丹東的燈籠廠有200名朝鮮女工。ABC")
	ingest(t, p, "등불 공장", "단둥의 등불 공장에서 여성 200명이 일한다.")
	_, err := p.ImportLists(t.Context(), []lists.File{{Name: "own.csv", Body: []byte("name,alias,country,type,id,kind,program,remarks\nLantern Mill Co. Ltd.,灯笼厂,CN,organisation,L-1,designation,TEST-1,invented\n")}}, quiet)
	must(t, err)
	v := now(t, g)
	for question, want := range map[string][4]int{ // reports, claims, parties, entries
		"灯笼":                       {1, 0, 0, 1}, // two Hanzi; simplified finds traditional
		"燈籠":                       {1, 0, 0, 1},
		"등불":                       {1, 0, 0, 0},
		"lansui":                   {1, 1, 1, 0},
		"LANSUI  ELECTRONICS":      {1, 1, 1, 0},
		`"electronics lansui"`:     {0, 0, 0, 0},
		`"lansui electronics"`:     {1, 1, 1, 0},
		"ledger 240":               {1, 0, 0, 0}, // a publisher and a text together
		"Ryom":                     {0, 0, 0, 0},
		"0013":                     {0, 0, 0, 0},
		"a":                        {0, 0, 0, 0},
		"":                         {0, 0, 0, 0},
		"“":                        {0, 0, 0, 0},
		"lantern":                  {0, 0, 0, 1},
		"廠":                        {1, 0, 0, 1},
		strings.Repeat("lan ", 40): {1, 1, 1, 1},
	} {
		f := v.Find(question, most)
		got := [4]int{len(f.Reports), min(1, len(f.Claims)), min(1, len(f.Parties)), len(f.Entries)}
		if got != want {
			t.Errorf("Find(%q) = %v, want %v", question, got, want)
		}
	}
	f := v.Find("燈籠", most)
	before, words, _ := f.Reports[0].Around(f.Reports[0].At, 3)
	if before != "丹東的" || words != "燈籠" {
		t.Errorf("around: %q %q", before, words)
	}
}

// A report is read again when an event names it, and only then; what was purged is gone.
func TestNowFollowsTheBase(t *testing.T) {
	t.Parallel()
	p := setup(t)
	g := glance.New(p)
	ingest(t, p, "Lansui", plant)
	ingest(t, p, "등불 공장", "단둥의 등불 공장에서 여성 200명이 일한다.")
	first := now(t, g)
	if again := now(t, g); again != first {
		t.Error("nothing happened, and the view is another")
	}
	other := first.Reports[0]
	if other.Title == "Lansui" {
		other = first.Reports[1]
	}
	at := strings.Index(plant, "Lansui")
	lansui := first.Find("lansui", most).Reports[0]
	if lansui.At.Start != at {
		t.Errorf("lansui stands at %d, want %d", lansui.At.Start, at)
	}
	c := lansui.Claims[0]
	_, err := p.Judge(t.Context(), pipeline.Judgement{Report: c.Report, Claim: c.ID, Review: corvee.ReviewRejected})
	must(t, err)
	second := now(t, g)
	r, _ := second.Report(c.Report)
	if r.Claims[0].Review != corvee.ReviewRejected || c.Review == corvee.ReviewRejected {
		t.Errorf("after a verdict the claim is %s, and was %s", r.Claims[0].Review, c.Review)
	}
	if same, _ := second.Report(other.ID); same != other {
		t.Error("a report that no event named was read again")
	}
	_, err = p.Undo(t.Context(), c.Report)
	must(t, err)
	if r, _ := now(t, g).Report(c.Report); r.Claims[0].Review != corvee.ReviewUnreviewed {
		t.Errorf("after undo the claim is %s", r.Claims[0].Review)
	}
	_, err = p.Purge(t.Context(), c.Report, "test")
	must(t, err)
	third := now(t, g)
	if f := third.Find("lansui", most); len(f.Reports)+len(f.Claims) > 0 || len(third.Reports) != 1 {
		t.Errorf("after purge %d reports, %+v", len(third.Reports), f.Totals)
	}
}

func FuzzFind(f *testing.F) {
	p := setup(f)
	ingest(f, p, "Lansui", plant+"İstanbul ﬀ \u1100\u1161 𠀋𠀋 ẞ\n")
	v := now(f, glance.New(p))
	for _, s := range []string{"lansui", "İ", "\xff", `"`, "“a b", "𠀋", "\u1161", "ﬀ", "ẞ i̇"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, question string) {
		for _, r := range v.Find(question, most).Reports {
			r.Around(r.At, 30)
		}
	})
}
