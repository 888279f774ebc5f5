package law

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Outcome is what one instrument comes to on the given facts. Conditions are those of the
// limb that decides; Needs names what would have to be known.
type Outcome struct {
	Instrument Instrument
	Result     corvee.Result // engaged, may_be_engaged, not_engaged
	Conditions []Checked
	Needs      []Need
	Claims     []string // that the conditions rest on, sorted
	// Date is the time that the instrument was held to: of the activity or of the trade,
	// never of the report.
	Date corvee.When
}

// Checked is one condition with what is known of its field.
type Checked struct {
	Condition
	Truth Truth
	Fact  Fact
}

// Need is a fact that is missing.
type Need struct {
	Field    string `json:"field"`
	AsksFor  string `json:"asks_for"`
	FilledBy Filler `json:"filled_by"`
}

// Evaluate returns an outcome for each instrument that facts can engage, in the order of
// the book.
func (b *Book) Evaluate(facts Facts) []Outcome {
	var out []Outcome
	for _, in := range b.instruments {
		if len(in.Triggers.All)+len(in.Triggers.Any) == 0 && in.Triggers.Condition == nil {
			continue // context only: no fact engages it
		}
		out = append(out, b.outcome(in, facts))
	}
	return out
}

// outcome reports the limb that decides: one that holds; else, of those that may hold, the
// one of which most holds; else, of those that fail, the same.
func (b *Book) outcome(in Instrument, facts Facts) Outcome {
	o := Outcome{Instrument: in, Result: corvee.ResultNotEngaged, Date: dateOf(facts)}
	var deciding []Checked
	for i, limb := range limbs(in.Triggers) {
		checked, truth := b.limb(in, limb, facts)
		result := resultOf(truth)
		if i == 0 || better(result, checked, o.Result, deciding) {
			o.Result, deciding = result, checked
		}
	}
	o.Conditions = deciding
	for _, c := range deciding {
		o.Claims = append(o.Claims, c.Fact.Claims...)
		if c.Truth == Unknown && o.Result == corvee.ResultMayBe {
			f := b.fields[c.Field]
			o.Needs = append(o.Needs, Need{c.Field, f.AsksFor, f.FilledBy})
		}
	}
	slices.Sort(o.Claims)
	o.Claims = slices.Compact(o.Claims)
	o.Needs = slices.CompactFunc(o.Needs, func(a, b Need) bool { return a.Field == b.Field })
	return o
}

// limb evaluates one conjunction. An instrument whose limb names no time is held to the
// day it came into force: what was done before is not engaged by it.
func (b *Book) limb(in Instrument, conditions []Condition, facts Facts) ([]Checked, Truth) {
	var checked []Checked
	all, dated := True, false
	for _, c := range conditions {
		f := b.fields[c.Field]
		c, _ = f.compile(c) // Parse has held every condition to its field
		one := Checked{c, f.compare(c, facts[c.Field]), facts[c.Field]}
		dated = dated || f.Type == TypeDate
		all = both(all, one.Truth)
		checked = append(checked, one)
	}
	if !dated && in.InForce.Known() {
		c := Condition{Field: "activity.date", Op: "gte", Words: []string{in.InForce.String()}, Dates: []corvee.Date{in.InForce}}
		fact := facts["activity.date"]
		if trade := facts["trade.entry_date"]; !fact.Known() && trade.Known() {
			c.Field, fact = "trade.entry_date", trade
		}
		one := Checked{c, b.fields[c.Field].compare(c, fact), fact}
		all = both(all, one.Truth)
		checked = append(checked, one)
	}
	return checked, all
}

func resultOf(t Truth) corvee.Result {
	return [...]corvee.Result{Unknown: corvee.ResultMayBe, True: corvee.ResultEngaged, False: corvee.ResultNotEngaged}[t]
}

var rank = map[corvee.Result]int{corvee.ResultEngaged: 2, corvee.ResultMayBe: 1, corvee.ResultNotEngaged: 0}

func better(result corvee.Result, checked []Checked, than corvee.Result, old []Checked) bool {
	return cmp.Or(cmp.Compare(rank[result], rank[than]), cmp.Compare(holding(checked), holding(old)), cmp.Compare(lacking(old), lacking(checked))) > 0
}

func lacking(list []Checked) int { return count(list, Unknown) }
func holding(list []Checked) int { return count(list, True) }

func count(list []Checked, t Truth) int {
	n := 0
	for _, c := range list {
		if c.Truth == t {
			n++
		}
	}
	return n
}

// limbs writes a test as a disjunction of conjunctions.
func limbs(t Test) [][]Condition {
	switch {
	case t.Condition != nil:
		return [][]Condition{{*t.Condition}}
	case len(t.Any) > 0:
		var out [][]Condition
		for _, sub := range t.Any {
			out = append(out, limbs(sub)...)
		}
		return out
	}
	out := [][]Condition{nil}
	for _, sub := range t.All {
		var next [][]Condition
		for _, left := range out {
			for _, right := range limbs(sub) {
				next = append(next, slices.Concat(left, right))
			}
		}
		out = next
	}
	return out
}

// dateOf is the time of the activity, else of the trade.
func dateOf(facts Facts) corvee.When {
	for _, field := range []string{"activity.date", "trade.entry_date", "trade.date"} {
		if f := facts[field]; f.When.Known() {
			return f.When
		}
	}
	return corvee.When{}
}

// Bears reports whether what is known bears on the instrument: it is engaged, or it may
// be and a condition other than its time holds.
func (o Outcome) Bears() bool {
	if o.Result == corvee.ResultMayBe {
		return slices.ContainsFunc(o.Conditions, func(c Checked) bool { return c.Truth == True && len(c.Dates) == 0 })
	}
	return o.Result == corvee.ResultEngaged
}

// Finding writes an outcome as a finding of the stream.
func (o Outcome) Finding() corvee.Finding {
	f := corvee.Finding{Kind: "law", Rule: "law." + o.Instrument.ID, Result: o.Result, Claims: o.Claims, Numbers: map[string]corvee.Range{}, Text: o.String()}
	for _, n := range o.Needs {
		f.Needs = append(f.Needs, n.Field)
	}
	if f.Claims == nil {
		f.Claims = []string{}
	}
	return f
}

// String says the outcome in a sentence that is never a verdict.
func (o Outcome) String() string {
	var b strings.Builder
	b.WriteString(o.Instrument.Title)
	switch o.Result {
	case corvee.ResultEngaged:
		b.WriteString(": engaged on these reported facts")
	case corvee.ResultMayBe:
		b.WriteString(": may be engaged; need ")
		for i, n := range o.Needs {
			if i > 0 {
				b.WriteString("; ")
			}
			b.WriteString(n.AsksFor)
		}
	default:
		b.WriteString(": not engaged")
		for _, c := range o.Conditions {
			if c.Truth == False {
				fmt.Fprintf(&b, " (%s; reported: %s)", c.Condition, c.Fact)
				break
			}
		}
	}
	if unseen := o.unseen(); unseen != "" {
		b.WriteString(". Not seen in a source: " + unseen)
	}
	return b.String()
}

func (o Outcome) unseen() string {
	var list []string
	for _, c := range o.Conditions {
		if c.Unseen != "" {
			list = append(list, c.Field+" ("+c.Unseen+")")
		}
	}
	return strings.Join(list, "; ")
}
