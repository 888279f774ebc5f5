package names

// segment cuts a run of Han or Hangul, which has no spaces, into words of the lexicon and
// what stands between them: 丹东|远洋|食品|有限公司. It takes the cheapest cut: a known
// word costs less than its characters alone, and every unknown run costs a little, so that
// a trade name is not broken up for a word that happens to be inside.
func (p *parser) segment(t token) {
	text := []rune(t.text)
	orig := []rune(t.orig)
	if len(orig) != len(text) {
		orig = text
	}
	cut := p.cheapest(text, t.script)
	for start := 0; start < len(text); {
		end := cut[start].end
		u := Unit{Text: string(text[start:end]), Orig: string(orig[start:end]), Script: t.script}
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

func (p *parser) cheapest(text []rune, s Script) []piece {
	n := len(text)
	best := make([]piece, n+1)
	longest := p.lex.longest[s]
	for i := n - 1; i >= 0; i-- {
		step := piece{end: i + 1, cost: 1 + best[i+1].cost}
		if i+1 == n || best[i+1].concept.id != "" {
			step.cost += 0.6 // an unknown run ends here
		}
		for l := 1; l <= longest && i+l <= n; l++ {
			c, ok := p.lex.words[string(text[i:i+l])]
			if !ok || l == 1 && !single(c, i, n) {
				continue
			}
			cost := wordCost(c.role) + best[i+l].cost
			if cost < step.cost || cost == step.cost && step.concept.id != "" {
				step = piece{i + l, c, cost}
			}
		}
		best[i] = step
	}
	return best
}

// single allows a word of one character only where it can be no part of a trade name:
// at the end, after something else.
func single(c concept, at, n int) bool { return at == n-1 && n > 2 && c.role != Word }

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
