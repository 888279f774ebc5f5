package dossier

import (
	"slices"

	"corvee"
	"corvee/assess"
	"corvee/assess/headcount"
	"corvee/assess/indicator"
	"corvee/assess/law"
)

// makes are the sectors whose workers produce goods: what an import rule asks for.
var makes = []corvee.Sector{
	corvee.SectorGarments, corvee.SectorTextile, corvee.SectorFootwear, corvee.SectorSeafood, corvee.SectorFishing, corvee.SectorFood,
	corvee.SectorElectronics, corvee.SectorAutoParts, corvee.SectorPlastics, corvee.SectorWood, corvee.SectorPharma, corvee.SectorLogging,
	corvee.SectorShipbuilding, corvee.SectorMining, corvee.SectorArms, corvee.SectorAgriculture,
}

// known fills the law's fields from claims and from what was assessed, as the bridge says.
// What no claim tells stays unknown.
type known struct {
	law.Facts
}

func (f known) add(field, word string, claims ...string) {
	fact := f.Facts[field]
	if !slices.Contains(fact.Words, word) {
		fact.Words = append(fact.Words, word)
		slices.Sort(fact.Words)
	}
	for _, id := range claims {
		if !slices.Contains(fact.Claims, id) {
			fact.Claims = append(fact.Claims, id)
		}
	}
	f.Facts[field] = fact
}

func factsOf(s Subject, signs []indicator.Assessment, sheet headcount.Sheet, falls []assess.Waterfall) known {
	f := known{law.Facts{}}
	for _, c := range s.Claims {
		if c.Polarity == corvee.Negative || c.Factuality == corvee.Denied || c.Factuality == corvee.Planned {
			continue
		}
		f.claim(c)
		if s.Kind == Party && (c.Employer != "") {
			f.add("entity.role", "employer", c.ID)
		}
	}
	f.money(falls)
	f.signs(signs)
	if len(sheet.Trends) > 0 {
		t := sheet.Trends[0]
		f.add("headcount.trend", t.Direction, t.From.Claim, t.To.Claim)
		f.Facts["headcount.baseline_date"] = law.Fact{When: t.From.When, Claims: []string{t.From.Claim}}
		f.Facts["headcount.compare_date"] = law.Fact{When: t.To.When, Claims: []string{t.To.Claim}}
	}
	return f
}

// works are the kinds of claim that show that work is done.
var works = []corvee.Kind{corvee.KindActivity, corvee.KindHeadcount, corvee.KindWage, corvee.KindLevy, corvee.KindNetPay, corvee.KindCondition}

func (f known) claim(c corvee.Claim) {
	if c.Nationality != "" {
		f.add("worker.nationality", c.Nationality, c.ID)
	}
	if slices.Contains(works, c.Kind) {
		for _, country := range c.Countries {
			f.add("place.country", country, c.ID)
		}
		if slices.Contains(makes, c.Sector) {
			f.add("worker.role", "production", c.ID)
		}
	}
	earns := c.Kind == corvee.KindWage || c.Kind == corvee.KindLevy || c.Kind == corvee.KindNetPay
	if c.Kind == corvee.KindActivity || earns && c.Value != nil && c.Value.Low.Known() && c.Value.Low.Sign() > 0 {
		f.add("worker.earns_income", "true", c.ID)
	}
	if (c.Kind == corvee.KindLevy || c.Kind == corvee.KindTransfer) && c.Nationality == "KP" {
		f.add("revenue.to", "KP-government", c.ID)
	}
	f.hours(c)
}

func (f known) hours(c corvee.Claim) {
	if c.Kind != corvee.KindCondition || c.Value == nil || !c.Value.Known() {
		return
	}
	switch {
	case c.Value.Unit == corvee.UnitHour && c.Value.Period == corvee.EveryWeek:
		f.Facts["hours.per_week"] = law.Fact{Number: c.Value.Range, Claims: []string{c.ID}}
	case c.Value.Unit == corvee.UnitDay && c.Value.Period == corvee.EveryMonth:
		f.Facts["rest.days_per_month"] = law.Fact{Number: c.Value.Range, Claims: []string{c.ID}}
	}
}

