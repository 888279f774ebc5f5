package dossier

import (
	"slices"
	"strings"

	"corvee"
	"corvee/assess"
	"corvee/corroborate"
	"corvee/pipeline/leave"
	out "corvee/present/dossier"
)

// Base is the kind of a dossier on all that a base holds.
const Base Kind = "base"

// Everything is With for all claims of the documents: sources, claims, questions and the
// money of each report. What is weighed of one subject (indicators, headcounts, law) is left
// to dossiers on one.
func Everything(docs []corroborate.Document, o Options) out.Dossier {
	docs = slices.SortedFunc(slices.Values(docs), func(a, b corroborate.Document) int { return strings.Compare(a.Report.ID, b.Report.ID) })
	s := Subject{Kind: Base, Name: "all claims of the base", Claims: claimsOf(docs)}
	b := &builder{subject: s, docs: docs, parties: o.parties(docs), edges: corroborate.Lineage(docs), numbers: map[string]int{}, money: o.Money, beyond: map[string]bool{}}
	b.base = corroborate.NewBase(b.parties.ResolvedDocuments(docs), b.edges)
	b.out = out.Dossier{Subject: s.Name, Kind: string(s.Kind), Made: o.Made, Version: o.Version, Notice: corvee.Notice, Reviewed: reviewed(s.Claims), NotFound: []string{}}
	b.sources()
	b.leaving = leave.New(o.Leave, b.used())
	for i := range b.out.Reports {
		b.out.Reports[i].Title = b.leaving.Words(b.out.Reports[i].Title)
	}
	b.claims()
	b.questions()
	b.accounts()
	b.out.Withheld = b.leaving.Withheld()
	return b.out
}

// accounts checks the money of each report by itself.
func (b *builder) accounts() {
	own, left := map[string][]corvee.Claim{}, map[string][]corvee.Claim{}
	for _, c := range b.kept {
		own[c.Report] = append(own[c.Report], c)
		left[c.Report] = append(left[c.Report], b.left(c.ID))
	}
	for _, r := range b.out.Reports {
		b.out.Ledger = append(b.out.Ledger, assess.Ledger(own[r.ID])...)
		b.out.Ledger = append(b.out.Ledger, assess.Dates(left[r.ID], r.Published)...)
		if b.money.In != "" {
			b.out.Conversions = append(b.out.Conversions, assess.Convert(left[r.ID], b.money)...)
		}
	}
	b.out.Ledger = append(b.out.Ledger, assess.PerHead(b.kept)...)
}
