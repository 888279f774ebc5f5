// Package person finds what could name or reach a person in a text.
//
// What comes in: a text and the names that may stay. What goes out: the spans of people's
// names, telephone numbers and addresses of mail. Its one idea: a mask that covers a word
// too much costs a reader a word; one that misses a name can cost a life. It finds what
// stands in the usual frames of three languages and cannot find every name: people who
// publish must still look.
package person

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is half-open, in bytes; Why says what the rule saw: name, telephone, mail, number.
type Span struct {
	Start, End int
	Why        string
}

//go:embed words.tsv
var wordsTSV string

//go:embed public.txt
var public string

// rule is an expression whose first group is covered, with the words near which it is
// tried: an expression over a whole text would cost a thousand times as much.
type rule struct {
	re            *regexp.Regexp
	why           string
	near          []string
	before, after int // bytes of the window around a word
}

// rules are built once from words.tsv. A name in Latin letters is a title, a verb of
// naming, an age or a trade beside capitals, or a Korean or Chinese surname before given
// names; one in Hangul or Hanzi is a surname with given names beside a title or a trade.
var rules = sync.OnceValue(func() []rule {
	hangul, han := family("hangul"), family("han")
	capital := `\p{Lu}[\p{Ll}’'.-]*(?:-?\p{L}[\p{Ll}]*)?`
	capitals := capital + `(?:[ \x{00A0}]` + capital + `){0,3}`
	titles, trades := words("title-en"), words("trade-en")
	roles := `(?i:` + strings.Join(trades, "|") + `)`
	ko, zh := words("trade-ko"), words("trade-zh")
	titlesKo, titlesZh := words("title-ko"), words("title-zh")
	list := []struct {
		expression, why string
		near            []string
		before, after   int
	}{
		{`(?:\b(?:` + strings.Join(titles, "|") + `)\.? )(` + capitals + `)`, "name", titles, 1, 90},
		{`\b(?:named|called|surnamed|nicknamed|identified as|name is|name was|known as) (` + capitals + `)`, "name", []string{"named ", "called ", "identified as ", "name is ", "name was ", "known as "}, 12, 90},
		{`\b` + roles + `,? (` + capital + `(?: ` + capital + `){1,2})\b`, "name", titled(trades), 1, 90},
		{`\b(` + capital + `(?: ` + capital + `){1,2}),? (?:\(?\d\d\)?,|an? (?:\d\d-year-old|former ` + roles + `|` + roles + `))`, "name", append([]string{"-year-old"}, trades...), 120, 2},
		{`\b(` + capital + `(?: ` + capital + `){1,2}),? \(?\d\d\)?,`, "name", ages(), 90, 2},
		{`((?:` + hangul + `)\p{Hangul}{0,2})(?: ?(?:` + strings.Join(titlesKo, "|") + `))`, "name", titlesKo, 16, 4},
		{`(?:` + strings.Join(ko, "|") + `) ((?:` + hangul + `)\p{Hangul}{2})(?:은|는|이|가|의|을|를|도|에게|씨| |,|\()`, "name", ko, 1, 32},
		{`((?:` + hangul + `)\p{Hangul}{2})(?: ?\(\d\d\))`, "name", []string{"("}, 16, 4},
		{`((?:` + han + `)\p{Han}{0,2})(?:` + strings.Join(titlesZh, "|") + `|（\d\d）)`, "name", append([]string{"（"}, titlesZh...), 10, 8},
		{`(?:` + strings.Join(zh, "|") + `)((?:` + han + `)\p{Han}{1,2})(?:说|說|表示|告诉|告訴|称|稱|，|,|的|在)`, "name", zh, 1, 24},
		{`([\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,})`, "mail", []string{"@"}, 80, 80},
		{`(\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4})`, "telephone", []string{"+"}, 0, 30},
		{`\b(0\d{1,3}[- ]\d{3,4}[- ]\d{4})\b`, "telephone", []string{"0"}, 1, 18},
		{`\b(1[3-9]\d[- ]?\d{4}[- ]?\d{4})\b`, "telephone", strings.Fields("13 14 15 16 17 18 19"), 1, 18},
		{`(?i:passport|여권|护照|護照)(?: (?i:no\.?|number)|번호|号码|號碼)?:? ?([A-Z]{0,2}\d{6,9})\b`, "number", words("paper"), 1, 50},
	}
	var out []rule
	for _, r := range list {
		out = append(out, rule{regexp.MustCompile(r.expression), r.why, r.near, r.before, r.after})
	}
	return out
})

// ages are two figures and what closes them.
func ages() (out []string) {
	for age := 15; age < 90; age++ {
		out = append(out, strconv.Itoa(age)+",", strconv.Itoa(age)+")")
	}
	return out
}

// titled adds each word with a capital.
func titled(list []string) (out []string) {
	for _, w := range list {
		out = append(out, w, strings.ToUpper(w[:1])+w[1:])
	}
	return out
}

// words returns the words of a class.
func words(class string) []string {
	for line := range strings.Lines(wordsTSV) {
		if name, list, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && name == class {
			return strings.Fields(list)
		}
	}
	return nil
}

