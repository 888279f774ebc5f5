package assess

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/gazetteer"
)

// Waterfall is what one report tells of the way from a worker's gross wage to the hand:
// amounts of one currency and period, each person's.
type Waterfall struct {
	Currency string            `json:"currency"`
	Period   corvee.RatePeriod `json:"period"`
	Rows     []WaterfallRow    `json:"rows"`
	// Withheld is the share of the wage that the levies take, in percent; unknown where no
	// wage is told.
	Withheld corvee.Range  `json:"withheld"`
	Result   corvee.Result `json:"result"` // whether the stated net agrees with what is left; bounds if none is stated
	// Rate is the rate, day and source that the rows are converted by, "" where they are not.
	Rate string `json:"rate,omitempty"`
}

// Stage is a step of the waterfall, in the order of docs/methods/ledger.md.
type Stage string

// The stages that claims fill.
const (
	StageGross Stage = "gross"
	StageLevy  Stage = "levy"
	StageLeft  Stage = "left" // derived: gross less levies
	StageNet   Stage = "net"  // as stated
)

// WaterfallRow is one step. Derived rows are computed and corroborate nothing.
type WaterfallRow struct {
	Stage   Stage        `json:"stage"`
	Label   string       `json:"label,omitempty"`
	Range   corvee.Range `json:"range"`
	Derived bool         `json:"derived,omitempty"`
	Claims  []string     `json:"claims"`
	// In is the same amount in another currency: derived, and approximate.
	In *Converted `json:"in,omitempty"`
}

// Waterfalls returns the waterfalls of one report's claims, one for each wage that levies
// or a net pay stand near to; figures of other scopes, currencies or periods are never
// joined. A wage that no figure follows has none.
func Waterfalls(claims []corvee.Claim) []Waterfall {
	l := ledgerOf(claims)
	var out []Waterfall
	for _, wage := range l.wages {
		follows := func(c corvee.Claim) bool { return l.wageOf(c).ID == wage.ID }
		levies, nets := pick(l.levies, follows), pick(l.nets, follows)
		if len(levies)+len(nets) > 0 {
			out = append(out, waterfall(wage, levies, nets))
		}
	}
	return out
}

// wageOf returns the wage that a levy or net pay is measured by, the zero Claim if none.
func (l ledger) wageOf(c corvee.Claim) corvee.Claim {
	wage, _ := nearest(c, l.wages, func(w corvee.Claim) bool { return sameMoney(*w.Value, *c.Value) })
	return wage
}

func pick(claims []corvee.Claim, fits func(corvee.Claim) bool) (out []corvee.Claim) {
	for _, c := range claims {
		if fits(c) {
			out = append(out, c)
		}
	}
	return out
}

func waterfall(wage corvee.Claim, levies, nets []corvee.Claim) Waterfall {
	w := Waterfall{Currency: wage.Value.Currency, Period: wage.Value.Period, Result: corvee.ResultBounds}
	w.Rows = append(w.Rows, WaterfallRow{StageGross, wage.Label, wage.Value.Range, false, []string{wage.ID}, nil})
	taken, from := corvee.Exactly(corvee.Int(0)), []string{wage.ID}
	for _, levy := range distinct(levies) {
		w.Rows = append(w.Rows, WaterfallRow{StageLevy, levy.Label, levy.Value.Range, false, []string{levy.ID}, nil})
		taken = plus(taken, levy.Value.Range)
		from = append(from, levy.ID)
	}
	left := wage.Value.Range.Sub(taken)
	if len(levies) > 0 {
		w.Rows = append(w.Rows, WaterfallRow{StageLeft, "", left, true, from, nil})
		if positive(wage.Value.Range) {
			w.Withheld = taken.Mul(hundred).Div(wage.Value.Range, percentPlaces)
		}
	}
	for _, net := range nets {
		w.Rows = append(w.Rows, WaterfallRow{StageNet, net.Label, net.Value.Range, false, []string{net.ID}, nil})
		if len(levies) == 0 {
			continue
		}
		if !loosened(left).Overlaps(loosened(net.Value.Range)) {
			w.Result = corvee.ResultDisagrees
		} else if w.Result == corvee.ResultBounds {
			w.Result = corvee.ResultAgrees
		}
	}
	return w
}

