package quantity

import (
	"bytes"
	"unicode/utf8"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// number reads one number: digits and scales in any mix (3천5백, 1억 2천700만), native
// words (서른네), Chinese ones (이백), what is vague (수십) and parts (3분의 1).
func (g *korean) number(i int) (figures, int, bool) {
	if i >= g.last || g.taken(i) {
		return figures{}, i, false
	}
	if n, next, ok := g.fraction(i); ok {
		return n, next, true
	}
	if s, next, ok := g.at(i, lexicon.Num); ok {
		return g.native(s, next)
	}
	if g.named(i) {
		g.skip = i + 1
		return figures{}, i, false
	}
	return g.mixed(i)
}

func (g *korean) native(s lexicon.Sense, next int) (figures, int, bool) {
	item := g.p.Item(s)
	low := g.value(s, "value")
	n := figures{value: corvee.Exactly(low), words: true, approx: item.Attr("approx") != ""}
	if item.Attr("high") != "" {
		n.value.High = g.value(s, "high")
	}
	if item.Attr("open") != "" {
		n.value.High, n.value.Approx = corvee.Decimal{}, true
	}
	return n, next, low.Known()
}

// fraction reads "3분의 1" and "절반".
func (g *korean) fraction(i int) (figures, int, bool) {
	if s, next, ok := g.at(i, lexicon.Fraction); ok {
		if utf8.RuneCount(g.p.View.Bytes[g.p.Tokens[i].From:g.p.Tokens[next-1].To]) == 1 && !(next < g.last && g.p.Tokens[next].Glued && g.p.Is(next, lexicon.Particle)) {
			return figures{}, i, false
		}
		return figures{value: corvee.Exactly(g.value(s, "value")), share: true}, next, true
	}
	if !g.taggedFigure(i) || !g.p.Says(i+1, "분") || !g.p.Says(i+2, "의") || i+3 >= g.last {
		return figures{}, i, false
	}
	b, okB := g.small(i)
	a, okA := g.small(i + 3)
	if !okA || !okB || b.Sign() <= 0 || a.Cmp(b) > 0 {
		return figures{}, i, false
	}
	hundred := a.Mul(corvee.Int(100))
	r := corvee.Exactly(hundred.Div(b, 1))
	r.Approx = r.Low.Mul(b).Cmp(hundred) != 0
	return figures{value: r, share: true}, i + 4, true
}

// small reads the digits or the number word of one token.
func (g *korean) small(i int) (corvee.Decimal, bool) {
	if g.taggedFigure(i) {
		d, err := corvee.ParseDecimal(g.p.Word(i))
		return d, err == nil
	}
	r, _ := utf8.DecodeRune(g.p.View.Bytes[g.p.Tokens[i].From:])
	n, ok := lexicon.SinoDigit(r)
	return corvee.Int(n), ok
}

// named reports whether digits belong to a name: 코로나19, 제2397, T-14.
func (g *korean) named(i int) bool {
	t := g.p.Tokens
	if i >= g.last || t[i].Kind != segment.Number || i == 0 || !t[i].Glued {
		return false
	}
	switch prev := t[i-1]; {
	case prev.Kind == segment.Number, prev.Is('.'), prev.Is('/'), prev.Is('#'), prev.Is(':'), prev.Is('@'):
		return true
	case prev.Is('-'):
		return i >= 2 && prev.Glued && t[i-2].Kind == segment.Word && !g.p.Is(i-2, lexicon.Particle) && !g.unitBefore(i-1)
	case prev.Kind == segment.Word:
		return !g.p.Known(i - 1)
	}
	return false
}

func (g *korean) unitBefore(i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Currency, lexicon.Counter, lexicon.Measure, lexicon.Percent, lexicon.Scale} {
		if _, _, ok := g.p.Ends(i, c); ok {
			return true
		}
	}
	return false
}

// sum adds up what scales make of digits: 4천 820만 is (4000 + 820) x 10000.
type sum struct {
	total, section, digit corvee.Decimal
	hasDigit              bool
	started               bool
	last                  corvee.Decimal // scale
	big                   corvee.Decimal // least scale of ten thousand or more so far
	vague                 bool
}

var (
	zero        = corvee.Int(0)
	tenThousand = corvee.Int(10_000)
)

func (s *sum) put(d corvee.Decimal) bool {
	if s.hasDigit {
		return false
	}
	s.digit, s.hasDigit, s.started = d, true, true
	return true
}

