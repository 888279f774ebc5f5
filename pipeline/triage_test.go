package pipeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
)

// stand returns "row state" of every row of a view.
func (d desk) stand(t *testing.T, run corvee.Run, view pipeline.RowsView) (out []string) {
	t.Helper()
	_, page, err := d.RunRows(t.Context(), run.ID, pipeline.RowChoice{View: view, Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range page.Rows {
		text := fmt.Sprint(r.Row.Row, " ", r.State)
		for _, h := range r.Hits {
			text += " " + string(h.State)
		}
		out = append(out, text)
	}
	return out
}

func TestTriageLaysDecisionsOverARun(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	check := func(when string, view pipeline.RowsView, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, d.stand(t, run, view)); diff != "" {
			t.Errorf("%s, view %q: %s", when, view, diff)
		}
	}
	check("at first", "", "3 hit open", "1 hit open")
	check("at first", "all", "3 hit open", "1 hit open", "2 clear")
	d.decide(t, run, corvee.JudgementDifferent)
	check("after different", "", "3 hit open")
	check("after different", "different", "1 clear different")
	check("after different", "clear", "1 clear different", "2 clear")
	d.decide(t, run, corvee.JudgementSame)
	check("after another word", "same", "1 hit same")
	if _, err := d.TakeBack(t.Context(), pipeline.OnHit{Run: run.ID, Row: 1, Listing: "1"}, ""); err != nil {
		t.Fatal(err)
	}
	check("after taking the last back", "different", "1 clear different")
	d.list(t, strings.Replace(twoFirms, "Ltd.,,", "Ltd.,Breakwater Sea,", 1))
	check("after a change of the list", "", "3 hit open", "1 hit reopened")
	check("after a change of the list", "reopened", "1 hit reopened")
	if _, _, err := d.RunRows(t.Context(), run.ID, pipeline.RowChoice{View: "nonsense"}); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("a view that is none: %v", err)
	}
	if _, _, err := d.RunRows(t.Context(), "r0", pipeline.RowChoice{}); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a run that is none: %v", err)
	}
}

// However long a run is, a page holds its part of it in the one order.
func TestPagesOfALongRun(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	var table strings.Builder
	table.WriteString("id,supplier name\n")
	for i := range 6000 {
		name := []string{"Oakwood Pottery", "Breakwater Foods Ltd.", "Tide Garment Group", "Quay Stone Masons"}[i%4]
		fmt.Fprintf(&table, "s%d,%s\n", i, name)
	}
	run, _, _ := d.screen(t, table.String())
	var paged []int
	total := 0
	for offset := 0; ; offset += 700 {
		_, page, err := d.RunRows(t.Context(), run.ID, pipeline.RowChoice{Offset: offset, Limit: 700})
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Rows) == 0 {
			break
		}
		total = page.Total
		for _, r := range page.Rows {
			paged = append(paged, r.Row.Row)
		}
	}
	_, whole, err := d.RunRows(t.Context(), run.ID, pipeline.RowChoice{Limit: 10_000})
	if err != nil || total != 3000 || len(paged) != total || len(whole.Rows) != total {
		t.Fatalf("%d rows in pages, %d at once, total %d, %v; want 3000", len(paged), len(whole.Rows), total, err)
	}
	for i, r := range whole.Rows {
		if r.Row.Row != paged[i] {
			t.Fatalf("row %d of the whole is %d, of the pages %d", i, r.Row.Row, paged[i])
		}
	}
}

func TestTwoForSame(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	on := pipeline.OnHit{Run: run.ID, Row: 1, Listing: "watch:1"}
	say := func(by string, word corvee.JudgementWord) pipeline.HitState {
		t.Helper()
		if _, err := d.Decide(t.Context(), on, pipeline.Say{Judgement: word, Reason: "x", By: by}); err != nil {
			t.Fatal(err)
		}
		h, err := d.RunHit(t.Context(), on)
		if err != nil {
			t.Fatal(err)
		}
		return h.State
	}
	if got := say("Ana", corvee.JudgementSame); got != "same" {
		t.Errorf("one person, nothing asked: %s", got)
	}
	if err := d.SetTwoForSame(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		by   string
		word corvee.JudgementWord
		want pipeline.HitState
	}{
		{" Ana ", corvee.JudgementSame, pipeline.HitPending}, {"Boris", corvee.JudgementUnsure, "unsure"},
		{"Boris", corvee.JudgementSame, "same"}, {"Carol", corvee.JudgementDifferent, pipeline.HitDisputed},
	} {
		if got := say(c.by, c.word); got != c.want {
			t.Errorf("%s says %s: %s, want %s", c.by, c.word, got, c.want)
		}
	}
	if _, states, _ := d.screen(t, suppliers); states != "hit clear hit" {
		t.Errorf("a dispute clears a row: %s", states)
	}
	decided, err := d.Decisions(t.Context())
	if err != nil || len(decided) != 3 {
		t.Errorf("%d decisions count, %v; want one of each of three people", len(decided), err)
	}
	for i := 1; i < len(decided); i++ {
		if !decided[i].At.After(decided[i-1].At) {
			t.Errorf("decision %d is of %s, the one before of %s", i, decided[i].At.Format(time.RFC3339Nano), decided[i-1].At.Format(time.RFC3339Nano))
		}
	}
}

// The page of a run that was done again says what is different since.
func TestSince(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	if earlier, changes, err := d.Since(t.Context(), run); earlier != "" || changes != nil || err != nil {
		t.Errorf("a first run: %q, %v, %v", earlier, changes, err)
	}
	if _, err := d.ImportLists(t.Context(), []lists.File{{Name: "watch-2026-10-01.csv", Body: []byte("id,name,kind,list\n" +
		"1,Breakwater Foods Ltd.,advisory,Watch\n2,Tide Garment Group,advisory,Watch\n3,Oakwood Pottery of Leicester,advisory,Watch\n")}}, discard); err != nil {
		t.Fatal(err)
	}
	again, err := d.Rescreen(t.Context(), run.ID, strings.NewReader(suppliers), nil, discard)
	if err != nil {
		t.Fatal(err)
	}
	earlier, changes, err := d.Since(t.Context(), again.Run)
	if err != nil || earlier != run.ID || len(changes) != 1 || changes[0].Kind != corvee.ChangeAdded || changes[0].Row != 2 {
		t.Errorf("since %q: %+v, %v; want one new hit in row 2", earlier, changes, err)
	}
}
