// Package again keeps the claims of a report, each once: claims in text order in, those that
// say the same joined out.
//
// Its one idea: a caption, a heading and a quotation repeat the body, and what is said
// twice by the same speaker is one claim with two quotes; two speakers make two claims.
package again

import (
	"slices"
	"strings"
	"unicode"

	"corvee"
)

// Claims are the claims of a report, each once. The zero value is empty.
type Claims struct {
	List  []corvee.Claim
	words [][]string // of the quote of each; nil until they are asked for
	by    map[string][]int
}

// maxAlike is how many claims of one key are looked at, the last ones: a report that says a
// thing in ever other words costs no more than its length.
const maxAlike = 64

// Add appends a claim, or its quote to an earlier one that says the same. heading says that
// it stands in a title, restated that its sentence says that it says something again.
func (cs *Claims) Add(c corvee.Claim, heading, restated bool) {
	key := keyOf(&c)
	at := cs.restated(key, &c)
	if at < 0 && heading {
		at = cs.headed(&c)
	}
	if at < 0 && restated {
		at = cs.last(c.Kind)
	}
	if at >= 0 {
		merge(&cs.List[at], c)
		return
	}
	if cs.by == nil {
		cs.by = map[string][]int{}
	}
	cs.by[key] = append(cs.by[key], len(cs.List))
	cs.List, cs.words = append(cs.List, c), append(cs.words, nil)
}

// keyOf is what two statements of one claim share.
func keyOf(c *corvee.Claim) string {
	return string(c.Kind) + "\x00" + c.Discriminator() + "\x00" + string(c.Sector) + "\x00" + string(c.Polarity)
}

// headed returns the index of the claim of the body that a heading sums up, whoever says
// it there; -1 without.
func (cs *Claims) headed(c *corvee.Claim) int {
	for i := range cs.List {
		h := &cs.List[i]
		if h.Kind != c.Kind || h.Indicator != c.Indicator || c.Sector != "" && h.Sector != c.Sector && c.Kind == corvee.KindActivity {
			continue
		}
		if c.Value == nil || sameValue(h.Value, c.Value) {
			return i
		}
	}
	return -1
}

// last returns the index of the last claim of a kind, -1 without.
func (cs *Claims) last(kind corvee.Kind) int {
	for i := len(cs.List) - 1; i >= 0; i-- {
		if cs.List[i].Kind == kind {
			return i
		}
	}
	return -1
}

// restated returns the index of an earlier claim that says the same, -1 without: the same
// kind, value, discriminators and root source, in the same place or in none.
func (cs *Claims) restated(key string, c *corvee.Claim) int {
	alike := cs.by[key]
	for _, i := range alike[max(0, len(alike)-maxAlike):] {
		h := &cs.List[i]
		if !sameValue(h.Value, c.Value) || !sameSpeaker(h, c) || !samePlaces(h, c) || !sameTime(h, c) {
			continue
		}
		if c.Value == nil && !cs.repeatable(c, i) {
			continue
		}
		return i
	}
	return -1
}

// repeatable reports whether two claims without a value can be one: a law, an activity or
// a movement of the same discriminators is; two qualitative conditions are two unless
// their words agree.
func (cs *Claims) repeatable(c *corvee.Claim, i int) bool {
	h := &cs.List[i]
	switch c.Kind {
	case corvee.KindLaw, corvee.KindActivity:
		return true
	case corvee.KindOrder:
		return c.Label != "" && c.Label == h.Label
	case corvee.KindMovement:
		return c.Rules[0] == h.Rules[0]
	}
	if c.Rules[0] != h.Rules[0] {
		return false
	}
	if cs.words[i] == nil {
		cs.words[i] = content(h.Quote.Exact)
	}
	return restates(cs.words[i], content(c.Quote.Exact))
}

// restates reports whether most of the words of the shorter quote, short ones aside,
// stand in the other.
func restates(x, y []string) bool {
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

func sameSpeaker(a, b *corvee.Claim) bool {
	x, y := a.Root(), b.Root()
	return x.Speaker == y.Speaker && x.Name == y.Name && x.Code == y.Code
}

// samePlaces holds places that the report had to be asked for to their countries alone.
func samePlaces(a, b *corvee.Claim) bool {
	if len(a.Places) == 0 || len(b.Places) == 0 {
		return true
	}
	// What is done where is another claim for each town, also where one is only inferred.
	inferred := slices.Contains(a.Inferred, corvee.SlotPlaces) || slices.Contains(b.Inferred, corvee.SlotPlaces)
	if inferred && a.Kind != corvee.KindActivity {
		return slices.ContainsFunc(b.Countries, func(code string) bool { return slices.Contains(a.Countries, code) })
	}
	return slices.ContainsFunc(b.Places, func(p corvee.Place) bool {
		return slices.ContainsFunc(a.Places, func(q corvee.Place) bool { return q.ID == p.ID })
	})
}

func sameTime(a, b *corvee.Claim) bool {
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