// distinct drops a levy that tells an earlier one again: the same label, or no label and
// the same figure.
func distinct(levies []corvee.Claim) (out []corvee.Claim) {
	for _, c := range levies {
		again := slices.ContainsFunc(out, func(d corvee.Claim) bool {
			return c.Label != "" && c.Label == d.Label || (c.Label == "" || d.Label == "") && c.Value.Range == d.Value.Range
		})
		if !again {
			out = append(out, c)
		}
	}
	return out
}

// plus adds two ranges; an open end stays open.
func plus(a, b corvee.Range) corvee.Range {
	r := corvee.Range{Approx: a.Approx || b.Approx}
	if a.Low.Known() && b.Low.Known() {
		r.Low = a.Low.Add(b.Low)
	}
	if a.High.Known() && b.High.Known() {
		r.High = a.High.Add(b.High)
	}
	return r
}

// Extrapolate multiplies what each worker pays with how many workers a region is said to
// hold, over all reports given. Nobody stated the products: each is marked an
// extrapolation, its assumptions stand in Needs, and it corroborates nothing. The counts
// are those of the region itself, not of one site in it; the levies those of sites and
// places within it, and those that the report of the count tells of elsewhere. One finding comes of each pair of figures that differ.
func Extrapolate(claims []corvee.Claim, region string) []corvee.Finding {
	var out []corvee.Finding
	l := ledgerOf(claims)
	seen := map[string]bool{}
	for _, people := range l.counts {
		if people.Site != "" || people.Employer != "" || !isRegion(people, region) {
			continue
		}
		for _, each := range l.levies {
			if each.Value.Period == "" || each.Value.Period == corvee.EveryOnce || !inside(each, region) && each.Report != people.Report {
				continue
			}
			f := extrapolation(people, each, region)
			key := people.Value.Range.String() + "|" + amount(each.Value.Range, *each.Value)
			if !seen[key] {
				seen[key] = true
				out = append(out, f)
			}
		}
	}
	slices.SortFunc(out, func(a, b corvee.Finding) int {
		return cmp.Or(strings.Compare(a.Text, b.Text), slices.Compare(a.Claims, b.Claims))
	})
	return out
}

func isRegion(c corvee.Claim, region string) bool {
	if len(c.Places) == 0 {
		return slices.Equal(c.Countries, []string{region})
	}
	return len(c.Places) == 1 && c.Places[0].ID == region
}

func inside(c corvee.Claim, region string) bool {
	return slices.Contains(c.Countries, region) || slices.ContainsFunc(c.Places, func(p corvee.Place) bool { return gazetteer.Within(p.ID, region) })
}

func extrapolation(people, each corvee.Claim, region string) corvee.Finding {
	f := finding("ledger.extrapolation", corvee.ResultBounds, people, each)
	total := people.Value.Range.Mul(each.Value.Range)
	f.Numbers = map[string]corvee.Range{"persons": people.Value.Range, "each": each.Value.Range, "product": total}
	f.Needs = []string{"that every one of the workers counted pays this levy"}
	switch {
	case !inside(each, region):
		f.Needs = append(f.Needs, "that a levy which the report tells of elsewhere holds here")
	case !isRegion(each, region):
		f.Needs = append(f.Needs, "that a levy told of one place holds for the whole region")
	}
	if each.Site != "" || each.Employer != "" {
		f.Needs = append(f.Needs, "that a levy told of one site holds for others")
	}
	if !bothDated(people, each) || !people.When.Overlaps(*each.When) {
		f.Needs = append(f.Needs, "that count and levy are of one time")
	}
	if people.Factuality == corvee.Believed || people.Factuality == corvee.Estimated {
		f.Needs = append(f.Needs, "that a count which is only "+string(people.Factuality)+" holds")
	}
	f.Text = fmt.Sprintf("Extrapolation, stated by nobody: %s workers at %s each make %s.",
		figure(people.Value.Range), amount(each.Value.Range, *each.Value), amount(total, *each.Value))
	return f
}

func bothDated(a, b corvee.Claim) bool {
	return a.When != nil && b.When != nil && a.When.Known() && b.When.Known()
}
