package indicator

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"corvee"
)

//go:embed state.tsv
var stateTSV string

//go:embed state_rules.tsv
var stateRulesTSV string

//go:embed types.tsv
var typesTSV string

// Sentence returns the sentence that a claim's quote stands in, "" where that is not known.
// A sign may stand beside the quote: who was sent home, and after which strike.
type Sentence func(corvee.Claim) string

// StateSign is one row of the state-imposed set.
type StateSign struct {
	ID, C105, Name, Definition string
	NotLookedFor               string // the part of the definition that nothing which is read can show
	Source                     string
}

// StateTable returns the state-imposed set, S1 to S8.
func StateTable() []StateSign { return slices.Clone(stateTable()) }

var stateTable = sync.OnceValue(func() (out []StateSign) {
	for _, c := range rows(stateTSV, 6) {
		out = append(out, StateSign{c[0], c[1], c[2], c[3], c[4], c[5]})
	}
	return out
})

// Type is a type of state-imposed forced labour, and the signs that stand for it. One that no
// sign stands for is not looked for, which is not the same as not found; WhyNot says why.
type Type struct {
	Name   string
	Signs  []string
	WhyNot string
	Source string
}

// Types returns the types of state-imposed forced labour.
func Types() (out []Type) {
	for _, c := range rows(typesTSV, 4) {
		out = append(out, Type{c[0], split(c[1], ","), c[2], c[3]})
	}
	return out
}

// StateRule is one row of how a claim shows a sign.
type StateRule struct {
	Sign, ID   string
	Kinds      []string
	Indicators []string
	Where      []string
	Words      [][]string // one of each list must be there
	Without    []string
	Source     string
}

// StateRules returns the rules, in the order of the table.
func StateRules() []StateRule { return slices.Clone(stateRules()) }

var stateRules = sync.OnceValue(func() (out []StateRule) {
	for _, c := range rows(stateRulesTSV, 8) {
		r := StateRule{Sign: c[0], ID: c[0] + "." + c[1], Kinds: split(c[2], ","), Indicators: split(c[3], ","), Where: split(c[4], "+"), Without: split(c[6], "|"), Source: c[7]}
		for _, side := range split(c[5], " & ") {
			r.Words = append(r.Words, split(side, "|"))
		}
		out = append(out, r)
	}
	return out
})

// split returns no part of nothing.
func split(s, by string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, by)
}

// stateSigns weighs the state-imposed set by what claims of other kinds show.
func stateSigns(claims []corvee.Claim, count Count, sentence Sentence) []Sign {
	var words []claimWords
	for i := range claims {
		if standing(claims[i]) && !against(claims[i]) {
			words = append(words, wordsOf(&claims[i], sentence))
		}
	}
	var out []Sign
	for _, row := range stateTable() {
		s := Sign{ID: row.ID, Name: row.Name, Result: corvee.ResultNoEvidence, Note: "C105 Art. 1(" + row.C105 + ")"}
		if row.NotLookedFor != "" {
			s.Note += "; not looked for: " + row.NotLookedFor
		}
		var shown []corvee.Claim
		for _, w := range words {
			why, ok := w.show(row.ID)
			if !ok {
				continue
			}
			shown = append(shown, *w.claim)
			s.Claims = append(s.Claims, w.claim.ID)
			if !slices.Contains(s.By, why) {
				s.By = append(s.By, why)
			}
		}
		if len(shown) > 0 {
			s.Result, s.Origins = corvee.ResultMet, count(shown)
		}
		slices.Sort(s.By)
		out = append(out, s)
	}
	return out
}

// claimWords is a claim with the places where rules look, in lower case.
type claimWords struct {
	claim                           *corvee.Claim
	label, quote, subject, sentence string
}

func wordsOf(c *corvee.Claim, sentence Sentence) claimWords {
	w := claimWords{claim: c, label: strings.ToLower(c.Label), quote: strings.ToLower(c.Quote.Exact), subject: strings.ToLower(c.Subject)}
	w.sentence = w.label + "\n" + w.quote
	if sentence != nil {
		w.sentence += "\n" + strings.ToLower(sentence(*c))
	}
	return w
}

// show returns the first rule of a sign that a claim fits, with the words that it met.
func (w claimWords) show(sign string) (string, bool) {
	for _, r := range stateRules() {
		if r.Sign != sign || !slices.Contains(r.Kinds, string(w.claim.Kind)) || len(r.Indicators) > 0 && !slices.Contains(r.Indicators, string(w.claim.Indicator)) {
			continue
		}
		if words, ok := w.fit(r); ok {
			return strings.TrimSuffix(r.ID+": "+strings.Join(words, ", "), ": "), true
		}
	}
	return "", false
}

func (w claimWords) fit(r StateRule) (met []string, ok bool) {
	for _, side := range r.Words {
		word, ok := w.first(r.Where, side)
		if !ok {
			return nil, false
		}
		met = append(met, word)
	}
	_, spoiled := w.first(append([]string{"label", "quote"}, r.Where...), r.Without)
	return met, !spoiled
}

// first returns the first of words that stands in one of the places.
func (w claimWords) first(where, words []string) (string, bool) {
	for _, place := range where {
		if word, ok := firstIn(w.text(place), words); ok {
			return word, true
		}
	}
	return "", false
}

func (w claimWords) text(place string) string {
	switch place {
	case "label":
		return w.label
	case "quote":
		return w.quote
	case "subject":
		return w.subject
	}
	return w.sentence
}

// firstIn returns the first of words that stands in a text.
func firstIn(text string, words []string) (string, bool) {
	for _, w := range words {
		if stands(text, w) {
			return w, true
		}
	}
	return "", false
}

// stands reports whether a word is in a text: Latin words as whole words, since "reminder"
// has a minder in it; Hangul and Hanzi anywhere, since particles follow at once.
func stands(text, word string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		at += from
		first, _ := utf8.DecodeRuneInString(word)
		if first > unicode.MaxLatin1 || !letterBefore(text, at) && !letterAfter(text, at+len(word)) {
			return true
		}
		from = at + len(word)
	}
}

func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r)
}

func letterAfter(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return unicode.IsLetter(r)
}
