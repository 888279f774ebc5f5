package index

// A text's hash is a polynomial over its bytes, so that the hash of the text without some
// letter, of a part of it, or of two texts together is had from the hashes of its
// beginnings without reading it again: a word of ten letters is asked for under fifty-six.

// The ways in, as the seed of their hashes.
const (
	wayText   = 0x9E3779B1 // as it is written, or read in Latin letters
	waySound  = 0xC2B2AE3D // its skeleton
	wayDelete = 0x85EBCA77 // with a letter or two less
	wayHead   = 0x27D4EB2F // the first half of a long word, with a letter less
	wayTail   = 0x165667B1 // the second half
)

// factor is the base of the polynomial: the golden ratio in 64 bits, odd.
const factor = 0x9E3779B97F4A7C15

// poly is the polynomial of a text so far.
type poly uint64

func (p poly) letter(c byte) poly { return p*factor + poly(c) + 1 }

func (p poly) text(s string) poly {
	for i := range len(s) {
		p = p.letter(s[i])
	}
	return p
}

func (p poly) bytes(s []byte) poly {
	for _, c := range s {
		p = p.letter(c)
	}
	return p
}

// under is the hash of a text in one way in.
func (p poly) under(way uint32) uint32 {
	h := uint64(p) ^ uint64(way)<<17
	h = (h ^ h>>32) * 0xD6E8FEB86659FD93
	h = (h ^ h>>29) * 0xD6E8FEB86659FD93
	return uint32(h >> 32)
}

func hash(way uint32, text string) uint32 { return poly(0).text(text).under(way) }

// longest is the most bytes of a word that are looked at letter by letter.
const longest = 64

// beginnings has the polynomial of each beginning of a word, and the powers of the factor.
type beginnings struct {
	upTo  [longest + 1]poly
	power [longest + 1]poly
	n     int
}

func (b *beginnings) of(text string) {
	if b.power[0] == 0 {
		b.power[0] = 1
		for i := range longest {
			b.power[i+1] = b.power[i] * factor
		}
	}
	b.n = min(len(text), longest)
	for i := range b.n {
		b.upTo[i+1] = b.upTo[i].letter(text[i])
	}
}

// whole is the polynomial of the word.
func (b *beginnings) whole() poly { return b.upTo[b.n] }

// from is that of the word from letter i on.
func (b *beginnings) from(i int) poly { return b.upTo[b.n] - b.upTo[i]*b.power[b.n-i] }

// without is that of the word less letter i.
func (b *beginnings) without(i int) poly {
	return b.upTo[i]*b.power[b.n-i-1] + b.from(i+1)
}

// less2 is that of the word less letters i and j, i before j.
func (b *beginnings) less2(i, j int) poly {
	middle := b.upTo[j] - b.upTo[i+1]*b.power[j-i-1]
	return (b.upTo[i]*b.power[j-i-1]+middle)*b.power[b.n-j-1] + b.from(j+1)
}

// slips calls take with each hash under which a word may be found that is written with
// letters wrong: one letter less; if twice is set also two, and of a long word each half with a
// letter less, for of two slips one half has one at most. Around says how far from the middle
// the halves may part.
func (b *beginnings) slips(text string, twice bool, around int, take func(hash uint32)) {
	take(b.whole().under(wayDelete))
	for i := range b.n {
		if i == 0 || text[i] != text[i-1] {
			take(b.without(i).under(wayDelete))
		}
	}
	if !twice || b.n < shortestTwice {
		return
	}
	for i := 0; i < b.n && b.n <= longestTwice; i++ {
		for j := i + 1; j < b.n; j++ {
			take(b.less2(i, j).under(wayDelete))
		}
	}
	for cut := b.n/2 - around; cut <= b.n/2+around && b.n >= shortestHalved; cut++ {
		b.halfSlips(cut, take)
	}
}

func (b *beginnings) halfSlips(cut int, take func(hash uint32)) {
	take(b.upTo[cut].under(wayHead))
	take(b.from(cut).under(wayTail))
	for i := range cut {
		take((b.upTo[i]*b.power[cut-i-1] + b.upTo[cut] - b.upTo[i+1]*b.power[cut-i-1]).under(wayHead))
	}
	for i := cut; i < b.n; i++ {
		middle := b.upTo[i] - b.upTo[cut]*b.power[i-cut]
		take((middle*b.power[b.n-i-1] + b.from(i+1)).under(wayTail))
	}
}

// The lengths of words that are looked for with any two letters less: a shorter word is
// another word then, a longer one is found by its halves. A slip may add or take two letters,
// so words that are nearly too long are looked for in both ways.
const shortestTwice, longestTwice, shortestHalved = 6, 10, 9

// hashPair is the hash of two keys in any order.
func hashPair(a, b uint32) uint32 {
	if a > b {
		a, b = b, a
	}
	return mix(a*0x9E3779B1 ^ mix(b+0x7F4A7C15))
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7FEB352D
	h ^= h >> 15
	h *= 0x846CA68B
	return h ^ h>>16
}
