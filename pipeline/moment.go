package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"corvee"
	"corvee/screen"
	"corvee/store"
)

// moment is what screening knows of the base after one event: the lists and the parties
// that reports name in one index, and the claims behind them. It is immutable.
type moment struct {
	seq      int64 // the last event that it knows of
	key      string
	index    *screen.Index
	evidence evidence
	lists    []corvee.ListVersion
	decided  decisions
}

// moment returns the base as it now stands for screening. Nothing is read again while no
// event has happened, and the index is built anew only when a list or a party changed.
func (p *Pipeline) moment(ctx context.Context) (*moment, error) {
	p.known.Lock()
	defer p.known.Unlock()
	last := p.known.moment
	seq, err := p.lastSeq(ctx, last)
	if err != nil || last != nil && last.seq == seq {
		return last, err
	}
	now, err := p.look(ctx, seq, last)
	if err == nil {
		p.known.moment = now
	}
	return now, err
}

// lastSeq asks only for what came after the known moment.
func (p *Pipeline) lastSeq(ctx context.Context, known *moment) (seq int64, err error) {
	if known != nil {
		seq = known.seq
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		for e, err := range tx.Events(ctx, seq) {
			if err != nil {
				return err
			}
			seq = e.Seq
		}
		return nil
	})
	return seq, err
}

func (p *Pipeline) look(ctx context.Context, seq int64, last *moment) (*moment, error) {
	now := &moment{seq: seq}
	var err error
	if now.evidence, err = p.evidence(ctx); err != nil {
		return nil, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		if now.lists, err = tx.ListVersions(ctx); err != nil {
			return err
		}
		if now.decided, err = now.evidence.decisions(ctx, tx); err != nil {
			return err
		}
		if now.key = indexKey(now.lists, now.evidence.parties); last != nil && last.key == now.key {
			now.index = last.index
			return nil
		}
		now.index, err = buildIndex(tx.Listings(ctx), now.evidence.parties)
		return err
	})
	return now, err
}

func (p *Pipeline) forgetMoment() {
	p.known.Lock()
	defer p.known.Unlock()
	p.known.moment = nil
}

func indexKey(versions []corvee.ListVersion, parties []corvee.Listing) string {
	var key bytes.Buffer
	for _, v := range versions {
		fmt.Fprintln(&key, v.List, v.SHA256)
	}
	_ = json.NewEncoder(&key).Encode(parties)
	return key.String()
}

func buildIndex(listings iter.Seq2[corvee.Listing, error], parties []corvee.Listing) (*screen.Index, error) {
	var failed error
	all := func(yield func(corvee.Listing) bool) {
		for l, err := range listings {
			if err != nil {
				failed = err
				return
			}
			if !yield(l) {
				return
			}
		}
		for _, l := range parties {
			if !yield(l) {
				return
			}
		}
	}
	return screen.Build(all, screen.DefaultWeights()), failed
}
