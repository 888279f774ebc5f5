// Package fx keeps exchange rates in a base and hands them to the ledger as a value.
//
// What comes in: the ECB's file of rates, or the claims whose money is to be said in another
// currency. What goes out: what was stored, or the rates that those claims need. Its one
// idea: all rates of a base are of one file, so that every converted figure names its source.
package fx

import (
	"context"
	"fmt"

	"corvee"
	"corvee/assess"
	"corvee/assess/exchange"
	"corvee/corroborate"
	"corvee/pipeline"
	"corvee/store"
)

// In is the currency that a dossier says money in beside its own.
const In = "USD"

// Imported is what an import came to.
type Imported struct {
	File       store.RateFile
	Currencies []string
	Rejected   []corvee.Rejected
}

// Import stores the rates of a file in place of the earlier ones. A file that holds fewer
// days than the base has already is corvee.ErrInvalid: the file of one day would put away the
// history. The same file twice changes nothing.
func Import(ctx context.Context, p *pipeline.Pipeline, name string, raw []byte) (Imported, error) {
	file, err := exchange.ReadECB(raw)
	if err != nil {
		return Imported{}, fmt.Errorf("%s: %w", name, err)
	}
	out := Imported{
		File:       store.RateFile{Source: exchange.Source, File: name, SHA256: corvee.HashID(raw), First: file.First, Last: file.Last, Rates: len(file.Rates), Imported: p.Clock()},
		Currencies: file.Currencies, Rejected: file.Rejected,
	}
	return out, p.Store.Update(ctx, func(tx store.Tx) error {
		kept, err := standing(ctx, tx)
		switch {
		case err != nil:
			return err
		case kept.SHA256 == out.File.SHA256:
			return nil
		case kept.Rates > 0 && (file.First.Compare(kept.First) > 0 || file.Last.Compare(kept.Last) < 0 || len(file.Rates) < kept.Rates):
			return fmt.Errorf("%w: the base holds %d rates from %s to %s; this file has %d from %s to %s and would put some of them away. Import the whole history (eurofxref-hist)",
				corvee.ErrInvalid, kept.Rates, kept.First, kept.Last, len(file.Rates), file.First, file.Last)
		}
		if err := tx.ReplaceRates(ctx, out.File, rows(file.Rates)); err != nil {
			return err
		}
		return p.Record(ctx, tx, "rates.imported", "rates", "", out.File)
	})
}

func rows(rates []exchange.Rate) func(func(store.DayRate) bool) {
	return func(yield func(store.DayRate) bool) {
		for _, r := range rates {
			if !yield(store.DayRate{Day: r.Day, Currency: r.Currency, Rate: r.PerEuro}) {
				return
			}
		}
	}
}

func standing(ctx context.Context, tx store.Tx) (store.RateFile, error) {
	files, err := tx.RateFiles(ctx)
	for _, f := range files {
		if f.Source == exchange.Source {
			return f, err
		}
	}
	return store.RateFile{}, err
}

// Standing returns the file whose rates the base holds; the zero RateFile for none.
func Standing(ctx context.Context, p *pipeline.Pipeline) (f store.RateFile, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		f, err = standing(ctx, tx)
		return err
	})
	return f, err
}

// Money returns what converting the money of documents to a currency needs: the rates of the
// currencies and years that they name. A base without rates gives the yearly averages that
// ship.
func Money(ctx context.Context, p *pipeline.Pipeline, docs []corroborate.Document, in string) (m assess.Money, err error) {
	m = Without(docs, in)
	currencies, first, last := asked(docs)
	if len(currencies) > 0 {
		m.Book, err = book(ctx, p, append(currencies, in), first, last)
	}
	return m, err
}

// Convert gives one amount in another currency at the rate of a time, with the errors of
// exchange.Book.Convert.
func Convert(ctx context.Context, p *pipeline.Pipeline, amount corvee.Range, from, to string, when corvee.When) (exchange.Conversion, error) {
	b, err := book(ctx, p, []string{from, to}, when.From.Year-1, when.Until.Year)
	if err != nil {
		return exchange.Conversion{}, err
	}
	return b.Convert(amount, from, to, when)
}

func book(ctx context.Context, p *pipeline.Pipeline, currencies []string, first, last int) (b exchange.Book, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		file, err := standing(ctx, tx)
		if err != nil || file.Rates == 0 {
			return err
		}
		list, err := tx.DayRates(ctx, exchange.Source, currencies, first, last)
		if err != nil {
			return err
		}
		rates := make([]exchange.Rate, len(list))
		for i, r := range list {
			rates[i] = exchange.Rate{Day: r.Day, Currency: r.Currency, PerEuro: r.Rate}
		}
		b = exchange.NewBook(fmt.Sprintf("%s, file to %s", exchange.Source, file.Last), rates)
		return nil
	})
	return b, err
}

// Without is Money where no rates of a base are to be had.
func Without(docs []corroborate.Document, in string) assess.Money {
	m := assess.Money{In: in, Published: map[string]corvee.Date{}}
	for _, d := range docs {
		m.Published[d.Report.ID] = d.Report.Published
	}
	return m
}

// asked are the currencies of claims, and the years that a rate may be of.
func asked(docs []corroborate.Document) (currencies []string, first, last int) {
	year := func(d corvee.Date) {
		if !d.Known() {
			return
		}
		if first == 0 || d.Year < first {
			first = d.Year
		}
		last = max(last, d.Year)
	}
	for _, d := range docs {
		for _, c := range d.Claims {
			if c.Value == nil || c.Value.Unit != corvee.UnitMoney || c.Value.Currency == "" {
				continue
			}
			currencies = append(currencies, c.Value.Currency)
			year(d.Report.Published)
			if c.When != nil {
				year(c.When.From)
				year(c.When.Until)
			}
		}
	}
	return currencies, first - 1, last // the trading day before the first of January
}
