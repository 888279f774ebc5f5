package score

// What the laws need to see from inside.
var (
	Assign    = assign
	Sentences = sentences
	SameLabel = sameLabel
	Fold      = fold
)
