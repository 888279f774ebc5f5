// Package lineage finds which reports depend on which.
//
// What comes in: reports with their texts, their claims and what their pages say of
// themselves. What goes out: edges, each typed, directed, and with the evidence that a
// person can check.
//
// Its one idea: nothing is ever called similar. A reprint shows the passages that it
// shares, a citation the words that name the outlet, a translation or a retelling the
// claims that agree; and where the direction is not known, the edge says so. A pair is
// proposed by an index and decided by looking at the pair itself, so that the cost grows
// with the number of reports and not with its square.
package lineage

import (
	"cmp"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/shingle"
)

// Document is one report with what is known of it.
type Document struct {
	Report corvee.Report
	Text   corvee.Text
	Claims []corvee.Claim
	Meta   Meta
}

// Meta is what a page says of where it comes from.
type Meta struct {
	Canonical  string   // rel=canonical
	BasedOn    []string // JSON-LD isBasedOn: addresses
	Alternates []string // hreflang: addresses of the same page in other languages
	Agency     string   // slug or byline that names an agency
	Names      []string // other names of the publisher, in any script
}

// report is a Document made ready: tokens, fingerprints, claims in the order of the text.
type report struct {
	Document
	tokens []shingle.Token
	quoted []bool // of each token: within quotation marks
	prints []shingle.Print
	weight int
	quotes int // direct quotations of some length
	lang   string
	outlet string // identity of the publisher; "" when it is not known
	facts  []fact
	cites  []mention
}

// prepare returns the reports in their own order, whatever the order of docs: by date of
// publication, unknown last, then by id. Of two documents with one id the first in the
// order of their text hashes stays.
func prepare(docs []Document, names *directory) []*report {
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b Document) int {
		return cmp.Or(
			compareDates(a.Report.Published, b.Report.Published),
			cmp.Compare(a.Report.ID, b.Report.ID),
			cmp.Compare(a.Text.Hash(), b.Text.Hash()),
		)
	})
	seen := map[string]bool{}
	var out []*report
	for _, d := range sorted {
		if seen[d.Report.ID] {
			continue
		}
		seen[d.Report.ID] = true
		out = append(out, prepareOne(d, names))
	}
	return out
}

func prepareOne(d Document, names *directory) *report {
	r := &report{Document: d, outlet: names.publisher(d)}
	text := d.Text.String()
	for _, s := range readable(d.Text) {
		r.tokens = shingle.Tokens(r.tokens, text, s.Start, s.End)
	}
	r.prints = shingle.Winnow(shingle.Shingles(r.tokens))
	r.weight = shingle.Weight(r.tokens)
	r.quoted, r.quotes = quotations(text, r.tokens)
	r.lang = language(d.Report.Lang, text)
	r.facts = factsOf(d.Claims)
	return r
}

// readable returns the parts of a text that are not boilerplate.
func readable(t corvee.Text) []corvee.Span {
	var out []corvee.Span
	from := 0
	for _, b := range t.Blocks() {
		if b.Kind == corvee.BlockBoilerplate {
			out = append(out, corvee.Span{Start: from, End: b.Start})
			from = b.End
		}
	}
	return append(out, corvee.Span{Start: from, End: t.Len()})
}

// compareDates orders by first possible day, no date last.
func compareDates(a, b corvee.Date) int {
	switch {
	case a.Known() && b.Known():
		return a.First().Compare(b.First())
	case a.Known():
		return -1
	case b.Known():
		return 1
	}
	return 0
}

// before reports whether a was surely published before b.
func before(a, b corvee.Date) bool {
	return a.Known() && b.Known() && a.After().Compare(b.First()) <= 0
}

// language returns the primary subtag, or what the script says when none is given.
func language(tag, text string) string {
	if tag != "" {
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		return primary
	}
	hangul, han, latin := 0, 0, 0
	for _, r := range text[:min(len(text), 4096)] {
		switch {
		case r >= 0xAC00 && r <= 0xD7A3:
			hangul++
		case r >= 0x4E00 && r <= 0x9FFF:
			han++
		case r >= 'a' && r <= 'z':
			latin++
		}
	}
	switch {
	case hangul > 0 && hangul*3 > han && hangul*2 > latin:
		return "ko"
	case han > 0 && han*2 > latin:
		return "zh"
	case latin > 0:
		return "en" // any Latin script; only a difference of language is asked for
	}
	return ""
}

// quotation marks that open, each with the mark that closes it. Straight ones close
// themselves.
var closing = map[rune]rune{'“': '”', '„': '“', '«': '»', '「': '」', '『': '』', '"': '"'}

// quotations tells of each token whether it is within a direct quotation, and counts the
// quotations of at least a shingle, so that a quoted name is none. A quotation that is not closed ends with its
// paragraph.
func quotations(text string, tokens []shingle.Token) (within []bool, long int) {
	within = make([]bool, len(tokens))
	next, weight := 0, 0
	var until rune
	for i, r := range text {
		for next < len(tokens) && int(tokens[next].Start) < i {
			within[next] = until != 0
			if until != 0 {
				weight += int(tokens[next].Weight)
			}
			next++
		}
		switch {
		case until != 0 && (r == until || r == '\n'):
			if weight >= 40 {
				long++
			}
			until = 0
		case until == 0 && closing[r] != 0:
			until, weight = closing[r], 0
		}
	}
	for ; next < len(tokens); next++ {
		within[next] = until != 0
	}
	return within, long
}
