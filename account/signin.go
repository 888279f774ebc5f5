package account

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"corvee"
	"corvee/store"
)

// ErrRefused is every refusal of a sign-in: it does not tell an account that is not there
// from a wrong password or code.
var ErrRefused = errors.New("name, password or code is not right")

// ErrWait is the refusal of a try that came too soon after others that failed.
var ErrWait = errors.New("too many tries; wait a minute")

// Proof is what somebody shows of who they are.
type Proof struct{ Name, Password, Code string }

// A session ends after sessionFor, and when nothing was asked for sessionIdle: two hours are
// what SecureDrop gives its readers, half a day what NIST SP 800-63B §2.2.3 gives at most.
const (
	sessionFor  = 12 * time.Hour
	sessionIdle = 2 * time.Hour
	usedEvery   = 5 * time.Minute // how exactly use is kept: not a write for each page
)

// fewestFails is how many tries fail before the next must wait; longestWait bounds the wait,
// so that a stranger who fails on purpose does not shut somebody out for good. A minute
// leaves 1,440 tries a day at a password and a code together.
const (
	fewestFails = 5
	longestWait = time.Minute
)

// SignIn lets somebody in who shows password and code, and returns the secret of a new
// session. A try is counted before it is looked at, so that many at once gain nothing.
func (a *Accounts) SignIn(ctx context.Context, p Proof) (secret string, err error) {
	if !a.tries.take() {
		return "", ErrWait
	}
	one, err := a.begin(ctx, p.Name)
	if err != nil {
		return "", err
	}
	ok, err := a.matches(ctx, one.Password, p.Password)
	if err != nil {
		return "", err
	}
	step, good := takes(one.Code, p.Code, a.now(), one.Step)
	if !ok || !good || one.ID == "" || one.Password == "" || one.Disabled {
		return "", ErrRefused
	}
	return a.admit(ctx, one, step, "account.signed-in")
}

// begin counts a try at an account. One that is not there is the zero Account: no hash of it
// matches.
func (a *Accounts) begin(ctx context.Context, name string) (one store.Account, err error) {
	if CheckName(name) != nil {
		return one, nil
	}
	err = a.Store.Update(ctx, func(tx store.Tx) error {
		one, err = tx.Account(ctx, name)
		if errors.Is(err, corvee.ErrNotFound) {
			one = store.Account{}
			return nil
		}
		if err != nil {
			return err
		}
		if a.now().Before(one.Wait) {
			return ErrWait
		}
		if one.Fails++; one.Fails >= fewestFails {
			one.Wait = a.now().Add(min(longestWait, time.Second<<min(one.Fails-fewestFails, 6)))
		}
		return tx.PutAccount(ctx, one)
	})
	return one, err
}

// admit begins a session, unless somebody changed the account or took the code meanwhile.
func (a *Accounts) admit(ctx context.Context, seen store.Account, step int64, verb string) (secret string, err error) {
	err = a.Store.Update(ctx, func(tx store.Tx) error {
		one, err := tx.Account(ctx, seen.ID)
		if err != nil {
			return err
		}
		if one.Password != seen.Password || one.Disabled || one.Step >= step {
			return ErrRefused
		}
		one.Step, one.Fails, one.Wait = step, 0, time.Time{}
		if err := tx.PutAccount(ctx, one); err != nil {
			return err
		}
		if err := a.sweep(ctx, tx, one.ID); err != nil {
			return err
		}
		secret, _, err = a.pass(ctx, tx, store.Pass{Account: one.ID, Kind: store.PassSession, Used: a.now(), Until: a.now().Add(sessionFor)})
		if err != nil {
			return err
		}
		return a.record(ctx, tx, one.ID, verb, one.ID, nil)
	})
	return secret, err
}

