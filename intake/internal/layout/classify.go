package layout

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"corvee"
)

//go:embed phrases.tsv
var phrasesTSV string

// phrase is one row of the table.
type phrase struct {
	kind  corvee.BlockKind
	where string
	holds string // one of these letters at least; empty for any text
	words *regexp.Regexp
}

var phrases = sync.OnceValue(func() []phrase {
	table, err := parsePhrases(phrasesTSV)
	if err != nil {
		panic(err) // the table is part of the program and has its own test
	}
	return table
})

func parsePhrases(table string) ([]phrase, error) {
	var out []phrase
	for i, line := range strings.Split(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("phrases: line %d has %d columns, not 4", i+1, len(cells))
		}
		words, err := regexp.Compile(cells[3])
		if err != nil {
			return nil, fmt.Errorf("phrases: line %d: %w", i+1, err)
		}
		out = append(out, phrase{corvee.BlockKind(cells[0]), cells[1], strings.Trim(cells[2], "-"), words})
	}
	return out, nil
}

// Where a paragraph stands, for phrases that count only there.
type Where struct{ Head, Tail bool }

// The reach of head and tail, and the longest paragraph that may be anything but body: a
// paragraph of body that begins like a caption must not be lost to reading.
const (
	headReach   = 5
	tailReach   = 5
	maxAside    = 400 // bytes
	maxTitle    = 160 // characters
	maxDateline = 120
)

// Position returns where paragraph i of n stands.
func Position(i, n int) Where { return Where{i < headReach, n-i <= tailReach} }

// Kind returns what a paragraph is by its words alone; BlockBody when nothing tells.
func Kind(paragraph string, at Where) corvee.BlockKind {
	if len(paragraph) > maxAside {
		return corvee.BlockBody
	}
	if at.Head && Dateline(paragraph) {
		return corvee.BlockDateline
	}
	for _, p := range phrases() {
		if (p.where == "head" && !at.Head) || (p.where == "tail" && !at.Tail) {
			continue
		}
		if p.holds != "" && !strings.ContainsAny(paragraph, p.holds) {
			continue
		}
		if p.kind == corvee.BlockByline && sentenceEnd.MatchString(paragraph) {
			continue // "By Friday all had left, the source said."
		}
		if p.words.MatchString(paragraph) {
			return p.kind
		}
	}
	return corvee.BlockBody
}

var (
	dateWords = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(st|nd|rd|th)?,? \d{4}|` +
		`\b\d{1,2}(st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d{4}|` +
		`\b(19|20)\d\d[-./]\s?\d{1,2}[-./]\s?\d{1,2}\b|` +
		`(19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]`)
	sentenceEnd = regexp.MustCompile(`[.!?。！？…][”’"'」』)）]*$`)
)

// Dateline reports whether a line is a date with a place or a paper and nothing else: one
// short line with a full date that is no sentence.
func Dateline(line string) bool {
	at := dateWords.FindStringIndex(line)
	if at == nil || strings.Contains(line, "\n") || utf8.RuneCountInString(line) > maxDateline {
		return false
	}
	rest := line[:at[0]] + line[at[1]:]
	return !sentenceEnd.MatchString(line) && len(strings.Fields(rest)) <= 8 && !strings.ContainsAny(rest, "“”\"")
}

// Headline reports whether a paragraph is plainly a title: one short line that holds
// words, is no sentence and no dateline.
func Headline(line string) bool {
	return !strings.Contains(line, "\n") && utf8.RuneCountInString(line) <= maxTitle &&
		strings.IndexFunc(line, unicode.IsLetter) >= 0 &&
		!sentenceEnd.MatchString(line) && Kind(line, Where{Head: true}) == corvee.BlockBody
}

func wordlike(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
