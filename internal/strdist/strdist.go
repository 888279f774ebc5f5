// Package strdist measures how far two short strings are apart.
//
// What comes in: two strings and the most that is of interest. What goes out: the number
// of insertions, deletions, substitutions and swaps of neighbours that make one the other
// (optimal string alignment). Its one idea: Myers' bit-parallel algorithm with Hyyrö's
// transpositions: one machine word is a column of the table, so that a comparison of two
// words costs some tens of nanoseconds and allocates nothing.
package strdist

import "unicode/utf8"

// Distance returns the distance between a and b in runes, or most+1 when it is greater
// than most. Strings of over 64 runes are compared by a table.
func Distance(a, b string, most int) int {
	if a == b {
		return 0
	}
	if ascii(a) && ascii(b) {
		return bytesDistance(a, b, most)
	}
	return runesDistance([]rune(a), []rune(b), most)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func bytesDistance(a, b string, most int) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > most {
		return most + 1
	}
	a, b = differing(a, b)
	switch {
	case len(a) == 0:
		return min(len(b), most+1)
	case len(a) > 64:
		return runesDistance([]rune(a), []rune(b), most)
	case most < 1:
		return most + 1
	}
	return bitParallel(a, b, most)
}

// differing takes off how both begin and how both end: misspelt words share most of it.
func differing(a, b string) (string, string) {
	for len(a) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// bitParallel keeps one column of the table as vertical differences. Hyyrö (2003), "A
// Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", figure 5.
func bitParallel(a, b string, most int) int {
	var peq [utf8.RuneSelf]uint64
	for i := range len(a) {
		peq[a[i]&0x7F] |= 1 << (i & 63)
	}
	var vn, d0, before uint64
	vp, last, score := ^uint64(0), uint64(1)<<(len(a)-1), len(a)
	for i := range len(b) {
		pm := peq[b[i]&0x7F]
		swapped := ((^d0 & pm) << 1) & before
		d0 = (((pm & vp) + vp) ^ vp) | pm | vn | swapped
		hp, hn := vn|^(d0|vp), d0&vp
		if hp&last != 0 {
			score++
		} else if hn&last != 0 {
			score--
		}
		if score-(len(b)-1-i) > most {
			return most + 1
		}
		hp = hp<<1 | 1
		vp, vn = hn<<1|^(d0|hp), hp&d0
		before = pm
	}
	return min(score, most+1)
}

// runesDistance is the plain table, three rows of it.
func runesDistance(a, b []rune, most int) int {
	if d := len(a) - len(b); d > most || -d > most {
		return most + 1
	}
	width := len(b) + 1
	rows := make([]int, 3*width)
	before, above, here := rows[:width], rows[width:2*width], rows[2*width:]
	for j := range above {
		above[j] = j
	}
	for i := range a {
		here[0] = i + 1
		least := here[0]
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			best := min(above[j]+cost, above[j+1]+1, here[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				best = min(best, before[j-1]+1)
			}
			here[j+1] = best
			least = min(least, best)
		}
		if least > most+1 { // a swap may still save one
			return most + 1
		}
		before, above, here = above, here, before
	}
	return min(above[len(b)], most+1)
}
