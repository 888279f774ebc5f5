package corvee

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a civil date as precise as its source: a Day or a Month of zero is not known.
// The zero Date is no date. It is written as EDTF does: 2020, 2020-11, 2020-11-19.
type Date struct{ Year, Month, Day int }

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD and returns ErrInvalid for anything else
// and for a date that does not exist.
func ParseDate(s string) (Date, error) {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return truncated(t, len(layout)), nil
		}
	}
	return Date{}, fmt.Errorf("%w: %q is not a date (write 2020, 2020-11 or 2020-11-19)", ErrInvalid, s)
}

func truncated(t time.Time, layout int) Date {
	d := Date{Year: t.Year()}
	if layout > len("2006") {
		d.Month = int(t.Month())
	}
	if layout > len("2006-01") {
		d.Day = t.Day()
	}
	return d
}

// DateOf returns the civil date of t in its own time zone.
func DateOf(t time.Time) Date { return Date{t.Year(), int(t.Month()), t.Day()} }

// Known reports whether there is a date at all.
func (d Date) Known() bool { return d.Year != 0 }

// Valid reports whether the date exists in the calendar.
func (d Date) Valid() bool {
	parsed, err := ParseDate(d.String())
	return err == nil && parsed == d
}

// Precision returns how far the date is known; "" for no date.
func (d Date) Precision() DatePrecision {
	switch {
	case d.Day != 0:
		return PrecisionDay
	case d.Month != 0:
		return PrecisionMonth
	case d.Year != 0:
		return PrecisionYear
	}
	return ""
}

// First returns the first day that the date may mean.
func (d Date) First() Date { return Date{d.Year, max(d.Month, 1), max(d.Day, 1)} }

// After returns the first day that the date cannot mean any more.
func (d Date) After() Date {
	switch d.Precision() {
	case PrecisionDay:
		return d.AddDays(1)
	case PrecisionMonth:
		return DateOf(d.time().AddDate(0, 1, 0))
	}
	return DateOf(d.time().AddDate(1, 0, 0))
}

// AddDays returns the day n days from the first day of d; n may be negative.
func (d Date) AddDays(n int) Date { return DateOf(d.time().AddDate(0, 0, n)) }

// AddMonths returns the month n months from that of d, with the precision of a month.
func (d Date) AddMonths(n int) Date {
	t := time.Date(d.Year, time.Month(max(d.Month, 1)), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	return Date{Year: t.Year(), Month: int(t.Month())}
}

// To returns d no more precise than p.
func (d Date) To(p DatePrecision) Date {
	switch p {
	case PrecisionYear:
		return Date{Year: d.Year}
	case PrecisionMonth:
		return Date{Year: d.Year, Month: d.Month}
	}
	return d
}

// Weekday returns the weekday of the first day that d may mean.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// Compare orders by first day: -1, 0 or +1.
func (d Date) Compare(other Date) int { return d.time().Compare(other.time()) }

func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// String writes the date as precisely as it is known; "" for no date.
func (d Date) String() string {
	switch d.Precision() {
	case PrecisionDay:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	case PrecisionMonth:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	case PrecisionYear:
		return fmt.Sprintf("%04d", d.Year)
	}
	return ""
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if *d = (Date{}); len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// MarshalJSON writes the date as a string, or null.
func (d Date) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Date) UnmarshalJSON(raw []byte) error {
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	if text == nil || *text == "" {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(*text)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// DatePrecision is how far a date is known.
type DatePrecision string

// The precisions of a date.
const (
	PrecisionDay   DatePrecision = "day"
	PrecisionMonth DatePrecision = "month"
	PrecisionYear  DatePrecision = "year"
)

// When is the time that a claim is about. In Go it is half-open: From is the first day,
// Until the first day after; an unknown end is open. In JSON both ends are inclusive and
// are written no more precisely than Precision: February and March 2020 are from
// "2020-02" to "2020-03". Relative says that the words needed the report's date
// ("last year"). Unresolved keeps such words when the report's date is not known.
type When struct {
	From, Until Date
	Precision   DatePrecision
	Relative    bool
	Unresolved  string
}

// During returns the time that one date may mean.
func During(d Date) When {
	return When{From: d.First(), Until: d.After(), Precision: d.Precision()}
}

// Between returns the time from the first day of one date to the last day of another,
// both taken at the coarser precision of the two: from 2019 to 19 November 2020 is 2019 to
// 2020, since a reader of the JSON must not see more than is held. An unknown date leaves
// its end open.
func Between(from, to Date) When {
	w := When{Precision: coarser(from.Precision(), to.Precision())}
	if from.Known() {
		w.From = from.To(w.Precision).First()
	}
	if to.Known() {
		w.Until = to.To(w.Precision).After()
	}
	return w
}

func coarser(a, b DatePrecision) DatePrecision {
	for _, p := range []DatePrecision{PrecisionYear, PrecisionMonth, PrecisionDay} {
		if a == p || b == p {
			return p
		}
	}
	return ""
}

// Known reports whether at least one end is known.
func (w When) Known() bool { return w.From.Known() || w.Until.Known() }

// Overlaps reports whether some day could lie in both times.
func (w When) Overlaps(other When) bool {
	before := func(until, from Date) bool {
		return until.Known() && from.Known() && until.Compare(from) <= 0
	}
	return !before(w.Until, other.From) && !before(other.Until, w.From)
}

// Last returns the last day, or no date for an open end.
func (w When) Last() Date {
	if !w.Until.Known() {
		return Date{}
	}
	return w.Until.AddDays(-1)
}

// String writes "2020-11-19", "2020-02/2020-03" or "2019-12/.." (EDTF, ISO 8601-2).
func (w When) String() string {
	from, to := w.From.To(w.Precision).String(), w.Last().To(w.Precision).String()
	switch {
	case w.Unresolved != "" && !w.Known():
		return "“" + w.Unresolved + "” (unresolved)"
	case from == to:
		return from
	case from == "":
		return "../" + to
	case to == "":
		return from + "/.."
	}
	return from + "/" + to
}

type whenJSON struct {
	From       Date          `json:"from"`
	To         Date          `json:"to"`
	Precision  DatePrecision `json:"precision,omitempty"`
	Relative   bool          `json:"relative"`
	Unresolved string        `json:"unresolved,omitempty"`
}

// MarshalJSON writes inclusive ends.
func (w When) MarshalJSON() ([]byte, error) {
	return json.Marshal(whenJSON{
		w.From.To(w.Precision), w.Last().To(w.Precision), w.Precision, w.Relative, w.Unresolved,
	})
}

// UnmarshalJSON reads inclusive ends. A precision that is finer than the ends is not
// believed: it would pad them.
func (w *When) UnmarshalJSON(raw []byte) error {
	var in whenJSON
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	precision := coarser(in.Precision, coarser(in.From.Precision(), in.To.Precision()))
	*w = Between(in.From.To(precision), in.To.To(precision))
	w.Precision, w.Relative, w.Unresolved = precision, in.Relative, in.Unresolved
	return nil
}
