package cbp

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"corvee"
	"corvee/lists/internal/layout"
)

type mapper struct {
	name   string
	date   corvee.Date
	seen   map[string]int // id → index of its listing
	out    layout.Content
	lapsed []corvee.Rejected // in order, but not in force: no fault of the file
}

func (m *mapper) reject(row int, why string) {
	m.out.Reject(m.name, row, why, "compare the row with the page of the list")
}

func (m *mapper) lapse(row int, why string) {
	m.lapsed = append(m.lapsed, corvee.Rejected{Input: m.name, Row: &row, Reason: why,
		Remedy: "nothing to do: what is not in force or names nobody is not screened"})
}

// done adds the rows that are not in force after the shape was judged without them.
func (m *mapper) done() (layout.Content, error) {
	if len(m.out.Listings) == 0 && len(m.out.Rejected) == 0 && len(m.lapsed) > 0 {
		m.out.Rejected = m.lapsed
		return m.out, fmt.Errorf("%w: %s: not one order of %d is in force and names a party", corvee.ErrInvalid, m.name, len(m.lapsed))
	}
	err := m.out.Holds(m.name, "order")
	m.out.Rejected = append(m.out.Rejected, m.lapsed...)
	return m.out, err
}

func (m *mapper) row(row int, get func(string) string) {
	status := strings.ToLower(get("Status"))
	switch {
	case get("Entity") == "":
		m.lapse(row, "column Entity: the order names no party")
		return
	case strings.HasPrefix(status, "inactive"), strings.HasPrefix(status, "revoked"):
		m.lapse(row, "column Status: the order is no longer in force")
		return
	case !strings.HasPrefix(status, "active") && !strings.HasPrefix(status, "partially"):
		m.reject(row, fmt.Sprintf("column Status: %q is neither active nor inactive", get("Status")))
		return
	case get("Date") != "" && !effective(get("Date")).Known():
		m.reject(row, fmt.Sprintf("column Date: %q is no date", get("Date")))
		return
	}
	for _, name := range strings.FieldsFunc(get("Entity"), func(r rune) bool { return r == ';' || r == '\n' }) {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			m.add(name, get)
		}
	}
}

// add makes the listing of one party, or adds an order to the one that it already has.
func (m *mapper) add(name string, get func(string) string) {
	id := slug(name + " " + get("Country"))
	i, ok := m.seen[id]
	if !ok {
		i = len(m.out.Listings)
		m.seen[id] = i
		m.out.Listings = append(m.out.Listings, corvee.Listing{
			ID: "cbp-wro:" + id, List: List, ListDate: m.date, SourceID: name, Kind: corvee.ListingImportOrder,
			Lists: []corvee.ListID{listOf(get("Order") + get("Remarks"))},
		})
	}
	l := &m.out.Listings[i]
	layout.AddName(l, corvee.NamePrimary, name, "")
	layout.AddCountry(l, get("Country"))
	layout.AddCountry(l, get("Country code"))
	for _, p := range strings.Split(get("Order"), ";") {
		if p = strings.TrimSpace(p); p != "" && !slices.Contains(l.Programs, p) {
			l.Programs = append(l.Programs, p)
		}
	}
	if d := effective(get("Date")); d.Known() {
		layout.AddRemark(l, "effective "+d.String())
	}
	for _, column := range []string{"Goods", "Status", "Remarks"} {
		layout.AddRemark(l, get(column))
	}
}

// listOf tells orders under the act on goods made by North Korean labour from the others.
func listOf(words string) corvee.ListID {
	if strings.Contains(words, "CAATSA") {
		return corvee.ListCBPCAATSA
	}
	return corvee.ListCBPWRO
}

func effective(text string) corvee.Date {
	for _, form := range []string{"01/02/2006", "1/2/2006", "2006-01-02", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "02-Jan-06"} {
		if t, err := time.Parse(form, text); err == nil {
			return corvee.DateOf(t)
		}
	}
	return corvee.Date{}
}

func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}
