package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"corvee"
	"corvee/audit"
	"corvee/store"
)

// setUpFor is how long a set-up secret is good.
const setUpFor = 7 * 24 * time.Hour

// Add makes an account with a role in a collection (store.AllCollections for every one) and
// returns its set-up secret, which is nowhere else. by is the actor who does it. It returns
// corvee.ErrConflict for a name that is taken.
func (a *Accounts) Add(ctx context.Context, by, name, collection string, role Role) (secret string, err error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	err = a.Store.Update(ctx, func(tx store.Tx) error {
		if err := free(ctx, tx, name); err != nil {
			return err
		}
		if err := tx.PutActor(ctx, corvee.Actor{ID: name, Name: name}); err != nil {
			return err
		}
		one := store.Account{ID: name, Grants: map[string]string{}, Made: a.now()}
		if err := a.grant(ctx, tx, &one, collection, role); err != nil {
			return err
		}
		if secret, err = a.setUp(ctx, tx, &one); err != nil {
			return err
		}
		return a.record(ctx, tx, by, "account.added", name, map[string]any{"collection": collection, "role": role})
	})
	return secret, err
}

// free refuses the name of an account and of an actor who has acted here already: what that
// one did would pass for the newcomer's.
func free(ctx context.Context, tx store.Tx, name string) error {
	actors, err := tx.Actors(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(actors, func(x corvee.Actor) bool { return x.ID == name }) {
		return fmt.Errorf("%w: somebody acts under the name %s in this base already; choose another", corvee.ErrConflict, name)
	}
	return nil
}

// setUp takes away what let somebody in, and gives the account a new key and set-up secret.
func (a *Accounts) setUp(ctx context.Context, tx store.Tx, one *store.Account) (secret string, err error) {
	if one.Code, err = a.bytes(keyBytes); err != nil {
		return "", err
	}
	one.Password, one.Step, one.Fails, one.Wait = "", 0, 0, time.Time{}
	if err := tx.PutAccount(ctx, *one); err != nil {
		return "", err
	}
	if _, err := tx.DeletePasses(ctx, one.ID, ""); err != nil {
		return "", err
	}
	secret, _, err = a.pass(ctx, tx, store.Pass{Account: one.ID, Kind: store.PassSetUp, Until: a.now().Add(setUpFor)})
	return secret, err
}

// Reset takes password, code, sessions and tokens away and returns a new set-up secret: for
// somebody who has lost one of them, or whose machine was taken.
func (a *Accounts) Reset(ctx context.Context, by, name string) (secret string, err error) {
	err = a.change(ctx, by, name, "account.reset", nil, func(tx store.Tx, one *store.Account) error {
		secret, err = a.setUp(ctx, tx, one)
		return err
	})
	return secret, err
}

// Grant gives somebody a role in a collection, in place of the one that they have there; ""
// takes it away. Sessions go on under the new rights.
func (a *Accounts) Grant(ctx context.Context, by, name, collection string, role Role) error {
	said := map[string]any{"collection": collection, "role": role}
	return a.change(ctx, by, name, "account.granted", said, func(tx store.Tx, one *store.Account) error {
		return a.grant(ctx, tx, one, collection, role)
	})
}

func (a *Accounts) grant(ctx context.Context, tx store.Tx, one *store.Account, collection string, role Role) error {
	if role != "" && role.rank() == 0 {
		return fmt.Errorf("%w: role %q; one of %v", corvee.ErrInvalid, role, Roles())
	}
	if collection != store.AllCollections {
		all, err := tx.Collections(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(c corvee.Collection) bool { return c.ID == collection }) {
			return fmt.Errorf("%w: collection %q; corvee collections add makes one", corvee.ErrNotFound, collection)
		}
	}
	if one.Grants == nil {
		one.Grants = map[string]string{}
	}
	if one.Grants[collection] = string(role); role == "" {
		delete(one.Grants, collection)
	}
	return tx.PutAccount(ctx, *one)
}

// Disable shuts an account out, with its sessions ended at once, or lets it in again.
func (a *Accounts) Disable(ctx context.Context, by, name string, out bool) error {
	verb := map[bool]string{true: "account.disabled", false: "account.enabled"}[out]
	return a.change(ctx, by, name, verb, nil, func(tx store.Tx, one *store.Account) error {
		one.Disabled = out
		if err := tx.PutAccount(ctx, *one); err != nil || !out {
			return err
		}
		_, err := tx.DeletePasses(ctx, name, store.PassSession)
		return err
	})
}

// EndSessions ends the sessions of an account, of every account for "", and returns how
// many. Tokens stay.
func (a *Accounts) EndSessions(ctx context.Context, by, name string) (n int, err error) {
	err = a.Store.Update(ctx, func(tx store.Tx) error {
		if name != "" {
			if _, err := tx.Account(ctx, name); err != nil {
				return err
			}
		}
		if n, err = tx.DeletePasses(ctx, name, store.PassSession); err != nil || n == 0 {
			return err
		}
		return a.record(ctx, tx, by, "account.sessions-ended", name, map[string]any{"sessions": n})
	})
	return n, err
}

// Token makes a token of an account for some scopes and returns its secret, which is nowhere
// else. note says what it is for.
func (a *Accounts) Token(ctx context.Context, by, name string, scopes []string, lasts time.Duration, note string) (secret string, err error) {
	if err := checkToken(scopes, lasts); err != nil {
		return "", err
	}
	said := map[string]any{"scopes": scopes}
	err = a.change(ctx, by, name, "account.token-made", said, func(tx store.Tx, _ *store.Account) error {
		secret, _, err = a.pass(ctx, tx, store.Pass{Account: name, Kind: store.PassToken, Until: a.now().Add(lasts), Scopes: scopes, Note: note})
		return err
	})
	return secret, err
}

// longestToken bounds a token: one that nobody remembers ends by itself.
const longestToken = 366 * 24 * time.Hour

func checkToken(scopes []string, lasts time.Duration) error {
	for _, s := range scopes {
		if !slices.Contains(Scopes(), s) {
			return fmt.Errorf("%w: scope %q; of %v", corvee.ErrInvalid, s, Scopes())
		}
	}
	if len(scopes) == 0 || lasts <= 0 || lasts > longestToken {
		return fmt.Errorf("%w: a token has a scope of %v and ends within %d days", corvee.ErrInvalid, Scopes(), longestToken/(24*time.Hour))
	}
	return nil
}

// DropToken ends a token at once.
func (a *Accounts) DropToken(ctx context.Context, by, id string) error {
	return a.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Passes(ctx, "")
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(p store.Pass) bool { return p.ID == id && p.Kind == store.PassToken })
		if at < 0 {
			return fmt.Errorf("token %q: %w", id, corvee.ErrNotFound)
		}
		if err := tx.DeletePass(ctx, id); err != nil {
			return err
		}
		return a.record(ctx, tx, by, "account.token-dropped", all[at].Account, map[string]any{"token": id})
	})
}

