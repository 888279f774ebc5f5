package html

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// each visits n and all nodes below it in document order. The parser holds the depth at
// 512, so this may recurse.
func each(n *html.Node, visit func(*html.Node)) {
	visit(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, visit)
	}
}

// first returns the first node in document order that is wanted, or nil.
func first(n *html.Node, want func(*html.Node) bool) *html.Node {
	if want(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := first(c, want); found != nil {
			return found
		}
	}
	return nil
}

func tag(a atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Type == html.ElementNode && n.DataAtom == a }
}

// shownText returns the text below n that a reader sees, white space collapsed.
func shownText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		if unseen(n) {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if blockLevel(n) {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.FieldsFunc(b.String(), collapsible), " ")
}

// collapsible is white space as HTML has it: not the no-break space.
func collapsible(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

// unseen reports whether a reader never sees what is in the element as text.
func unseen(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return n.Type == html.CommentNode || n.Type == html.DoctypeNode
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Head, atom.Iframe, atom.Object, atom.Embed,
		atom.Canvas, atom.Audio, atom.Video, atom.Svg, atom.Math, atom.Select, atom.Datalist,
		atom.Textarea, atom.Input, atom.Button, atom.Map, atom.Noembed, atom.Noframes:
		return true
	case atom.Rp, atom.Rt: // how a word is read, above it: inside it, it would break a name
		return true
	case atom.Dialog:
		return !has(n, "open")
	}
	if has(n, "hidden") {
		return true
	}
	style := strings.ToLower(strings.Map(notSpace, attr(n, "style")))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func notSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

func blockLevel(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
		atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li, atom.Main,
		atom.Menu, atom.Nav, atom.Noscript, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary,
		atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

// words splits class and id names into lower-case words: "relatedPosts" and
// "related-posts" are both related, posts.
func words(n *html.Node) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out, word = append(out, string(word)), nil
		}
	}
	lower := false
	for _, r := range attr(n, "class") + " " + attr(n, "id") {
		if !unicode.IsLetter(r) || lower && unicode.IsUpper(r) {
			flush()
		}
		lower = unicode.IsLower(r)
		if unicode.IsLetter(r) {
			word = append(word, unicode.ToLower(r))
		}
	}
	flush()
	return out
}
