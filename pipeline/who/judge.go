package who

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline"
	"corvee/store"
)

// Say is what a person says of two parties. Anyway keeps it although it contradicts what was
// said before; without it such a word is refused with what it contradicts.
type Say struct {
	Word   corvee.JudgementWord
	Reason string
	Anyway bool
}

// Result is what a judgement came to: the judgement, and the parties as they now are. Held
// are the joins that a "not the same" holds apart since.
type Result struct {
	Judgement   store.PartyJudgement
	Left, Right corroborate.Entity
	Held        []corroborate.PartyHeld
}

// Judge keeps a person's word on two parties, each by id or name; where they are the same the
// first keeps its id and the other's leads to it. It returns corvee.ErrInvalid for a word
// without a reason and for two that are one already, corvee.ErrInconsistent where the word
// contradicts one that stands: a join of what was judged not the same.
func Judge(ctx context.Context, p *pipeline.Pipeline, left, right string, say Say) (Result, error) {
	if say.Reason = strings.TrimSpace(say.Reason); say.Reason == "" && say.Word != corvee.JudgementUnsure {
		return Result{}, fmt.Errorf("%w: %s needs a reason that another person can check", corvee.ErrInvalid, say.Word)
	}
	var out Result
	if err := p.Sorted(ctx); err != nil {
		return out, err
	}
	err := p.Store.Update(ctx, func(tx store.Tx) error {
		base, err := open(ctx, tx)
		if err != nil {
			return err
		}
		l, r, err := base.two(left, right, say)
		if err != nil {
			return err
		}
		j := store.PartyJudgement{Left: store.PartySide(l.side), Right: store.PartySide(r.side), Judgement: say.Word, Reason: say.Reason}
		if out.Judgement, err = keep(ctx, p, tx, j); err != nil {
			return err
		}
		base, err = open(ctx, tx)
		out.Left, _ = base.Entity(l.side.ID)
		out.Right, _ = base.Entity(r.side.ID)
		out.Held = base.Held()
		return err
	})
	return out, err
}

// open is Open without proposals, within a transaction.
func open(ctx context.Context, tx store.Tx) (Base, error) {
	named, said, err := pipeline.NamingsIn(ctx, tx)
	if err != nil {
		return Base{}, err
	}
	return Base{corroborate.PartiesOf(named, pipeline.Standing(said)), said}, nil
}

// two finds the two and warns of what the word contradicts.
func (b Base) two(left, right string, say Say) (l, r found, err error) {
	if l, err = b.find(left); err != nil {
		return l, r, err
	}
	if r, err = b.find(right); err != nil {
		return l, r, err
	}
	switch {
	case l.side.ID == r.side.ID:
		return l, r, fmt.Errorf("%w: %q and %q are one name of one party; a party is judged against another", corvee.ErrInvalid, left, right)
	case l.Kind != r.Kind:
		return l, r, fmt.Errorf("%w: %s is a %s and %s is a %s", corvee.ErrInvalid, l.Name, l.Kind, r.Name, r.Kind)
	case say.Word == corvee.JudgementSame && l.ID == r.ID:
		return l, r, fmt.Errorf("%w: %s and %s are one already (corvee who %s says why)", corvee.ErrInvalid, l.side.Name, r.side.Name, l.ID)
	case say.Word == corvee.JudgementSame && !say.Anyway:
		return l, r, b.warn(l.Entity, r.Entity)
	}
	return l, r, nil
}

// warn returns corvee.ErrInconsistent where a standing "not the same" lies between two entities.
func (b Base) warn(l, r corroborate.Entity) error {
	for _, j := range pipeline.Standing(b.Said) {
		if j.Word != corvee.JudgementDifferent {
			continue
		}
		x, ok1 := b.Entity(j.Left.ID)
		y, ok2 := b.Entity(j.Right.ID)
		if ok1 && ok2 && (x.ID == l.ID && y.ID == r.ID || x.ID == r.ID && y.ID == l.ID) {
			return fmt.Errorf("%w: %s judged %s and %s not the same (%s: %s); take that back first (corvee who undo %s), or say it anyway: as long as both stand, they stay apart",
				corvee.ErrInconsistent, j.Actor, j.Left.Name, j.Right.Name, j.ID, j.Reason, j.ID)
		}
	}
	return nil
}

const idBytes = 8

// keep appends a judgement with its event. What the payload tells goes when the judgement is
// dropped, so it is kept under its id.
func keep(ctx context.Context, p *pipeline.Pipeline, tx store.Tx, j store.PartyJudgement) (store.PartyJudgement, error) {
	id := make([]byte, idBytes)
	if _, err := io.ReadFull(p.Random, id); err != nil {
		return j, err
	}
	j.ID, j.Actor, j.At = "w"+hex.EncodeToString(id), p.Actor, p.Clock().UTC().Truncate(time.Microsecond)
	kept, err := tx.AddPartyJudgement(ctx, j)
	if err != nil {
		return j, err
	}
	return kept, p.Record(ctx, tx, "who."+string(j.Judgement), j.ID, j.ID, kept)
}

// Undo takes back a judgement by its id, or for "" the last that this actor said and that
// stands; again and again, back to the first. The log keeps both.
func Undo(ctx context.Context, p *pipeline.Pipeline, id string) (store.PartyJudgement, error) {
	var j store.PartyJudgement
	err := p.Store.Update(ctx, func(tx store.Tx) error {
		said, err := tx.PartyJudgements(ctx)
		if err != nil {
			return err
		}
		at := lastStanding(said, func(j store.PartyJudgement) bool {
			return id == "" && j.Actor == p.Actor || id != "" && j.ID == id
		})
		if at < 0 {
			return fmt.Errorf("%w: no judgement of who is who that stands%s", corvee.ErrNotFound, named(id))
		}
		if j, err = tx.UndoPartyJudgement(ctx, said[at].ID); err != nil {
			return err
		}
		return p.Record(ctx, tx, "who.undone", j.ID, j.ID, j)
	})
	return j, err
}

func named(id string) string {
	if id == "" {
		return " was said by this user"
	}
	return " has the id " + id
}

func lastStanding(said []store.PartyJudgement, is func(store.PartyJudgement) bool) int {
	for i, j := range slices.Backward(said) {
		if !j.Undone && is(j) {
			return i
		}
	}
	return -1
}
