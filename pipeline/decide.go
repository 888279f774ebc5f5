package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"corvee"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/evident"
	"corvee/pipeline/internal/runs"
	"corvee/screen"
	"corvee/store"
)

// OnHit names the hit of a run that a decision is about. Listing is the listing's id, or
// the list's own number for it where only one hit of the row has it.
type OnHit struct {
	Run     string
	Row     int
	Listing string
}

// Say is what a person says of a hit. By is who it is, "" for the actor of the Pipeline:
// without accounts a base believes whoever sits at it, and keeps the name.
type Say struct {
	Judgement corvee.JudgementWord
	Reason    string
	By        string
}

// Decide keeps what a person decided about a hit. It stands for every later run until
// either side changes. Of the same person's decisions on the pair the last counts; taking
// it back brings back the one before. It returns ErrNotFound for a hit that is not there,
// ErrInvalid for a word that is no judgement or a judgement without its reason, ErrConflict
// when the list has been replaced since the run and says something else of this entry: what
// was judged is no longer what would be kept.
func (p *Pipeline) Decide(ctx context.Context, on OnHit, say Say) (corvee.Decision, error) {
	say, err := p.checked(ctx, say)
	if err != nil {
		return corvee.Decision{}, err
	}
	now, err := p.moment(ctx)
	if err != nil {
		return corvee.Decision{}, err
	}
	var d corvee.Decision
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		hit, err := hitOf(ctx, tx, on)
		if err != nil {
			return err
		}
		listing, err := content(ctx, tx, now.evidence, hit.Listing.ID)
		if err != nil {
			return err
		}
		if !bears(listing, hit) || listing.ListDate != hit.Listing.ListDate && !now.shows(hit) {
			return fmt.Errorf("%w: %s is now of %s, the run saw %s, and the entry has changed: screen the table again, then decide",
				corvee.ErrConflict, listing.List, dateOr(listing.ListDate), dateOr(hit.Listing.ListDate))
		}
		d = decision(hit.Query, listing, say)
		return p.putDecision(ctx, tx, &d)
	})
	return d, err
}

func (p *Pipeline) checked(ctx context.Context, say Say) (Say, error) {
	if !slices.Contains([]corvee.JudgementWord{corvee.JudgementSame, corvee.JudgementDifferent, corvee.JudgementUnsure}, say.Judgement) {
		return say, fmt.Errorf("%w: %q is no judgement; same, different or unsure", corvee.ErrInvalid, say.Judgement)
	}
	if say.Reason = strings.TrimSpace(say.Reason); say.Reason == "" && say.Judgement != corvee.JudgementUnsure {
		return say, fmt.Errorf("%w: %s needs a reason that another person can check", corvee.ErrInvalid, say.Judgement)
	}
	by, err := p.by(ctx, say.By)
	say.By = by
	return say, err
}

const longestName = 100 // bytes, of a person

func (p *Pipeline) by(ctx context.Context, name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if len(name) > longestName || !utf8.ValidString(name) || strings.ContainsRune(name, 0) {
		return "", fmt.Errorf("%w: a name of at most %d bytes says who decides", corvee.ErrInvalid, longestName)
	}
	if own := acting(ctx).Actor; own != "" && name != "" && name != own {
		return "", fmt.Errorf("%w: you are signed in as %s and decide for nobody else", corvee.ErrForbidden, own)
	}
	return cmp.Or(name, p.By(ctx)), nil
}

func decision(q corvee.Query, l corvee.Listing, say Say) corvee.Decision {
	q = decided.Asked(q)
	return corvee.Decision{
		Query: decided.QueryKey(q), Listing: l.ID, Judgement: say.Judgement, Reason: say.Reason, QueryHash: decided.HashQuery(q),
		ListingHash: decided.HashListing(l), QueryThen: &q, ListingThen: &l, Actor: say.By,
	}
}

