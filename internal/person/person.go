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
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is half-open, in bytes; Why says what the rule saw: name, telephone, mail, number.
type Span struct {
	Start, End int
	Why        string
}

//go:embed surnames.tsv
var surnames string

type pattern struct {
	re  *regexp.Regexp // its first group is what is masked
	why string
}

// patterns are built once from the surnames. A name in Latin letters is a title, a verb of
// naming, an age or a trade beside capitals, or a Korean or Chinese surname before given
// names; one in Hangul or Hanzi is a surname with given names beside a title or a trade.
var patterns = sync.OnceValue(func() []pattern {
	latin, hangul, han := family("latin"), family("hangul"), family("han")
	capital := `\p{Lu}[\p{Ll}’'.-]*(?:-?\p{L}[\p{Ll}]*)?`
	capitals := capital + `(?:[ \x{00A0}]` + capital + `){0,3}`
	roles := `(?i:worker|workers|seamstress|welder|sailor|fisher|fisherman|cook|waitress|nurse|doctor|mother|father|widow|escapee|defector|returnee|labourer|laborer|villager|farmer|student|teacher)`
	koRoles := `(?:노동자|근로자|일꾼|여공|선원|탈북자|탈북민|의사|간호사|주민|종업원|소식통|교사|학생|농민)`
	zhRoles := `(?:工人|女工|员工|員工|船员|船員|劳工|勞工|护士|護士|医生|醫生|服务员|服務員|村民|教师|學生|学生|农民|農民)`
	list := []struct{ expression, why string }{
		{`(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Comrade|Madam|Prof)\.? )(` + capitals + `)`, "name"},
		{`\b(?:named|called|surnamed|nicknamed|identified as|name is|name was|known as) (` + capitals + `)`, "name"},
		{`\b` + roles + `,? (` + capital + `(?: ` + capital + `){1,2})\b`, "name"},
		{`\b(` + capital + `(?: ` + capital + `){1,2}),? (?:\(?\d\d\)?,|an? (?:\d\d-year-old|former ` + roles + `|` + roles + `))`, "name"},
		{`\b((?:` + latin + `) \p{Lu}\p{Ll}{1,7}(?:[ -]\p{L}\p{Ll}{1,7}))\b`, "name"},
		{`((?:` + hangul + `)\p{Hangul}{0,2})(?: ?(?:씨|양|군|여사|모씨|님))`, "name"},
		{koRoles + ` ((?:` + hangul + `)\p{Hangul}{2})(?:은|는|이|가|의|을|를|도|에게|씨| |,|\()`, "name"},
		{`((?:` + hangul + `)\p{Hangul}{2})(?: ?\(\d\d\))`, "name"},
		{`((?:` + han + `)\p{Han}{0,2})(?:先生|女士|小姐|师傅|師傅|同志|（\d\d）)`, "name"},
		{`(?:名叫|叫做|名为|名為|` + zhRoles + `)((?:` + han + `)\p{Han}{1,2})(?:说|說|表示|告诉|告訴|称|稱|，|,|的|在)`, "name"},
		{`([\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,})`, "mail"},
		{`(\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4})`, "telephone"},
		{`\b(0\d{1,3}[- ]\d{3,4}[- ]\d{4})\b`, "telephone"},
		{`\b(1[3-9]\d[- ]?\d{4}[- ]?\d{4})\b`, "telephone"},
		{`(?i:passport|여권|护照|護照)(?: (?i:no\.?|number)|번호|号码|號碼)?:? ?([A-Z]{0,2}\d{6,9})\b`, "number"},
	}
	var out []pattern
	for _, p := range list {
		out = append(out, pattern{regexp.MustCompile(p.expression), p.why})
	}
	return out
})

func family(script string) string {
	for line := range strings.Lines(surnames) {
		if name, list, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok && name == script {
			return strings.Join(strings.Fields(list), "|")
		}
	}
	return "\x00"
}

// Find returns the spans that name or reach a person, in order and apart. Stay are names
// that may be shown: of firms, places, officials, publishers. A find that is one of them,
// or stands within one, is left.
func Find(text string, stay ...string) []Span {
	var found []Span
	for _, p := range patterns() {
		for _, m := range p.re.FindAllStringSubmatchIndex(text, -1) {
			s := trimmed(text, Span{m[2], m[3], p.why})
			if s.End > s.Start && !stays(text, s, stay) {
				found = append(found, s)
			}
		}
	}
	return Merge(found)
}

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

// Block is what a mask writes for each code point that it covers.
const Block = '█'

// Mask covers spans. The result has as many code points as the text, so that offsets in
// code points still hold.
func Mask(text string, spans []Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.Start])
		b.WriteString(strings.Repeat(string(Block), utf8.RuneCountInString(text[s.Start:s.End])))
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}
