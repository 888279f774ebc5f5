package shingle

// Print is one fingerprint of a text: the hash of a shingle and the token that it starts
// at.
type Print struct {
	Hash uint64
	At   int32
}

// window is how many neighbouring shingles send one fingerprint into the index: of any
// passage that two texts share and that is three tokens longer than a shingle, at least
// one fingerprint is the same in both.
const window = 4

// Shingles returns the hash of the shingle that starts at each token, in order; the last
// tokens, which no whole shingle starts at, have none.
func Shingles(tokens []Token) []uint64 {
	out := make([]uint64, 0, len(tokens))
	for i := range tokens {
		h, ok := shingleAt(tokens, i)
		if !ok {
			break
		}
		out = append(out, h)
	}
	return out
}

// shingleAt reads on until the weight is reached: eight steps at the most.
func shingleAt(tokens []Token, i int) (uint64, bool) {
	h, weight := basis, 0
	for ; i < len(tokens) && weight < shingleWeight; i++ {
		h = mix(h ^ tokens[i].Hash)
		weight += int(tokens[i].Weight)
	}
	return h, weight >= shingleWeight
}

// Winnow returns the least shingle of each window of four, the rightmost of equals, each
// named once, in the order of the text. A text that is shorter than a window has one; a
// text that is shorter than a shingle has none.
func Winnow(shingles []uint64) []Print {
	var prints []Print
	last := -1
	for start := 0; start == 0 || start+window <= len(shingles); start++ {
		least := -1
		for i := start; i < min(start+window, len(shingles)); i++ {
			if least < 0 || shingles[i] <= shingles[least] {
				least = i
			}
		}
		if least >= 0 && least != last {
			prints = append(prints, Print{shingles[least], int32(least)})
			last = least
		}
	}
	return prints
}
