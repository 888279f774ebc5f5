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

// rowNames are the rows of a language, in order: sums, then kinds.
func rowNames() []string {
	names := []string{rowMicro, rowValued, rowQualitative, rowMacro}
	for _, k := range corvee.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// row returns the sum that a row stands for; rowMacro has none of its own.
func (c *cells) row(name string) cell {
	var sum cell
	for i, k := range corvee.Kinds() {
		in := name == string(k) || name == rowMicro || name == rowMacro
		in = in || name == rowValued && slices.Contains(valued, k) || name == rowQualitative && !slices.Contains(valued, k)
		if in {
			sum = sum.plus(c[i])
		}
	}
	return sum
}

// f1 returns the F1 of a row at a level.
func (c *cells) f1(name string, l Level) PerMille {
	if name != rowMacro {
		sum := c.row(name)
		return share(2*sum.right[l], sum.gold+sum.found)
	}
	sum, n := 0, 0
	for _, k := range c {
		if k.gold > 0 {
			sum += int(share(2*k.right[l], k.gold+k.found))
			n++
		}
	}
	return share(sum, n*1000)
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

// bounds returns the 95 % percentile interval of a row at a level, over the draws that
// hold anything of the row.
func bounds(samples []cells, name string, l Level) (low, high PerMille) {
	var values []PerMille
	for i := range samples {
		if f := samples[i].f1(name, l); f != None {
			values = append(values, f)
		}
	}
	if len(values) == 0 {
		return None, None
	}
	slices.Sort(values)
	cut := len(values) * tail / draws
	return values[cut], values[len(values)-1-cut]
}
