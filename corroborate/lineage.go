package corroborate

import (
	"corvee"
	"corvee/corroborate/internal/lineage"
)

// Document is one report with its text and the claims that were read in it.
type Document struct {
	Report corvee.Report
	Text   corvee.Text
	Claims []corvee.Claim
	Meta   Meta
}

// Meta is what a page says of where it comes from. All of it may be empty.
type Meta struct {
	Canonical  string   // rel=canonical
	BasedOn    []string // JSON-LD isBasedOn: addresses
	Alternates []string // hreflang: addresses of the same page in other languages
	Agency     string   // a slug or byline that names an agency
	Names      []string // other names of the publisher, in any script
}

// Phantom is how the id of a report begins that is cited and not among the documents:
// "phantom:reuters:2024-02-08".
const Phantom = lineage.Phantom

// Lineage returns the edges between documents, and from documents to the phantoms that
// they cite: From depends on To. There is at most one edge from one report to another, of
// the closest kind that was found; its evidence is written for people. The edges are
// ordered by From, To and kind; neither the order of docs nor a document that is given
// twice changes them. The cost grows with the length of the texts and with the number of
// pairs that share a rare passage or claim. Method: docs/methods/lineage.md.
func Lineage(docs []Document) []corvee.Lineage {
	in := make([]lineage.Document, len(docs))
	for i, d := range docs {
		in[i] = lineage.Document{Report: d.Report, Text: d.Text, Claims: d.Claims, Meta: lineage.Meta(d.Meta)}
	}
	return lineage.Find(in)
}
