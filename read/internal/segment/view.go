// Package segment cuts a text for reading: a report's text in, its blocks, and for each
// block a folded view, tokens, sentences and clauses out.
//
// Its one idea: all matching happens in the folded view, where case, width, quote and dash
// forms, accents and runs of space no longer differ, and every position of it leads back
// to the bytes of the text. A block is folded by itself and its arrays are used again, so
// a text of any length costs the memory of its longest block.
package segment

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee"
	"corvee/internal/hanzi"
)

// View is one block, folded. The zero View is empty and ready for Fold.
type View struct {
	Bytes []byte   // the folded bytes
	pos   []uint32 // the offset in source of the character that made each folded byte
	src   string
	base  int // offset of src in the text
}

// Fold makes v the folded view of src, which starts at offset base of its text.
func (v *View) Fold(src string, base int) {
	v.Bytes, v.pos, v.src, v.base = v.Bytes[:0], v.pos[:0], src, base
	for i := 0; i < len(src); {
		c := src[i]
		if c < utf8.RuneSelf {
			v.foldASCII(c, i)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(src[i:])
		if isLead(r) {
			r, size = compose(src[i:])
		}
		v.foldRune(r, i)
		i += size
	}
}

func (v *View) foldASCII(c byte, at int) {
	switch {
	case 'A' <= c && c <= 'Z':
		v.put(c+'a'-'A', at)
	case c > ' ' && c < 0x7f:
		v.put(c, at)
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
		v.space(at)
	case c == '`':
		v.put('\'', at)
	}
	// what is left are control characters, NUL among them: nothing to match
}

func (v *View) put(c byte, at int) {
	v.Bytes = append(v.Bytes, c)
	v.pos = append(v.pos, uint32(at))
}

func (v *View) space(at int) {
	if n := len(v.Bytes); n > 0 && v.Bytes[n-1] != ' ' {
		v.put(' ', at)
	}
}

// foldRune folds one character beyond ASCII: spaces and what has no width, the forms of
// quotes and dashes, then compatibility forms and the accents of Latin letters.
func (v *View) foldRune(r rune, at int) {
	switch {
	case '가' <= r && r <= '힣', '一' <= r && r <= '\u9fff': // most of what is beyond ASCII
		v.foldLetter(r, at)
	case unicode.Is(unicode.Zs, r) || r == '\u0085' || r == '\u2028' || r == '\u2029':
		v.space(at)
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) && r < 0x1000:
		// soft hyphens, joiners, byte-order marks, and accents set apart from their letter
	case IsDouble(r):
		v.put('"', at)
	case IsSingle(r):
		v.put('\'', at)
	case IsDash(r):
		v.put('-', at)
	default:
		v.foldLetter(r, at)
	}
}

func (v *View) foldLetter(r rune, at int) {
	if '가' <= r && r <= '힣' || unicode.Is(unicode.Hangul, r) {
		v.putRune(r, at)
		return
	}
	if IsHan(r) {
		v.putRune(hanzi.Simplify(plainHan(r)), at)
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	form := norm.NFKD.Properties(buf[:n]).Decomposition()
	if form == nil {
		v.putRune(unicode.ToLower(r), at)
		return
	}
	for len(form) > 0 {
		r, size := utf8.DecodeRune(form)
		if !unicode.Is(unicode.Mn, r) {
			v.putRune(unicode.ToLower(r), at)
		}
		form = form[size:]
	}
}

func (v *View) putRune(r rune, at int) {
	before := len(v.Bytes)
	v.Bytes = utf8.AppendRune(v.Bytes, r)
	for range len(v.Bytes) - before {
		v.pos = append(v.pos, uint32(at))
	}
}

// IsDouble reports whether r is a form of the double quotation mark, of any script.
func IsDouble(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '〝', '〞', '＂', '《', '》':
		return true
	}
	return false
}

// IsSingle reports whether r is a form of the single quotation mark or the apostrophe.
func IsSingle(r rune) bool {
	switch r {
	case '\'', '‘', '’', '‚', '‛', 'ʼ', 'ʻ', '′', '‹', '›', '＇', '´':
		return true
	}
	return false
}

// IsDash reports whether r is a form of the hyphen or the dash.
func IsDash(r rune) bool {
	return r >= '\u2010' && r <= '\u2015' || r == '\u2212' || r == '－' || r == '﹣'
}

// Span returns the bytes of the text behind the folded bytes from..to.
func (v *View) Span(from, to int) corvee.Span {
	if from >= to {
		return corvee.Span{Start: v.base, End: v.base}
	}
	last := int(v.pos[to-1])
	_, size := utf8.DecodeRuneInString(v.src[last:])
	end := last + size
	for end < len(v.src) { // an accent set apart belongs to its letter
		r, size := utf8.DecodeRuneInString(v.src[end:])
		if !unicode.Is(unicode.Mn, r) && !isTrail(r) {
			break
		}
		end += size
	}
	return corvee.Span{Start: v.base + int(v.pos[from]), End: v.base + end}
}

// Rune returns the character of the text behind a folded byte.
func (v *View) Rune(at int) rune {
	r, _ := utf8.DecodeRuneInString(v.src[v.pos[at]:])
	return r
}

// Source returns the text's own words behind the folded bytes from..to.
func (v *View) Source(from, to int) string {
	s := v.Span(from, to)
	return v.src[s.Start-v.base : s.End-v.base]
}
