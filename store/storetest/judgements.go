package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"pgregory.net/rapid"

	"corvee"
	"corvee/store"
)

func (b *bench) verdicts(report string) []corvee.Verdict {
	b.Helper()
	return read(b, func(tx store.Tx) ([]corvee.Verdict, error) { return tx.Verdicts(b.ctx, report) })
}

// judge adds a verdict that must be accepted.
func (b *bench) judge(v corvee.Verdict, expected int64) (added corvee.Verdict) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) { added, err = tx.AddVerdict(b.ctx, v, expected); return err })
	return added
}

func (b *bench) undo(report, actor string) (undone corvee.Verdict) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) { undone, err = tx.UndoVerdict(b.ctx, report, actor); return err })
	return undone
}

func testVerdicts(b *bench) {
	r, _, c := b.hardReport("one")
	other, _, _ := b.hardReport("two")
	b.update(func(tx store.Tx) error { return tx.PutActor(b.ctx, corvee.Actor{ID: "second", Name: "Second"}) })
	add := func(id, actor string, review corvee.Review, expected int64) corvee.Verdict {
		v := verdictOn(c, id, review)
		v.Actor = actor
		got := b.judge(v, expected)
		v.Seq = got.Seq
		b.same("AddVerdict", got, v)
		return v
	}
	v1 := add("v1", corvee.LocalActor, corvee.ReviewAccepted, 0)
	v2 := add("v2", "second", corvee.ReviewRejected, v1.Seq)
	b.refuse("a verdict on what one judged before", corvee.ErrConflict, func(tx store.Tx) error {
		_, err := tx.AddVerdict(b.ctx, verdictOn(c, "v3", corvee.ReviewUnsure), v1.Seq)
		return err
	})
	b.refuse("a verdict on what nobody judged", corvee.ErrConflict, func(tx store.Tx) error {
		_, err := tx.AddVerdict(b.ctx, verdictOn(c, "v3", corvee.ReviewUnsure), 0)
		return err
	})
	onOther := verdictOn(c, "v4", corvee.ReviewAccepted)
	onOther.Report = other.ID
	if v4 := b.judge(onOther, 0); v4.Seq <= v2.Seq || v2.Seq <= v1.Seq || v1.Seq <= 0 {
		b.Errorf("Seqs = %d, %d, %d; want them to rise", v1.Seq, v2.Seq, v4.Seq)
	}
	b.same("Verdicts", b.verdicts(r.ID), []corvee.Verdict{v1, v2})

	v2.Undone = true
	b.same("UndoVerdict", b.undo(r.ID, "second"), v2)
	b.refuse("a second undo", corvee.ErrNotFound, func(tx store.Tx) error { _, err := tx.UndoVerdict(b.ctx, r.ID, "second"); return err })
	v5 := add("v5", "second", corvee.ReviewUnsure, v1.Seq) // the first stands again
	b.same("Verdicts after an undo", b.verdicts(r.ID), []corvee.Verdict{v1, v2, v5})
	v1.Undone = true
	b.same("UndoVerdict of what another judged since", b.undo(r.ID, corvee.LocalActor), v1)
	b.same("Verdicts after all", b.verdicts(r.ID), []corvee.Verdict{v1, v2, v5})
	b.same("Verdicts of no report", b.verdicts(corvee.HashID(nil)), []corvee.Verdict{})

	b.update(func(tx store.Tx) error { return tx.ReplaceClaims(b.ctx, r.ID, "rules 2", nil) })
	b.same("Verdicts after new rules", b.verdicts(r.ID), []corvee.Verdict{v1, v2, v5})
}

func testWrittenVerdicts(b *bench) {
	r, text, c := b.hardReport("one")
	edited, added := c, claimOf(b, r, text, corvee.KindActivity, "Dandong\r\n👩🏽")
	edited.Subject, edited.Quote = "all of them \x00", added.Quote
	added.Origin, added.Review = corvee.FromReviewer, corvee.ReviewAdded
	v1, v2 := verdictOn(c, "v1", corvee.ReviewEdited), verdictOn(added, "v2", corvee.ReviewAdded)
	v1.Edited, v2.Edited = &edited, &added
	v1.Seq, v2.Seq = b.judge(v1, 0).Seq, b.judge(v2, 0).Seq
	b.same("Verdicts", b.verdicts(r.ID), []corvee.Verdict{v1, v2})
	claims := read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{}) })
	b.same("base claims", claims, []corvee.Claim{c})
	reviewed := corvee.Reviewed(claims, b.verdicts(r.ID))
	if len(reviewed) != 2 || reviewed[0].Quote != added.Quote || reviewed[1].Subject != edited.Subject && reviewed[0].Subject != edited.Subject {
		b.Errorf("Reviewed = %v, want the claim as it was edited and the one that was added", reviewed)
	}

	for name, change := range map[string]func(*corvee.Claim){
		"words":   func(c *corvee.Claim) { c.Quote.Exact = "Xandong\r\n👩🏽" },
		"place":   func(c *corvee.Claim) { c.Quote.Start++; c.Quote.End++ },
		"mention": func(c *corvee.Claim) { c.Mentions = []corvee.Quote{{Exact: "x", Span: corvee.Span{Start: 3, End: 4}}} },
		"text":    func(c *corvee.Claim) { c.Text = corvee.HashID([]byte("another")) },
	} {
		bad := added
		change(&bad)
		v := verdictOn(added, "bad", corvee.ReviewAdded)
		v.Edited = &bad
		b.refuse("a written claim with another "+name, corvee.ErrUngrounded, func(tx store.Tx) error {
			_, err := tx.AddVerdict(b.ctx, v, v2.Seq)
			return err
		})
	}
	b.same("Verdicts", b.verdicts(r.ID), []corvee.Verdict{v1, v2})
}

