package mark

import (
	"fmt"
	"regexp"
	"strings"

	"corvee"
)

// Find returns where words that a reader copied from a page stand in the text, in order,
// at most limit of them. Any space in the words meets any space in the text, and a shown
// glyph meets what it stands for. It returns corvee.ErrInvalid for words that are only
// space or too long.
func Find(t corvee.Text, words string, limit int) ([]corvee.Span, error) {
	fields := strings.Fields(words)
	if len(fields) == 0 || len(words) > maxWords {
		return nil, fmt.Errorf("%w: give between 1 and %d bytes of words", corvee.ErrInvalid, maxWords)
	}
	for i, f := range fields {
		fields[i] = pattern(f)
	}
	re, err := regexp.Compile(strings.Join(fields, `[\s\p{Z}\x{85}]+`))
	if err != nil {
		return nil, fmt.Errorf("%w: these words cannot be searched for: %v", corvee.ErrInvalid, err)
	}
	var out []corvee.Span
	for _, at := range re.FindAllStringIndex(t.String(), limit) {
		out = append(out, corvee.Span{Start: at[0], End: at[1]})
	}
	return out, nil
}

// maxWords bounds what is searched for: no claim quotes more than a long paragraph.
const maxWords = 10_000

func pattern(word string) string {
	word = regexp.QuoteMeta(word)
	word = strings.ReplaceAll(word, string(ControlGlyph), `(?:`+string(ControlGlyph)+`|[\p{Cc}\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}])`)
	return strings.ReplaceAll(word, string(NarrowGlyph), `(?:`+string(NarrowGlyph)+`|[\x{200B}\x{2060}\x{FEFF}])`)
}
