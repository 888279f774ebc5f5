package assess

import (
	"fmt"
	"strings"

	"corvee"
)

// hundred turns a share into percent.
var hundred = corvee.Exactly(corvee.Int(100))

// The places that a quotient is shown with: a percent to a tenth, a rate as banks do.
const (
	percentPlaces = 1
	ratePlaces    = 2
)

// slack is by how much a hedged figure ("about") may differ and still agree, in percent.
// Reports round to one or two digits; 5 % is half of a step of the second digit.
const slack = 5

// checkTotal multiplies what each person pays, else earns, with the number of persons, and
// holds the product against the stated total.
func (l ledger) checkTotal(total corvee.Claim) []corvee.Finding {
	same := func(c corvee.Claim) bool { return sameMoney(*c.Value, *total.Value) }
	each, ok := nearest(total, l.levies, same)
	if !ok {
		if each, ok = nearest(total, l.wages, same); !ok {
			return nil
		}
	}
	people, ok := nearest(total, l.counts, func(c corvee.Claim) bool { return sameScope(c, each) })
	if !ok {
		return nil
	}
	product := each.Value.Range.Mul(people.Value.Range)
	result, verb := corvee.ResultDisagrees, "does not agree"
	if loosened(product).Overlaps(loosened(total.Value.Range)) {
		result, verb = corvee.ResultAgrees, "agrees"
	}
	f := finding("ledger.total", result, each, people, total)
	f.Numbers = map[string]corvee.Range{
		"each": each.Value.Range, "persons": people.Value.Range, "product": product, "stated": total.Value.Range,
	}
	f.Text = fmt.Sprintf("%s for each of %s persons makes %s; the stated total of %s %s with it.",
		amount(each.Value.Range, *each.Value), figure(people.Value.Range), amount(product, *total.Value),
		amount(total.Value.Range, *total.Value), verb)
	return []corvee.Finding{f}
}

// loosened widens a hedged range by the slack on both sides.
func loosened(r corvee.Range) corvee.Range {
	if !r.Approx {
		return r
	}
	low, high := corvee.Int(100-slack), corvee.Int(100+slack)
	r.Low = r.Low.Mul(low).Div(corvee.Int(100), percentPlaces)
	r.High = r.High.Mul(high).Div(corvee.Int(100), percentPlaces)
	return r
}

// share says what part of the wage a levy takes and what it leaves, and checks a stated
// remainder.
func (l ledger) share(levy corvee.Claim) []corvee.Finding {
	wage, ok := nearest(levy, l.wages, func(c corvee.Claim) bool { return sameMoney(*c.Value, *levy.Value) })
	if !ok || !positive(wage.Value.Range) {
		return nil
	}
	taken, paid := levy.Value.Range, wage.Value.Range
	percent, left := taken.Mul(hundred).Div(paid, percentPlaces), paid.Sub(taken)
	f := finding("ledger.share", corvee.ResultBounds, wage, levy)
	f.Numbers = map[string]corvee.Range{"wage": paid, "levy": taken, "percent": percent, "left": left}
	f.Text = fmt.Sprintf("The levy takes %s %% of the wage and leaves %s.", figure(percent), amount(left, *wage.Value))
	if left.High.Known() && left.High.Sign() < 0 {
		f.Result = corvee.ResultDisagrees
		f.Text = fmt.Sprintf("The levy of %s is above the wage of %s.", amount(taken, *levy.Value), amount(paid, *wage.Value))
	}
	return append([]corvee.Finding{f}, l.checkNet(wage, levy, left)...)
}

func (l ledger) checkNet(wage, levy corvee.Claim, left corvee.Range) []corvee.Finding {
	net, ok := nearest(levy, l.nets, func(c corvee.Claim) bool { return sameMoney(*c.Value, *levy.Value) })
	if !ok {
		return nil
	}
	result, verb := corvee.ResultDisagrees, "does not agree"
	if loosened(left).Overlaps(loosened(net.Value.Range)) {
		result, verb = corvee.ResultAgrees, "agrees"
	}
	f := finding("ledger.net", result, wage, levy, net)
	f.Numbers = map[string]corvee.Range{"left": left, "stated": net.Value.Range}
	f.Text = fmt.Sprintf("Wage less levy leaves %s; the stated net pay of %s %s with it.",
		amount(left, *wage.Value), amount(net.Value.Range, *net.Value), verb)
	return []corvee.Finding{f}
}

