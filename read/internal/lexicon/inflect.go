package lexicon

import "strings"

// inflect returns the forms of one cell entry. "v:send/sent" is a verb with its past (and
// participle, when it differs, after a second slash); "v:hand over" inflects its first
// word; "n:worker" is a noun with its plural ("n:man/men" when irregular); anything else
// stands as it is. Labour and labor, organise and organize go together.
func inflect(entry string) []Inflected {
	kind, rest, marked := strings.Cut(entry, ":")
	if !marked || kind != "v" && kind != "n" {
		return spellings([]Inflected{{entry, 0}})
	}
	if kind == "v" {
		return spellings(verb(strings.Split(rest, "/")))
	}
	return spellings(noun(rest))
}

// verb inflects "send/sent", "hand over", "go/went/gone out" or "go out/went out": the
// words after the first stay as they are.
func verb(stems []string) []Inflected {
	first := make([]string, 3)
	tail := ""
	for i, s := range stems[:min(len(stems), 3)] {
		word, after, ok := strings.Cut(s, " ")
		first[i] = word
		if ok {
			tail = " " + after
		}
	}
	if first[1] == "" {
		first[1] = pastOf(first[0])
	}
	if first[2] == "" {
		first[2] = first[1]
	}
	return []Inflected{
		{first[0] + tail, Base}, {thirdOf(first[0]) + tail, Third}, {first[1] + tail, Past},
		{first[2] + tail, Participle}, {ingOf(first[0]) + tail, Ing},
	}
}

func noun(entry string) []Inflected {
	if one, many, ok := strings.Cut(entry, "/"); ok {
		return []Inflected{{one, Singular}, {many, Plural}}
	}
	return []Inflected{{entry, Singular}, {thirdOf(entry), Plural}}
}

func thirdOf(s string) string {
	switch {
	case strings.HasSuffix(s, "y") && !vowelAt(s, len(s)-2):
		return s[:len(s)-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "go"), strings.HasSuffix(s, "do"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "z"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"):
		return s + "es"
	}
	return s + "s"
}

func pastOf(s string) string {
	switch {
	case strings.HasSuffix(s, "e"):
		return s + "d"
	case strings.HasSuffix(s, "y") && !vowelAt(s, len(s)-2):
		return s[:len(s)-1] + "ied"
	case doubles(s):
		return s + s[len(s)-1:] + "ed"
	}
	return s + "ed"
}

func ingOf(s string) string {
	switch {
	case strings.HasSuffix(s, "ie"):
		return s[:len(s)-2] + "ying"
	case strings.HasSuffix(s, "e") && !strings.HasSuffix(s, "ee"):
		return s[:len(s)-1] + "ing"
	case doubles(s):
		return s + s[len(s)-1:] + "ing"
	}
	return s + "ing"
}

// doubles reports whether the last letter doubles: a short word of one vowel between
// consonants (skim, ban), or one that is stressed at its end (transfer, admit).
func doubles(s string) bool {
	n := len(s)
	if n < 3 || vowelAt(s, n-1) || !vowelAt(s, n-2) || vowelAt(s, n-3) || strings.ContainsAny(s[n-1:], "wxy") {
		return false
	}
	vowels := 0
	for i := range n {
		if vowelAt(s, i) {
			vowels++
		}
	}
	return vowels == 1 || strings.HasSuffix(s, "fer") || strings.HasSuffix(s, "mit") || strings.HasSuffix(s, "bar") || strings.HasSuffix(s, "pel")
}

func vowelAt(s string, i int) bool { return i >= 0 && strings.IndexByte("aeiou", s[i]) >= 0 }

// pairs of spellings that one row serves.
var spellingPairs = [][2]string{{"labour", "labor"}, {"isation", "ization"}, {"programme", "program"}, {"defence", "defense"}, {"centre", "center"}, {"harbour", "harbor"}, {"travell", "travel"}, {"cancell", "cancel"}}

func spellings(in []Inflected) []Inflected {
	out := in
	for _, f := range in {
		for _, pair := range spellingPairs {
			if strings.Contains(f.Text, pair[0]) {
				out = append(out, Inflected{strings.ReplaceAll(f.Text, pair[0], pair[1]), f.Form})
			}
		}
	}
	return out
}
