package lexicon

// ClassSet is a set of classes.
type ClassSet [4]uint64

// maxClasses is how many classes a lexicon can have.
const maxClasses = 64 * len(ClassSet{})

// SetOf returns the set of some classes.
func SetOf(classes ...Class) ClassSet {
	var out ClassSet
	for _, c := range classes {
		out.Add(c)
	}
	return out
}

// Add adds a class.
func (m *ClassSet) Add(c Class) { m[c/64] |= 1 << (c % 64) }

// Has reports whether a class is in the set.
func (m *ClassSet) Has(c Class) bool { return m[c/64]&(1<<(c%64)) != 0 }

// Meets reports whether two sets share a class.
func (m *ClassSet) Meets(o *ClassSet) bool {
	return m[0]&o[0]|m[1]&o[1]|m[2]&o[2]|m[3]&o[3] != 0
}

func (m *ClassSet) join(o *ClassSet) {
	for i := range m {
		m[i] |= o[i]
	}
}

// masksOf returns the classes of each entry, for each way to write it: what wants a capital
// letter is open to a word that has one, and so on.
func masksOf(entries [][]Sense) []ClassSet {
	out := make([]ClassSet, len(entries)*cases)
	for i, senses := range entries {
		for _, s := range senses {
			for c := s.Case; c < cases; c++ {
				out[i*cases+int(c)].Add(s.Class)
			}
		}
	}
	return out
}

// open returns the classes that a lexeme may have as the text writes it.
func (l *Lexicon) open(x Lexeme) *ClassSet { return &l.masks[int(x.Entry)*cases+int(x.Case)] }

// reach fills in what starts at each token and what ends before it, so that most questions
// cost a look at one bit.
func (p *Passage) reach() {
	n := len(p.Tokens)
	if cap(p.starts) < n+1 {
		p.starts, p.ends = make([]ClassSet, n+1, 2*n+2), make([]ClassSet, n+1, 2*n+2)
	}
	p.starts, p.ends = p.starts[:n+1], p.ends[:n+1]
	clear(p.starts)
	clear(p.ends)
	for i := range p.Lexemes {
		x := &p.Lexemes[i]
		classes := p.Lex.open(*x)
		p.starts[x.First].join(classes)
		if x.Last-x.First <= maxBack {
			p.ends[x.Last].join(classes)
		}
	}
}

// Starts returns the classes of all that starts at token i.
func (p *Passage) Starts(i int) *ClassSet { return &p.starts[i] }

// IsAny reports whether a lexeme of one of the classes starts at token i.
func (p *Passage) IsAny(i int, of *ClassSet) bool {
	return i >= 0 && i < len(p.Tokens) && p.starts[i].Meets(of)
}
