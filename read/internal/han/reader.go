package han

import (
	"strings"
	"unicode/utf8"

	"corvee"
)

// reader reads one figure from the left. Groups that a 万, 亿 or 兆 has closed are in
// closed, what is left of the present group in group, and a digit that waits for its scale
// in last.
type reader struct {
	s    string
	at   int
	high bool // of two digits for one place, take the second

	closed, group, last corvee.Decimal
	scale               corvee.Decimal // of the last scale word
	big                 corvee.Decimal // of the last of 万 亿 兆
	zero                bool           // 零 stood before the last digit

	value  corvee.Decimal
	pair   bool // two digits for one place: 四五百
	open   bool // 数, 几
	rough  bool // 余, 多, 来
	bare   bool // a scale with no digit before it
	plain  bool // Arabic digits
	single bool
	done   bool // nothing may follow but a scale
}

// maxFigure bounds how many words of a number are read.
const maxFigure = 48

func (r *reader) read() bool {
	start := 0
	for range maxFigure {
		rest, gap := unspaced(r.s[r.at:])
		if r.at == start && gap > 0 || rest == "" {
			break
		}
		size := r.step(rest, gap)
		if size == 0 {
			break
		}
		r.at += gap + size
	}
	if r.at == 0 {
		return false
	}
	r.close()
	return r.value.Known() && (!r.open || r.scale.Known())
}

// step takes one word of the number; it returns 0 where the number ends.
func (r *reader) step(rest string, gap int) int {
	if size := r.arabic(rest, gap); size > 0 {
		return size
	}
	if scale, size := scaleOf(rest); size > 0 {
		return r.scaled(scale, size)
	}
	if r.done {
		return 0
	}
	if size := r.twenties(rest); size > 0 {
		return size
	}
	if size := r.vague(rest); size > 0 {
		return size
	}
	if gap > 0 && r.last.Known() {
		return 0
	}
	return r.digits(rest)
}

// arabic takes digits with groups of thousands and a decimal point.
func (r *reader) arabic(rest string, gap int) int {
	n := 0
	for n < len(rest) && '0' <= rest[n] && rest[n] <= '9' {
		n++
	}
	if n == 0 || r.last.Known() || r.done || gap > 0 && !r.scale.Known() {
		return 0
	}
	for n < len(rest) {
		more := digitsAt(rest, n+1)
		if rest[n] != ',' || more != 3 {
			if rest[n] == '.' && more > 0 && digitsEnd(rest, n+1+more) {
				n += 1 + more
			}
			break
		}
		n += 1 + more
	}
	d, err := corvee.ParseDecimal(strings.ReplaceAll(rest[:n], ",", ""))
	if err != nil || n > maxDigits || r.scale.Known() && d.Cmp(r.scale) >= 0 {
		return 0
	}
	r.last, r.plain = d, true
	if n > 1 {
		r.zero = true // 3万50 is 30050
	}
	return n
}

// maxDigits is the most characters of a figure that is read; a longer one counts nothing.
const maxDigits = 30

func digitsAt(s string, i int) int {
	n := 0
	for i+n < len(s) && '0' <= s[i+n] && s[i+n] <= '9' {
		n++
	}
	return n
}

// digitsEnd reports whether no further point and digits follow: 12.5.2020 is no number.
func digitsEnd(s string, i int) bool {
	return i+1 >= len(s) || s[i] != '.' || s[i+1] < '0' || s[i+1] > '9'
}

// twenties takes 廿 and 卅, which are twenty and thirty in one character.
func (r *reader) twenties(rest string) int {
	c, size := utf8.DecodeRuneInString(rest)
	n := map[rune]int64{'廿': 20, '卅': 30}[c]
	if n == 0 || r.last.Known() || r.group.Known() && r.scale.Cmp(hundred) < 0 {
		return 0
	}
	r.group, r.scale, r.zero = plus(r.group, corvee.Int(n)), ten, false
	return size
}

// digits takes Han digits: one, two for a range, or a row of them read by place (二〇一九).
func (r *reader) digits(rest string) int {
	var row []int
	n := 0
	for n < len(rest) {
		d, size := digit(rest[n:])
		if size == 0 {
			break
		}
		row, n = append(row, d), n+size
	}
	if len(row) == 0 || r.last.Known() {
		return r.point(rest)
	}
	for row[0] == 0 && len(row) > 1 && r.at > 0 {
		row, r.zero = row[1:], true
	}
	switch {
	case len(row) == 1:
		if row[0] == 0 && r.at > 0 {
			r.zero = true
			return n
		}
		r.last, r.single = corvee.Int(int64(row[0])), r.at == 0
	case len(row) == 2 && neighbours(row[0], row[1]) && !r.zero:
		r.pair = true
		r.last = corvee.Int(int64(row[0]))
		if r.high {
			r.last = corvee.Int(int64(row[1]))
		}
	default:
		if r.at > 0 {
			return 0
		}
		r.last, r.plain = byPlace(row), true
		r.zero = true
	}
	return n
}

// neighbours reports whether two digits are said together for a range: 三四, 三五.
func neighbours(a, b int) bool { return a > 0 && (b == a+1 || a == 3 && b == 5) }

