// Package dossier writes all that a base holds on one subject, so that it can leave the
// base: a page that prints, JSON, or a bag that anyone can verify.
//
// What comes in: a Dossier, whose figures are computed and whose people are covered
// already. What goes out: bytes. Its one idea: every number leads in one step to a
// numbered quote, every quote to a report with its hash, and what was withheld is said.
package dossier

import (
	"encoding/json"
	"io"

	"corvee"
	"corvee/present"
)

// Dossier is one subject: a party (a site or an organisation) or a place.
type Dossier struct {
	Subject  string      `json:"subject"`
	Kind     string      `json:"kind"` // party, place, country
	Names    []string    `json:"names,omitempty"`
	Made     corvee.Date `json:"made"`
	Version  string      `json:"version"`
	Reviewed string      `json:"reviewed"` // "3 of 28 claims were judged by a person"

	Reports    []Source         `json:"reports"`
	Claims     []Cited          `json:"claims"`
	Questions  []Question       `json:"questions"`
	Waterfalls []Waterfall      `json:"waterfalls,omitempty"`
	Ledger     []corvee.Finding `json:"ledger,omitempty"`
	// Conversions are amounts in another currency: derived, each with its rate, day and source.
	Conversions []corvee.Finding `json:"conversions,omitempty"`
	Headcounts  []corvee.Finding `json:"headcounts,omitempty"`
	Indicators  []Assessment     `json:"indicators,omitempty"`
	Law         []Rule           `json:"law,omitempty"`
	Denials     []int            `json:"denials"` // numbers of claims, shown at the size of the rest
	NotFound    []string         `json:"not_found"`
	Withheld    []Withheld       `json:"withheld"`
	Notice      string           `json:"notice"`
}

// Source is a report that claims come from. Hash is of its original bytes; a report that
// was not public is named by a keyed id instead.
type Source struct {
	No        int         `json:"no"`
	ID        string      `json:"id"`
	Publisher string      `json:"publisher,omitempty"`
	Title     string      `json:"title,omitempty"`
	URL       string      `json:"url,omitempty"`
	Published corvee.Date `json:"published"`
	Lang      string      `json:"lang,omitempty"`
	DependsOn []string    `json:"depends_on,omitempty"` // "reprint of report 2"
	Archived  bool        `json:"archived"`
}

// Cited is a claim with its number. Its quote is covered where Redactions say.
type Cited struct {
	No     int          `json:"no"`
	Report int          `json:"report"`
	Gloss  string       `json:"gloss"`
	Claim  corvee.Claim `json:"claim"`
	Points [2]int       `json:"points"` // of the quote, in code points of the text
	// Places is where the lines of the quote stand in an original with pages.
	Places     []Region    `json:"places,omitempty"`
	Redactions []Redaction `json:"redactions,omitempty"`
}

// Region is a page, counted from one, and a box on it: left, bottom, right, top in hundredths
// of a point from the page's lower left corner.
type Region struct {
	Page int    `json:"page"`
	Box  [4]int `json:"box"`
}

// pages says on which pages of its original a quote stands.
func (c Cited) pages() string {
	regions := make([]corvee.Region, len(c.Places))
	for i, p := range c.Places {
		regions[i].Page = p.Page
	}
	return present.Pages(regions)
}

// Redaction is a part of a quote that is covered, in code points of the quote.
type Redaction struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Why   string `json:"why"`
}

// Question is evidence on one question: positions stand side by side.
type Question struct {
	ID         string             `json:"id"`
	Kind       corvee.Kind        `json:"kind"`
	Scope      string             `json:"scope"`
	About      string             `json:"about,omitempty"`
	When       string             `json:"when,omitempty"`
	Support    corvee.Support     `json:"support"`
	Origins    corvee.OriginCount `json:"origins"`
	Positions  []Position         `json:"positions"`
	Superseded []string           `json:"superseded,omitempty"`
}

// Position is what some claims state, with who stands behind it and why no more do.
type Position struct {
	Gloss   string             `json:"gloss"`
	Claims  []int              `json:"claims"`
	Origins corvee.OriginCount `json:"origins"`
	Why     []string           `json:"why,omitempty"`
	Against bool               `json:"against,omitempty"`
}

// Waterfall is the way of one wage; rows that are computed say so.
type Waterfall struct {
	Unit     string `json:"unit"` // "CNY a month, each"
	Rows     []Step `json:"rows"`
	Withheld string `json:"withheld,omitempty"` // percent
	Result   string `json:"result"`
	Rate     string `json:"rate,omitempty"` // that In of the rows was converted by
}

// Step is one row of a waterfall.
type Step struct {
	Stage   string `json:"stage"`
	Label   string `json:"label,omitempty"`
	Amount  string `json:"amount"`
	Derived bool   `json:"derived,omitempty"`
	Claims  []int  `json:"claims"`
	In      string `json:"in,omitempty"` // "USD ~345": derived, at the waterfall's rate
}

// Assessment is the indicators of one period.
type Assessment struct {
	Period string       `json:"period,omitempty"`
	Level  corvee.Level `json:"level"`
	Why    string       `json:"why"`
	Limbs  []string     `json:"limbs"`
	Signs  []Sign       `json:"signs"`
}

// Sign is one indicator with the numbers of its claims.
type Sign struct {
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Result  corvee.Result      `json:"result"`
	Origins corvee.OriginCount `json:"origins"`
	Claims  []int              `json:"claims,omitempty"`
	Against []int              `json:"against,omitempty"`
	Note    string             `json:"note,omitempty"`
}

// Rule is what one legal instrument comes to.
type Rule struct {
	ID         string        `json:"id"`
	Title      string        `json:"title"`
	Result     corvee.Result `json:"result"`
	Text       string        `json:"text"`
	Conditions []Condition   `json:"conditions"`
	Binds      []string      `json:"binds"`
	Source     string        `json:"source"`
}

// Condition is one condition of an instrument with what is known of it.
type Condition struct {
	Text   string `json:"text"`
	Truth  string `json:"truth"`
	Known  string `json:"known,omitempty"`
	Claims []int  `json:"claims,omitempty"`
	Unseen string `json:"unseen,omitempty"` // why it is not from a source
}

// Withheld says how much of what was left out, and why.
type Withheld struct {
	What  string `json:"what"`
	Count int    `json:"count"`
	Why   string `json:"why"`
}

// JSON writes a dossier as one indented JSON document.
func JSON(w io.Writer, d Dossier) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(d)
}
