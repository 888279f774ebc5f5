package corvee_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"corvee"
)

// sample returns a sound claim that tests change in one point.
func sample(changes ...func(*corvee.Claim)) corvee.Claim {
	c := corvee.Claim{
		Report: "sha256:aa", Text: "sha256:bb", Kind: corvee.KindWage, Subject: "workers", Nationality: "KP",
		Places: []corvee.Place{
			{ID: "dandong", Name: "Dandong", Country: "CN", Precision: corvee.AtCity},
			{ID: "liaoning", Name: "Liaoning", Country: "CN", Precision: corvee.AtProvince},
		},
		Countries: []string{"CN"}, Sector: corvee.SectorGarments,
		Value: &corvee.Value{
			Range: corvee.Exactly(corvee.Int(2300)), Unit: corvee.UnitMoney, Currency: "CNY",
			Per: corvee.PerPerson, Period: corvee.EveryMonth,
		},
		Attribution: []corvee.Attribution{{Role: "source", Code: "A-1", Speaker: corvee.SpeakerAnonymous}},
		Factuality:  corvee.Reported, Polarity: corvee.Positive,
		Quote:  corvee.Quote{Exact: "2,300 yuan", Span: corvee.Span{Start: 10, End: 20}},
		Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed, Score: 80,
	}
	for _, change := range changes {
		change(&c)
	}
	c.ID = c.NewID()
	return c
}

func TestClaimIDHoldsStill(t *testing.T) {
	t.Parallel()
	want := sample().ID
	for name, change := range map[string]func(*corvee.Claim){
		"order of places":      func(c *corvee.Claim) { slices.Reverse(c.Places) },
		"2300.0 for 2300":      func(c *corvee.Claim) { c.Value.Range = corvee.Exactly(corvee.MustDecimal("2300.00")) },
		"name of a place":      func(c *corvee.Claim) { c.Places[0].Name = "단둥" },
		"precision of a place": func(c *corvee.Claim) { c.Places[0].Precision = corvee.AtLocality },
		"when is learnt":       func(c *corvee.Claim) { w := corvee.During(corvee.Date{Year: 2020}); c.When = &w },
		"subject":              func(c *corvee.Claim) { c.Subject = "women" },
		"nationality":          func(c *corvee.Claim) { c.Nationality = "" },
		"countries":            func(c *corvee.Claim) { c.Countries = nil },
		"factuality":           func(c *corvee.Claim) { c.Factuality = corvee.Asserted },
		"approx":               func(c *corvee.Claim) { c.Value.Approx = true },
		"an equivalent": func(c *corvee.Claim) {
			c.Value.Equivalents = []corvee.Equivalent{{Range: corvee.Exactly(corvee.Int(350)), Currency: "USD"}}
		},
		"who passed it on": func(c *corvee.Claim) {
			c.Attribution = append(c.Attribution, corvee.Attribution{Name: "Invented Post", Speaker: corvee.SpeakerPublisher})
		},
		"rules and score":     func(c *corvee.Claim) { c.Rules, c.Score = []string{"en.wage.paid"}, 3 },
		"review":              func(c *corvee.Claim) { c.Review, c.Origin = corvee.ReviewAccepted, corvee.FromReviewer },
		"the report's own id": func(c *corvee.Claim) { c.Report = "sha256:cc" },
		"mentions, slots, inferred": func(c *corvee.Claim) {
			c.Mentions = []corvee.Quote{c.Quote}
			c.Slots = []corvee.Slot{{Name: corvee.SlotPlaces}}
			c.Inferred = []corvee.SlotName{corvee.SlotPlaces}
		},
	} {
		if got := sample(change).ID; got != want {
			t.Errorf("%s: the id changed", name)
		}
	}
}

func TestClaimIDTellsApart(t *testing.T) {
	t.Parallel()
	ids := map[string]string{sample().ID: "the sample"}
	for name, change := range map[string]func(*corvee.Claim){
		"text":           func(c *corvee.Claim) { c.Text = "sha256:dd" },
		"kind":           func(c *corvee.Claim) { c.Kind = corvee.KindLevy },
		"start":          func(c *corvee.Claim) { c.Quote.Start = 9 },
		"end":            func(c *corvee.Claim) { c.Quote.End = 21 },
		"low":            func(c *corvee.Claim) { c.Value.Low = corvee.Int(2299) },
		"open high":      func(c *corvee.Claim) { c.Value.High = corvee.Decimal{} },
		"more than":      func(c *corvee.Claim) { c.Value.Exclusive = corvee.ExclusiveLow },
		"unit":           func(c *corvee.Claim) { c.Value.Unit = corvee.UnitPercent },
		"of":             func(c *corvee.Claim) { c.Value.Of = "wage" },
		"currency":       func(c *corvee.Claim) { c.Value.Currency = "USD" },
		"per":            func(c *corvee.Claim) { c.Value.Per = corvee.PerTotal },
		"period":         func(c *corvee.Claim) { c.Value.Period = corvee.EveryYear },
		"no value":       func(c *corvee.Claim) { c.Value = nil },
		"sector":         func(c *corvee.Claim) { c.Sector = corvee.SectorTextile },
		"indicator":      func(c *corvee.Claim) { c.Indicator = corvee.IndicatorDeception },
		"label":          func(c *corvee.Claim) { c.Label = "loyalty funds" },
		"one place less": func(c *corvee.Claim) { c.Places = c.Places[:1] },
		"site":           func(c *corvee.Claim) { c.Site = "s1" },
		"employer":       func(c *corvee.Claim) { c.Employer = "s1" },
		"speaker":        func(c *corvee.Claim) { c.Attribution[0].Speaker = corvee.SpeakerNamedOfficial },
		"code":           func(c *corvee.Claim) { c.Attribution[0].Code = "A-2" },
		"role":           func(c *corvee.Claim) { c.Attribution[0].Role = "worker" },
		"nobody":         func(c *corvee.Claim) { c.Attribution = nil },
		"polarity":       func(c *corvee.Claim) { c.Polarity = corvee.Negative },
	} {
		id := sample(change).ID
		if same, ok := ids[id]; ok {
			t.Errorf("%s has the id of %s", name, same)
		}
		ids[id] = name
	}
}

