package resolve

import (
	"cmp"
	"maps"
	"slices"

	"corvee"
	"corvee/internal/forest"
	"corvee/internal/names"
)

// Join says that two handles are one, and why: a rule of the table, or a person.
type Join struct {
	A, B  string // ids of handles
	Rule  string // of the table; "" where a person said it
	Score float64
	By    *Judgement
}

// Held is a join that a "not the same" holds apart.
type Held struct {
	Join
	Apart Judgement // what holds it
}

type resolver struct {
	handles  []Handle
	ids      []string // of what is named, by position
	comparer names.Comparer
	asked    int // the handle that comparer was asked about, plus one
	crowded  int
	keys     map[string][]int
	opinion  map[pair]opinion
	apartOf  map[int][]int // by handle: those that it is judged not to be
	families forest.Forest
	members  map[int][]int // by root
	keep     map[int]kept  // by root: the handle whose id stays
	joins    []Join
	held     []Held
	scores   map[pair]float64
}

// kept is the handle that a person let keep its id, and when.
type kept struct {
	handle int
	seq    int64
}

func newResolver(named []Named, said []Judgement) *resolver {
	all, ids := handles(named)
	r := &resolver{handles: all, ids: ids, members: map[int][]int{}, keep: map[int]kept{}, scores: map[pair]float64{}, apartOf: map[int][]int{}}
	r.keys, r.crowded = index(r.handles)
	r.families = forest.New(len(r.handles))
	for i := range r.handles {
		r.members[i] = []int{i}
	}
	r.opinion = r.opinions(said)
	for p, o := range r.opinion {
		if o.word == corvee.JudgementDifferent {
			r.apartOf[p[0]], r.apartOf[p[1]] = append(r.apartOf[p[0]], p[1]), append(r.apartOf[p[1]], p[0])
		}
	}
	return r
}

func comparePairs(a, b pair) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

// judged joins what people said is the same, in the order in which they said it.
func (r *resolver) judged() {
	same := slices.SortedFunc(maps.Keys(r.opinion), func(a, b pair) int {
		return cmp.Or(cmp.Compare(r.opinion[a].first.Seq, r.opinion[b].first.Seq), comparePairs(a, b))
	})
	for _, p := range same {
		o := r.opinion[p]
		if o.word != corvee.JudgementSame {
			continue
		}
		j := Join{A: r.handles[o.left].ID, B: r.handles[p[0]+p[1]-o.left].ID, By: &o.first}
		if at, apart := r.between(p); apart {
			r.held = append(r.held, Held{j, r.opinion[at].first})
			continue
		}
		left := r.families.Root(o.left)
		stays, ok := r.keep[left]
		if !ok {
			stays = kept{o.left, o.first.Seq}
		}
		r.join(p, j)
		r.keep[r.families.Root(o.left)] = stays
	}
}

// between returns the first pair that is judged different and would come into one family if
// the pair p were joined.
func (r *resolver) between(p pair) (first pair, apart bool) {
	a, b := r.families.Root(p[0]), r.families.Root(p[1])
	if len(r.members[a]) > len(r.members[b]) {
		a, b = b, a
	}
	for _, m := range r.members[a] {
		for _, not := range r.apartOf[m] {
			if found := pairOf(m, not); r.families.Root(not) == b && (!apart || comparePairs(found, first) < 0) {
				first, apart = found, true
			}
		}
	}
	return first, apart
}

// join makes one family of two, whose kept id is the one that was said first.
func (r *resolver) join(p pair, j Join) {
	a, b := r.families.Root(p[0]), r.families.Root(p[1])
	r.joins = append(r.joins, j)
	if a == b {
		return
	}
	r.families.Join(a, b)
	root, other := min(a, b), max(a, b)
	r.members[root] = append(r.members[root], r.members[other]...)
	delete(r.members, other)
	mine, ok1 := r.keep[root]
	theirs, ok2 := r.keep[other]
	if ok2 && (!ok1 || theirs.seq < mine.seq) {
		mine = theirs
	}
	if ok1 || ok2 {
		r.keep[root] = mine
	}
	delete(r.keep, other)
}

