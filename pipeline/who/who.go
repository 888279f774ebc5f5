// Package who is who is who in a base: what reports name in, entities and proposals out, and
// what people judge of them kept.
//
// What comes in: an id or a name, and a person's word. What goes out: parties with all that
// they are called, why, and who may be whom. Its one idea: nothing is joined for good; a
// judgement is an event that can be taken back, and "not the same" holds against every later
// rule and proposal until somebody takes it back.
package who

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline"
	"corvee/store"
)

// Base is who is who in a base at one moment, with what people judged.
type Base struct {
	*corroborate.Parties
	Said []store.PartyJudgement // undone ones included
}

// Open resolves the whole base.
func Open(ctx context.Context, p *pipeline.Pipeline) (Base, error) {
	named, said, err := p.Namings(ctx)
	if err != nil {
		return Base{}, err
	}
	return Base{corroborate.WhoIsWho(named, pipeline.Standing(said)), said}, nil
}

// Parties is Open without proposals, for who only asks whom a report means.
func Parties(ctx context.Context, p *pipeline.Pipeline) (*corroborate.Parties, error) {
	named, said, err := p.Namings(ctx)
	if err != nil {
		return nil, err
	}
	return corroborate.PartiesOf(named, pipeline.Standing(said)), nil
}

// Judgements returns what people judged, in the order in which they said it; what was taken
// back is marked.
func Judgements(ctx context.Context, p *pipeline.Pipeline) (said []store.PartyJudgement, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		said, err = tx.PartyJudgements(ctx)
		return err
	})
	return said, err
}

// found is whom a word of the user leads to: an entity, and which of its members was meant.
type found struct {
	corroborate.Entity
	side corroborate.PartySide
}

// Find returns the entity of an id, however it is typed, or of a name that only one entity
// bears; corvee.ErrNotFound, or corvee.ErrInvalid for an id that was copied wrong and for a
// name that several bear, with theirs.
func (b Base) Find(ref string) (corroborate.Entity, error) {
	f, err := b.find(ref)
	return f.Entity, err
}

func (b Base) find(ref string) (found, error) {
	ref = strings.TrimSpace(ref)
	if corroborate.LooksLikePartyID(ref) {
		return b.byID(ref)
	}
	bearers := b.Bearing(ref)
	switch len(bearers) {
	case 0:
		return found{}, fmt.Errorf("%w: no report of this base names %q (corvee who lists whom they name)", corvee.ErrNotFound, ref)
	case 1:
		return found{bearers[0], sideOf(bearers[0], ref)}, nil
	}
	return found{}, Several(ref, bearers)
}

// Several is the error for a name that several bear; it is corvee.ErrInvalid.
func Several(name string, bearers []corroborate.Entity) error { return Ambiguous{name, bearers} }

// Ambiguous says that several bear a name: nobody is guessed.
type Ambiguous struct {
	Name    string
	Bearers []corroborate.Entity
}

func (a Ambiguous) Error() string {
	var list []string
	for _, e := range a.Bearers {
		list = append(list, e.Label(true))
	}
	return fmt.Sprintf("%v: %d bear the name %q; say which by its id: %s", corvee.ErrInvalid, len(a.Bearers), a.Name, strings.Join(list, "; "))
}

// Unwrap makes it corvee.ErrInvalid.
func (a Ambiguous) Unwrap() error { return corvee.ErrInvalid }

func (b Base) byID(typed string) (found, error) {
	id, ok := corroborate.ParsePartyID(typed)
	if !ok {
		return found{}, fmt.Errorf("%w: %s is no id that was given out: its check character does not hold, so a character is wrong or two are swapped", corvee.ErrInvalid, id)
	}
	e, ok := b.Entity(id)
	if !ok {
		return found{}, fmt.Errorf("%w: no report of this base names whoever %s is", corvee.ErrNotFound, id)
	}
	return found{e, sideOfHandle(e, func(h corroborate.Handle) bool { return h.ID == id })}, nil
}

func sideOf(e corroborate.Entity, name string) corroborate.PartySide {
	return sideOfHandle(e, func(h corroborate.Handle) bool { return slices.Contains(h.Names, name) })
}

// sideOfHandle is the member that was meant, else the one whose id the entity has.
func sideOfHandle(e corroborate.Entity, meant func(corroborate.Handle) bool) corroborate.PartySide {
	at := slices.IndexFunc(e.Members, meant)
	if at < 0 {
		at = slices.IndexFunc(e.Members, func(h corroborate.Handle) bool { return h.ID == e.ID })
	}
	h := e.Members[at]
	return corroborate.PartySide{ID: h.ID, Name: h.Name, At: h.At}
}
