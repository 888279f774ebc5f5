package score

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Error is one thing that the reader got wrong.
type Error struct {
	Report string
	Lang   string
	Class  string // what went wrong, in words that recur: the classes are counted
	Quote  string // of the annotation if there is one, else of the claim
	Want   string // as annotated; empty for a false claim
	Got    string // as read; for a missed claim, what was read in the same sentence
	Start  int    // of the quote, in bytes of the text
}

func errorsOf(r result) []Error {
	var out []Error
	goldOf, readOf := r.partners()
	for i, g := range r.gold {
		if goldOf[i] < 0 {
			out = append(out, r.missed(g, readOf))
		}
	}
	for j, c := range r.claims {
		if readOf[j] < 0 {
			out = append(out, r.falseClaim(c))
		}
	}
	for _, p := range r.pairs {
		out = append(out, r.differences(p)...)
	}
	slices.SortStableFunc(out, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), strings.Compare(a.Class, b.Class),
			strings.Compare(a.Want, b.Want), strings.Compare(a.Got, b.Got))
	})
	return out
}

// partners returns the match of each annotation and of each claim, or -1.
func (r result) partners() (goldOf, readOf []int) {
	goldOf, readOf = make([]int, len(r.gold)), make([]int, len(r.claims))
	for i := range goldOf {
		goldOf[i] = -1
	}
	for j := range readOf {
		readOf[j] = -1
	}
	for _, p := range r.pairs {
		goldOf[p.gold], readOf[p.read] = p.read, p.gold
	}
	return goldOf, readOf
}

func (r result) missed(g statement, readOf []int) Error {
	e := r.annotated(g)
	e.Class = "missed " + string(g.kind)
	if g.indicator != "" {
		e.Class += " " + string(g.indicator)
	}
	var near []string
	for j, c := range r.claims {
		if readOf[j] < 0 && len(g.spans) > 0 && r.sentenceOf(g.spans[0]) == r.sentenceOf(c.Quote.Span) {
			near = append(near, gloss(c))
		}
	}
	e.Got = strings.Join(near, "; ")
	return e
}

func (r result) falseClaim(c corvee.Claim) Error {
	e := Error{Report: r.record.ID, Lang: r.record.Lang, Quote: c.Quote.Exact, Start: c.Quote.Start, Got: gloss(c) + rulesOf(c)}
	e.Class = "false " + string(c.Kind)
	if r.record.HardNegative {
		e.Class += " in a hard negative"
	}
	return e
}

func (r result) differences(p pair) []Error {
	g, c := r.gold[p.gold], r.claims[p.read]
	var out []Error
	for s, m := range p.marks {
		if m != differs {
			continue
		}
		e := r.annotated(g)
		e.Class = fmt.Sprintf("%s of %s", slotNames[s], g.kind)
		e.Want, e.Got = g.slot(slot(s)), claimSlot(c, slot(s), r.record.Publisher)+rulesOf(c)
		out = append(out, e)
	}
	return out
}

func (r result) annotated(g statement) Error {
	e := Error{Report: r.record.ID, Lang: r.record.Lang, Want: g.gloss()}
	if len(g.spans) > 0 {
		e.Start = g.spans[0].Start
		e.Quote, _ = r.text.Slice(g.spans[0])
	}
	return e
}

// Listing writes every error, report by report, after a count of its classes.
func (t Table) Listing() string {
	var b strings.Builder
	counts := map[string]int{}
	for _, e := range t.Errors {
		counts[e.Lang+"  "+e.Class]++
	}
	classes := make([]string, 0, len(counts))
	for class := range counts {
		classes = append(classes, class)
	}
	slices.SortFunc(classes, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
	for _, class := range classes {
		fmt.Fprintf(&b, "%5d  %s\n", counts[class], class)
	}
	report := ""
	for _, e := range t.Errors {
		if e.Report != report {
			report = e.Report
			fmt.Fprintf(&b, "\n%s\n", report)
		}
		e.write(&b)
	}
	return b.String()
}

func (e Error) write(b *strings.Builder) {
	fmt.Fprintf(b, "  %d  %s  “%s”\n", e.Start, e.Class, strings.Join(strings.Fields(e.Quote), " "))
	if e.Want != "" {
		fmt.Fprintf(b, "        want %s\n", e.Want)
	}
	if e.Got != "" {
		fmt.Fprintf(b, "        got  %s\n", e.Got)
	}
}

func rulesOf(c corvee.Claim) string {
	if len(c.Rules) == 0 {
		return ""
	}
	return "  (" + strings.Join(c.Rules, " ") + ")"
}

// gloss writes an annotation in one line: kind, value, what stands for a value, where,
// who says it, how sure.
func (g statement) gloss() string {
	return joined(string(g.kind), g.slot(slotValue), g.slot(slotPeriod), g.slot(slotSector), g.slot(slotPlace),
		g.slot(slotCountry), g.slot(slotClass), g.slot(slotFactuality))
}

// everySlot tells apart what a gloss does not: it breaks the last ties of an order.
func (g statement) everySlot() string {
	var all []string
	for s := range slots {
		all = append(all, g.slot(s))
	}
	return strings.Join(all, "\t")
}

func gloss(c corvee.Claim) string {
	return joined(string(c.Kind), claimSlot(c, slotValue, ""), claimSlot(c, slotPeriod, ""), claimSlot(c, slotSector, ""),
		claimSlot(c, slotPlace, ""), claimSlot(c, slotCountry, ""), claimSlot(c, slotClass, ""), claimSlot(c, slotFactuality, ""))
}

func joined(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" || p == "–" })
	return strings.Join(parts, " · ")
}

func orDash(s string) string { return cmp.Or(s, "–") }

func (g statement) slot(s slot) string {
	switch s {
	case slotValue:
		return orDash(joined(string(g.indicator), g.label, figure(g.value)))
	case slotPeriod:
		return orDash(string(period(g.value)))
	case slotCountry:
		return orDash(strings.Join(g.countries, "+"))
	case slotPlace:
		return orDash(strings.Join(g.places, "+"))
	case slotClass:
		return orDash(words(g.classes))
	case slotOutlet:
		return cmp.Or(g.outlet, "the publisher")
	case slotFactuality:
		return string(g.factuality)
	case slotSector:
		return orDash(words(g.sectors))
	case slotWhen:
		return orDash(days(g.when))
	case slotPer:
		if g.value != nil {
			return orDash(string(g.value.Per))
		}
		return "–"
	case slotPolarity:
		return orDash(string(g.polarity))
	}
	return ""
}

func claimSlot(c corvee.Claim, s slot, publisher string) string {
	g := statement{
		indicator: c.Indicator, label: c.Label, value: c.Value, countries: c.Countries, places: machinePlaces(c),
		outlet: machineOutlet(c, publisher), factuality: c.Factuality, polarity: c.Polarity,
		classes: []corvee.Speaker{c.Root().Speaker}, sectors: []corvee.Sector{c.Sector},
	}
	if c.When != nil {
		g.when = *c.When
	}
	return g.slot(s)
}

func words[T ~string](list []T) string {
	var out []string
	for _, w := range list {
		out = append(out, string(w))
	}
	return strings.Join(out, "|")
}

func figure(v *corvee.Value) string {
	if v == nil {
		return ""
	}
	return strings.TrimSpace(v.Range.String() + " " + cmp.Or(v.Currency, string(v.Unit)))
}

// days writes both ends as the days that are compared.
func days(w corvee.When) string {
	if !w.Known() {
		return ""
	}
	return w.From.String() + ".." + w.Last().String()
}
