package pipeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
)

const suppliers = "id,supplier name,country\ns1,Breakwater Foods Ltd.,CN\ns2,Oakwood Pottery of Leicester,GB\ns3,Tide Garment Group,CN\n"

func (d desk) list(t *testing.T, rows string) {
	t.Helper()
	body := "id,name,alias,kind,country,list\n" + rows
	if _, err := d.ImportShrunken(t.Context(), []lists.File{{Name: "watch-2026-09-01.csv", Body: []byte(body)}}, discard); err != nil {
		t.Fatal(err)
	}
}

const twoFirms = "1,Breakwater Foods Ltd.,,advisory,,Watch\n2,Tide Garment Group,,advisory,,Watch\n"

func (d desk) screen(t *testing.T, table string) (run corvee.Run, states string, hits []corvee.Hit) {
	t.Helper()
	for _, m := range collect(t, func(emit pipeline.Emit) (err error) {
		run, err = d.Screen(t.Context(), "suppliers.csv", strings.NewReader(table), pipeline.ScreenOptions{}, emit)
		return err
	}) {
		switch {
		case m.Row != nil:
			states += string(m.Row.State) + " "
		case m.Hit != nil:
			hits = append(hits, *m.Hit)
		}
	}
	return run, strings.TrimSpace(states), hits
}

func (d desk) decide(t *testing.T, run corvee.Run, word corvee.JudgementWord) corvee.Decision {
	t.Helper()
	out, err := d.Decide(t.Context(), pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}, pipeline.Say{Judgement: word, Reason: "another registration number"})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A "different" clears its row in every later run, and nothing else.
func TestDifferentStands(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, states, _ := d.screen(t, suppliers)
	if states != "hit clear hit" {
		t.Fatalf("states %q", states)
	}
	d.decide(t, run, corvee.JudgementDifferent)
	_, states, hits := d.screen(t, suppliers)
	if states != "clear clear hit" || len(hits) != 2 {
		t.Errorf("after the decision: states %q, %d hits; want the first row clear and its hit still shown", states, len(hits))
	}
	want := &corvee.HitDecision{Judgement: corvee.JudgementDifferent, Stands: true, Reason: "another registration number", Actor: corvee.LocalActor}
	if diff := cmp.Diff(want, hits[0].Decision); diff != "" {
		t.Error(diff)
	}
	d.list(t, twoFirms+"3,Quay Textile,,advisory,,Watch\n") // a new copy that says the same of this one
	if _, states, _ = d.screen(t, suppliers); states != "clear clear hit" {
		t.Errorf("with a new copy of the list: states %q", states)
	}
	for _, word := range []corvee.JudgementWord{corvee.JudgementSame, corvee.JudgementUnsure} {
		d.decide(t, run, word)
		if _, states, hits = d.screen(t, suppliers); states != "hit clear hit" || hits[0].Decision.Judgement != word {
			t.Errorf("%s: states %q, decision %+v", word, states, hits[0].Decision)
		}
	}
}

// What was cleared is open again when either side changes, and says what changed.
func TestDecisionReopens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list, table string
		says        string
	}{
		"the listing": {strings.Replace(twoFirms, "Ltd.,,advisory,,", "Ltd.,Breakwater Seafood,advisory,KP,", 1), suppliers,
			"listing name: + Breakwater Seafood (alias); listing country: + KP"},
		"its label": {strings.Replace(twoFirms, "advisory", "designation", 1), suppliers, "listing label: − advisory; listing label: + designation"},
		"the query": {twoFirms, strings.Replace(suppliers, "Ltd.,CN", "Ltd.,KP", 1), "query country: CN → KP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := setup(t)
			d.list(t, twoFirms)
			run, _, _ := d.screen(t, suppliers)
			d.decide(t, run, corvee.JudgementDifferent)
			d.list(t, c.list)
			_, states, hits := d.screen(t, c.table)
			if states != "hit clear hit" || hits[0].Decision == nil || hits[0].Decision.Stands {
				t.Fatalf("states %q, decision %+v; want the first row open again", states, hits[0].Decision)
			}
			if got := strings.Join(hits[0].Decision.Changed, "; "); got != c.says {
				t.Errorf("changed: %s; want %s", got, c.says)
			}
		})
	}
}

