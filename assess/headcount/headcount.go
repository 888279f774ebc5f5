// Package headcount says how many workers reports give for a place: claims in, dated
// counts with their conflicts and bounds out.
//
// Its one idea: a count belongs to a scope and a time. Counts of separate sites may be
// added up, and then bound a place from below; counts of scopes that may overlap never
// are; two counts of one scope and time that cannot both hold stand side by side.
package headcount

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/gazetteer"
)

// Count is one reported number of workers.
type Count struct {
	Scope Scope        `json:"scope"`
	When  corvee.When  `json:"when"` // zero: the report does not say
	Range corvee.Range `json:"range"`
	Claim string       `json:"claim"`
	// Planned and denied counts are shown and never computed with.
	Factuality corvee.Factuality `json:"factuality"`
	Polarity   corvee.Polarity   `json:"polarity"`
}

// Scope is whom a count is about: a site or an employer, else a place, else a country, in
// a trade and of a nationality where these are told.
type Scope struct {
	Site        string        `json:"site,omitempty"`
	Employer    string        `json:"employer,omitempty"`
	Place       string        `json:"place,omitempty"` // id; the narrowest
	Country     string        `json:"country,omitempty"`
	Sector      corvee.Sector `json:"sector,omitempty"`
	Nationality string        `json:"nationality,omitempty"`
}

// Conflict is two counts of one scope and time that cannot both hold. Neither is preferred.
type Conflict struct {
	A, B Count
}

// Bound is the least number of workers that counts of separate sites add up to, at a time
// that all of them share.
type Bound struct {
	Least  corvee.Decimal `json:"least"`
	When   corvee.When    `json:"when"`
	Sites  []string       `json:"sites"`
	Claims []string       `json:"claims"`
}

// Trend compares two dated counts of one scope whose ranges do not overlap.
type Trend struct {
	Direction string // increase, decrease
	From, To  Count
}

// Sheet is all that is reported for one place.
type Sheet struct {
	Counts    []Count
	Conflicts []Conflict
	Bound     *Bound
	Trends    []Trend
}

// Assess returns the sheet of the headcount claims within a region: the id of a place, or
// a country's code, or "" for all that is given. Claims that people rejected are left out.
// The order of the claims does not matter.
func Assess(claims []corvee.Claim, region string) Sheet {
	var s Sheet
	for _, c := range claims {
		if c.Kind != corvee.KindHeadcount || c.Value == nil || !c.Value.Known() || c.Value.Unit != corvee.UnitPerson ||
			c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete || !within(c, region) {
			continue
		}
		s.Counts = append(s.Counts, countOf(c))
	}
	slices.SortFunc(s.Counts, compare)
	usable := slices.DeleteFunc(slices.Clone(s.Counts), func(c Count) bool {
		return c.Polarity == corvee.Negative || c.Factuality == corvee.Planned || c.Factuality == corvee.Denied
	})
	s.Conflicts, s.Trends = pairs(usable)
	s.Bound = bound(usable)
	return s
}

func within(c corvee.Claim, region string) bool {
	if region == "" || slices.Contains(c.Countries, region) {
		return true
	}
	return slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return gazetteer.Within(p.ID, region) })
}

func countOf(c corvee.Claim) Count {
	n := Count{
		Scope: Scope{Site: c.Site, Employer: c.Employer, Sector: c.Sector, Nationality: c.Nationality},
		Range: c.Value.Range, Claim: c.ID, Factuality: c.Factuality, Polarity: c.Polarity,
	}
	if n.Scope.name() != "" {
		n.Scope.Sector = "" // a site's workers are its workers, whatever it is said to make
	}
	if len(c.Places) == 1 {
		n.Scope.Place = c.Places[0].ID
	}
	if len(c.Countries) == 1 {
		n.Scope.Country = c.Countries[0]
	}
	if c.When != nil {
		n.When = *c.When
	}
	return n
}

func compare(a, b Count) int {
	return cmp.Or(
		a.When.From.Compare(b.When.From), strings.Compare(a.Scope.Place, b.Scope.Place), strings.Compare(a.Scope.name(), b.Scope.name()),
		strings.Compare(a.Claim, b.Claim))
}

// name is the site, else the employer; "" where the scope is a place or a country.
func (s Scope) name() string { return strings.ToLower(cmp.Or(s.Site, s.Employer)) }

// same reports whether two scopes are one: no slot that tells them apart, and a name or a
// place that both have.
func (s Scope) same(o Scope) bool {
	if s.name() != o.name() || s.Place != o.Place || s.Country != o.Country || s.Sector != o.Sector {
		return false
	}
	apart := s.Nationality != "" && o.Nationality != "" && s.Nationality != o.Nationality
	return !apart && (s.name() != "" || s.Place != "" || s.Country != "")
}

