package shingle

import (
	"cmp"
	"slices"
)

// Index finds the places of a text where a shingle stands.
type Index struct {
	tokens []Token
	places []Print  // by hash, then place
	sieve  []uint64 // a bit for each hash, by its last digits: most shingles of another text are told by it
}

// NewIndex indexes a text for alignment. The cost is n log n.
func NewIndex(tokens []Token) *Index {
	shingles := Shingles(tokens)
	places := make([]Print, len(shingles))
	for i, h := range shingles {
		places[i] = Print{h, int32(i)}
	}
	slices.SortFunc(places, func(a, b Print) int {
		return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.At, b.At))
	})
	x := &Index{tokens, places, make([]uint64, sieveWords(len(places)))}
	for _, p := range places {
		word, bit := x.place(p.Hash)
		x.sieve[word] |= bit
	}
	return x
}

// sieveWords gives each shingle eight bits at least, in a power of two.
func sieveWords(shingles int) int {
	words := 1
	for words*8 < shingles {
		words *= 2
	}
	return words
}

func (x *Index) place(hash uint64) (word int, bit uint64) {
	return int(hash>>6) & (len(x.sieve) - 1), 1 << (hash & 63)
}

// mayHold reports whether a shingle may stand in the text; false is sure.
func (x *Index) mayHold(hash uint64) bool {
	word, bit := x.place(hash)
	return x.sieve[word]&bit != 0
}

// Run is a stretch of tokens that stands in both texts: N tokens from token A of the
// one and token B of the other.
type Run struct{ A, B, N int }

// maxPlaces is how many places of one shingle are tried. A text that says one thing over
// and over would otherwise cost its length squared.
const maxPlaces = 8

// Align returns the longest runs of a that stand in the indexed text, in the order of a.
// They overlap neither in a nor in the indexed text, each is at least a shingle long, and
// each is equal token by token. A passage that is repeated is found up to eight times. The
// cost is linear in the length of a for texts that are not made to hurt, and bounded by
// eight times that.
func (x *Index) Align(a []Token) []Run {
	used := make([]bool, len(x.tokens))
	var runs []Run
	from := 0 // the tokens of a before it are spent
	for i := 0; i < len(a); {
		best := x.best(a, i, from, used)
		if best.N == 0 {
			i++
			continue
		}
		for k := best.B; k < best.B+best.N; k++ {
			used[k] = true
		}
		runs = append(runs, best)
		i = best.A + best.N
		from = i
	}
	return runs
}

// best extends every place of the shingle at i both ways and keeps the longest run.
func (x *Index) best(a []Token, i, from int, used []bool) Run {
	hash, ok := shingleAt(a, i)
	if !ok || !x.mayHold(hash) {
		return Run{}
	}
	at, _ := slices.BinarySearchFunc(x.places, hash, func(p Print, h uint64) int { return cmp.Compare(p.Hash, h) })
	var best Run
	for tried := 0; at < len(x.places) && x.places[at].Hash == hash && tried < maxPlaces; at++ {
		tried++
		if used[x.places[at].At] {
			continue
		}
		if run := x.extend(a, i, int(x.places[at].At), from, used); run.N > best.N && weightOf(a[run.A:run.A+run.N]) >= shingleWeight {
			best = run
		}
	}
	return best
}

func (x *Index) extend(a []Token, i, j, from int, used []bool) Run {
	start, end := 0, 0
	for i-start > from && j-start > 0 && !used[j-start-1] && a[i-start-1].Hash == x.tokens[j-start-1].Hash {
		start++
	}
	for i+end < len(a) && j+end < len(x.tokens) && !used[j+end] && a[i+end].Hash == x.tokens[j+end].Hash {
		end++
	}
	return Run{i - start, j - start, start + end}
}

func weightOf(tokens []Token) int {
	weight := 0
	for _, t := range tokens {
		weight += int(t.Weight)
		if weight >= shingleWeight {
			break
		}
	}
	return weight
}

// Weight returns how much text the tokens are, in fortieths of a shingle.
func Weight(tokens []Token) int {
	weight := 0
	for _, t := range tokens {
		weight += int(t.Weight)
	}
	return weight
}

// Passages counts the runs after those are joined that stand within gap tokens of one
// another in both texts, as a passage does in which an editor changed a word. The runs
// must be in the order of Align.
func Passages(runs []Run, gap int) int {
	n := 0
	for i, r := range runs {
		if i > 0 {
			last := runs[i-1]
			a, b := r.A-last.A-last.N, r.B-last.B-last.N
			if a <= gap && b >= 0 && b <= gap {
				continue
			}
		}
		n++
	}
	return n
}
