package pipeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/store"
)

// tick gives every look at the clock a later time.
func (d desk) tick() {
	at := d.Clock()
	d.Clock = func() time.Time { at = at.Add(time.Second); return at }
}

func (d desk) verify(t *testing.T, run, table string) pipeline.Proof {
	t.Helper()
	out, err := d.Verify(t.Context(), run, strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A run is proved by coming to the same bytes; what people decided since does not count, and
// what changed is named.
func TestVerify(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.tick()
	d.list(t, twoFirms)
	table := suppliers + "s4\ns5,\"broken\ns6,,CN\n"
	run, _, _ := d.screen(t, table)
	if got := d.verify(t, run.ID, table); !got.Kept || !got.Identical || len(got.Changed)+len(got.Differences) > 0 {
		t.Errorf("at once: %+v", got)
	}
	d.decide(t, run, corvee.JudgementDifferent)
	if got := d.verify(t, run.ID, table); !got.Kept || !got.Identical || len(got.Changed) > 0 {
		t.Errorf("after a decision: %+v", got)
	}
	later, _, _ := d.screen(t, table)
	if got := d.verify(t, later.ID, table); !got.Identical {
		t.Errorf("a run under a decision: %+v", got)
	}
	d.list(t, strings.Replace(twoFirms, "2,Tide", "3,Oakwood Pottery of Leicester,,advisory,,Watch\n2,Tide", 1))
	got := d.verify(t, run.ID, table)
	if !got.Kept || got.Identical || len(got.Differences) != 1 || got.Differences[0].Row != 2 || len(got.Changed) != 1 || !strings.Contains(got.Changed[0], "the list Watch") {
		t.Errorf("after a change of the list: %+v", got)
	}
	if runs, err := d.Runs(t.Context()); err != nil || len(runs) != 2 {
		t.Errorf("%d runs after proving, %v; want none kept for it", len(runs), err)
	}
	second := desk{wire(t, d.store, d.dir, corvee.LocalActor), d.dir, d.store}
	second.Version = "another"
	if got := second.verify(t, run.ID, table); len(got.Changed) != 2 || !strings.Contains(got.Changed[1], "the program: test then, another now") {
		t.Errorf("by another program: %q", got.Changed)
	}
	if _, err := d.Verify(t.Context(), run.ID, strings.NewReader(suppliers)); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("another table: %v", err)
	}
	if _, err := d.Verify(t.Context(), run.ID, nil); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("a table that is not kept: %v", err)
	}
	if _, err := d.Verify(t.Context(), "r0", nil); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("no such run: %v", err)
	}
}

// A result that somebody changed in the base is told from one that was kept.
func TestVerifyFindsAChangedResult(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, _, _ := d.screen(t, suppliers)
	run.ResultHash = strings.Repeat("0", 64)
	if err := d.store.Update(t.Context(), func(tx store.Tx) error { return tx.UpdateRun(t.Context(), run) }); err != nil {
		t.Fatal(err)
	}
	if got := d.verify(t, run.ID, suppliers); got.Kept || got.Identical {
		t.Errorf("a result that is not what the run came to: %+v", got)
	}
}

func never(int, int64, int64) {}

// A table that was handed in is kept, begun once, gone on with, and done again without the
// file.
func TestBeginAndContinue(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, err := d.Begin(t.Context(), "upload.csv", []byte(suppliers), pipeline.ScreenOptions{})
	if err != nil || run.State != corvee.RunRunning {
		t.Fatalf("Begin = %+v, %v", run, err)
	}
	twice, err := d.Begin(t.Context(), "upload.csv", []byte(suppliers), pipeline.ScreenOptions{})
	if err != nil || twice.ID != run.ID {
		t.Errorf("the same table begins run %s beside %s, %v", twice.ID, run.ID, err)
	}
	if cut, err := d.CutOff(t.Context()); err != nil || len(cut) != 1 || cut[0] != run.ID {
		t.Errorf("CutOff = %v, %v", cut, err)
	}
	told := 0
	done, err := d.Continue(t.Context(), run.ID, func(row int, read, size int64) { told = row })
	if err != nil || done.ID != run.ID || done.State != corvee.RunDone || told != 3 || done.Rows.Hit != 2 {
		t.Errorf("Continue = %+v, %v, told of row %d", done, err, told)
	}
	if got, err := d.Verify(t.Context(), run.ID, nil); err != nil || !got.Identical {
		t.Errorf("from the kept table: %+v, %v", got, err)
	}
	again, err := d.BeginAgain(t.Context(), run.ID)
	if err != nil || again.ID == run.ID {
		t.Fatalf("BeginAgain = %v, %v", again.ID, err)
	}
	if again, err = d.Continue(t.Context(), again.ID, never); err != nil || again.State != corvee.RunDone {
		t.Errorf("the run done again: %+v, %v", again, err)
	}
	if earlier, changes, err := d.Since(t.Context(), again); earlier != run.ID || len(changes) > 0 || err != nil {
		t.Errorf("since %s: %v, %v", earlier, changes, err)
	}
	if _, err := d.Begin(t.Context(), "x.csv", []byte("a,b\n1,2\n"), pipeline.ScreenOptions{}); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("a table without names: %v", err)
	}
}

// A run whose base has changed under it gives way to one of today.
func TestContinueAfterAChange(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.list(t, twoFirms)
	run, err := d.Begin(t.Context(), "upload.csv", []byte(suppliers), pipeline.ScreenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ImportShrunken(t.Context(), []lists.File{{Name: "watch.csv", Body: []byte("id,name,kind,list\n9,Oakwood Pottery of Leicester,advisory,Watch\n")}}, discard); err != nil {
		t.Fatal(err)
	}
	done, err := d.Continue(t.Context(), run.ID, never)
	if err != nil || done.ID == run.ID || done.Rows.Hit != 1 {
		t.Errorf("Continue = %+v, %v; want a run of its own", done, err)
	}
	old, _, err := d.Run(t.Context(), run.ID)
	if err != nil || old.State != corvee.RunFailed || !strings.Contains(fmt.Sprint(old.Settings), done.ID) {
		t.Errorf("the run that gave way: %+v, %v", old, err)
	}
	if cut, err := d.CutOff(t.Context()); err != nil || len(cut) > 0 {
		t.Errorf("CutOff = %v, %v", cut, err)
	}
}
