package assess

import (
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/assess/exchange"
)

// Money is what converting needs: rates as a value, the currency that is asked for, and the
// day of a report, by its id, for amounts whose own time is not told.
type Money struct {
	Book      exchange.Book
	In        string // ISO 4217
	Published map[string]corvee.Date
}

// Convert says the money of claims in one currency (ledger.conversion). A conversion that the
// report itself states comes first, and is held against the rate of its time; then the rate
// of the day, or of the nearest earlier trading day; then the yearly average. What no rate is
// known for is said with its reason and stays unknown. Every finding is derived: it names
// its rate, day and source, lists what it assumes in Needs, and corroborates nothing. Method:
// docs/methods/ledger.md.
func Convert(claims []corvee.Claim, m Money) []corvee.Finding {
	var out []corvee.Finding
	for _, c := range inTextOrder(claims) {
		if counts(c) && c.Value.Unit == corvee.UnitMoney && c.Value.Currency != "" && c.Value.Currency != m.In {
			out = append(out, m.convert(c))
		}
	}
	return out
}

func (m Money) convert(c corvee.Claim) corvee.Finding {
	f := finding("ledger.conversion", corvee.ResultBounds, c)
	f.Numbers = map[string]corvee.Range{"stated": c.Value.Range}
	when, assumed := m.time(c)
	x, err := m.Book.Convert(c.Value.Range, c.Value.Currency, m.In, when)
	if stated, ok := equivalent(c, m.In); ok {
		return m.stated(f, c, stated, x, err)
	}
	if err != nil {
		f.Result = corvee.ResultNoEvidence
		f.Text = fmt.Sprintf("%s is not converted: %s.", amount(c.Value.Range, *c.Value), reason(err))
		return f
	}
	f.Numbers["converted"], f.Numbers["rate"] = x.Amount, x.Rate
	f.Needs = append(assumed, derivedBy(x)...)
	f.Text = fmt.Sprintf("Derived: %s is about %s, at %s.", amount(c.Value.Range, *c.Value), amount(said(x.Amount), valueIn(c, m.In)), x)
	return f
}

// said drops the mark of an approximate figure where the words say "about" already.
func said(r corvee.Range) corvee.Range {
	r.Approx = false
	return r
}

func valueIn(c corvee.Claim, currency string) corvee.Value {
	return corvee.Value{Currency: currency, Period: c.Value.Period}
}

// stated prefers what the report says itself. That it lies near the rate of its time is said;
// that it does not is said too, and nothing is put in its place.
func (m Money) stated(f corvee.Finding, c corvee.Claim, e corvee.Equivalent, x exchange.Conversion, err error) corvee.Finding {
	f.Numbers["converted"] = e.Range
	f.Text = fmt.Sprintf("The report itself says that %s is %s.", amount(c.Value.Range, *c.Value), amount(e.Range, valueIn(c, m.In)))
	if err != nil {
		return f
	}
	f.Numbers["rate"], f.Numbers["at_rate"] = x.Rate, x.Amount
	f.Result = corvee.ResultAgrees
	agrees := "agrees with it"
	if !loosened(x.Amount).Overlaps(loosened(hedged(e.Range))) {
		f.Result, agrees = corvee.ResultDisagrees, "does not agree"
	}
	f.Text += fmt.Sprintf(" %s gives %s, which %s.", capital(x.String()), amount(said(x.Amount), valueIn(c, m.In)), agrees)
	return f
}

// hedged treats a stated conversion as "about": reports round it.
func hedged(r corvee.Range) corvee.Range {
	r.Approx = true
	return r
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// reason is an error's words without the sentinel before them.
func reason(err error) string {
	for _, sentinel := range []error{corvee.ErrUnsupported, corvee.ErrNotFound} {
		if errors.Is(err, sentinel) {
			return strings.TrimPrefix(err.Error(), sentinel.Error()+": ")
		}
	}
	return err.Error()
}

func equivalent(c corvee.Claim, currency string) (corvee.Equivalent, bool) {
	for _, e := range c.Value.Equivalents {
		if e.Currency == currency && e.Known() {
			return e, true
		}
	}
	return corvee.Equivalent{}, false
}

// time is the time that an amount is converted at, with what is assumed of it: a report
// knows nothing of what comes after it, and speaks of its own day where it names none.
func (m Money) time(c corvee.Claim) (corvee.When, []string) {
	day := m.Published[c.Report]
	switch {
	case c.When != nil && c.When.From.Known() && c.When.Until.Known():
		return *c.When, nil
	case !day.Known():
		return corvee.When{}, nil
	case c.When != nil && c.When.From.Known() && c.When.From.Compare(day) <= 0:
		return corvee.Between(c.When.From, day), []string{"that the amount did not change until the report was published"}
	case c.When != nil && c.When.Known():
		return corvee.When{}, nil
	}
	return corvee.During(day), []string{"that the amount is of the time when the report was published"}
}

func derivedBy(x exchange.Conversion) []string {
	switch x.How {
	case exchange.HowEarlier:
		return []string{"that the rate of the trading day before holds for a day without trading"}
	case exchange.HowYear:
		return []string{"that the average of the year holds for the amount"}
	}
	return nil
}

// Converted is an amount of a waterfall in another currency.
type Converted struct {
	Currency string       `json:"currency"`
	Range    corvee.Range `json:"range"`
}

// Converted returns a waterfall with its rows in the currency of m too, all at one rate: that
// of the wage. Rate says which; it is empty, and the waterfall as it was, where there is none.
func (w Waterfall) Converted(wage corvee.Claim, m Money) Waterfall {
	if w.Currency == m.In || m.In == "" {
		return w
	}
	when, assumed := m.time(wage)
	rows := make([]WaterfallRow, len(w.Rows))
	for i, r := range w.Rows {
		x, err := m.Book.Convert(r.Range, w.Currency, m.In, when)
		if err != nil {
			return w
		}
		r.In = &Converted{m.In, x.Amount}
		rows[i] = r
		w.Rate = strings.Join(append([]string{x.String()}, append(assumed, derivedBy(x)...)...), "; assumes ")
	}
	w.Rows = rows
	return w
}
