package corvee

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// maxDigits bounds a figure: no sum of money or people needs more, and a text may hold
// a number of 400 digits that only wants to cost time.
const maxDigits = 48

// Decimal is an exact decimal number, or unknown (the zero value). It is comparable,
// immutable and kept in one canonical form, so 2300 and 2300.0 are the same value.
type Decimal struct{ canonical string }

// Int returns the Decimal of a whole number.
func Int(n int64) Decimal { return Decimal{fmt.Sprint(n)} }

// ParseDecimal reads plain digits with an optional sign, point and exponent. It returns
// ErrInvalid for anything else, for NaN and infinities, and beyond 48 digits.
func ParseDecimal(s string) (Decimal, error) {
	if len(s) > 2*maxDigits {
		return Decimal{}, fmt.Errorf("%w: a number of %d characters", ErrInvalid, len(s))
	}
	var d apd.Decimal
	if _, _, err := d.SetString(s); err != nil || d.Form != apd.Finite {
		return Decimal{}, fmt.Errorf("%w: %q is not a decimal number", ErrInvalid, s)
	}
	return fromAPD(&d)
}

// MustDecimal is ParseDecimal for literals in code and tests; it panics on a bad one.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

func fromAPD(d *apd.Decimal) (Decimal, error) {
	d.Reduce(d)
	if d.NumDigits()+int64(max(d.Exponent, -d.Exponent)) > 2*maxDigits {
		return Decimal{}, fmt.Errorf("%w: number too long", ErrInvalid)
	}
	text := d.Text('f')
	if d.IsZero() {
		text = "0"
	}
	if len(text)-strings.Count(text, "-")-strings.Count(text, ".") > maxDigits {
		return Decimal{}, fmt.Errorf("%w: more than %d digits", ErrInvalid, maxDigits)
	}
	return Decimal{text}, nil
}

// Known reports whether d holds a number.
func (d Decimal) Known() bool { return d.canonical != "" }

// String returns the canonical digits, or "" for an unknown.
func (d Decimal) String() string { return d.canonical }

// Equal reports whether both are the same number or both unknown.
func (d Decimal) Equal(other Decimal) bool { return d == other }

// Cmp returns -1, 0 or +1. Both sides must be known; an unknown panics, since an order
// among unknowns would be a guess.
func (d Decimal) Cmp(other Decimal) int { return d.apd().Cmp(other.apd()) }

// Sign returns -1, 0 or +1 of a known number.
func (d Decimal) Sign() int { return d.apd().Sign() }

func (d Decimal) apd() *apd.Decimal {
	value, _, err := apd.NewFromString(d.canonical)
	if err != nil {
		panic("corvee: arithmetic on an unknown Decimal")
	}
	return value
}

// arithmetic is exact to 96 digits; a Decimal holds half of that, so sums and products
// of two never round. Quotients round half up.
var arithmetic = apd.BaseContext.WithPrecision(2 * maxDigits)

type operation func(result, x, y *apd.Decimal) (apd.Condition, error)

func (d Decimal) apply(op operation, other Decimal) Decimal {
	if !d.Known() || !other.Known() {
		return Decimal{}
	}
	var result apd.Decimal
	if _, err := op(&result, d.apd(), other.apd()); err != nil {
		return Decimal{}
	}
	value, err := fromAPD(&result)
	if err != nil {
		return Decimal{}
	}
	return value
}

// Add returns d + other; unknown if either is, or if the result does not fit.
func (d Decimal) Add(other Decimal) Decimal { return d.apply(arithmetic.Add, other) }

// Sub returns d - other under the same rule.
func (d Decimal) Sub(other Decimal) Decimal { return d.apply(arithmetic.Sub, other) }

// Mul returns d × other under the same rule.
func (d Decimal) Mul(other Decimal) Decimal { return d.apply(arithmetic.Mul, other) }

// Div returns d ÷ other rounded half up to the given number of places; unknown for a
// zero divisor.
func (d Decimal) Div(other Decimal, places int) Decimal {
	return d.apply(func(result, x, y *apd.Decimal) (apd.Condition, error) {
		if condition, err := arithmetic.Quo(result, x, y); err != nil {
			return condition, err
		}
		return arithmetic.Quantize(result, result, -int32(places))
	}, other)
}

// MarshalText writes the digits, "" for an unknown.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.canonical), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Decimal) UnmarshalText(text []byte) (err error) {
	if *d = (Decimal{}); len(text) > 0 {
		*d, err = ParseDecimal(string(text))
	}
	return err
}

// MarshalJSON writes a decimal string, or null for an unknown.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(d.canonical)
}

// UnmarshalJSON reads a decimal string, a JSON number (as others write it) or null.
func (d *Decimal) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if text == "null" {
		*d = Decimal{}
		return nil
	}
	if strings.HasPrefix(text, `"`) {
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
	}
	value, err := ParseDecimal(text)
	if err != nil {
		return err
	}
	*d = value
	return nil
}
