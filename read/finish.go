package read

import (
	"slices"
	"strings"
	"unicode"

	"corvee"
)

// finish fills what only the whole report can say, joins what is stated twice, and gives
// the claims their ids.
func (d *document) finish() []corvee.Claim {
	country := d.topic.country()
	var out []corvee.Claim
	for _, heading := range [...]bool{false, true} { // a heading restates the body
		for i := range d.drafts {
			if dr := &d.drafts[i]; dr.heading == heading && dr.claim.Quote.Exact != "" {
				d.complete(dr, country)
				out = add(out, dr)
			}
		}
	}
	for i := range out {
		out[i].ID = out[i].NewID()
		slices.Sort(out[i].Inferred)
	}
	return out
}

// complete fills what only the end of the report tells.
func (d *document) complete(dr *draft, country string) {
	c := &dr.claim
	if dr.carried && country != "" && !slices.Contains(c.Countries, country) {
		c.Places, c.Countries = nil, []string{country} // the report is about elsewhere
	}
	if !dr.noted && len(c.Countries) == 0 && country != "" && located(c.Kind) {
		c.Countries = []string{country}
		infer(c, corvee.SlotPlaces)
	}
	d.dated(c)
	c.Score = score(*c)
}

// add appends a claim, or its quote to an earlier claim that says the same.
func add(out []corvee.Claim, dr *draft) []corvee.Claim {
	c := dr.claim
	at := restated(out, c)
	if at < 0 && dr.heading {
		at = headed(out, c)
	}
	if at < 0 && dr.again {
		at = lastOf(out, c.Kind)
	}
	if at < 0 {
		return append(out, c)
	}
	merge(&out[at], c)
	return out
}

// headed returns the index of the claim of the body that a heading sums up, whoever says
// it there; -1 without.
func headed(have []corvee.Claim, c corvee.Claim) int {
	for i, h := range have {
		if h.Kind != c.Kind || h.Indicator != c.Indicator || c.Sector != "" && h.Sector != c.Sector && c.Kind == corvee.KindActivity {
			continue
		}
		if c.Value == nil || sameValue(h.Value, c.Value) {
			return i
		}
	}
	return -1
}

// located reports whether a kind of claim is about a place of work.
func located(k corvee.Kind) bool {
	switch k {
	case corvee.KindLaw, corvee.KindTransfer, corvee.KindMovement, corvee.KindOrder, corvee.KindDenial:
		return false
	}
	return true
}

// dated gives a standing state of affairs without a time that of the report, marked as
// inferred: a count of workers is a count at some time.
func (d *document) dated(c *corvee.Claim) {
	if c.When != nil || !d.report.Published.Known() || c.Kind != corvee.KindHeadcount {
		return
	}
	w := corvee.During(d.report.Published)
	c.When = &w
	infer(c, corvee.SlotWhen)
}

// Points off the score of a rule for what had to be inferred; they order review.
const (
	offInferred = 4
	offHedged   = 3
)

func score(c corvee.Claim) int {
	n := c.Score - offInferred*len(c.Inferred)
	if c.Factuality == corvee.Believed || c.Factuality == corvee.Estimated {
		n -= offHedged
	}
	return min(100, max(1, n))
}

// lastOf returns the index of the last claim of a kind, -1 without.
func lastOf(have []corvee.Claim, kind corvee.Kind) int {
	for i := len(have) - 1; i >= 0; i-- {
		if have[i].Kind == kind {
			return i
		}
	}
	return -1
}

// restated returns the index of an earlier claim that says the same, -1 without: the same
// kind, value, discriminators and root source, in the same place or in none.
func restated(have []corvee.Claim, c corvee.Claim) int {
	for i := range have {
		h := &have[i]
		if h.Kind != c.Kind || h.Discriminator() != c.Discriminator() || h.Sector != c.Sector || h.Polarity != c.Polarity {
			continue
		}
		if !sameValue(h.Value, c.Value) || !sameSpeaker(*h, c) || !samePlaces(h.Places, c.Places) || !sameTime(*h, c) {
			continue
		}
		if c.Value == nil && !repeatable(c, *h) {
			continue
		}
		return i
	}
	return -1
}

// repeatable reports whether two claims without a value can be one: a law, an activity or
// a movement of the same discriminators is; two qualitative conditions are two unless
// their words agree.
func repeatable(c, h corvee.Claim) bool {
	switch c.Kind {
	case corvee.KindLaw, corvee.KindActivity:
		return true
	case corvee.KindOrder:
		return c.Label != "" && c.Label == h.Label
	case corvee.KindMovement:
		return c.Rules[0] == h.Rules[0]
	}
	return c.Rules[0] == h.Rules[0] && restates(h.Quote.Exact, c.Quote.Exact)
}

// restates reports whether most of the words of the shorter quote, short ones aside,
// stand in the other.
func restates(a, b string) bool {
	x, y := content(a), content(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	in := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			in++
		}
	}
	return len(x) > 0 && in*4 >= len(x)*3
}

// content returns the words of five letters or more, in lower case.
func content(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 5 })
}

func sameValue(a, b *corvee.Value) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Low == b.Low && a.High == b.High && a.Unit == b.Unit && a.Currency == b.Currency &&
		(a.Period == b.Period || a.Period == "" || b.Period == "")
}

func sameSpeaker(a, b corvee.Claim) bool {
	x, y := a.Root(), b.Root()
	return x.Speaker == y.Speaker && x.Name == y.Name && x.Code == y.Code
}

func samePlaces(a, b []corvee.Place) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, p := range b {
		if slices.ContainsFunc(a, func(q corvee.Place) bool { return q.ID == p.ID }) {
			return true
		}
	}
	return false
}

func sameTime(a, b corvee.Claim) bool {
	if a.When == nil || b.When == nil || !a.When.Known() || !b.When.Known() {
		return true
	}
	return a.When.Overlaps(*b.When)
}

// merge adds a later statement of the same claim as a mention, with what it says more.
func merge(to *corvee.Claim, c corvee.Claim) {
	to.Mentions = append(to.Mentions, c.Quote)
	if len(to.Places) == 0 {
		to.Places, to.Countries = c.Places, c.Countries
	}
	if to.When == nil {
		to.When = c.When
	}
	for _, r := range c.Rules {
		if !slices.Contains(to.Rules, r) {
			to.Rules = append(to.Rules, r)
		}
	}
}
