package form

import (
	"slices"
	"strings"

	"corvee"
)

// Gazetteer returns the place of a name, if it knows one.
type Gazetteer func(name string) (corvee.Place, bool)

// Apply returns the claim as the fields leave it, and what is wrong with them; nil if
// nothing is. What the form does not show stays. A slot whose field changed loses its
// trace, since no words were found for it by a rule.
func (f Fields) Apply(base corvee.Claim, known Gazetteer) (corvee.Claim, Problems) {
	before := Of(base)
	bad := Problems{}
	c := base
	c.Kind, c.Polarity, c.Factuality = corvee.Kind(f.Kind), corvee.Polarity(f.Polarity), corvee.Factuality(f.Factuality)
	c.Sector, c.Indicator = corvee.Sector(f.Sector), corvee.Indicator(f.Indicator)
	for _, w := range []struct {
		field       *string
		given, then string
	}{
		{&c.Label, f.Label, before.Label}, {&c.Subject, f.Subject, before.Subject},
		{&c.Site, f.Site, before.Site}, {&c.Employer, f.Employer, before.Employer},
	} {
		if w.given != w.then {
			*w.field = w.given
		}
	}
	f.checkLists(bad)
	changed := f.changed(before)
	if changed(corvee.SlotValue) {
		c.Value = f.value(base.Value, bad)
	}
	if changed(corvee.SlotWhen) {
		c.When = f.when(bad)
	}
	if changed(corvee.SlotPlaces) {
		c.Places = f.places(base.Places, known, bad)
	}
	if f.Countries != before.Countries {
		c.Countries = f.countries(bad)
	}
	if changed(corvee.SlotAttribution) {
		c.Attribution = f.attribution(base.Attribution, bad)
	}
	c.Slots, c.Inferred = untraced(base, changed)
	if len(bad) == 0 {
		return c, nil
	}
	return c, bad
}

func (f Fields) checkLists(bad Problems) {
	if !corvee.Kind(f.Kind).Valid() {
		bad["kind"] = "Choose what the words state."
	}
	if f.Sector != "" && !corvee.Sector(f.Sector).Valid() {
		bad["sector"] = "Choose a sector of the list, or none."
	}
	if !corvee.Factuality(f.Factuality).Valid() {
		bad["factuality"] = "Choose how sure the report is."
	}
	if !corvee.Polarity(f.Polarity).Valid() {
		bad["polarity"] = "Choose whether the words affirm or negate."
	}
	f.checkIndicator(bad)
}

func (f Fields) checkIndicator(bad Problems) {
	condition := f.Kind == string(corvee.KindCondition)
	switch {
	case f.Indicator != "" && !corvee.Indicator(f.Indicator).Valid():
		bad["indicator"] = "Choose an indicator of the list."
	case condition && f.Indicator == "":
		bad["indicator"] = "A condition names its indicator; choose one."
	case !condition && f.Indicator != "":
		bad["indicator"] = "Only a condition names an indicator; clear it, or choose the kind condition."
	}
}

// traced are the fields that each slot is told by.
func (f Fields) traced() map[corvee.SlotName]string {
	return map[corvee.SlotName]string{
		corvee.SlotSubject: f.Subject, corvee.SlotPlaces: f.Places, corvee.SlotSite: f.Site, corvee.SlotEmployer: f.Employer,
		corvee.SlotSector: f.Sector, corvee.SlotLabel: f.Label, corvee.SlotIndicator: f.Indicator,
		corvee.SlotFactuality: f.Factuality, corvee.SlotPolarity: f.Polarity, corvee.SlotWhen: f.From + "/" + f.Until,
		corvee.SlotValue:       strings.Join([]string{f.Bound, f.Figure, f.To, f.Approx, f.Unit, f.Currency, f.Per, f.Period, f.Of}, "|"),
		corvee.SlotAttribution: strings.Join([]string{f.Speaker, f.Name, f.Role}, "|"),
	}
}

func (f Fields) changed(before Fields) func(corvee.SlotName) bool {
	now, then := f.traced(), before.traced()
	return func(name corvee.SlotName) bool { return now[name] != then[name] }
}

func untraced(c corvee.Claim, changed func(corvee.SlotName) bool) ([]corvee.Slot, []corvee.SlotName) {
	slots := slices.DeleteFunc(slices.Clone(c.Slots), func(s corvee.Slot) bool { return changed(s.Name) })
	return slots, slices.DeleteFunc(slices.Clone(c.Inferred), changed)
}

func (f Fields) when(bad Problems) *corvee.When {
	if f.From == "" && f.Until == "" {
		return nil
	}
	from, to := parseDate(f.From, "from", bad), parseDate(f.Until, "until", bad)
	if from.Known() && to.Known() && to.After().Compare(from.First()) <= 0 {
		bad["until"] = "The last day lies before the first."
	}
	w := corvee.Between(from, to)
	return &w
}

func parseDate(s, field string, bad Problems) corvee.Date {
	if s == "" {
		return corvee.Date{}
	}
	d, err := corvee.ParseDate(s)
	if err != nil {
		bad[field] = "Write a date as 2020, 2020-11 or 2020-11-19."
	}
	return d
}

// attribution changes the link that said it first and keeps the chain after it.
func (f Fields) attribution(base []corvee.Attribution, bad Problems) []corvee.Attribution {
	if f.Speaker == "" {
		return base
	}
	first := corvee.Attribution{Speaker: corvee.Speaker(f.Speaker), Name: f.Name, Role: f.Role}
	switch {
	case !first.Speaker.Valid():
		bad["speaker"] = "Choose who speaks."
	case first.Name != "" && !first.Speaker.Named():
		bad["name"] = "A source or an author is never stored by name; give a role, such as worker or trader."
	}
	if len(base) == 0 {
		return []corvee.Attribution{first}
	}
	first.Code, first.Country = base[0].Code, base[0].Country
	return append([]corvee.Attribution{first}, base[1:]...)
}