// pairs finds what conflicts and what changed among counts of one scope.
func pairs(counts []Count) (conflicts []Conflict, trends []Trend) {
	byScope := map[string][]Count{}
	var order []string
	for _, c := range counts {
		key := strings.Join([]string{c.Scope.name(), c.Scope.Place, c.Scope.Country, string(c.Scope.Sector)}, "\t")
		if byScope[key] == nil {
			order = append(order, key)
		}
		byScope[key] = append(byScope[key], c)
	}
	for _, key := range order {
		for i, a := range byScope[key] {
			for _, b := range byScope[key][i+1:] {
				if !a.Scope.same(b.Scope) || meet(a.Range, b.Range) || !a.When.Known() || !b.When.Known() {
					continue
				}
				if a.When.Overlaps(b.When) {
					conflicts = append(conflicts, Conflict{a, b})
				} else {
					trends = append(trends, trend(a, b))
				}
			}
		}
	}
	return conflicts, trends
}

// meet reports whether two counts can both hold; an approximate one reaches a tenth
// farther on either side.
func meet(a, b corvee.Range) bool { return widened(a).Overlaps(widened(b)) }

func widened(r corvee.Range) corvee.Range {
	if !r.Approx {
		return r
	}
	if r.Low.Known() {
		r.Low = r.Low.Mul(corvee.MustDecimal("0.9"))
	}
	if r.High.Known() {
		r.High = r.High.Mul(corvee.MustDecimal("1.1"))
	}
	return r
}

func trend(a, b Count) Trend {
	if b.When.From.Compare(a.When.From) < 0 {
		a, b = b, a
	}
	if b.Range.Low.Known() && a.Range.High.Known() && b.Range.Low.Cmp(a.Range.High) > 0 {
		return Trend{"increase", a, b}
	}
	return Trend{"decrease", a, b}
}

// bound adds up the least counts of sites that are told apart by name. Of one site the
// smallest least count is taken; only sites with a known time that all share are added, so
// that a plant that closed and one that opened later never stand in one sum.
func bound(counts []Count) *Bound {
	least := map[string]Count{}
	for _, c := range counts {
		if c.Scope.name() == "" || !c.Range.Low.Known() || !c.When.Known() {
			continue
		}
		old, there := least[c.Scope.name()]
		if !there || c.Range.Low.Cmp(old.Range.Low) < 0 {
			least[c.Scope.name()] = c
		}
	}
	list := slices.SortedFunc(maps.Values(least), func(a, b Count) int { return strings.Compare(a.Scope.name(), b.Scope.name()) })
	var best *Bound
	for _, at := range list { // the sum can only grow where a time begins
		b := sharing(list, at.When.From)
		if len(b.Sites) > 1 && (best == nil || b.Least.Cmp(best.Least) > 0) {
			best = &b
		}
	}
	return best
}

// sharing adds the sites whose times hold a day; no day stands for an open beginning.
func sharing(list []Count, day corvee.Date) Bound {
	b := Bound{Least: corvee.Int(0)}
	for _, c := range list {
		begun := !c.When.From.Known() || day.Known() && c.When.From.Compare(day) <= 0
		over := c.When.Until.Known() && day.Known() && c.When.Until.Compare(day) <= 0
		if !begun || over {
			continue
		}
		if len(b.Sites) == 0 {
			b.When = c.When
		}
		b.When = overlap(b.When, c.When)
		b.Least = b.Least.Add(c.Range.Low)
		b.Sites, b.Claims = append(b.Sites, c.Scope.label()), append(b.Claims, c.Claim)
	}
	slices.Sort(b.Claims)
	return b
}

func (s Scope) label() string { return cmp.Or(s.Site, s.Employer) }

func overlap(a, b corvee.When) corvee.When {
	w := a
	if b.From.Known() && (!w.From.Known() || b.From.Compare(w.From) > 0) {
		w.From = b.From
	}
	if b.Until.Known() && (!w.Until.Known() || b.Until.Compare(w.Until) < 0) {
		w.Until = b.Until
	}
	return w
}

// Findings writes what the sheet concludes as findings of the stream.
func (s Sheet) Findings() []corvee.Finding {
	var out []corvee.Finding
	for _, c := range s.Conflicts {
		out = append(out, corvee.Finding{
			Kind: "headcount.conflict", Rule: "headcount.conflict", Result: corvee.ResultDisagrees, Claims: []string{c.A.Claim, c.B.Claim},
			Numbers: map[string]corvee.Range{"a": c.A.Range, "b": c.B.Range},
			Text:    fmt.Sprintf("%s and %s workers are reported for one scope and time; both stand", c.A.Range, c.B.Range),
		})
	}
	for _, t := range s.Trends {
		out = append(out, corvee.Finding{
			Kind: "headcount.trend", Rule: "headcount.trend", Result: corvee.ResultBounds, Claims: []string{t.From.Claim, t.To.Claim},
			Numbers: map[string]corvee.Range{"from": t.From.Range, "to": t.To.Range},
			Text:    fmt.Sprintf("%s from %s (%s) to %s (%s)", t.Direction, t.From.Range, t.From.When, t.To.Range, t.To.When),
		})
	}
	if b := s.Bound; b != nil {
		out = append(out, corvee.Finding{
			Kind: "headcount.bound", Rule: "headcount.bound", Result: corvee.ResultBounds, Claims: b.Claims,
			Numbers: map[string]corvee.Range{"least": {Low: b.Least}},
			Text:    fmt.Sprintf("at least %s workers at %d separate sites (%s); derived", b.Least, len(b.Sites), strings.Join(b.Sites, "; ")),
		})
	}
	return out
}
