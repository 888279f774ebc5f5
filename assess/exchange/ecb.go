package exchange

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/internal/delimited"
)

// Source is how rates of the European Central Bank are named.
const Source = "ECB euro foreign exchange reference rates"

// File is what a file of rates holds.
type File struct {
	Rates       []Rate // by day, then currency
	Currencies  []string
	First, Last corvee.Date
	Rejected    []corvee.Rejected
}

// The bounds of a file: the whole history is 1.3 MB and grows by 60 kB a year.
const (
	maxFile   = 64 << 20
	maxRatio  = 200
	maxColumn = 200
)

// ReadECB reads eurofxref-hist.csv (or the file of one day, eurofxref.csv) as the ECB ships
// it, alone or in its ZIP: a mark of byte order, columns that end in a comma, "N/A" for a
// currency that was not quoted. A row or a column that is broken is rejected with its reason
// and costs nothing else; a file that is something else is corvee.ErrInvalid.
func ReadECB(raw []byte) (File, error) {
	if bytes.HasPrefix(raw, []byte("PK")) {
		inner, err := unzipped(raw)
		if err != nil {
			return File{}, err
		}
		raw = inner
	}
	if len(raw) > maxFile {
		return File{}, fmt.Errorf("%w: a file of rates over %d bytes", corvee.ErrInvalid, maxFile)
	}
	r := delimited.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))), ',')
	head, err := r.Next()
	if err != nil || head.Broken != nil || len(head.Cells) < 2 || len(head.Cells) > maxColumn || !strings.EqualFold(strings.TrimSpace(head.Cells[0]), "Date") {
		return File{}, fmt.Errorf("%w: this is no table of the ECB: its first line must be Date,USD,…", corvee.ErrInvalid)
	}
	s := sheet{days: map[corvee.Date]int{}}
	s.header(head.Cells)
	for {
		record, err := r.Next()
		if err == io.EOF {
			break
		} else if err != nil {
			return File{}, fmt.Errorf("exchange rates: %w", err)
		}
		s.row(record)
	}
	return s.file()
}

// unzipped returns the one table in the ECB's archive.
func unzipped(raw []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("%w: rates: %v", corvee.ErrInvalid, err)
	}
	for _, f := range archive.File {
		if !strings.HasSuffix(strings.ToLower(f.Name), ".csv") {
			continue
		}
		if f.UncompressedSize64 > maxFile || f.UncompressedSize64 > maxRatio*max(1, f.CompressedSize64) {
			return nil, fmt.Errorf("%w: rates: %q unpacks to %d bytes", corvee.ErrInvalid, f.Name, f.UncompressedSize64)
		}
		in, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: rates: %v", corvee.ErrInvalid, err)
		}
		defer in.Close()
		out, err := io.ReadAll(io.LimitReader(in, maxFile+1))
		if err != nil {
			return nil, fmt.Errorf("%w: rates: %v", corvee.ErrInvalid, err)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%w: rates: the archive holds no .csv", corvee.ErrInvalid)
}

// sheet is a table while it is read. columns names the currency of each, "" for one that is
// not taken.
type sheet struct {
	columns  []string
	days     map[corvee.Date]int // line of each day
	rates    []Rate
	rejected []corvee.Rejected
}

func (s *sheet) reject(line int, reason, remedy string) {
	s.rejected = append(s.rejected, corvee.Rejected{Input: "rates", Row: &line, Reason: reason, Remedy: remedy})
}

func (s *sheet) header(cells []string) {
	for _, c := range cells[1:] {
		c = strings.TrimSpace(c)
		switch {
		case c == "": // the comma at the end of the line
		case slices.Contains(noMarket(), c):
			s.reject(1, c+" has no market rate; official and reported rates are claims", "bring such a rate in as a report that states it")
			c = ""
		case !isCode(c) || slices.Contains(s.columns, c):
			s.reject(1, fmt.Sprintf("column %q is no currency of its own", c), "take the file as the ECB ships it")
			c = ""
		}
		s.columns = append(s.columns, c)
	}
}

func isCode(c string) bool {
	return len(c) == 3 && strings.Trim(c, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && c != euro
}

func (s *sheet) row(r delimited.Record) {
	if r.Broken != nil {
		s.reject(r.Line, r.Broken.Error(), "take the file as the ECB ships it")
		return
	}
	day, ok := dayOf(strings.TrimSpace(r.Cells[0]))
	if !ok {
		s.reject(r.Line, fmt.Sprintf("%q is no day", r.Cells[0]), "write 2020-11-19")
		return
	}
	if first, twice := s.days[day]; twice {
		s.reject(r.Line, fmt.Sprintf("%s stands in line %d already", day, first), "one line a day")
		return
	}
	if len(r.Cells) > len(s.columns)+2 {
		s.reject(r.Line, fmt.Sprintf("%d cells under %d columns", len(r.Cells), len(s.columns)+1), "take the file as the ECB ships it")
		return
	}
	s.days[day] = r.Line
	for i, cell := range r.Cells[1:] {
		if i < len(s.columns) && s.columns[i] != "" {
			s.cell(r.Line, day, s.columns[i], strings.TrimSpace(cell))
		}
	}
}

func (s *sheet) cell(line int, day corvee.Date, currency, cell string) {
	if cell == "" || strings.EqualFold(cell, "N/A") {
		return // not quoted on that day: unknown, never zero
	}
	rate, err := corvee.ParseDecimal(cell)
	if err != nil || rate.Sign() <= 0 {
		s.reject(line, fmt.Sprintf("%s on %s: %q is no rate", currency, day, cell), "take the file as the ECB ships it")
		return
	}
	s.rates = append(s.rates, Rate{day, currency, rate})
}

// dayOf reads the two ways in which the ECB writes a day: 2020-11-19 in the history, 19
// November 2020 in the file of one day.
func dayOf(cell string) (corvee.Date, bool) {
	if d, err := corvee.ParseDate(cell); err == nil && d.Day != 0 {
		return d, true
	}
	t, err := time.Parse("2 January 2006", cell)
	d := corvee.DateOf(t)
	return d, err == nil && d.Valid()
}

func (s *sheet) file() (File, error) {
	f := File{Rates: s.rates, Rejected: s.rejected}
	if len(f.Rates) == 0 {
		return f, fmt.Errorf("%w: the table holds no rate", corvee.ErrInvalid)
	}
	slices.SortFunc(f.Rates, func(a, b Rate) int {
		if n := a.Day.Compare(b.Day); n != 0 {
			return n
		}
		return strings.Compare(a.Currency, b.Currency)
	})
	for _, r := range f.Rates {
		f.Currencies = append(f.Currencies, r.Currency)
	}
	slices.Sort(f.Currencies)
	f.Currencies = slices.Compact(f.Currencies)
	f.First, f.Last = f.Rates[0].Day, f.Rates[len(f.Rates)-1].Day
	return f, nil
}