// sweep removes what of an account's passes has ended.
func (a *Accounts) sweep(ctx context.Context, tx store.Tx, name string) error {
	all, err := tx.Passes(ctx, name)
	if err != nil {
		return err
	}
	for _, p := range all {
		if a.over(p) {
			if err := tx.DeletePass(ctx, p.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Accounts) over(p store.Pass) bool {
	now := a.now()
	return !now.Before(p.Until) || p.Kind == store.PassSession && now.Sub(p.Used) > sessionIdle
}

// Session returns who has a session, by its secret; ErrRefused for one that has ended.
func (a *Accounts) Session(ctx context.Context, secret string) (Person, error) {
	return a.person(ctx, secret, store.PassSession)
}

// ByToken returns whom a token acts for, by its secret.
func (a *Accounts) ByToken(ctx context.Context, secret string) (Person, error) {
	return a.person(ctx, secret, store.PassToken)
}

func (a *Accounts) person(ctx context.Context, secret, kind string) (who Person, err error) {
	p, one, err := a.look(ctx, secret, kind)
	if err != nil {
		return who, err
	}
	if one.Disabled {
		return who, ErrRefused
	}
	who = Person{ID: one.ID, Grants: grantsOf(one), Pass: p.ID}
	if kind == store.PassToken {
		who.Scopes = append([]string{}, p.Scopes...)
	}
	if a.now().Sub(p.Used) < usedEvery {
		return who, nil
	}
	return who, a.touch(ctx, p)
}

// touch keeps that a pass is in use; one that was ended meanwhile stays ended.
func (a *Accounts) touch(ctx context.Context, p store.Pass) error {
	return a.Store.Update(ctx, func(tx store.Tx) error {
		now, err := tx.PassOf(ctx, p.Hash)
		if errors.Is(err, corvee.ErrNotFound) {
			return ErrRefused
		}
		if err != nil {
			return err
		}
		now.Used = a.now()
		return tx.PutPass(ctx, now)
	})
}

// look returns a pass that has not ended, by its secret, with its account.
func (a *Accounts) look(ctx context.Context, secret, kind string) (p store.Pass, one store.Account, err error) {
	if secret == "" || len(secret) > 128 {
		return p, one, ErrRefused
	}
	err = a.Store.View(ctx, func(tx store.Tx) error {
		if p, err = tx.PassOf(ctx, hashOf(secret)); err != nil {
			return err
		}
		one, err = tx.Account(ctx, p.Account)
		return err
	})
	if errors.Is(err, corvee.ErrNotFound) || err == nil && (p.Kind != kind || a.over(p)) {
		err = ErrRefused
	}
	return p, one, err
}

// SignOut ends one session.
func (a *Accounts) SignOut(ctx context.Context, who Person) error {
	err := a.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.DeletePass(ctx, who.Pass); err != nil {
			return err
		}
		return a.record(ctx, tx, who.ID, "account.signed-out", who.ID, nil)
	})
	if errors.Is(err, corvee.ErrNotFound) { // it has ended already
		return nil
	}
	return err
}

// Begin returns the key of the one-time codes to whoever shows a set-up secret. Nothing is
// used up by looking.
func (a *Accounts) Begin(ctx context.Context, secret string) (name string, key Key, err error) {
	if !a.tries.take() {
		return "", key, ErrWait
	}
	_, one, err := a.look(ctx, secret, store.PassSetUp)
	if err != nil {
		return "", key, err
	}
	return one.ID, keyOf(one.ID, one.Code), nil
}

// SetUp sets the password of an account by its set-up secret, checks that the codes work,
// and returns the secret of a first session. The set-up secret is used up.
func (a *Accounts) SetUp(ctx context.Context, secret, password, code string) (session string, err error) {
	if !a.tries.take() {
		return "", ErrWait
	}
	p, one, err := a.look(ctx, secret, store.PassSetUp)
	if err != nil {
		return "", err
	}
	if err := CheckPassword(one.ID, password); err != nil {
		return "", err
	}
	step, ok := takes(one.Code, code, a.now(), one.Step)
	if !ok || one.Disabled {
		return "", fmt.Errorf("%w: this code is not the one that the authenticator shows now; check its clock", corvee.ErrInvalid)
	}
	hashed, err := a.hash(ctx, password)
	if err != nil {
		return "", err
	}
	if one, err = a.settle(ctx, p, hashed); err != nil {
		return "", err
	}
	return a.admit(ctx, one, step, "account.set-up")
}

// settle uses up the set-up secret and keeps the password; of two who race, one is refused.
func (a *Accounts) settle(ctx context.Context, p store.Pass, hashed string) (one store.Account, err error) {
	err = a.Store.Update(ctx, func(tx store.Tx) error {
		err := tx.DeletePass(ctx, p.ID)
		if errors.Is(err, corvee.ErrNotFound) {
			return ErrRefused
		}
		if err != nil {
			return err
		}
		if one, err = tx.Account(ctx, p.Account); err != nil {
			return err
		}
		one.Password = hashed
		return tx.PutAccount(ctx, one)
	})
	return one, err
}

// The rate of all tries at a server together: no address is kept to tell callers apart.
const (
	triesPerSecond = 2
	triesAtOnce    = 20
)

// bucket is a token bucket.
type bucket struct {
	sync.Mutex
	clock func() time.Time
	left  time.Duration // in time that it took to fill
	at    time.Time
}

const perTry = time.Second / triesPerSecond

func newBucket(clock func() time.Time) *bucket {
	return &bucket{clock: clock, left: triesAtOnce * perTry, at: clock()}
}

func (b *bucket) take() bool {
	b.Lock()
	defer b.Unlock()
	now := b.clock()
	b.left = min(triesAtOnce*perTry, b.left+max(0, now.Sub(b.at)))
	b.at = now
	if b.left < perTry {
		return false
	}
	b.left -= perTry
	return true
}

// Passes returns the sessions and tokens of an account that have not ended, oldest first.
func (a *Accounts) Passes(ctx context.Context, name string) (passes []store.Pass, err error) {
	err = a.Store.View(ctx, func(tx store.Tx) error {
		all, err := tx.Passes(ctx, name)
		for _, p := range all {
			if !a.over(p) && p.Kind != store.PassSetUp {
				passes = append(passes, p)
			}
		}
		return err
	})
	return passes, err
}
