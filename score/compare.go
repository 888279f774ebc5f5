package score

import (
	"slices"
	"strings"

	"corvee"
)

// slot is one thing in which a claim can agree with its annotation.
type slot int

const (
	slotValue slot = iota // figure, unit class, currency; and the indicator, trade or label
	slotPeriod
	slotCountry
	slotPlace
	slotClass
	slotOutlet
	slotFactuality
	slotSector
	slotWhen
	slotPer
	slotPolarity
	slots
)

var slotNames = [slots]string{
	"value", "period", "country", "place", "speaker class", "outlet", "factuality", "sector", "when", "per", "polarity",
}

// mark says how a slot of a pair came out. Silent is not scored: neither side fills the
// slot, or the annotation does not speak of it.
type mark int

const (
	silent mark = iota
	agrees
	differs
)

type marks [slots]mark

// Level is a strictness: each asks all that the one before asks, and more.
type Level int

// The levels. Detect asks for the kind at the place in the text; Value for the figure with
// its unit and currency, and for the indicator, trade or label that is the value of a
// condition, activity, order or law; Period for how often; Claim for country and place;
// Full for the root source (outlet and class of speaker) and the factuality.
const (
	Detect Level = iota
	Value
	Period
	Whole
	Full
	levels
)

var levelNames = [levels]string{"Detect", "Value", "Value+period", "Claim", "Full"}

// String returns the level's name in the ledger.
func (l Level) String() string { return levelNames[l] }

// Levels returns all levels, the mildest first.
func Levels() []Level { return []Level{Detect, Value, Period, Whole, Full} }

// needs are the slots that each level adds.
var needs = [levels][]slot{
	Value: {slotValue}, Period: {slotPeriod}, Whole: {slotCountry, slotPlace}, Full: {slotClass, slotOutlet, slotFactuality},
}

// reached returns the strictest level that a pair stands. A place that the annotation
// does not name is judged as a slot but fails no level.
func reached(g statement, m marks) Level {
	for l := Value; l < levels; l++ {
		for _, s := range needs[l] {
			if m[s] == differs && (s != slotPlace || len(g.places) > 0) {
				return l - 1
			}
		}
	}
	return Full
}

// compare holds a claim of the reader to an annotation, slot by slot.
func compare(g statement, c corvee.Claim, publisher string) marks {
	var m marks
	m[slotValue] = verdict(true, sameValue(g, c))
	m[slotPeriod] = verdict(g.value != nil || c.Value != nil, period(g.value) == period(c.Value))
	m[slotCountry] = compareCountries(g, c)
	places := machinePlaces(c)
	m[slotPlace] = verdict(len(g.places)+len(places) > 0, slices.Equal(g.places, places))
	m[slotClass] = verdict(len(g.classes) > 0, slices.Contains(g.classes, c.Root().Speaker))
	m[slotOutlet] = compareOutlet(g, machineOutlet(c, publisher))
	m[slotFactuality] = verdict(true, g.factuality == c.Factuality)
	m[slotSector] = verdict(len(g.sectors) > 0 || c.Sector != "", sameSector(g, c))
	m[slotWhen] = compareWhen(g.when, c)
	m[slotPer] = verdict(g.value != nil && g.value.Per != "", c.Value != nil && g.value != nil && g.value.Per == c.Value.Per)
	m[slotPolarity] = verdict(g.polarity != "", g.polarity == c.Polarity)
	return m
}

func verdict(scored, right bool) mark {
	switch {
	case !scored:
		return silent
	case right:
		return agrees
	}
	return differs
}

// sameValue also asks for what stands in for a value where a kind has none. A claim that
// is filed under another kind that is right as well has no such slot to fill.
func sameValue(g statement, c corvee.Claim) bool {
	if g.kind != c.Kind {
		return c.Value == nil || sameFigure(g.value, c.Value)
	}
	switch g.kind {
	case corvee.KindCondition:
		return g.indicator == c.Indicator && sameFigure(g.value, c.Value)
	case corvee.KindActivity:
		return sameSector(g, c) && sameFigure(g.value, c.Value)
	case corvee.KindOrder, corvee.KindLaw:
		return sameLabel(g.label, c.Label) && sameFigure(g.value, c.Value)
	}
	return sameFigure(g.value, c.Value)
}

