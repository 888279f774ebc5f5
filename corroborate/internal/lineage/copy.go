package lineage

import (
	"cmp"
	"fmt"
	"slices"

	"corvee"
	"corvee/internal/forest"
	"corvee/internal/shingle"
)

// Bounds of what is called a copy. 0.05 with two passages: at it, the hand-annotated
// real reports gave no false pair in about 380. The others: docs/methods/lineage.md.
const (
	leastCover   = 50  // thousandths of the shorter report that must stand in the longer
	strongCover  = 300 // from here one passage is enough
	immuneCover  = 600 // from here it is no boilerplate, in however many reports it stands
	wholeCover   = 800 // of both reports: a reprint; of one: an abridgement
	excerptCover = 150 // of the shorter, with one passage of five shingles: 25 words, 40 characters;
	longPassage  = 200 // else a translation back into the first language would pass for a copy
	leastWeight  = 120 // three shingles outside quotation marks
	gap          = 3   // tokens that an editor may change within a passage
	boilerplate  = 8   // families of reports that a passage may stand in
	postings     = 64  // reports that a fingerprint is remembered for, earliest first
)

// overlap is what two reports share word for word; a stands before b in the order of
// prepare.
type overlap struct {
	a, b     int
	cover    int // thousandths of the shorter, by weight, outside quotations too
	ofA, ofB int // thousandths of each
	passages int
	own      int // weight shared outside quotation marks
	longest  int // weight of the longest run outside them
	shared   int // weight shared in all
	runs     []shingle.Run
	immune   bool
}

// copies returns every pair that shares enough to be called a copy, in order.
func copies(reports []*report) []overlap {
	index := newPostings(reports)
	var found []overlap
	for b := range reports {
		candidates := index.meet(b)
		if len(candidates) == 0 {
			continue
		}
		aligned := shingle.NewIndex(reports[b].tokens)
		for _, a := range candidates {
			if o := compare(reports, a, b, aligned); o.cover >= leastCover && o.own >= leastWeight {
				found = append(found, o)
			}
		}
	}
	return index.withoutBoilerplate(reports, found)
}

func compare(reports []*report, a, b int, aligned *shingle.Index) overlap {
	return measure(reports, overlap{a: a, b: b, runs: aligned.Align(reports[a].tokens)})
}

// measure fills in the figures of an overlap from its runs.
func measure(reports []*report, o overlap) overlap {
	ra := reports[o.a]
	shared := 0
	o.own, o.longest = 0, 0
	outside := o.runs[:0:0]
	for _, run := range o.runs {
		own := 0
		for k := run.A; k < run.A+run.N; k++ {
			shared += int(ra.tokens[k].Weight)
			if !ra.quoted[k] {
				own += int(ra.tokens[k].Weight)
			}
		}
		if own >= 20 {
			outside = append(outside, run)
		}
		o.own += own
		o.longest = max(o.longest, own)
	}
	o.passages = shingle.Passages(outside, gap)
	o.shared = shared
	shorter := max(1, min(ra.weight, reports[o.b].weight))
	o.cover = 1000 * shared / shorter
	o.ofA, o.ofB = 1000*shared/max(1, ra.weight), 1000*shared/max(1, reports[o.b].weight)
	o.immune = o.cover >= immuneCover && o.own >= leastWeight
	return o
}

// posting is the index of fingerprints: for each, the earliest reports that hold it.
type posting struct {
	reports []*report
	lists   map[uint64][]int32
	held    map[uint64]int32 // by how many reports in all
	kinds   []int            // different fingerprints of each report
	counts  []int32
	common  []int32 // of counts, those by fingerprints that very many hold
}

