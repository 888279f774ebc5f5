package columnar_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/deprecated"

	"corvee"
	"corvee/screen/internal/columnar"
)

type supplier struct {
	Name    string           `parquet:"supplier name"`
	Country *string          `parquet:"country,optional"`
	Founded int32            `parquet:"founded,date"`
	Seen    time.Time        `parquet:"seen,timestamp(microsecond)"`
	Paid    int64            `parquet:"paid,decimal(2:18)"`
	Count   uint32           `parquet:"count"`
	Rate    float64          `parquet:"rate"`
	Open    bool             `parquet:"open"`
	Blob    []byte           `parquet:"blob"`
	Old     deprecated.Int96 `parquet:"old"`
	Aliases []string         `parquet:"aliases,list"`
	Place   struct {
		City string `parquet:"city"`
	} `parquet:"place"`
}

func suppliers() []supplier {
	cn := "CN"
	a := supplier{Name: "丹东海丰食品有限公司", Country: &cn, Founded: 19480, Seen: time.Date(2023, 5, 3, 1, 2, 3, 0, time.UTC), Paid: -123456, Count: 4_000_000_000,
		Rate: 1e21, Open: true, Blob: []byte{0xff, 0xfe}, Old: deprecated.Int96{0, 0, 2440589}, Aliases: []string{"Haifeng", "HF"}}
	a.Place.City = "Dandong"
	return []supplier{a, {Name: "Oakwood = 1+1"}}
}

func file[T any](t testing.TB, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquet.NewGenericWriter[T](&out, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func rows(t testing.TB, body []byte) (header []string, out [][]string) {
	t.Helper()
	r, err := columnar.Open(body)
	if err != nil {
		t.Fatal(err)
	}
	for {
		cells, number, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r.Header(), out
		}
		if err != nil || number != len(out)+1 {
			t.Fatalf("row %d after %d: %v", number, len(out), err)
		}
		out = append(out, cells)
	}
}

func TestEveryKindOfCell(t *testing.T) {
	t.Parallel()
	for name, codec := range map[string]compress.Codec{"none": &parquet.Uncompressed, "snappy": &parquet.Snappy, "gzip": &parquet.Gzip, "zstd": &parquet.Zstd} {
		for version := 1; version <= 2; version++ {
			header, got := rows(t, file(t, suppliers(), parquet.Compression(codec), parquet.DataPageVersion(version)))
			want := [][]string{
				{"丹东海丰食品有限公司", "CN", "2023-05-03", "2023-05-03T01:02:03Z", "-1234.56", "4000000000", "1000000000000000000000", "true", "(2 bytes that are no text)", "1970-01-02", "Haifeng", "Dandong"},
				{"Oakwood = 1+1", "", "1970-01-01", "0001-01-01T00:00:00Z", "0.00", "0", "0", "false", "", "", "", ""},
			}
			if diff := cmp.Diff([]string{"supplier name", "country", "founded", "seen", "paid", "count", "rate", "open", "blob", "old", "aliases", "city"}, header); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			got[1][9] = "" // what the zero of an old moment is does not matter
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, pages of version %d: %s", name, version, diff)
			}
		}
	}
}

func TestManyRowGroups(t *testing.T) {
	t.Parallel()
	type one struct {
		Name string `parquet:"name"`
	}
	var all []one
	for i := range 1000 {
		all = append(all, one{strings.Repeat("x", i%7) + "y"})
	}
	_, got := rows(t, file(t, all, parquet.MaxRowsPerRowGroup(130)))
	if len(got) != len(all) {
		t.Fatalf("%d rows of %d", len(got), len(all))
	}
	for i, row := range got {
		if row[0] != all[i].Name {
			t.Fatalf("row %d is %q, want %q", i+1, row[0], all[i].Name)
		}
	}
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	type wide struct {
		Name string `parquet:"name"`
	}
	huge := []wide{{strings.Repeat("A", 65<<20)}}
	large := []wide{{strings.Repeat("A", 1<<20)}}
	plain := parquet.DataPageStatistics(false)
	whole := file(t, suppliers())
	for name, c := range map[string]struct {
		body []byte
		want error
		says string
	}{
		"a page that is too large":           {file(t, huge, parquet.Compression(&parquet.Snappy), plain), corvee.ErrInvalid, ""},
		"a page larger than it says: gzip":   {lying(t, file(t, large, parquet.Compression(&parquet.Gzip), plain), 1<<20), corvee.ErrInvalid, "refused"},
		"a page larger than it says: zstd":   {lying(t, file(t, large, parquet.Compression(&parquet.Zstd), plain), 1<<20), corvee.ErrInvalid, "refused"},
		"a page larger than it says: snappy": {lying(t, file(t, large, parquet.Compression(&parquet.Snappy), plain), 1<<20), corvee.ErrInvalid, "refused"},
		"a packing that is not read":         {file(t, suppliers(), parquet.Compression(&parquet.Lz4Raw)), corvee.ErrUnsupported, "snappy"},
		"cut off":                            {whole[:len(whole)/2], corvee.ErrInvalid, "damaged"},
		"only the mark":                      {[]byte("PAR1PAR1"), corvee.ErrInvalid, "damaged"},
		"nothing":                            {nil, corvee.ErrInvalid, "damaged"},
	} {
		if _, err := columnar.Open(c.body); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v that says %q", name, err, c.want, c.says)
		}
	}
}

// lying makes the header of a page of some n bytes say that it unpacks to half of it.
func lying(t *testing.T, body []byte, n int) []byte {
	t.Helper()
	zigzag := func(n int) []byte { return binary.AppendUvarint([]byte{0x15}, uint64(n)<<1) }
	for size := n; size < n+64; size++ {
		if at := bytes.Index(body[:64], zigzag(size)); at >= 0 {
			return slices.Concat(body[:at], zigzag(size/2), body[at+len(zigzag(size)):])
		}
	}
	t.Fatal("no header says how large its page is")
	return nil
}

// A damaged file is an error at a row, never a crash.
func FuzzReader(f *testing.F) {
	f.Add(file(f, suppliers(), parquet.Compression(&parquet.Snappy)))
	f.Add(file(f, suppliers()[1:], parquet.DataPageVersion(1)))
	whole := file(f, suppliers())
	for _, at := range []int{5, 20, len(whole) / 2, len(whole) - 40} {
		bad := slices.Clone(whole)
		bad[at] ^= 0x55
		f.Add(bad)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := columnar.Open(body)
		if err != nil {
			if !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrUnsupported) {
				t.Fatalf("Open: %v", err)
			}
			return
		}
		for range 1000 {
			cells, _, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				if !errors.Is(err, corvee.ErrInvalid) {
					t.Fatalf("Next: %v", err)
				}
				return
			}
			if len(cells) != len(r.Header()) {
				t.Fatalf("%d cells under %d headers", len(cells), len(r.Header()))
			}
		}
	})
}