func testRefusedVerdicts(b *bench) {
	r, _, c := b.hardReport("one")
	first := b.judge(verdictOn(c, "v1", corvee.ReviewAccepted), 0)
	for name, by := range map[string]struct {
		want   error
		change func(*corvee.Verdict)
	}{
		"no report":   {corvee.ErrNotFound, func(v *corvee.Verdict) { v.Report = corvee.HashID(nil) }},
		"no actor":    {corvee.ErrNotFound, func(v *corvee.Verdict) { v.Actor = "nobody" }},
		"no decision": {corvee.ErrInvalid, func(v *corvee.Verdict) { v.Review = corvee.ReviewObsolete }},
		"no edit":     {corvee.ErrInvalid, func(v *corvee.Verdict) { v.Review = corvee.ReviewEdited }},
		"no id":       {corvee.ErrInvalid, func(v *corvee.Verdict) { v.ID = "" }},
		"no claim":    {corvee.ErrInvalid, func(v *corvee.Verdict) { v.Claim = "" }},
		"a known id":  {corvee.ErrConflict, func(v *corvee.Verdict) { v.ID = "v1" }},
	} {
		v := verdictOn(c, "v2", corvee.ReviewRejected)
		by.change(&v)
		b.refuse("a verdict with "+name, by.want, func(tx store.Tx) error {
			_, err := tx.AddVerdict(b.ctx, v, first.Seq)
			return err
		})
	}
	b.same("Verdicts", b.verdicts(r.ID), []corvee.Verdict{first})
	b.refuse("an undo without a report", corvee.ErrNotFound, func(tx store.Tx) error {
		_, err := tx.UndoVerdict(b.ctx, corvee.HashID(nil), corvee.LocalActor)
		return err
	})
}

// testRacingVerdicts: of many who judge the same claim at once, seeing the same, one wins
// and every other is told.
func testRacingVerdicts(b *bench) {
	r, _, c := b.hardReport("one")
	var last int64
	for round := range 4 {
		var won, lost atomic.Int64
		var group sync.WaitGroup
		for n := range 8 {
			group.Go(func() {
				v := verdictOn(c, fmt.Sprintf("v%d-%d", round, n), corvee.ReviewAccepted)
				err := b.Update(b.ctx, func(tx store.Tx) error {
					got, err := tx.AddVerdict(b.ctx, v, last)
					v = got
					return err
				})
				switch {
				case err == nil:
					won.Store(v.Seq)
				case errors.Is(err, corvee.ErrConflict):
					lost.Add(1)
				default:
					b.Errorf("AddVerdict: %v", err)
				}
			})
		}
		group.Wait()
		if lost.Load() != 7 || won.Load() <= last {
			b.Fatalf("round %d: %d were refused and the winner has Seq %d after %d; want seven and a later one", round, lost.Load(), won.Load(), last)
		}
		last = won.Load()
	}
	b.same("count of Verdicts", len(b.verdicts(r.ID)), 4)
}

// standing is what a plain slice says about verdicts.
type standing []corvee.Verdict

func (s standing) last(of func(corvee.Verdict) bool) int {
	for i, v := range slices.Backward(s) {
		if !v.Undone && of(v) {
			return i
		}
	}
	return -1
}

