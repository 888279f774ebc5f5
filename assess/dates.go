package assess

import (
	"fmt"
	"strings"
	"sync"

	"corvee"
	"corvee/assess/law"
)

// Dates says which times of a report's claims cannot all hold (dates.order, dates.future,
// dates.instrument): a time that ends before it begins, work that is told as done after the
// day on which the report was published, a deadline before the resolution that sets it was
// adopted. Nothing is repaired: such a time is shown as it is told, and the finding beside it.
// What a report does not date, or an instrument whose adoption is not known, says nothing.
func Dates(claims []corvee.Claim, published corvee.Date) []corvee.Finding {
	var out []corvee.Finding
	for _, c := range inTextOrder(claims) {
		if c.When == nil || !c.When.Known() || c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
			continue
		}
		for _, check := range []func(corvee.Claim, corvee.Date) (string, string){disordered, tooLate, beforeAdoption} {
			if rule, text := check(c, published); rule != "" {
				f := finding(rule, corvee.ResultDisagrees, c)
				f.Numbers, f.Text = map[string]corvee.Range{}, text
				out = append(out, f)
			}
		}
	}
	return out
}

func disordered(c corvee.Claim, _ corvee.Date) (rule, text string) {
	w := *c.When
	if w.From.Known() && w.Until.Known() && w.Until.Compare(w.From) <= 0 {
		return "dates.order", fmt.Sprintf("The time %s ends before it begins.", w)
	}
	return "", ""
}

// tooLate leaves out what is planned and the deadlines of the law: both may lie ahead.
func tooLate(c corvee.Claim, published corvee.Date) (rule, text string) {
	ahead := c.Factuality == corvee.Planned || c.Kind == corvee.KindLaw || c.Kind == corvee.KindOrder
	if ahead || !published.Known() || !c.When.From.Known() || c.When.From.Compare(published.After()) < 0 {
		return "", ""
	}
	return "dates.future", fmt.Sprintf("It is told as done in %s, and the report was published on %s.", c.When, published)
}

func beforeAdoption(c corvee.Claim, _ corvee.Date) (rule, text string) {
	if c.Kind != corvee.KindLaw || !c.When.Until.Known() {
		return "", ""
	}
	in, ok := cited(c.Label)
	if !ok || !in.Adopted.Known() || c.When.Until.Compare(in.Adopted.First()) > 0 {
		return "", ""
	}
	return "dates.instrument", fmt.Sprintf("%s was adopted on %s; the time told of it, %s, lies before that.", in.Title, in.Adopted, c.When)
}

// resolutions are the instruments of the Security Council by their numbers.
var resolutions = sync.OnceValue(func() map[string]law.Instrument {
	out := map[string]law.Instrument{}
	book, err := law.Load() // the table that is built in; a test holds it whole
	if err != nil {
		return out
	}
	for _, in := range book.Instruments() {
		if number, is := strings.CutPrefix(in.ID, "UNSCR-"); is {
			out[number] = in
		}
	}
	return out
})

// cited returns the resolution whose number a label names.
func cited(label string) (law.Instrument, bool) {
	for _, n := range strings.FieldsFunc(label, func(r rune) bool { return r < '0' || r > '9' }) {
		if in, ok := resolutions()[n]; ok {
			return in, true
		}
	}
	return law.Instrument{}, false
}
