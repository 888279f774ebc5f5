// Package sealing makes reports unreadable to all but the holders of a key, and readable
// again.
//
// What comes in: a report and age recipients; later its code and an identity. What goes
// out: a sealed report, of which a code and a state show; later the same bytes, claims and
// verdicts. Its one idea: everything of a report leaves the base in one transaction, after
// its sealed bytes are on the disk and before its open ones are erased, so that a crash
// leaves the one state or the other whole; what lies open meanwhile is named, and closed by
// whoever comes next.
package sealing

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/internal/traces"
	"corvee/store"
)

// Result is a sealed report and what of it stays readable elsewhere.
type Result struct {
	store.Sealed
	// Beside are open reports whose originals hold this one's bytes or stand in them: the
	// mail of an attachment, the attachments of a mail.
	Beside []string
}

// Seal seals a report, by its id or the beginning of it, to age recipients (age1…).
func Seal(ctx context.Context, p *pipeline.Pipeline, report string, to []string) (Result, error) {
	if len(to) == 0 {
		return Result{}, fmt.Errorf("%w: name who may open it: --to age1…", corvee.ErrInvalid)
	}
	view, err := p.Report(ctx, report)
	if err != nil {
		return Result{}, err
	}
	if err := p.Sorted(ctx); err != nil {
		return Result{}, err
	}
	b, err := gather(ctx, p, view.Report.ID)
	if err != nil {
		return Result{}, err
	}
	raw, err := b.seal(to)
	if err != nil {
		return Result{}, err
	}
	out := Result{Sealed: store.Sealed{At: now(p), Since: now(p), Actor: p.Actor, State: store.SealClosing, Stray: b.order}}
	if out.Code, err = random(p); err != nil {
		return out, err
	}
	if out.Beside, err = beside(ctx, p, view.Report.ID); err != nil {
		return out, err
	}
	if out.Bundle, err = p.Vault.Put(ctx, raw); err != nil {
		return out, err
	}
	if err := putAway(ctx, p, view.Report.ID, b.rows, out.Sealed); err != nil {
		return out, errors.Join(err, p.Vault.Delete(context.WithoutCancel(ctx), out.Bundle))
	}
	out.State, out.Stray = store.SealClosed, nil
	return out, settleOne(ctx, p, out.Code)
}

// gather collects what is sealed together. A damaged original is not sealed: it could not
// come back. An exchange that another sealed report took with it is there.
func gather(ctx context.Context, p *pipeline.Pipeline, report string) (bundle, error) {
	b := bundle{originals: map[string][]byte{}}
	ids := []string{report}
	err := p.Store.View(ctx, func(tx store.Tx) (err error) {
		parties, err := traces.Parties(ctx, tx, report)
		if err != nil {
			return err
		}
		if b.rows, err = tx.Lift(ctx, report, parties...); err != nil {
			return err
		}
		captures, err := tx.Captures(ctx, report)
		for _, c := range captures {
			if !slices.Contains(ids, c.Archive) {
				ids = append(ids, c.Archive)
			}
		}
		return err
	})
	if err != nil {
		return b, err
	}
	for _, id := range ids {
		original, err := p.Vault.Get(ctx, id)
		if errors.Is(err, corvee.ErrNotFound) {
			continue
		}
		if err != nil {
			return b, fmt.Errorf("seal: %w", err)
		}
		b.originals[id], b.order = original, append(b.order, id)
	}
	return b, nil
}

// putAway lets the base go of the report, unless it has changed since its rows were lifted.
func putAway(ctx context.Context, p *pipeline.Pipeline, report string, rows []byte, s store.Sealed) error {
	return p.Store.Update(ctx, func(tx store.Tx) error {
		parties, err := traces.Parties(ctx, tx, report)
		if err != nil {
			return err
		}
		again, err := tx.Lift(ctx, report, parties...)
		if err != nil {
			return err
		}
		if !bytes.Equal(rows, again) {
			return fmt.Errorf("seal: %w: somebody worked on the report meanwhile; nothing was sealed", corvee.ErrConflict)
		}
		if err := tx.PutAway(ctx, report, s, parties...); err != nil {
			return err
		}
		if err := p.DropJudgements(ctx, tx); err != nil {
			return err
		}
		return p.Record(ctx, tx, "report.sealed", s.Code, "", map[string]string{"bundle": s.Bundle})
	})
}

// beside returns the open reports that came from the same file.
func beside(ctx context.Context, p *pipeline.Pipeline, report string) (others []string, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		inputs, err := tx.Inputs(ctx)
		if err != nil {
			return err
		}
		var files []string
		for _, in := range inputs {
			if in.Report == report {
				files = append(files, intake.Outer(in.Origin))
			}
		}
		for _, in := range inputs {
			if in.Report != "" && in.Report != report && slices.Contains(files, intake.Outer(in.Origin)) && !slices.Contains(others, in.Report) {
				others = append(others, in.Report)
			}
		}
		return nil
	})
	return others, err
}

// Unseal brings a sealed report back with what an age identity file holds, and returns its
// id.
func Unseal(ctx context.Context, p *pipeline.Pipeline, code string, identities io.Reader) (report string, err error) {
	s, err := find(ctx, p, code)
	if err != nil {
		return "", err
	}
	if s.State != store.SealClosed {
		if err := settleOne(ctx, p, code); err != nil {
			return "", err
		}
	}
	raw, err := p.Vault.Get(ctx, s.Bundle)
	if err != nil {
		return "", err
	}
	b, err := open(raw, identities)
	if err != nil {
		return "", fmt.Errorf("sealed report %s: %w", code, err)
	}
	s.Stray = b.order
	if s.Token, err = begin(ctx, p, s); err != nil {
		return "", err
	}
	if err := lay(ctx, p, s, b); err != nil {
		return "", errors.Join(err, settleOne(context.WithoutCancel(ctx), p, code))
	}
	if len(b.order) > 0 {
		report = b.order[0]
	}
	if err := p.Vault.Delete(ctx, s.Bundle); err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return report, err
	}
	return report, nil
}

