package exchange

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"corvee"
)

//go:embed averages.tsv
var averagesTSV string

// Average is one row of the table of yearly averages: units of a currency for one US dollar,
// or, where Dollars is set, US dollars for one of it.
type Average struct {
	Currency string
	Year     int
	Rate     corvee.Decimal
	Dollars  bool
	Source   string
	Seen     string // where the figure was seen
}

// Averages returns the table of yearly averages that ships, by currency and year.
func Averages() []Average { return slices.Clone(averages()) }

var averages = sync.OnceValue(func() []Average {
	var out []Average
	for line := range strings.Lines(averagesTSV) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 6 {
			continue
		}
		year, _ := strconv.Atoi(cells[1]) // a test holds the table to its form
		out = append(out, Average{cells[0], year, corvee.MustDecimal(cells[2]), cells[3] == "dollars", cells[4], cells[5]})
	}
	return out
})

// perDollar returns the average of a year in units for one dollar.
func perDollar(currency string, year int) (corvee.Decimal, Average, bool) {
	if currency == dollar {
		return corvee.Int(1), Average{}, true
	}
	for _, a := range averages() {
		if a.Currency != currency || a.Year != year {
			continue
		}
		if a.Dollars {
			return corvee.Int(1).Div(a.Rate, ratePlaces), a, true
		}
		return a.Rate, a, true
	}
	return corvee.Decimal{}, Average{}, false
}

// ofYears takes the average of each year that a time touches. A year without one leaves no
// rate: what is known of the others says nothing of it.
func ofYears(c *Conversion) bool {
	last := c.Time.Last().Year
	var r corvee.Range
	var sources []string
	for year := c.Time.From.Year; year <= last; year++ {
		from, a, ok := perDollar(c.From, year)
		to, b, also := perDollar(c.To, year)
		if !ok || !also {
			return false
		}
		rate := from
		if c.To != dollar {
			rate = from.Div(to, ratePlaces)
		}
		r = hull(r, rate)
		for _, s := range []Average{a, b} {
			if s.Source != "" && !slices.Contains(sources, s.said()) {
				sources = append(sources, s.said())
			}
		}
	}
	if !r.Known() { // a time that ends before it begins
		return false
	}
	c.Rate, c.How, c.Source, c.Via = r, HowYear, strings.Join(sources, "; "), ""
	if c.From != dollar && c.To != dollar {
		c.Via = dollar
	}
	c.Time = corvee.Between(corvee.Date{Year: c.Time.From.Year}, corvee.Date{Year: last})
	return true
}

func (a Average) said() string {
	if strings.Contains(a.Seen, "confirm") {
		return fmt.Sprintf("%s; seen %s", a.Source, a.Seen)
	}
	return a.Source
}
