// Package exchange converts amounts at the rate of their time.
//
// What comes in: rates as a value, an amount, a time. What goes out: the amount in another
// currency with the rate, the day, the way and the source of it, or why there is none. Its
// one idea: a converted amount is derived and approximate, since nobody changed money at a
// reference rate; a rate is never guessed, and a time that is known to a month gives the
// lowest and the highest rate of the month and no figure between them.
package exchange

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Rate is one day's reference rate: so many units of Currency for one euro.
type Rate struct {
	Day      corvee.Date
	Currency string // ISO 4217
	PerEuro  corvee.Decimal
}

// Book is what a conversion may use. The zero Book holds the yearly averages that ship and
// no days.
type Book struct {
	source string
	days   map[string][]Rate // by currency, earliest first
}

// NewBook returns the Book of daily rates of one source, which is said with each conversion.
func NewBook(source string, rates []Rate) Book {
	b := Book{source: source, days: map[string][]Rate{}}
	for _, r := range rates {
		b.days[r.Currency] = append(b.days[r.Currency], r)
	}
	for _, list := range b.days {
		slices.SortFunc(list, func(x, y Rate) int { return x.Day.Compare(y.Day) })
	}
	return b
}

// How is the way that a conversion was made, in the order in which they are preferred.
type How string

// The ways. A conversion that the report itself states is assess's to find.
const (
	HowDay     How = "day"     // the rate of the day
	HowEarlier How = "earlier" // of the nearest earlier trading day
	HowDays    How = "days"    // the lowest and the highest of the days of a month
	HowYear    How = "year"    // yearly averages
)

// Conversion is an amount in another currency. Rate is how many units of From one unit of To
// was worth; Time is that of the rate.
type Conversion struct {
	Amount, Rate corvee.Range
	From, To     string
	How          How
	Time         corvee.When
	Via          string // the currency that a cross rate goes through, "" for none
	Source       string
}

// String says the rate for people: "6.5673 CNY for one USD on 2020-11-19 (…, through EUR)".
func (c Conversion) String() string {
	when := map[How]string{
		HowDay: "on " + c.Time.String(), HowEarlier: "of the nearest earlier trading day, " + c.Time.String(),
		HowDays: "lowest and highest in " + c.Time.String(), HowYear: "on average in " + c.Time.String(),
	}[c.How]
	via := ""
	if c.Via != "" {
		via = ", cross rate through " + c.Via
	}
	return fmt.Sprintf("%s %s for one %s %s (%s%s)", c.Rate, c.From, c.To, when, c.Source, via)
}

// longestGap is how many days without trading the ECB has had at most between two rates:
// Good Friday to Easter Monday with a weekend, and one day to spare. Beyond it a day is not
// in the table, and an older rate would be a guess.
const longestGap = 6

// noMarket are currencies whose rates are somebody's word, official or reported: claims, and
// no reference.
func noMarket() []string { return []string{"KPW"} }

// Convert returns an amount in another currency at the rate of a time: of the day if the
// time is one day, of all days of a month if it is a month or less, else by yearly averages.
// Without a rate it returns corvee.ErrNotFound, or corvee.ErrUnsupported where there can be
// none, with the reason for people. An open or unknown time has no rate.
func (b Book) Convert(amount corvee.Range, from, to string, when corvee.When) (Conversion, error) {
	c := Conversion{From: from, To: to, Time: when}
	switch {
	case from == "" || to == "":
		return c, fmt.Errorf("%w: the currency is not known", corvee.ErrUnsupported)
	case slices.Contains(noMarket(), from) || slices.Contains(noMarket(), to):
		return c, fmt.Errorf("%w: KPW has no market rate; official and reported rates are claims", corvee.ErrUnsupported)
	case from == to:
		return c, fmt.Errorf("%w: it is in %s already", corvee.ErrUnsupported, to)
	case !when.From.Known() || !when.Until.Known():
		return c, fmt.Errorf("%w: its time is not known, so no rate is", corvee.ErrNotFound)
	}
	for _, way := range []func(*Conversion) bool{b.ofDay, b.ofDays, ofYears} {
		if way(&c) {
			c.Amount = through(amount, c.Rate, placesOf(to))
			return c, nil
		}
	}
	return c, fmt.Errorf("%w: no rate of %s to %s for %s is in the base (corvee fx import) or in the table of yearly averages", corvee.ErrNotFound, from, to, when)
}

