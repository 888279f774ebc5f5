package score

import (
	"slices"

	"corvee"
)

// cell counts one kind in one or more documents.
type cell struct {
	gold, found int
	right       [levels]int
}

func (c cell) plus(other cell) cell {
	c.gold += other.gold
	c.found += other.found
	for l := range c.right {
		c.right[l] += other.right[l]
	}
	return c
}

// cells holds a cell for each kind, in the order of corvee.Kinds.
type cells [11]cell

func (c *cells) add(other cells) {
	for k := range c {
		c[k] = c[k].plus(other[k])
	}
}

// ratio is right of scored; it is never turned into a float.
type ratio struct{ right, of int }

// result is one document after judging.
type result struct {
	document
	claims     []corvee.Claim
	pairs      []pair
	cells      cells
	slots      [slots]ratio
	unread     bool
	ungrounded int
}

func judge(d document, claims []corvee.Claim, unread bool) result {
	r := result{document: d, claims: inOrder(claims), unread: unread}
	r.pairs = match(d, r.claims)
	for _, g := range d.gold {
		r.cells[kindIndex(g.kind)].gold++
	}
	kinds := make([]corvee.Kind, len(r.claims))
	for j, c := range r.claims {
		kinds[j] = c.Kind
		if !grounded(d.text, c) {
			r.ungrounded++
		}
	}
	for _, p := range r.pairs {
		g := d.gold[p.gold]
		kinds[p.read] = g.kind // filed under a kind that is right as well
		for l := Detect; l <= reached(g, p.marks); l++ {
			r.cells[kindIndex(g.kind)].right[l]++
		}
		for s, m := range p.marks {
			r.slots[s].count(m)
		}
	}
	for _, k := range kinds {
		r.cells[kindIndex(k)].found++
	}
	return r
}

func (r *ratio) count(m mark) {
	if m != silent {
		r.of++
	}
	if m == agrees {
		r.right++
	}
}

func kindIndex(k corvee.Kind) int { return max(0, slices.Index(corvee.Kinds(), k)) }

// grounded reports whether the quote, every mention and every slot of a claim is in the
// text, byte for byte.
func grounded(t corvee.Text, c corvee.Claim) bool {
	for _, q := range append([]corvee.Quote{c.Quote}, c.Mentions...) {
		if q.Exact == "" || t.Ground(q) != nil {
			return false
		}
	}
	for _, s := range c.Slots {
		if _, err := t.Slice(s.Span); err != nil {
			return false
		}
	}
	return true
}

// Sums over kinds. Macro is the mean over the kinds that are annotated at all.
const (
	rowMicro       = "all kinds"
	rowMacro       = "mean of kinds"
	rowValued      = "valued kinds"
	rowQualitative = "other kinds"
)

// valued are the kinds that state a figure of people or money.
var valued = []corvee.Kind{corvee.KindHeadcount, corvee.KindWage, corvee.KindLevy, corvee.KindNetPay, corvee.KindTransfer}

// rowOfKinds is a row of the table: a sum over the kinds that are in, or the mean of all.
type rowOfKinds struct {
	name string
	in   [11]bool
	mean bool
}

// layout returns the rows of a language, in order: sums, then kinds.
func layout() []rowOfKinds {
	rows := []rowOfKinds{{name: rowMicro}, {name: rowValued}, {name: rowQualitative}, {name: rowMacro, mean: true}}
	for i, k := range corvee.Kinds() {
		figures := slices.Contains(valued, k)
		rows[0].in[i], rows[1].in[i], rows[2].in[i], rows[3].in[i] = true, figures, !figures, true
		row := rowOfKinds{name: string(k)}
		row.in[i] = true
		rows = append(rows, row)
	}
	return rows
}

func (r rowOfKinds) sum(counts *cells) cell {
	var sum cell
	for i, in := range r.in {
		if in {
			sum = sum.plus(counts[i])
		}
	}
	return sum
}

// f1 returns the F1 at each level.
func (r rowOfKinds) f1(counts *cells) (out [levels]PerMille) {
	if !r.mean {
		return r.sum(counts).f1()
	}
	var sum [levels]int
	kinds := 0
	for _, c := range counts {
		if c.gold == 0 {
			continue
		}
		kinds++
		for l, f := range c.f1() {
			sum[l] += int(f)
		}
	}
	for l := range out {
		out[l] = share(sum[l], kinds*1000)
	}
	return out
}

func (c cell) f1() (out [levels]PerMille) {
	for l := range out {
		out[l] = share(2*c.right[l], c.gold+c.found)
	}
	return out
}

// PerMille is a share of 1,000, or None where there is nothing to share.
type PerMille int

// None is the share of nothing.
const None PerMille = -1

// share rounds half up.
func share(part, whole int) PerMille {
	if whole == 0 {
		return None
	}
	return PerMille((2000*part + whole) / (2 * whole))
}

// draws is how often the bootstrap draws; interval is what it leaves at each end, 2.5 %.
const (
	draws = 1000
	tail  = draws * 25 / 1000
)

// splitmix is the generator of Steele, Lea and Flood (2014): one word of state, so a seed
// is all that a table depends on.
type splitmix uint64

func (s *splitmix) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number in [0, n); its bias is under n/2⁶⁴.
func (s *splitmix) below(n int) int { return int(s.next() % uint64(n)) }

// bootstrap draws stories with replacement and returns the counts of each draw.
func bootstrap(results []result, seed uint64) []cells {
	index := map[string]int{}
	var stories []cells
	for _, r := range results {
		i, ok := index[r.group()]
		if !ok {
			i = len(stories)
			index[r.group()] = i
			stories = append(stories, cells{})
		}
		stories[i].add(r.cells)
	}
	random := splitmix(seed)
	out := make([]cells, draws)
	for d := range out {
		for range stories {
			out[d].add(stories[random.below(len(stories))])
		}
	}
	return out
}

// bounds returns the 95 % percentile interval of a row at each level, over the draws that
// hold anything of the row.
func (r rowOfKinds) bounds(samples []cells) (low, high [levels]PerMille) {
	var values [levels][]PerMille
	for i := range samples {
		for l, f := range r.f1(&samples[i]) {
			if f != None {
				values[l] = append(values[l], f)
			}
		}
	}
	for l := range values {
		low[l], high[l] = None, None
		if n := len(values[l]); n > 0 {
			slices.Sort(values[l])
			cut := n * tail / draws
			low[l], high[l] = values[l][cut], values[l][n-1-cut]
		}
	}
	return low, high
}
