// Package cut cuts a name into runs of letters of one script and of digits.
//
// What comes in: a name as somebody wrote it. What goes out: its tokens, folded and as they
// were written, and what was wrong with the writing. Its one idea: letters that look like
// Latin ones stay with their neighbours until the whole name shows what script they are of.
package cut

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee/internal/script"
)

// Token is one run of letters of one script, or of digits.
type Token struct {
	Text   string // folded
	Orig   string // as written, without invisible marks
	Script script.Script
	Glued  bool // nothing but a dot stands between it and the token before: S.A.
	Aside  bool // in brackets
}

// Flags tell what was wrong with the writing of a name and was folded away.
type Flags struct {
	Homoglyph bool // letters of another script that look like Latin ones
	Invisible bool // bidirectional controls or zero-width characters
	Cut       bool // longer than MaxRunes: the rest was not read
}

// MaxRunes is how much of a name is read. The longest name on a list has under 400
// characters; what is longer is not a name, and must not cost more than one.
const MaxRunes = 600

// cutter collects tokens.
type cutter struct {
	tokens []Token
	text   []rune
	orig   []rune
	script script.Script
	glued  bool
	aside  bool
	flags  Flags
}

// Tokens cuts a name into tokens. Letters of Latin, Cyrillic and Greek stay in one token
// until homoglyphs are settled; Han, Hangul, kana and digits part from their neighbours.
func Tokens(name string) ([]Token, Flags) {
	if IsASCII(name) && len(name) <= MaxRunes {
		return asLetters(plainTokens(name))
	}
	name = norm.NFC.String(name)
	c := cutter{}
	n := 0
	for _, r := range name {
		if n++; n > MaxRunes {
			c.flags.Cut = true
			break
		}
		c.take(r)
	}
	c.close()
	c.settleAll()
	all, flags := asLetters(c.tokens)
	flags.Homoglyph = flags.Homoglyph || c.flags.Homoglyph
	flags.Invisible, flags.Cut = c.flags.Invisible, c.flags.Cut
	return all, flags
}

// asLetters puts words together again in which a digit stands for the letter that it looks
// like: Ig0r is Igor. A digit between single letters (B2B) is a digit.
func asLetters(all []Token) ([]Token, Flags) {
	var flags Flags
	for i := 1; i+1 < len(all); i++ {
		a, d, b := all[i-1], all[i], all[i+1]
		if d.Script != script.Digits || len(d.Text) != 1 || !d.Glued || !b.Glued || a.Script != script.Latin || b.Script != script.Latin ||
			len(a.Text)+len(b.Text) < 3 || strings.HasSuffix(d.Orig, ".") {
			continue
		}
		letter, ok := map[string]string{"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"}[d.Text]
		if !ok {
			continue
		}
		a.Text, a.Orig = a.Text+letter+b.Text, a.Orig+d.Orig+b.Orig
		flags.Homoglyph = true
		all = slices.Replace(slices.Clone(all), i-1, i+2, a)
		i--
	}
	return all, flags
}

// settleAll folds words that are Cyrillic or Greek throughout but cannot be told from
// Latin, in a name whose other words are Latin. One word that is surely Cyrillic clears
// them all.
func (c *cutter) settleAll() {
	latin := false
	for _, t := range c.tokens {
		if t.Script == script.Cyrillic && !allAlike(t.Text) {
			return
		}
		latin = latin || t.Script == script.Latin
	}
	if !latin {
		return
	}
	for i, t := range c.tokens {
		if t.Script == script.Cyrillic || t.Script == script.Other && allAlike(t.Text) {
			c.tokens[i].Text, c.tokens[i].Script = strings.Map(script.Lookalike, t.Text), script.Latin
			c.flags.Homoglyph = true
		}
	}
}

func allAlike(text string) bool {
	for _, r := range text {
		if script.Lookalike(r) == 0 {
			return false
		}
	}
	return true
}

