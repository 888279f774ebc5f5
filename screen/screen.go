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
	"strings"

	"corvee"
	"corvee/internal/names"
	"corvee/screen/internal/index"
	"corvee/screen/internal/score"
)

// Index is the listings, ready to be screened against. It is immutable and safe for
// concurrent use.
type Index struct {
	listings []corvee.Listing
	owner    []int32 // name → listing
	alias    []int32 // name → which of the listing's names
	first    []int32 // listing → its first name; one more at the end
	index    *index.Index
	numbers  *index.Keys // identifiers and addresses → listings
	weights  Weights
}

// Build returns the index of listings. Their order does not change what is found.
func Build(listings iter.Seq[corvee.Listing], w Weights) *Index {
	x := &Index{weights: w}
	for l := range listings {
		x.listings = append(x.listings, l)
	}
	slices.SortStableFunc(x.listings, func(a, b corvee.Listing) int { return cmp.Compare(a.ID, b.ID) })
	b, numbers := index.NewBuilder(), index.NewKeyBuilder()
	for i, l := range x.listings {
		for _, key := range waysIn(l.Identifiers, l.Addresses) {
			numbers.Add(key, uint32(i))
		}
		x.first = append(x.first, int32(len(x.owner)))
		for j, n := range l.Names {
			x.owner, x.alias = append(x.owner, int32(i)), append(x.alias, int32(j))
			b.Add(names.Parse(n.Value, kindOf(l.Type)))
		}
	}
	x.first = append(x.first, int32(len(x.owner)))
	x.index, x.numbers = b.Build(), numbers.Build()
	return x
}

// Names returns how many names the index holds.
func (x *Index) Names() int { return len(x.owner) }

// Listings returns how many listings the index holds.
func (x *Index) Listings() int { return len(x.listings) }

func kindOf(t corvee.PartyType) names.Kind {
	switch t {
	case corvee.PartyPerson:
		return names.Person
	case corvee.PartyOrganisation:
		return names.Company
	case corvee.PartyVessel, corvee.PartyAircraft:
		return names.Thing
	}
	return names.Unknown
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
	parsed := names.Parse(q.Name, kindOf(q.Type))
	hits := make([]corvee.Hit, 0, 4)
	for _, f := range x.found(q, parsed) {
		if h := x.hit(q, f, o.Threshold); h.Score >= o.Threshold || h.Band == corvee.BandRelated {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, ranked)
	hits = hits[:min(o.Limit, len(hits))]
	for i := range hits {
		hits[i].Tokens = x.explain(parsed, hits[i])
	}
	return hits
}

// found is the best name of a listing so far.
type found struct {
	owner, name int32
	score       float64
	kin         bool
	numbered    bool // by an identifier or an address, whatever its name
}

// found returns what a query may be: by its name, then by its numbers and address.
func (x *Index) found(q corvee.Query, parsed names.Name) []found {
	var out []found
	if !parsed.Empty() {
		out = slices.DeleteFunc(x.bestNames(parsed), func(f found) bool { return f.score < slight })
	}
	for _, key := range waysIn(q.Identifiers, addresses(q)) {
		for _, owner := range x.numbers.Of(key) {
			if !slices.ContainsFunc(out, func(f found) bool { return f.owner == int32(owner) }) {
				out = append(out, x.byNumber(parsed, int32(owner)))
			}
		}
	}
	return out
}

func addresses(q corvee.Query) []string {
	if q.Address == "" {
		return nil
	}
	return []string{q.Address}
}

// waysIn returns the keys by which a party is found beside its name: each number, and each
// pair of telling words of an address that stand beside a number.
func waysIn(numbers []corvee.Identifier, addresses []string) []string {
	var out []string
	for _, n := range numbers {
		if key := score.Key(n); key != "" {
			out = append(out, key)
		}
	}
	for _, a := range addresses {
		words := score.Telling(a)
		for i := 1; i < len(words); i++ {
			if strings.ContainsAny(words[i]+words[i-1], "0123456789") {
				out = append(out, words[i-1]+" "+words[i])
			}
		}
	}
	return out
}

// byNumber compares the query with every name of a listing that a number led to.
func (x *Index) byNumber(q names.Name, owner int32) found {
	best := found{owner: owner, name: x.first[owner], numbered: true}
	var units []names.Unit
	for name := x.first[owner]; name < x.first[owner+1]; name++ {
		units = x.index.Units(uint32(name), units)
		m := names.Name{Units: units, Kind: x.index.Kind(uint32(name))}
		if a := names.Compare(q, m, x.weights.name()); a.Score > best.score {
			best.name, best.score, best.kin = name, a.Score, a.Kin
		}
	}
	return best
}

// bestNames returns, for each listing among the candidates, its name that meets best.
func (x *Index) bestNames(q names.Name) []found {
	var out []found
	var units []names.Unit
	candidates := x.index.Candidates(q.Units, compared)
	idle := 0
	for _, c := range candidates {
		if c.Estimate < faint*candidates[0].Estimate || idle == patience {
			break // they are in order
		}
		units = x.index.Units(c.Name, units)
		a := names.Compare(q, names.Name{Units: units, Kind: x.index.Kind(c.Name)}, x.weights.name())
		f := found{owner: x.owner[c.Name], name: int32(c.Name), score: a.Score, kin: a.Kin}
		if idle++; f.score >= promising {
			idle = 0
		}
		at := slices.IndexFunc(out, func(g found) bool { return g.owner == f.owner })
		switch {
		case at < 0:
			out = append(out, f)
		case f.score > out[at].score || f.score == out[at].score && f.name < out[at].name:
			out[at] = f
		}
	}
	return out
}

// hit adds the facts; its tokens are explained only if it is kept.
func (x *Index) hit(q corvee.Query, f found, threshold float64) corvee.Hit {
	l := &x.listings[f.owner]
	name := l.Names[x.alias[f.name]]
	facts := score.Facts(q, *l)
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
