package account_test

import (
	"bytes"
	"encoding/base32"
	"errors"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/account"
	"corvee/audit"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/sqlite"
	"corvee/store/storetest/throwaway"
)

// clock is a clock that a test winds.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) wind(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
}

type bench struct {
	*testing.T
	*account.Accounts
	clock *clock
	store store.Store
}

// cheap is a cost for tests: what is held here is not how dear a guess is.
var cheap = account.Cost{Passes: 1, MemoryKiB: 64, Lanes: 1}

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, run func(b *bench)) {
	t.Helper()
	for name, open := range map[string]func(t *testing.T) (store.Store, error){
		"sqlite": func(t *testing.T) (store.Store, error) {
			return sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "base"))
		},
		"postgres": func(t *testing.T) (store.Store, error) { return postgres.Open(t.Context(), throwaway.Postgres(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			c := &clock{at: time.Date(2026, 11, 24, 17, 0, 5, 0, time.UTC)}
			run(&bench{t, account.New(account.Config{Store: s, Clock: c.now, Random: rand.NewChaCha8([32]byte{7}), Cost: cheap}), c, s})
		})
	}
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) refused(what string, err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Errorf("%s: %v, want %v", what, err, want)
	}
}

const password = "kettle harbour nine moss"

// anna adds an account, sets it up, and returns its authenticator and first session.
func (b *bench) anna(role account.Role) (*authenticator, string) {
	b.Helper()
	secret, err := b.Add(b.Context(), corvee.LocalActor, "anna", store.AllCollections, role)
	b.must(err)
	_, key, err := b.Begin(b.Context(), secret)
	b.must(err)
	phone := authenticatorOf(b.T, key, b.clock)
	session, err := b.SetUp(b.Context(), secret, password, phone.code(0))
	b.must(err)
	return phone, session
}

func TestSetUpAndSignIn(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		phone, session := b.anna(account.Editor)
		who, err := b.Session(ctx, session)
		b.must(err)
		if want := (account.Person{ID: "anna", Grants: map[string]account.Role{"*": account.Editor}, Pass: who.Pass}); !cmp.Equal(who, want) {
			b.Error(cmp.Diff(want, who))
		}
		_, err = b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: phone.code(0)})
		b.refused("the code of the set-up again", err, account.ErrRefused)
		b.clock.wind(time.Minute)
		second, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: " " + phone.code(0)[:3] + " " + phone.code(0)[3:]})
		b.must(err)
		if second == session {
			b.Error("two sessions have one secret")
		}
		b.must(b.SignOut(ctx, who))
		b.must(b.SignOut(ctx, who))
		_, err = b.Session(ctx, session)
		b.refused("a session that was ended", err, account.ErrRefused)
		_, err = b.Session(ctx, second)
		b.must(err)
	})
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		phone, session := b.anna(account.Reader)
		for name, p := range map[string]account.Proof{
			"a wrong password":    {"anna", password + "s", phone.code(1)},
			"a wrong code":        {"anna", password, "000000"},
			"no code":             {"anna", password, ""},
			"nobody":              {"boris", password, phone.code(1)},
			"no name":             {"", "", ""},
			"a name in capitals":  {"Anna", password, phone.code(1)},
			"a password too long": {"anna", strings.Repeat("x", 5000), phone.code(1)},
			"SQL":                 {"anna' OR '1'='1", password, phone.code(1)},
		} {
			b.clock.wind(2 * time.Minute)
			_, err := b.SignIn(ctx, p)
			b.refused(name, err, account.ErrRefused)
		}
		for name, secret := range map[string]string{"no secret": "", "a guess": "x", "a long one": strings.Repeat("a", 4000), "a hash": strings.Repeat("0", 64)} {
			_, err := b.Session(ctx, secret)
			b.refused(name, err, account.ErrRefused)
		}
		_, err := b.ByToken(ctx, session)
		b.refused("a session shown as a token", err, account.ErrRefused)
		_, _, err = b.Begin(ctx, session)
		b.refused("a session shown as a set-up secret", err, account.ErrRefused)
	})
}

