// Package pipeline holds the use cases: ingest, judge, purge, import lists, screen.
//
// What comes in: paths, decisions, tables. What goes out: messages of the corvee/1 stream
// and views for pages. Its one idea: the stages are pure and know nothing of one another;
// only here are they put in a row, loaded, saved and told of in the log, each act in one
// transaction with its event.
package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"corvee"
	"corvee/audit"
	"corvee/intake"
	"corvee/read"
	"corvee/store"
	"corvee/vault"
)

// Config is what a Pipeline works with. Clock and Random are passed in, so that a test
// can hold them still.
type Config struct {
	Store   store.Store
	Vault   *vault.Vault
	Intake  *intake.Intake
	Reader  *read.Reader
	Clock   func() time.Time
	Random  io.Reader
	Actor   string
	Version string
	// LoadIndex and SaveIndex keep the index of the lists between runs; nil keeps nothing.
	// The key stands for the lists: what was saved under another must not be given. Saving
	// may fail: the next run builds again.
	LoadIndex func(key string) (saved []byte, ok bool)
	SaveIndex func(key string, write func(io.Writer) error)
}

// Pipeline runs the use cases on one base. It is safe for concurrent use.
type Pipeline struct {
	Config
	known struct {
		sync.Mutex
		moment *moment
	}
}

// Emit takes the messages of a use case in order; its error ends the use case.
type Emit func(corvee.Message) error

// New returns a Pipeline on a base and makes sure of its actor and its default collection.
func New(ctx context.Context, c Config) (*Pipeline, error) {
	p := &Pipeline{Config: c}
	ready, err := p.settled(ctx)
	if err != nil || ready {
		return p, err
	}
	return p, c.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutActor(ctx, corvee.Actor{ID: c.Actor, Name: c.Actor}); err != nil {
			return err
		}
		return tx.PutCollection(ctx, corvee.Collection{ID: corvee.DefaultCollection, Name: "Default"})
	})
}

// settled reports whether the base knows the actor: a command that only asks writes
// nothing.
func (p *Pipeline) settled(ctx context.Context) (ready bool, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		actors, err := tx.Actors(ctx)
		ready = slices.ContainsFunc(actors, func(a corvee.Actor) bool { return a.ID == p.Actor })
		return err
	})
	return ready, err
}

// Configuration returns the first message of a stream that this Pipeline makes.
func (p *Pipeline) Configuration(settings map[string]string) corvee.Message {
	return corvee.Message{Config: &corvee.Config{
		Protocol: corvee.Protocol, Version: p.Version, Rules: p.Reader.Version(),
		Settings: settings, Notice: corvee.Notice,
	}}
}

const saltBytes = 16

// record appends one event to the chain. The subject must not identify a document: what
// does belongs into the payload, which a purge of report empties.
func (p *Pipeline) record(ctx context.Context, tx store.Tx, verb, subject, report string, payload any) error {
	return p.recordBy(ctx, tx, p.By(ctx), event{verb, subject, report}, payload)
}

type event struct{ verb, subject, report string }

// recordBy is record of what another person did.
func (p *Pipeline) recordBy(ctx context.Context, tx store.Tx, actor string, e event, payload any) error {
	raw, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.verb, err)
	}
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(p.Random, salt); err != nil {
		return fmt.Errorf("event %s: salt: %w", e.verb, err)
	}
	head, err := tx.LastEvent(ctx)
	if err != nil {
		return err
	}
	sealed := audit.Seal(head, corvee.Event{
		At: p.now(), Actor: actor, Collection: into(ctx),
		Verb: e.verb, Subject: e.subject, PayloadHash: audit.PayloadHash(salt, raw),
	})
	return tx.AppendEvent(ctx, sealed, e.report, salt, raw)
}

// now is the clock at the precision that both databases keep.
func (p *Pipeline) now() time.Time { return p.Clock().UTC().Truncate(time.Microsecond) }
