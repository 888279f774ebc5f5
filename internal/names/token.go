package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee/internal/script"
)

// token is one run of letters of one script, or of digits.
type token struct {
	text   string // folded
	orig   string // as written, without invisible marks
	script Script
	glued  bool // nothing but a dot stands between it and the token before: S.A.
	hyphen bool // a hyphen stands between it and the token before
	comma  bool // a comma stands between it and the token before
	aside  bool // in brackets
}

// Flags tell what was wrong with the writing of a name and was folded away.
type Flags struct {
	Homoglyph bool // letters of another script that look like Latin ones
	Invisible bool // bidirectional controls or zero-width characters
	Cut       bool // longer than MaxRunes: the rest was not read
}

// cutter collects tokens.
type cutter struct {
	tokens []token
	text   []rune
	orig   []rune
	script Script
	glued  bool
	hyphen bool
	comma  bool
	aside  bool
	flags  Flags
}

// tokens cuts a name into tokens. Letters of Latin, Cyrillic and Greek stay in one token
// until homoglyphs are settled; Han, Hangul, kana and digits part from their neighbours.
func tokens(name string) ([]token, Flags) {
	if isASCII(name) && len(name) <= MaxRunes {
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
func asLetters(all []token) ([]token, Flags) {
	var flags Flags
	for i := 1; i+1 < len(all); i++ {
		a, d, b := all[i-1], all[i], all[i+1]
		if d.script != Digits || len(d.text) != 1 || !d.glued || !b.glued || a.script != Latin || b.script != Latin ||
			len(a.text)+len(b.text) < 3 || strings.HasSuffix(d.orig, ".") {
			continue
		}
		letter, ok := map[string]string{"0": "o", "1": "i", "3": "e", "4": "a", "5": "s"}[d.text]
		if !ok {
			continue
		}
		a.text, a.orig = a.text+letter+b.text, a.orig+d.orig+b.orig
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
		if t.script == Cyrillic && !allAlike(t.text) {
			return
		}
		latin = latin || t.script == Latin
	}
	if !latin {
		return
	}
	for i, t := range c.tokens {
		if t.script == Cyrillic || t.script == Other && allAlike(t.text) {
			c.tokens[i].text, c.tokens[i].script = strings.Map(script.Lookalike, t.text), Latin
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

// plainTokens is tokens for ASCII, which most names are: the tokens are cut out of one
// folded copy.
func plainTokens(name string) []token {
	lower := strings.ToLower(name)
	out := make([]token, 0, 8)
	var next token // what is known of the token to come
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
		t.text, t.orig, t.script = lower[i:end], name[i:end], kind
		if t.glued = t.glued && len(out) > 0; kind == Latin && strings.ContainsAny(t.text, "'`") {
			t.text = strings.NewReplacer("'", "", "`", "").Replace(t.text)
		}
		out = append(out, t)
		next = token{aside: next.aside, glued: true} // digits follow letters without a space
		i = end
	}
	return out
}

// plainRun reports whether a character goes on with a token of the script.
func plainRun(c byte, s Script) bool {
	if s == Digits {
		return '0' <= c && c <= '9'
	}
	return 'a' <= c && c <= 'z' || c == '\'' || c == '`'
}

// mark takes what stands between tokens.
func mark(out []token, next token, c byte) ([]token, token) {
	switch c {
	case '.':
		next.glued = true
		return out, next
	case '&', '+':
		out = append(out, token{text: "and", orig: string(rune(c)), script: Latin, aside: next.aside})
	case '(', '[':
		next.aside = true
	case ')', ']':
		next.aside = false
	}
	next.glued = false
	next.hyphen = c == '-'
	next.comma = next.comma || c == ','
	return out, next
}

func isASCII(s string) bool {
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
		if len(c.text) == 0 || c.script == Other {
			c.script = kind
		}
		c.text = script.Fold(r, c.text)
		c.orig = append(c.orig, r)
	case len(c.text) > 0 && c.script != Digits && (script.Apostrophe(r) || unicode.Is(unicode.Mn, r)):
		c.orig = append(c.orig, r)
	case r == '.':
		c.close()
		c.glued = true
	default:
		c.close()
		c.glued = false
		c.hyphen = r == '-' || r == '‐' || r == '–' || r == '−'
		c.comma = c.comma || r == ',' || r == '，'
		switch r {
		case '(', '（', '[', '【':
			c.aside = true
		case ')', '）', ']', '】':
			c.aside = false
		}
		if r == '&' || r == '+' || r == '＆' {
			c.tokens = append(c.tokens, token{text: "and", orig: string(r), script: Latin, aside: c.aside})
		}
	}
}

// together reports whether letters of two scripts may be one token as yet.
func together(a, b Script) bool {
	if a == b {
		return true
	}
	alphabet := func(s Script) bool { return s == Latin || s == Cyrillic || s == Other }
	return alphabet(a) && alphabet(b)
}

func (c *cutter) close() {
	if len(c.text) == 0 {
		c.text, c.orig = c.text[:0], c.orig[:0]
		return
	}
	t := token{orig: string(c.orig), script: c.script, glued: c.glued && len(c.tokens) > 0, hyphen: c.hyphen, comma: c.comma, aside: c.aside}
	t.text, t.script = c.settle()
	c.tokens = append(c.tokens, t)
	c.text, c.orig = c.text[:0], c.orig[:0]
	c.glued, c.hyphen, c.comma, c.script = false, false, false, Other
}

// settle folds the minority script of a mixed token into the majority, if its letters
// look the same.
func (c *cutter) settle() (string, Script) {
	if c.script != Latin && c.script != Cyrillic && c.script != Other {
		return string(c.text), c.script
	}
	latin, foreign, alike := 0, 0, 0
	for _, r := range c.text {
		if s, _ := script.Of(r); s == Latin {
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
		if s, _ := script.Of(r); s != Latin {
			c.text[i] = script.Lookalike(r)
		}
	}
	return string(c.text), Latin
}
