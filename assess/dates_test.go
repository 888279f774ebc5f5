package assess_test

import (
	"slices"
	"testing"

	"corvee"
	"corvee/assess"
)

func TestDates(t *testing.T) {
	t.Parallel()
	people := persons("20", "20")
	on := func(from, until string) func(*corvee.Claim) {
		return func(c *corvee.Claim) {
			c.When = &corvee.When{Precision: corvee.PrecisionDay}
			if from != "" {
				c.When.From = day(from)
			}
			if until != "" {
				c.When.Until = day(until)
			}
		}
	}
	law := func(label string) func(*corvee.Claim) {
		return func(c *corvee.Claim) { c.Kind, c.Label, c.Value = corvee.KindLaw, label, nil }
	}
	planned := func(c *corvee.Claim) { c.Factuality = corvee.Planned }
	refused := func(c *corvee.Claim) { c.Review = corvee.ReviewRejected }
	for name, c := range map[string]struct {
		change []func(*corvee.Claim)
		want   []string
	}{
		"in time":                          {[]func(*corvee.Claim){on("2020-11-01", "2020-11-19")}, nil},
		"on the day it was published":      {[]func(*corvee.Claim){on("2020-11-19", "2020-11-20")}, nil},
		"after it was published":           {[]func(*corvee.Claim){on("2021-03-01", "2021-03-02")}, []string{"dates.future disagrees"}},
		"planned":                          {[]func(*corvee.Claim){on("2021-03-01", "2021-03-02"), planned}, nil},
		"until a day that lies ahead":      {[]func(*corvee.Claim){on("2020-11-01", "2021-03-02")}, nil},
		"ends before it begins":            {[]func(*corvee.Claim){on("2020-11-19", "2019-01-01")}, []string{"dates.order disagrees"}},
		"ends as it begins":                {[]func(*corvee.Claim){on("2020-11-19", "2020-11-19")}, []string{"dates.order disagrees"}},
		"rejected":                         {[]func(*corvee.Claim){on("2020-11-19", "2019-01-01"), refused}, nil},
		"a deadline":                       {[]func(*corvee.Claim){on("2019-12-22", "2019-12-23"), law("UNSCR 2397")}, nil},
		"a deadline ahead":                 {[]func(*corvee.Claim){on("2023-12-22", "2023-12-23"), law("UNSCR 2397")}, nil},
		"a deadline before the resolution": {[]func(*corvee.Claim){on("2015-12-22", "2015-12-23"), law("UNSCR 2397")}, []string{"dates.instrument disagrees"}},
		"on the day of the resolution":     {[]func(*corvee.Claim){on("2017-12-22", "2017-12-23"), law("UNSCR 2397")}, nil},
		"a resolution that is not known":   {[]func(*corvee.Claim){on("1990-12-22", "1990-12-23"), law("UNSCR 9999")}, nil},
		"a law without a number":           {[]func(*corvee.Claim){on("1990-12-22", "1990-12-23"), law("UN sanctions")}, nil},
		"open at both ends":                {[]func(*corvee.Claim){on("", "")}, nil},
	} {
		claim := at(100, corvee.KindHeadcount, people, c.change...)
		if got := kinds(assess.Dates([]corvee.Claim{claim}, day("2020-11-19"))); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	future := at(100, corvee.KindHeadcount, people, on("2021-03-01", "2021-03-02"))
	if got := assess.Dates([]corvee.Claim{future}, corvee.Date{}); got != nil {
		t.Errorf("a report without a date: %v", got)
	}
	year := at(100, corvee.KindHeadcount, people, on("2020-12-30", "2020-12-31"))
	if got := assess.Dates([]corvee.Claim{year}, corvee.Date{Year: 2020}); got != nil {
		t.Errorf("a report of some day of 2020: %v", got)
	}
}
