package law

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

//go:embed bridge.tsv
var bridgeTSV string

// Type is what a field holds.
type Type string

// The types of field.
const (
	TypeWord   Type = "word"   // a code of a closed list; several may hold
	TypeList   Type = "list"   // ids; several may hold
	TypeFlag   Type = "flag"   // true, false
	TypeLevel  Type = "level"  // none < possible < reasonable < substantiated < proven
	TypeNumber Type = "number" // a range of exact decimals
	TypeDate   Type = "date"   // a time with two ends, either of which may be open
)

// operators are the comparisons that a type allows.
var operators = map[Type][]string{
	TypeWord:   {"eq", "ne", "in", "not_in", "in_group"},
	TypeList:   {"contains"},
	TypeFlag:   {"eq", "ne"},
	TypeLevel:  {"gte"},
	TypeNumber: {"gt", "gte", "lt", "lte"},
	TypeDate:   {"gt", "gte", "lt", "lte", "between"},
}

var levels = []string{"none", "possible", "reasonable", "substantiated", "proven"}

// Filler says where a field's fact can come from.
type Filler string

// The fillers: a slot of a claim, a computation, a column of a shipment, a person who is
// asked, or nothing at all.
const (
	FillerClaim    Filler = "claim"
	FillerDerived  Filler = "derived"
	FillerShipment Filler = "shipment"
	FillerAsked    Filler = "asked"
	FillerUnknown  Filler = "unknown"
)

// Field is one row of the bridge between the law's fields and what fills them.
type Field struct {
	Name     string
	Type     Type
	FilledBy Filler
	AsksFor  string // what is missing, in words, when nothing fills it
	How      string
}

// Bridge returns a row for every field that an instrument may ask for.
func Bridge() ([]Field, error) {
	var out []Field
	for line := range strings.Lines(bridgeTSV) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("%w: bridge: %d cells in %q, 5 asked", corvee.ErrInvalid, len(cells), line)
		}
		f := Field{cells[0], Type(cells[1]), Filler(cells[2]), cells[3], cells[4]}
		if operators[f.Type] == nil {
			return nil, fmt.Errorf("%w: bridge: %s: type %q", corvee.ErrInvalid, f.Name, f.Type)
		}
		out = append(out, f)
	}
	return out, nil
}

// checkValue parses a condition's words as the field's type asks.
func (f Field) checkValue(c Condition) error {
	_, err := f.compile(c)
	return err
}

// compile returns the condition with its number or dates filled.
func (f Field) compile(c Condition) (Condition, error) {
	want := 1
	switch c.Op {
	case "between":
		want = 2
	case "in", "not_in":
		want = len(c.Words)
	}
	if len(c.Words) != want {
		return c, fmt.Errorf("%s %s takes %d values, got %d", c.Field, c.Op, want, len(c.Words))
	}
	var err error
	switch f.Type {
	case TypeNumber:
		c.Number, err = corvee.ParseDecimal(c.Words[0])
	case TypeDate:
		for _, w := range c.Words {
			d, bad := corvee.ParseDate(w)
			if bad != nil {
				err = bad
			}
			c.Dates = append(c.Dates, d)
		}
	case TypeFlag:
		err = oneOf(c.Words[0], []string{"true", "false"})
	case TypeLevel:
		err = oneOf(c.Words[0], levels)
	case TypeWord:
		if c.Op == "in_group" && groups[c.Words[0]] == nil {
			err = fmt.Errorf("group %q is not known", c.Words[0])
		}
	}
	if err != nil {
		return c, fmt.Errorf("%s: %w", c.Field, err)
	}
	return c, nil
}

func oneOf(word string, list []string) error {
	if !slices.Contains(list, word) {
		return fmt.Errorf("%q is none of %s", word, strings.Join(list, " "))
	}
	return nil
}

// groups are the named sets of countries. EU27: the Member States since 1 February 2020
// (ISO 3166 alpha-2; Greece is GR).
var groups = map[string][]string{
	"EU27": {
		"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
		"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
	},
}
