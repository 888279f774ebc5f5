// Package screen says which listings a name or a row of a table may be, and why.
//
// What comes in: listings, once; then queries, one at a time; or a table of suppliers as
// bytes. What goes out: hits, each explained token by token, with the facts that agree
// and conflict. Its one idea: the index is immutable and Match is a pure function, so the
// same lists, query and settings always give the same hits, in any number of goroutines.
package screen

import (
	"cmp"
	"iter"
	"slices"
	"sync"

	"corvee"
	"corvee/internal/names"
	"corvee/screen/internal/index"
	"corvee/screen/internal/score"
)

// Index is the listings, ready to be screened against. It is immutable and safe for
// concurrent use.
type Index struct {
	layers   []*layer
	weights  Weights
	matchers *sync.Pool // what one query works with and the next uses again
}

// matcher is the memory of one query.
type matcher struct {
	names.Comparer
	units      []names.Unit
	layer      []index.Candidate
	candidates []candidate
	found      []found
}

func newIndex(w Weights, layers ...*layer) *Index {
	return &Index{layers, w, &sync.Pool{New: func() any { return new(matcher) }}}
}

// Build returns the index of listings. Their order does not change what is found.
func Build(listings iter.Seq[corvee.Listing], w Weights) *Index {
	return newIndex(w, buildLayer(listings))
}

// With returns an index that holds more listings too; x is as it was. The new ones are a
// layer of their own, so that it costs what they cost, however many x holds. A query asks
// all layers and compares the likeliest of all of them together, so the hits are those of
// one index of all listings, but for what an index knows of its words as a whole: a word
// that is common (600 names) only over both layers is not yet common in either, and a word
// whose two short halves stand in different layers is not cut. Each lets a layer find or leave
// a faint candidate; what a name scores is the same.
func (x *Index) With(more iter.Seq[corvee.Listing]) *Index {
	added := buildLayer(more)
	if added.listings.Len() == 0 {
		return x
	}
	return &Index{append(slices.Clone(x.layers), added), x.weights, x.matchers}
}

// Names returns how many names the index holds.
func (x *Index) Names() (n int) {
	for _, l := range x.layers {
		n += len(l.owner)
	}
	return n
}

// Listings returns how many listings the index holds.
func (x *Index) Listings() (n int) {
	for _, l := range x.layers {
		n += l.listings.Len()
	}
	return n
}

// Options narrow a result. The zero Options give ten hits above the default threshold.
type Options struct {
	Limit     int     // most hits; 0 is ten
	Threshold float64 // least score, 0 to 1; 0 is the default
}

// The defaults of Options.
const (
	DefaultLimit     = 10
	DefaultThreshold = 0.52 // at most one in a hundred registrants on no list is flagged: TestSharedPerturbed
)

// compared is how many candidates are compared in full for each query: what is not among
// the likeliest by its words alone has never been the answer in the measurements.
const compared = 24

// faint is the part of the best candidate's estimate under which one is not compared.
const faint = 0.3

// patience is how many candidates in a row may score under promising before the rest, which
// are less likely still, are left.
const (
	patience  = 5
	promising = 0.2
)

// slight is the name score under which no fact but a number makes a hit.
const slight = 0.02

