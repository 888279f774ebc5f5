package reading

import (
	"math"
	"strings"
	"unicode/utf8"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
	"corvee/internal/script"
)

// Spelled is the best way to read a word of one script as the Latin letters of another.
type Spelled struct {
	Cost float32 // edits that it needs, 0 for a reading that a system has
	Rule string  // reading:pinyin, reading:korean …
}

// Unread is the cost of what cannot be read so.
const Unread = float32(math.MaxInt16)

// Reader looks for readings and remembers how the words that it was asked for are spelt: one
// word is held against many. It is not for concurrent use; the zero Reader is ready.
type Reader struct{ words map[string]*Word }

// remembered is how many words a Reader keeps before it forgets them all.
const remembered = 4096

// Word is how a word may be spelt; what is rarely asked for is made when it is.
type Word struct {
	text                   string
	script                 script.Script
	runes                  []rune
	main                   spelling   // pinyin; Korean
	sinoKorean, loan, sino lazy       // the Korean reading of Han; English, and Mandarin, behind Hangul
	forms                  []spelling // Cyrillic
	initialism             string
	letters                bool // the initialism was made
}

type lazy struct {
	made bool
	spelling
}

// spelling is the parts of a word with what can be told at a glance.
type spelling struct {
	parts             [][]hangul.Spelling
	shortest, longest int
	begins            uint32 // the letters that it can begin with; all when it cannot be told
}

func spellingOf(parts [][]hangul.Spelling) spelling {
	s := spelling{parts: parts}
	open := true
	for _, part := range parts {
		least, greatest, silent := len(part[0].Text), 0, false
		for _, p := range part {
			least, greatest = min(least, len(p.Text)), max(greatest, len(p.Text))
			if silent = silent || p.Text == ""; open && p.Text != "" {
				s.begins |= letterBit(p.Text[0])
			}
		}
		s.shortest, s.longest, open = s.shortest+least, s.longest+greatest, open && silent
	}
	if open {
		s.begins = math.MaxUint32
	}
	return s
}

// letterBit is the bit of a Latin letter; of every other byte one bit of the rest.
func letterBit(c byte) uint32 {
	if c >= 'a' && c <= 'z' {
		return 1 << (c - 'a')
	}
	return 1 << (26 + c%6)
}

// cost is the least cost at which letters are so spelt; Unread when it is over most.
func (s *spelling) cost(latin string, most float32) float32 {
	n := len(latin)
	if n == 0 || n > 60 || len(s.parts) == 0 || n < s.shortest-int(most) || n > s.longest+int(most) {
		return Unread
	}
	if most < edit && s.begins&letterBit(latin[0]) == 0 {
		return Unread
	}
	return spellCost(s.parts, latin, most)
}

// Word returns how a word of a script may be spelt.
func (r *Reader) Word(text string, s script.Script) *Word {
	if w, ok := r.words[text]; ok && w.script == s {
		return w
	}
	if r.words == nil || len(r.words) == remembered {
		r.words = make(map[string]*Word, 64)
	}
	text = strings.Clone(text)
	w := &Word{text: text, script: s, runes: []rune(text)}
	switch s {
	case script.Hangul:
		w.main = spellingOf(hangul.Parts(w.runes))
	case script.Han:
		w.main = spellingOf(pinyinParts(w.runes))
	case script.Cyrillic:
		for _, form := range cyrillicForms(text) {
			w.forms = append(w.forms, spellingOf(cyrillicParts(form)))
		}
	}
	r.words[text] = w
	return w
}

// As returns how well Latin letters spell a word of Han, Hangul or Cyrillic. Of a person's
// name only the systems for names are tried: a loanword is no given name. What costs more
// than most is not looked for.
func (w *Word) As(latin string, person bool, most float32) Spelled {
	switch w.script {
	case script.Hangul:
		return w.hangul(latin, person, most)
	case script.Cyrillic:
		best := Spelled{Unread, "reading:cyrillic"}
		for i := range w.forms {
			best.Cost = min(best.Cost, w.forms[i].cost(latin, most)+0.1*float32(i))
		}
		return best
	case script.Han:
		return w.han(latin, most)
	}
	return Spelled{Unread, ""}
}

func (w *Word) hangul(latin string, person bool, most float32) Spelled {
	best := Spelled{w.main.cost(latin, most), "reading:korean"}
	if best.Cost <= 0.4 {
		return best
	}
	if person {
		if transcribes(w.text, latin) {
			best = Spelled{0.1, "reading:chinese"}
		}
		return best
	}
	if len(latin) >= 4 {
		if !w.loan.made {
			w.loan = lazy{true, spellingOf(hangul.LoanParts(w.runes))}
		}
		if loan := w.loan.cost(latin, most); loan+0.2 < best.Cost {
			best = Spelled{loan + 0.2, "reading:loanword"}
		}
	}
	if best.Cost > 0.4 {
		if cost := w.chineseCost(latin, most); cost < best.Cost {
			best = Spelled{cost, "reading:chinese"}
		}
	}
	if best.Cost > 0.4 && w.initials() == latin {
		best = Spelled{0.1, "reading:letters"}
	}
	return best
}

func (w *Word) initials() string {
	if !w.letters {
		w.letters, w.initialism = true, hangul.Initialism(w.text)
	}
	return w.initialism
}

// chineseCost is the cost of a Korean word for a Chinese name of two characters or more, of
// which the letters are the pinyin.
func (w *Word) chineseCost(latin string, most float32) float32 {
	if len(w.runes) < 2 {
		return Unread
	}
	if transcribes(w.text, latin) {
		return 0.1
	}
	if !w.sino.made {
		w.sino.made = true
		if parts, ok := sinoParts(w.runes); ok {
			w.sino.spelling = spellingOf(parts)
		}
	}
	return w.sino.cost(latin, most)
}

func (w *Word) han(latin string, most float32) Spelled {
	best := Spelled{w.main.cost(latin, most), "reading:pinyin"}
	if best.Cost == 0 {
		return best
	}
	if !w.sinoKorean.made {
		w.sinoKorean.made = true
		if korean, ok := sinoKorean(w.runes); ok {
			w.sinoKorean.spelling = spellingOf(hangul.Parts(korean))
		}
	}
	if cost := w.sinoKorean.cost(latin, most); cost < best.Cost {
		best = Spelled{cost, "reading:sino-korean"}
	}
	return best
}

// sinoKorean returns the Korean reading of Han characters, the usual one of each.
func sinoKorean(word []rune) ([]rune, bool) {
	out := make([]rune, 0, len(word))
	for _, c := range word {
		all := hanzi.Hangul(c)
		if len(all) == 0 {
			return nil, false
		}
		out = append(out, all[0])
	}
	return out, true
}

// cyrillicParts returns the Latin spellings of each Cyrillic letter: BGN/PCGN, ISO 9, GOST,
// passports, and German and French press.
func cyrillicParts(word string) [][]hangul.Spelling {
	out := make([][]hangul.Spelling, 0, utf8.RuneCountInString(word))
	table := cyrillicSpellings()
	for _, c := range word {
		all, ok := table[c]
		if !ok {
			all = []hangul.Spelling{{Text: string(c)}}
		}
		out = append(out, all)
	}
	return out
}