func byPlace(row []int) corvee.Decimal {
	var b strings.Builder
	for _, d := range row {
		b.WriteByte(byte('0' + d))
	}
	d, err := corvee.ParseDecimal(strings.TrimLeft(b.String(), "0"))
	if err != nil {
		return corvee.Decimal{}
	}
	return d
}

// point takes 点 and what follows: 一点五. 七点二十 is a time of day and no number.
func (r *reader) point(rest string) int {
	after, ok := cut(rest, "点")
	if !ok || !r.last.Known() && !r.group.Known() || r.pair {
		return 0
	}
	var b strings.Builder
	n := len(rest) - len(after)
	for {
		d, size := digit(rest[n:])
		if size == 0 {
			break
		}
		b.WriteByte(byte('0' + d))
		n += size
	}
	next, _ := scaleOf(rest[n:])
	if b.Len() == 0 || next.Known() && next.Cmp(corvee.Int(100)) < 0 || strings.HasPrefix(rest[n:], "分") {
		return 0
	}
	places, err := corvee.ParseDecimal("0." + b.String())
	if err != nil {
		return 0
	}
	r.last, r.done, r.zero = plus(r.last, places), true, true
	return n
}

// vague takes 数 and 几 before or after a scale, and 余, 多, 来 after one or after digits.
func (r *reader) vague(rest string) int {
	c, size := utf8.DecodeRuneInString(rest)
	switch c {
	case '数', '几':
		next, _ := scaleOf(rest[size:])
		if r.last.Known() || !next.Known() && (!r.scale.Known() || c == '数') {
			return 0
		}
		if next.Known() && !r.scale.Known() {
			r.last = corvee.Int(1)
		}
		r.open = true
		return size
	case '余', '多', '来':
		if r.at == 0 || r.rough || c == '来' && !counted(rest[size:]) || c == '多' && runOf(rest[size:], "达", "于", "少", "次") {
			return 0
		}
		if next, _ := scaleOf(rest[size:]); next.Known() && r.bare && !r.last.Known() {
			r.open = true // 十余万
		}
		r.rough = true
		if !r.last.Known() && !r.scale.Known() {
			return 0
		}
		r.settle()
		r.done = true
		return size
	}
	return 0
}

func runOf(rest string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// counted reports whether something that is counted follows, or a scale.
func counted(rest string) bool {
	if _, size := scaleOf(rest); size > 0 {
		return true
	}
	return runOf(rest, "名", "人", "个", "位", "户", "家", "岁", "天", "年", "元", "块", "万", "间", "艘", "所")
}

// settle puts a waiting digit into its group, so that only scales can follow.
func (r *reader) settle() {
	if r.last.Known() {
		r.group, r.last = plus(r.group, r.tail()), corvee.Decimal{}
	}
}

// tail is what the last digit is worth: 五 of 四百五 is fifty.
func (r *reader) tail() corvee.Decimal {
	if r.scale.Known() && !r.zero && r.scale.Cmp(corvee.Int(100)) >= 0 && r.last.Cmp(corvee.Int(10)) < 0 {
		return r.last.Mul(r.scale).Div(corvee.Int(10), 0)
	}
	return r.last
}

// scaled takes a scale word.
func (r *reader) scaled(scale corvee.Decimal, size int) int {
	if scale.Cmp(corvee.Int(10_000)) < 0 {
		return r.small(scale, size)
	}
	present := plus(r.group, r.last)
	switch {
	case !present.Known() && !r.closed.Known():
		present, r.bare = corvee.Int(1), true
		r.closed = present.Mul(scale)
	case !present.Known() && !r.zero, r.big.Known() && scale.Cmp(r.big) > 0: // 万亿, 三十一万多亿
		r.closed = plus(r.closed, present).Mul(scale)
	case r.big.Known() && scale.Cmp(r.big) == 0:
		return 0
	default:
		r.closed = plus(r.closed, present.Mul(scale))
	}
	r.group, r.last = corvee.Decimal{}, corvee.Decimal{}
	r.scale, r.big, r.zero, r.done, r.single = scale, scale, false, r.rough, false
	return size
}

func (r *reader) small(scale corvee.Decimal, size int) int {
	if r.done || r.rough || r.group.Known() && r.scale.Known() && scale.Cmp(r.scale) >= 0 {
		return 0
	}
	n := r.last
	if !n.Known() {
		ten := scale.Cmp(corvee.Int(10)) == 0
		if !ten && r.at > 0 {
			return 0
		}
		n, r.bare = corvee.Int(1), r.at == 0
	} else {
		r.bare = false
	}
	r.group, r.last = plus(r.group, n.Mul(scale)), corvee.Decimal{}
	r.scale, r.zero, r.single = scale, false, false
	return size
}

// close adds up what was read.
func (r *reader) close() {
	if r.last.Known() {
		r.bare = false
		r.group = plus(r.group, r.tail())
	}
	r.value = plus(r.closed, r.group)
	if r.bare && (r.scale.Cmp(corvee.Int(10)) == 0 || r.rough || r.open) {
		r.bare = false
	}
}

func plus(a, b corvee.Decimal) corvee.Decimal {
	switch {
	case !a.Known():
		return b
	case !b.Known():
		return a
	}
	return a.Add(b)
}
