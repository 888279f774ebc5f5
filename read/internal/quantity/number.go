package quantity

import (
	"bytes"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// amount is a number or a range of two, with the currency that stands before or between.
type amount struct {
	value    corvee.Range
	currency string
	scaled   bool // a scale word was read
	share    bool
	ranged   bool
	vague    bool
}

// span reads one number, or two as a range: "25,000 to 30,000", "$200 to $500 million",
// "between 40 and 50". Ends that are crossed are no range: "from 30 to 20" tells a change.
func (g *grammar) span(i int, pair string) (amount, int, bool) {
	low, next, ok := g.amount(i)
	if !ok {
		return amount{}, i, false
	}
	at, ok := g.connector(next, pair)
	ok = ok && (!g.p.Mark(next, '-') || !g.is(next+1, lexicon.Measure)) // the hyphen of "12-hour"
	if !ok {                                                            // "2,500 yuan to 2,800 yuan"
		if s, after, is := g.p.At(next, lexicon.Currency); is && g.p.Item(s).Attr("side") != "before" && after < g.last {
			at, ok = g.connector(after, pair)
			ok = ok && g.repeats(at, g.p.Item(s).ID, lexicon.Currency)
		}
	}
	if !ok { // "12-hour to 16-hour"
		at, ok = g.afterUnit(next, pair)
	}
	if !ok {
		return low, next, true
	}
	high, end, ok := g.amount(at)
	if !ok || high.share != low.share && low.share {
		return low, next, true
	}
	joined, ok := g.join(low, high)
	if !ok {
		return low, next, true
	}
	return joined, end, true
}

// afterUnit returns where the second number stands when the unit is said twice.
func (g *grammar) afterUnit(next int, pair string) (int, bool) {
	if g.p.Mark(next, '-') {
		next++
	}
	for _, c := range [...]lexicon.Class{lexicon.Measure, lexicon.Percent} {
		s, after, is := g.p.At(next, c)
		if !is || after >= g.last {
			continue
		}
		at, ok := g.connector(after, pair)
		return at, ok && g.repeats(at, g.p.Item(s).ID, c)
	}
	return next, false
}

// repeats reports whether a number with the same unit stands at token i.
func (g *grammar) repeats(i int, unit string, class lexicon.Class) bool {
	_, next, ok := g.amount(i)
	if !ok {
		return false
	}
	if g.p.Mark(next, '-') {
		next++
	}
	s, _, ok := g.p.At(next, class)
	return ok && g.p.Item(s).ID == unit
}

func (g *grammar) connector(i int, pair string) (int, bool) {
	switch {
	case i >= g.last || g.taken(i):
		return i, false
	case pair == "and":
		if c, next, ok := g.p.At(i, lexicon.Currency); ok && g.p.Item(c).Attr("side") != "before" && g.p.Says(next, "and") {
			return next + 1, true
		}
		return i + 1, g.p.Says(i, "and")
	case g.p.Says(i, "to"):
		return i + 1, true
	case pair == "to" && g.p.Says(i, "up") && g.p.Says(i+1, "to"): // "from $300 up to $1,000"
		return i + 2, true
	case g.p.Mark(i, '-'), g.p.Mark(i, '~'):
		return i + 1, true
	case g.p.Says(i, "or"):
		return i + 1, i+1 < g.last && (g.p.Tokens[i+1].Kind == segment.Number || g.p.Is(i+1, lexicon.Num))
	}
	return i, false
}

// join makes a range of two amounts. A scale after the second serves the first as well
// when the first could not be meant without it.
func (g *grammar) join(low, high amount) (amount, bool) {
	a, okA := low.value.Single()
	b, okB := high.value.Single()
	if !okA || !okB || low.currency != "" && high.currency != "" && low.currency != high.currency {
		return amount{}, false
	}
	if high.scaled && !low.scaled && a.Cmp(corvee.Int(1000)) < 0 {
		if shared := a.Mul(high.scale()); shared.Known() && shared.Cmp(b) <= 0 {
			a = shared
		}
	}
	if a.Cmp(b) > 0 {
		return amount{}, false
	}
	out := low
	out.value = corvee.Range{Low: a, High: b, Approx: low.value.Approx || high.value.Approx}
	out.ranged = true
	if out.currency == "" {
		out.currency = high.currency
	}
	return out, true
}

// scale returns the power of ten that the amount's scale word stood for.
func (a amount) scale() corvee.Decimal {
	n := a.value.High
	for _, s := range [...]int64{1_000_000_000_000, 1_000_000_000, 1_000_000, 1000, 100} {
		if n.Cmp(corvee.Int(s)) >= 0 {
			return corvee.Int(s)
		}
	}
	return corvee.Int(1)
}

// amount reads currency and number, or number alone.
func (g *grammar) amount(i int) (amount, int, bool) {
	currency, scale := "", ""
	if s, next, ok := g.p.At(i, lexicon.Currency); ok && i < g.last && (g.p.Item(s).Attr("side") != "after" || g.p.Says(next-1, "dollar") && next < g.last && g.p.Tokens[next].Kind == segment.Number) {
		currency, scale, i = g.p.Item(s).ID, g.p.Item(s).Attr("scale"), next
		if _, after, ok := g.p.At(i, lexicon.Approx); ok {
			i = after
		}
	}
	a, next, ok := g.number(i)
	if !ok {
		return amount{}, i, false
	}
	a.currency = currency
	a.value = times(a.value, scale)
	if a.share && currency != "" {
		return amount{}, i, false
	}
	return a, next, true
}

// number reads one number in digits or words.
func (g *grammar) number(i int) (amount, int, bool) {
	if i >= g.last || g.taken(i) {
		return amount{}, i, false
	}
	if s, next, ok := g.p.At(i, lexicon.Vague); ok {
		return g.vague(s, next)
	}
	if _, next, ok := g.p.At(i, lexicon.Few); ok {
		if s, after, ok := g.p.At(next, lexicon.Scale); ok && next < g.last {
			return g.open(g.value(s), after)
		}
		return amount{}, i, false
	}
	if a, next, ok := g.half(i); ok {
		return a, next, true
	}
	if s, next, ok := g.p.At(i, lexicon.Fraction); ok {
		if a, after, ok := g.part(s, next); ok {
			return a, after, true
		}
		return g.fraction(s, next)
	}
	if g.p.Tokens[i].Kind == segment.Number {
		return g.digits(i)
	}
	return g.words(i)
}

func (g *grammar) value(s lexicon.Sense) corvee.Decimal {
	d, err := corvee.ParseDecimal(g.p.Item(s).Attr("value"))
	if err != nil {
		return corvee.Decimal{}
	}
	return d
}

func (g *grammar) vague(s lexicon.Sense, next int) (amount, int, bool) {
	if scale, after, ok := g.p.At(next, lexicon.Scale); ok && next < g.last {
		return g.open(g.value(s).Mul(g.value(scale)), after)
	}
	if g.p.Item(s).Attr("high") != "" { // a dozen
		return amount{value: corvee.Exactly(g.value(s))}, next, true
	}
	return g.open(g.value(s), next)
}

func (g *grammar) open(low corvee.Decimal, next int) (amount, int, bool) {
	return amount{value: corvee.Range{Low: low, Approx: true}, vague: true}, next, low.Known()
}

func (g *grammar) fraction(s lexicon.Sense, next int) (amount, int, bool) {
	r := corvee.Exactly(g.value(s))
	r.Approx = g.p.Item(s).Attr("approx") != ""
	return amount{value: r, share: true}, next, r.Known()
}

// half reads "half a million" and "2/3".
func (g *grammar) half(i int) (amount, int, bool) {
	if g.p.Says(i, "half") && g.article(i+1) {
		if s, next, ok := g.p.At(i+2, lexicon.Scale); ok && i+2 < g.last {
			return amount{value: corvee.Exactly(g.value(s).Div(corvee.Int(2), 0)), scaled: true}, next, true
		}
	}
	if s, next, ok := g.p.At(i+1, lexicon.Scale); ok && i+1 < g.last && g.p.Says(i, "quarter") {
		return amount{value: corvee.Exactly(g.value(s).Div(corvee.Int(4), 0)), scaled: true}, next, true
	}
	t := g.p.Tokens
	if t[i].Kind != segment.Number || i+2 >= g.last || !g.p.Mark(i+1, '/') || !t[i+1].Glued || t[i+2].Kind != segment.Number || !t[i+2].Glued || g.p.Mark(i+3, '/') {
		return amount{}, i, false
	}
	a, errA := corvee.ParseDecimal(g.p.Word(i))
	b, errB := corvee.ParseDecimal(g.p.Word(i + 2))
	if errA != nil || errB != nil || b.Sign() <= 0 || a.Cmp(b) >= 0 || b.Cmp(corvee.Int(10)) > 0 {
		return amount{}, i, false
	}
	r := corvee.Exactly(a.Mul(corvee.Int(100)).Div(b, 1))
	r.Approx = r.Low.Mul(b).Cmp(a.Mul(corvee.Int(100))) != 0
	return amount{value: r, share: true}, i + 3, true
}

// maxDigits is the most characters of a figure that is read; a longer one counts nothing.
const maxDigits = 24

func (g *grammar) digits(i int) (amount, int, bool) {
	if g.named(i) {
		return amount{}, i, false
	}
	d, next, ok := g.figure(i)
	if !ok {
		return amount{}, i, false
	}
	a := amount{value: corvee.Exactly(d)}
	for next < g.last {
		s, after, ok := g.p.At(next, lexicon.Scale)
		glued := ok && g.p.Tokens[next].Glued
		if !ok || g.p.Item(s).Attr("glued") != "" && !glued && !g.afterCurrency(i) {
			break
		}
		if glued && g.p.Item(s).Attr("glued") == "" {
			break
		}
		d = d.Mul(g.value(s))
		a.value, a.scaled, next = corvee.Exactly(d), true, after
	}
	if !d.Known() {
		return amount{}, i, false
	}
	return a, next, true
}

func (g *grammar) afterCurrency(i int) bool {
	_, _, ok := g.p.Ends(i, lexicon.Currency)
	return ok
}

// figure reads the digits themselves, and thousands set apart by a space: "30 000".
func (g *grammar) figure(i int) (corvee.Decimal, int, bool) {
	t := g.p.Tokens[i]
	raw := g.p.View.Bytes[t.From:t.To]
	if len(raw) > maxDigits {
		return corvee.Decimal{}, i, false
	}
	text := string(bytes.ReplaceAll(raw, []byte(","), nil))
	next := i + 1
	if len(raw) <= 3 && g.p.Says(next, "000") && next < g.last && !g.p.Tokens[next].Glued {
		text, next = text+"000", next+1
	}
	d, err := corvee.ParseDecimal(text)
	return d, next, err == nil
}

// named reports whether the digits are part of a name or an ordinal: COVID-19, 2nd, 20s,
// No. 4, 3:30, 12.5.2020.
func (g *grammar) named(i int) bool {
	t := g.p.Tokens
	if i+1 < g.last && t[i+1].Glued {
		switch g.p.Word(i + 1) {
		case "st", "nd", "rd", "th", "s", ":":
			return !g.p.Mark(i+1, ':') || i+2 < g.last && t[i+2].Glued && t[i+2].Kind == segment.Number
		}
	}
	if i == 0 || !t[i].Glued {
		return false
	}
	prev := t[i-1]
	switch {
	case prev.Kind == segment.Word:
		_, _, currency := g.p.Ends(i, lexicon.Currency)
		return !currency
	case prev.Is('-') && prev.Glued && i >= 2:
		return t[i-2].Kind == segment.Word && !g.p.Is(i-2, lexicon.Approx)
	case prev.Is(':'), prev.Is('/'), prev.Is('#'), prev.Is('.'), prev.Is('@'):
		return true
	}
	return false
}
