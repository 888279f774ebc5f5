package screen_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/screen"
)

func saved(t testing.TB, x *screen.Index) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := x.Save(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t testing.TB, raw []byte) *screen.Index {
	t.Helper()
	x, err := screen.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// sealed returns the bytes with a checksum that holds, whatever else is wrong with them.
func sealed(raw []byte) []byte {
	if len(raw) < 8 {
		return raw
	}
	body := slices.Clone(raw[:len(raw)-8])
	return binary.LittleEndian.AppendUint64(body, uint64(crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli))))
}

// varied is invented listings of which some have every fact.
func varied(n int) []corvee.Listing {
	out := append(invented(n), small()...)
	for i := range out {
		l := &out[i]
		switch i % 5 {
		case 1:
			l.Identifiers = []corvee.Identifier{{Type: "registration", Value: "9121060" + l.SourceID + "X1"}}
		case 2:
			l.Addresses = []string{"No. " + l.SourceID + " Binjiang Road, Dandong 118000"}
		case 3:
			l.Names = append(l.Names, corvee.Name{Value: "Kumgang " + l.Names[0].Value, Kind: corvee.NameWeak, Lang: "en"})
			l.Programs, l.Lists = []string{"DPRK3"}, []corvee.ListID{"x"}
			l.ListDate = corvee.Date{Year: 2025, Month: 8}
		}
	}
	return out
}

// asked is queries of all sorts for listings: names and rows with facts.
func asked(listings []corvee.Listing) []corvee.Query {
	var out []corvee.Query
	for i, name := range queries(listings)[:400] {
		q := corvee.Query{Name: name}
		l := listings[i%len(listings)]
		switch i % 7 {
		case 1:
			q.Country = "CN"
		case 2:
			q.Identifiers = l.Identifiers
		case 3:
			q.Address = strings.Join(l.Addresses, "")
		case 4:
			q.Type = corvee.PartyPerson
		}
		out = append(out, q)
	}
	return out
}

func answers(t testing.TB, x *screen.Index, all []corvee.Query) string {
	t.Helper()
	var out strings.Builder
	for _, q := range all {
		raw, err := json.Marshal(x.Match(q, screen.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(raw, '\n'))
	}
	return out.String()
}

func TestOpen(t *testing.T) {
	t.Parallel()
	listings := varied(3000)
	x := build(listings...)
	raw := saved(t, x)
	y := opened(t, raw)
	if x.Names() != y.Names() || x.Listings() != y.Listings() {
		t.Errorf("opened: %d names of %d listings, want %d of %d", y.Names(), y.Listings(), x.Names(), x.Listings())
	}
	want, all := answers(t, x, asked(listings)), asked(listings)
	if strings.Count(want, `"matched"`) < 100 {
		t.Fatal("the queries find next to nothing")
	}
	if diff := cmp.Diff(want, answers(t, y, all)); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(raw, saved(t, y)) {
		t.Error("what was opened is saved as other bytes")
	}
	odd := append(make([]byte, 1, len(raw)+1), raw...)[1:] // not at a multiple of eight
	if diff := cmp.Diff(want, answers(t, opened(t, odd), all)); diff != "" {
		t.Error(diff)
	}
}

func TestOpenEmpty(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]*screen.Index{"nothing": build(), "nameless": build(corvee.Listing{ID: "a"}), "empty name": build(listing("a", ""))} {
		y := opened(t, saved(t, x))
		if hits := y.Match(corvee.Query{Name: "Dandong Yuanyang Foodstuff"}, screen.Options{}); len(hits) > 0 {
			t.Errorf("%s: %v", name, hits)
		}
	}
}

// A listing without a name can be found by nothing, not even its number.
func TestNameless(t *testing.T) {
	t.Parallel()
	number := []corvee.Identifier{{Type: "registration", Value: "91210600123456789X"}}
	x := build(corvee.Listing{ID: "z", Identifiers: number})
	if hits := x.Match(corvee.Query{Name: "Anyone", Identifiers: number}, screen.Options{}); len(hits) > 0 {
		t.Error(hits)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	raw := saved(t, build(small()...))
	changed := func(at int) []byte {
		out := slices.Clone(raw)
		out[at] ^= 0x40
		return out
	}
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"nothing":        {nil, corvee.ErrInvalid},
		"magic alone":    {raw[:8], corvee.ErrInvalid},
		"something else": {[]byte(strings.Repeat("SQLite format 3\x00", 10)), corvee.ErrInvalid},
		"other layout":   {sealed(changed(8)), corvee.ErrUnsupported},
		"other program":  {sealed(changed(128)), corvee.ErrUnsupported}, // the mark follows the head and its length, a line each
		"a longer tail":  {append(slices.Clone(raw), 0), corvee.ErrInvalid},
		"sealed tail":    {sealed(append(slices.Clone(raw), make([]byte, 16)...)), corvee.ErrInvalid},
	} {
		if x, err := screen.Open(c.raw); !errors.Is(err, c.want) || x != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	for at := 16; at < len(raw); at += 13 {
		if _, err := screen.Open(changed(at)); !errors.Is(err, corvee.ErrInvalid) {
			t.Fatalf("byte %d changed: %v", at, err)
		}
		if _, err := screen.Open(raw[:at]); !errors.Is(err, corvee.ErrInvalid) {
			t.Fatalf("cut off at %d: %v", at, err)
		}
		if _, err := screen.Open(sealed(raw[:at])); !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrUnsupported) {
			t.Fatalf("cut off at %d and sealed: %v", at, err)
		}
	}
}

// full takes some bytes, then fails like a disk that is full.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestSaveFails(t *testing.T) {
	t.Parallel()
	x := build(varied(3000)...)
	whole := len(saved(t, x))
	for _, room := range []int{0, 1 << 20, whole - 1} {
		if err := x.Save(&full{room}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("room for %d of %d bytes: %v", room, whole, err)
		}
	}
}

// FuzzOpen opens bytes whose checksum holds: nothing in them may lead Match outside.
func FuzzOpen(f *testing.F) {
	f.Add(saved(f, build(small()...)))
	f.Add(saved(f, build()))
	f.Add(saved(f, build(varied(20)...).With(slices.Values(small()))))
	f.Add([]byte("corvee-x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		x, err := screen.Open(sealed(raw))
		if err != nil {
			if !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrUnsupported) {
				t.Fatal(err)
			}
			return
		}
		for _, q := range []string{"Dandong Yuanyng Foodstuff Co Ltd", "丹东远洋食品有限公司", "RI, C. Jin", "조선태성무역회사"} {
			x.Match(corvee.Query{
				Name: q, Country: "CN", Address: "No. 2 Binjiang Road, Dandong 118000",
				Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210601X1"}},
			}, screen.Options{Threshold: 0.01})
		}
	})
}

// Numbers that point anywhere are refused or harmless: a checksum that holds is no proof
// of a good will.
func TestTampered(t *testing.T) {
	t.Parallel()
	raw := saved(t, build(varied(10)...))
	all := asked(varied(10))[:20]
	rapid.Check(t, func(t *rapid.T) {
		bad := slices.Clone(raw)
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			at := rapid.IntRange(40, len(bad)/4-4).Draw(t, "at") * 4 // beyond the mark
			binary.LittleEndian.PutUint32(bad[at:], rapid.Uint32().Draw(t, "number"))
		}
		x, err := screen.Open(sealed(bad))
		if err != nil && !errors.Is(err, corvee.ErrInvalid) {
			t.Fatal(err)
		}
		for _, q := range all {
			if err == nil {
				x.Match(q, screen.Options{Threshold: 0.01})
			}
		}
	})
}
