// Package layout is what every decoder hands back and the eye for the parts of a page.
//
// What comes in: paragraphs as a decoder found them. What goes out: a Page, whose blocks
// say which paragraph is the title, the dateline, the byline, a caption or boilerplate.
//
// Its one idea: the layout of a newspaper is the same in a text file and on a web page,
// so its words are one table (phrases.tsv) that both decoders use.
package layout

import (
	"strings"

	"corvee"
)

// Page is one decoded document: its text and blocks, and what it says of itself.
type Page struct {
	Text      string         `json:"-"`
	Blocks    []corvee.Block `json:"blocks"`
	Encoding  string         `json:"encoding,omitempty"`
	Replaced  int            `json:"replaced,omitempty"`
	Title     string         `json:"title,omitempty"`
	Byline    string         `json:"byline,omitempty"`
	Publisher string         `json:"publisher,omitempty"`
	Published corvee.Date    `json:"published"`
	Lang      string         `json:"lang,omitempty"`
	URL       string         `json:"url,omitempty"`
	// Regions says where on a page each line of the text stands, in text order; none for
	// what has no pages.
	Regions []corvee.Region `json:"regions,omitempty"`
}

// Empty reports whether no block holds a letter or digit to read.
func (p Page) Empty() bool {
	for _, b := range p.Blocks {
		if strings.IndexFunc(p.Text[b.Start:b.End], wordlike) >= 0 {
			return false
		}
	}
	return true
}

// Sound reports whether every block has a kind that there is, and every region stands in
// the text after the one before.
func (p Page) Sound() bool {
	end := 0
	for _, r := range p.Regions {
		if r.Start < end || r.End < r.Start || r.End > len(p.Text) || r.Page < 1 {
			return false
		}
		end = r.End
	}
	for _, b := range p.Blocks {
		switch b.Kind {
		case corvee.BlockTitle, corvee.BlockDateline, corvee.BlockByline, corvee.BlockBody, corvee.BlockCaption,
			corvee.BlockQuotation, corvee.BlockTableCell, corvee.BlockBoilerplate:
		default:
			return false
		}
	}
	return true
}
