package store

import (
	"context"
	"iter"
	"time"

	"corvee"
)

// Rates keeps the exchange rates of one source, day by day.
type Rates interface {
	// ReplaceRates puts a file's rates in place of the earlier ones of its source. A rate
	// of another source, a day or a rate that is unknown, and a currency twice on one day
	// are corvee.ErrInvalid.
	ReplaceRates(ctx context.Context, f RateFile, rates iter.Seq[DayRate]) error
	// RateFiles are the files whose rates stand, by source.
	RateFiles(ctx context.Context) ([]RateFile, error)
	// DayRates returns the rates of currencies from a source in the years from first to
	// last, by currency and day.
	DayRates(ctx context.Context, source string, currencies []string, first, last int) ([]DayRate, error)
}

// RateFile is an imported file of exchange rates.
type RateFile struct {
	Source   string      `json:"-"`
	File     string      `json:"file"`
	SHA256   string      `json:"sha256"`
	First    corvee.Date `json:"first"`
	Last     corvee.Date `json:"last"`
	Rates    int         `json:"rates"`
	Imported time.Time   `json:"-"`
}

// DayRate is so many units of a currency for one of the source's own (the ECB's is the euro).
type DayRate struct {
	Day      corvee.Date
	Currency string // ISO 4217
	Rate     corvee.Decimal
}
