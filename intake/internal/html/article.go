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
	leastArticle = 160
	mostElements = 30_000
)

// scope says which part of a page is the article and what in it is not.
type scope struct {
	weights
	root  *html.Node
	above map[*html.Node]bool // root and what it stands in
}

// article finds where the article stands. First the page's own word is taken
// (itemprop=articleBody, <article>, <main>), then the readability search; a page that
// tells nothing is all article.
func article(doc *html.Node) scope {
	s := scope{weights: weigh(doc), above: map[*html.Node]bool{}}
	body := first(doc, tag(atom.Body))
	if body == nil {
		body = doc
	}
	s.root = s.find(doc, body)
	for n := s.root; n != nil; n = n.Parent {
		s.above[n] = true
	}
	return s
}

func (s scope) find(doc, body *html.Node) *html.Node {
	for _, says := range []func(*html.Node) bool{articleBody, tag(atom.Article), mainPart} {
		if root := s.largest(body, says); root != nil {
			return root
		}
	}
	if root := searched(doc, body); root != nil && s.weights[root].text >= leastArticle {
		return root
	}
	return body
}

func articleBody(n *html.Node) bool {
	return n.Type == html.ElementNode && attr(n, "itemprop") == "articleBody"
}

func mainPart(n *html.Node) bool {
	return n.Type == html.ElementNode && (n.DataAtom == atom.Main || attr(n, "role") == "main")
}

// largest returns the candidate with the most text, provided that it is long enough and
// outweighs all others together: of a page of many teasers none is the article.
func (s scope) largest(body *html.Node, says func(*html.Node) bool) *html.Node {
	var best *html.Node
	most, total := 0, 0
	each(body, func(n *html.Node) {
		if !says(n) {
			return
		}
		size := s.weights[n].text
		total += size
		if size > most {
			best, most = n, size
		}
	})
	if most < leastArticle || 2*most <= total {
		return nil
	}
	return best
}

// numberKey marks elements for the readability search, which works on a copy.
const numberKey = "data-corvee-n"

// searched returns the smallest element that holds all that readability keeps, or nil.
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
		if n.Type == html.ElementNode && err == nil && i >= 0 && i < len(nodes) {
			root = ancestor(root, nodes[i])
		}
	})
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

// ancestor returns the smallest node that holds both.
func ancestor(a, b *html.Node) *html.Node {
	if a == nil {
		return b
	}
	holds := map[*html.Node]bool{}
	for n := b; n != nil; n = n.Parent {
		holds[n] = true
	}
	for a != nil && !holds[a] {
		a = a.Parent
	}
	return a
}

// junk reports whether an element is no part of the article although it may stand in it:
// navigation, a list of related stories, buttons to share. An element that holds half of
// the article or more is never junk, whatever it is called.
func (s scope) junk(n *html.Node) bool {
	if n.Type != html.ElementNode || s.above[n] || 2*s.weights[n].text >= s.weights[s.root].text {
		return false
	}
	return named(n) || s.linkList(n) || n.DataAtom == atom.Footer && s.root.DataAtom == atom.Body
}

func named(n *html.Node) bool {
	if n.DataAtom == atom.Nav || n.DataAtom == atom.Menu || n.DataAtom == atom.Noscript {
		return true
	}
	switch attr(n, "role") {
	case "navigation", "search", "complementary", "banner", "contentinfo", "dialog", "alert":
		return true
	}
	return blockLevel(n) && slices.ContainsFunc(words(n), junkWord)
}

// junkWord reports whether a word is a name that pages give to what is not the article.
func junkWord(w string) bool {
	switch w {
	case "ad", "ads", "advert", "advertisement", "banner", "breadcrumb", "breadcrumbs", "comments",
		"consent", "cookie", "cookies", "disqus", "donate", "footer", "hamburger", "menu", "nav", "navbar",
		"navigation", "newsletter", "pagination", "pager", "paywall", "popup", "promo", "recommended",
		"recommend", "related", "share", "sharing", "sidebar", "skip", "social", "sponsor", "sponsored",
		"subscribe", "subscription", "tags", "toolbar", "trending":
		return true
	}
	return false
}

// linkList reports whether a list or box is mostly links, at least two.
func (s scope) linkList(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Aside, atom.Footer, atom.Section, atom.Div, atom.Td:
	default:
		return false
	}
	w := s.weights[n]
	return w.links >= 2 && 10*w.linked > 7*w.text
}