// plainTokens is Tokens for ASCII, which most names are: the tokens are cut out of one
// folded copy.
func plainTokens(name string) []Token {
	lower := strings.ToLower(name)
	out := make([]Token, 0, 8)
	var next Token // what is known of the token to come
	for i := 0; i < len(name); {
		c := lower[i]
		kind, letter := script.Of(rune(c))
		if !letter {
			out, next = mark(out, next, c)
			i++
			continue
		}
		end := i + 1
		for end < len(name) && plainRun(lower[end], kind) {
			end++
		}
		t := next
		t.Text, t.Orig, t.Script = lower[i:end], name[i:end], kind
		if t.Glued = t.Glued && len(out) > 0; kind == script.Latin && strings.ContainsAny(t.Text, "'`") {
			t.Text = strings.NewReplacer("'", "", "`", "").Replace(t.Text)
		}
		out = append(out, t)
		next = Token{Aside: next.Aside, Glued: true} // digits follow letters without a space
		i = end
	}
	return out
}

// plainRun reports whether a character goes on with a token of the script.
func plainRun(c byte, s script.Script) bool {
	if s == script.Digits {
		return '0' <= c && c <= '9'
	}
	return 'a' <= c && c <= 'z' || c == '\'' || c == '`'
}

// mark takes what stands between tokens.
func mark(out []Token, next Token, c byte) ([]Token, Token) {
	switch c {
	case '.':
		next.Glued = true
		return out, next
	case '&', '+':
		out = append(out, Token{Text: "and", Orig: string(rune(c)), Script: script.Latin, Aside: next.Aside})
	case '(', '[':
		next.Aside = true
	case ')', ']':
		next.Aside = false
	}
	next.Glued = false
	return out, next
}

// IsASCII reports whether a text is of plain letters and marks.
func IsASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (c *cutter) take(r rune) {
	if script.Invisible(r) {
		c.flags.Invisible = true
		return
	}
	kind, letter := script.Of(r)
	switch {
	case letter:
		if len(c.text) > 0 && !together(c.script, kind) {
			c.close()
			c.glued = true
		}
		if len(c.text) == 0 || c.script == script.Other {
			c.script = kind
		}
		c.text = script.Fold(r, c.text)
		c.orig = append(c.orig, r)
	case len(c.text) > 0 && c.script != script.Digits && (script.Apostrophe(r) || unicode.Is(unicode.Mn, r)):
		c.orig = append(c.orig, r)
	case r == '.':
		c.close()
		c.glued = true
	default:
		c.close()
		c.glued = false
		switch r {
		case '(', '（', '[', '【':
			c.aside = true
		case ')', '）', ']', '】':
			c.aside = false
		}
		if r == '&' || r == '+' || r == '＆' {
			c.tokens = append(c.tokens, Token{Text: "and", Orig: string(r), Script: script.Latin, Aside: c.aside})
		}
	}
}

// together reports whether letters of two scripts may be one token as yet.
func together(a, b script.Script) bool {
	if a == b {
		return true
	}
	alphabet := func(s script.Script) bool { return s == script.Latin || s == script.Cyrillic || s == script.Other }
	return alphabet(a) && alphabet(b)
}

func (c *cutter) close() {
	if len(c.text) == 0 {
		c.text, c.orig = c.text[:0], c.orig[:0]
		return
	}
	t := Token{Orig: string(c.orig), Script: c.script, Glued: c.glued && len(c.tokens) > 0, Aside: c.aside}
	t.Text, t.Script = c.settle()
	c.tokens = append(c.tokens, t)
	c.text, c.orig = c.text[:0], c.orig[:0]
	c.glued, c.script = false, script.Other
}

// settle folds the minority script of a mixed token into the majority, if its letters
// look the same.
func (c *cutter) settle() (string, script.Script) {
	if c.script != script.Latin && c.script != script.Cyrillic && c.script != script.Other {
		return string(c.text), c.script
	}
	latin, foreign, alike := 0, 0, 0
	for _, r := range c.text {
		if s, _ := script.Of(r); s == script.Latin {
			latin++
		} else {
			foreign++
			if script.Lookalike(r) != 0 {
				alike++
			}
		}
	}
	if latin == 0 || foreign == 0 || alike < foreign {
		return string(c.text), c.script
	}
	c.flags.Homoglyph = true
	for i, r := range c.text {
		if s, _ := script.Of(r); s != script.Latin {
			c.text[i] = script.Lookalike(r)
		}
	}
	return string(c.text), script.Latin
}
