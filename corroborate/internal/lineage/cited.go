package lineage

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"corvee"
)

// The ways in which a citation says when: month and day, or the day alone. The text is
// folded, from the outlet's name to a little beyond the cue.
var (
	monthFirst = regexp.MustCompile(`\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})\b(?:,? (\d{4}))?`)
	dayFirst   = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: (\d{4}))?`)
	eastern    = regexp.MustCompile(`(?:(\d{4})[년年] ?)?(?:(\d{1,2})[월月] ?)?(\d{1,2})[일日号](?: ?\(|[^가-힣]| ?자| ?보도|$)`)
)

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// citedDate returns the first date in the words of a citation, resolved to the last such
// day up to the day after the citing report; no date where that is not known and the
// words do not give the year, and where there is none.
func citedDate(words string, published corvee.Date) corvee.Date {
	if m := monthFirst.FindStringSubmatch(words); m != nil {
		return resolveDate(m[3], strconv.Itoa(strings.Index(months, m[1])/3+1), m[2], published)
	}
	if m := dayFirst.FindStringSubmatch(words); m != nil {
		return resolveDate(m[3], strconv.Itoa(strings.Index(months, m[2])/3+1), m[1], published)
	}
	if m := eastern.FindStringSubmatch(words); m != nil {
		return resolveDate(m[1], m[2], m[3], published)
	}
	return corvee.Date{}
}

func resolveDate(year, month, day string, published corvee.Date) corvee.Date {
	d := corvee.Date{Year: number(year), Month: number(month), Day: number(day)}
	if d.Year != 0 && d.Month != 0 {
		return existing(d)
	}
	if published.Day == 0 {
		return corvee.Date{}
	}
	latest := published.AddDays(1)
	if d.Month != 0 {
		d.Year = latest.Year
		if existing(d).Known() && d.Compare(latest) > 0 {
			d.Year--
		}
		return existing(d)
	}
	d.Year, d.Month = latest.Year, latest.Month
	if d.Day > latest.Day {
		last := time.Date(latest.Year, time.Month(latest.Month), 0, 0, 0, 0, 0, time.UTC)
		d.Year, d.Month = last.Year(), int(last.Month())
	}
	return existing(d)
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0 // the group did not match
	}
	return n
}

func existing(d corvee.Date) corvee.Date {
	if !d.Valid() {
		return corvee.Date{}
	}
	return d
}

// onDay returns 2 if a report may be of the cited day, 1 if of a neighbour, since papers
// are dated by where they appear, else 0.
func onDay(cited, published corvee.Date) int {
	if !cited.Known() || !published.Known() {
		return 0
	}
	for near := range 2 {
		if cited.AddDays(-near).Compare(published.After()) < 0 && cited.AddDays(near).Compare(published.First()) >= 0 {
			return 2 - near
		}
	}
	return 0
}
