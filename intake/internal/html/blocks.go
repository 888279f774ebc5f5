package html

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corvee"
	"corvee/intake/internal/layout"
)

// writer builds the text. Inline text gathers in line; a block's edge flushes it.
type writer struct {
	scope
	text   strings.Builder
	line   strings.Builder
	blocks []corvee.Block
	titled bool
	gap    string // what parts the next block from the last
}

// part is what an element's text is, handed down to what is inside it.
type part struct {
	kind        corvee.BlockKind
	boilerplate bool
	pre         bool
}

// blocks writes the text of a page and its blocks in reading order.
func blocks(doc *html.Node, s scope) (string, []corvee.Block) {
	w := &writer{scope: s}
	heading := find(doc, func(n *html.Node) bool { return tag(atom.H1)(n) && shownText(n) != "" })
	if title := find(doc, tag(atom.Title)); title != nil && heading == nil {
		w.line.WriteString(titleText(title))
		w.flush(part{kind: corvee.BlockTitle})
		w.titled = true
	}
	w.walk(doc, part{kind: corvee.BlockBody, boilerplate: true})
	w.flush(part{kind: corvee.BlockBody, boilerplate: true})
	return w.text.String(), classify(w.text.String(), w.blocks)
}

func titleText(title *html.Node) string {
	if title.FirstChild == nil {
		return ""
	}
	return title.FirstChild.Data
}

func (w *writer) walk(n *html.Node, p part) {
	switch {
	case n.Type == html.TextNode:
		w.line.WriteString(n.Data)
		return
	case unseen(n):
		return
	case tag(atom.Br)(n):
		w.line.WriteByte(lineBreak)
		return
	}
	inner := w.partOf(n, p)
	edge := blockLevel(n)
	if edge {
		w.flush(p)
		w.part(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, inner)
	}
	if edge {
		w.flush(inner)
	}
}

// lineBreak stands for <br> while white space is collapsed: a control character that the
// HTML parser never lets through as text.
const lineBreak = '\x00'

// part sets what parts the text before an element from its own.
func (w *writer) part(n *html.Node) {
	switch n.DataAtom {
	case atom.Td, atom.Th:
		if n.PrevSibling != nil && w.gap != "\n" {
			w.gap = "\t"
		}
	case atom.Tr, atom.Li, atom.Dd:
		w.gap = "\n"
	default:
		if w.gap != "\t" && w.gap != "\n" || n.DataAtom == atom.Table || n.DataAtom == atom.P && !inCell(n) {
			w.gap = "\n\n"
		}
	}
}

func inCell(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Td || n.DataAtom == atom.Th || n.DataAtom == atom.Li {
			return true
		}
	}
	return false
}

// partOf returns what the text inside n is.
func (w *writer) partOf(n *html.Node, p part) part {
	if n == w.root {
		p.boilerplate = false
	}
	if w.junk(n) {
		p.boilerplate = true
	}
	switch n.DataAtom {
	case atom.Figcaption, atom.Caption:
		p.kind = corvee.BlockCaption
	case atom.Td, atom.Th:
		if !layoutTable(n) {
			p.kind = corvee.BlockTableCell
		}
	case atom.Blockquote:
		p.kind = corvee.BlockQuotation
	case atom.Pre:
		p.pre = true
	case atom.H1:
		p = w.heading(n, p)
	case atom.Time:
		return p
	default:
		p = w.credited(n, p)
	}
	return p
}

// heading takes the first heading outside navigation as the title, wherever it stands: it
// is often outside the element that holds the article.
func (w *writer) heading(n *html.Node, p part) part {
	if w.titled || shownText(n) == "" || w.junkAbove(n) {
		return p
	}
	w.titled = true
	return part{kind: corvee.BlockTitle}
}

func (w *writer) junkAbove(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if w.junk(n) || n.DataAtom == atom.Footer {
			return true
		}
	}
	return false
}

// credited recognises a byline and a dateline by the names that pages give them.
func (w *writer) credited(n *html.Node, p part) part {
	const longestCredit = 160
	if n.Type != html.ElementNode || !blockLevel(n) || w.junkAbove(n) {
		return p
	}
	kind := creditKind(n)
	if kind == "" {
		return p
	}
	if text := shownText(n); text == "" || len(text) > longestCredit {
		return p
	}
	return part{kind: kind}
}

func creditKind(n *html.Node) corvee.BlockKind {
	if attr(n, "itemprop") == "author" || attr(n, "rel") == "author" {
		return corvee.BlockByline
	}
	for _, w := range words(n) {
		switch w {
		case "byline", "author", "authors":
			return corvee.BlockByline
		case "dateline", "date", "datetime", "pubdate", "timestamp", "published":
			return corvee.BlockDateline
		case "caption", "wp-caption-text":
			return corvee.BlockCaption
		}
	}
	return ""
}

// layoutTable reports whether a cell belongs to a table that only arranges a page: it
// holds another table, or blocks of running text.
func layoutTable(cell *html.Node) bool {
	const longestCell = 600
	if attr(cell, "role") == "presentation" || find(cell, tag(atom.Table)) != nil {
		return true
	}
	return len(shownText(cell)) > longestCell
}

// flush writes the gathered line as a block of its own.
func (w *writer) flush(p part) {
	line := collapse(w.line.String(), p.pre)
	w.line.Reset()
	if line == "" {
		return
	}
	if w.text.Len() > 0 {
		w.text.WriteString(w.separator())
	}
	w.gap = ""
	start := w.text.Len()
	w.text.WriteString(line)
	kind := p.kind
	if p.boilerplate {
		kind = corvee.BlockBoilerplate
	}
	w.blocks = append(w.blocks, corvee.Block{Kind: kind, Span: corvee.Span{Start: start, End: w.text.Len()}})
}

func (w *writer) separator() string {
	if w.gap == "" {
		return "\n\n"
	}
	return w.gap
}

// collapse trims and collapses white space as a browser shows it; <br> becomes a line end
// and preformatted text stays as it is.
func collapse(s string, pre bool) string {
	if pre {
		return strings.Trim(strings.ReplaceAll(s, string(lineBreak), "\n"), " \t\r\n\f")
	}
	lines := strings.Split(s, string(lineBreak))
	for i, line := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(line, collapsible), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n \t")
}

// classify gives each body block the kind that its words tell, as in a text file.
func classify(text string, blocks []corvee.Block) []corvee.Block {
	var body []int
	for i, b := range blocks {
		if b.Kind == corvee.BlockBody {
			body = append(body, i)
		}
	}
	for at, i := range body {
		blocks[i].Kind = layout.Kind(text[blocks[i].Start:blocks[i].End], layout.Position(at, len(body)))
	}
	return blocks
}

func titleOf(page layout.Page) string {
	for _, b := range page.Blocks {
		if b.Kind == corvee.BlockTitle {
			return page.Text[b.Start:b.End]
		}
	}
	return ""
}
