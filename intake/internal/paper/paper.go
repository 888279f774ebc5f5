// Package paper sets the paragraphs and tables of a document into text.
//
// What comes in: paragraphs, cells and asides in reading order. What goes out: a page
// whose blocks are parted as a text file parts them, so that one article reads the same
// from every format.
//
// Its one idea: an empty line between paragraphs, a line end between rows, a tab between
// cells, and nothing added within.
package paper

import (
	"strings"

	"corvee"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/plain"
)

// Paper is a page in the making. The zero value is empty.
type Paper struct {
	text  strings.Builder
	spans []corvee.Block // kind as it was said, "" where the words have to tell
	gap   string
}

// Para adds a paragraph. A kind of "" leaves it to the words what it is.
func (p *Paper) Para(kind corvee.BlockKind, words string) { p.add("\n\n", kind, words) }

// Line adds a paragraph that stands on the line below the last.
func (p *Paper) Line(kind corvee.BlockKind, words string) { p.add("\n", kind, words) }

// Cell adds a cell of a table: the first of a table, the first of a row, or another.
func (p *Paper) Cell(words string, firstOfTable, firstOfRow bool) {
	gap := "\t"
	switch {
	case firstOfTable:
		gap = "\n\n"
	case firstOfRow:
		gap = "\n"
	}
	// An empty cell leaves its tab, so that the columns of a row still stand in order.
	if strings.TrimSpace(words) == "" {
		p.gap = wider(p.gap, gap)
		return
	}
	p.add(gap, corvee.BlockTableCell, words)
}

// Break puts text between blocks that belongs to none, as a form feed between pages.
func (p *Paper) Break(mark string) {
	p.text.WriteString(mark)
	p.gap = ""
}

// Len returns how many bytes the text has; what is added next may have a gap before it.
func (p *Paper) Len() int { return p.text.Len() }

func (p *Paper) add(gap string, kind corvee.BlockKind, words string) {
	words = strings.Trim(words, " \t\r\n\f\u00A0\u3000")
	if words == "" {
		return
	}
	gap = wider(p.gap, gap)
	if text := p.text.Len(); text > 0 && !p.broken() {
		p.text.WriteString(gap)
	}
	p.gap = ""
	start := p.text.Len()
	p.text.WriteString(words)
	p.spans = append(p.spans, corvee.Block{Kind: kind, Span: corvee.Span{Start: start, End: p.text.Len()}})
}

// broken reports whether the text ends in a mark of Break, which parts blocks already.
func (p *Paper) broken() bool {
	end := 0
	if n := len(p.spans); n > 0 {
		end = p.spans[n-1].End
	}
	return p.text.Len() > end
}

// wider returns the gap that parts more.
func wider(a, b string) string {
	rank := map[string]int{"": 0, "\t": 1, "\n": 2, "\n\n": 3}
	if rank[a] > rank[b] {
		return a
	}
	return b
}

// Page returns the page, each paragraph told by its words where its kind was not said.
func (p *Paper) Page() layout.Page {
	page := layout.Page{Text: p.text.String()}
	body, seen := 0, 0
	for _, b := range p.spans {
		if b.Kind == "" {
			body++
		}
	}
	titled := false
	for _, b := range p.spans {
		titled = titled || b.Kind == corvee.BlockTitle
	}
	for _, b := range p.spans {
		if b.Kind != "" {
			page.Blocks = append(page.Blocks, b)
			continue
		}
		blocks, title := plain.Paragraph(page.Text, b.Span, layout.Position(seen, body))
		if seen == 0 && body > 1 && !titled && title {
			blocks[0].Kind = corvee.BlockTitle
		}
		seen++
		page.Blocks = append(page.Blocks, blocks...)
	}
	layout.Doubles(page.Text, page.Blocks)
	for _, b := range page.Blocks {
		if b.Kind == corvee.BlockTitle && page.Title == "" {
			page.Title = strings.Join(strings.Fields(page.Text[b.Start:b.End]), " ")
		}
	}
	return page
}

// Words returns the paragraphs and cells so far.
func (p *Paper) Words() []string {
	text, out := p.text.String(), make([]string, 0, len(p.spans))
	for _, b := range p.spans {
		out = append(out, text[b.Start:b.End])
	}
	return out
}
