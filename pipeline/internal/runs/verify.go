package runs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"corvee"
	"corvee/pipeline/internal/proof"
	"corvee/pipeline/internal/since"
	"corvee/screen"
	"corvee/store"
)

// Proof is what came of doing a run again without keeping it.
type Proof struct {
	Run corvee.Run `json:"run"`
	// Kept says that the base still holds the very result that the run came to.
	Kept bool `json:"kept"`
	// Identical says that the table against the base of today gives the same bytes.
	Identical bool `json:"identical"`
	// Changed names each side that is no longer what the run saw.
	Changed []string `json:"changed"`
	// Differences are the hits that are different for it.
	Differences []corvee.Change `json:"differences"`
}

// Verify does a finished run again, keeps nothing, and says whether the result is the same
// to the byte, and where it is not, which side changed. Decisions that people have made since
// do not count. table is the run's, nil for the copy that the base kept. It returns
// ErrNotFound for a run or a table that is not there, ErrInvalid for another table.
func (b Base) Verify(ctx context.Context, id string, table io.ReadSeeker) (Proof, error) {
	run, err := b.finished(ctx, id)
	if err != nil {
		return Proof{}, err
	}
	out := Proof{Run: run}
	if table == nil {
		if table, err = b.keptTable(ctx, run); err != nil {
			return out, err
		}
	} else if err := isTableOf(run, table); err != nil {
		return out, err
	}
	before := since.Hits{}
	was, err := b.resultDigest(ctx, id, before)
	if err != nil {
		return out, err
	}
	now, err := b.momentOf(ctx, run)
	if err != nil {
		return out, err
	}
	after := since.Hits{}
	is, err := b.again(ctx, run, now, table, after)
	if err != nil {
		return out, err
	}
	out.Kept, out.Identical = was == run.ResultHash, is == run.ResultHash
	out.Changed = proof.Changed(run, now.Lists, b.sides(now))
	out.Differences = since.Compare(before, after)
	return out, nil
}

// momentOf is the base of today with the decisions of the run's day.
func (b Base) momentOf(ctx context.Context, run corvee.Run) (Moment, error) {
	now, err := b.Moment(ctx)
	if err != nil {
		return now, err
	}
	now.Decided, err = b.Until(ctx, now, run.At)
	return now, err
}

// resultDigest hashes the result that the base holds, and gathers its hits.
func (b Base) resultDigest(ctx context.Context, id string, hits since.Hits) (string, error) {
	sum := sha256.New()
	lines := corvee.NewEncoder(sum)
	err := b.Store.View(ctx, func(tx store.Tx) error {
		for m, err := range tx.RunResult(ctx, id) {
			if err != nil {
				return err
			}
			if m.Hit != nil {
				hits.Add(*m.Hit)
			}
			if err := lines.Encode(m); err != nil {
				return err
			}
		}
		return nil
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}

// again screens a table as a run did, gathers the hits and returns the digest.
func (b Base) again(ctx context.Context, run corvee.Run, now Moment, table io.Reader, hits since.Hits) (string, error) {
	o := optionsOf(run)
	t, err := screen.OpenTable(run.Input, table, o.Table)
	if err != nil {
		return "", err
	}
	s := newKeptRun(b, now, o, func(m corvee.Message) error {
		if m.Hit != nil {
			hits.Add(*m.Hit)
		}
		return nil
	})
	s.dry = true
	err = s.rest(ctx, t)
	return hex.EncodeToString(s.digest.Sum(nil)), err
}

func isTableOf(run corvee.Run, r io.ReadSeeker) error {
	hash, err := InputHash(r)
	if err == nil {
		_, err = r.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("table of run %s: %w", run.ID, err)
	}
	if hash != run.InputHash {
		return fmt.Errorf("%w: the file is not the table of run %s, %s with SHA-256 %s…: give that file, or screen this one as a new table",
			corvee.ErrInvalid, run.ID, run.Input, run.InputHash[:min(12, len(run.InputHash))])
	}
	return nil
}

// keptTable returns the copy of a run's table that the base kept: of one that was handed in
// over HTTP. A table that was screened from a file stays where it is.
func (b Base) keptTable(ctx context.Context, run corvee.Run) (*bytes.Reader, error) {
	raw, err := b.Vault.Get(ctx, "sha256:"+run.InputHash)
	if errors.Is(err, corvee.ErrNotFound) || errors.Is(err, corvee.ErrInvalid) {
		return nil, fmt.Errorf("%w: the table of run %s is not kept here: give the file %s", corvee.ErrNotFound, run.ID, run.Input)
	}
	return bytes.NewReader(raw), err
}