// testVerdictModel plays random judging and undoing against that slice.
func testVerdictModel(b *bench) {
	actors := []string{corvee.LocalActor, "second"}
	b.update(func(tx store.Tx) error { return tx.PutActor(b.ctx, corvee.Actor{ID: "second"}) })
	n := 0
	rapid.Check(b.T, func(t *rapid.T) {
		n++
		r, _, c := b.hardReport(fmt.Sprint(n))
		var model standing
		t.Repeat(map[string]func(*rapid.T){
			"judge": func(t *rapid.T) {
				v := verdictOn(c, fmt.Sprintf("v%d-%d", n, len(model)), rapid.SampledFrom([]corvee.Review{corvee.ReviewAccepted, corvee.ReviewRejected}).Draw(t, "review"))
				v.Actor, v.Claim = rapid.SampledFrom(actors).Draw(t, "actor"), rapid.SampledFrom([]string{"c-one", "c-two"}).Draw(t, "claim")
				var expected int64
				if i := model.last(func(o corvee.Verdict) bool { return o.Claim == v.Claim }); i >= 0 {
					expected = model[i].Seq
				}
				stale := rapid.IntRange(0, 3).Draw(t, "stale") == 0
				if stale {
					expected++
				}
				err := b.Update(b.ctx, func(tx store.Tx) (err error) { v, err = tx.AddVerdict(b.ctx, v, expected); return err })
				if stale != errors.Is(err, corvee.ErrConflict) || !stale && err != nil {
					t.Fatalf("AddVerdict expecting %d (stale: %t) = %v", expected, stale, err)
				}
				if !stale {
					model = append(model, v)
				}
			},
			"undo": func(t *rapid.T) {
				actor := rapid.SampledFrom(actors).Draw(t, "actor")
				i := model.last(func(o corvee.Verdict) bool { return o.Actor == actor })
				err := b.Update(b.ctx, func(tx store.Tx) error { _, err := tx.UndoVerdict(b.ctx, r.ID, actor); return err })
				if i < 0 != errors.Is(err, corvee.ErrNotFound) || i >= 0 && err != nil {
					t.Fatalf("UndoVerdict = %v while %d stands", err, i)
				}
				if i >= 0 {
					model[i].Undone = true
				}
			},
		})
		b.same("Verdicts", b.verdicts(r.ID), []corvee.Verdict(model))
	})
}

func testDecisions(b *bench) {
	d := corvee.Decision{
		ID: "d1", Query: "q \x00", Listing: "l", Judgement: corvee.JudgementSame, Reason: "각", QueryHash: "h", ListingHash: "h",
		QueryThen: &corvee.Query{ID: "7", Name: "한빛 \x00"}, ListingThen: &corvee.Listing{ID: "l", Names: []corvee.Name{{Value: "H", Kind: corvee.NamePrimary}}},
		Actor: corvee.LocalActor, At: moment(7),
	}
	earlier := d
	earlier.ID, earlier.At = "d2", moment(6)
	b.update(func(tx store.Tx) error { return errors.Join(tx.PutDecision(b.ctx, d), tx.PutDecision(b.ctx, earlier)) })
	ask := func() []corvee.Decision {
		return read(b, func(tx store.Tx) ([]corvee.Decision, error) { return tx.Decisions(b.ctx) })
	}
	b.same("Decisions", ask(), []corvee.Decision{earlier, d})
	d.Judgement = corvee.JudgementDifferent
	for range 2 {
		b.update(func(tx store.Tx) error { return tx.PutDecision(b.ctx, d) })
	}
	b.same("Decisions after one was put again", ask(), []corvee.Decision{earlier, d})
	d.Judgement = "maybe"
	b.refuse("PutDecision of another word", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutDecision(b.ctx, d) })
}

func testTakenBackDecisions(b *bench) {
	d := corvee.Decision{ID: "d1", Query: "q", Listing: "l", Judgement: corvee.JudgementSame, QueryHash: "h", ListingHash: "h", Actor: corvee.LocalActor, At: moment(7)}
	second := d
	second.ID, second.At = "d2", moment(8)
	b.update(func(tx store.Tx) error { return errors.Join(tx.PutDecision(b.ctx, d), tx.PutDecision(b.ctx, second)) })
	b.update(func(tx store.Tx) error { return tx.DeleteDecision(b.ctx, "d2") })
	b.same("Decisions after the second was taken back", read(b, func(tx store.Tx) ([]corvee.Decision, error) { return tx.Decisions(b.ctx) }), []corvee.Decision{d})
	b.refuse("taking back what is not there", corvee.ErrNotFound, func(tx store.Tx) error { return tx.DeleteDecision(b.ctx, "d2") })
	b.refuse("taking back nothing", corvee.ErrInvalid, func(tx store.Tx) error { return tx.DeleteDecision(b.ctx, "") })
}

func testSettings(b *bench) {
	ask := func() map[string]string {
		return read(b, func(tx store.Tx) (map[string]string, error) { return tx.Settings(b.ctx) })
	}
	b.same("Settings of a new base", ask(), map[string]string{})
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutSetting(b.ctx, "two-for-same", "on"), tx.PutSetting(b.ctx, "other", "\x00각"))
	})
	b.same("Settings", ask(), map[string]string{"two-for-same": "on", "other": "\x00각"})
	b.update(func(tx store.Tx) error { return tx.PutSetting(b.ctx, "two-for-same", "off") })
	b.same("Settings after one was put again", ask(), map[string]string{"two-for-same": "off", "other": "\x00각"})
	b.refuse("a setting without a name", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutSetting(b.ctx, "", "on") })
	failed := errors.New("no")
	if err := b.Update(b.ctx, func(tx store.Tx) error { return errors.Join(tx.PutSetting(b.ctx, "two-for-same", "on"), failed) }); !errors.Is(err, failed) {
		b.Errorf("a failing transaction: %v", err)
	}
	b.same("Settings after a rollback", ask()["two-for-same"], "off")
}
