package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline/internal/decided"
	"corvee/pipeline/internal/evident"
	"corvee/screen"
	"corvee/store"
)

// moment is what screening knows of the base after one event: the lists and the parties
// that reports name in one index, and the claims behind them. It is immutable.
type moment struct {
	seq      int64         // the last event that it knows of
	official *screen.Index // of the lists alone
	listed   string        // key of official
	index    *screen.Index // official, with the reported parties over it
	reported string        // key of those parties
	evidence evident.Evidence
	lists    []corvee.ListVersion
	decided  decided.Decisions
}

// moment returns the base as it now stands for screening. Nothing is read again while no
// event has happened; the lists are indexed anew only when one of them changed, and a new
// party that a report names is added over them.
func (p *Pipeline) moment(ctx context.Context) (*moment, error) {
	if _, limited := store.Scope(ctx); limited { // it is kept for all who ask after
		return nil, fmt.Errorf("%w: screening weighs every collection; this needs a role in all of them", corvee.ErrForbidden)
	}
	p.known.Lock()
	defer p.known.Unlock()
	last := p.known.moment
	seq, reported, err := p.lastSeq(ctx, last)
	if err != nil || last != nil && last.seq == seq {
		return last, err
	}
	now := &moment{seq: seq}
	if last != nil && !reported {
		now.evidence = last.evidence
	} else {
		if now.evidence, err = p.evidence(ctx); err != nil {
			return nil, err
		}
	}
	err = p.look(ctx, now, last)
	if err != nil {
		return nil, err
	}
	p.known.moment = now
	return now, nil
}

// evidence is read from the subjects of the reports, not from the reports.
func (p *Pipeline) evidence(ctx context.Context) (evident.Evidence, error) {
	parties, err := p.SubjectRows(ctx, store.AboutParty)
	if err != nil {
		return evident.Evidence{}, err
	}
	activities, err := p.SubjectRows(ctx, store.AboutActivity)
	later := context.WithoutCancel(ctx) // what a moment knows outlives the question that made it
	return evident.New(parties, activities, func(names []string) ([]corroborate.Document, error) {
		return p.About(later, store.AboutParty, names...)
	}), err
}

// lastSeq asks only for what came after the known moment. It reports whether any of it may
// have touched reports and claims: lists, runs and decisions do not.
func (p *Pipeline) lastSeq(ctx context.Context, known *moment) (seq int64, reported bool, err error) {
	if known != nil {
		seq = known.seq
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		for e, err := range tx.Events(ctx, seq) {
			if err != nil {
				return err
			}
			seq = e.Seq
			of, _, _ := strings.Cut(e.Verb, ".")
			reported = reported || !slices.Contains([]string{"list", "run", "hit", "setting", "rates", "export", "who"}, of)
		}
		return nil
	})
	return seq, reported, err
}

// look fills in what stands beside the evidence.
func (p *Pipeline) look(ctx context.Context, now, last *moment) error {
	return p.Store.View(ctx, func(tx store.Tx) (err error) {
		if now.lists, err = tx.ListVersions(ctx); err != nil {
			return err
		}
		if now.decided, err = decisionsUntil(ctx, tx, now.evidence, time.Time{}); err != nil {
			return err
		}
		return p.indexed(ctx, tx, now, last)
	})
}

// indexed gives the moment its index, with what of the last one still holds.
func (p *Pipeline) indexed(ctx context.Context, tx store.Tx, now, last *moment) (err error) {
	now.listed, now.reported = p.listsKey(now.lists), partiesKey(now.evidence.Parties())
	switch {
	case last == nil || last.listed != now.listed:
		if now.official, err = p.officialIndex(now, tx.Listings(ctx)); err != nil {
			return err
		}
	case last.reported == now.reported:
		now.official, now.index = last.official, last.index
		return nil
	default:
		now.official = last.official
	}
	now.index = now.official.With(slices.Values(now.evidence.Parties()))
	return nil
}

func (p *Pipeline) forgetMoment() {
	p.known.Lock()
	defer p.known.Unlock()
	p.known.moment = nil
}

// listsKey stands for everything that the index of the lists is made of.
func (p *Pipeline) listsKey(versions []corvee.ListVersion) string {
	key := sha256.New()
	fmt.Fprintf(key, "%q\n", p.Version)
	for _, v := range versions {
		fmt.Fprintf(key, "%q %q\n", v.List, v.SHA256)
	}
	return hex.EncodeToString(key.Sum(nil))
}

func partiesKey(parties []corvee.Listing) string {
	key := sha256.New()
	_ = json.NewEncoder(key).Encode(parties) // plain texts into a hash
	return hex.EncodeToString(key.Sum(nil))
}

// officialIndex opens the kept index of the lists, else builds and keeps it. One that
// cannot be opened is no error: it is of another program or damaged, and the lists are
// here. What reports say is never in it, so a purge has nothing to remove there.
func (p *Pipeline) officialIndex(now *moment, listings iter.Seq2[corvee.Listing, error]) (*screen.Index, error) {
	if len(now.lists) > 0 && p.LoadIndex != nil {
		if raw, ok := p.LoadIndex(now.listed); ok {
			if x, err := screen.Open(raw); err == nil {
				return x, nil
			}
		}
	}
	x, err := buildIndex(listings)
	if err == nil && len(now.lists) > 0 && p.SaveIndex != nil {
		p.SaveIndex(now.listed, x.Save)
	}
	return x, err
}

func buildIndex(listings iter.Seq2[corvee.Listing, error]) (*screen.Index, error) {
	var failed error
	x := screen.Build(func(yield func(corvee.Listing) bool) {
		for l, err := range listings {
			if failed = err; err != nil || !yield(l) {
				return
			}
		}
	}, screen.DefaultWeights())
	return x, failed
}
