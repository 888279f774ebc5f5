// Package export gathers what leaves a base for other programs.
//
// What comes in: a base, and a subject or none. What goes out: a Set for present/export. Its
// one idea: an export is a dossier in another form, so it goes the same way out: people
// covered, places coarsened, days of witnesses as months, small counts withheld.
package export

import (
	"context"
	"fmt"
	"slices"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline"
	"corvee/pipeline/dossier"
	"corvee/pipeline/fx"
	"corvee/pipeline/who"
	out "corvee/present/export"
	"corvee/store"
)

// Options are what an export is made with.
type Options struct {
	About string // a site, an organisation, a place or a country; "" for all that the base holds
	Made  corvee.Date
	Leave dossier.Leave
	// Listings asks for the official listings whose names meet parties that claims name.
	Listings bool
}

// Build returns what leaves. Log says that it did.
func Build(ctx context.Context, p *pipeline.Pipeline, o Options) (s out.Set, err error) {
	if o.About == "" {
		s, err = everything(ctx, p, o)
	} else { // reads only the reports that speak of the subject
		s.Dossier, err = dossier.Build(ctx, p, o.About, o.Made, o.Leave)
	}
	if err == nil && o.Listings {
		s.Listings, err = listings(ctx, p, s)
	}
	return s, err
}

func everything(ctx context.Context, p *pipeline.Pipeline, o Options) (out.Set, error) {
	docs, err := p.Documents(ctx)
	if err != nil {
		return out.Set{}, err
	}
	money, err := fx.Money(ctx, p, docs, fx.In)
	if err != nil {
		return out.Set{}, err
	}
	parties, err := who.Parties(ctx, p)
	if err != nil {
		return out.Set{}, err
	}
	return Of(docs, o, dossier.Options{Version: p.Version, Made: o.Made, Leave: o.Leave, Money: money, Parties: parties})
}

// Of is Build over given documents, without listings.
func Of(docs []corroborate.Document, o Options, with dossier.Options) (out.Set, error) {
	if o.About == "" {
		return out.Set{Dossier: dossier.Everything(docs, with)}, nil
	}
	d, err := dossier.With(docs, o.About, with)
	return out.Set{Dossier: d}, err
}

// Log records that an export left the base, as what, and why small counts were asked for. It
// names no subject: a purge could not take the name away again.
func Log(ctx context.Context, p *pipeline.Pipeline, as out.Format, s out.Set, o Options) error {
	withheld := 0
	for _, h := range s.Withheld {
		withheld += h.Count
	}
	return p.Store.Update(ctx, func(tx store.Tx) error {
		return p.Record(ctx, tx, "export.made", "export", "", map[string]string{
			"as": string(as), "of": s.Kind, "claims": fmt.Sprint(len(s.Claims)), "withheld": fmt.Sprint(withheld), "small_counts": o.Leave.SmallCounts,
		})
	})
}

// listings are the official entries that each party meets strongly by name, without those
// that a person has told apart, by party and list.
func listings(ctx context.Context, p *pipeline.Pipeline, s out.Set) ([]out.Listed, error) {
	screener, err := p.Screener(ctx)
	if err != nil {
		return nil, err
	}
	var found []out.Listed
	for _, party := range parties(s) {
		q := corvee.Query{Name: party}
		for _, h := range screener.Match(q, pipeline.MatchOptions{}) {
			if h.Listing.Kind == corvee.ListingReported || h.Band != corvee.BandStrong || screener.Cleared(q, &h) {
				continue
			}
			same := h.Decision != nil && h.Decision.Stands && !h.Decision.Pending && h.Decision.Judgement == corvee.JudgementSame
			found = append(found, out.Listed{Party: party, Listing: corvee.Listing{ID: h.Listing.ID}, Same: same})
		}
	}
	return found, p.Store.View(ctx, func(tx store.Tx) error {
		for i := range found {
			l, err := tx.Listing(ctx, found[i].Listing.ID)
			if err != nil {
				return fmt.Errorf("listing %s: %w", found[i].Listing.ID, err)
			}
			found[i].Listing = l
		}
		return nil
	})
}

func parties(s out.Set) []string {
	var list []string
	for _, c := range s.Claims {
		for _, name := range []string{c.Claim.Employer, c.Claim.Site} {
			if name != "" {
				list = append(list, name)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
