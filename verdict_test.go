package corvee_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
)

func verdict(seq int64, c corvee.Claim, review corvee.Review, edited *corvee.Claim) corvee.Verdict {
	return corvee.Verdict{Seq: seq, Report: c.Report, Claim: c.ID, Binding: c.Binding(), Review: review, Edited: edited}
}

// reviewed lists what Reviewed makes of the base: label, origin and review of each claim.
func reviewed(base []corvee.Claim, verdicts ...corvee.Verdict) []string {
	var out []string
	for _, c := range corvee.Reviewed(base, verdicts) {
		out = append(out, c.Subject+" "+string(c.Origin)+" "+string(c.Review))
	}
	return out
}

func named(subject string, start, end int, changes ...func(*corvee.Claim)) corvee.Claim {
	return sample(append(changes, func(c *corvee.Claim) {
		c.Subject, c.Quote.Start, c.Quote.End = subject, start, end
	})...)
}

func edit(c corvee.Claim, change func(*corvee.Claim)) *corvee.Claim {
	value := *c.Value
	c.Value = &value
	change(&c)
	return &c
}

func TestReviewed(t *testing.T) {
	t.Parallel()
	a, b := named("a", 10, 20), named("b", 50, 60)
	// The rules move the span and learn a place: the verdict on a holds for a2.
	a2 := named("a2", 12, 24, func(c *corvee.Claim) { c.Places = c.Places[:1] })
	other := named("other", 12, 24, func(c *corvee.Claim) { c.Value.Low, c.Value.High = corvee.Int(9), corvee.Int(9) })
	hand := named("hand", 30, 40, func(c *corvee.Claim) { c.Origin, c.Review = corvee.FromReviewer, corvee.ReviewAdded })
	rule := named("rule", 31, 44)
	undone := verdict(1, a, corvee.ReviewRejected, nil)
	undone.Undone = true
	for name, c := range map[string]struct {
		base     []corvee.Claim
		verdicts []corvee.Verdict
		want     []string
	}{
		"nobody judged": {[]corvee.Claim{b, a}, nil, []string{"a rule unreviewed", "b rule unreviewed"}},
		"accept":        {[]corvee.Claim{a, b}, []corvee.Verdict{verdict(1, a, corvee.ReviewAccepted, nil)}, []string{"a rule accepted", "b rule unreviewed"}},
		"the last word counts": {
			[]corvee.Claim{a}, []corvee.Verdict{verdict(2, a, corvee.ReviewRejected, nil), verdict(1, a, corvee.ReviewAccepted, nil)},
			[]string{"a rule rejected"},
		},
		"undo":           {[]corvee.Claim{a}, []corvee.Verdict{undone}, []string{"a rule unreviewed"}},
		"undo the later": {[]corvee.Claim{a}, []corvee.Verdict{verdict(0, a, corvee.ReviewAccepted, nil), undone}, []string{"a rule accepted"}},
		"unreviewed clears": {
			[]corvee.Claim{a}, []corvee.Verdict{verdict(1, a, corvee.ReviewAccepted, nil), verdict(2, a, corvee.ReviewUnreviewed, nil)},
			[]string{"a rule unreviewed"},
		},
		"an edit is an overlay": {
			[]corvee.Claim{a}, []corvee.Verdict{verdict(1, a, corvee.ReviewEdited, edit(a, func(c *corvee.Claim) { c.Subject = "A" }))},
			[]string{"A rule edited"},
		},
		"survives better rules": {[]corvee.Claim{a2}, []corvee.Verdict{verdict(1, a, corvee.ReviewAccepted, nil)}, []string{"a2 rule accepted"}},
		"not another value":     {[]corvee.Claim{other}, []corvee.Verdict{verdict(1, a, corvee.ReviewAccepted, nil)}, []string{"other rule unreviewed"}},
		"an edit without its claim is obsolete": {
			[]corvee.Claim{other}, []corvee.Verdict{verdict(1, a, corvee.ReviewEdited, edit(a, func(c *corvee.Claim) { c.Subject = "A" }))},
			[]string{"A rule obsolete", "other rule unreviewed"},
		},
		"a rejection without its claim is quiet": {[]corvee.Claim{b}, []corvee.Verdict{verdict(1, a, corvee.ReviewRejected, nil)}, []string{"b rule unreviewed"}},
		"added by hand": {
			[]corvee.Claim{a}, []corvee.Verdict{verdict(1, hand, corvee.ReviewAdded, &hand)},
			[]string{"a rule unreviewed", "hand reviewer added"},
		},
		"added, then found by a rule": {
			[]corvee.Claim{a, rule}, []corvee.Verdict{verdict(1, hand, corvee.ReviewAdded, &hand)},
			[]string{"a rule unreviewed", "rule rule added"},
		},
		"added, then rejected": {
			nil, []corvee.Verdict{verdict(1, hand, corvee.ReviewAdded, &hand), verdict(2, hand, corvee.ReviewRejected, nil)},
			[]string{"hand reviewer rejected"},
		},
		"added, then edited": {
			nil, []corvee.Verdict{
				verdict(1, hand, corvee.ReviewAdded, &hand),
				verdict(2, hand, corvee.ReviewEdited, edit(hand, func(c *corvee.Claim) { c.Subject = "HAND" })),
			},
			[]string{"HAND reviewer edited"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, reviewed(c.base, c.verdicts...)); diff != "" {
				t.Errorf("Reviewed (-want +got):\n%s", diff)
			}
		})
	}
}

