// Package han reads numbers as Chinese writes them: folded characters in, an exact value
// and how much of the text it took out.
//
// Its one idea: digits of either script are one grammar of groups (个 千 万 亿 兆), read
// once for its low and once for its high end where two digits stand for a range (四五百),
// so that "2万3000", "两万三" and "二万三千" are the same number.
package han

import (
	"unicode/utf8"

	"corvee"
)

// Number is one number. An open one (数千) has no high end.
type Number struct {
	corvee.Range
	Share  bool           // a part in a hundred: 七成, 三分之一, 百分之七十
	Scale  corvee.Decimal // the last scale (千, 万) of the figure; unknown without one
	Bare   bool           // a scale by itself: 千 in 近千人 is a number only by what stands around it
	Plain  bool           // written in Arabic digits, without a scale
	Single bool           // one Han digit alone: 一, 两
}

// Read reads the number that s begins with; the second result is its length in bytes, 0
// when s begins with none.
func Read(s string) (Number, int) {
	if n, size := fixed(s); size > 0 {
		return n, size
	}
	whole, size := figure(s)
	if size == 0 {
		return Number{}, 0
	}
	if n, size := parts(s, whole, size); size > 0 {
		return n, size
	}
	return whole, size
}

// fixed are numbers that are words of their own.
func fixed(s string) (Number, int) {
	for _, f := range [...]struct {
		form string
		low  int64
	}{
		{"数以十万计", 100_000}, {"数以万计", 10_000}, {"数以千计", 1000}, {"数以百计", 100},
		{"成百上千", 100}, {"成千上万", 1000}, {"上百万", 1_000_000}, {"上千万", 10_000_000},
		{"上十万", 100_000}, {"上百", 100}, {"上千", 1000}, {"上万", 10_000}, {"上亿", 100_000_000},
		{"成百", 100}, {"成千", 1000},
	} {
		if len(s) >= len(f.form) && s[:len(f.form)] == f.form {
			return Number{Range: corvee.Range{Low: corvee.Int(f.low), Approx: true}, Scale: corvee.Int(f.low)}, len(f.form)
		}
	}
	return Number{}, 0
}

// parts reads shares, whose first figure is whole and size long: 百分之七十, 三分之二, 七成,
// 七成半, 2.5折.
func parts(s string, whole Number, size int) (Number, int) {
	rest, gap := unspaced(s[size:])
	if r, ok := cut(rest, "分之"); ok {
		return fraction(whole, s, len(s)-len(r))
	}
	for _, tenth := range [...]string{"成", "折"} {
		if r, ok := cut(rest, tenth); ok && whole.High.Known() && !whole.Bare && !goesOn(r) && (gap == 0 || tenth == "折" || !whole.Plain) {
			return tenths(whole, s, len(s)-len(r), tenth)
		}
	}
	return Number{}, 0
}

// goesOn reports whether 成 is the head of another word here: 成员, 成本.
func goesOn(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	switch r {
	case '员', '本', '为', '立', '功', '年', '品', '果', '长', '熟', '分', '交', '就', '套', '都', '绩', '衣', '人', '批', '份':
		return true
	}
	return false
}

func fraction(whole Number, s string, at int) (Number, int) {
	n, ok := whole.Low, whole.Low.Known() && whole.Low.Sign() > 0
	part, size := figure(s[at:])
	if !ok || size == 0 || !part.High.Known() {
		return Number{}, 0
	}
	low, a := percent(part.Low, n)
	high, b := percent(part.High, n)
	return Number{Range: corvee.Range{Low: low, High: high, Approx: part.Approx || a || b}, Share: true}, at + size
}

// percent returns part in a hundred of whole, to one place when it does not come out even;
// then the second result is true.
func percent(part, whole corvee.Decimal) (corvee.Decimal, bool) {
	hundred := part.Mul(corvee.Int(100))
	if exact := hundred.Div(whole, maxPlaces); exact.Mul(whole).Cmp(hundred) == 0 {
		return exact, false
	}
	return hundred.Div(whole, 1), true
}

// maxPlaces is how many places of a share are kept when it comes out even.
const maxPlaces = 9

func tenths(whole Number, s string, at int, unit string) (Number, int) {
	ten := corvee.Int(10)
	if unit == "折" && whole.Low.Cmp(ten) >= 0 { // 75折
		ten = corvee.Int(1)
	}
	low, high := whole.Low.Mul(ten), whole.High.Mul(ten)
	if r, ok := cut(s[at:], "半"); ok {
		low, high, at = low.Add(corvee.Int(5)), high.Add(corvee.Int(5)), len(s)-len(r)
	} else if rest, gap := unspaced(s[at:]); rest != "" {
		if d, size := digit(rest); size > 0 && d > 0 && unit == "成" { // 七成六
			low, high, at = low.Add(corvee.Int(int64(d))), high.Add(corvee.Int(int64(d))), at+gap+size
		}
	}
	if high.Cmp(corvee.Int(100)) > 0 {
		return Number{}, 0
	}
	return Number{Range: corvee.Range{Low: low, High: high, Approx: whole.Approx}, Share: true}, at
}

// figure reads a number proper, and the words that make it open or rough.
func figure(s string) (Number, int) {
	low := reader{s: s}
	if !low.read() {
		return Number{}, 0
	}
	n := Number{Scale: low.scale, Bare: low.bare, Plain: low.plain && !low.scale.Known(), Single: low.single}
	n.Low, n.High, n.Approx = low.value, low.value, low.rough
	if low.pair {
		high := reader{s: s, high: true}
		high.read()
		n.High, n.Approx = high.value, true
	}
	if low.open {
		n.High, n.Approx = corvee.Decimal{}, true
	}
	return n, low.at
}

func cut(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return s, false
}

// unspaced returns s without one space before it, and the length of that space.
func unspaced(s string) (string, int) {
	if len(s) > 0 && s[0] == ' ' {
		return s[1:], 1
	}
	return s, 0
}