// A slot that moves from one field to the next must not keep its id: the parts are told
// apart by more than their order.
func TestClaimIDKeepsFieldsApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "a", "ab", "b", `"`, `","`, "\x00", "é"})
		draw := func(name string) corvee.Claim {
			return sample(func(c *corvee.Claim) {
				c.Label, c.Site, c.Employer = word.Draw(t, name+" label"), word.Draw(t, name+" site"), word.Draw(t, name+" employer")
				c.Places = []corvee.Place{{ID: word.Draw(t, name+" place")}}
			})
		}
		a, b := draw("a"), draw("b")
		equal := a.Label == b.Label && a.Site == b.Site && a.Employer == b.Employer && a.Places[0].ID == b.Places[0].ID
		if (a.ID == b.ID) != equal {
			t.Fatalf("ids equal: %t, slots equal: %t: %+v %+v", a.ID == b.ID, equal, a, b)
		}
	})
}

func TestClaimValidate(t *testing.T) {
	t.Parallel()
	if err := sample().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*corvee.Claim){
		"unknown kind":            func(c *corvee.Claim) { c.Kind = "rumour" },
		"condition, no indicator": func(c *corvee.Claim) { c.Kind = corvee.KindCondition },
		"indicator, no condition": func(c *corvee.Claim) { c.Indicator = corvee.IndicatorDeception },
		"unknown indicator":       func(c *corvee.Claim) { c.Kind, c.Indicator = corvee.KindCondition, "sadness" },
		"unknown sector":          func(c *corvee.Claim) { c.Sector = "wigs" },
		"unknown factuality":      func(c *corvee.Claim) { c.Factuality = "proven" },
		"no polarity":             func(c *corvee.Claim) { c.Polarity = "" },
		"unknown origin":          func(c *corvee.Claim) { c.Origin = "model" },
		"unknown review":          func(c *corvee.Claim) { c.Review = "" },
		"no quote":                func(c *corvee.Claim) { c.Quote = corvee.Quote{} },
		"quote of another length": func(c *corvee.Claim) { c.Quote.End++ },
		"score over 100":          func(c *corvee.Claim) { c.Score = 101 },
		"crossed value":           func(c *corvee.Claim) { c.Value.High = corvee.Int(1) },
		"unknown unit":            func(c *corvee.Claim) { c.Value.Unit = "people" },
		"currency of people":      func(c *corvee.Claim) { c.Value.Unit = corvee.UnitPerson },
		"unknown per":             func(c *corvee.Claim) { c.Value.Per = "head" },
		"unknown period":          func(c *corvee.Claim) { c.Value.Period = "fortnight" },
		"unknown precision":       func(c *corvee.Claim) { c.Places[0].Precision = "town" },
		"unknown speaker":         func(c *corvee.Claim) { c.Attribution[0].Speaker = "insider" },
		"named anonymous":         func(c *corvee.Claim) { c.Attribution[0].Name = "Kim Invented" },
	} {
		if err := sample(change).Validate(); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: Validate = %v, want ErrInvalid", name, err)
		}
	}
}

// Whoever speaks for themselves or asked not to be named never stands in a base by name.
func TestAttributionNeverNamesASource(t *testing.T) {
	t.Parallel()
	named := map[corvee.Speaker]bool{
		corvee.SpeakerPublisher: true, corvee.SpeakerAgency: true, corvee.SpeakerNamedOfficial: true,
		corvee.SpeakerNamedPublicPerson: true, corvee.SpeakerInstitution: true, corvee.SpeakerDocument: true,
		corvee.SpeakerAuthor: false, corvee.SpeakerAnonymous: false,
	}
	for _, speaker := range corvee.Speakers() {
		allowed, ok := named[speaker]
		if !ok {
			t.Errorf("nobody has decided whether a %s may be named", speaker)
		}
		err := corvee.Attribution{Name: "Somebody", Speaker: speaker}.Validate()
		if speaker.Named() != allowed || (err == nil) != allowed {
			t.Errorf("%s stored by name: %t (%v), want %t", speaker, speaker.Named(), err, allowed)
		}
		if err := (corvee.Attribution{Role: "worker", Code: "A-1", Speaker: speaker}).Validate(); err != nil {
			t.Errorf("%s by role: %v", speaker, err)
		}
	}
}

func TestClaimsStandInTextOrder(t *testing.T) {
	t.Parallel()
	at := func(start, end int, kind corvee.Kind) corvee.Claim {
		return sample(func(c *corvee.Claim) { c.Quote.Start, c.Quote.End, c.Kind = start, end, kind })
	}
	ordered := []corvee.Claim{
		at(0, 5, corvee.KindLaw), at(0, 9, corvee.KindHeadcount), at(3, 5, corvee.KindHeadcount),
		at(3, 5, corvee.KindWage), at(3, 5, corvee.KindDenial),
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if a.Before(b) != (i < j) {
				t.Errorf("claim %d before %d: %t", i, j, a.Before(b))
			}
		}
	}
}
