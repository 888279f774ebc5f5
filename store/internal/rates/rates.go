// Package rates keeps exchange rates.
//
// What comes in: a source's rates, in a transaction. What goes out: those of some currencies
// and years. Its one idea: a row for each currency and year, so that a quarter of a million
// rates are a thousand rows.
package rates

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/internal/cell"
)

// DB is the little that a Book needs of a transaction.
type DB interface {
	Exec(ctx context.Context, query string, args ...any) error
	Each(ctx context.Context, query string, args []any, row func(scan func(into ...any) error) error) error
}

// Book is store.Rates within a transaction.
type Book struct{ DB }

var _ store.Rates = Book{}

// ReplaceRates keeps a row for each currency and year: a quarter of a million rates are a
// thousand rows, and a conversion reads the one or two that it asks for.
func (b Book) ReplaceRates(ctx context.Context, f store.RateFile, rates iter.Seq[store.DayRate]) error {
	if err := cell.Named("source", f.Source); err != nil {
		return err
	}
	years, n, err := rateYears(rates)
	if err != nil {
		return err
	}
	f.Rates = n
	body, err := cell.Pack(f)
	if err != nil {
		return err
	}
	if err := b.Exec(ctx, `DELETE FROM rate_year WHERE source = ?`, f.Source); err != nil {
		return err
	}
	for _, key := range slices.SortedFunc(maps.Keys(years), func(a, b rateYear) int {
		return strings.Compare(fmt.Sprint(a.currency, a.year), fmt.Sprint(b.currency, b.year))
	}) {
		err := b.Exec(ctx, `INSERT INTO rate_year (source, currency, year, body) VALUES (?, ?, ?, ?)`,
			f.Source, key.currency, key.year, packRates(years[key]))
		if err != nil {
			return err
		}
	}
	return b.Exec(ctx, `INSERT INTO rate_file (source, imported_us, body) VALUES (?, ?, ?)
		ON CONFLICT (source) DO UPDATE SET imported_us = excluded.imported_us, body = excluded.body`, f.Source, f.Imported.UnixMicro(), body)
}

type rateYear struct {
	currency string
	year     int
}

func rateYears(rates iter.Seq[store.DayRate]) (years map[rateYear][]store.DayRate, n int, err error) {
	years = map[rateYear][]store.DayRate{}
	for r := range rates {
		if err := cell.Named("currency", r.Currency); err != nil {
			return nil, 0, err
		}
		if r.Day.Day == 0 || !r.Day.Valid() || !r.Rate.Known() || r.Rate.Sign() <= 0 {
			return nil, 0, fmt.Errorf("%w: rate of %s on %q: %q", corvee.ErrInvalid, r.Currency, r.Day, r.Rate)
		}
		key := rateYear{r.Currency, r.Day.Year}
		years[key] = append(years[key], r)
		n++
	}
	for key, list := range years {
		slices.SortFunc(list, func(a, b store.DayRate) int { return a.Day.Compare(b.Day) })
		for i := 1; i < len(list); i++ {
			if list[i].Day == list[i-1].Day {
				return nil, 0, fmt.Errorf("%w: two rates of %s on %s", corvee.ErrInvalid, key.currency, list[i].Day)
			}
		}
	}
	return years, n, nil
}

// packRates writes a line for each day: "2020-11-19 7.7794".
func packRates(list []store.DayRate) []byte {
	var b bytes.Buffer
	for _, r := range list {
		fmt.Fprintf(&b, "%s %s\n", r.Day, r.Rate)
	}
	return b.Bytes()
}

// RateFiles are ordered by source.
func (b Book) RateFiles(ctx context.Context) ([]store.RateFile, error) {
	return cell.All(ctx, b, `SELECT source, imported_us, body FROM rate_file ORDER BY source`, nil, func(scan func(...any) error) (f store.RateFile, err error) {
		var imported int64
		var body []byte
		var source string
		if err := scan(&source, &imported, &body); err != nil {
			return f, err
		}
		err = cell.Unpack(body, &f)
		f.Source, f.Imported = source, time.UnixMicro(imported).UTC()
		return f, err
	})
}

// DayRates are ordered by currency and day.
func (b Book) DayRates(ctx context.Context, source string, currencies []string, first, last int) ([]store.DayRate, error) {
	var out []store.DayRate
	wanted := slices.Compact(slices.Sorted(slices.Values(currencies)))
	for _, currency := range wanted {
		if err := cell.Named("source", source, "currency", currency); err != nil {
			return nil, err
		}
		years, err := cell.All(ctx, b, `SELECT body FROM rate_year WHERE source = ? AND currency = ? AND year BETWEEN ? AND ? ORDER BY year`,
			[]any{source, currency, first, last}, func(scan func(...any) error) (body []byte, err error) { return body, scan(&body) })
		if err != nil {
			return nil, err
		}
		for _, body := range years {
			list, err := unpackRates(currency, body)
			if err != nil {
				return nil, err
			}
			out = append(out, list...)
		}
	}
	return out, nil
}

func unpackRates(currency string, body []byte) ([]store.DayRate, error) {
	var out []store.DayRate
	for line := range strings.Lines(string(body)) {
		day, rate, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		d, err := corvee.ParseDate(day)
		if err != nil {
			return nil, fmt.Errorf("store: rate of %s: %w", currency, err)
		}
		r, err := corvee.ParseDecimal(rate)
		if err != nil {
			return nil, fmt.Errorf("store: rate of %s on %s: %w", currency, d, err)
		}
		out = append(out, store.DayRate{Day: d, Currency: currency, Rate: r})
	}
	return out, nil
}
