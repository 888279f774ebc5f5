package corvee

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
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
func Int(n int64) Decimal { return Decimal{strconv.FormatInt(n, 10)} }

// ParseDecimal reads plain digits with an optional sign, point and exponent. It returns
// ErrInvalid for anything else, for NaN and infinities, and beyond 48 digits.
func ParseDecimal(s string) (Decimal, error) {
	if len(s) > 2*maxDigits {
		return Decimal{}, fmt.Errorf("%w: a number of %d characters", ErrInvalid, len(s))
	}
	if _, plain := (Decimal{s}).small(); plain {
		return Decimal{s}, nil
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
func (d Decimal) Cmp(other Decimal) int {
	if x, y, small := bothSmall(d, other); small {
		return cmp.Compare(x, y)
	}
	return d.apd().Cmp(other.apd())
}

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
func (d Decimal) Add(other Decimal) Decimal {
	if x, y, small := bothSmall(d, other); small {
		return Int(x + y)
	}
	return d.apply(arithmetic.Add, other)
}

// Sub returns d - other under the same rule.
func (d Decimal) Sub(other Decimal) Decimal {
	if x, y, small := bothSmall(d, other); small {
		return Int(x - y)
	}
	return d.apply(arithmetic.Sub, other)
}

// Mul returns d × other under the same rule.
func (d Decimal) Mul(other Decimal) Decimal {
	if x, y, small := bothSmall(d, other); small && max(x, -x, y, -y) < 1<<31 {
		return Int(x * y)
	}
	return d.apply(arithmetic.Mul, other)
}

// smallDigits is how many digits an int64 always holds.
const smallDigits = 18

// small returns the number where it is whole and in the canonical form of an int64: most
// figures are, and a base compares millions of them.
func (d Decimal) small() (int64, bool) {
	digits := strings.TrimPrefix(d.canonical, "-")
	if len(digits) == 0 || len(digits) > smallDigits || digits[0] == '0' && d.canonical != "0" {
		return 0, false
	}
	var n int64
	for _, b := range []byte(digits) {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = 10*n + int64(b-'0')
	}
	if len(digits) < len(d.canonical) {
		n = -n
	}
	return n, true
}

func bothSmall(d, other Decimal) (x, y int64, small bool) {
	x, one := d.small()
	y, two := other.small()
	return x, y, one && two
}

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
