// Package plain reads text files.
//
// What comes in: the bytes of a text in any of the field's encodings. What goes out: the
// same text in UTF-8, unchanged but for a dropped byte-order mark, in blocks.
//
// Its one idea: paragraphs are parted by blank lines, and the few that are no body say so
// in their words.
package plain

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/layout"
)

// mostBlocks bounds the paragraphs of a text: 64 MB of two-letter paragraphs would cost
// ten times that in blocks, here and in every room behind.
const mostBlocks = 1_000_000

// ErrTooMany: more paragraphs than a report has.
var ErrTooMany = fmt.Errorf("it has over %d paragraphs", mostBlocks)

// Decode returns the page, ErrTooMany, or an error when no encoding fits. Declared is the
// encoding that the carrier of the text names, or "".
func Decode(raw []byte, declared string) (layout.Page, error) {
	d, err := charset.Decode(raw)
	if declared != "" {
		d, err = charset.DecodeAs(raw, declared)
	}
	if err != nil {
		return layout.Page{}, err
	}
	page := layout.Page{Text: d.Text, Encoding: d.Name, Replaced: d.Replaced, Blocks: Blocks(d.Text)}
	if len(page.Blocks) > mostBlocks {
		return layout.Page{}, ErrTooMany
	}
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
	for i, p := range paragraphs {
		blocks = append(blocks, p.classify(text, layout.Position(i, len(paragraphs)))...)
	}
	if len(paragraphs) > 1 && paragraphs[0].titled(text, blocks) {
		blocks[0].Kind = corvee.BlockTitle
	}
	layout.Doubles(text, blocks)
	return blocks
}

// Paragraph returns the blocks of one paragraph that a decoder of another format found:
// the head of an article may be several lines of it. Titled reports whether its first
// block is plainly a title.
func Paragraph(text string, whole corvee.Span, at layout.Where) (blocks []corvee.Block, titled bool) {
	for _, p := range paragraphsOf(text[whole.Start:whole.End]) {
		p.shift(whole.Start)
		blocks = append(blocks, p.classify(text, at)...)
		titled = titled || len(blocks) > 0 && p.titled(text, blocks)
	}
	return blocks, titled
}

func (p *paragraph) shift(by int) {
	p.whole.Start, p.whole.End = p.whole.Start+by, p.whole.End+by
	for i := range p.lines {
		p.lines[i].Start, p.lines[i].End = p.lines[i].Start+by, p.lines[i].End+by
	}
}

// paragraph is lines without an empty one between them. Its lines are kept only while
// they are few enough to be a caption or a head: a text may have 30 million.
type paragraph struct {
	whole corvee.Span
	lines []corvee.Span
	count int
}

const mostLines = 4

func (p *paragraph) add(line corvee.Span) {
	if p.count == 0 {
		p.whole = line
	}
	if p.count++; p.count <= mostLines {
		p.lines = append(p.lines, line)
	}
	p.whole.End = line.End
}

// paragraphsOf returns the paragraphs, their lines trimmed of white space.
func paragraphsOf(text string) []paragraph {
	var out []paragraph
	var open paragraph
	for start := 0; start < len(text); {
		end := start + lineLength(text[start:])
		if line := trimmed(text, start, end); line.Len() > 0 {
			open.add(line)
		} else if open.count > 0 {
			out, open = append(out, open), paragraph{}
		}
		start = end
	}
	if open.count > 0 {
		out = append(out, open)
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

// titled reports whether the first line of a text is plainly its title: it stands alone,
// or above the lines that name author, paper and date.
func (p paragraph) titled(text string, blocks []corvee.Block) bool {
	alone := p.count == 1 || blocks[0].Span == p.lines[0]
	return alone && blocks[0].Kind != corvee.BlockCaption && layout.Headline(cut(text, p.lines[0]))
}

// classify returns one block for a paragraph of body, and one for each line of a caption
// with its credit (a picture's text often stands twice, once with the credit) or of the
// head (author, paper, place and date above one another).
func (p paragraph) classify(text string, at layout.Where) []corvee.Block {
	if few := p.count > 1 && p.count <= mostLines; few {
		if p.any(text, caption) {
			return each(p.lines, func(string) corvee.BlockKind { return corvee.BlockCaption }, text)
		}
		if at.Head && p.any(text, layout.Dateline) && !p.any(text, sentence) {
			return each(p.lines, headKind, text)
		}
	}
	return layout.Opening(text, corvee.Block{Kind: layout.Kind(cut(text, p.whole), at), Span: p.whole}, at)
}

func (p paragraph) any(text string, is func(string) bool) bool {
	return slices.ContainsFunc(p.lines, func(line corvee.Span) bool { return is(cut(text, line)) })
}

func caption(line string) bool { return layout.Kind(line, layout.Where{}) == corvee.BlockCaption }

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

func each(lines []corvee.Span, kind func(string) corvee.BlockKind, text string) []corvee.Block {
	blocks := make([]corvee.Block, 0, len(lines))
	for _, line := range lines {
		blocks = append(blocks, corvee.Block{Kind: kind(cut(text, line)), Span: line})
	}
	return blocks
}

func cut(text string, s corvee.Span) string { return text[s.Start:s.End] }