// Two speakers who give one figure in one sentence are two claims: a verdict on the one
// says nothing about the other while both stand.
func TestVerdictLeavesItsNeighbourAlone(t *testing.T) {
	t.Parallel()
	first := named("first", 10, 30)
	second := named("second", 12, 30, func(c *corvee.Claim) { c.Attribution[0].Code = "A-2" })
	got := reviewed([]corvee.Claim{first, second}, verdict(1, first, corvee.ReviewRejected, nil))
	if diff := cmp.Diff([]string{"first rule rejected", "second rule unreviewed"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A claim added by hand beside a rule's claim that says something else is not swallowed
// by it, even where kind and value are equal.
func TestAddedClaimIsNotSwallowed(t *testing.T) {
	t.Parallel()
	rule := named("rule", 10, 30)
	hand := named("hand", 12, 30, func(c *corvee.Claim) {
		c.Places = []corvee.Place{{ID: "hunchun", Name: "Hunchun", Country: "CN", Precision: corvee.AtCity}}
		c.Origin, c.Review = corvee.FromReviewer, corvee.ReviewAdded
	})
	got := reviewed([]corvee.Claim{rule}, verdict(1, hand, corvee.ReviewAdded, &hand))
	if diff := cmp.Diff([]string{"rule rule unreviewed", "hand reviewer added"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// What the reviewer left open, a rule may know.
	open := named("open", 12, 30, func(c *corvee.Claim) {
		c.Places, c.Sector, c.Attribution = nil, "", nil
		c.Origin, c.Review = corvee.FromReviewer, corvee.ReviewAdded
	})
	got = reviewed([]corvee.Claim{rule}, verdict(1, open, corvee.ReviewAdded, &open))
	if diff := cmp.Diff([]string{"rule rule added"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEditKeepsTheBaseClaimsIdentity(t *testing.T) {
	t.Parallel()
	a := named("a", 10, 20)
	changed := edit(a, func(c *corvee.Claim) {
		c.ID, c.Origin, c.Review, c.Score, c.Value.Low = "forged", corvee.FromReviewer, corvee.ReviewAccepted, 1, corvee.Int(2000)
	})
	got := corvee.Reviewed([]corvee.Claim{a}, []corvee.Verdict{verdict(1, a, corvee.ReviewEdited, changed)})[0]
	if got.ID != a.ID || got.Origin != corvee.FromRule || got.Review != corvee.ReviewEdited || got.Score != a.Score || got.Value.Low != corvee.Int(2000) {
		t.Errorf("edited = %+v", got)
	}
}

func TestBindingNeedsHalfOfTheShorter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) corvee.Claim {
			start := rapid.IntRange(0, 40).Draw(t, name+" start")
			return named(name, start, start+rapid.IntRange(1, 40).Draw(t, name+" length"))
		}
		a, b := draw("a"), draw("b")
		half := 2*a.Quote.Overlap(b.Quote.Span) >= min(a.Quote.Len(), b.Quote.Len())
		if a.Binding().Holds(b) != half || b.Binding().Holds(a) != half || !a.Binding().Holds(a) {
			t.Fatalf("%v binds %v: %t, want %t", a.Quote.Span, b.Quote.Span, a.Binding().Holds(b), half)
		}
	})
}

// However verdicts fall, no claim of the base is lost or doubled and the order is that of
// the text.
func TestReviewedLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var base []corvee.Claim
		for i := range rapid.IntRange(0, 6).Draw(t, "claims") {
			base = append(base, named("c", i*7, i*7+9))
		}
		var verdicts []corvee.Verdict
		for i := range rapid.IntRange(0, 8).Draw(t, "verdicts") {
			c := named("c", 7*rapid.IntRange(0, 7).Draw(t, "on"), 60)
			c.Quote.End = c.Quote.Start + 9
			c.ID = c.NewID()
			v := verdict(int64(i), c, rapid.SampledFrom([]corvee.Review{corvee.ReviewAccepted, corvee.ReviewRejected, corvee.ReviewUnsure}).Draw(t, "review"), nil)
			v.Undone = rapid.Bool().Draw(t, "undone")
			verdicts = append(verdicts, v)
		}
		got := corvee.Reviewed(base, verdicts)
		if len(got) != len(base) || !slices.IsSortedFunc(got, func(a, b corvee.Claim) int { return a.Quote.Start - b.Quote.Start }) {
			t.Fatalf("%d claims became %d", len(base), len(got))
		}
		slices.Reverse(verdicts)
		if diff := cmp.Diff(got, corvee.Reviewed(base, verdicts), cmp.Comparer(func(a, b corvee.Decimal) bool { return a == b })); diff != "" {
			t.Fatalf("the order in which verdicts are read matters:\n%s", diff)
		}
	})
}

func TestVerdictValidate(t *testing.T) {
	t.Parallel()
	a := sample()
	for name, c := range map[string]struct {
		v  corvee.Verdict
		ok bool
	}{
		"accept":                   {verdict(1, a, corvee.ReviewAccepted, nil), true},
		"edit":                     {verdict(1, a, corvee.ReviewEdited, &a), true},
		"edit to nothing":          {verdict(1, a, corvee.ReviewEdited, nil), false},
		"accept with an edit":      {verdict(1, a, corvee.ReviewAccepted, &a), false},
		"add nothing":              {verdict(1, a, corvee.ReviewAdded, nil), false},
		"obsolete is no choice":    {verdict(1, a, corvee.ReviewObsolete, nil), false},
		"unknown word":             {verdict(1, a, "maybe", nil), false},
		"edit to an unsound claim": {verdict(1, a, corvee.ReviewEdited, edit(a, func(c *corvee.Claim) { c.Kind = "x" })), false},
	} {
		if err := c.v.Validate(); (err == nil) != c.ok || err != nil && !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: Validate = %v, want allowed %t", name, err, c.ok)
		}
	}
}
