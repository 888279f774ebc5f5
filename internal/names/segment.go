package names

import (
	"unicode/utf8"

	"corvee/internal/names/internal/cut"
)

// segment cuts a run of Han or Hangul, which has no spaces, into words of the lexicon and
// what stands between them: 丹东|远洋|食品|有限公司. It takes the cheapest cut: a known
// word costs less than its characters alone, and every unknown run costs a little, so that
// a trade name is not broken up for a word that happens to be inside.
func (p *parser) segment(t cut.Token) {
	text := []rune(t.Text)
	orig := []rune(t.Orig)
	if len(orig) != len(text) {
		orig = text
	}
	cut := p.cheapest(t.Text, text)
	for start := 0; start < len(text); {
		end := cut[start].end
		u := Unit{Text: string(text[start:end]), Orig: string(orig[start:end]), Script: t.Script}
		if c := cut[start].concept; c.id != "" {
			u.Key, u.Role = c.id, c.role
		} else {
			for end < len(text) && cut[end].concept.id == "" {
				end = cut[end].end
			}
			u.Text, u.Orig = string(text[start:end]), string(orig[start:end])
		}
		p.emit(u)
		start = end
	}
}

// piece is the best next step from a position: to where, by which word, at what cost of
// everything from here to the end.
type piece struct {
	end     int
	concept concept
	cost    float32
}

// What a character costs that belongs to no word, by how many such stand before it. A
// trade name has two characters or three; one alone is rather a cut in the wrong place.
const (
	loneRun    = 2.0
	secondRun  = 0.6
	furtherRun = 1.0
)

// cheapest returns the best step from each position after a word. The table has a column
// for how long the unknown run before a position is: none, one character, more.
func (p *parser) cheapest(text string, runes []rune) []piece {
	n := len(runes)
	best := make([][3]piece, n+1)
	at := len(text)
	for i := n - 1; i >= 0; i-- {
		at -= utf8.RuneLen(runes[i])
		word := p.bestWord(text[at:], runes, i, best)
		for run, cost := range [3]float32{loneRun, secondRun, furtherRun} {
			step := piece{end: i + 1, cost: cost + best[i+1][min(run+1, 2)].cost}
			if word.concept.id != "" && word.cost <= step.cost {
				step = word
			}
			best[i][run] = step
		}
	}
	return p.walk(best)
}

// bestWord returns the cheapest word of the lexicon that begins at character i, which rest
// begins with.
func (p *parser) bestWord(rest string, runes []rune, i int, best [][3]piece) piece {
	word := piece{cost: 1e9}
	end := 0
	for l := 1; l <= p.lex.longest[runes[i]] && i+l <= len(runes); l++ {
		end += utf8.RuneLen(runes[i+l-1])
		c := p.lex.words[rest[:end]]
		if !c.is() || l == 1 && !single(c.concept, i, len(runes)) {
			continue
		}
		if cost := wordCost(c.role) + best[i+l][0].cost; cost <= word.cost {
			word = piece{i + l, c.concept, cost}
		}
	}
	return word
}

// walk follows the table from the start, since the best step depends on the run before.
func (p *parser) walk(best [][3]piece) []piece {
	out := make([]piece, len(best))
	run := 0
	for i := 0; i < len(best)-1; {
		step := best[i][min(run, 2)]
		out[i] = step
		if run++; step.concept.id != "" {
			run = 0
		}
		i = step.end
	}
	return out
}

// single allows a word of one character only where it can be no part of a trade name:
// at the end, after something else.
func single(c concept, at, n int) bool {
	return n == 1 || at == n-1 && n > 2 && c.role != Word && c.role != Number
}

func wordCost(r Role) float32 {
	switch r {
	case Form:
		return 0.5
	case Place:
		return 0.9
	case Industry, Generic:
		return 0.8
	case Stop:
		return 0.7
	}
	return 1.1
}
