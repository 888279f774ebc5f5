package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corvee"
	"corvee/store"
	"corvee/store/storetest/who"
)

// Run holds a base to the port. open returns a new, empty base; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	for _, part := range []struct {
		name string
		run  func(*bench)
	}{
		{"inputs", testInputs},
		{"reports", testReports}, {"texts", testTexts}, {"report order", testReportOrder},
		{"report beginnings", testReportBeginnings}, {"refused reports", testRefusedReports}, {"new text", testNewText},
		{"purge", testPurge}, {"refused purges", testRefusedPurges}, {"seal", testSeal},
		{"claims", testClaims}, {"claim filters", testClaimFilters}, {"claim beginnings", testClaimBeginnings},
		{"refused claims", testRefusedClaims}, {"same text twice", testSameTextTwice}, {"long text", testLongText},
		{"verdicts", testVerdicts}, {"written verdicts", testWrittenVerdicts}, {"refused verdicts", testRefusedVerdicts},
		{"racing verdicts", testRacingVerdicts}, {"verdicts against a model", testVerdictModel},
		{"subjects", testSubjects}, {"decisions", testDecisions}, {"taken-back decisions", testTakenBackDecisions}, {"settings", testSettings}, {"people", testPeople},
		{"judgements on parties", func(b *bench) { who.Judgements(b.ctx, b.T, b.Store) }},
		{"events", testEvents}, {"refused events", testRefusedEvents}, {"racing events", testRacingEvents},
		{"lists", testLists}, {"long list", testLongList}, {"refused lists", testRefusedLists},
		{"rates", testRates}, {"runs", testRuns}, {"refused runs", testRefusedRuns},
		{"captures", testCaptures}, {"visits", testVisits}, {"watches", testWatches}, {"refused watches", testRefusedWatches},
		{"alerts", testAlerts}, {"purged from the web", testPurgedFromTheWeb},
		{"rollback", testRollback}, {"panic", testPanic}, {"swallowed failure", testSwallowedFailure},
		{"view", testView}, {"snapshot", testSnapshot}, {"cancelled", testCancelled}, {"many views that write", testManyViewsThatWrite},
		{"bad keys", testBadKeys}, {"erase", testErase},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			t.Cleanup(func() { check(t, s.Close()) })
			part.run(&bench{t, s, context.Background()})
		})
	}
}

// bench is a base on the bench with the test that it is under.
type bench struct {
	*testing.T
	store.Store
	ctx context.Context
}

// update and view run work that must succeed.
func (b *bench) update(work func(tx store.Tx) error) {
	b.Helper()
	check(b, b.Update(b.ctx, work))
}

func (b *bench) view(work func(tx store.Tx) error) {
	b.Helper()
	check(b, b.View(b.ctx, work))
}

// refuse runs writing work that must fail with the sentinel.
func (b *bench) refuse(what string, want error, work func(tx store.Tx) error) {
	b.Helper()
	if err := b.Update(b.ctx, work); !errors.Is(err, want) {
		b.Errorf("%s: %v, want %v", what, err, want)
	}
}

// absent runs reading work that must find nothing.
func (b *bench) absent(what string, work func(tx store.Tx) error) {
	b.Helper()
	if err := b.View(b.ctx, work); !errors.Is(err, corvee.ErrNotFound) {
		b.Errorf("%s: %v, want %v", what, err, corvee.ErrNotFound)
	}
}

// same compares what came back with what went in. A list of none may be nil.
func (b *bench) same(what string, got, want any) {
	b.Helper()
	opts := cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(x, y corvee.Decimal) bool { return x == y })}
	if diff := cmp.Diff(want, got, opts); diff != "" {
		b.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// read returns what a question answers on one state of the base.
func read[T any](b *bench, ask func(tx store.Tx) (T, error)) (answer T) {
	b.Helper()
	b.view(func(tx store.Tx) (err error) {
		answer, err = ask(tx)
		return err
	})
	return answer
}

func isInvalid(err error) bool { return errors.Is(err, corvee.ErrInvalid) }
