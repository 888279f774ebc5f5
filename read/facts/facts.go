// Package facts reads a file of reported facts: rows that say what publications said, with
// their source and without their text.
//
// What comes in: a JSON file of sources, entities, independence groups and facts. What goes
// out: one report for each source, whose text is the rows themselves, and a claim for each
// row, so that a fact is quoted, weighed and purged as any other claim is. Its one idea: a
// fact is no weaker than what it rests on and no stronger: its report says that the
// publication was not archived, and its quote is the row.
package facts

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/gazetteer"
)

// MediaType marks a report whose text is rows of facts: its publication is not archived.
const MediaType = "application/vnd.corvee.reported-facts+json"

// Rules names this reader as the maker of its claims.
const Rules = "facts/1"

// Sheet is one publication with its rows, as a report that can be read: its text is a
// header with what the rows refer to, then the rows, a line each.
type Sheet struct {
	Report   corvee.Report
	Text     corvee.Text
	Original []byte
}

// Group is facts that share an origin, as the file says; Facts are their ids.
type Group struct {
	ID, Root string
	Min, Max int
	Facts    []string
}

type file struct {
	Sources  []source          `json:"sources"`
	Entities []entity          `json:"entities"`
	Groups   map[string]group  `json:"independence_groups"`
	Facts    []json.RawMessage `json:"facts"`
}

type source struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Publisher string `json:"publisher"`
	Lang      string `json:"lang"`
	Date      string `json:"date"`
}

type entity struct {
	ID    string
	Names struct{ Latin *string }
}

type group struct {
	Root string `json:"root"`
	Min  int    `json:"origins_min"`
	Max  int    `json:"origins_max"`
}

// header is the first line of a sheet: what its rows refer to and nothing more.
type header struct {
	Source    source            `json:"source"`
	Groups    map[string]group  `json:"independence_groups"`
	Employers map[string]string `json:"employers"`
}

type fact struct {
	ID, Kind, Country, Place, Sector, Employer string
	Value                                      *struct {
		Min, Max            corvee.Decimal
		Unit, Currency, Per string
	}
	Period                        struct{ Start, End corvee.Date }
	Modality, Attribution, Source string
	Group                         string `json:"independence_group"`
	Origin                        string // whence it comes in the end: a source, a group, or a body by name
}

// refers is what a row says of other parts of the file.
type refers struct {
	ID, Source, Employer string
	Group                string `json:"independence_group"`
}

// Split parts a file of facts into sheets, one for each source that has rows. A row that is
// none or whose source is missing is rejected with its reason; only a file that is none is
// an error.
func Split(raw []byte) ([]Sheet, []Group, []corvee.Rejected, error) {
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		return nil, nil, nil, fmt.Errorf("%w: facts: %w", corvee.ErrInvalid, err)
	}
	if len(f.Facts) == 0 || len(f.Sources) == 0 {
		return nil, nil, nil, fmt.Errorf("%w: facts: no facts or no sources in the file", corvee.ErrInvalid)
	}
	rows, rejected := f.rows()
	var sheets []Sheet
	for _, s := range f.Sources {
		if len(rows[s.ID]) == 0 {
			continue
		}
		sheet, err := f.sheet(s, rows[s.ID])
		if err != nil {
			return nil, nil, nil, err
		}
		sheets = append(sheets, sheet)
		delete(rows, s.ID) // a source that is listed twice has its rows once
	}
	return sheets, f.groups(), rejected, nil
}

// rows returns the rows by source.
func (f file) rows() (map[string][]json.RawMessage, []corvee.Rejected) {
	known := map[string]bool{}
	for _, s := range f.Sources {
		known[s.ID] = true
	}
	rows, rejected := map[string][]json.RawMessage{}, []corvee.Rejected(nil)
	for i, row := range f.Facts {
		var r refers
		err := json.Unmarshal(row, &r)
		name := cmp.Or(r.ID, fmt.Sprintf("fact %d", i+1))
		switch {
		case err != nil:
			rejected = append(rejected, corvee.Rejected{Input: name, Reason: err.Error(), Remedy: "correct the row"})
		case !known[r.Source]:
			rejected = append(rejected, corvee.Rejected{Input: name, Reason: fmt.Sprintf("its source %q is not in the file", r.Source), Remedy: "add the source, with its address"})
		default:
			rows[r.Source] = append(rows[r.Source], row)
		}
	}
	return rows, rejected
}

