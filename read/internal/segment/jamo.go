package segment

import "unicode/utf8"

// Hangul syllables are composed of a leading consonant, a vowel and perhaps a final
// consonant. A text may write them apart; the folded view holds syllables only. Numbers
// of The Unicode Standard, chapter 3.12.
const (
	leadBase, vowelBase, finalBase = 0x1100, 0x1161, 0x11a7
	leads, vowels, finals          = 19, 21, 28
	syllableBase                   = 0xac00
	syllables                      = leads * vowels * finals
)

func isLead(r rune) bool { return r >= leadBase && r < leadBase+leads }

// isTrail reports whether r is a part that belongs to the syllable before it.
func isTrail(r rune) bool {
	return r >= vowelBase && r < vowelBase+vowels || r > finalBase && r < finalBase+finals
}

// compose returns the syllable that the parts at the start of s make, and their bytes; a
// leading consonant without a vowel stays as it is.
func compose(s string) (rune, int) {
	lead, size := utf8.DecodeRuneInString(s)
	vowel, n := utf8.DecodeRuneInString(s[size:])
	if vowel < vowelBase || vowel >= vowelBase+vowels {
		return lead, size
	}
	size += n
	out := Syllable(int(lead-leadBase), int(vowel-vowelBase), 0)
	final, n := utf8.DecodeRuneInString(s[size:])
	if final > finalBase && final < finalBase+finals {
		return out + (final - finalBase), size + n
	}
	return out, size
}

// IsSyllable reports whether r is a Hangul syllable.
func IsSyllable(r rune) bool { return r >= syllableBase && r < syllableBase+syllables }

// Syllable returns the syllable of a leading consonant, a vowel and a final consonant, by
// their numbers; final 0 is none.
func Syllable(lead, vowel, final int) rune {
	return rune(syllableBase + (lead*vowels+vowel)*finals + final)
}

// Parts returns the numbers of which a Hangul syllable is composed.
func Parts(r rune) (lead, vowel, final int) {
	n := int(r) - syllableBase
	return n / finals / vowels, n / finals % vowels, n % finals
}
