package segment

import (
	"strings"

	"corvee"
)

// Blocks returns the blocks to read, in order: those of the text, or paragraphs found by
// blank lines where it has none. Boilerplate is left out. Blocks of the body are cut at
// line breaks unless the text is wrapped, and their kind is set from how they look.
func Blocks(t corvee.Text) []corvee.Block {
	blocks := t.Blocks()
	if len(blocks) == 0 {
		blocks = []corvee.Block{{Kind: corvee.BlockBody, Span: corvee.Span{End: t.Len()}}}
	}
	s := t.String()
	wrapped := isWrapped(s)
	var out []corvee.Block
	for _, b := range blocks {
		if b.Kind == corvee.BlockBoilerplate {
			continue
		}
		for _, span := range paragraphs(s, b.Span, wrapped) {
			out = append(out, corvee.Block{Kind: b.Kind, Span: span})
		}
	}
	return markCaptions(s, out)
}

// paragraphs cuts a span at blank lines, and at each line break unless lines are wrapped.
// Empty paragraphs are left out.
func paragraphs(s string, span corvee.Span, wrapped bool) []corvee.Span {
	var out []corvee.Span
	start := span.Start
	flush := func(end int) {
		if strings.TrimSpace(s[start:end]) != "" {
			out = append(out, corvee.Span{Start: start, End: end})
		}
	}
	for i := span.Start; i < span.End; i++ {
		if s[i] != '\n' {
			continue
		}
		if wrapped && !blankAfter(s, i+1, span.End) && !Row(lineBefore(s[start:i])) && !Row(lineAt(s[i+1:span.End])) {
			continue
		}
		flush(i)
		start = i + 1
	}
	flush(span.End)
	return out
}

func blankAfter(s string, from, end int) bool {
	for i := from; i < end; i++ {
		switch s[i] {
		case '\n':
			return true
		case ' ', '\t', '\r':
		default:
			return false
		}
	}
	return true
}

// wrapWidth is the longest line of a text that is broken for width; mail and terminals
// break at 72 to 80, some editors at 100.
const wrapWidth = 120

// isWrapped reports whether single line breaks are only typesetting: no line is long and
// most lines within paragraphs do not end a sentence.
func isWrapped(s string) bool {
	inner, open := 0, 0
	for len(s) > 0 {
		line, rest, _ := strings.Cut(s, "\n")
		s = rest
		line = strings.TrimSpace(line)
		if len(line) > wrapWidth {
			return false
		}
		next, _, _ := strings.Cut(rest, "\n")
		if line == "" || strings.TrimSpace(next) == "" || Row(line) || Row(next) {
			continue
		}
		inner++
		if !strings.ContainsAny(line[len(line)-1:], ".!?\"”") {
			open++
		}
	}
	return inner > 1 && open*3 > inner*2
}

// markCaptions sets the kind of what the source left as body: a line that names a
// picture's maker is a caption, and so is the line before it that says the same.
func markCaptions(s string, blocks []corvee.Block) []corvee.Block {
	for i := range blocks {
		if blocks[i].Kind != corvee.BlockBody || !credits(s[blocks[i].Start:blocks[i].End]) {
			continue
		}
		blocks[i].Kind = corvee.BlockCaption
		if i > 0 && blocks[i-1].Kind == corvee.BlockBody && sameWords(s[blocks[i-1].Start:blocks[i-1].End], s[blocks[i].Start:blocks[i].End]) {
			blocks[i-1].Kind = corvee.BlockCaption
		}
	}
	return blocks
}

var creditMarks = []string{"/ image:", "/ photo:", "/image:", "/photo:", "image:", "(photo", "photo:", "photo by", "photograph:", "picture:", "credit:", "/ source:", "(image"}

// maxCaption is the longest caption in bytes; a longer paragraph only mentions a picture.
const maxCaption = 500

func credits(s string) bool {
	if len(s) > maxCaption {
		return false
	}
	s = strings.ToLower(s)
	for _, mark := range creditMarks {
		if i := strings.Index(s, mark); i >= 0 && (i == 0 || s[i-1] == ' ' || s[i-1] == '.' || s[i-1] == '\n') {
			return true
		}
	}
	return false
}

// sameWords reports whether most words of a stand in b.
func sameWords(a, b string) bool {
	words := strings.Fields(a)
	if len(a) > maxCaption || len(words) < 3 {
		return false
	}
	in := 0
	for _, w := range words {
		if strings.Contains(b, w) {
			in++
		}
	}
	return in*4 >= len(words)*3
}

// Captionlike reports whether a block is not running prose: title, caption, table cell.
func Captionlike(k corvee.BlockKind) bool {
	return k == corvee.BlockCaption || k == corvee.BlockTitle || k == corvee.BlockTableCell
}
