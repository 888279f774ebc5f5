// Package who is the part of the suite that holds a base to what it keeps of who is who.
//
// What comes in: an empty base. What goes out: a verdict. Its one idea: a judgement is
// appended, an undo only marks it, and a purge leaves nothing of it.
package who

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corvee"
	"corvee/store"
)

type bench struct {
	*testing.T
	store.Store
	ctx context.Context
}

// Judgements holds a new, empty base to the judgements on parties.
func Judgements(ctx context.Context, t *testing.T, s store.Store) {
	t.Helper()
	b := &bench{t, s, ctx}
	first, second := judgement("one", corvee.JudgementSame), judgement("two", corvee.JudgementDifferent)
	b.same("PartyJudgements of a new base", b.all(), []store.PartyJudgement{})
	first.Seq, second.Seq = b.add(first).Seq, b.add(second).Seq
	if second.Seq <= first.Seq || first.Seq <= 0 {
		b.Errorf("Seqs = %d, %d; want them to rise", first.Seq, second.Seq)
	}
	b.same("PartyJudgements", b.all(), []store.PartyJudgement{first, second})
	b.refused(first)
	first.Undone = true
	b.same("UndoPartyJudgement", b.undo("one"), first)
	b.refuse("a second undo", corvee.ErrNotFound, func(tx store.Tx) error { _, err := tx.UndoPartyJudgement(b.ctx, "one"); return err })
	b.refuse("an undo of none", corvee.ErrNotFound, func(tx store.Tx) error { _, err := tx.UndoPartyJudgement(b.ctx, "none"); return err })
	b.same("PartyJudgements after an undo", b.all(), []store.PartyJudgement{first, second})
	b.dropped(first, second)
	failed := errors.New("no")
	if err := b.Update(b.ctx, func(tx store.Tx) error {
		_, err := tx.UndoPartyJudgement(b.ctx, "two")
		return errors.Join(err, failed)
	}); !errors.Is(err, failed) {
		b.Errorf("a failing transaction: %v", err)
	}
	b.same("PartyJudgements after a rollback", b.all(), []store.PartyJudgement{second})
}

func judgement(id string, word corvee.JudgementWord) store.PartyJudgement {
	return store.PartyJudgement{
		ID: id, Left: store.PartySide{ID: "CV-1", Name: "한빛 \x00", At: "CN/liaoning"}, Right: store.PartySide{ID: "CV-2 각", Name: "Hanbit <&>"},
		Judgement: word, Reason: "one door \x00", Actor: corvee.LocalActor, At: time.Date(2026, 11, 24, 9, 0, 7, 123456000, time.UTC),
	}
}

// refused tries what no base may take.
func (b *bench) refused(there store.PartyJudgement) {
	b.Helper()
	for name, by := range map[string]struct {
		want   error
		change func(*store.PartyJudgement)
	}{
		"no id":          {corvee.ErrInvalid, func(j *store.PartyJudgement) { j.ID = "" }},
		"a known id":     {corvee.ErrConflict, func(j *store.PartyJudgement) { j.ID = there.ID }},
		"no party":       {corvee.ErrInvalid, func(j *store.PartyJudgement) { j.Left.ID = "" }},
		"one party":      {corvee.ErrInvalid, func(j *store.PartyJudgement) { j.Right.ID = j.Left.ID }},
		"a key with NUL": {corvee.ErrInvalid, func(j *store.PartyJudgement) { j.Right.ID = "\x00" }},
		"another word":   {corvee.ErrInvalid, func(j *store.PartyJudgement) { j.Judgement = "perhaps" }},
		"no actor":       {corvee.ErrNotFound, func(j *store.PartyJudgement) { j.Actor = "nobody" }},
	} {
		j := judgement("bad", corvee.JudgementSame)
		by.change(&j)
		b.refuse("a judgement with "+name, by.want, func(tx store.Tx) error { _, err := tx.AddPartyJudgement(b.ctx, j); return err })
	}
	b.same("count after refusals", len(b.all()), 2)
}

// dropped: nothing of a dropped judgement is left, the chain goes on, and the others stay.
func (b *bench) dropped(gone, stays store.PartyJudgement) {
	b.Helper()
	b.event(gone.ID)
	b.event(stays.ID)
	b.update(func(tx store.Tx) error { return tx.DropPartyJudgement(b.ctx, gone.ID) })
	b.same("PartyJudgements after one was dropped", b.all(), []store.PartyJudgement{stays})
	b.view(func(tx store.Tx) error {
		if _, _, err := tx.Payload(b.ctx, 1); !errors.Is(err, corvee.ErrNotFound) {
			b.Errorf("payload of the dropped: %v", err)
		}
		_, payload, err := tx.Payload(b.ctx, 2)
		b.same("payload of the other", string(payload), "about "+stays.ID)
		return err
	})
	b.refuse("dropping it again", corvee.ErrNotFound, func(tx store.Tx) error { return tx.DropPartyJudgement(b.ctx, gone.ID) })
}

func (b *bench) event(about string) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		head, err := tx.LastEvent(b.ctx)
		if err != nil {
			return err
		}
		e := corvee.Event{Seq: head.Seq + 1, Prev: head.Hash, Hash: "hash of " + about, At: head.At.Add(time.Second), Actor: corvee.LocalActor, Verb: "who.judged"}
		return tx.AppendEvent(b.ctx, e, about, []byte("salt"), []byte("about "+about))
	})
}

func (b *bench) add(j store.PartyJudgement) (added store.PartyJudgement) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) { added, err = tx.AddPartyJudgement(b.ctx, j); return err })
	return added
}

func (b *bench) undo(id string) (undone store.PartyJudgement) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) { undone, err = tx.UndoPartyJudgement(b.ctx, id); return err })
	return undone
}

func (b *bench) all() (list []store.PartyJudgement) {
	b.Helper()
	b.view(func(tx store.Tx) (err error) { list, err = tx.PartyJudgements(b.ctx); return err })
	return list
}

func (b *bench) update(work func(tx store.Tx) error) {
	b.Helper()
	if err := b.Update(b.ctx, work); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) view(work func(tx store.Tx) error) {
	b.Helper()
	if err := b.View(b.ctx, work); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) refuse(what string, want error, work func(tx store.Tx) error) {
	b.Helper()
	if err := b.Update(b.ctx, work); !errors.Is(err, want) {
		b.Errorf("%s: %v, want %v", what, err, want)
	}
}

func (b *bench) same(what string, got, want any) {
	b.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		b.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
