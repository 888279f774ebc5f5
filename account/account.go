// Package account knows who may sign in to a base and what each may do there.
//
// What comes in: names, passwords, one-time codes, secrets that somebody shows. What goes
// out: a Person with rights, or a refusal that does not tell what was wrong. Its one idea:
// the base keeps what proves a secret and never the secret, and every right is asked for by
// a role within collections, so that nothing is open because it was forgotten.
//
// No password is there before somebody sets it: a new account has a set-up secret, which is
// shown once to the administrator and works once within a week.
package account

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"corvee"
	"corvee/store"
)

// Config is what accounts work with. Clock and Random are passed in; Cost is DefaultCost
// where it is zero.
type Config struct {
	Store  store.Store
	Clock  func() time.Time
	Random io.Reader
	Cost   Cost
}

// Accounts are those of one base. It is safe for concurrent use.
type Accounts struct {
	Config
	hashing chan struct{} // one at a time: each takes Cost.MemoryKiB
	tries   *bucket
}

// New returns the accounts of a base.
func New(c Config) *Accounts {
	if c.Cost == (Cost{}) {
		c.Cost = DefaultCost()
	}
	return &Accounts{c, make(chan struct{}, 1), newBucket(c.Clock)}
}

// Role is what somebody may do in a collection. Each role may do what those before it may.
type Role string

// The roles, weakest first.
const (
	Reader   Role = "reader"   // sees
	Reviewer Role = "reviewer" // judges claims and hits
	Editor   Role = "editor"   // reads reports in, screens, shows people, lets out small counts
	Admin    Role = "admin"    // settings of the base
)

// Roles returns the roles, weakest first.
func Roles() []Role { return []Role{Reader, Reviewer, Editor, Admin} }

// rank is 0 for what is no role.
func (r Role) rank() int { return slices.Index(Roles(), r) + 1 }

// Covers reports whether who has a role may do what needs another.
func (r Role) Covers(need Role) bool {
	return r.rank() > 0 && need.rank() > 0 && r.rank() >= need.rank()
}

// Person is somebody who was let in.
type Person struct {
	ID     string // of the account and the actor
	Grants map[string]Role
	Pass   string   // the id of the session or token
	Scopes []string // of a token; nil for a session, which may do all that the person may
}

// Within returns the collections in which a person has a role, in order; all is true where
// that is every one.
func (p Person) Within(need Role) (collections []string, all bool) {
	for collection, role := range p.Grants {
		if !role.Covers(need) {
			continue
		}
		if collection == store.AllCollections {
			return nil, true
		}
		collections = append(collections, collection)
	}
	slices.Sort(collections)
	return collections, false
}

// Enter returns a context that sees the collections in which a person has a role. It returns
// corvee.ErrForbidden for a person who has it in none.
func (p Person) Enter(ctx context.Context, need Role) (context.Context, error) {
	collections, all := p.Within(need)
	switch {
	case all:
		return ctx, nil
	case len(collections) == 0:
		return ctx, fmt.Errorf("%w: this needs the role %s, which %s has in no collection", corvee.ErrForbidden, need, p.ID)
	}
	return store.Within(ctx, collections), nil
}

// The scopes of a token.
const (
	ScopeRead   = "read"   // GET
	ScopeScreen = "screen" // names and tables
	ScopeReview = "review" // decisions
)

// Scopes returns the scopes that a token may have.
func Scopes() []string { return []string{ScopeRead, ScopeScreen, ScopeReview} }

// Holds reports whether a person came with a pass that is good for a scope.
func (p Person) Holds(scope string) bool { return p.Scopes == nil || slices.Contains(p.Scopes, scope) }

// plain is the form of an account's name: it stands in addresses, in the log for good and on
// pages beside Hangul and Hanzi, where look-alikes must not pass for one another.
var plain = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]$`)

// CheckName returns corvee.ErrInvalid for what cannot be the name of an account.
func CheckName(name string) error {
	if !plain.MatchString(name) || name == corvee.LocalActor {
		return fmt.Errorf("%w: the name %.40q of an account has 3 to 32 of a-z, 0-9, dot, dash and line, begins and ends with a letter or digit, and is not %q",
			corvee.ErrInvalid, name, corvee.LocalActor)
	}
	return nil
}

func grantsOf(a store.Account) map[string]Role {
	out := map[string]Role{}
	for collection, role := range a.Grants {
		out[collection] = Role(role)
	}
	return out
}
