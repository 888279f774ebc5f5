package present

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
)

// rowWriter takes the rows of one table, its header first. Of the header's columns the
// first own are Corvee's, what follows came with a table of somebody's.
type rowWriter interface {
	Header(cells []string, own int) error
	Write(cells []string) error
	Close() error
}

// csvRows are rows as CSV, no cell of which a spreadsheet takes for a formula.
type csvRows struct{ *csv.Writer }

func (c csvRows) Header(cells []string, _ int) error { return c.Write(cells) }

func (c csvRows) Write(cells []string) error {
	safe := make([]string, len(cells))
	for i := range cells {
		safe[i] = Cell(cells[i])
	}
	return c.Writer.Write(safe)
}

func (c csvRows) Close() error {
	c.Flush()
	return c.Error()
}

// table writes one table: the first message that has columns decides which (claims,
// findings, rows with their hits, inputs, lists); messages of other kinds are left to the
// JSON lines. Column order never changes within corvee/1.
type table struct {
	out     rowWriter
	columns string // kind of the table
	row     *corvee.Row
	hits    int
	input   input
}

func newTable(w io.Writer) *table { return &table{out: csvRows{csv.NewWriter(w)}} }

var headers = map[string][]string{
	"claim": {"id", "report", "kind", "polarity", "factuality", "indicator", "label", "low", "high", "exclusive", "approx",
		"unit", "currency", "per", "period", "of", "sector", "places", "countries", "site", "employer", "from_to", "said_by",
		"quote", "start", "end", "score", "origin", "review"},
	"row": {"row", "id", "state", "reason", "name", "band", "score", "matched", "list", "list_date", "source_id", "listing_kind",
		"programs", "tokens", "facts", "evidence", "unreviewed", "decision"},
	"input":  {"id", "state", "report", "origin", "reason", "remedy", "retryable", "tool", "bytes"},
	"list":   {"list", "date", "age_days", "listings", "rejected", "file", "sha256"},
	"change": {"change", "row", "id", "query", "name", "list", "list_date", "source_id", "listing_kind", "details"},
}

func (t *table) Present(m corvee.Message) error {
	switch {
	case m.Claim != nil:
		return t.write("claim", claimCells(*m.Claim))
	case m.Input != nil:
		return t.write("input", inputCells(*m.Input))
	case m.List != nil:
		return t.write("list", listCells(*m.List))
	case m.Change != nil:
		return t.write("change", changeCells(*m.Change))
	case m.Row != nil:
		return t.startRow(*m.Row)
	case m.Hit != nil:
		return t.hit(*m.Hit)
	}
	return nil
}

// startRow holds a row back until its hits are known: a row without one has a line too.
func (t *table) startRow(r corvee.Row) error {
	if err := t.endRow(); err != nil {
		return err
	}
	t.row, t.hits = &r, 0
	return nil
}

func (t *table) endRow() error {
	if t.row == nil || t.hits > 0 {
		return nil
	}
	return t.writeRow(*t.row, append(rowCells(*t.row), t.row.Name)) // the name where a hit has its query's
}

func (t *table) hit(h corvee.Hit) error {
	row := corvee.Row{Row: h.Row, ID: h.Query.ID, State: corvee.RowHit}
	if t.row != nil {
		row = *t.row
	}
	t.hits++
	return t.writeRow(row, append(rowCells(row), hitCells(h)...))
}

// writeRow writes Corvee's columns and behind them the row as it came.
func (t *table) writeRow(r corvee.Row, cells []string) error {
	if t.columns == "" {
		t.input = inputOf(r.Input, headers["row"])
		own := len(headers["row"])
		t.columns = "row"
		if err := t.out.Header(append(slices.Clone(headers["row"]), t.input.header...), own); err != nil {
			return err
		}
	}
	if t.columns != "row" {
		return nil
	}
	for len(cells) < len(headers["row"]) {
		cells = append(cells, "")
	}
	return t.out.Write(append(cells, t.input.cells(r.Input)...))
}

func (t *table) write(columns string, cells []string) error {
	if t.columns == "" {
		t.columns = columns
		if err := t.out.Header(headers[columns], len(headers[columns])); err != nil {
			return err
		}
	}
	if t.columns != columns {
		return nil
	}
	return t.out.Write(cells)
}

func (t *table) Close() error {
	if err := t.endRow(); err != nil {
		return err
	}
	t.row = nil
	return t.out.Close()
}

func claimCells(c corvee.Claim) []string {
	v := corvee.Value{}
	if c.Value != nil {
		v = *c.Value
	}
	when := ""
	if c.When != nil {
		when = c.When.String()
	}
	var places []string
	for _, p := range c.Places {
		places = append(places, p.Name)
	}
	return []string{
		c.ID, c.Report, string(c.Kind), string(c.Polarity), string(c.Factuality), string(c.Indicator), c.Label,
		v.Low.String(), v.High.String(), string(v.Exclusive), yes(v.Approx), string(v.Unit), v.Currency, string(v.Per),
		string(v.Period), v.Of, string(c.Sector), strings.Join(places, "; "), strings.Join(c.Countries, "; "), c.Site,
		c.Employer, when, SaidBy(c), c.Quote.Exact, fmt.Sprint(c.Quote.Start), fmt.Sprint(c.Quote.End),
		fmt.Sprint(c.Score), string(c.Origin), string(c.Review),
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func inputCells(in corvee.Input) []string {
	return []string{
		in.ID, string(in.State), in.Report, in.Origin, in.Reason, in.Remedy, yes(in.Retryable), in.Tool, fmt.Sprint(in.Bytes),
	}
}

func listCells(l corvee.ListInfo) []string {
	return []string{
		l.List, l.Date.String(), fmt.Sprint(l.AgeDays), fmt.Sprint(l.Listings), fmt.Sprint(l.Rejected), l.File, l.SHA256,
	}
}

func changeCells(c corvee.Change) []string {
	var q corvee.Query
	var l corvee.ListingRef
	row := ""
	if c.Query != nil {
		q, row = *c.Query, fmt.Sprint(c.Row)
	}
	if c.Listing != nil {
		l = *c.Listing
	}
	return []string{
		string(c.Kind), row, q.ID, q.Name, c.Name, l.List, l.ListDate.String(), l.SourceID, string(l.Kind), strings.Join(c.Details, "; "),
	}
}

func rowCells(r corvee.Row) []string {
	return []string{fmt.Sprint(r.Row), r.ID, string(r.State), r.Reason}
}

func hitCells(h corvee.Hit) []string {
	var facts []string
	for _, f := range h.Facts {
		facts = append(facts, f.Name+" "+f.Effect)
	}
	return []string{
		h.Query.Name, string(h.Band), fmt.Sprintf("%.4f", h.Score), h.Matched, h.Listing.List, h.Listing.ListDate.String(),
		h.Listing.SourceID, string(h.Listing.Kind), strings.Join(h.Listing.Programs, "; "), Tokens(h.Tokens),
		strings.Join(facts, "; "), strings.Join(h.Evidence, "; "), fmt.Sprint(h.Unreviewed), decisionCell(h.Decision),
	}
}

func decisionCell(d *corvee.HitDecision) string {
	switch {
	case d == nil:
		return ""
	case d.Stands && d.Pending:
		return string(d.Judgement) + ", waits for a second person"
	case d.Stands:
		return string(d.Judgement)
	}
	return "open again: " + strings.Join(d.Changed, "; ")
}