// Match returns the listings that the query may be, the likeliest first: by band, then
// agreeing facts, then score, then id. A listing stands once, under the name that met
// best. A name without anything that tells parties apart has no hits by name, but a number
// or an address may lead to one. Leads to affiliates (band related) come last and may be
// under the threshold.
func (x *Index) Match(q corvee.Query, o Options) []corvee.Hit {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.Threshold <= 0 {
		o.Threshold = DefaultThreshold
	}
	w, _ := x.matchers.Get().(*matcher)
	defer x.matchers.Put(w)
	parsed := names.Parse(q.Name, kindOf(q.Type))
	w.Ask(parsed, x.weights.Name)
	hits := make([]corvee.Hit, 0, 4)
	for _, f := range x.lookFor(w, q, parsed) {
		if x.hopeless(q, f, o.Threshold) {
			continue
		}
		if h := x.hit(q, f, o.Threshold); h.Score >= o.Threshold || h.Band == corvee.BandRelated {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, ranked)
	hits = hits[:min(o.Limit, len(hits))]
	for i := range hits {
		hits[i].Tokens = w.explain(parsed, hits[i])
	}
	return hits
}

// found is the best name of a listing so far.
type found struct {
	layer       *layer
	owner, name int32
	score       float64
	kin         bool
	numbered    bool // by an identifier or an address, whatever its name
}

func (f found) of(l *layer, owner int32) bool { return f.layer == l && f.owner == owner }

// lookFor returns what a query may be: by its name, then by its numbers and address.
func (x *Index) lookFor(w *matcher, q corvee.Query, parsed names.Name) []found {
	w.found = w.found[:0]
	if !parsed.Empty() {
		x.bestNames(w, parsed)
		w.found = slices.DeleteFunc(w.found, func(f found) bool { return f.score < slight })
	}
	for _, key := range waysIn(q.Identifiers, addresses(q)) {
		if x.crowded(key) {
			continue
		}
		for _, l := range x.layers {
			for _, owner := range l.numbers.Of(key) {
				if !slices.ContainsFunc(w.found, func(f found) bool { return f.of(l, int32(owner)) }) {
					w.found = append(w.found, w.byNumber(l, int32(owner)))
				}
			}
		}
	}
	return w.found
}

func addresses(q corvee.Query) []string {
	if q.Address == "" {
		return nil
	}
	return []string{q.Address}
}

// byNumber compares the query with every name of a listing that a number led to.
func (w *matcher) byNumber(l *layer, owner int32) found {
	best := found{layer: l, owner: owner, name: int32(l.first[owner]), numbered: true}
	for name := l.first[owner]; name < l.first[owner+1]; name++ {
		if a := w.against(l, name); a.Score > best.score {
			best.name, best.score, best.kin = int32(name), a.Score, a.Kin
		}
	}
	return best
}

// against compares the query with a name of the index.
func (w *matcher) against(l *layer, name uint32) names.Alignment {
	w.units = l.index.Units(name, w.units)
	return w.With(names.Name{Units: w.units, Kind: l.index.Kind(name)})
}

// bestNames finds, for each listing among the candidates, its name that meets best.
func (x *Index) bestNames(w *matcher, q names.Name) {
	w.gather(x, q.Units)
	idle := 0
	for _, c := range w.candidates {
		if c.Estimate < faint*w.candidates[0].Estimate || idle == patience {
			break // they are in order
		}
		l := c.layer
		a := w.against(l, c.Name)
		f := found{layer: l, owner: l.owner[c.Name], name: int32(c.Name), score: a.Score, kin: a.Kin}
		if idle++; f.score >= promising {
			idle = 0
		}
		at := slices.IndexFunc(w.found, func(g found) bool { return g.of(l, f.owner) })
		switch {
		case at < 0:
			w.found = append(w.found, f)
		case f.score > w.found[at].score || f.score == w.found[at].score && f.name < w.found[at].name:
			w.found[at] = f
		}
	}
}

// hopeless reports, without unpacking a listing, what cannot become a hit: the name alone
// was asked for, and it is not near enough. A weak alias only lowers a score.
func (x *Index) hopeless(q corvee.Query, f found, threshold float64) bool {
	if q.Country != "" || len(q.Identifiers) > 0 || q.Address != "" || q.Type != "" || f.numbered {
		return false
	}
	p := score.Combine(f.score, nil, x.weights.Facts)
	return score.Rounded(p) < threshold && !score.Related(p, f.kin, threshold)
}

// hit adds the facts; its tokens are explained only if it is kept.
func (x *Index) hit(q corvee.Query, f found, threshold float64) corvee.Hit {
	l := f.layer.listings.At(int(f.owner))
	var name corvee.Name
	if at := int(uint32(f.name) - f.layer.first[f.owner]); at < len(l.Names) {
		name = l.Names[at]
	}
	facts := score.Facts(q, l)
	p := f.score
	if name.Kind == corvee.NameWeak {
		p *= x.weights.WeakAlias
	}
	if f.numbered {
		p = max(p, x.weights.Facts.Floor)
	}
	p = score.Combine(p, facts, x.weights.Facts)
	h := corvee.Hit{
		Query: q, Listing: l.Ref(), Matched: name.Value, Score: score.Rounded(p), Band: score.Band(p), Facts: facts,
	}
	if score.Related(p, f.kin, threshold) {
		h.Band = corvee.BandRelated
	}
	return h
}

func ranked(a, b corvee.Hit) int {
	return cmp.Or(
		cmp.Compare(score.Rank(a.Band), score.Rank(b.Band)),
		cmp.Compare(score.Agreeing(b.Facts), score.Agreeing(a.Facts)),
		cmp.Compare(b.Score, a.Score),
		cmp.Compare(a.Listing.ID, b.Listing.ID),
	)
}
