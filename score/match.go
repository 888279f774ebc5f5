package score

import (
	"encoding/json"
	"slices"
	"strings"

	"corvee"
)

// pair is one annotation with the claim that it was matched to, by index.
type pair struct {
	gold, read int
	marks      marks
}

// Weights of a match. Another pair always outweighs a better one, so that no quality of
// one pair costs a second.
const (
	weightKind   = 16 // the annotated kind, not one that is right as well
	weightAlso   = 15
	weightValue  = 4
	weightPlace  = 2
	weightSource = 1
	// nearest is what a tie leaves to offsets, in bytes; what is farther apart is all alike.
	nearest = 1 << 16
)

// match pairs annotations and claims of one document one-to-one with the greatest total
// weight. Claims stand in text order, so that their order of arrival never counts.
func match(d document, claims []corvee.Claim) []pair {
	edges := make([][]int64, len(d.gold))
	seen := make(map[[2]int]marks)
	for i, g := range d.gold {
		edges[i] = make([]int64, len(claims))
		for j, c := range claims {
			m := compare(g, c, d.record.Publisher)
			if !d.eligible(g, c, m) {
				continue
			}
			edges[i][j] = d.edge(g, c, m)
			seen[[2]int{i, j}] = m
		}
	}
	var pairs []pair
	for i, j := range assign(edges) {
		if j >= 0 {
			pairs = append(pairs, pair{i, j, seen[[2]int{i, j}]})
		}
	}
	return pairs
}

// eligible asks for the same kind and for half of the shorter span, or the same sentence.
// A text that is not the annotated one has no spans to go by: there the value decides.
func (d document) eligible(g statement, c corvee.Claim, m marks) bool {
	if g.kind != c.Kind && !slices.Contains(g.also, c.Kind) {
		return false
	}
	if d.asFacts {
		return m[slotValue] == agrees
	}
	for _, span := range g.spans {
		for _, own := range spansOf(c) {
			if half(span, own) || d.sentenceOf(span) == d.sentenceOf(own) {
				return true
			}
		}
	}
	return false
}

func half(a, b corvee.Span) bool {
	return a.Overlap(b) > 0 && 2*a.Overlap(b) >= min(a.Len(), b.Len())
}

// sentenceOf returns the sentence in which a span begins.
func (d document) sentenceOf(s corvee.Span) int {
	i, _ := slices.BinarySearchFunc(d.sentences, s.Start, func(sentence corvee.Span, start int) int {
		switch {
		case sentence.End <= start:
			return -1
		case sentence.Start > start:
			return 1
		}
		return 0
	})
	return i
}

// spansOf returns a claim's quote and the further mentions of the same claim.
func spansOf(c corvee.Claim) []corvee.Span {
	spans := []corvee.Span{c.Quote.Span}
	for _, q := range c.Mentions {
		spans = append(spans, q.Span)
	}
	return spans
}

// edge packs what decides a match into one number, the weightier first: the weight, how
// near the spans are, how many slots stand. Sums over a document never carry over.
func (d document) edge(g statement, c corvee.Claim, m marks) int64 {
	pairs := int64(len(d.gold) + 1)
	near := nearest - d.distance(g, c)
	standing := int64(0)
	for _, one := range m {
		if one != differs {
			standing++
		}
	}
	return (weight(g, c, m)*nearest*pairs+near)*int64(slots+1)*pairs + standing
}

func weight(g statement, c corvee.Claim, m marks) int64 {
	w := int64(weightKind)
	if g.kind != c.Kind {
		w = weightAlso
	}
	if m[slotValue] == agrees {
		w += weightValue
	}
	if m[slotPlace] == agrees {
		w += weightPlace
	}
	if m[slotClass] == agrees && m[slotOutlet] != differs {
		w += weightSource
	}
	return w
}

// distance is how far apart the nearest spans of a pair begin and end, in bytes, below
// nearest.
func (d document) distance(g statement, c corvee.Claim) int64 {
	least := int64(nearest - 1)
	for _, a := range g.spans {
		for _, b := range spansOf(c) {
			least = min(least, gap(a.Start, b.Start)+gap(a.End, b.End))
		}
	}
	return least
}

func gap(a, b int) int64 { return int64(max(a-b, b-a)) }

// inOrder returns the claims in text order, with a full tie-break, so that no order of
// arrival is left.
func inOrder(claims []corvee.Claim) []corvee.Claim {
	sorted := slices.Clone(claims)
	slices.SortStableFunc(sorted, func(a, b corvee.Claim) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return strings.Compare(written(a), written(b))
	})
	return sorted
}

// written tells apart two claims of one kind and quote that bear no identifier yet.
func written(c corvee.Claim) string {
	line, err := json.Marshal(c)
	if err != nil {
		return "" // an order among what cannot be written is not asked for
	}
	return string(line)
}
