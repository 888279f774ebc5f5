// Package html turns a web page into the text that a reader of it sees.
//
// What comes in: the bytes of one page. What goes out: its text in blocks, with what
// stands around the article marked as boilerplate, and what the page says of itself:
// title, byline, publisher, date, language, address.
//
// Its one idea: nothing that a reader sees is dropped and nothing that a reader does not
// see is kept. Finding the article only marks blocks; a wrong guess costs a mark, not
// words. It loads nothing from anywhere.
package html

import (
	"errors"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"corvee"
	"corvee/intake/internal/layout"

	own "corvee/intake/internal/charset"
)

// Decode returns the page, or an error for one that is nested deeper than the parser goes
// or whose encoding cannot be told. Charset is what the carrier of the page declared, or
// "": an answer of the web says it in its header and rules over the page's own word.
func Decode(raw []byte, charset string) (layout.Page, error) {
	d, err := decodeBytes(raw, charset)
	if err != nil {
		return layout.Page{}, err
	}
	doc, err := html.ParseWithOptions(strings.NewReader(d.Text), html.ParseOptionEnableScripting(false))
	if err != nil { // the parser's only bound on what it is given
		return layout.Page{}, errors.New("its elements are nested more than 512 deep, or it cannot be parsed")
	}
	page := metadata(doc)
	page.Encoding, page.Replaced = d.Name, d.Replaced
	page.Text, page.Blocks = blocks(doc, article(doc), page.Title)
	if page.Title == "" {
		page.Title = titleOf(page)
	}
	return page, nil
}

// titleOf returns the title that the page shows.
func titleOf(page layout.Page) string {
	for _, b := range page.Blocks {
		if b.Kind == corvee.BlockTitle {
			return strings.Join(strings.Fields(page.Text[b.Start:b.End]), " ")
		}
	}
	return ""
}

// decodeBytes believes a byte-order mark, then the carrier, then a declaration in the
// first 1024 bytes if it fits, then the bytes themselves.
func decodeBytes(raw []byte, carrier string) (own.Decoded, error) {
	if carrier != "" {
		return own.DecodeAs(raw, carrier)
	}
	head := raw[:min(len(raw), 1024)]
	_, declared, _ := charset.DetermineEncoding(head, "")
	// Windows-1252 is also what it says when nothing is declared.
	if declared == "windows-1252" && !declaresLatin.Match(head) {
		return own.DecodeAs(raw, "")
	}
	return own.DecodeAs(raw, declared)
}

var declaresLatin = regexp.MustCompile(`(?i)<meta[^>]*charset\s*=\s*["']?(windows-1252|cp1252|iso-?8859-1|latin1|us-ascii)`)