func positive(r corvee.Range) bool { return r.Low.Known() && r.Low.Sign() > 0 }

// rates says what exchange rate a claim's own conversions imply: so many of the weaker
// currency for one of the stronger.
func rates(c corvee.Claim) []corvee.Finding {
	var out []corvee.Finding
	for _, e := range c.Value.Equivalents {
		if c.Value.Unit != corvee.UnitMoney || c.Value.Currency == e.Currency || c.Value.Currency == "" {
			continue
		}
		weak, strong, many, one := c.Value.Range, e.Range, c.Value.Currency, e.Currency
		if smaller(weak, strong) {
			weak, strong, many, one = strong, weak, one, many
		}
		rate, ok := implied(weak, strong)
		if !ok {
			continue
		}
		f := finding("ledger.rate", corvee.ResultBounds, c)
		f.Numbers = map[string]corvee.Range{"rate": rate, "stated": c.Value.Range, "equivalent": e.Range}
		f.Text = fmt.Sprintf("The stated conversion implies %s %s per %s.", figure(rate), many, one)
		out = append(out, f)
	}
	return out
}

func smaller(a, b corvee.Range) bool {
	x, y := a.Low, b.Low
	if !x.Known() || !y.Known() {
		x, y = a.High, b.High
	}
	return x.Known() && y.Known() && x.Cmp(y) < 0
}

// implied divides end by end: the low end of a range was converted to the low end.
func implied(weak, strong corvee.Range) (corvee.Range, bool) {
	var ends []corvee.Decimal
	for _, pair := range [][2]corvee.Decimal{{weak.Low, strong.Low}, {weak.High, strong.High}} {
		if pair[0].Known() && pair[1].Known() && pair[1].Sign() > 0 {
			ends = append(ends, pair[0].Div(pair[1], ratePlaces))
		}
	}
	if len(ends) == 0 {
		return corvee.Range{}, false
	}
	low, high := ends[0], ends[len(ends)-1]
	if low.Cmp(high) > 0 {
		low, high = high, low
	}
	return corvee.Range{Low: low, High: high, Approx: weak.Approx || strong.Approx}, true
}

func finding(rule string, result corvee.Result, from ...corvee.Claim) corvee.Finding {
	f := corvee.Finding{Kind: rule, Rule: rule, Result: result}
	for _, c := range from {
		f.Claims = append(f.Claims, c.ID)
		if c.Review == corvee.ReviewUnreviewed {
			f.Unreviewed++
		}
	}
	return f
}

// amount says a range in the currency and period of a value, for people.
func amount(r corvee.Range, of corvee.Value) string {
	s := figure(r)
	if of.Currency != "" {
		s = of.Currency + " " + s
	}
	switch of.Period {
	case "", corvee.EveryOnce:
		return s
	case corvee.EveryHour:
		return s + " an hour"
	}
	return s + " a " + string(of.Period)
}

// figure writes a range with its thousands apart.
func figure(r corvee.Range) string {
	s := r.String()
	if low := r.Low.String(); low != "" {
		s = strings.Replace(s, low, grouped(low), 1)
	}
	if high := r.High.String(); high != "" && r.High != r.Low {
		at := strings.LastIndex(s, high)
		s = s[:at] + grouped(high)
	}
	return s
}

// grouped puts a comma between the thousands of plain digits: 342000.5 is 342,000.5.
func grouped(digits string) string {
	whole, fraction, broken := strings.Cut(digits, ".")
	sign := whole[:len(whole)-len(strings.TrimLeft(whole, "-"))]
	whole = whole[len(sign):]
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if broken {
		return sign + whole + "." + fraction
	}
	return sign + whole
}
