// Package assess concludes: claims in, findings out.
//
// Its one idea: every figure that Corvee computes is a finding, made by interval
// arithmetic over exact decimals, with its rule and the claims that it rests on. A stated
// figure that does not close is shown beside the computed one and never repaired.
package assess

import (
	"slices"

	"corvee"
)

// Ledger checks the money of one report: stated totals against their parts
// (ledger.total), what part of a wage a levy takes and what it leaves (ledger.share), a
// stated remainder against both (ledger.net), and the rate that a stated conversion
// implies (ledger.rate). Claims that people rejected are ignored; the order of the claims
// does not matter. A figure for each person is never taken for a total, and claims of
// different sites, currencies or periods are never joined. Method: docs/methods/ledger.md.
func Ledger(claims []corvee.Claim) []corvee.Finding {
	l := ledgerOf(claims)
	var out []corvee.Finding
	for _, total := range l.totals {
		out = append(out, l.checkTotal(total)...)
	}
	for _, levy := range l.levies {
		out = append(out, l.share(levy)...)
	}
	for _, c := range l.all {
		out = append(out, rates(c)...)
	}
	return out
}

// ledger is the claims of a report that hold money or people, in text order.
type ledger struct {
	all, totals, levies, wages, nets, counts []corvee.Claim
}

func ledgerOf(claims []corvee.Claim) ledger {
	var l ledger
	for _, c := range inTextOrder(claims) {
		if !counts(c) {
			continue
		}
		l.all = append(l.all, c)
		switch {
		case c.Kind == corvee.KindHeadcount && c.Value.Unit == corvee.UnitPerson:
			l.counts = append(l.counts, c)
		case c.Value.Unit != corvee.UnitMoney:
		case c.Kind == corvee.KindTransfer || c.Kind == corvee.KindLevy && c.Value.Per == corvee.PerTotal:
			l.totals = append(l.totals, c)
		case c.Value.Per != corvee.PerPerson:
		case c.Kind == corvee.KindLevy:
			l.levies = append(l.levies, c)
		case c.Kind == corvee.KindWage:
			l.wages = append(l.wages, c)
		case c.Kind == corvee.KindNetPay:
			l.nets = append(l.nets, c)
		}
	}
	return l
}

func inTextOrder(claims []corvee.Claim) []corvee.Claim {
	sorted := slices.Clone(claims)
	slices.SortStableFunc(sorted, func(a, b corvee.Claim) int {
		if a.Before(b) {
			return -1
		}
		if b.Before(a) {
			return 1
		}
		return 0
	})
	return sorted
}

// counts reports whether a claim may enter a sum: affirmed, not rejected, with a figure.
func counts(c corvee.Claim) bool {
	return c.Value != nil && c.Value.Known() && c.Polarity == corvee.Positive &&
		c.Factuality != corvee.Denied && c.Factuality != corvee.Planned &&
		c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete
}
