package storetest

import (
	"slices"

	"corvee"
	"corvee/store"
)

func rateFile(source string, rates int) store.RateFile {
	return store.RateFile{
		Source: source, File: "a \x00 file.csv", SHA256: "00ff", First: corvee.Date{Year: 2019, Month: 12, Day: 31}, Last: corvee.Date{Year: 2020, Month: 11, Day: 19},
		Rates: rates, Imported: moment(8),
	}
}

func rateOn(currency string, year, month, day int, rate string) store.DayRate {
	return store.DayRate{Day: corvee.Date{Year: year, Month: month, Day: day}, Currency: currency, Rate: corvee.MustDecimal(rate)}
}

func (b *bench) rates(source string, first, last int, currencies ...string) []store.DayRate {
	b.Helper()
	return read(b, func(tx store.Tx) ([]store.DayRate, error) { return tx.DayRates(b.ctx, source, currencies, first, last) })
}

func testRates(b *bench) {
	old, usd, late, cny := rateOn("USD", 2019, 12, 31, "1.1234"), rateOn("USD", 2020, 11, 18, "1.1868"), rateOn("USD", 2020, 11, 19, "1.1832"), rateOn("CNY", 2020, 11, 19, "7.79400000000000000000000000000000000000001")
	put := func(f store.RateFile, list ...store.DayRate) {
		b.Helper()
		b.update(func(tx store.Tx) error { return tx.ReplaceRates(b.ctx, f, slices.Values(list)) })
	}
	put(rateFile("ECB", 99), late, cny, old, usd)
	put(rateFile("other", 1), rateOn("USD", 2020, 1, 1, "9"))
	b.same("DayRates", b.rates("ECB", 2020, 2020, "USD", "CNY", "USD", "KPW"), []store.DayRate{cny, usd, late})
	b.same("DayRates of two years", b.rates("ECB", 2019, 2020, "USD"), []store.DayRate{old, usd, late})
	b.same("DayRates of no currency", b.rates("ECB", 2019, 2020), []store.DayRate(nil))
	b.same("RateFiles", read(b, func(tx store.Tx) ([]store.RateFile, error) { return tx.RateFiles(b.ctx) }), []store.RateFile{rateFile("ECB", 4), rateFile("other", 1)})
	put(rateFile("ECB", 0), usd)
	put(rateFile("ECB", 0), usd)
	b.same("DayRates of the next file", b.rates("ECB", 0, 9999, "USD", "CNY"), []store.DayRate{usd})
	for name, list := range map[string][]store.DayRate{
		"a month for a day": {rateOn("USD", 2020, 11, 0, "1")}, "a zero": {rateOn("USD", 2020, 11, 19, "0")}, "no rate": {{Day: usd.Day, Currency: "USD"}},
		"no currency": {rateOn("", 2020, 11, 19, "1")}, "a day twice": {usd, usd}, "no such day": {rateOn("USD", 2020, 2, 30, "1")},
	} {
		b.refuse(name, corvee.ErrInvalid, func(tx store.Tx) error { return tx.ReplaceRates(b.ctx, rateFile("ECB", 0), slices.Values(list)) })
	}
	b.refuse("no source", corvee.ErrInvalid, func(tx store.Tx) error {
		return tx.ReplaceRates(b.ctx, rateFile("", 0), slices.Values([]store.DayRate{usd}))
	})
	b.same("DayRates after what was refused", b.rates("ECB", 0, 9999, "USD"), []store.DayRate{usd})
}
