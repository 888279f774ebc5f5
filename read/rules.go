package read

import (
	"fmt"
	"slices"

	"corvee"
	"corvee/read/internal/frame"
)

// Rule is one rule of the reader, for people: what it reads, how, and the sentences that
// prove it.
type Rule struct {
	ID        string
	About     string
	Kind      corvee.Kind
	Indicator corvee.Indicator
	Score     int      // what a match weighs before doubt is taken off
	Cues      []string // its patterns, as they are written
	Reads     []string // sentences that it reads
	Leaves    []string // sentences that look alike and that it must not read
}

// Rule returns the rule of that id.
func (r *Reader) Rule(id string) (Rule, bool) {
	i := slices.IndexFunc(r.set.Rules, func(x frame.Rule) bool { return x.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return public(r.set.Rules[i]), true
}

// Rules returns all rules in the order in which they are tried.
func (r *Reader) Rules() []Rule {
	out := make([]Rule, len(r.set.Rules))
	for i, x := range r.set.Rules {
		out[i] = public(x)
	}
	return out
}

func public(x frame.Rule) Rule {
	out := Rule{ID: x.ID, About: x.About, Kind: x.Kind, Indicator: x.Indicator, Score: x.Score, Cues: slices.Clone(x.Match), Leaves: slices.Clone(x.Negative)}
	for _, e := range x.Positive {
		out.Reads = append(out.Reads, e.Text)
	}
	return out
}

// CheckRules returns every fault of a file of rules, each with its line: of form, of
// classes and entities that nothing is known of, of too few examples, and of examples that
// the rules do not read as they say. A file without faults gives nil.
func CheckRules(file []byte) []error {
	rules, faults := frame.Parse(string(file))
	lex, err := loadLexicon("en")
	if err != nil {
		return append(faults, err)
	}
	set, more := frame.Compile(lex, rules)
	if faults = append(faults, more...); len(faults) > 0 {
		return faults
	}
	r := &Reader{lex: lex, set: set, version: "check"}
	if r.classes, err = classesOf(lex); err != nil {
		return []error{err}
	}
	for _, rule := range rules {
		faults = append(faults, r.prove(rule)...)
	}
	return faults
}

// prove reads a rule's own examples.
func (r *Reader) prove(rule frame.Rule) []error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("line %d: rule %s: %w", rule.Line, rule.ID, fmt.Errorf(format, args...)))
	}
	for _, e := range rule.Positive {
		claims, err := r.example(e.Text)
		if err != nil {
			fault("%w", err)
			continue
		}
		c, ok := by(claims, rule.ID)
		if !ok {
			fault("does not read %q", e.Text)
			continue
		}
		have := Summary(c)
		for _, want := range e.Want {
			if !slices.Contains(have, want) {
				fault("reads %q as %v, want %q", e.Text, have, want)
			}
		}
	}
	for _, text := range rule.Negative {
		claims, err := r.example(text)
		if err != nil {
			fault("%w", err)
		} else if _, ok := by(claims, rule.ID); ok {
			fault("reads %q and must not", text)
		}
	}
	return faults
}