// Any reports whether the base has an account that can sign in or be set up.
func (a *Accounts) Any(ctx context.Context) (any bool, err error) {
	err = a.Store.View(ctx, func(tx store.Tx) error {
		all, err := tx.Accounts(ctx)
		any = slices.ContainsFunc(all, func(x store.Account) bool { return !x.Disabled })
		return err
	})
	return any, err
}

// change runs work on an account and tells of it in the log.
func (a *Accounts) change(ctx context.Context, by, name, verb string, said any, work func(store.Tx, *store.Account) error) error {
	return a.Store.Update(ctx, func(tx store.Tx) error {
		one, err := tx.Account(ctx, name)
		if err != nil {
			return err
		}
		if err := work(tx, &one); err != nil {
			return err
		}
		return a.record(ctx, tx, by, verb, name, said)
	})
}

// pass keeps a pass with a new secret and returns the secret.
func (a *Accounts) pass(ctx context.Context, tx store.Tx, p store.Pass) (secret string, kept store.Pass, err error) {
	raw, err := a.bytes(32)
	if err != nil {
		return "", p, err
	}
	secret = base64.RawURLEncoding.EncodeToString(raw)
	p.Hash, p.Made = hashOf(secret), a.now()
	p.ID = "p" + p.Hash[:12]
	return secret, p, tx.PutPass(ctx, p)
}

// hashOf hashes a secret of 256 random bits: no salt and no cost is needed against guessing.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte("corvee pass 1\x00" + secret))
	return hex.EncodeToString(sum[:])
}

func (a *Accounts) bytes(n int) ([]byte, error) {
	raw := make([]byte, n)
	if _, err := io.ReadFull(a.Random, raw); err != nil {
		return nil, fmt.Errorf("randomness: %w", err)
	}
	return raw, nil
}

// record tells of an act in the log. No address of anybody is in it.
func (a *Accounts) record(ctx context.Context, tx store.Tx, by, verb, subject string, said any) error {
	raw, err := json.Marshal(said)
	salt, saltErr := a.bytes(saltBytes)
	if err := errors.Join(err, saltErr); err != nil {
		return fmt.Errorf("event %s: %w", verb, err)
	}
	head, err := tx.LastEvent(ctx)
	if err != nil {
		return err
	}
	sealed := audit.Seal(head, corvee.Event{
		At: a.now(), Actor: by, Collection: corvee.DefaultCollection, Verb: verb, Subject: subject, PayloadHash: audit.PayloadHash(salt, raw),
	})
	return tx.AppendEvent(ctx, sealed, "", salt, raw)
}

func (a *Accounts) now() time.Time { return a.Clock().UTC().Truncate(time.Microsecond) }

// All returns every account, ordered by name.
func (a *Accounts) All(ctx context.Context) (all []store.Account, err error) {
	err = a.Store.View(ctx, func(tx store.Tx) error {
		all, err = tx.Accounts(ctx)
		return err
	})
	return all, err
}
