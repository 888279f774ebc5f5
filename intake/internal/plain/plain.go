// Package plain reads text files.
//
// What comes in: the bytes of a text in any of the field's encodings. What goes out: the
// same text in UTF-8, unchanged but for a dropped byte-order mark, in blocks.
//
// Its one idea: paragraphs are parted by blank lines, and the few that are no body say so
// in their words.
package plain

import (
	"slices"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/layout"
)

// Decode returns the page, or an error when no encoding fits.
func Decode(raw []byte) (layout.Page, error) {
	d, err := charset.Decode(raw)
	if err != nil {
		return layout.Page{}, err
	}
	page := layout.Page{Text: d.Text, Encoding: d.Name, Replaced: d.Replaced}
	page.Blocks = Blocks(d.Text)
	for _, b := range page.Blocks {
		if b.Kind == corvee.BlockTitle {
			page.Title = d.Text[b.Start:b.End]
		}
	}
	return page, nil
}

// Blocks returns the blocks of a text in reading order; white space belongs to none.
func Blocks(text string) []corvee.Block {
	paragraphs := paragraphsOf(text)
	var blocks []corvee.Block
	for i, lines := range paragraphs {
		blocks = append(blocks, classify(text, lines, layout.Position(i, len(paragraphs)))...)
	}
	if len(paragraphs) > 1 && titled(text, paragraphs[0], blocks) {
		blocks[0].Kind = corvee.BlockTitle
	}
	return blocks
}

// titled reports whether the first line of a text is plainly its title: it stands alone,
// or above the lines that name author, paper and date.
func titled(text string, lines []corvee.Span, blocks []corvee.Block) bool {
	alone := len(lines) == 1 || blocks[0].Span == lines[0] && blocks[0].Kind != corvee.BlockCaption
	return alone && layout.Headline(cut(text, lines[0]))
}

// paragraphsOf returns the lines of each paragraph, trimmed of white space.
func paragraphsOf(text string) [][]corvee.Span {
	var out [][]corvee.Span
	var lines []corvee.Span
	for start := 0; start < len(text); {
		end := start + lineLength(text[start:])
		if line := trimmed(text, start, end); line.Len() > 0 {
			lines = append(lines, line)
		} else if lines != nil {
			out, lines = append(out, lines), nil
		}
		start = end
	}
	if lines != nil {
		out = append(out, lines)
	}
	return out
}

// lineLength counts the line's end in: LF, CRLF, or CR alone as old files have it.
func lineLength(text string) int {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return len(text)
	case strings.HasPrefix(text[i:], "\r\n"):
		return i + 2
	}
	return i + 1
}

func trimmed(text string, start, end int) corvee.Span {
	line := text[start:end]
	left := strings.TrimLeftFunc(line, blank)
	inner := strings.TrimRightFunc(left, blank)
	start += len(line) - len(left)
	return corvee.Span{Start: start, End: start + len(inner)}
}

// blank also takes U+0000 and the ideographic space that opens Chinese paragraphs.
func blank(r rune) bool {
	return r <= ' ' || r == '\u00A0' || r == '\u3000' || r == '\uFEFF' || r == '\u2028' || r == '\u2029' || r == '\u0085'
}

// classify returns one block for a paragraph of body, and one for each line of a caption
// with its credit (a picture's text often stands twice, once with the credit) or of the
// head (author, paper, place and date above one another).
func classify(text string, lines []corvee.Span, at layout.Where) []corvee.Block {
	const mostLines = 4
	few := len(lines) > 1 && len(lines) <= mostLines
	if few && anyLine(text, lines, func(l string) bool { return layout.Kind(l, layout.Where{}) == corvee.BlockCaption }) {
		return each(lines, func(string) corvee.BlockKind { return corvee.BlockCaption }, text)
	}
	if few && at.Head && anyLine(text, lines, layout.Dateline) && !anyLine(text, lines, sentence) {
		return each(lines, headKind, text)
	}
	whole := lines[0].Cover(lines[len(lines)-1])
	return layout.Opening(text, corvee.Block{Kind: layout.Kind(cut(text, whole), at), Span: whole}, at)
}

func sentence(line string) bool {
	return !layout.Headline(line) && !layout.Dateline(line) && headKind(line) == ""
}

// headKind takes a line of the head that is no dateline for the author or the paper.
func headKind(line string) corvee.BlockKind {
	kind := layout.Kind(line, layout.Where{Head: true})
	if kind == corvee.BlockBody && layout.Headline(line) {
		return corvee.BlockByline
	}
	if kind == corvee.BlockBody {
		return ""
	}
	return kind
}

func anyLine(text string, lines []corvee.Span, is func(string) bool) bool {
	return slices.ContainsFunc(lines, func(line corvee.Span) bool { return is(cut(text, line)) })
}

func each(lines []corvee.Span, kind func(string) corvee.BlockKind, text string) []corvee.Block {
	blocks := make([]corvee.Block, 0, len(lines))
	for _, line := range lines {
		blocks = append(blocks, corvee.Block{Kind: kind(cut(text, line)), Span: line})
	}
	return blocks
}

func cut(text string, s corvee.Span) string { return text[s.Start:s.End] }