// family returns the surnames of a script as alternatives.
func family(script string) string { return strings.Join(words(script), "|") }

// Find returns the spans that name or reach a person, in order and apart. Stay are names
// that may be shown: of firms, places, officials, publishers; heads of state may always. A
// find that is one of them, or stands within one, is left.
func Find(text string, stay ...string) []Span {
	found := surnamed(text)
	for _, r := range rules() {
		found = append(found, r.find(text)...)
	}
	if len(found) == 0 {
		return nil
	}
	stay = append(publicNames(), stay...)
	kept := found[:0]
	for _, s := range found {
		if s = trimmed(text, s); s.End > s.Start && !stays(text, s, stay) {
			kept = append(kept, s)
		}
	}
	return Merge(append(kept, again(text, kept)...))
}

// again finds what was found once wherever else it stands in the text: a report introduces a
// person with a title or a trade and then uses the name alone.
func again(text string, found []Span) (more []Span) {
	done := map[string]bool{}
	for _, s := range found {
		name := text[s.Start:s.End]
		if s.Why != "name" || done[name] || utf8.RuneCountInString(name) < 2 || len(name) < 4 {
			continue
		}
		done[name] = true
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(name)
			inWord := start > 0 && latin(text[start-1]) && latin(text[start]) || end < len(text) && latin(text[end]) && latin(text[end-1])
			if !inWord {
				more = append(more, Span{start, end, s.Why})
			}
			at = end
		}
	}
	return more
}

func latin(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

var publicNames = sync.OnceValue(func() (out []string) {
	for line := range strings.Lines(public) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return slices.Clip(out)
})

// find tries the rule around each place where one of its words stands.
func (r rule) find(text string) (found []Span) {
	for _, word := range r.near {
		done := 0 // what was tried is not tried again
		for at := strings.Index(text, word); at >= 0; {
			start, end := wordStart(text, max(at-r.before, 0)), runeEnd(text, at+len(word)+r.after)
			if end > done {
				for _, m := range r.re.FindAllStringSubmatchIndex(text[start:end], -1) {
					found = append(found, Span{start + m[2], start + m[3], r.why})
				}
				done = at + len(word)
			}
			next := strings.Index(text[at+len(word):], word)
			if next < 0 {
				break
			}
			at += len(word) + next
		}
	}
	return found
}

// wordStart steps back to a space or 32 bytes, so that no word is cut in its middle.
func wordStart(text string, at int) int {
	for n := 0; at > 0 && n < 32 && (text[at-1] != ' ' && text[at-1] != '\n' || !utf8.RuneStart(text[at])); n++ {
		at--
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}

func runeEnd(text string, at int) int {
	for at = min(at, len(text)); at < len(text) && !utf8.RuneStart(text[at]); at++ {
	}
	return at
}

var latinSurnames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, s := range words("latin") {
		out[s] = true
	}
	return out
})

var given = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^ \p{Lu}\p{Ll}{1,7}(?: \p{Lu}|-\p{L})\p{Ll}{1,7}\b`) })

// surnamed finds a Korean or Chinese surname in Latin letters before two given names.
func surnamed(text string) (found []Span) {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < 'A' || c > 'Z' || i > 0 && letter(text[i-1]) {
			continue
		}
		end := i + 1
		for end < len(text) && letter(text[end]) {
			end++
		}
		if latinSurnames()[text[i:end]] && end < len(text) {
			if m := given().FindStringIndex(text[end:min(end+24, len(text))]); m != nil {
				found = append(found, Span{i, end + m[1], "name"})
			}
		}
		i = end - 1
	}
	return found
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// trimmed drops a full stop and a possessive at the end of a name.
func trimmed(text string, s Span) Span {
	for _, tail := range []string{".", "’s", "'s", ","} {
		if strings.HasSuffix(text[s.Start:s.End], tail) {
			s.End -= len(tail)
		}
	}
	return s
}

func stays(text string, s Span, stay []string) bool {
	for _, name := range stay {
		if len(name) < 2 {
			continue
		}
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			if at+i <= s.Start && s.End <= at+i+len(name) {
				return true
			}
			at += i + len(name)
		}
	}
	return false
}

// Merge returns spans in order, those that overlap as one.
func Merge(found []Span) []Span {
	slices.SortFunc(found, func(a, b Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	var out []Span
	for _, s := range found {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// blocks stand for what is covered: a sign of as many bytes as the one that it covers, so
// that offsets hold in bytes, in code points and in UTF-16 units.
var blocks = [...]string{1: "*", 2: "×", 3: "█", 4: "🮮"}

// Mask covers spans. The result has the length of the text, counted in bytes, in code points
// and in UTF-16 units. A byte that is no UTF-8 is covered as one.
func Mask(text string, spans []Span) string {
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		for i := s.Start; i < s.End; {
			_, size := utf8.DecodeRuneInString(text[i:s.End])
			b.WriteString(blocks[size])
			i += size
		}
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}