// ofDay takes the rate of a time that is one day, or of the nearest earlier trading day.
func (b Book) ofDay(c *Conversion) bool {
	if c.Time.Until != c.Time.From.AddDays(1) {
		return false
	}
	for back := range longestGap {
		day := c.Time.From.AddDays(-back)
		rate, ok := b.cross(c.From, c.To, day)
		if !ok {
			continue
		}
		c.Rate, c.How, c.Source, c.Via = corvee.Exactly(rate), HowDay, b.source, viaEuro(c.From, c.To)
		if c.Time = corvee.During(day); back > 0 {
			c.How = HowEarlier
		}
		return true
	}
	return false
}

// ofDays takes the lowest and the highest rate of a time of at most a month.
func (b Book) ofDays(c *Conversion) bool {
	if c.Time.From.AddDays(31).Compare(c.Time.Until) < 0 {
		return false
	}
	var r corvee.Range
	for day := c.Time.From; day.Compare(c.Time.Until) < 0; day = day.AddDays(1) {
		if rate, ok := b.cross(c.From, c.To, day); ok {
			r = hull(r, rate)
		}
	}
	if !r.Known() {
		return false
	}
	c.Rate, c.How, c.Source, c.Via = r, HowDays, b.source, viaEuro(c.From, c.To)
	return true
}

func hull(r corvee.Range, d corvee.Decimal) corvee.Range {
	if !r.Low.Known() || d.Cmp(r.Low) < 0 {
		r.Low = d
	}
	if !r.High.Known() || d.Cmp(r.High) > 0 {
		r.High = d
	}
	return r
}

func viaEuro(from, to string) string {
	if from == euro || to == euro {
		return ""
	}
	return euro
}

const euro, dollar = "EUR", "USD"

// ratePlaces is how far a cross rate is carried: the ECB gives five to six digits, so eight
// places lose nothing that it knows.
const ratePlaces = 8

// cross returns how many units of from one unit of to was worth on a day.
func (b Book) cross(from, to string, day corvee.Date) (corvee.Decimal, bool) {
	x, ok := b.perEuro(from, day)
	y, also := b.perEuro(to, day)
	if !ok || !also {
		return corvee.Decimal{}, false
	}
	if y.Equal(corvee.Int(1)) {
		return x, true
	}
	return x.Div(y, ratePlaces), true
}

func (b Book) perEuro(currency string, day corvee.Date) (corvee.Decimal, bool) {
	if currency == euro {
		return corvee.Int(1), len(b.days) > 0
	}
	list := b.days[currency]
	at, ok := slices.BinarySearchFunc(list, day, func(r Rate, d corvee.Date) int { return r.Day.Compare(d) })
	if !ok {
		return corvee.Decimal{}, false
	}
	return list[at].PerEuro, true
}

// placesOf is how many places an amount of a currency has: two, or none where there is no
// smaller coin in use (ISO 4217).
func placesOf(currency string) int {
	if slices.Contains([]string{"KRW", "JPY", "VND"}, currency) {
		return 0
	}
	return 2
}

// through divides an amount by a rate. One figure at one rate is rounded half up; ends of a
// range are rounded outwards, so that a wider amount or rate never gives a narrower result.
func through(amount, rate corvee.Range, places int) corvee.Range {
	out := corvee.Range{Approx: true}
	single := amount.Low == amount.High && rate.Low == rate.High
	if amount.Low.Known() {
		out.Low = quotient(amount.Low, rate.High, places, down(single))
	}
	if amount.High.Known() {
		out.High = quotient(amount.High, rate.Low, places, up(single))
	}
	return out
}

func down(single bool) int {
	if single {
		return 0
	}
	return -1
}

func up(single bool) int { return -down(single) }

// quotient divides and rounds: half up for 0, down for -1, up for 1.
func quotient(a, b corvee.Decimal, places, towards int) corvee.Decimal {
	q := a.Div(b, places)
	off := q.Mul(b).Cmp(a)
	step := corvee.Int(1).Div(corvee.MustDecimal("1"+strings.Repeat("0", places)), places)
	switch {
	case towards < 0 && off > 0:
		return q.Sub(step)
	case towards > 0 && off < 0:
		return q.Add(step)
	}
	return q
}
