package screen

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/names"
	"corvee/screen/internal/index"
	"corvee/screen/internal/pack"
	"corvee/screen/internal/score"
)

// layer is listings that were indexed together.
type layer struct {
	listings pack.Listings // by id
	first    []uint32      // listing → its first name; one more at the end
	owner    []int32       // name → listing
	index    *index.Index
	numbers  *index.Keys // identifiers and addresses → listings
}

func buildLayer(listings iter.Seq[corvee.Listing]) *layer {
	all := slices.Collect(listings)
	slices.SortStableFunc(all, func(a, b corvee.Listing) int { return cmp.Compare(a.ID, b.ID) })
	b, numbers := index.NewBuilder(), index.NewKeyBuilder()
	x := &layer{first: make([]uint32, 1, len(all)+1)}
	for i, l := range all {
		for _, n := range l.Names {
			b.Add(names.Parse(n.Value, kindOf(l.Type)))
		}
		x.first = append(x.first, x.first[i]+uint32(len(l.Names)))
		if len(l.Names) == 0 {
			continue // a hit says which name it is under
		}
		for _, key := range waysIn(l.Identifiers, l.Addresses) {
			numbers.Add(key, uint32(i))
		}
	}
	x.listings, x.index, x.numbers = pack.Of(all), b.Build(), numbers.Build()
	x.own()
	return x
}

// own notes whose each name is.
func (x *layer) own() {
	x.owner = make([]int32, 0, x.first[len(x.first)-1])
	for i := range len(x.first) - 1 {
		for range x.first[i+1] - x.first[i] {
			x.owner = append(x.owner, int32(i))
		}
	}
}

// candidate is a name that is worth comparing, and where it is.
type candidate struct {
	index.Candidate
	layer *layer
}

// gather finds the likeliest names of all layers, in the order in which one index would give
// them: by estimate, then by their listings' ids.
func (w *matcher) gather(x *Index, q []names.Unit) {
	w.candidates = w.candidates[:0]
	for _, l := range x.layers {
		w.layer = l.index.Candidates(q, compared, w.layer)
		for _, c := range w.layer {
			w.candidates = append(w.candidates, candidate{c, l})
		}
	}
	if len(x.layers) == 1 {
		return
	}
	slices.SortStableFunc(w.candidates, func(a, b candidate) int {
		if a.layer == b.layer || a.Estimate != b.Estimate {
			return cmp.Or(cmp.Compare(b.Estimate, a.Estimate), cmp.Compare(a.Name, b.Name))
		}
		return cmp.Compare(a.id(), b.id())
	})
	w.candidates = w.candidates[:min(compared, len(w.candidates))]
}

func (c candidate) id() string { return c.layer.listings.ID(int(c.layer.owner[c.Name])) }

// crowded reports a number or a piece of an address that too many listings have.
func (x *Index) crowded(key string) bool {
	n := 0
	for _, l := range x.layers {
		n += len(l.numbers.Of(key))
	}
	return n > index.Most
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
