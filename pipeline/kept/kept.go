// Package kept checks that a base is what it was: every original under its hash, every
// quote in its text, every event behind the one before.
//
// What comes in: a base. What goes out: nothing but the word that it holds. Its one idea: a
// copy that was not checked is no copy.
package kept

import (
	"context"
	"errors"
	"fmt"

	"corvee"
	"corvee/audit"
	"corvee/pipeline"
)

// Held is what a base that holds was found to hold.
type Held struct{ Originals, Events int }

// Check returns what a base holds, or corvee.ErrInconsistent for an original that is not
// what its hash says, a quote that is not in its text, or a chain that is broken.
func Check(ctx context.Context, p *pipeline.Pipeline) (held Held, err error) {
	for id, err := range p.Vault.All(ctx) {
		if err == nil {
			_, err = p.Vault.Get(ctx, id) // which checks the hash
		}
		if err != nil {
			return held, err
		}
		held.Originals++
	}
	held.Events, err = chain(ctx, p)
	return held, err
}

func chain(ctx context.Context, p *pipeline.Pipeline) (events int, err error) {
	bad, err := p.Store.Sweep(ctx)
	if err != nil {
		return 0, err
	}
	if len(bad) > 0 {
		return 0, fmt.Errorf("%w: %d claims whose quote is not in its text, the first %s", corvee.ErrInconsistent, len(bad), bad[0])
	}
	log, err := p.Events(ctx, 0)
	if err != nil {
		return 0, err
	}
	err = audit.Verify(func(yield func(corvee.Event, error) bool) {
		for _, e := range log {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		return 0, errors.Join(corvee.ErrInconsistent, err)
	}
	return len(log), nil
}