func newPostings(reports []*report) *posting {
	p := &posting{
		reports: reports, lists: map[uint64][]int32{}, held: map[uint64]int32{},
		kinds: make([]int, len(reports)), counts: make([]int32, len(reports)), common: make([]int32, len(reports)),
	}
	for i, r := range reports {
		different := distinct(r.prints)
		p.kinds[i] = len(different)
		for _, f := range different {
			p.held[f]++
			if len(p.lists[f]) < postings {
				p.lists[f] = append(p.lists[f], int32(i))
			}
		}
	}
	return p
}

func distinct(prints []shingle.Print) []uint64 {
	out := make([]uint64, 0, len(prints))
	for _, p := range prints {
		out = append(out, p.Hash)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// meet returns the earlier reports that b may be a copy of, or they of it. Reports that
// share only what very many reports hold must share much of it: a page's footer is no
// reason to look closer.
func (p *posting) meet(b int) []int {
	var touched []int
	for _, f := range distinct(p.reports[b].prints) {
		for _, a := range p.lists[f] {
			if int(a) >= b {
				break
			}
			if p.counts[a] == 0 {
				touched = append(touched, int(a))
			}
			p.counts[a]++
			if p.held[f] > postings {
				p.common[a]++
			}
		}
	}
	slices.Sort(touched)
	out := touched[:0]
	for _, a := range touched {
		least := min(p.kinds[a], p.kinds[b])
		rare := p.counts[a] - p.common[a]
		if int(p.counts[a])*50 >= least && (rare > 0 || 1000*int(p.common[a]) >= strongCover*least) {
			out = append(out, a)
		}
		p.counts[a], p.common[a] = 0, 0
	}
	return out
}

// withoutBoilerplate drops from overlaps the runs that stand in many families of
// reports: the paragraph on a resolution that every report of an agency ends with. A
// family is what overlaps of most of a report join, so that a story printed by three
// hundred papers is one; those are left alone.
func (p *posting) withoutBoilerplate(reports []*report, found []overlap) []overlap {
	kept := families{forest.New(len(reports))}
	for _, o := range found {
		if o.immune {
			kept.Join(o.a, o.b)
		}
	}
	spread := map[uint64]int{}
	for f, list := range p.lists {
		spread[f] = kept.count(list)
	}
	out := found[:0]
	for _, o := range found {
		if !o.immune {
			o.runs = slices.DeleteFunc(o.runs, func(run shingle.Run) bool {
				return p.everywhere(reports[o.a], run, spread)
			})
			o = measure(reports, o)
		}
		if o.own >= leastWeight && (o.cover >= strongCover || o.cover >= leastCover && o.passages >= 2) {
			out = append(out, o)
		}
	}
	return out
}

// everywhere reports whether most fingerprints of a run stand in many families. Not all:
// those at its ends were chosen by what stands beside it.
func (p *posting) everywhere(r *report, run shingle.Run, spread map[uint64]int) bool {
	at, _ := slices.BinarySearchFunc(r.prints, int32(run.A), func(f shingle.Print, a int32) int { return cmp.Compare(f.At, a) })
	wide, all := 0, 0
	for ; at < len(r.prints) && int(r.prints[at].At) < run.A+run.N; at++ {
		if spread[r.prints[at].Hash] >= boilerplate {
			wide++
		}
		all++
	}
	return all > 0 && 2*wide >= all
}

// kind is what the dependent report is, given how many thousandths of the other stand in
// it: all of it is a reprint, whatever is added; a part is an abridgement.
func (o overlap) kind(toCover int) corvee.LineageKind {
	switch {
	case toCover >= wholeCover:
		return corvee.LineageReprint
	case o.cover >= strongCover, o.cover >= excerptCover && o.longest >= longPassage:
		return corvee.LineageAbridgement
	}
	return corvee.LineageRetelling
}

// evidence says what was found, for people.
func (o overlap) evidence() string {
	noun := "passages"
	if o.passages == 1 {
		noun = "passage"
	}
	return fmt.Sprintf("%d %% of the shorter stands in the longer, %d %s", min(100, (o.cover+5)/10), o.passages, noun)
}
