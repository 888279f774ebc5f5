package score

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"corvee"
	"corvee/intake"
)

// document is a record with its text and its claims in the contract's words.
type document struct {
	record    Record
	report    corvee.Report
	text      corvee.Text
	sentences []corvee.Span
	gold      []statement
	chars     int
	asFacts   bool // the text is not the annotated one, so spans say nothing
}

// group is what the bootstrap draws: a story, never one of its reports.
func (d document) group() string {
	if d.record.Group != "" {
		return d.record.Group
	}
	return "report " + d.record.ID
}

func open(r Record, texts fs.FS) (document, error) {
	raw, err := fs.ReadFile(texts, r.ID+".txt")
	if err != nil {
		return document{}, err
	}
	body := opening(bodyOf(string(raw)), r.TextChars)
	text, err := corvee.NewText(body, intake.Blocks(body))
	if err != nil {
		return document{}, err
	}
	d := document{
		record: r, text: text, sentences: sentences(body), chars: utf8.RuneCountInString(body),
		report: corvee.Report{
			ID: corvee.HashID(raw), Text: text.Hash(), URL: r.URL, Title: r.Title, Publisher: r.Publisher,
			Published: r.Published, Lang: r.Lang, MediaType: "text/plain", Encoding: "utf-8", Bytes: int64(len(raw)),
		},
	}
	sum := sha256.Sum256([]byte(body))
	d.asFacts = r.TextSHA256 != "" && r.TextSHA256 != hex.EncodeToString(sum[:])
	return d, d.translate()
}

// bodyOf drops the address on the first line, where there is one.
func bodyOf(file string) string {
	file = strings.TrimPrefix(file, "\uFEFF")
	first, rest, _ := strings.Cut(file, "\n")
	if strings.HasPrefix(first, "http://") || strings.HasPrefix(first, "https://") {
		return rest
	}
	return file
}

// opening cuts to the annotated part: nothing beyond it was annotated.
func opening(body string, chars int) string {
	if chars <= 0 {
		return body
	}
	for i := range body {
		if chars == 0 {
			return body[:i]
		}
		chars--
	}
	return body
}

func (d *document) translate() error {
	words, err := dictionaryOf()
	if err != nil {
		return err
	}
	for i, g := range d.record.Claims {
		s, err := words.statement(g, d.record)
		if err != nil {
			return fmt.Errorf("claim %d: %w", i+1, err)
		}
		if !d.asFacts {
			if s.spans, err = d.spansOf(g); err != nil {
				return fmt.Errorf("claim %d: %w", i+1, err)
			}
		}
		d.gold = append(d.gold, s)
	}
	slices.SortStableFunc(d.gold, func(a, b statement) int {
		return cmp.Or(slices.CompareFunc(a.spans, b.spans, compareSpans), strings.Compare(a.gloss(), b.gloss()), strings.Compare(a.everySlot(), b.everySlot()))
	})
	return nil
}

func compareSpans(a, b corvee.Span) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

func (d *document) spansOf(g Gold) ([]corvee.Span, error) {
	var spans []corvee.Span
	for _, points := range append([][2]int{g.Span}, g.AltSpans...) {
		span, err := d.text.FromCodePoints(points[0], points[1])
		if err != nil {
			return nil, err
		}
		spans = append(spans, span)
	}
	return spans, nil
}

// sentences cuts a text where the scorer takes a sentence to end: at a line's end, after
// a full stop of Han or kana, and after one of the others before a space and no small
// letter. It is coarse on purpose: it only decides which claims may be compared.
func sentences(text string) []corvee.Span {
	var out []corvee.Span
	start := 0
	cut := func(end int) {
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, corvee.Span{Start: start, End: end})
		}
		start = end
	}
	for i, r := range text {
		if end := i + utf8.RuneLen(r); end >= start && ends(text, start, i, r) {
			cut(end + closers(text[end:]))
		}
	}
	cut(len(text))
	return out
}

func ends(text string, start, i int, r rune) bool {
	switch r {
	case '\n', '。', '！', '？', '｡':
		return true
	case '.', '!', '?':
		rest := text[i+1:]
		quoted := closers(rest)
		after := rest[quoted:]
		next := strings.TrimLeft(after, " \t\"'“‘")
		return len(after) > 0 && strings.ContainsRune(" \t\r\n", rune(after[0])) && !small(next) && (r != '.' || quoted > 0 || !abbreviated(text[start:i]))
	}
	return false
}

// closers returns the bytes of quotation marks and brackets that belong to a sentence
// that has just ended.
func closers(s string) int { return len(s) - len(strings.TrimLeft(s, "\"'”’」』)）")) }

func small(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }

const abbreviations = " Mr Mrs Ms Dr Prof Gen Col No St Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "

func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " \t\n(\"“")+1:]
	return utf8.RuneCountInString(word) == 1 || strings.Contains(word, ".") || strings.Contains(abbreviations, " "+word+" ")
}