func (s *sum) scale(by corvee.Decimal) {
	if by.Cmp(tenThousand) < 0 {
		if !s.hasDigit {
			s.digit = corvee.Int(1)
		}
		s.section = s.section.Add(s.digit.Mul(by))
	} else {
		n := s.section
		if s.hasDigit {
			n = n.Add(s.digit)
		}
		if n.Sign() == 0 {
			n = corvee.Int(1)
		}
		if s.big.Known() && by.Cmp(s.big) >= 0 { // 만억: the whole is scaled again
			s.total = s.total.Add(n).Mul(by)
		} else {
			s.total = s.total.Add(n.Mul(by))
		}
		s.section, s.big = zero, by
	}
	s.hasDigit, s.started, s.last = false, true, by
}

func (s *sum) result() corvee.Decimal {
	n := s.total.Add(s.section)
	if s.hasDigit {
		n = n.Add(s.digit)
	}
	return n
}

// maxParts is the most tokens of one number; what goes on is another.
const maxParts = 12

// mixed reads digits, scales and Chinese number words.
func (g *korean) mixed(i int) (figures, int, bool) {
	s := sum{total: zero, section: zero}
	n := figures{bare: true}
	at := i
	for k := 0; k < maxParts && at < g.last && !g.taken(at); k++ {
		next, ok := g.part(&s, &n, at, at == i)
		if !ok {
			break
		}
		at = next
	}
	if !s.started {
		return figures{}, i, false
	}
	d := s.result()
	if !d.Known() {
		return figures{}, i, false
	}
	n.value, n.scale = corvee.Exactly(d), s.last
	if s.vague {
		n.value = corvee.Range{Low: d, Approx: true}
	}
	return n, at, true
}

// part reads one token of a number.
func (g *korean) part(s *sum, n *figures, i int, first bool) (int, bool) {
	t := g.p.Tokens[i]
	if t.Kind == segment.Number {
		return g.digits(s, i, first)
	}
	if sense, next, ok := g.at(i, lexicon.Scale); ok && (!first || next < g.last) {
		if first && !g.opensNumber(next) || !first && !t.Glued && !s.hasDigit {
			return i, false
		}
		s.scale(g.value(sense, "value"))
		return next, true
	}
	if _, next, ok := g.at(i, lexicon.ApproxPost); ok && !first && t.Glued { // 20여만 명
		if sense, after, ok := g.at(next, lexicon.Scale); ok && g.p.Tokens[next].Glued {
			n.approx = true
			s.scale(g.value(sense, "value"))
			return after, true
		}
		return i, false
	}
	if t.Kind != segment.Word || g.p.Known(i) || !first && !t.Glued && s.hasDigit {
		return i, false
	}
	return g.chinese(s, n, i)
}

// opensNumber reports whether a scale by itself begins a number: "천 4백만", "백여 명".
func (g *korean) opensNumber(next int) bool {
	if next < g.last && g.p.Tokens[next].Glued && g.p.Says(next, "여") {
		return true
	}
	if !g.taggedFigure(next) || next+1 >= g.last {
		return false
	}
	if g.p.Tokens[next].Glued { // 천600여 명
		return true
	}
	r, _ := utf8.DecodeRune(g.p.View.Bytes[g.p.Tokens[next+1].From:])
	_, scale := lexicon.SinoScale(r)
	return scale && g.p.Tokens[next+1].Glued
}

func (g *korean) digits(s *sum, i int, first bool) (int, bool) {
	t := g.p.Tokens[i]
	raw := g.p.View.Bytes[t.From:t.To]
	if len(raw) > maxDigits || !first && g.named(i) && !g.p.Is(i-1, lexicon.Scale) {
		return i, false
	}
	d, err := corvee.ParseDecimal(string(bytes.ReplaceAll(raw, []byte(","), nil)))
	if err != nil || !first && (!s.last.Known() || d.Cmp(s.last) >= 0) {
		return i, false
	}
	return i + 1, s.put(d)
}

// maxSyllables is the longest number in words: 구천구백구십구만구천구백구십구 and some.
const maxSyllables = 20

// chinese reads a token of number syllables. A token of one syllable, or with another
// syllable in it, is a word.
func (g *korean) chinese(s *sum, n *figures, i int) (int, bool) {
	t := g.p.Tokens[i]
	raw := g.p.View.Bytes[t.From:t.To]
	if n := utf8.RuneCount(raw); n < 2 || n > maxSyllables {
		return i, false
	}
	was := *s
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		raw = raw[size:]
		if d, ok := lexicon.SinoDigit(r); ok {
			if !s.put(corvee.Int(d)) {
				*s = was
				return i, false
			}
			continue
		}
		if by, ok := lexicon.SinoScale(r); ok {
			s.scale(corvee.Int(by))
			continue
		}
		if r != '수' && r != '몇' {
			*s = was
			return i, false
		}
		s.vague = true
	}
	n.words, n.bare = true, false
	return i + 1, true
}
