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
	parsed   []names.Name
	index    *index.Index
	weights  Weights
}

// Build returns the index of listings. Their order does not change what is found.
func Build(listings iter.Seq[corvee.Listing], w Weights) *Index {
	x := &Index{weights: w}
	for l := range listings {
		x.listings = append(x.listings, l)
	}
	slices.SortStableFunc(x.listings, func(a, b corvee.Listing) int { return cmp.Compare(a.ID, b.ID) })
	for i, l := range x.listings {
		for j, n := range l.Names {
			x.owner, x.alias = append(x.owner, int32(i)), append(x.alias, int32(j))
			x.parsed = append(x.parsed, names.Parse(n.Value, kindOf(l.Type)))
		}
	}
	x.index = index.New(x.parsed)
	return x
}

// Names returns how many names the index holds.
func (x *Index) Names() int { return len(x.parsed) }

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
	DefaultThreshold = 0.5
)

// compared is how many candidates are compared in full for each query.
const compared = 48

// Match returns the listings that the query may be, the likeliest first: by band, then
// agreeing facts, then score, then id. A listing stands once, under the name that met
// best. A name without anything that tells parties apart has no hits by name.
func (x *Index) Match(q corvee.Query, o Options) []corvee.Hit {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.Threshold <= 0 {
		o.Threshold = DefaultThreshold
	}
	parsed := names.Parse(q.Name, kindOf(q.Type))
	if parsed.Empty() {
		return nil
	}
	best := map[int32]found{}
	for _, id := range x.index.Candidates(parsed, compared) {
		a := names.Compare(parsed, x.parsed[id], x.weights.name())
		owner := x.owner[id]
		if f, ok := best[owner]; !ok || better(a.Score, id, f) {
			best[owner] = found{id, a}
		}
	}
	hits := make([]corvee.Hit, 0, len(best))
	for owner, f := range best {
		if h := x.hit(q, parsed, x.listings[owner], f); h.Score >= o.Threshold {
			hits = append(hits, h)
		}
	}
	slices.SortFunc(hits, ranked)
	return hits[:min(o.Limit, len(hits))]
}

// found is the best name of a listing so far.
type found struct {
	name      int32
	alignment names.Alignment
}

func better(score float64, id int32, than found) bool {
	return score > than.alignment.Score || score == than.alignment.Score && id < than.name
}

func (x *Index) hit(q corvee.Query, parsed names.Name, l corvee.Listing, f found) corvee.Hit {
	name := l.Names[x.alias[f.name]]
	facts := score.Facts(q, l)
	p := score.Combine(f.alignment.Score, facts, x.weights.Facts)
	if name.Kind == corvee.NameWeak {
		p *= x.weights.WeakAlias
	}
	return corvee.Hit{
		Query: q, Listing: l.Ref(), Matched: name.Value, Score: score.Rounded(p),
		Band: score.Band(p), Tokens: explain(parsed, x.parsed[f.name], f.alignment), Facts: facts,
	}
}

func ranked(a, b corvee.Hit) int {
	return cmp.Or(
		cmp.Compare(score.Rank(a.Band), score.Rank(b.Band)),
		cmp.Compare(score.Agreeing(b.Facts), score.Agreeing(a.Facts)),
		cmp.Compare(b.Score, a.Score),
		cmp.Compare(a.Listing.ID, b.Listing.ID),
	)
}
