package screen

import (
	"corvee/internal/names"
	"corvee/screen/internal/score"
)

// Weights are everything that a score is made of. They are printed with each result.
type Weights struct {
	Name      NameWeights
	Facts     FactWeights
	WeakAlias float64 // what a weak alias is worth of a name
}

// NameWeights weigh the parts of two names.
type NameWeights = names.Weights

// FactWeights weigh what else is known of two parties.
type FactWeights = score.Weights

// DefaultWeights are the weights that the measurements in the package's tests were made
// with.
func DefaultWeights() Weights {
	return Weights{Name: names.DefaultWeights(), Facts: score.DefaultWeights(), WeakAlias: 0.9}
}