// TestFailuresWait: after five failures each try waits, up to a minute, and many at once
// gain nothing.
func TestFailuresWait(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		phone, _ := b.anna(account.Reader)
		b.clock.wind(time.Hour)
		for range 5 {
			_, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: "wrong wrong wrong"})
			b.refused("a failure", err, account.ErrRefused)
		}
		_, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: phone.code(0)})
		b.refused("the right one at once", err, account.ErrWait)
		for range 20 {
			b.clock.wind(time.Minute)
			_, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: "wrong wrong wrong"})
			b.refused("a failure a minute", err, account.ErrRefused)
		}
		var tried sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		b.clock.wind(time.Minute)
		for range 10 {
			tried.Go(func() {
				_, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: "wrong wrong wrong"})
				mu.Lock()
				defer mu.Unlock()
				if errors.Is(err, account.ErrRefused) {
					looked++
				}
			})
		}
		tried.Wait()
		if looked != 1 {
			b.Errorf("of ten tries at once %d were looked at, want 1", looked)
		}
		b.clock.wind(time.Minute)
		_, err = b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: phone.code(0)})
		b.must(err)
	})
}

// TestTriesOfStrangers: a server takes two tries a second, whoever makes them.
func TestTriesOfStrangers(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		waited := 0
		for range 40 {
			if _, err := b.SignIn(b.Context(), account.Proof{Name: "nobody.here"}); errors.Is(err, account.ErrWait) {
				waited++
			}
		}
		if waited != 20 {
			b.Errorf("%d of 40 tries had to wait, want 20", waited)
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		phone, session := b.anna(account.Reader)
		for range 11 { // in use, a session lasts
			b.clock.wind(time.Hour)
			_, err := b.Session(ctx, session)
			b.must(err)
		}
		b.clock.wind(time.Hour)
		_, err := b.Session(ctx, session)
		b.refused("after twelve hours", err, account.ErrRefused)
		next := func() string {
			b.clock.wind(time.Minute)
			s, err := b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: phone.code(0)})
			b.must(err)
			return s
		}
		idle := next()
		b.clock.wind(2*time.Hour + time.Second)
		_, err = b.Session(ctx, idle)
		b.refused("after two idle hours", err, account.ErrRefused)
		one, two := next(), next()
		if n, err := b.EndSessions(ctx, corvee.LocalActor, ""); err != nil || n != 2 {
			b.Errorf("EndSessions = %d, %v; want the two that had not ended", n, err)
		}
		for _, s := range []string{one, two} {
			_, err := b.Session(ctx, s)
			b.refused("all ended", err, account.ErrRefused)
		}
		three := next()
		b.must(b.Disable(ctx, corvee.LocalActor, "anna", true))
		_, err = b.Session(ctx, three)
		b.refused("disabled", err, account.ErrRefused)
		b.clock.wind(time.Minute)
		_, err = b.SignIn(ctx, account.Proof{Name: "anna", Password: password, Code: phone.code(0)})
		b.refused("signing in while disabled", err, account.ErrRefused)
		b.must(b.Disable(ctx, corvee.LocalActor, "anna", false))
		next()
		_, err = b.EndSessions(ctx, corvee.LocalActor, "nobody")
		b.refused("sessions of nobody", err, corvee.ErrNotFound)
	})
}