// certain joins what a rule is sure of: the first rule first, of one rule the likelier pair.
// What people judged, unsure too, is theirs. A handle that a rule would join to each of two
// that are not the same is joined to neither.
func (r *resolver) certain() {
	var edges []edge
	edges = append(edges, r.widerPlaces()...)
	edges = append(edges, r.sameCities()...)
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(rule(a.rule).rank, rule(b.rule).rank), cmp.Compare(b.score, a.score), comparePairs(a.pair, b.pair))
	})
	edges = slices.DeleteFunc(edges, func(e edge) bool { _, said := r.opinion[e.pair]; return said })
	torn := r.torn(edges)
	for _, e := range edges {
		if torn[e.pair] {
			continue
		}
		j := Join{A: r.handles[e.pair[0]].ID, B: r.handles[e.pair[1]].ID, Rule: e.rule, Score: e.score}
		if at, apart := r.between(e.pair); apart {
			r.held = append(r.held, Held{j, r.opinion[at].first})
			continue
		}
		r.join(e.pair, j)
	}
}

type edge struct {
	pair  pair
	rule  string
	score float64
}

// torn are the edges one end of which has another edge to what its other end is judged not
// to be.
func (r *resolver) torn(edges []edge) map[pair]bool {
	there, out := map[pair]bool{}, map[pair]bool{}
	for _, e := range edges {
		there[e.pair] = true
	}
	for _, e := range edges {
		for i, end := range e.pair {
			far := e.pair[1-i]
			out[e.pair] = out[e.pair] || slices.ContainsFunc(r.apartOf[far], func(not int) bool { return not != end && there[pairOf(end, not)] })
		}
	}
	return out
}

// widerPlaces joins a name that is told of a wider place to the same name at the one place
// within it that bears it. Where two places within it do, it may be of either.
func (r *resolver) widerPlaces() (out []edge) {
	for _, list := range r.byName() {
		for _, i := range list {
			wide := &r.handles[i]
			var within []int
			for _, j := range list {
				if i != j && beneath(r.handles[j].At, wide.At) && r.handles[j].At != wide.At {
					within = append(within, j)
				}
			}
			if !wide.Telling || !chain(r.handles, within) {
				continue
			}
			for _, j := range within {
				out = append(out, edge{pairOf(i, j), "wider-place", 1})
			}
		}
	}
	return out
}

// byName groups the handles of parties by their folded name.
func (r *resolver) byName() map[string][]int {
	out := map[string][]int{}
	for i, h := range r.handles {
		if h.Kind == Party {
			out[h.fold] = append(out[h.fold], i)
		}
	}
	return out
}

// chain reports whether the places of handles lie one in the other.
func chain(all []Handle, list []int) bool {
	for n, i := range list {
		for _, j := range list[n+1:] {
			if !nested(all[i].At, all[j].At) {
				return false
			}
		}
	}
	return true
}

// sameCities joins names in one city that agree so well that only one party can be meant.
func (r *resolver) sameCities() (out []edge) {
	least := rule("same-city").Score
	r.pairs(cityKey, func(p pair) {
		a, b := &r.handles[p[0]], &r.handles[p[1]]
		if a.Kind == Place || a.fold == b.fold || !a.Fine || !b.Fine || !nested(a.At, b.At) || !a.Telling || !b.Telling || len(differing(a, b)) > 0 {
			return
		}
		if !soundsLike(a, b) {
			return
		}
		if s := r.score(p); s >= least {
			out = append(out, edge{p, "same-city", s})
		}
	})
	return out
}

// pairs visits each two handles of one kind that share a key, once.
func (r *resolver) pairs(of func(key string) bool, visit func(pair)) {
	seen := map[pair]bool{}
	for key, list := range r.keys {
		if !of(key) {
			continue
		}
		for n, i := range list {
			for _, j := range list[n+1:] {
				if p := pairOf(i, j); !seen[p] {
					seen[p] = true
					visit(p)
				}
			}
		}
	}
}

// soundsLike reports whether two names of one script share the sound of a telling part; of
// two scripts, whose readings may meet otherwise, it says yes. One trade in one city makes
// no party, and comparing all who share it costs most.
func soundsLike(a, b *Handle) bool {
	return a.script != b.script || slices.ContainsFunc(a.sounds, func(s string) bool { return slices.Contains(b.sounds, s) })
}

// score is how likely the names of two handles are of one party.
func (r *resolver) score(p pair) float64 {
	if s, done := r.scores[p]; done {
		return s
	}
	w := names.DefaultWeights()
	if r.asked != p[0]+1 {
		r.comparer.Ask(r.handles[p[0]].parsed, w)
		r.asked = p[0] + 1
	}
	s := r.comparer.With(r.handles[p[1]].parsed).Score
	r.scores[p] = s
	return s
}

func foldOf(name string) string { return fold(names.Parse(name, names.Company), name) }
