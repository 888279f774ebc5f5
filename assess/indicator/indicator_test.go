package indicator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/assess/indicator"
)

// condition returns a claim that an anonymous worker of the given report makes.
func condition(id, report string, what corvee.Indicator, change ...func(*corvee.Claim)) corvee.Claim {
	c := corvee.Claim{
		ID: id, Report: report, Kind: corvee.KindCondition, Indicator: what, Factuality: corvee.Reported, Polarity: corvee.Positive,
		Attribution: []corvee.Attribution{{Speaker: corvee.SpeakerAnonymous, Role: "worker", Code: "A-1"}, {Speaker: corvee.SpeakerPublisher}},
	}
	for _, f := range change {
		f(&c)
	}
	return c
}

func hedged(c *corvee.Claim)  { c.Factuality = corvee.Believed }
func denied(c *corvee.Claim)  { c.Polarity = corvee.Negative }
func source(c *corvee.Claim)  { c.Attribution[0].Role = "source" }
func refused(c *corvee.Claim) { c.Review = corvee.ReviewRejected }
func planned(c *corvee.Claim) { c.Factuality = corvee.Planned }
func hearsay(c *corvee.Claim) {
	c.Attribution = append([]corvee.Attribution{c.Attribution[0], {Speaker: corvee.SpeakerInstitution}}, c.Attribution[0], c.Attribution[1])
}
func in(year int) func(*corvee.Claim) {
	return func(c *corvee.Claim) { w := corvee.During(corvee.Date{Year: year}); c.When = &w }
}

