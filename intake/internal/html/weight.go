package html

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// weight is what stands in an element: bytes of shown text without white space, how much
// of it in links, how many links and tables. All weights are counted in one pass, since a
// page may nest a million elements and every later question asks for them.
type weight struct{ text, linked, links, tables int }

type weights map[*html.Node]weight

func weigh(doc *html.Node) weights {
	w := weights{}
	w.add(doc)
	return w
}

func (w weights) add(n *html.Node) weight {
	var sum weight
	if n.Type == html.TextNode {
		for i := range len(n.Data) {
			if !collapsible(rune(n.Data[i])) {
				sum.text++
			}
		}
		return sum
	}
	if unseen(n) {
		return sum
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner := w.add(c)
		sum.text += inner.text
		sum.linked += inner.linked
		sum.links += inner.links
		sum.tables += inner.tables
	}
	switch {
	case n.DataAtom == atom.A && has(n, "href"):
		sum.links, sum.linked = sum.links+1, sum.text
	case n.DataAtom == atom.Table:
		sum.tables++
	}
	w[n] = sum
	return sum
}
