package law

import (
	"slices"

	"corvee"
)

// Truth is one of three values.
type Truth int

// The three values, weakest knowledge first.
const (
	Unknown Truth = iota
	True
	False
)

func (t Truth) String() string { return [...]string{"unknown", "holds", "does not hold"}[t] }

// compare holds a condition to what is known of its field. A wider fact never turns an
// unknown into an answer: every answer holds for all that the fact may mean.
func (f Field) compare(c Condition, fact Fact) Truth {
	if !fact.Known() {
		return Unknown
	}
	switch f.Type {
	case TypeNumber:
		return compareNumber(c.Op, fact.Number, c.Number)
	case TypeDate:
		return compareTime(c.Op, fact.When, c.Dates)
	case TypeLevel:
		return compareLevel(fact, c.Words[0])
	}
	return compareWords(c.Op, fact, c.Words)
}

// compareWords asks whether one of the words that hold satisfies the comparison.
func compareWords(op string, fact Fact, words []string) Truth {
	if op == "in_group" {
		words = groups[words[0]]
	}
	excluded := op == "ne" || op == "not_in"
	satisfies := func(w string) bool { return slices.Contains(words, w) != excluded }
	switch {
	case slices.ContainsFunc(fact.Words, satisfies):
		return True
	case len(fact.Words) > 0 && fact.Closed:
		return False
	case excluded && containsAll(fact.Absent, words):
		return True // whatever holds is none of them
	case !excluded && containsAll(fact.Absent, words):
		return False
	}
	return Unknown
}

func containsAll(set, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(set, w) })
}

// compareLevel: a level that was reached on what is reported can only rise, so that one
// below is not yet an answer.
func compareLevel(fact Fact, least string) Truth {
	if len(fact.Words) == 0 {
		return Unknown
	}
	if slices.Index(levels, fact.Words[0]) >= slices.Index(levels, least) {
		return True
	}
	if fact.Closed {
		return False
	}
	return Unknown
}

func compareNumber(op string, r corvee.Range, n corvee.Decimal) Truth {
	lowOut := r.Exclusive == corvee.ExclusiveLow || r.Exclusive == corvee.ExclusiveBoth
	highOut := r.Exclusive == corvee.ExclusiveHigh || r.Exclusive == corvee.ExclusiveBoth
	above := r.Low.Known() && (r.Low.Cmp(n) > 0 || r.Low.Cmp(n) == 0 && lowOut)
	below := r.High.Known() && (r.High.Cmp(n) < 0 || r.High.Cmp(n) == 0 && highOut)
	atLeast := r.Low.Known() && r.Low.Cmp(n) >= 0
	atMost := r.High.Known() && r.High.Cmp(n) <= 0
	return map[string]Truth{
		"gt": truth(above, atMost), "gte": truth(atLeast, below),
		"lt": truth(below, atLeast), "lte": truth(atMost, above),
	}[op]
}

func compareTime(op string, w corvee.When, dates []corvee.Date) Truth {
	if op == "between" {
		return both(compareTime("gte", w, dates[:1]), compareTime("lte", w, dates[1:]))
	}
	first, after := dates[0].First(), dates[0].After()
	notBefore := w.From.Known() && w.From.Compare(first) >= 0
	past := w.From.Known() && w.From.Compare(after) >= 0
	before := w.Until.Known() && w.Until.Compare(first) <= 0
	notPast := w.Until.Known() && w.Until.Compare(after) <= 0
	return map[string]Truth{
		"gt": truth(past, notPast), "gte": truth(notBefore, before),
		"lt": truth(before, notBefore), "lte": truth(notPast, past),
	}[op]
}

func truth(yes, no bool) Truth {
	switch {
	case yes:
		return True
	case no:
		return False
	}
	return Unknown
}

func both(a, b Truth) Truth {
	switch {
	case a == False || b == False:
		return False
	case a == True && b == True:
		return True
	}
	return Unknown
}
