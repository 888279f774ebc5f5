package html

import (
	"slices"
	"strconv"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The least that an article holds, in bytes of shown text, and the largest page that is
// given to the readability search, in elements: beyond it the search may take longer than
// all the rest.
const (
	leastArticle = 200
	mostElements = 50_000
)

// scope says which part of a page is the article and what in it is not.
type scope struct {
	root *html.Node
	size int // bytes of shown text in root
}

// article finds where the article stands. First the page's own word is taken
// (itemprop=articleBody, <article>, <main>), then the readability search; a page that
// tells nothing is all article.
func article(doc *html.Node) scope {
	body := find(doc, tag(atom.Body))
	if body == nil {
		body = doc
	}
	for _, says := range []func(*html.Node) bool{articleBody, tag(atom.Article), mainPart} {
		if root, ok := largest(body, says); ok {
			return scope{root, len(shownText(root))}
		}
	}
	if root := searched(doc, body); root != nil {
		return scope{root, len(shownText(root))}
	}
	return scope{body, len(shownText(body))}
}

func articleBody(n *html.Node) bool {
	return n.Type == html.ElementNode && attr(n, "itemprop") == "articleBody"
}

func mainPart(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.DataAtom == atom.Main || attr(n, "role") == "main")
}

// largest returns the candidate with the most text, provided that it is long enough and
// outweighs all others together: of a page of many teasers none is the article.
func largest(body *html.Node, says func(*html.Node) bool) (*html.Node, bool) {
	var best *html.Node
	most, total := 0, 0
	each(body, func(n *html.Node) {
		if !says(n) {
			return
		}
		size := len(shownText(n))
		total += size
		if size > most {
			best, most = n, size
		}
	})
	return best, best != nil && most >= leastArticle && 2*most > total
}

// numberKey marks elements for the readability search, which works on a copy.
const numberKey = "data-corvee-n"

// searched returns the smallest element that holds all that readability keeps.
func searched(doc, body *html.Node) *html.Node {
	nodes := number(body)
	if len(nodes) > mostElements {
		return nil
	}
	found, err := readability.FromDocument(doc, nil)
	if err != nil || found.Node == nil {
		return nil
	}
	var root *html.Node
	each(found.Node, func(n *html.Node) {
		i, err := strconv.Atoi(attr(n, numberKey))
		if n.Type != html.ElementNode || err != nil || i < 0 || i >= len(nodes) {
			return
		}
		root = ancestor(root, nodes[i])
	})
	if root != nil && len(shownText(root)) < leastArticle {
		return nil
	}
	return root
}

// number gives every element below body its index in the list that it returns.
func number(body *html.Node) []*html.Node {
	var nodes []*html.Node
	each(body, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == numberKey })
		n.Attr = append(n.Attr, html.Attribute{Key: numberKey, Val: strconv.Itoa(len(nodes))})
		nodes = append(nodes, n)
	})
	return nodes
}

func ancestor(a, b *html.Node) *html.Node {
	if a == nil {
		return b
	}
	for ; a != nil; a = a.Parent {
		if inside(b, a) {
			return a
		}
	}
	return nil
}

// junk reports whether an element inside the article is none of it: navigation, a list of
// related stories, buttons to share. An element that holds half of the article is never
// junk, whatever it is called.
func (s scope) junk(n *html.Node) bool {
	if n.Type != html.ElementNode || n == s.root || inside(s.root, n) {
		return false
	}
	if !named(n) && !linkList(n) {
		return false
	}
	return 2*len(shownText(n)) < s.size
}

func named(n *html.Node) bool {
	if n.DataAtom == atom.Nav || n.DataAtom == atom.Menu || n.DataAtom == atom.Noscript {
		return true
	}
	switch attr(n, "role") {
	case "navigation", "search", "complementary", "banner", "contentinfo", "dialog", "alert":
		return true
	}
	if !blockLevel(n) {
		return false
	}
	return slices.ContainsFunc(words(n), func(w string) bool { return slices.Contains(junkWords(), w) })
}

// junkWords are names that pages give to what is not the article.
func junkWords() []string {
	return []string{
		"ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "comments",
		"consent", "cookie", "cookies", "disqus", "donate", "hamburger", "menu", "nav", "navbar",
		"navigation", "newsletter", "pagination", "pager", "paywall", "popup", "promo", "recommended",
		"recommend", "related", "share", "sharing", "sidebar", "skip", "social", "sponsor", "sponsored",
		"subscribe", "subscription", "tags", "toolbar", "trending",
	}
}

// linkList reports whether a list or box is mostly links, at least two.
func linkList(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Aside, atom.Footer, atom.Section, atom.Div:
	default:
		return false
	}
	links, linked := 0, 0
	each(n, func(c *html.Node) {
		if c.Type == html.ElementNode && c.DataAtom == atom.A && has(c, "href") {
			links++
			linked += len(shownText(c))
		}
	})
	return links >= 2 && 10*linked > 7*len(shownText(n))
}
