package law

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Fact is what is known of one field. The zero Fact says nothing.
type Fact struct {
	// Words are the codes that hold; Absent those that are known not to hold. Unless
	// Closed, further words may hold as well.
	Words, Absent []string
	Closed        bool
	Number        corvee.Range
	When          corvee.When
	// Claims are the ids that the fact rests on; Stated names what else it rests on ("asked
	// on the command line", "lists of 2026-11-20").
	Claims []string
	Stated string
}

// Facts are what is known, by field.
type Facts map[string]Fact

// Known reports whether the fact says anything.
func (f Fact) Known() bool {
	return len(f.Words) > 0 || len(f.Absent) > 0 || f.Number.Known() || f.When.Known()
}

// String writes what is known, for an outcome's text.
func (f Fact) String() string {
	switch {
	case len(f.Words) > 0:
		return strings.Join(f.Words, ", ")
	case f.Number.Known():
		return f.Number.String()
	case f.When.Known():
		return f.When.String()
	case len(f.Absent) > 0:
		return "not " + strings.Join(f.Absent, ", ")
	}
	return "unknown"
}

// Set reads one fact as a person writes it: "place.country=CN", "trade.date=2021-03",
// "wages.withheld_share=0.8..0.9", "entity.listed_on=OFAC-DPRK3,UN-1718". What is asked is
// taken as the whole truth of its field.
func (b *Book) Set(facts Facts, name, value string) error {
	field, known := b.fields[name]
	if !known {
		return fmt.Errorf("%w: %q is no field of the law table (corvee law --fields lists them)", corvee.ErrInvalid, name)
	}
	fact := Fact{Closed: true, Stated: "as asked"}
	var err error
	switch field.Type {
	case TypeNumber:
		fact.Number, err = rangeOf(value)
	case TypeDate:
		fact.When, err = whenOf(value)
	case TypeFlag:
		fact.Words, err = []string{value}, oneOf(value, []string{"true", "false"})
	case TypeLevel:
		fact.Words, err = []string{value}, oneOf(value, levels)
	default:
		fact.Words, err = wordsOf(value)
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", corvee.ErrInvalid, name, err)
	}
	facts[name] = fact
	return nil
}

func wordsOf(value string) ([]string, error) {
	words := strings.Split(value, ",")
	for i, w := range words {
		words[i] = strings.TrimSpace(w)
		if words[i] == "" {
			return nil, fmt.Errorf("an empty value in %q", value)
		}
	}
	slices.Sort(words)
	return slices.Compact(words), nil
}

func rangeOf(value string) (corvee.Range, error) {
	low, high, two := strings.Cut(value, "..")
	if !two {
		high = low
	}
	var r corvee.Range
	var err error
	if low != "" {
		if r.Low, err = corvee.ParseDecimal(low); err != nil {
			return r, err
		}
	}
	if high != "" {
		if r.High, err = corvee.ParseDecimal(high); err != nil {
			return r, err
		}
	}
	if !r.Known() {
		return r, fmt.Errorf("a range without an end: %q", value)
	}
	return r, r.Validate()
}

// whenOf reads a date, or two with ".." between them, either of which may be left out.
func whenOf(value string) (corvee.When, error) {
	from, to, two := strings.Cut(value, "..")
	if !two {
		d, err := corvee.ParseDate(from)
		return corvee.During(d), err
	}
	var ends [2]corvee.Date
	for i, s := range []string{from, to} {
		if s == "" {
			continue
		}
		d, err := corvee.ParseDate(s)
		if err != nil {
			return corvee.When{}, err
		}
		ends[i] = d
	}
	w := corvee.Between(ends[0], ends[1])
	if !w.Known() {
		return w, fmt.Errorf("a time without an end: %q", value)
	}
	if w.From.Known() && w.Until.Known() && w.From.Compare(w.Until) >= 0 {
		return w, fmt.Errorf("%q ends before it begins", value)
	}
	return w, nil
}
