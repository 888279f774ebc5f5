// Package law says which legal instruments may be engaged by facts: facts in, one outcome
// for each instrument out.
//
// Its one idea: three values. A condition holds, does not hold, or is not known, and what
// is not known never makes an instrument "not engaged": it makes it "may be engaged", with
// the facts that are missing named. An outcome says "engaged on these reported facts" and
// is never a verdict. Instruments are data (law.json), and so is what fills each of their
// fields (bridge.tsv).
package law

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

//go:embed law.json
var lawJSON []byte

// Instrument is one legal instrument as data: who it binds, since when, on which facts it
// bears. Unseen conditions rest on recall or on a choice of this table and say so.
type Instrument struct {
	ID           string       `json:"id"`
	Title        string       `json:"title"`
	Issuer       string       `json:"issuer"`
	Adopted      corvee.Date  `json:"date_adopted"`
	InForce      corvee.Date  `json:"date_in_force"`
	Paragraphs   []string     `json:"key_paragraphs"`
	Rule         string       `json:"rule"` // in our own words, not the instrument's
	Dates        []string     `json:"dates"`
	Binds        []string     `json:"binds"`
	Standard     string       `json:"evidentiary_standard"`
	Use          string       `json:"use"` // of an instrument that no fact engages
	Notes        []string     `json:"notes"`
	Conflicts    []string     `json:"conflicts"` // of the sources about the instrument
	Sources      []string     `json:"sources"`
	Verification Verification `json:"verification"`
	Triggers     Test         `json:"triggers"`
}

// Verification says what of an instrument was seen in a stored source and what was not.
type Verification struct {
	Status string   `json:"status"` // seen, partly-seen
	Seen   []string `json:"seen"`
	Recall []string `json:"recall"`
}

// Test is a tree of conditions: one of All, Any or a single Condition.
type Test struct {
	All, Any []Test
	*Condition
}

// Condition compares one field with a value. Unseen says why it is not from a source.
type Condition struct {
	Field  string
	Op     string
	Words  []string       // for words, lists, levels and flags ("true")
	Number corvee.Decimal // for numbers
	Dates  []corvee.Date  // for dates: one, or two for between
	Unseen string
}

// Book is a set of instruments that is known to be well formed.
type Book struct {
	instruments []Instrument
	fields      map[string]Field
}

// Load returns the instruments that are built in.
func Load() (*Book, error) { return Parse(lawJSON) }

// Parse reads instruments in the form of law.json. An operator, field or value that the
// bridge does not allow is ErrInvalid, with the instrument and the field named: a rule that
// cannot be evaluated must not look like one that does not hold.
func Parse(raw []byte) (*Book, error) {
	var file struct {
		Instruments []Instrument `json:"instruments"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("%w: law: %w", corvee.ErrInvalid, err)
	}
	fields, err := Bridge()
	if err != nil {
		return nil, err
	}
	b := &Book{instruments: file.Instruments, fields: map[string]Field{}}
	for _, f := range fields {
		b.fields[f.Name] = f
	}
	seen := map[string]bool{}
	for i := range b.instruments {
		in := &b.instruments[i]
		if in.ID == "" || seen[in.ID] {
			return nil, fmt.Errorf("%w: law: instrument %d has no id of its own (%q)", corvee.ErrInvalid, i+1, in.ID)
		}
		seen[in.ID] = true
		if err := b.check(in.Triggers); err != nil {
			return nil, fmt.Errorf("%w: law: %s: %w", corvee.ErrInvalid, in.ID, err)
		}
	}
	return b, nil
}

// Instruments returns the instruments in the order of the file.
func (b *Book) Instruments() []Instrument { return slices.Clone(b.instruments) }

func (b *Book) check(t Test) error {
	for _, sub := range slices.Concat(t.All, t.Any) {
		if err := b.check(sub); err != nil {
			return err
		}
	}
	if t.Condition == nil {
		return nil
	}
	f, known := b.fields[t.Field]
	if !known {
		return fmt.Errorf("field %q has no row in the bridge", t.Field)
	}
	if !slices.Contains(operators[f.Type], t.Op) {
		return fmt.Errorf("%s: a %s cannot be compared by %q (one of %s)", t.Field, f.Type, t.Op, strings.Join(operators[f.Type], " "))
	}
	return f.checkValue(*t.Condition)
}

// UnmarshalJSON reads {"all":[…]}, {"any":[…]} or {"field":…,"op":…,"value":…}.
func (t *Test) UnmarshalJSON(raw []byte) error {
	var node struct {
		All    *[]Test         `json:"all"`
		Any    *[]Test         `json:"any"`
		Field  string          `json:"field"`
		Op     string          `json:"op"`
		Value  json.RawMessage `json:"value"`
		Unseen string          `json:"unseen"`
	}
	if err := json.Unmarshal(raw, &node); err != nil {
		return err
	}
	forms := 0
	if node.All != nil {
		forms++
		t.All = *node.All
	}
	if node.Any != nil {
		forms++
		t.Any = *node.Any
	}
	if node.Field != "" {
		forms++
		c := Condition{Field: node.Field, Op: node.Op, Unseen: node.Unseen}
		if err := c.value(node.Value); err != nil {
			return fmt.Errorf("%s: %w", node.Field, err)
		}
		t.Condition = &c
	}
	if forms != 1 {
		return fmt.Errorf("a test is one of all, any or field; this one has %d of them", forms)
	}
	return nil
}

// value keeps what is compared with as words; numbers and dates are taken from them when
// the field's type is known.
func (c *Condition) value(raw json.RawMessage) error {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	for _, one := range list {
		var word string
		if json.Unmarshal(one, &word) == nil {
			c.Words = append(c.Words, word)
			continue
		}
		text := string(one)
		if text != "true" && text != "false" {
			if _, err := corvee.ParseDecimal(text); err != nil {
				return fmt.Errorf("value %s is no word, number or truth value", text)
			}
		}
		c.Words = append(c.Words, text)
	}
	if len(c.Words) == 0 {
		return fmt.Errorf("no value to compare with")
	}
	return nil
}

// String writes a condition as a person reads it: "trade.date gte 2017-08-05".
func (c Condition) String() string {
	return c.Field + " " + c.Op + " " + strings.Join(c.Words, ", ")
}
