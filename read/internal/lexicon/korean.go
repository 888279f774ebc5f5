package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"corvee/read/internal/segment"
)

// Korean is the orthography of Korean: words between spaces fall into stems, particles and
// endings, as far as the lexicon knows them.
type Korean struct{}

// Forms inflects "v:보내", a verb or adjective by its stem, with "b:", "d:" or "s:" for
// stems that change their ㅂ, ㄷ or ㅅ. Words that a row parts by a space may be written
// without it.
func (Korean) Forms(entry string) []Inflected {
	kind, rest, marked := strings.Cut(entry, ":")
	var forms []Inflected
	switch {
	case marked && kind == "v":
		forms = conjugate(rest, "")
	case marked && (kind == "b" || kind == "d" || kind == "s"):
		forms = conjugate(rest, kind)
	default:
		forms = []Inflected{{entry, 0}}
	}
	out := forms
	for _, f := range forms {
		for _, text := range unspaced(f.Text) {
			out = append(out, Inflected{text, f.Form})
		}
	}
	return out
}

// maxSpaces is how many spaces of a row's word may each be left out.
const maxSpaces = 3

// unspaced returns the word with some or all of its spaces left out.
func unspaced(word string) []string {
	parts := strings.Split(word, " ")
	n := len(parts) - 1
	if n < 1 || n > maxSpaces || word[0] < utf8.RuneSelf {
		return nil
	}
	var out []string
	for mask := range 1<<n - 1 { // each bit keeps a space; all kept is the word itself
		s := parts[0]
		for i := range n {
			if mask&(1<<i) != 0 {
				s += " "
			}
			s += parts[i+1]
		}
		out = append(out, s)
	}
	return out
}

// Sentences ends them at stops, but for a stop inside a quotation that goes on behind its
// mark: “…했다.”고 말했다.
func (Korean) Sentences(p *Passage, out []segment.Sentence) []segment.Sentence {
	first, t := 0, p.Tokens
	for i := 0; i < len(t); i++ {
		if i-first >= maxSentence {
			out = append(out, segment.Sentence{First: first, Last: i, Fragment: true})
			first = i
		}
		if !p.Mark(i, '.') && !p.Mark(i, '!') && !p.Mark(i, '?') && !p.Says(i, "。") {
			continue
		}
		j := i
		for j+1 < len(t) && t[j+1].Glued && (p.Mark(j+1, '.') || p.Mark(j+1, '"') || p.Mark(j+1, '\'') || p.Mark(j+1, ')') || p.Mark(j+1, '?') || p.Mark(j+1, '!')) {
			j++
		}
		if j+1 < len(t) && t[j+1].Glued && (j > i || t[j+1].Kind == segment.Number || t[i-min(i, 1)].Kind == segment.Number) {
			i = j
			continue
		}
		out = append(out, segment.Sentence{First: first, Last: j + 1})
		first, i = j+1, j
	}
	if first < len(t) {
		out = append(out, segment.Sentence{First: first, Last: len(t), Fragment: true})
	}
	return out
}

// maxSentence is the most tokens of a sentence; longer runs are cut.
const maxSentence = 400

// Clauses begins a clause after an ending that joins clauses ("-고", "-지만"), unless an
// auxiliary follows ("-고 있다"), and after a semicolon.
func (Korean) Clauses(p *Passage, first, last int) {
	clause := uint16(0)
	if first > 0 {
		clause = p.Tokens[first-1].Clause + 1
	}
	for i := first; i < last; i++ {
		if i > first && p.koreanClause(i) {
			clause++
		}
		p.Tokens[i].Clause = clause
	}
}

func (p *Passage) koreanClause(i int) bool {
	if p.Mark(i-1, ';') {
		return true
	}
	at := i
	if p.Mark(i-1, ',') || p.Mark(i-1, '"') && i >= 2 {
		at = i - 1
	}
	if p.Mark(i, ',') {
		return false
	}
	s, start, ok := p.Ends(at, Ending)
	if !ok || !p.Tokens[start].Glued {
		return false
	}
	switch p.Item(s).ID {
	case "and":
		return !p.Is(i, Auxiliary)
	case "but", "quote_and", "quote":
		return !p.Is(start, Particle) || at != i || !p.Says(start, "이나") && !p.Says(start, "나") // 공장이나 식당
	}
	return false
}

// Tokens cuts a folded text. A run of Hangul or Han is cut where the lexicon knows words,
// particles and endings; see cutter.
func (Korean) Tokens(l *Lexicon, v *segment.View, out []segment.Token) []segment.Token {
	c := cutter{l: l, v: v}
	for i := 0; i < len(v.Bytes); {
		b := v.Bytes[i]
		switch {
		case b == ' ':
			i++
			continue
		case '0' <= b && b <= '9':
			out = append(out, segment.Piece(v, i, segment.NumberEnd(v.Bytes, i), segment.Number))
		case 'a' <= b && b <= 'z':
			out = append(out, segment.Piece(v, i, segment.LatinEnd(v, i), segment.Word))
		default:
			if end := runEnd(v.Bytes, i); end > i {
				out = c.run(i, end, out)
				i = end
				continue
			}
			out = append(out, segment.Piece(v, i, segment.MarkEnd(v.Bytes, i), otherKind(v.Bytes[i:])))
		}
		out[len(out)-1].Capital = true // a stem as far as rows go; see cutter.token
		i = int(out[len(out)-1].To)
	}
	return out
}

func otherKind(b []byte) segment.TokenKind {
	if r, _ := utf8.DecodeRune(b); unicode.IsLetter(r) {
		return segment.Word
	}
	return segment.Mark
}

// runEnd returns the end of the Hangul syllables, or of the Han characters, at i.
func runEnd(b []byte, i int) int {
	r, _ := utf8.DecodeRune(b[i:])
	in := segment.IsSyllable
	if !in(r) {
		in = func(r rune) bool { return unicode.Is(unicode.Han, r) }
	}
	for i < len(b) {
		r, size := utf8.DecodeRune(b[i:])
		if !in(r) {
			break
		}
		i += size
	}
	return i
}

// stem reports whether the words of a class are stems, that no particle or ending can be.
func (Korean) stem(class string) bool {
	switch class {
	case "particle", "ending", "or_more", "or_less", "obliged", "unpaid", "since", "range_word", "no_way", "plan", "belief":
		return false
	}
	return true
}
