package pipeline

import (
	"context"

	"corvee/corroborate"
	"corvee/pipeline/internal/about"
	"corvee/store"
)

// Namings returns what the reports of the base say of parties and places, and what people
// judged of who is who. It reads no text and no claim.
func (p *Pipeline) Namings(ctx context.Context) (named []corroborate.Naming, said []store.PartyJudgement, err error) {
	if err := p.sorted(ctx); err != nil {
		return nil, nil, err
	}
	err = p.Store.View(ctx, func(tx store.Tx) error {
		named, said, err = NamingsIn(ctx, tx)
		return err
	})
	return named, said, err
}

// Sorted makes sure that what every report is about is put, for who asks within a
// transaction.
func (p *Pipeline) Sorted(ctx context.Context) error { return p.sorted(ctx) }

// NamingsIn is Namings within a transaction on a base that is Sorted.
func NamingsIn(ctx context.Context, tx store.Tx) ([]corroborate.Naming, []store.PartyJudgement, error) {
	var named []corroborate.Naming
	for _, kind := range []store.SubjectKind{store.AboutParty, store.AboutPlace} {
		rows, err := tx.Subjects(ctx, kind)
		if err != nil {
			return nil, nil, err
		}
		named = append(named, about.Namings(rows)...)
	}
	said, err := tx.PartyJudgements(ctx)
	return named, said, err
}

// Standing returns the judgements of who is who that were not taken back, as corroborate
// takes them.
func Standing(said []store.PartyJudgement) (out []corroborate.PartyJudgement) {
	for _, j := range said {
		if !j.Undone {
			out = append(out, corroborate.PartyJudgement{
				ID: j.ID, Seq: j.Seq, Left: corroborate.PartySide(j.Left), Right: corroborate.PartySide(j.Right),
				Word: j.Judgement, Actor: j.Actor, Reason: j.Reason,
			})
		}
	}
	return out
}

// DropJudgements removes what people judged of parties that no report names any more: the
// names in it came from what was purged or sealed. The base is Sorted.
func (p *Pipeline) DropJudgements(ctx context.Context, tx store.Tx) error {
	named, said, err := NamingsIn(ctx, tx)
	if err != nil || len(said) == 0 {
		return err
	}
	left := corroborate.PartiesOf(named, nil)
	for _, j := range said {
		if left.Bound(corroborate.PartySide(j.Left)) && left.Bound(corroborate.PartySide(j.Right)) {
			continue
		}
		if err := tx.DropPartyJudgement(ctx, j.ID); err != nil {
			return err
		}
	}
	return nil
}
