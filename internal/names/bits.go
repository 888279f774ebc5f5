package names

import (
	"unicode/utf8"

	"corvee/internal/hangul"
	"corvee/internal/hanzi"
)

// unitBits is how much a match of a part tells. A token of the table of common tokens has its
// measured value; a rare one is worth more the longer it is and the rarer its letters.
// Parts of the other roles are weighed by Weights; their bits order candidates only.
func unitBits(lex *lexicon, u Unit) float32 {
	switch u.Role {
	case Form:
		return 0.3
	case Stop:
		return 0.1
	case Title:
		return 0.8
	case Generic:
		return 1.2
	case Initial:
		return 1
	case Number, Industry:
		return 3
	case Place:
		return 3.5
	case Word:
		return 6
	}
	return tradeBits(lex, u)
}

func tradeBits(lex *lexicon, u Unit) float32 {
	n := utf8.RuneCountInString(u.Text)
	rare := rarity(u)
	if u.Script == Latin {
		if e := lex.words[u.Text]; e.quarter > 0 {
			return min(max(float32(e.quarter)/4, 4), short(n)) + 0.02*rare
		}
	}
	switch {
	case u.Script == Latin && n < 5:
		return short(n) + 0.02*rare
	case u.Script == Han || u.Script == Hangul:
		return min(3+3*float32(n), 14) + 0.03*rare
	}
	return capped(5 + 0.21*rare)
}

// short is what a word of few letters may tell at most: it is often a slip.
func short(letters int) float32 {
	if letters < 5 {
		return []float32{0, 1, 3, 5.5, 8}[letters]
	}
	return 14
}

// capped lets a long word tell little more than a word of nine letters: it is one word.
func capped(bits float32) float32 {
	if bits > 13 {
		return 13 + 0.2*(bits-13)
	}
	return bits
}

// rarity is the surprise of a word's letters in bits, each by its share in the names of
// OFAC's SDN and ALT files; of other alphabets each letter is worth the mean. Han is
// weighed by its pinyin, Hangul by its romanisation.
func rarity(u Unit) float32 {
	text := u.Text
	switch u.Script {
	case Hangul:
		text = hangul.Revised([]rune(text))
	case Han:
		text = ""
		for _, c := range u.Text {
			if all := hanzi.Pinyin(c); len(all) > 0 {
				text += all[0]
			}
		}
	}
	// a to z, in hundredths of a bit
	letters := [26]float32{287, 570, 491, 478, 374, 645, 569, 462, 354, 705, 546, 434, 454, 381, 381, 571, 865, 405, 415, 430, 516, 553, 803, 912, 544, 666}
	var sum float32
	for _, c := range text {
		if c >= 'a' && c <= 'z' {
			sum += letters[c-'a'] / 100
		} else {
			sum += 4.25
		}
	}
	return sum
}
