package segment

// Sentence is a run of tokens, First to Last half-open.
type Sentence struct {
	First, Last int
	Fragment    bool // no closing mark: a heading, a caption, a list entry
}

// maxSentence is the most tokens of one sentence. Longer runs are tables or noise; they
// are cut so that no later stage can cost more than linear time.
const maxSentence = 400

// Sentences appends the sentences of the tokens to out. abbreviation says whether the token
// before a full stop only shortens a word.
func Sentences(v *View, tokens []Token, abbreviation func(int) bool, out []Sentence) []Sentence {
	first := 0
	for i := 0; i < len(tokens); i++ {
		if i-first >= maxSentence {
			out = append(out, Sentence{First: first, Last: i, Fragment: true})
			first = i
		}
		if !closes(v, tokens, i, abbreviation) {
			continue
		}
		i = withClosers(v, tokens, i)
		out = append(out, Sentence{First: first, Last: i + 1})
		first = i + 1
	}
	if first < len(tokens) {
		out = append(out, Sentence{First: first, Last: len(tokens), Fragment: true})
	}
	return out
}

// closes reports whether a sentence ends with token i and its closing quotes: a stop, and
// then no lower-case word (which would go on: “…?” she said).
func closes(v *View, tokens []Token, i int, abbreviation func(int) bool) bool {
	t := tokens[i]
	if !t.Is('.') && !t.Is('!') && !t.Is('?') && !isWideStop(v, t) {
		return i > 0 && pointed(v, tokens, i) && nextIsSentence(v, tokens, i)
	}
	if t.Is('.') && i > 0 && t.Glued && abbreviation(i-1) {
		return false
	}
	return nextIsSentence(v, tokens, i)
}

// pointed reports whether token i is an abbreviation with its own points (U.S.) that may
// end a sentence.
func pointed(v *View, tokens []Token, i int) bool {
	t := tokens[i]
	return t.Kind == Word && t.To-t.From > 3 && v.Bytes[t.To-1] == '.'
}

func nextIsSentence(v *View, tokens []Token, i int) bool {
	if pointed(v, tokens, i) { // "the U.S. Treasury" goes on; "in the U.S. The" does not
		return i+1 < len(tokens) && tokens[i+1].Capital && opensSentence(v, tokens[i+1])
	}
	j := withClosers(v, tokens, i) + 1
	if j >= len(tokens) {
		return true
	}
	next := tokens[j]
	if next.Glued && next.Kind != Mark {
		return j > i+1 || next.Capital // "salary.He": OCR lost the space
	}
	return next.Kind != Word || next.Capital
}

// opensSentence reports whether a capital word is one that opens sentences, not a name.
func opensSentence(v *View, t Token) bool {
	switch string(v.Bytes[t.From:t.To]) {
	case "the", "a", "an", "in", "it", "they", "he", "she", "there", "this", "that", "these", "but", "and", "on", "at", "we", "some", "many", "most", "according":
		return true
	}
	return false
}

func isWideStop(v *View, t Token) bool {
	if t.Kind != Mark && t.To-t.From != 3 {
		return false
	}
	switch string(v.Bytes[t.From:t.To]) {
	case "。", "！", "？":
		return true
	}
	return false
}

// withClosers returns the index of the last stop, closing quote or bracket that belongs to
// the stop at i.
func withClosers(v *View, tokens []Token, i int) int {
	for i+1 < len(tokens) {
		t := tokens[i+1]
		if !t.Glued || t.Kind != Mark {
			break
		}
		if !t.Is('.') && !t.Is('!') && !t.Is('?') && !t.Is(')') && !t.Is(']') && !closesQuote(v, tokens, i+1) {
			break
		}
		i++
	}
	return i
}

func closesQuote(v *View, tokens []Token, i int) bool {
	if !tokens[i].Is('"') && !tokens[i].Is('\'') {
		return false
	}
	return i+1 == len(tokens) || !tokens[i+1].Glued
}
