// Package frame matches rules against sentences: rules as text in, compiled patterns,
// and for each sentence the matches with their roles out.
//
// Its one idea: a rule is a short pattern over words, classes of words and found entities,
// such as "<actor> @send <money>=value of <group>", so that who writes rules writes what a
// sentence looks like and not code. A rule is data, carries its own examples, and cannot
// match without the classes it names, which makes most rules free for most sentences.
package frame

import (
	"fmt"
	"strconv"
	"strings"

	"corvee"
)

// Rule is one rule as it is written.
type Rule struct {
	ID        string
	About     string
	Kind      corvee.Kind
	Indicator corvee.Indicator
	Score     int
	Match     []string
	Guards    []Guard
	Set       map[string]string // slots that the rule fills by itself
	Each      string            // "sector": one claim for each that the clause names
	In        string            // "caption": only where a block is no running prose
	Positive  []Example
	Negative  []string
	Line      int
}

// Guard asks for, or forbids, something near a match.
type Guard struct {
	Without bool
	Scope   string // "match", "clause", "sentence", "before"
	Element string
}

// Example is a sentence that a rule must read, with words that the claim's summary must
// hold.
type Example struct {
	Text string
	Want []string
}

// Parse reads a file of rules. It returns every fault that it finds, each with its line.
func Parse(file string) ([]Rule, []error) {
	p := parser{}
	for n, line := range strings.Split(file, "\n") {
		line = strings.TrimRight(line, " \r\t")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.line(line, n+1); err != nil {
			p.faults = append(p.faults, fmt.Errorf("line %d: %w", n+1, err))
		}
	}
	for _, r := range p.rules {
		if err := r.check(); err != nil {
			p.faults = append(p.faults, fmt.Errorf("line %d: rule %s: %w", r.Line, r.ID, err))
		}
	}
	return p.rules, p.faults
}

type parser struct {
	rules  []Rule
	faults []error
}

func (p *parser) line(line string, n int) error {
	key, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	if key == "rule" {
		p.rules = append(p.rules, Rule{ID: rest, Line: n, Score: 50, Set: map[string]string{}})
		return nil
	}
	if len(p.rules) == 0 {
		return fmt.Errorf("%q stands before the first rule", key)
	}
	r := &p.rules[len(p.rules)-1]
	switch key {
	case "about":
		r.About = rest
	case "kind":
		r.Kind = corvee.Kind(rest)
	case "indicator":
		r.Indicator = corvee.Indicator(rest)
	case "score":
		score, err := strconv.Atoi(rest)
		r.Score = score
		return err
	case "match":
		r.Match = append(r.Match, rest)
	case "need", "without":
		scope, element, ok := strings.Cut(rest, " ")
		if !ok {
			return fmt.Errorf("%s wants a scope and an element", key)
		}
		r.Guards = append(r.Guards, Guard{key == "without", scope, strings.TrimSpace(element)})
	case "set":
		slot, value, _ := strings.Cut(rest, " ")
		r.Set[slot] = strings.TrimSpace(value)
	case "each":
		r.Each = rest
	case "in":
		r.In = rest
	default:
		return r.example(key, rest)
	}
	return nil
}

func (r *Rule) example(key, rest string) error {
	switch key {
	case "+":
		r.Positive = append(r.Positive, Example{Text: rest})
	case "=":
		if len(r.Positive) == 0 {
			return fmt.Errorf("= stands before the first example")
		}
		r.Positive[len(r.Positive)-1].Want = strings.Fields(rest)
	case "-":
		r.Negative = append(r.Negative, rest)
	default:
		return fmt.Errorf("%q is no key of a rule (about kind indicator score match need without set each in + = -)", key)
	}
	return nil
}

// The fewest examples of a rule; a rule without proof cannot land.
const (
	minPositive = 2
	minNegative = 1
)

func (r Rule) check() error {
	switch {
	case r.ID == "" || strings.ContainsAny(r.ID, " \t"):
		return fmt.Errorf("id %q", r.ID)
	case !r.Kind.Valid():
		return fmt.Errorf("kind %q is not one of %v", r.Kind, corvee.Kinds())
	case (r.Kind == corvee.KindCondition) != (r.Indicator != ""):
		return fmt.Errorf("a condition, and nothing else, names an indicator")
	case r.Indicator != "" && !r.Indicator.Valid():
		return fmt.Errorf("indicator %q is not one of the eleven", r.Indicator)
	case r.Score < 1 || r.Score > 100:
		return fmt.Errorf("score %d is not from 1 to 100", r.Score)
	case r.About == "":
		return fmt.Errorf("no line about what it reads")
	case len(r.Match) == 0:
		return fmt.Errorf("no match line")
	case len(r.Positive) < minPositive || len(r.Negative) < minNegative:
		return fmt.Errorf("%d examples that it reads and %d that it leaves; the least is %d and %d",
			len(r.Positive), len(r.Negative), minPositive, minNegative)
	}
	for _, g := range r.Guards {
		switch g.Scope {
		case "match", "clause", "sentence", "before", "after":
		default:
			return fmt.Errorf("scope %q of a guard (match clause sentence before after)", g.Scope)
		}
	}
	return nil
}