// begin says that originals are about to lie open, and which.
func begin(ctx context.Context, p *pipeline.Pipeline, s store.Sealed) (token string, err error) {
	if token, err = random(p); err != nil {
		return "", err
	}
	return token, change(ctx, p, s.Code, func(tx store.Tx, now *store.Sealed) error {
		if now.State != store.SealClosed {
			return fmt.Errorf("unseal: %w: another process is at %s", corvee.ErrConflict, s.Code)
		}
		if used, err := inUse(ctx, tx, s.Stray); err != nil || len(used) > 0 {
			return errors.Join(err, fmt.Errorf("unseal: %w: the same document has been read again since and lies open as %s; purge it first", corvee.ErrConflict, strings.Join(used, ", ")))
		}
		now.State, now.Token, now.Stray = store.SealOpening, token, s.Stray
		return nil
	})
}

func lay(ctx context.Context, p *pipeline.Pipeline, s store.Sealed, b bundle) error {
	for _, id := range b.order {
		if _, err := p.Vault.Put(ctx, b.originals[id]); err != nil {
			return err
		}
	}
	return p.Store.Update(ctx, func(tx store.Tx) error {
		now, err := findIn(ctx, tx, s.Code)
		if err != nil {
			return err
		}
		if now.State != store.SealOpening || now.Token != s.Token {
			return fmt.Errorf("unseal: %w: another process closed %s meanwhile", corvee.ErrConflict, s.Code)
		}
		if err := tx.Lay(ctx, s.Code, b.rows); err != nil {
			return err
		}
		return p.Record(ctx, tx, "report.unsealed", s.Code, "", nil)
	})
}

// List returns the sealed reports, the first sealed first.
func List(ctx context.Context, p *pipeline.Pipeline) (all []store.Sealed, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		all, err = tx.Sealed(ctx)
		return err
	})
	return all, err
}

// Saying returns an Emit that says in each summary how many reports are sealed.
func Saying(ctx context.Context, p *pipeline.Pipeline, emit pipeline.Emit) pipeline.Emit {
	return func(m corvee.Message) error {
		if m.Summary == nil {
			return emit(m)
		}
		all, err := List(ctx, p)
		if err != nil {
			return err
		}
		sum := *m.Summary
		sum.Sealed = len(all)
		return emit(corvee.Message{Summary: &sum})
	}
}

// Notice says that what sealed reports state is not counted; "" without one.
func Notice(ctx context.Context, p *pipeline.Pipeline) (string, error) {
	all, err := List(ctx, p)
	switch len(all) {
	case 0:
		return "", err
	case 1:
		return "1 report is sealed: what it states is not counted here", nil
	}
	return fmt.Sprintf("%d reports are sealed: what they state is not counted here", len(all)), nil
}

// Purge removes a sealed report for good. No key is needed.
func Purge(ctx context.Context, p *pipeline.Pipeline, code, reason string) (store.Tombstone, error) {
	s, err := find(ctx, p, code)
	if err != nil {
		return store.Tombstone{}, err
	}
	if err := settleOne(ctx, p, code); err != nil {
		return store.Tombstone{}, err
	}
	id, err := random(p)
	if err != nil {
		return store.Tombstone{}, err
	}
	stone := store.Tombstone{ID: "t" + id, At: now(p).UnixMicro(), Actor: p.Actor, Reason: reason}
	if err := p.Vault.Delete(ctx, s.Bundle); err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return stone, err
	}
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.DeleteSealed(ctx, code, stone); err != nil {
			return err
		}
		return p.Record(ctx, tx, "report.purged", stone.ID, "", map[string]string{"reason": reason})
	})
	if err != nil {
		return stone, err
	}
	return stone, p.Erase(ctx)
}

// Has reports whether a sealed report has this code.
func Has(ctx context.Context, p *pipeline.Pipeline, code string) (bool, error) {
	_, err := find(ctx, p, code)
	if errors.Is(err, corvee.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func find(ctx context.Context, p *pipeline.Pipeline, code string) (s store.Sealed, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		s, err = findIn(ctx, tx, code)
		return err
	})
	return s, err
}

func findIn(ctx context.Context, tx store.Tx, code string) (store.Sealed, error) {
	all, err := tx.Sealed(ctx)
	if err != nil {
		return store.Sealed{}, err
	}
	at := slices.IndexFunc(all, func(s store.Sealed) bool { return s.Code == code })
	if at < 0 {
		return store.Sealed{}, fmt.Errorf("sealed report %.40q: %w", code, corvee.ErrNotFound)
	}
	return all[at], nil
}

// codeBytes makes a code that no two reports of a base will share.
const codeBytes = 6

func random(p *pipeline.Pipeline) (string, error) {
	raw := make([]byte, codeBytes)
	if _, err := io.ReadFull(p.Random, raw); err != nil {
		return "", fmt.Errorf("a code for a sealed report: %w", err)
	}
	return "s" + hex.EncodeToString(raw), nil
}

func now(p *pipeline.Pipeline) time.Time { return p.Clock().UTC().Truncate(time.Microsecond) }
