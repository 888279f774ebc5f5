// Package turn reads the line of a broadcast script or an interview that says who speaks
// next: a paragraph in, the words that name the speaker and where the speech begins out.
//
// Its one idea: such a line shows itself by its marks, "[이 모 씨 / 교민]", "▶ 인터뷰 : …",
// "교민: …", and never by its verbs; whoever it names is for the grammar of speakers to say.
package turn

import (
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// Turn is who speaks next, as tokens. Name is half-open and may be empty; Role is the words
// that describe who it is. Body is where the speech begins: behind the last token, in the
// next paragraph.
type Turn struct {
	NameFirst, NameLast int
	RoleFirst, RoleLast int
	Body                int
}

// maxTag is the most tokens of such a line before the speech.
const maxTag = 24

// tagged are the words that only say what kind of passage follows.
var tagged = [...]string{"녹취", "인터뷰", "싱크", "현장음", "음성", "전화", "☎", "vcr"}

// Of returns the turn that a paragraph opens with.
func Of(p *lexicon.Passage) (Turn, bool) {
	if len(p.Tokens) < 2 {
		return Turn{}, false
	}
	for _, pair := range [...][2]byte{{'[', ']'}, {'<', '>'}} {
		if p.Mark(0, pair[0]) {
			return bracketed(p, pair[1])
		}
	}
	return labelled(p, 0)
}

// bracketed reads "[녹취: 이 모 씨 / 현지 교민]".
func bracketed(p *lexicon.Passage, closing byte) (Turn, bool) {
	end := 1
	for end < len(p.Tokens) && end < maxTag && !p.Mark(end, closing) {
		end++
	}
	if !p.Mark(end, closing) {
		return Turn{}, false
	}
	if t, ok := parts(p, 1, end, end+1); ok {
		return t, true
	}
	return labelled(p, end+1) // <인터뷰> 김가람 / 교민: …
}

// labelled reads "▶ 인터뷰 : 김가람 / 교민" and "교민: …".
func labelled(p *lexicon.Passage, first int) (Turn, bool) {
	if p.Says(first, "▶") || p.Says(first, "◀") || p.Says(first, "■") || p.Says(first, "▲") {
		first++
	}
	for end := first; end < len(p.Tokens) && end < maxTag; end++ {
		switch {
		case p.Mark(end, '.') || p.Mark(end, '"') || end > first && verbal(p, end-1):
			return Turn{}, false
		case p.Mark(end, ':') && end == first+1 && kind(p, first):
			first = end + 1
			continue
		case p.Mark(end, ':'):
			return parts(p, first, end, end+1)
		}
	}
	if first == 0 || !kind(p, first) && !p.Mark(first-1, ':') {
		return Turn{}, false
	}
	return parts(p, first, len(p.Tokens), len(p.Tokens))
}

// verbal reports whether token i is a particle or an ending, which no tag holds.
func verbal(p *lexicon.Passage, i int) bool {
	return p.Tokens[i].Glued && (p.Is(i, lexicon.Ending) || p.Is(i, lexicon.Particle)) && !p.Is(i, lexicon.Honorific)
}

func kind(p *lexicon.Passage, i int) bool {
	for _, w := range tagged {
		if p.Says(i, w) {
			return true
		}
	}
	return false
}

// parts parts a name from the words behind a stroke, a comma or in brackets.
func parts(p *lexicon.Passage, first, last, body int) (Turn, bool) {
	for first < last && (kind(p, first) || p.Mark(first, ':') || p.Mark(first, '/') || p.Mark(first, '(') || p.Mark(first, ')')) {
		first++
	}
	for last > first && (p.Tokens[last-1].Kind == segment.Mark || kind(p, last-1)) {
		last--
	}
	if first >= last {
		return Turn{}, false
	}
	t := Turn{NameFirst: first, NameLast: first, RoleFirst: first, RoleLast: last, Body: body}
	for i := first + 1; i < last; i++ {
		if p.Mark(i, '/') || p.Mark(i, '(') || p.Mark(i, ',') {
			t.NameLast, t.RoleFirst = i, i+1
			break
		}
	}
	return t, true
}
