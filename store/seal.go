package store

import (
	"context"
	"time"
)

// Sealing keeps reports of which nothing can be read without a key. The base never sees the
// key: it gives out all that hangs on a report as bytes, lets go of it, and takes the same
// bytes back.
type Sealing interface {
	// Lift returns everything that the base keeps of a report, by its full id, as bytes
	// that Lay understands, in either database and in a later schema.
	// Of parties that it alone names, the decisions, alerts and results of runs are with it.
	Lift(ctx context.Context, report string, parties ...Party) ([]byte, error)
	// PutAway removes a report as DeleteReport does, with a sealed report in place of the
	// tombstone. Its inputs keep their place and state and name the code.
	PutAway(ctx context.Context, report string, s Sealed, parties ...Party) error
	// Lay puts back what Lift returned and removes the sealed report of the code:
	// corvee.ErrConflict if the same report has come in again meanwhile. Verdicts, alerts
	// and payloads keep their numbers, inputs their place.
	Lay(ctx context.Context, code string, lifted []byte) error
	// PutSealed replaces what is said of a sealed report.
	PutSealed(ctx context.Context, s Sealed) error
	// Sealed are the sealed reports, ordered by time, then code.
	Sealed(ctx context.Context) ([]Sealed, error)
	// DeleteSealed removes a sealed report, without a key, and leaves a tombstone.
	DeleteSealed(ctx context.Context, code string, tombstone Tombstone) error
}

// Party is a party that claims of a report name, by its id and name in the evidence base.
type Party struct{ ID, Name string }

// SealState is how far a sealing has come.
type SealState string

// The states of a sealed report. In closing and opening, originals lie open in the vault,
// named in Stray; what was cut off there is finished by closing it.
const (
	SealClosing SealState = "closing"
	SealClosed  SealState = "sealed"
	SealOpening SealState = "opening"
)

// Sealed is all that shows of a sealed report without a key.
type Sealed struct {
	Code       string    `json:"-"`
	At         time.Time `json:"-"`
	Actor      string    `json:"actor"`
	Collection string    `json:"collection"`
	State      SealState `json:"state"`
	Bundle     string    `json:"bundle"` // in the vault: what only a key opens
	// Stray are the ids of originals that lie open in the vault for the moment.
	Stray []string `json:"stray,omitempty"`
	// Since is when the state began, Token which process began an opening.
	Since time.Time `json:"since"`
	Token string    `json:"token,omitempty"`
}
