package form

import (
	"regexp"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/country"
)

// value returns the value that the fields say; nil if they say none.
func (f Fields) value(base *corvee.Value, bad Problems) *corvee.Value {
	if f.Figure == "" && f.To == "" && f.Unit == "" && f.Currency == "" && f.Per == "" && f.Period == "" && f.Of == "" {
		return nil
	}
	v := corvee.Value{
		Range: f.bounds(base, bad), Unit: corvee.Unit(f.Unit), Currency: strings.ToUpper(f.Currency),
		Per: corvee.Per(f.Per), Period: corvee.RatePeriod(f.Period), Of: f.Of,
	}
	if base != nil {
		v.Equivalents = base.Equivalents
	}
	f.checkValue(v, bad)
	return &v
}

// A currency is a code of ISO 4217: three capitals.
var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (f Fields) checkValue(v corvee.Value, bad Problems) {
	switch {
	case v.Unit == "":
		bad["unit"] = "Choose what the figure counts."
	case !v.Unit.Valid():
		bad["unit"] = "Choose a unit of the list."
	}
	switch {
	case v.Currency != "" && !currencyCode.MatchString(v.Currency):
		bad["currency"] = "Write the three letters of the currency: CNY, USD, KPW."
	case v.Currency != "" && v.Unit != corvee.UnitMoney:
		bad["currency"] = "Only money has a currency; choose the unit money, or clear it."
	}
	if v.Per != "" && !v.Per.Valid() {
		bad["per"] = "Choose whom the rate is for."
	}
	if v.Period != "" && !v.Period.Valid() {
		bad["period"] = "Choose how often it falls due."
	}
}

func (f Fields) bounds(base *corvee.Value, bad Problems) corvee.Range {
	figure, to := number(f.Figure, "figure", bad), number(f.To, "to", bad)
	r := corvee.Range{Approx: f.Approx != ""}
	if f.To != "" && f.Bound != string(Between) {
		bad["to"] = "A second figure needs “between”."
	}
	switch Bound(f.Bound) {
	case Exactly:
		r.Low, r.High = figure, figure
	case AtLeast:
		r.Low = figure
	case MoreThan:
		r.Low, r.Exclusive = figure, corvee.ExclusiveLow
	case AtMost:
		r.High = figure
	case LessThan:
		r.High, r.Exclusive = figure, corvee.ExclusiveHigh
	case Between:
		r.Low, r.High = figure, to
		f.checkBetween(r, bad)
		if base != nil && base.Low == r.Low && base.High == r.High {
			r.Exclusive = base.Exclusive
		}
	default:
		if figure.Known() {
			bad["bound"] = "Say whether the figure is exact or a limit."
		}
	}
	if r.Exclusive != "" && !figure.Known() {
		bad["figure"] = "Give the figure of the limit."
	}
	return r
}

func (f Fields) checkBetween(r corvee.Range, bad Problems) {
	switch {
	case !r.Low.Known() || !r.High.Known():
		if bad["figure"] == "" && bad["to"] == "" {
			bad["to"] = "Between needs two figures."
		}
	case r.Low.Cmp(r.High) > 0:
		bad["to"] = "The second figure is smaller than the first."
	}
}

func number(s, field string, bad Problems) corvee.Decimal {
	if s == "" {
		return corvee.Decimal{}
	}
	d, err := corvee.ParseDecimal(s)
	if err != nil {
		bad[field] = "Write plain digits, with a point for decimals: 2300 or 2300.5."
	}
	return d
}

// A place may name its precision: "Tumen (city)".
var placeForm = regexp.MustCompile(`^(.+?)\s*\(([a-z]+)\)$`)

// places reads a place a line. A line that stands for a place the claim has keeps it;
// another is looked up; a name that no gazetteer knows needs its precision said.
func (f Fields) places(base []corvee.Place, known Gazetteer, bad Problems) []corvee.Place {
	var out []corvee.Place
	for line := range strings.SplitSeq(f.Places, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		p, ok := onePlace(line, base, known)
		if !ok {
			bad["places"] = "“" + line + "” is not in the gazetteer. Say how exact it is: " + line + " (city), (county), (province), (locality)."
		}
		if ok && !slices.ContainsFunc(out, func(other corvee.Place) bool { return other.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

func onePlace(line string, base []corvee.Place, known Gazetteer) (corvee.Place, bool) {
	name, precision := line, corvee.PlacePrecision("")
	if m := placeForm.FindStringSubmatch(line); m != nil {
		name, precision = m[1], corvee.PlacePrecision(m[2])
	}
	at := slices.IndexFunc(base, func(p corvee.Place) bool {
		return clean(p.Name) == name && (precision == "" || precision == p.Precision)
	})
	if at >= 0 {
		return base[at], true
	}
	if p, ok := known(name); ok && (precision == "" || p.Precision == precision) {
		return p, true
	}
	if !precision.Valid() {
		return corvee.Place{}, false
	}
	return corvee.Place{ID: "hand:" + strings.ToLower(name), Name: name, Precision: precision}, true
}

func (f Fields) countries(bad Problems) []string {
	var out []string
	for _, word := range strings.FieldsFunc(f.Countries, func(r rune) bool { return strings.ContainsRune(",;，；\n", r) }) {
		word = strings.TrimSpace(word)
		if word == "" {
			continue
		}
		code := country.Code(word)
		if code == "" {
			bad["countries"] = "“" + word + "” is not a country; write CN, or China."
		} else if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}