// byReport counts a report as an origin.
func byReport(claims []corvee.Claim) corvee.OriginCount {
	reports := map[string]bool{}
	for _, c := range claims {
		reports[c.Report] = true
	}
	return corvee.OriginCount{Min: len(reports), Max: len(reports)}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	const lock, docs, hours = corvee.IndicatorRestrictionOfMovement, corvee.IndicatorDocumentRetention, corvee.IndicatorAbusiveConditions
	for name, c := range map[string]struct {
		claims []corvee.Claim
		want   []corvee.Level
	}{
		"nothing":                     {nil, nil},
		"one indicator":               {[]corvee.Claim{condition("1", "a", lock)}, []corvee.Level{corvee.LevelPossible}},
		"two of one limb":             {[]corvee.Claim{condition("1", "a", lock), condition("2", "a", docs)}, []corvee.Level{corvee.LevelPossible}},
		"both limbs":                  {[]corvee.Claim{condition("1", "a", lock), condition("2", "a", hours)}, []corvee.Level{corvee.LevelReasonable}},
		"one indicator of both limbs": {[]corvee.Claim{condition("1", "a", corvee.IndicatorWageWithholding)}, []corvee.Level{corvee.LevelPossible}},
		"no witness":                  {[]corvee.Claim{condition("1", "a", lock, source), condition("2", "a", hours, source)}, []corvee.Level{corvee.LevelPossible}},
		"hedged":                      {[]corvee.Claim{condition("1", "a", lock, hedged), condition("2", "a", hours)}, []corvee.Level{corvee.LevelPossible}},
		"hearsay of hearsay":          {[]corvee.Claim{condition("1", "a", lock, hearsay), condition("2", "a", hours)}, []corvee.Level{corvee.LevelPossible}},
		"two origins, one year":       {[]corvee.Claim{condition("1", "a", lock, in(2020)), condition("2", "b", hours, in(2020))}, []corvee.Level{corvee.LevelSubstantiated}},
		"two origins, years apart":    {[]corvee.Claim{condition("1", "a", lock, in(2018)), condition("2", "b", hours, in(2020))}, []corvee.Level{corvee.LevelPossible, corvee.LevelPossible}},
		"two origins, time unknown":   {[]corvee.Claim{condition("1", "a", lock), condition("2", "b", hours)}, []corvee.Level{corvee.LevelPossible, corvee.LevelPossible}},
		"one report, years apart":     {[]corvee.Claim{condition("1", "a", lock, in(2018)), condition("2", "a", hours, in(2020))}, []corvee.Level{corvee.LevelPossible, corvee.LevelPossible}},
		"a denial takes nothing":      {[]corvee.Claim{condition("1", "a", lock), condition("2", "a", hours), condition("3", "a", lock, denied)}, []corvee.Level{corvee.LevelReasonable}},
		"only denied":                 {[]corvee.Claim{condition("1", "a", lock, denied)}, nil},
		"rejected by people":          {[]corvee.Claim{condition("1", "a", lock, refused)}, nil},
		"planned is not done":         {[]corvee.Claim{condition("1", "a", lock, planned)}, nil},
	} {
		var got []corvee.Level
		for _, a := range indicator.Assess(c.claims, byReport) {
			got = append(got, a.Level)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What was looked for and not found is said: all eleven and all eight, each time.
func TestNotFoundIsSaid(t *testing.T) {
	t.Parallel()
	levy := condition("2", "a", "", func(c *corvee.Claim) { c.Kind, c.Label = corvee.KindLevy, "80-day battle fund" })
	got := indicator.Assess([]corvee.Claim{condition("1", "a", corvee.IndicatorViolence), levy}, byReport)[0]
	if len(got.Signs) != 11 || len(got.State) != 8 {
		t.Fatalf("%d signs, %d of the state set", len(got.Signs), len(got.State))
	}
	for i, s := range got.Signs {
		if string(corvee.Indicators()[i]) != s.ID {
			t.Errorf("sign %d is %s", i, s.ID)
		}
		if want := map[bool]corvee.Result{true: corvee.ResultMet, false: corvee.ResultNoEvidence}[s.ID == "violence"]; s.Result != want {
			t.Errorf("%s: %s", s.ID, s.Result)
		}
	}
	var state []string
	for _, s := range got.State {
		state = append(state, s.ID+" "+string(s.Result))
	}
	want := "S1 no_evidence,S2 met,S3 met,S4 no_evidence,S5 no_evidence,S6 no_evidence,S7 no_evidence,S8 no_evidence"
	if strings.Join(state, ",") != want {
		t.Errorf("%v", state)
	}
	if len(indicator.Assess([]corvee.Claim{condition("1", "a", corvee.IndicatorViolence, denied), condition("2", "a", corvee.IndicatorIsolation)}, byReport)[0].Signs[4].Against) != 1 {
		t.Error("a claim against an indicator is not shown")
	}
}

func drawn(rt *rapid.T) []corvee.Claim {
	n := rapid.IntRange(1, 12).Draw(rt, "n")
	var out []corvee.Claim
	for i := range n {
		c := condition(fmt.Sprint("c", i), rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "report"), rapid.SampledFrom(corvee.Indicators()).Draw(rt, "what"))
		if rapid.Bool().Draw(rt, "dated") {
			in(rapid.IntRange(2018, 2022).Draw(rt, "year"))(&c)
		}
		if rapid.Bool().Draw(rt, "hedged") {
			hedged(&c)
		}
		out = append(out, c)
	}
	return out
}

func TestLawOrderNeverMatters(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		claims := drawn(rt)
		before := indicator.Assess(claims, byReport)
		after := indicator.Assess(rapid.Permutation(claims).Draw(rt, "order"), byReport)
		if diff := cmp.Diff(before, after); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// A claim against an indicator, or one that is hedged, never lowers a level, and no claim
// at all ever brings "proven".
func TestLawDenialsTakeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		claims := drawn(rt)
		against := condition("z", "a", rapid.SampledFrom(corvee.Indicators()).Draw(rt, "against"), denied)
		highest := func(list []indicator.Assessment) int {
			top := 0
			for _, a := range list {
				top = max(top, slices.Index(corvee.Levels(), a.Level))
				if !a.Level.Valid() {
					rt.Fatalf("level %q", a.Level)
				}
			}
			return top
		}
		if before, after := highest(indicator.Assess(claims, byReport)), highest(indicator.Assess(append(claims, against), byReport)); after != before {
			rt.Fatalf("a denial took the level from %d to %d", before, after)
		}
	})
}

func BenchmarkAssess(b *testing.B) {
	var claims []corvee.Claim
	for i := range 100_000 {
		claims = append(claims, condition(fmt.Sprint("c", i), fmt.Sprint("r", i/8), corvee.Indicators()[i%11], in(2015+i%10)))
	}
	for b.Loop() {
		indicator.Assess(claims, byReport)
	}
}