// sameFigure compares exact decimals. Whether an end is exclusive or a figure rounded is
// not annotated. Nothing at all has no currency.
func sameFigure(g, c *corvee.Value) bool {
	if g == nil || c == nil {
		return g == c
	}
	nothing := g.High == corvee.Int(0) && c.High == corvee.Int(0)
	return g.Low == c.Low && g.High == c.High && unitClass(g.Unit) == unitClass(c.Unit) && (nothing || g.Currency == c.Currency)
}

// unitClass takes permits and visas for the persons who need one: annotations count
// persons only.
func unitClass(u corvee.Unit) corvee.Unit {
	if u == corvee.UnitPermit || u == corvee.UnitVisa {
		return corvee.UnitPerson
	}
	return u
}

func period(v *corvee.Value) corvee.RatePeriod {
	if v == nil {
		return ""
	}
	return v.Period
}

func sameSector(g statement, c corvee.Claim) bool {
	if len(g.sectors) == 0 {
		return c.Sector == ""
	}
	return slices.Contains(g.sectors, c.Sector)
}

// sameLabel compares what two people would call an instrument or a directive: the same
// numbers if one side has any, else one telling word in common.
func sameLabel(g, c string) bool {
	gold, goldNumbers := telling(g)
	read, readNumbers := telling(c)
	if len(goldNumbers)+len(readNumbers) > 0 {
		return slices.ContainsFunc(goldNumbers, func(n string) bool { return slices.Contains(readNumbers, n) })
	}
	if len(gold) == 0 {
		return len(read) == 0
	}
	return slices.ContainsFunc(gold, func(w string) bool { return slices.Contains(read, w) })
}

const filler = " a an and at by for from in into of on or the to with "

// telling returns the beginnings of a label's words, since one side writes "repatriation"
// and the other "repatriate", and its numbers.
func telling(label string) (stems, numbers []string) {
	const stem = 5
	for _, word := range strings.Fields(fold(label)) {
		runes := []rune(word)
		switch {
		case strings.Contains(filler, " "+word+" "):
		case runes[0] >= '0' && runes[0] <= '9':
			numbers = append(numbers, word)
		default:
			stems = append(stems, string(runes[:min(stem, len(runes))]))
		}
	}
	return stems, numbers
}

// compareCountries leaves an annotation alone that names areas only.
func compareCountries(g statement, c corvee.Claim) mark {
	read := slices.Clone(c.Countries)
	slices.Sort(read)
	read = slices.Compact(read)
	scored := len(g.countries) > 0 || len(read) > 0 && !g.areas
	return verdict(scored, slices.Equal(g.countries, read))
}

// machinePlaces leaves countries out: they have their own slot.
func machinePlaces(c corvee.Claim) []string {
	var names []string
	for _, p := range c.Places {
		if p.Precision != corvee.AtCountry {
			names = append(names, p.Name)
		}
	}
	return placeNames(names)
}

// machineOutlet returns the first outlet of the chain, empty for the publisher.
func machineOutlet(c corvee.Claim, publisher string) string {
	for _, link := range c.Attribution {
		if link.Speaker == corvee.SpeakerPublisher || link.Speaker == corvee.SpeakerAgency {
			if name := fold(link.Name); !sameOutlet(name, fold(publisher)) {
				return name
			}
			return ""
		}
	}
	return ""
}

// compareOutlet asks only for another outlet than the publisher where the annotation
// writes its name in another script.
func compareOutlet(g statement, read string) mark {
	if g.unsure {
		return silent
	}
	if g.outlet != "" && read != "" && latin(g.outlet) != latin(read) {
		return agrees
	}
	return verdict(true, g.outlet == read || g.outlet != "" && sameOutlet(g.outlet, read))
}

// compareWhen leaves alone a date that the reader took from beyond the sentence where
// none is annotated: a figure in the present tense is of the report's day.
func compareWhen(g corvee.When, c corvee.Claim) mark {
	var read corvee.When
	if c.When != nil {
		read = *c.When
	}
	inferred := slices.Contains(c.Inferred, corvee.SlotWhen)
	scored := g.Known() || read.Known() && !inferred
	return verdict(scored, g.From == read.From && g.Until == read.Until)
}
