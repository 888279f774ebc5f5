// Package leave takes out of claims what may not leave a base, and says what it took.
//
// What comes in: claims with the documents that they stand in. What goes out: the same claims
// as they may leave, or the word that one may not. Its one idea: every way out goes through
// here, so that a page, a table and a map withhold the same things by construction.
package leave

import (
	"slices"
	"unicode/utf8"

	"corvee"
	"corvee/corroborate"
	"corvee/internal/gazetteer"
	"corvee/internal/person"
	out "corvee/present/dossier"
)

// few is the least count of workers at a named site that may leave: below it a count can
// point at people (DESIGN, People).
const few = 10

// Rule says what may leave the base beyond the rule: an editor who asks for small counts
// says why. Counts under ten that an anonymous witness tells never leave.
type Rule struct {
	SmallCounts string // the reason; "" withholds them
}

// Leaving takes out what may not leave and coarsens the rest; it counts what it did. It is
// for one output, and not for two at once.
type Leaving struct {
	Rule
	stay     []string                 // names that may be shown
	people   map[string][]person.Span // by report: what its whole text shows to be a name
	withheld map[string]int
	order    []string
}

// New returns what takes claims of documents out by a rule.
func New(rule Rule, docs []corroborate.Document) *Leaving {
	v := &Leaving{Rule: rule, withheld: map[string]int{}, people: map[string][]person.Span{}}
	for _, d := range docs {
		v.stay = append(v.stay, d.Report.Publisher)
		for _, c := range d.Claims {
			v.stay = append(v.stay, c.Employer, c.Site)
			for _, p := range c.Places {
				v.stay = append(v.stay, p.Name)
			}
			for _, a := range c.Attribution {
				if a.Speaker.Named() {
					v.stay = append(v.stay, a.Name)
				}
			}
		}
	}
	slices.Sort(v.stay)
	v.stay = slices.Compact(v.stay)
	for _, d := range docs {
		v.people[d.Report.ID] = person.Find(d.Text.String(), v.stay...)
	}
	return v
}

const (
	smallCount = "a count under ten at a named site"
	exactDay   = "an exact day in what an anonymous witness tells, given as its month"
	exactPlace = "a place finer than its locality"
	aName      = "a part of a quote that could name or reach a person, covered"
)

var whyWithheld = map[string]string{
	smallCount: "it could point at people", exactDay: "it could tell who was there", exactPlace: "an active site is given by its locality",
	aName: "people are shown by role",
}

func (v *Leaving) count(what string) {
	if v.withheld[what] == 0 {
		v.order = append(v.order, what)
	}
	v.withheld[what]++
}

// Withheld says how much of what was taken out or coarsened, in the order of first use.
func (v *Leaving) Withheld() []out.Withheld {
	list := []out.Withheld{}
	for _, what := range v.order {
		list = append(list, out.Withheld{What: what, Count: v.withheld[what], Why: whyWithheld[what]})
	}
	return list
}

// Claim returns the claim as it may leave, with what is covered in its quote; false if it
// may not leave at all.
func (v *Leaving) Claim(c corvee.Claim) (corvee.Claim, []out.Redaction, bool) {
	if v.small(c) {
		v.count(smallCount)
		return c, nil, false
	}
	spans := v.named(c)
	for range spans {
		v.count(aName)
	}
	if witness(c) && c.When != nil && c.When.Known() && c.When.Precision == corvee.PrecisionDay {
		v.count(exactDay)
		w := corvee.Between(c.When.From.To(corvee.PrecisionMonth), c.When.Last().To(corvee.PrecisionMonth))
		w.Relative = c.When.Relative
		c.When = &w
		spans = v.coverDay(c, spans)
	}
	c = v.coarse(c)
	var covered []out.Redaction
	for _, s := range spans {
		covered = append(covered, out.Redaction{Start: runes(c.Quote.Exact, s.Start), End: runes(c.Quote.Exact, s.End), Why: s.Why})
	}
	c.Quote.Exact = person.Mask(c.Quote.Exact, spans)
	c.Mentions, c.Slots, c.Subject = nil, nil, v.Words(c.Subject)
	return c, covered, true
}

// named returns the people in a quote, by the whole text: a quote may begin behind the word
// that tells that a name follows.
func (v *Leaving) named(c corvee.Claim) []person.Span {
	spans := person.Find(c.Quote.Exact, v.stay...)
	for _, s := range v.people[c.Report] {
		if s.End > c.Quote.Start && s.Start < c.Quote.End {
			spans = append(spans, person.Span{Start: max(s.Start, c.Quote.Start) - c.Quote.Start, End: min(s.End, c.Quote.End) - c.Quote.Start, Why: s.Why})
		}
	}
	return person.Merge(spans)
}

// Words covers people in words that stand in no text.
func (v *Leaving) Words(s string) string { return person.Mask(s, person.Find(s, v.stay...)) }

func runes(s string, at int) int { return utf8.RuneCountInString(s[:at]) }

// small reports whether a count could point at people. Nobody may ask for one that an
// anonymous witness tells.
func (v *Leaving) small(c corvee.Claim) bool {
	if c.Kind != corvee.KindHeadcount || c.Value == nil || c.Site == "" && c.Employer == "" {
		return false
	}
	high := c.Value.High
	under := high.Known() && high.Sign() > 0 && high.Cmp(corvee.Int(few)) < 0
	return under && (v.SmallCounts == "" || witness(c))
}

// witness reports whether an anonymous person tells the claim.
func witness(c corvee.Claim) bool { return c.Root().Speaker == corvee.SpeakerAnonymous }

// coverDay covers the words in the quote that gave the day.
func (v *Leaving) coverDay(c corvee.Claim, spans []person.Span) []person.Span {
	for _, s := range c.Slots {
		if s.Name != corvee.SlotWhen || s.Start < c.Quote.Start || s.End > c.Quote.End || s.End == s.Start {
			continue
		}
		spans = append(spans, person.Span{Start: s.Start - c.Quote.Start, End: s.End - c.Quote.Start, Why: "day"})
	}
	return person.Merge(spans)
}

// fine are the precisions that no export gives of a place where people may still work.
var fine = []corvee.PlacePrecision{corvee.AtExact, corvee.AtVicinity}

func (v *Leaving) coarse(c corvee.Claim) corvee.Claim {
	places := slices.Clone(c.Places)
	for i, p := range places {
		if !slices.Contains(fine, p.Precision) {
			continue
		}
		v.count(exactPlace)
		if row, ok := gazetteer.Find(p.ID); ok && row.Parent != "" {
			up, _ := gazetteer.Find(row.Parent)
			places[i] = corvee.Place{ID: up.ID, Name: up.Name, Country: up.Country, Precision: corvee.AtCity}
			continue
		}
		places[i].Precision = corvee.AtLocality
	}
	c.Places = places
	return c
}
