package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corvee"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/plain"
)

// writer builds the text. Inline text gathers in line; a block's edge flushes it.
type writer struct {
	scope
	text   strings.Builder
	line   strings.Builder
	blocks []corvee.Block
	title  *html.Node
	gap    string                    // what parts the next block from the last
	credit map[corvee.BlockKind]bool // credits taken from outside the article
	// layouts says of tables whether they only arrange the page.
	layouts map[*html.Node]bool
}

// part is what an element's text is, handed down to what is inside it.
type part struct {
	kind   corvee.BlockKind
	inside bool // in the article
	junk   bool
	pre    bool
}

// blocks writes the text of a page and its blocks in reading order. The headline is what
// the page's metadata call it, for telling the title among several headings.
func blocks(doc *html.Node, s scope, headline string) (string, []corvee.Block) {
	w := &writer{scope: s, credit: map[corvee.BlockKind]bool{}, layouts: map[*html.Node]bool{}}
	w.title = w.titleAmong(doc, headline)
	if title := first(doc, tag(atom.Title)); title != nil && w.title == nil {
		w.write(titleText(title))
		w.flush(part{kind: corvee.BlockTitle, inside: true})
	}
	w.walk(doc, part{kind: corvee.BlockBody})
	w.flush(part{kind: corvee.BlockBody})
	return w.text.String(), classify(w.text.String(), w.blocks)
}

func titleText(title *html.Node) string {
	if title.FirstChild == nil {
		return ""
	}
	return title.FirstChild.Data
}

// titleAmong returns the heading that is the title: the one that says what the metadata
// say, else the first h1 in the article, else the first h1. A site's name is often an h1,
// and the title often stands outside the element that holds the article.
func (w *writer) titleAmong(doc *html.Node, headline string) *html.Node {
	var best *html.Node
	most := 0
	var visit func(n *html.Node, inside bool)
	visit = func(n *html.Node, inside bool) {
		if unseen(n) || w.junk(n) {
			return
		}
		inside = inside || n == w.root
		rank := 0
		switch heading := tag(atom.H1)(n) || tag(atom.H2)(n); {
		case !heading || w.weights[n].text == 0:
		case headline != "" && shownText(n) == headline:
			rank = 3
		case n.DataAtom == atom.H1 && inside:
			rank = 2
		case n.DataAtom == atom.H1:
			rank = 1
		}
		if rank > most {
			best, most = n, rank
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c, inside)
		}
	}
	visit(doc, false)
	return best
}

