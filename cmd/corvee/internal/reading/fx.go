package reading

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline/fx"
)

// FX is corvee fx.
type FX struct {
	Import  fxImport  `cmd:"" help:"Exchange rates from the ECB's eurofxref-hist.csv or its ZIP, in place of the earlier ones."`
	Status  fxStatus  `cmd:"" help:"Which rates the base holds."`
	Convert fxConvert `cmd:"" help:"An amount at the rate of a time, with the rate, its day and its source."`
}

type fxImport struct {
	File string `arg:"" help:"eurofxref-hist.csv or eurofxref-hist.zip, as the ECB ships it." type:"existingfile"`
}

func (c fxImport) Run(w *world.World) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("fx import: %w", err)
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	got, err := fx.Import(w.Ctx, p, filepath.Base(c.File), raw)
	if err != nil {
		return err
	}
	for _, r := range got.Rejected {
		fmt.Fprintf(w.Err, "rejected: %s, line %d: %s; %s\n", c.File, *r.Row, r.Reason, r.Remedy)
	}
	_, err = fmt.Fprintf(w.Out, "%d rates of %d currencies from %s to %s (%s)\n", got.File.Rates, len(got.Currencies), got.File.First, got.File.Last, strings.Join(got.Currencies, " "))
	return err
}

type fxStatus struct{}

func (c fxStatus) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	f, err := fx.Standing(w.Ctx, p)
	if err != nil {
		return err
	}
	if f.Rates == 0 {
		_, err = fmt.Fprintln(w.Out, "no daily rates: money is converted at the yearly averages that ship; corvee fx import brings in the ECB's file")
		return err
	}
	_, err = fmt.Fprintf(w.Out, "%s: %d rates from %s to %s, imported %s from %s (%s)\n", f.Source, f.Rates, f.First, f.Last, f.Imported.Format("2006-01-02"), f.File, f.SHA256)
	return err
}

type fxConvert struct {
	Amount   string `arg:"" help:"An amount: 2000."`
	Currency string `arg:"" help:"ISO 4217: CNY."`
	On       string `help:"Day, month or year: 2020-11-19, 2020-11, 2020." required:"" placeholder:"DATE"`
	To       string `help:"ISO 4217." default:"USD"`
}

func (c fxConvert) Run(w *world.World) error {
	amount, err := corvee.ParseDecimal(c.Amount)
	if err != nil {
		return err
	}
	on, err := corvee.ParseDate(c.On)
	if err != nil {
		return err
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	x, err := fx.Convert(w.Ctx, p, corvee.Exactly(amount), c.Currency, c.To, corvee.During(on))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.Out, "%s %s is about %s %s, derived at %s\n", c.Currency, amount, c.To, x.Amount, x)
	return err
}