// putDecision appends a decision behind all earlier ones.
func (p *Pipeline) putDecision(ctx context.Context, tx store.Tx, d *corvee.Decision) error {
	all, err := tx.Decisions(ctx)
	if err != nil {
		return err
	}
	d.At = p.now()
	if n := len(all); n > 0 && !d.At.After(all[n-1].At) {
		d.At = all[n-1].At.Add(time.Microsecond) // the last must be the last, whatever the clock does
	}
	d.ID = "d" + runs.Short(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", d.Query, d.Listing, d.Actor, d.At.UnixMicro()))
	if err := known(ctx, tx, d.Actor); err != nil {
		return err
	}
	if err := tx.PutDecision(ctx, *d); err != nil {
		return err
	}
	return p.recordBy(ctx, tx, d.Actor, event{verb: "hit.decided", subject: d.ID}, *d)
}

// decisionsBy returns a person's decisions on a pair in the order of their time.
func decisionsBy(ctx context.Context, tx store.Tx, of corvee.Decision) ([]corvee.Decision, error) {
	all, err := tx.Decisions(ctx)
	return slices.DeleteFunc(all, func(d corvee.Decision) bool {
		return d.Query != of.Query || d.Listing != of.Listing || d.Actor != of.Actor
	}), err
}

func known(ctx context.Context, tx store.Tx, actor string) error {
	actors, err := tx.Actors(ctx)
	if err != nil || slices.ContainsFunc(actors, func(a corvee.Actor) bool { return a.ID == actor }) {
		return err
	}
	return tx.PutActor(ctx, corvee.Actor{ID: actor, Name: actor})
}

// TakeBack removes a person's last decision on a hit and returns it; the one before counts
// again. The log keeps both. by is "" for the actor of the Pipeline. It returns ErrNotFound
// when that person has decided nothing about the hit.
func (p *Pipeline) TakeBack(ctx context.Context, on OnHit, by string) (d corvee.Decision, err error) {
	if by, err = p.by(ctx, by); err != nil {
		return d, err
	}
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		hit, err := hitOf(ctx, tx, on)
		if err != nil {
			return err
		}
		of := corvee.Decision{Query: decided.QueryKey(hit.Query), Listing: hit.Listing.ID, Actor: by}
		all, err := decisionsBy(ctx, tx, of)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fmt.Errorf("row %d, listing %s: nothing that %s decided: %w", on.Row, hit.Listing.ID, by, corvee.ErrNotFound)
		}
		d = all[len(all)-1]
		if err := tx.DeleteDecision(ctx, d.ID); err != nil {
			return err
		}
		return p.recordBy(ctx, tx, by, event{verb: "hit.withdrawn", subject: d.ID}, d)
	})
	return d, err
}

// bears reports whether a listing still has the name, the label and the programmes that a hit
// shows of it.
func bears(l corvee.Listing, h corvee.Hit) bool {
	return l.Kind == h.Listing.Kind && slices.Equal(l.Programs, h.Listing.Programs) &&
		slices.ContainsFunc(l.Names, func(n corvee.Name) bool { return n.Value == h.Matched })
}

func dateOr(d corvee.Date) string { return cmp.Or(d.String(), "no known date") }

// shows reports whether the base still shows of a hit all that its run showed; the date of
// the list's copy is not part of it.
func (m *moment) shows(hit corvee.Hit) bool {
	for _, h := range m.index.Match(hit.Query, screen.Options{Limit: allHits}) {
		if h.Listing.ID == hit.Listing.ID {
			h.Listing.ListDate = hit.Listing.ListDate
			seen := func(h corvee.Hit) any { return []any{h.Listing, h.Matched, h.Band, h.Score, h.Tokens, h.Facts} }
			return reflect.DeepEqual(seen(h), seen(hit))
		}
	}
	return false
}

// allHits is more hits than a party has.
const allHits = 1000

// hitOf finds a hit in the result of its run.
func hitOf(ctx context.Context, tx store.Tx, on OnHit) (corvee.Hit, error) {
	var found []corvee.Hit
	for m, err := range tx.RunResult(ctx, on.Run) {
		switch {
		case err != nil:
			return corvee.Hit{}, fmt.Errorf("run %s: %w", on.Run, err)
		case m.Hit == nil || m.Hit.Row != on.Row:
			continue
		case m.Hit.Listing.ID == on.Listing:
			return *m.Hit, nil
		case m.Hit.Listing.SourceID == on.Listing:
			found = append(found, *m.Hit)
		}
	}
	switch len(found) {
	case 0:
		return corvee.Hit{}, fmt.Errorf("run %s, row %d: no hit on listing %q: %w", on.Run, on.Row, on.Listing, corvee.ErrNotFound)
	case 1:
		return found[0], nil
	}
	return corvee.Hit{}, fmt.Errorf("%w: row %d has %d hits on a listing no. %s: give its id, such as %s",
		corvee.ErrInvalid, on.Row, len(found), on.Listing, found[0].Listing.ID)
}

// content returns a listing as it now stands.
func content(ctx context.Context, tx store.Tx, e evident.Evidence, id string) (corvee.Listing, error) {
	if l, ok := e.Content(id); ok {
		return l, nil
	}
	return tx.Listing(ctx, id)
}

// decisionsUntil returns what people have decided up to a time; all of it for none.
func decisionsUntil(ctx context.Context, tx store.Tx, e evident.Evidence, until time.Time) (decided.Decisions, error) {
	all, err := tx.Decisions(ctx)
	if err != nil {
		return decided.Decisions{}, err
	}
	if !until.IsZero() {
		all = slices.DeleteFunc(all, func(d corvee.Decision) bool { return d.At.After(until) })
	}
	settings, err := settingsOf(ctx, tx)
	if err != nil {
		return decided.Decisions{}, err
	}
	now := func(id string) (corvee.Listing, bool) {
		l, err := content(ctx, tx, e, id)
		return l, err == nil
	}
	return decided.New(all, now, settings.TwoForSame), nil
}