func (f file) groups() (out []Group) {
	of := map[string][]string{}
	for _, row := range f.Facts {
		var r refers
		if json.Unmarshal(row, &r) == nil && r.Group != "" {
			of[r.Group] = append(of[r.Group], r.ID)
		}
	}
	for id, g := range f.Groups {
		out = append(out, Group{id, g.Root, g.Min, g.Max, of[id]})
	}
	slices.SortFunc(out, func(a, b Group) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func (f file) sheet(s source, rows []json.RawMessage) (Sheet, error) {
	head := header{s, map[string]group{}, map[string]string{}}
	for _, row := range rows {
		var r refers
		_ = json.Unmarshal(row, &r) // rows has read it once
		if g, ok := f.Groups[r.Group]; ok {
			head.Groups[r.Group] = g
		}
		for _, e := range f.Entities {
			if e.ID == r.Employer && e.Names.Latin != nil {
				head.Employers[e.ID] = *e.Names.Latin
			}
		}
	}
	first, err := json.Marshal(head)
	if err != nil {
		return Sheet{}, fmt.Errorf("facts: %s: %w", s.ID, err)
	}
	text := bytes.NewBuffer(append(first, '\n'))
	for _, row := range rows {
		if err := json.Compact(text, row); err != nil {
			return Sheet{}, fmt.Errorf("%w: facts: %s: %w", corvee.ErrInvalid, s.ID, err)
		}
		text.WriteByte('\n')
	}
	body, err := corvee.NewText(text.String(), nil)
	if err != nil {
		return Sheet{}, fmt.Errorf("facts: %s: %w", s.ID, err)
	}
	sheet := Sheet{Original: text.Bytes(), Text: body, Report: corvee.Report{
		ID: corvee.HashID(text.Bytes()), Text: body.Hash(), URL: s.URL, Publisher: s.Publisher, Lang: s.Lang, MediaType: MediaType,
		Encoding: "utf-8", Bytes: int64(text.Len()), Title: "Reported facts of " + s.ID,
	}}
	if d, err := corvee.ParseDate(s.Date); err == nil {
		sheet.Report.Published = d
	}
	return sheet, nil
}

// Claims returns a claim for each row of a sheet that the vocabulary maps, and the others
// as rejected.
func Claims(r corvee.Report, t corvee.Text) ([]corvee.Claim, []corvee.Rejected, error) {
	first, _, _ := strings.Cut(t.String(), "\n")
	p := parser{report: r, text: t}
	if err := json.Unmarshal([]byte(first), &p.head); err != nil {
		return nil, nil, fmt.Errorf("%w: facts: the first line is no header: %w", corvee.ErrInvalid, err)
	}
	var err error
	if p.words, err = corvee.LoadVocabulary(); err != nil {
		return nil, nil, err
	}
	var claims []corvee.Claim
	var rejected []corvee.Rejected
	at := len(first) + 1
	for line := range strings.Lines(t.String()[min(at, t.Len()):]) {
		row := strings.TrimSuffix(line, "\n")
		c, err := p.claim([]byte(row), corvee.Span{Start: at, End: at + len(row)})
		if err != nil {
			rejected = append(rejected, corvee.Rejected{Input: p.head.Source.ID + " " + nameOf([]byte(row)), Reason: err.Error(), Remedy: remedy(err)})
		} else {
			claims = append(claims, c)
		}
		at += len(line)
	}
	return claims, rejected, nil
}

func nameOf(row []byte) string {
	var r refers
	if json.Unmarshal(row, &r) != nil || r.ID == "" {
		return "a row without an id"
	}
	return r.ID
}

func remedy(err error) string {
	if errors.Is(err, corvee.ErrUnsupported) {
		return "nothing: corvee/1 has no place for it"
	}
	return "correct the row"
}

type parser struct {
	report corvee.Report
	text   corvee.Text
	head   header
	words  corvee.Vocabulary
}

func (p *parser) claim(row []byte, span corvee.Span) (corvee.Claim, error) {
	var f fact
	if err := json.Unmarshal(row, &f); err != nil {
		return corvee.Claim{}, fmt.Errorf("%w: %w", corvee.ErrInvalid, err)
	}
	kind, indicator, err := p.words.FactKind(f.Kind)
	if err != nil {
		return corvee.Claim{}, err
	}
	sectors, err := p.words.FactSectors(f.Sector)
	if err != nil {
		return corvee.Claim{}, err
	}
	factuality, err := p.words.FactFactuality(f.Modality)
	if err != nil {
		return corvee.Claim{}, err
	}
	quote, err := p.text.Quote(span)
	if err != nil {
		return corvee.Claim{}, err
	}
	c := corvee.Claim{
		Report: p.report.ID, Text: p.text.Hash(), Kind: kind, Indicator: indicator, Factuality: factuality, Polarity: corvee.Positive,
		Nationality: "KP", Employer: p.head.Employers[f.Employer], Quote: quote, Attribution: p.attribution(f, p.report.Publisher),
		Origin: corvee.FromFact, Review: corvee.ReviewUnreviewed, Rules: []string{Rules},
	}
	p.where(&c, f)
	if len(sectors) > 0 {
		c.Sector = sectors[0]
	}
	if w := corvee.Between(f.Period.Start, f.Period.End); w.Known() {
		c.When = &w
	}
	if err := p.value(&c, f); err != nil {
		return c, err
	}
	if kind == corvee.KindCondition && indicator == "" {
		return c, fmt.Errorf("%w: a condition whose indicator the fact does not name", corvee.ErrUnsupported)
	}
	c.ID = c.NewID()
	return c, c.Validate()
}

func (p *parser) value(c *corvee.Claim, f fact) error {
	if f.Value == nil || !f.Value.Min.Known() && !f.Value.Max.Known() {
		return nil
	}
	unit, err := p.words.FactUnit(f.Value.Unit)
	if err != nil {
		return err
	}
	c.Value = &corvee.Value{Range: corvee.Range{Low: f.Value.Min, High: f.Value.Max}, Unit: unit, Currency: f.Value.Currency}
	if f.Value.Per != "" {
		c.Value.Per, c.Value.Period, err = p.words.FactPer(f.Value.Per)
	}
	switch {
	case c.Kind == corvee.KindHeadcount && c.Value.Per == "", c.Kind == corvee.KindTransfer:
		c.Value.Per = corvee.PerTotal
	case (c.Kind == corvee.KindWage || c.Kind == corvee.KindNetPay) && unit == corvee.UnitMoney && c.Value.Per == "":
		c.Value.Per = corvee.PerPerson // a wage of a fact is a worker's
	case unit == corvee.UnitPercent:
		c.Value.Of = "wage"
	}
	return err
}

// where fills place and country; a place that the gazetteer does not know stays with its
// country.
func (p *parser) where(c *corvee.Claim, f fact) {
	if f.Country != "*" && f.Country != "" {
		c.Countries = []string{f.Country}
	}
	for _, name := range strings.Split(f.Place, "/") {
		for _, g := range gazetteer.All() {
			bare := strings.TrimSuffix(g.Name, " Province")
			if name != "" && (g.Name == name || bare == name) && (f.Country == "*" || g.Country == f.Country) && !slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return p.Name == bare }) {
				c.Places = append(c.Places, corvee.Place{ID: g.ID, Name: bare, Country: g.Country, Precision: precision(g.Type)})
			}
		}
	}
}

