package corvee

import "fmt"

// Exclusive names the ends of a Range that do not belong to it: "more than 200" has the
// low end 200 and Exclusive "low".
type Exclusive string

// The ends that may be exclusive.
const (
	ExclusiveLow  Exclusive = "low"
	ExclusiveHigh Exclusive = "high"
	ExclusiveBoth Exclusive = "both"
)

// Range is an interval of exact decimals. An unknown end is unbounded, so "at least 30"
// has no High; a single figure has both ends equal; Approx says that the source hedged
// the figure ("about"). The zero Range says nothing.
type Range struct {
	Low       Decimal   `json:"low"`
	High      Decimal   `json:"high"`
	Approx    bool      `json:"approx,omitempty"`
	Exclusive Exclusive `json:"exclusive,omitempty"`
}

// Exactly returns the Range of one figure.
func Exactly(d Decimal) Range { return Range{Low: d, High: d} }

// Known reports whether at least one end is bounded.
func (r Range) Known() bool { return r.Low.Known() || r.High.Known() }

// Single returns the one figure of a closed range of width zero.
func (r Range) Single() (Decimal, bool) {
	return r.Low, r.Low.Known() && r.Low == r.High && r.Exclusive == ""
}

// Validate returns ErrInvalid when the ends are crossed or an absent end is exclusive.
func (r Range) Validate() error {
	switch r.Exclusive {
	case "", ExclusiveLow, ExclusiveHigh, ExclusiveBoth:
	default:
		return fmt.Errorf("%w: exclusive %q", ErrInvalid, r.Exclusive)
	}
	if r.Low.Known() && r.High.Known() && r.Low.Cmp(r.High) > 0 {
		return fmt.Errorf("%w: range from %s down to %s", ErrInvalid, r.Low, r.High)
	}
	low := r.Exclusive == ExclusiveLow || r.Exclusive == ExclusiveBoth
	high := r.Exclusive == ExclusiveHigh || r.Exclusive == ExclusiveBoth
	if low && !r.Low.Known() || high && !r.High.Known() {
		return fmt.Errorf("%w: an end that is not there cannot be exclusive", ErrInvalid)
	}
	return nil
}

// Mul returns the interval product of two ranges without negative ends. An open end
// stays open; the product is approximate if a factor is.
func (r Range) Mul(other Range) Range {
	return Range{
		Low: r.Low.Mul(other.Low), High: r.High.Mul(other.High),
		Approx: r.Approx || other.Approx,
	}
}

// Sub returns the interval difference r - other: the lowest r less the highest other,
// and the reverse.
func (r Range) Sub(other Range) Range {
	return Range{
		Low: r.Low.Sub(other.High), High: r.High.Sub(other.Low),
		Approx: r.Approx || other.Approx,
	}
}

// Div returns the interval quotient of two ranges without negative ends, rounded half up
// to the given number of places.
func (r Range) Div(other Range, places int) Range {
	return Range{
		Low: r.Low.Div(other.High, places), High: r.High.Div(other.Low, places),
		Approx: r.Approx || other.Approx,
	}
}

// Overlaps reports whether some figure could lie in both ranges. Open ends reach as far
// as they must.
func (r Range) Overlaps(other Range) bool {
	below := func(high, low Decimal) bool {
		return high.Known() && low.Known() && high.Cmp(low) < 0
	}
	return !below(r.High, other.Low) && !below(other.High, r.Low)
}

// String writes "200", "25000–30000", "≥ 30", "≤ 5", with "~" before an approximate one.
func (r Range) String() string {
	mark := ""
	if r.Approx {
		mark = "~"
	}
	switch {
	case !r.Known():
		return "unknown"
	case !r.High.Known() && r.Exclusive == ExclusiveLow:
		return mark + "> " + r.Low.String()
	case !r.High.Known():
		return mark + "≥ " + r.Low.String()
	case !r.Low.Known() && r.Exclusive == ExclusiveHigh:
		return mark + "< " + r.High.String()
	case !r.Low.Known():
		return mark + "≤ " + r.High.String()
	case r.Low == r.High:
		return mark + r.Low.String()
	}
	return mark + r.Low.String() + "–" + r.High.String()
}

// Value is the figure of a claim: an exact range with its unit and, for money, its
// ISO 4217 currency. Per and Period are apart: CNY 2,000 a month for each person is Per
// "person", Period "month". What the source does not say stays empty; it is never
// guessed.
type Value struct {
	Range
	Unit        Unit         `json:"unit"`
	Of          string       `json:"of,omitempty"` // what a percent is a part of: wage, workers …
	Currency    string       `json:"currency,omitempty"`
	Per         Per          `json:"per,omitempty"`
	Period      RatePeriod   `json:"period,omitempty"`
	Equivalents []Equivalent `json:"equivalents,omitempty"`
}

// Equivalent is the same amount as the source converts it, usually in brackets. It is
// never a claim of its own.
type Equivalent struct {
	Range
	Currency string `json:"currency"`
	Start    int    `json:"start"` // UTF-8 bytes in the report's text, half-open
	End      int    `json:"end"`
}

// Validate returns ErrInvalid unless the range holds, the unit is of the closed list and
// a currency stands exactly where the unit is money.
func (v Value) Validate() error {
	if err := v.Range.Validate(); err != nil {
		return err
	}
	if !v.Unit.Valid() {
		return fmt.Errorf("%w: unit %q", ErrInvalid, v.Unit)
	}
	if v.Currency != "" && v.Unit != UnitMoney {
		return fmt.Errorf("%w: currency %s on a value in %s", ErrInvalid, v.Currency, v.Unit)
	}
	if v.Per != "" && !v.Per.Valid() || v.Period != "" && !v.Period.Valid() {
		return fmt.Errorf("%w: per %q period %q", ErrInvalid, v.Per, v.Period)
	}
	return nil
}