// money takes the widest share that any waterfall gives, so that a lower one is not lost.
func (f known) money(falls []assess.Waterfall) {
	fact := law.Fact{}
	for _, w := range falls {
		if !w.Withheld.Low.Known() {
			continue
		}
		share := corvee.Range{Low: w.Withheld.Low.Div(corvee.Int(100), 4), High: w.Withheld.High.Div(corvee.Int(100), 4)}
		if !fact.Number.Low.Known() || share.Low.Cmp(fact.Number.Low) < 0 {
			fact.Number.Low = share.Low
		}
		if !fact.Number.High.Known() || share.High.Known() && share.High.Cmp(fact.Number.High) > 0 {
			fact.Number.High = share.High
		}
		for _, r := range w.Rows {
			if r.Derived {
				fact.Claims = append(fact.Claims, r.Claims...)
			}
		}
	}
	if fact.Number.Known() {
		f.Facts["wages.withheld_share"] = fact
	}
}

// purposes are those of Convention 105, Art. 1, by the signs that stand for them.
var purposes = map[string]string{
	"S3": "economic_mobilisation", "S4": "political_coercion", "S5": "labour_discipline", "S6": "strike_punishment", "S7": "discrimination",
}

func (f known) signs(list []indicator.Assessment) {
	best := 0
	for _, a := range list {
		rank := slices.Index(corvee.Levels(), a.Level)
		if rank > best {
			best = rank
			f.Facts["labour.forced_indicator_level"] = law.Fact{Words: []string{string(a.Level)}, Claims: claimsOfSigns(a)}
		}
		if rank >= slices.Index(corvee.Levels(), corvee.LevelReasonable) {
			f.add("labour.involuntary", "true", claimsOfSigns(a)...)
			f.add("labour.menace_of_penalty", "true", claimsOfSigns(a)...)
		}
		for _, s := range a.State {
			if purpose := purposes[s.ID]; purpose != "" && s.Result == corvee.ResultMet {
				f.add("labour.purpose", purpose, s.Claims...)
			}
		}
	}
}

func claimsOfSigns(a indicator.Assessment) (out []string) {
	for _, s := range a.Signs {
		out = append(out, s.Claims...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// outcomes evaluates the law at each time that claims of work name, and keeps for each
// instrument the outcome that says most: a plant that was seen in 2016 and in 2021 is held
// to the rules of both.
func outcomes(s Subject, f known) ([]law.Outcome, error) {
	book, err := law.Load()
	if err != nil {
		return nil, err
	}
	var best []law.Outcome
	for _, when := range times(s.Claims) {
		if when.when.Known() {
			f.Facts["activity.date"] = law.Fact{When: when.when, Claims: when.claims}
			f.Facts["activity.end_or_open"] = law.Fact{When: corvee.When{From: when.when.From, Precision: when.when.Precision}, Claims: when.claims}
		}
		for i, o := range book.Evaluate(f.Facts) {
			if i == len(best) {
				best = append(best, o)
			} else if says(o) > says(best[i]) {
				best[i] = o
			}
		}
	}
	return best, nil
}

func says(o law.Outcome) int {
	n := 0
	for _, c := range o.Conditions {
		if c.Truth == law.True {
			n++
		}
	}
	switch o.Result {
	case corvee.ResultEngaged:
		return 2000 + n
	case corvee.ResultMayBe:
		return 1000 + n
	}
	return n
}

type timed struct {
	when   corvee.When
	claims []string
}

// times are the distinct known times of claims of work; one unknown time if there is none.
func times(claims []corvee.Claim) []timed {
	var out []timed
	for _, c := range claims {
		if c.When == nil || !c.When.Known() || !slices.Contains(works, c.Kind) || c.Factuality == corvee.Planned || c.Polarity == corvee.Negative {
			continue
		}
		at := slices.IndexFunc(out, func(t timed) bool { return t.when == *c.When })
		if at < 0 {
			out, at = append(out, timed{when: *c.When}), len(out)
		}
		out[at].claims = append(out[at].claims, c.ID)
	}
	if len(out) == 0 {
		return []timed{{}}
	}
	slices.SortFunc(out, func(a, b timed) int { return a.when.From.Compare(b.when.From) })
	return out
}