func precision(kind string) corvee.PlacePrecision {
	p := corvee.PlacePrecision(kind)
	switch {
	case p.Valid():
		return p
	case kind == "town" || kind == "district" || kind == "zone" || kind == "mine":
		return corvee.AtLocality
	}
	return corvee.AtRegion
}

//go:embed unnamed.tsv
var unnamedTSV string

// unnamed reports whether an attribution is of somebody who may not be named.
func unnamed(said string) bool {
	for line := range strings.Lines(unnamedTSV) {
		word, _, ok := strings.Cut(line, "\t")
		if ok && word[0] != '#' && strings.Contains(strings.ToLower(said), word) {
			return true
		}
	}
	return false
}

// attribution is who said it first: the body that the row names as its origin, the root of
// the group where that is its origin, else who the publication says. An anonymous speaker
// counts once behind its outlet.
func (p *parser) attribution(f fact, publisher string) []corvee.Attribution {
	said := f.Attribution
	g, grouped := p.head.Groups[f.Group]
	if f.Origin != "" && f.Origin != f.Source && f.Origin != f.Group {
		said, grouped = f.Origin, false
	}
	var root corvee.Attribution
	switch {
	case grouped && g.Root != "":
		root = corvee.Attribution{Speaker: corvee.SpeakerDocument, Name: body(g.Root)}
	case said == "" && publisher == "":
		root = corvee.Attribution{Speaker: corvee.SpeakerAuthor}
	case unnamed(said):
		root = corvee.Attribution{Speaker: corvee.SpeakerAnonymous, Role: "source", Code: "A-1"}
	default:
		root = corvee.Attribution{Speaker: corvee.SpeakerInstitution, Name: cmp.Or(said, publisher)}
	}
	chain := []corvee.Attribution{root}
	if publisher != "" && publisher != root.Name {
		chain = append(chain, corvee.Attribution{Speaker: corvee.SpeakerPublisher, Name: publisher})
	}
	return chain
}

// body is who a root names, without the date and the remark behind it: "INHL 2012 NGO
// report" is INHL's.
func body(root string) string {
	words := strings.Fields(root)
	for i, w := range words {
		if i > 0 && (w[0] == '(' || w[0] >= '0' && w[0] <= '9') {
			return strings.Join(words[:i], " ")
		}
	}
	return root
}
