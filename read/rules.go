package read

import (
	"fmt"
	"slices"
	"strings"

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
	for _, of := range r.readers {
		if !strings.HasPrefix(id, of.code+".") || of.ready() != nil {
			continue
		}
		if i := slices.IndexFunc(of.lang.Set.Rules, func(x frame.Rule) bool { return x.ID == id }); i >= 0 {
			return public(of.lang.Set.Rules[i]), true
		}
	}
	return Rule{}, false
}

// Rules returns all rules in the order in which they are tried, by language.
func (r *Reader) Rules() []Rule {
	var out []Rule
	for _, of := range r.readers {
		if of.ready() != nil {
			continue
		}
		for _, x := range of.lang.Set.Rules {
			out = append(out, public(x))
		}
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
// the rules do not read as they say. A file without faults gives nil. The file's language
// is what its first rule's id begins with ("ko."), else English.
func CheckRules(file []byte) []error {
	rules, faults := frame.Parse(string(file))
	r := readerFor(rules)
	if err := r.words(); err != nil {
		return append(faults, err)
	}
	set, more := frame.Compile(r.lang.Lex, rules)
	if faults = append(faults, more...); len(faults) > 0 {
		return faults
	}
	r.lang.Set = set
	for _, rule := range rules {
		faults = append(faults, r.prove(rule)...)
	}
	return faults
}

func readerFor(rules []frame.Rule) *reader {
	all := grammars()
	if len(rules) > 0 {
		for i := range all {
			if strings.HasPrefix(rules[0].ID, all[i].code+".") {
				return all[i]
			}
		}
	}
	return all[0]
}

// prove reads a rule's own examples.
func (r *reader) prove(rule frame.Rule) []error {
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
