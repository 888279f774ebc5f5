package store

import (
	"context"
	"time"

	"corvee"
)

// Who keeps what people judged of who is who.
type Who interface {
	// AddPartyJudgement appends a judgement and returns it with its Seq.
	AddPartyJudgement(ctx context.Context, j PartyJudgement) (PartyJudgement, error)
	// PartyJudgements are ordered by Seq, undone ones included.
	PartyJudgements(ctx context.Context) ([]PartyJudgement, error)
	// UndoPartyJudgement marks the judgement of an id as undone and returns it;
	// corvee.ErrNotFound if none of it stands.
	UndoPartyJudgement(ctx context.Context, id string) (PartyJudgement, error)
	// DropPartyJudgement removes a judgement with the payloads of the events that were
	// appended under its id: what it was about has been purged.
	DropPartyJudgement(ctx context.Context, id string) error
}

// PartySide is one of the two parties of a judgement: the id that it had, and the name and
// place that it then had, so that it is found again when reading knows it better.
type PartySide struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	At   string `json:"at,omitempty"`
}

// PartyJudgement is one person's judgement on whether two parties are one. Judgements are
// appended; an undo marks the one that it takes back and deletes nothing. Where they are the
// same, Left keeps its id.
type PartyJudgement struct {
	ID        string               `json:"id"`
	Seq       int64                `json:"seq"`
	Left      PartySide            `json:"left"`
	Right     PartySide            `json:"right"`
	Judgement corvee.JudgementWord `json:"judgement"`
	Reason    string               `json:"reason,omitempty"`
	Actor     string               `json:"actor"`
	At        time.Time            `json:"at"`
	Undone    bool                 `json:"undone,omitempty"`
}
