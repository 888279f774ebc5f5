package store

import (
	"context"
	"slices"
	"time"

	"corvee"
)

// Accounts keeps who may sign in, and what lets them in. An account is named by the id of
// its actor.
type Accounts interface {
	// PutAccount adds or replaces an account by its id.
	PutAccount(ctx context.Context, a Account) error
	Account(ctx context.Context, id string) (Account, error)
	// Accounts are ordered by id.
	Accounts(ctx context.Context) ([]Account, error)
	// PutPass adds a pass, or replaces one by its id.
	PutPass(ctx context.Context, p Pass) error
	// PassOf returns the pass of a secret, by the hash of the secret.
	PassOf(ctx context.Context, hash string) (Pass, error)
	// Passes of an account, of every account for "", oldest first, then by id.
	Passes(ctx context.Context, account string) ([]Pass, error)
	// DeletePass removes a pass; corvee.ErrNotFound if it is not there.
	DeletePass(ctx context.Context, id string) error
	// DeletePasses removes the passes of an account, of every account for "", that are of a
	// kind, of every kind for "", and returns how many.
	DeletePasses(ctx context.Context, account, kind string) (int, error)
}

// Account is somebody who may sign in.
type Account struct {
	ID string `json:"-"`
	// Grants says the role in each collection; AllCollections stands for every one.
	Grants   map[string]string `json:"grants,omitempty"`
	Password string            `json:"password,omitempty"` // hashed, with its parameters; "" before set-up
	Code     []byte            `json:"code,omitempty"`     // the key of the one-time codes
	Step     int64             `json:"step,omitempty"`     // of the last code that was taken
	Disabled bool              `json:"disabled,omitempty"`
	Fails    int               `json:"fails,omitempty"` // since the last sign-in
	Wait     time.Time         `json:"wait,omitzero"`   // no try before this
	Made     time.Time         `json:"made"`
}

// In returns the collections in which the account has just this role, in order.
func (a Account) In(role string) (collections []string) {
	for c, r := range a.Grants {
		if r == role {
			collections = append(collections, c)
		}
	}
	slices.Sort(collections)
	return collections
}

// AllCollections grants a role in every collection, those to come included.
const AllCollections = "*"

// The kinds of pass.
const (
	PassSetUp   = "setup"   // sets password and code, once
	PassSession = "session" // of a browser
	PassToken   = "token"   // of a program
)

// Pass is what lets somebody in who shows its secret. The base keeps the hash alone.
type Pass struct {
	ID      string    `json:"-"`
	Account string    `json:"-"`
	Kind    string    `json:"-"`
	Hash    string    `json:"-"` // of the secret
	Made    time.Time `json:"-"`
	Until   time.Time `json:"until"`
	Used    time.Time `json:"used,omitzero"` // to within minutes
	Scopes  []string  `json:"scopes,omitempty"`
	Note    string    `json:"note,omitempty"` // what a token is for
}

type scopeKey struct{}

// Within limits what a context's transactions see to some collections: reports outside
// them, with all that came of these, are not there, and what weighs every collection
// (runs, decisions, alerts, watches) is refused with ErrScope. No collection sees nothing.
func Within(ctx context.Context, collections []string) context.Context {
	return context.WithValue(ctx, scopeKey{}, append([]string{}, collections...))
}

// Unlimited returns a context that sees all again: for what a base does within one of its own
// methods, after it has asked whether the caller may.
func Unlimited(ctx context.Context) context.Context { return context.WithValue(ctx, scopeKey{}, nil) }

// Home returns the collection of what is new under a context that names none: the default,
// or, for a context that does not see it, the first of those that it sees.
func Home(ctx context.Context) string {
	collections, limited := Scope(ctx)
	if !limited || len(collections) == 0 || slices.Contains(collections, corvee.DefaultCollection) {
		return corvee.DefaultCollection
	}
	return collections[0]
}

// Scope returns the collections that a context is limited to; limited is false for one that
// sees all.
func Scope(ctx context.Context) (collections []string, limited bool) {
	collections, limited = ctx.Value(scopeKey{}).([]string)
	return collections, limited
}
