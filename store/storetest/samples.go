package storetest

import (
	"corvee"
	"corvee/store"
	"corvee/store/storetest/sample"
)

// What the suite works on, by short names.
var (
	moment     = sample.Moment
	textOf     = sample.TextOf
	reportOf   = sample.ReportOf
	claimOf    = sample.ClaimOf
	fullClaim  = sample.FullClaim
	verdictOn  = sample.VerdictOn
	sealed     = sample.Sealed
	listingOf  = sample.ListingOf
	versionOf  = sample.VersionOf
	listingsOf = sample.ListingsOf
)

const (
	hard, composed, decomposed = sample.Hard, sample.Composed, sample.Decomposed
)

// put stores a report of the text with its claims and returns the report.
func (b *bench) put(text corvee.Text, name string, claims func(r corvee.Report) []corvee.Claim) corvee.Report {
	b.Helper()
	r := reportOf(text, name)
	b.update(func(tx store.Tx) error {
		if err := tx.PutReport(b.ctx, "", r, text); err != nil || claims == nil {
			return err
		}
		return tx.ReplaceClaims(b.ctx, r.ID, "rules 1", claims(r))
	})
	return r
}

// hardReport stores the hard text with one claim on it.
func (b *bench) hardReport(name string) (corvee.Report, corvee.Text, corvee.Claim) {
	b.Helper()
	text := textOf(b, hard)
	var c corvee.Claim
	r := b.put(text, name, func(r corvee.Report) []corvee.Claim {
		c = fullClaim(b, r, text, "about 200 women sew here")
		return []corvee.Claim{c}
	})
	return r, text, c
}

// appendEvent adds one event to the chain within a transaction.
func (b *bench) appendEvent(tx store.Tx, report, subject string, payload []byte) (corvee.Event, error) {
	last, err := tx.LastEvent(b.ctx)
	if err != nil {
		return last, err
	}
	e := sealed(last, subject)
	return e, tx.AppendEvent(b.ctx, e, report, []byte("salt of "+subject), payload)
}