func (w *writer) walk(n *html.Node, p part) {
	switch {
	case n.Type == html.TextNode:
		w.write(n.Data)
		return
	case unseen(n):
		return
	case tag(atom.Br)(n):
		w.line.WriteByte(lineBreak)
		return
	}
	inner := w.partOf(n, p)
	edge := blockLevel(n) || inlineCaption(n)
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

// lineBreak stands for <br> while white space is collapsed. The parser may let a NUL
// through, so write makes it what HTML says it is.
const lineBreak = '\x00'

func (w *writer) write(s string) { w.line.WriteString(strings.ReplaceAll(s, "\x00", "\uFFFD")) }

// part sets what parts the text before an element from its own: a tab between cells, a
// line end between rows and items, else an empty line.
func (w *writer) part(n *html.Node) {
	switch n.DataAtom {
	case atom.Td, atom.Th:
		if w.gap == "" {
			w.gap = "\t"
		}
	case atom.Tr, atom.Li, atom.Dd:
		if w.gap != "\n\n" {
			w.gap = "\n"
		}
	case atom.Tbody, atom.Thead, atom.Tfoot:
	default:
		w.gap = "\n\n"
	}
}

// partOf returns what the text inside n is.
func (w *writer) partOf(n *html.Node, p part) part {
	p.inside = p.inside || n == w.root
	p.junk = p.junk || w.junk(n)
	if n == w.title {
		return part{kind: corvee.BlockTitle, inside: true}
	}
	switch n.DataAtom {
	case atom.Figcaption, atom.Caption:
		p.kind = corvee.BlockCaption
	case atom.Td, atom.Th:
		if !w.layoutCell(n) {
			p.kind = corvee.BlockTableCell
		}
	case atom.Blockquote:
		p.kind = corvee.BlockQuotation
	case atom.Pre:
		p.pre = true
	default:
		return w.credited(n, p)
	}
	return p
}

// credited recognises a byline, a dateline and a caption by the names that pages give
// them. Of those outside the article, only the first of a kind is the article's.
func (w *writer) credited(n *html.Node, p part) part {
	const longest = 160
	if p.junk || !blockLevel(n) && !inlineCaption(n) || p.kind != corvee.BlockBody || w.weights[n].text == 0 || w.weights[n].text > longest {
		return p
	}
	kind := creditKind(n)
	if kind == "" || !p.inside && (w.credit[kind] || kind == corvee.BlockCaption) {
		return p
	}
	if !p.inside {
		w.credit[kind] = true
	}
	p.kind, p.inside = kind, true
	return p
}

// inlineCaption reports whether an element that flows with the text is shown under a
// picture by its style: its words are not the next paragraph's.
func inlineCaption(n *html.Node) bool {
	if n.DataAtom != atom.Span && n.DataAtom != atom.Em && n.DataAtom != atom.I && n.DataAtom != atom.Small {
		return false
	}
	picture, described := false, false
	for _, w := range words(n) {
		switch w {
		case "caption", "figcaption", "credit":
			return true
		case "img", "image", "photo", "picture":
			picture = true
		case "desc", "description", "text", "title":
			described = true
		}
	}
	return picture && described
}

func creditKind(n *html.Node) corvee.BlockKind {
	if inlineCaption(n) {
		return corvee.BlockCaption
	}
	if attr(n, "itemprop") == "author" || attr(n, "rel") == "author" {
		return corvee.BlockByline
	}
	for _, w := range words(n) {
		switch w {
		case "byline", "author", "authors":
			return corvee.BlockByline
		case "dateline", "date", "datestamp", "datetime", "pubdate", "timestamp", "published", "posted":
			return corvee.BlockDateline
		case "caption":
			return corvee.BlockCaption
		}
	}
	return ""
}

// layoutCell reports whether a cell belongs to a table that only arranges a page: it
// holds another table, or running text, or its table holds most of the article and running
// text and has no heads.
func (w *writer) layoutCell(cell *html.Node) bool {
	const longestCell = 500
	if attr(cell, "role") == "presentation" || w.weights[cell].tables > 0 || w.weights[cell].text > longestCell {
		return true
	}
	table := cell.Parent
	for table != nil && table.DataAtom != atom.Table {
		table = table.Parent
	}
	return table != nil && w.arranges(table)
}

// arranges is asked of a table once.
func (w *writer) arranges(table *html.Node) bool {
	const running = 160 // bytes in one cell
	if known, ok := w.layouts[table]; ok {
		return known
	}
	text, heads := 0, false
	each(table, func(n *html.Node) {
		heads = heads || n.DataAtom == atom.Th
		if n.DataAtom == atom.Td {
			text = max(text, w.weights[n].text)
		}
	})
	w.layouts[table] = !heads && text > running && 2*w.weights[table].text > w.weights[w.root].text
	return w.layouts[table]
}

var emptyLines = regexp.MustCompile(`\n\n+`)

// flush writes the gathered line as a block of its own; where it holds an empty line, as
// pages do that part paragraphs by <br><br>, as several.
func (w *writer) flush(p part) {
	line := collapse(w.line.String(), p.pre)
	w.line.Reset()
	for _, paragraph := range emptyLines.Split(line, -1) {
		w.block(strings.Trim(paragraph, "\n"), p)
	}
}

func (w *writer) block(words string, p part) {
	if words == "" {
		return
	}
	if w.text.Len() > 0 {
		w.text.WriteString(w.separator())
	}
	w.gap = ""
	start := w.text.Len()
	w.text.WriteString(words)
	kind := p.kind
	if !p.inside || p.junk {
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
	return strings.Trim(strings.Join(lines, "\n"), "\n ")
}

// classify gives each body block the kind that its words tell, as in a text file.
func classify(text string, blocks []corvee.Block) []corvee.Block {
	body := 0
	for _, b := range blocks {
		if b.Kind == corvee.BlockBody {
			body++
		}
	}
	out := make([]corvee.Block, 0, len(blocks)+1)
	seen := 0
	for _, b := range blocks {
		if b.Kind != corvee.BlockBody {
			out = append(out, b)
			continue
		}
		at := layout.Position(seen, body)
		seen++
		lines, _ := plain.Paragraph(text, b.Span, at)
		out = append(out, lines...)
	}
	layout.Doubles(text, out)
	return out
}
