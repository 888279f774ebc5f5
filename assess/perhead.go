package assess

import (
	"fmt"

	"corvee"
)

// months in a year turn a monthly wage into a yearly one.
var months = corvee.Exactly(corvee.Int(12))

// PerHead divides a stated yearly total by the workers that the same report counts and
// holds the quotient against what they are said to earn, in the same currency, over all
// claims given. A total that would need each worker to bring more than a wage told of them
// disagrees, and how many workers it would take is said; nothing is repaired. Where the
// count is open ("at least"), its stated end is divided by, and the text says so.
func PerHead(claims []corvee.Claim) []corvee.Finding {
	l := ledgerOf(claims)
	var out []corvee.Finding
	for _, total := range l.totals {
		if total.Value.Period != corvee.EveryYear || total.Value.Per != corvee.PerTotal || !total.Value.Low.Known() || !total.Value.High.Known() {
			continue
		}
		people, ok := countBeside(total, l.counts)
		if !ok {
			continue
		}
		if wage, ok := wageBeside(total, l.wages); ok {
			out = append(out, perHead(total, people, wage))
		}
	}
	return out
}

// countBeside is the count of the same report and scope with a least end.
func countBeside(total corvee.Claim, counts []corvee.Claim) (corvee.Claim, bool) {
	for _, c := range counts {
		if c.Report == total.Report && positive(c.Value.Range) && c.Site == total.Site && c.Employer == total.Employer && sameRegion(c, total) {
			return c, true
		}
	}
	return corvee.Claim{}, false
}

// wageBeside is a monthly wage of the same currency and region, of the same report if it
// tells one.
func wageBeside(total corvee.Claim, wages []corvee.Claim) (best corvee.Claim, found bool) {
	for _, c := range wages {
		if c.Value.Currency != total.Value.Currency || c.Value.Period != corvee.EveryMonth || !c.Value.High.Known() || !sameRegion(c, total) {
			continue
		}
		if !found || c.Report == total.Report && best.Report != total.Report {
			best, found = c, true
		}
	}
	return best, found
}

func sameRegion(a, b corvee.Claim) bool {
	if len(a.Countries) == 0 || len(b.Countries) == 0 {
		return len(a.Countries) == len(b.Countries)
	}
	return share(a.Countries, b.Countries)
}

func perHead(total, people, wage corvee.Claim) corvee.Finding {
	heads := people.Value.Range
	if !heads.High.Known() {
		heads.High = heads.Low
	}
	each, earned := total.Value.Range.Div(heads, 0), wage.Value.Range.Mul(months)
	f := finding("ledger.perhead", corvee.ResultAgrees, total, people, wage)
	needed := corvee.Range{Low: total.Value.Low.Div(earned.High, 0)}
	f.Numbers = map[string]corvee.Range{"total": total.Value.Range, "persons": people.Value.Range, "each": each, "earned": earned, "needed": needed}
	f.Text = fmt.Sprintf("%s over %s workers is %s %s each a year; %s a month is %s a year.",
		amount(total.Value.Range, *total.Value), figure(people.Value.Range), total.Value.Currency, figure(each), figure(wage.Value.Range), figure(earned))
	if each.Low.Known() && each.Low.Cmp(earned.High) > 0 {
		f.Result = corvee.ResultDisagrees
		f.Text += fmt.Sprintf(" It would take %s workers or more.", grouped(needed.Low.String()))
	}
	return f
}