func TestSetUpSecret(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		secret, err := b.Add(ctx, corvee.LocalActor, "boris", corvee.DefaultCollection, account.Reviewer)
		b.must(err)
		name, key, err := b.Begin(ctx, secret)
		b.must(err)
		phone := authenticatorOf(b.T, key, b.clock)
		if name != "boris" || !strings.HasPrefix(key.Address, "otpauth://totp/Corvee:boris?") {
			b.Errorf("Begin = %q, %q", name, key.Address)
		}
		for _, weak := range []string{"", "short", "boris-boris1", strings.Repeat("가", 20), "\xff" + password} {
			_, err := b.SetUp(ctx, secret, weak, phone.code(0))
			b.refused("password "+weak, err, corvee.ErrInvalid)
		}
		_, err = b.SetUp(ctx, secret, password, "12345")
		b.refused("a wrong code", err, corvee.ErrInvalid)
		b.clock.wind(time.Minute)
		_, err = b.SetUp(ctx, secret, "두만강 가의 공장에 대하여", phone.code(0))
		b.must(err)
		b.clock.wind(time.Minute)
		_, err = b.SetUp(ctx, secret, password, phone.code(0))
		b.refused("a used secret", err, account.ErrRefused)
		// The same password as another keyboard composes it.
		_, err = b.SignIn(ctx, account.Proof{Name: "boris", Password: "두만강 가의 공장에 대하여", Code: phone.code(0)})
		b.must(err)

		late, err := b.Reset(ctx, corvee.LocalActor, "boris")
		b.must(err)
		b.clock.wind(time.Minute)
		_, err = b.SignIn(ctx, account.Proof{Name: "boris", Password: "두만강 가의 공장에 대하여", Code: phone.code(0)})
		b.refused("the password before the reset", err, account.ErrRefused)
		b.clock.wind(7 * 24 * time.Hour)
		_, _, err = b.Begin(ctx, late)
		b.refused("a set-up secret after a week", err, account.ErrRefused)
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		for _, bad := range []string{"", "a", "Anna", "аnna", "анна", "local", "a b", "-ab", "ab-", strings.Repeat("a", 33), "a\x00b", "../etc"} {
			_, err := b.Add(ctx, corvee.LocalActor, bad, corvee.DefaultCollection, account.Reader)
			b.refused(bad, err, corvee.ErrInvalid)
		}
		b.must(b.store.Update(ctx, func(tx store.Tx) error { return tx.PutActor(ctx, corvee.Actor{ID: "carla", Name: "carla"}) }))
		_, err := b.Add(ctx, corvee.LocalActor, "carla", corvee.DefaultCollection, account.Reader)
		b.refused("a name that acts already", err, corvee.ErrConflict)
		_, err = b.Add(ctx, corvee.LocalActor, "dora", "nowhere", account.Reader)
		b.refused("no such collection", err, corvee.ErrNotFound)
		_, err = b.Add(ctx, corvee.LocalActor, "dora", corvee.DefaultCollection, "owner")
		b.refused("no such role", err, corvee.ErrInvalid)
		if any, err := b.Any(ctx); any || err != nil {
			b.Errorf("Any = %v, %v after nothing but refusals", any, err)
		}
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		phone, _ := b.anna(account.Reviewer)
		token, err := b.Token(ctx, corvee.LocalActor, "anna", []string{account.ScopeScreen}, time.Hour, "customs")
		b.must(err)
		who, err := b.ByToken(ctx, token)
		b.must(err)
		if who.ID != "anna" || !who.Holds(account.ScopeScreen) || who.Holds(account.ScopeRead) {
			b.Errorf("ByToken = %+v", who)
		}
		_, err = b.Session(ctx, token)
		b.refused("a token shown as a session", err, account.ErrRefused)
		for name, try := range map[string]func() (string, error){
			"no scope":      func() (string, error) { return b.Token(ctx, "local", "anna", nil, time.Hour, "") },
			"another scope": func() (string, error) { return b.Token(ctx, "local", "anna", []string{"admin"}, time.Hour, "") },
			"no end":        func() (string, error) { return b.Token(ctx, "local", "anna", []string{"read"}, 0, "") },
			"ten years":     func() (string, error) { return b.Token(ctx, "local", "anna", []string{"read"}, 87600*time.Hour, "") },
		} {
			_, err := try()
			b.refused(name, err, corvee.ErrInvalid)
		}
		b.refused("a session's id", b.DropToken(ctx, "local", "p000000000000"), corvee.ErrNotFound)
		b.must(b.DropToken(ctx, "local", who.Pass))
		_, err = b.ByToken(ctx, token)
		b.refused("a dropped token", err, account.ErrRefused)
		token, err = b.Token(ctx, corvee.LocalActor, "anna", []string{account.ScopeRead}, time.Hour, "")
		b.must(err)
		b.clock.wind(time.Hour)
		_, err = b.ByToken(ctx, token)
		b.refused("a token that has ended", err, account.ErrRefused)
		_ = phone
	})
}

// TestBaseKeepsNoSecret: neither the accounts nor the log hold what lets somebody in, and the
// chain stands.
func TestBaseKeepsNoSecret(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		setup, err := b.Add(ctx, corvee.LocalActor, "erik", store.AllCollections, account.Admin)
		b.must(err)
		_, session := b.anna(account.Reader)
		token, err := b.Token(ctx, corvee.LocalActor, "anna", account.Scopes(), time.Hour, "x")
		b.must(err)
		b.must(b.store.View(ctx, func(tx store.Tx) error {
			var kept bytes.Buffer
			accounts, err := tx.Accounts(ctx)
			b.must(err)
			passes, err := tx.Passes(ctx, "")
			b.must(err)
			for _, a := range accounts {
				kept.WriteString(a.Password + " ")
			}
			for _, p := range passes {
				kept.WriteString(p.ID + " " + p.Hash + " ")
			}
			verbs := []string{}
			for e, err := range tx.Events(ctx, 0) {
				b.must(err)
				_, payload, err := tx.Payload(ctx, e.Seq)
				b.must(err)
				kept.Write(payload)
				verbs = append(verbs, e.Verb)
			}
			for _, secret := range []string{setup, session, token, password} {
				if bytes.Contains(kept.Bytes(), []byte(secret)) {
					b.Errorf("the base holds a secret: %s", kept.String())
				}
			}
			if want := []string{"account.added", "account.added", "account.set-up", "account.token-made"}; !slices.Equal(verbs, want) {
				b.Errorf("events %v, want %v", verbs, want)
			}
			return audit.Verify(tx.Events(ctx, 0))
		}))
	})
}

