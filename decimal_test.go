package corvee_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corvee"
)

func TestDecimalCanonicalForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"2300": "2300", "2300.0": "2300", "2300.00": "2300", "02300": "2300", "+2300": "2300", "2.3e3": "2300",
		"23E2": "2300", "0": "0", "-0": "0", "0.000": "0", "-0.0": "0", "0e9": "0", ".5": "0.5", "0.50": "0.5", "-1.10": "-1.1",
		"66.7": "66.7", "1e-3": "0.001", "1000000000000000000000000": "1000000000000000000000000",
	} {
		got, err := corvee.ParseDecimal(in)
		if err != nil || got.String() != want {
			t.Errorf("ParseDecimal(%q) = %q, %v, want %q", in, got, err, want)
		}
		if got != corvee.MustDecimal(want) {
			t.Errorf("%q and %q are the same number and not equal", in, want)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", " ", "1 ", "1,000", "1_000", "NaN", "sNaN", "Infinity", "-inf", "0x10", "½", "٣", "１", "1e", "e5", "--1", "1.2.3",
		"1e400", "1e-400", "1e2000000000", "1e99999999999999999999", strings.Repeat("9", 49), strings.Repeat("1", 5000), "null", "\"1\"", "1\x00",
	} {
		if got, err := corvee.ParseDecimal(in); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("ParseDecimal(%.40q) = %v, %v, want ErrInvalid", in, got, err)
		}
	}
}

// decimals draws numbers as texts state them: up to 20 digits, up to 6 places.
func decimals() *rapid.Generator[string] {
	return rapid.StringMatching(`-?[0-9]{1,14}(\.[0-9]{1,6})?`)
}

func rational(t *rapid.T, d corvee.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		t.Fatalf("%q is no number", d)
	}
	return r
}

func TestDecimalAgreesWithRationals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := corvee.MustDecimal(decimals().Draw(t, "a")), corvee.MustDecimal(decimals().Draw(t, "b"))
		x, y := rational(t, a), rational(t, b)
		for name, c := range map[string]struct {
			got  corvee.Decimal
			want *big.Rat
		}{
			"+": {a.Add(b), new(big.Rat).Add(x, y)},
			"-": {a.Sub(b), new(big.Rat).Sub(x, y)},
			"×": {a.Mul(b), new(big.Rat).Mul(x, y)},
		} {
			if rational(t, c.got).Cmp(c.want) != 0 {
				t.Fatalf("%s %s %s = %s, want %s", a, name, b, c.got, c.want)
			}
		}
		if a.Cmp(b) != x.Cmp(y) || a.Sign() != x.Sign() || (a == b) != (x.Cmp(y) == 0) {
			t.Fatalf("order of %s and %s", a, b)
		}
		if b.Sign() == 0 {
			if q := a.Div(b, 2); q.Known() {
				t.Fatalf("%s ÷ 0 = %s, want unknown", a, q)
			}
			return
		}
		// Half up to two places: at most half a hundredth off.
		off := new(big.Rat).Sub(rational(t, a.Div(b, 2)), new(big.Rat).Quo(x, y))
		if off.Abs(off).Cmp(big.NewRat(1, 200)) > 0 {
			t.Fatalf("%s ÷ %s = %s, off by %s", a, b, a.Div(b, 2), off)
		}
	})
}

func TestDecimalUnknownStaysUnknown(t *testing.T) {
	t.Parallel()
	var unknown corvee.Decimal
	one := corvee.Int(1)
	for name, got := range map[string]corvee.Decimal{
		"+": one.Add(unknown), "-": unknown.Sub(one), "×": one.Mul(unknown), "÷": unknown.Div(one, 2),
		"× beyond what fits": corvee.MustDecimal(strings.Repeat("9", 48)).Mul(corvee.Int(10)),
		"+ beyond what fits": corvee.MustDecimal(strings.Repeat("9", 48)).Add(one),
	} {
		if got.Known() {
			t.Errorf("%s = %s, want unknown", name, got)
		}
	}
	if zero := corvee.Int(0); zero == unknown || !zero.Known() {
		t.Error("zero is unknown")
	}
	defer func() {
		if recover() == nil {
			t.Error("an order among unknowns was guessed")
		}
	}()
	_ = one.Cmp(unknown)
}

func TestDecimalJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := corvee.MustDecimal(decimals().Draw(t, "d"))
		raw, err := json.Marshal(d)
		if err != nil || string(raw) != `"`+d.String()+`"` {
			t.Fatalf("Marshal(%s) = %s, %v", d, raw, err)
		}
		var fromString, fromNumber corvee.Decimal
		if err := json.Unmarshal(raw, &fromString); err != nil || fromString != d {
			t.Fatalf("%s back = %s, %v", raw, fromString, err)
		}
		if err := json.Unmarshal([]byte(d.String()), &fromNumber); err != nil || fromNumber != d {
			t.Fatalf("the number %s read = %s, %v", d, fromNumber, err)
		}
	})
	for raw, ok := range map[string]bool{`null`: true, `"\u0031"`: true, `""`: false, `"null"`: false, `"1`: false, `""1""`: false, `true`: false, `{}`: false, `[1]`: false, `"NaN"`: false} {
		var d corvee.Decimal
		if err := json.Unmarshal([]byte(raw), &d); (err == nil) != ok {
			t.Errorf("Unmarshal(%s) = %v, %v, want allowed %t", raw, d, err, ok)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, seed := range []string{"2300.0", "-0", "1e48", "1e-48", ".", "+.5e1", "9e99999", strings.Repeat("9", 96)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := corvee.ParseDecimal(s)
		if err != nil {
			if d.Known() || !errors.Is(err, corvee.ErrInvalid) {
				t.Fatalf("ParseDecimal(%q) = %s, %v", s, d, err)
			}
			return
		}
		again, err := corvee.ParseDecimal(d.String())
		if err != nil || again != d || strings.ContainsAny(d.String(), "eE+ ") {
			t.Fatalf("%q → %q → %q, %v: not canonical", s, d, again, err)
		}
		if x, ok := new(big.Rat).SetString(s); ok && x.Cmp(mustRat(t, d.String())) != 0 {
			t.Fatalf("ParseDecimal(%q) = %s: another number", s, d)
		}
	})
}

func mustRat(t *testing.T, s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return r
}

func TestRangeLaws(t *testing.T) {
	t.Parallel()
	ends := rapid.Custom(func(t *rapid.T) corvee.Decimal {
		if rapid.Bool().Draw(t, "open") {
			return corvee.Decimal{}
		}
		return corvee.Int(rapid.Int64Range(0, 1000).Draw(t, "end"))
	})
	ranges := rapid.Custom(func(t *rapid.T) corvee.Range {
		r := corvee.Range{Low: ends.Draw(t, "low"), High: ends.Draw(t, "high"), Approx: rapid.Bool().Draw(t, "approx")}
		if r.Validate() != nil {
			r.Low, r.High = r.High, r.Low
		}
		return r
	})
	within := func(n int64, r corvee.Range) bool {
		d := corvee.Int(n)
		return !(r.Low.Known() && d.Cmp(r.Low) < 0) && !(r.High.Known() && d.Cmp(r.High) > 0)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := ranges.Draw(t, "a"), ranges.Draw(t, "b")
		raw, err := json.Marshal(a)
		var back corvee.Range
		if err != nil || json.Unmarshal(raw, &back) != nil || back != a {
			t.Fatalf("%v → %s → %v", a, raw, back)
		}
		n, m := rapid.Int64Range(0, 1000).Draw(t, "n"), rapid.Int64Range(0, 1000).Draw(t, "m")
		if within(n, a) && within(n, b) && !a.Overlaps(b) {
			t.Fatalf("%d lies in %v and %v, which do not overlap", n, a, b)
		}
		if a.Overlaps(b) != b.Overlaps(a) {
			t.Fatalf("%v and %v overlap one way", a, b)
		}
		if within(n, a) && within(m, b) && !(within(n*m, a.Mul(b)) && within(n-m, a.Sub(b))) {
			t.Fatalf("%d of %v and %d of %v leave their product %v or difference %v", n, a, m, b, a.Mul(b), a.Sub(b))
		}
		if a.Mul(b).Approx != (a.Approx || b.Approx) {
			t.Fatalf("doubt was lost in %v × %v", a, b)
		}
	})
}

func TestRangeValidate(t *testing.T) {
	t.Parallel()
	d := corvee.MustDecimal
	for name, c := range map[string]struct {
		r  corvee.Range
		ok bool
	}{
		"says nothing":        {corvee.Range{}, true},
		"more than 200":       {corvee.Range{Low: d("200"), Exclusive: corvee.ExclusiveLow}, true},
		"crossed":             {corvee.Range{Low: d("2"), High: d("1")}, false},
		"exclusive of no end": {corvee.Range{Low: d("2"), Exclusive: corvee.ExclusiveHigh}, false},
		"both of one":         {corvee.Range{Low: d("2"), Exclusive: corvee.ExclusiveBoth}, false},
		"unknown exclusive":   {corvee.Range{Low: d("2"), Exclusive: "middle"}, false},
	} {
		if err := c.r.Validate(); (err == nil) != c.ok || err != nil && !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%s: Validate = %v, want allowed %t", name, err, c.ok)
		}
	}
}
