package watch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/store"
)

// supplier compares the hits of a party with those of the last look: lists or evidence may
// have changed. What a person has judged to be another party stays silent until the
// decision opens again.
func (w *Watcher) supplier(ctx context.Context, l *look) error {
	hits, err := w.hits(ctx, l.watch.Terms)
	if err != nil {
		return err
	}
	still := map[string]bool{}
	for _, h := range hits {
		if err := w.hit(ctx, l, h, still); err != nil {
			return err
		}
	}
	for _, item := range slices.Sorted(maps.Keys(l.seen)) {
		if s := l.seen[item]; !still[item] && s.Hash != goneHash {
			s.Hash = goneHash
			a := store.Alert{Kind: store.AlertGone, Details: []string{"listing " + item}}
			if err := w.found(ctx, l, []store.Seen{s}, a, corvee.Change{Kind: corvee.ChangeRemoved, Name: item, Query: queryOf(l.watch.Terms)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func queryOf(terms map[string]string) *corvee.Query {
	q := &corvee.Query{Name: terms["name"], Country: strings.ToUpper(terms["country"])}
	if n := terms["number"]; n != "" {
		q.Identifiers = []corvee.Identifier{{Type: "registration", Value: n}}
	}
	return q
}

func (w *Watcher) hits(ctx context.Context, terms map[string]string) (hits []corvee.Hit, err error) {
	_, err = w.base.Match(ctx, *queryOf(terms), pipeline.MatchOptions{}, func(m corvee.Message) error {
		if m.Hit != nil {
			hits = append(hits, *m.Hit)
		}
		return nil
	})
	return hits, err
}

func (w *Watcher) hit(ctx context.Context, l *look, h corvee.Hit, still map[string]bool) error {
	still[h.Listing.ID] = true
	hash, err := w.hitHash(ctx, h)
	before, known := l.seen[h.Listing.ID]
	if err != nil || known && before.Hash == hash {
		return err
	}
	s := store.Seen{Item: h.Listing.ID, Hash: hash}
	if d := h.Decision; d != nil && d.Stands && d.Judgement == corvee.JudgementDifferent {
		return w.found(ctx, l, []store.Seen{s}, store.Alert{}, corvee.Change{})
	}
	kind := store.AlertNew
	if known && before.Hash != goneHash {
		kind = store.AlertChanged
	}
	details := []string{fmt.Sprintf("%s on %s, no. %s, label %s, band %s", h.Matched, h.Listing.List, h.Listing.SourceID, h.Listing.Kind, h.Band)}
	if n := len(h.Evidence); n > 0 {
		details = append(details, fmt.Sprintf("claims behind it: %d, unreviewed %d", n, h.Unreviewed))
	}
	details = append(details, corvee.HitNotice)
	c := corvee.Change{Kind: changeKind(kind), Query: queryOf(l.watch.Terms), Listing: &h.Listing, Name: h.Matched, Details: details}
	return w.found(ctx, l, []store.Seen{s}, store.Alert{Kind: kind, Details: details}, c)
}

// hitHash is of what a person would look at again: the match, the evidence behind it and
// what the listing says, but for the day of the list's copy.
func (w *Watcher) hitHash(ctx context.Context, h corvee.Hit) (string, error) {
	listing, err := w.base.Listing(ctx, h.Listing.ID)
	if err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return "", err // a party of reports is on no list
	}
	listing.ListDate = corvee.Date{}
	said, err := json.Marshal(listing)
	if err != nil {
		return "", fmt.Errorf("listing %s: %w", h.Listing.ID, err)
	}
	evidence := slices.Sorted(slices.Values(h.Evidence))
	return short(string(h.Band), h.Matched, string(h.Listing.Kind), strings.Join(evidence, " "), string(said)), nil
}

func filterOf(terms map[string]string) (store.ClaimFilter, error) {
	f := store.ClaimFilter{
		Kind: corvee.Kind(terms["kind"]), Country: strings.ToUpper(terms["country"]), Sector: corvee.Sector(terms["sector"]), Place: terms["place"],
	}
	switch {
	case f.Kind != "" && !f.Kind.Valid():
		return f, fmt.Errorf("%w: kind %q; one of %v", corvee.ErrInvalid, f.Kind, corvee.Kinds())
	case f.Sector != "" && !f.Sector.Valid():
		return f, fmt.Errorf("%w: sector %q; one of %v", corvee.ErrInvalid, f.Sector, corvee.Sectors())
	}
	return f, nil
}

// question compares the claims that pass a filter with those of the last look, and tells
// of all that is different in one alert.
func (w *Watcher) question(ctx context.Context, l *look) error {
	filter, err := filterOf(l.watch.Terms)
	if err != nil {
		return err
	}
	var t tally
	still := map[string]bool{}
	_, err = w.base.Claims(ctx, filter, func(m corvee.Message) error {
		if m.Claim != nil {
			still[m.Claim.ID] = true
			t.claim(*m.Claim, l.seen)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, item := range slices.Sorted(maps.Keys(l.seen)) {
		t.left(l.seen[item], still[item])
	}
	if len(t.seen) == 0 {
		return nil
	}
	kind, details := t.news()
	c := corvee.Change{Kind: changeKind(kind), Name: Title(l.watch), Details: details}
	return w.found(ctx, l, t.seen, store.Alert{Kind: kind, Details: details}, c)
}

// tally counts what is different about the claims of a question.
type tally struct {
	seen               []store.Seen
	came, judged, went int
	lines              []string
}

func (t *tally) claim(c corvee.Claim, seen map[string]store.Seen) {
	before, known := seen[c.ID]
	hash := short(string(c.Review))
	switch {
	case known && before.Hash == hash:
		return
	case known && before.Hash != goneHash && !before.Purged:
		t.judged++
	default:
		t.came++
		t.lines = append(t.lines, line(c))
	}
	t.seen = append(t.seen, store.Seen{Item: c.ID, Hash: hash, Report: c.Report})
}

// line says what a claim is about and nothing of what it says.
func line(c corvee.Claim) string {
	parts := []string{"new: " + string(c.Kind)}
	parts = append(parts, c.Countries...)
	if c.Sector != "" {
		parts = append(parts, string(c.Sector))
	}
	return strings.Join(append(parts, string(c.Review)), " · ")
}

// left counts what is no longer there; what was purged goes without a word.
func (t *tally) left(s store.Seen, still bool) {
	if still || s.Purged || s.Hash == goneHash {
		return
	}
	t.went++
	s.Hash = goneHash
	t.seen = append(t.seen, s)
}

// mostLines is how many claims an alert lists; the counts are of all.
const mostLines = 20

func (t *tally) news() (kind string, details []string) {
	kind = store.AlertChanged
	if t.came > 0 {
		kind = store.AlertNew
	}
	counts := fmt.Sprintf("claims: %d new, %d judged anew, %d gone", t.came, t.judged, t.went)
	return kind, append([]string{counts}, t.lines[:min(len(t.lines), mostLines)]...)
}