// TestCodesOfRFC6238 holds the codes to Appendix B of RFC 6238, cut to six digits.
func TestCodesOfRFC6238(t *testing.T) {
	t.Parallel()
	onBoth(t, func(b *bench) {
		ctx := b.Context()
		for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
			b.clock.Lock()
			b.clock.at = time.Unix(at, 0)
			b.clock.Unlock()
			accounts := account.New(account.Config{Store: b.store, Clock: b.clock.now, Random: rand.NewChaCha8([32]byte{1}), Cost: cheap})
			name := "at-" + code
			secret, err := accounts.Add(ctx, "local", name, store.AllCollections, account.Reader)
			b.must(err)
			b.must(b.store.Update(ctx, func(tx store.Tx) error {
				one, err := tx.Account(ctx, name)
				b.must(err)
				one.Code = []byte("12345678901234567890")
				return tx.PutAccount(ctx, one)
			}))
			_, err = accounts.SetUp(ctx, secret, password, code)
			b.must(err)
		}
	})
}

// TestWithin: a person sees a collection if and only if a grant there, or in all, covers the
// role.
func TestWithin(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		role := rapid.SampledFrom(append(account.Roles(), "", "owner"))
		p := account.Person{Grants: rapid.MapOf(rapid.SampledFrom([]string{"*", "north", "south"}), role).Draw(r, "grants")}
		need := rapid.SampledFrom(account.Roles()).Draw(r, "need")
		covers := func(has account.Role) bool {
			return slices.Contains(account.Roles(), has) && slices.Index(account.Roles(), has) >= slices.Index(account.Roles(), need)
		}
		got, all := p.Within(need)
		if all != covers(p.Grants["*"]) {
			r.Fatalf("Within(%s) of %v: all = %v", need, p.Grants, all)
		}
		for _, c := range []string{"north", "south"} {
			if !all && slices.Contains(got, c) != covers(p.Grants[c]) {
				r.Fatalf("Within(%s) of %v = %v", need, p.Grants, got)
			}
		}
		ctx, err := p.Enter(t.Context(), need)
		if (err != nil) != (!all && len(got) == 0) {
			r.Fatalf("Enter(%s) of %v: %v", need, p.Grants, err)
		}
		if seen, limited := store.Scope(ctx); err == nil && (limited == all || !slices.Equal(seen, got)) {
			r.Fatalf("Enter(%s) of %v sees %v, %v", need, p.Grants, seen, limited)
		}
	})
}

// TestDefaultCost uses the cost that people have, once.
func TestDefaultCost(t *testing.T) {
	t.Parallel()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "base"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := &clock{at: time.Date(2026, 11, 24, 17, 0, 5, 0, time.UTC)}
	b := &bench{t, account.New(account.Config{Store: s, Clock: c.now, Random: rand.NewChaCha8([32]byte{7})}), c, s}
	b.anna(account.Reader)
	b.must(s.View(t.Context(), func(tx store.Tx) error {
		one, err := tx.Account(t.Context(), "anna")
		if !strings.HasPrefix(one.Password, "$argon2id$v=19$m=65536,t=3,p=4$") {
			t.Errorf("hashed as %.40s…", one.Password)
		}
		return err
	}))
}

// authenticator is a second implementation of RFC 6238, over the key as a person types it.
type authenticator struct {
	key   []byte
	clock *clock
}

func authenticatorOf(t *testing.T, k account.Key, c *clock) *authenticator {
	t.Helper()
	raw, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(k.Text, " ", ""))
	address, addressErr := url.Parse(k.Address)
	if err != nil || addressErr != nil || len(raw) != 20 || address.Query().Get("secret") != strings.ReplaceAll(k.Text, " ", "") {
		t.Fatalf("key %q, %q: %v, %v", k.Text, k.Address, err, addressErr)
	}
	return &authenticator{raw, c}
}