func TestDecideRefuses(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	for name, c := range map[string]struct {
		on     pipeline.OnHit
		word   corvee.JudgementWord
		reason string
		want   error
	}{
		"no such run":       {pipeline.OnHit{Run: "r0", Row: 1, Listing: "watch:1"}, corvee.JudgementSame, "x", corvee.ErrNotFound},
		"no such row":       {pipeline.OnHit{Run: run.ID, Row: 9, Listing: "watch:1"}, corvee.JudgementSame, "x", corvee.ErrNotFound},
		"no hit there":      {pipeline.OnHit{Run: run.ID, Row: 2, Listing: "watch:1"}, corvee.JudgementSame, "x", corvee.ErrNotFound},
		"no reason":         {pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}, corvee.JudgementDifferent, " ", corvee.ErrInvalid},
		"no judgement":      {pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}, "maybe", "x", corvee.ErrInvalid},
		"by the own number": {pipeline.OnHit{Run: run.ID, Row: 1, Listing: "1"}, corvee.JudgementUnsure, "", nil},
	} {
		if _, err := d.Decide(t.Context(), c.on, pipeline.Say{Judgement: c.word, Reason: c.reason}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	other := "id,name,alias,kind,country,list\n" + twoFirms
	if _, err := d.ImportLists(t.Context(), []lists.File{{Name: "watch-2026-10-01.csv", Body: []byte(other)}}, discard); err != nil {
		t.Fatal(err)
	}
	say := pipeline.Say{Judgement: corvee.JudgementSame, Reason: "x"}
	if _, err := d.Decide(t.Context(), pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}, say); err != nil {
		t.Errorf("a newer copy that says the same of the entry: %v", err)
	}
	d.list(t, strings.Replace(twoFirms, "advisory", "designation", 1))
	_, err := d.Decide(t.Context(), pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}, say)
	if !errors.Is(err, corvee.ErrConflict) {
		t.Errorf("a decision on a list that was replaced since: %v, want ErrConflict", err)
	}
}

// Two people who do not agree clear nothing.
func TestTwoPeople(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	d.decide(t, run, corvee.JudgementDifferent)
	second := desk{wire(t, d.store, d.dir, "second"), d.dir, d.store}
	second.decide(t, run, corvee.JudgementSame)
	if _, states, hits := d.screen(t, suppliers); states != "hit clear hit" || hits[0].Decision.Judgement != corvee.JudgementDifferent {
		t.Errorf("different and same: states %q, decision %+v", states, hits[0].Decision)
	}
	second.decide(t, run, corvee.JudgementDifferent)
	if _, states, _ := d.screen(t, suppliers); states != "clear clear hit" {
		t.Errorf("both different: states %q", states)
	}
}

func TestRescreen(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	d.decide(t, run, corvee.JudgementDifferent)
	again := func(id string) (pipeline.Rescreened, []string) {
		t.Helper()
		var out pipeline.Rescreened
		var said []string
		for _, m := range collect(t, func(emit pipeline.Emit) (err error) {
			out, err = d.Rescreen(t.Context(), id, bytes.NewReader([]byte(suppliers)), nil, emit)
			return err
		}) {
			if m.Change != nil {
				said = append(said, fmt.Sprint(m.Change.Kind, " row ", m.Change.Row, " ", m.Change.Name, " ", m.Change.Details))
			}
		}
		return out, said
	}
	quiet, said := again(run.ID)
	if len(said) > 0 || quiet.Run.ID == run.ID {
		t.Errorf("nothing changed, but %q", said)
	}
	d.list(t, "1,Breakwater Foods Ltd.,Breakwater,advisory,,Watch\n4,Oakwood Pottery of Leicester,,advisory,,Watch\n")
	loud, said := again(quiet.Run.ID)
	want := []string{
		"reopened row 1 Breakwater Foods Ltd. [listing name: + Breakwater (alias)]",
		"added row 2 Oakwood Pottery of Leicester []", "removed row 3 Tide Garment Group []",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if loud.Added != 1 || loud.Removed != 1 || loud.Reopened != 1 || loud.Changed != 0 {
		t.Errorf("counts %+v", loud)
	}
	if _, said := again(loud.Run.ID); len(said) > 0 {
		t.Errorf("what was told is told again: %q", said)
	}
	if _, err := d.Rescreen(t.Context(), run.ID, strings.NewReader(suppliers+"s4,X,CN\n"), nil, discard); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("another table: %v, want ErrInvalid", err)
	}
	if _, err := d.Rescreen(t.Context(), "r0", strings.NewReader(suppliers), nil, discard); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("no such run: %v, want ErrNotFound", err)
	}
}
