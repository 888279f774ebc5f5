// Package rights is the part of the suite for who may see what: accounts, passes, and
// contexts that are limited to some collections.
//
// What comes in: a way to open an empty base. What goes out: a verdict. Its one idea: every
// method of the port is named here as free, narrowed or refused, so that one that is added
// and forgotten fails the suite instead of showing what it should not.
package rights

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"corvee"
	"corvee/store"
)

// Run holds a base to the rights of the port.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	for name, part := range map[string]func(*testing.T, store.Store){
		"accounts": testAccounts, "passes": testPasses, "scope": testScope, "no collection": testNoCollection,
		"moving reports": testMoving, "sealed": testSealed, "every method": testEveryMethod,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			t.Cleanup(func() { check(t, s.Close()) })
			part(t, s)
		})
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func at(n int) time.Time { return time.Date(2026, 11, 24, 9, n, 0, 123456000, time.UTC) }

func testAccounts(t *testing.T, s store.Store) {
	ctx := t.Context()
	anna := store.Account{
		ID: "anna", Grants: map[string]string{store.AllCollections: "editor", "각": "reader"}, Password: "$argon2id$…",
		Code: []byte{0, 255, 1}, Step: 58_000_000, Disabled: true, Fails: 3, Wait: at(5), Made: at(1),
	}
	check(t, s.Update(ctx, func(tx store.Tx) error {
		check(t, tx.PutAccount(ctx, store.Account{ID: "boris", Made: at(2)}))
		check(t, tx.PutAccount(ctx, store.Account{ID: "anna", Password: "old"}))
		return tx.PutAccount(ctx, anna)
	}))
	check(t, s.View(ctx, func(tx store.Tx) error {
		got, err := tx.Account(ctx, "anna")
		check(t, err)
		same(t, "Account", got, anna)
		all, err := tx.Accounts(ctx)
		same(t, "Accounts", all, []store.Account{anna, {ID: "boris", Made: at(2)}})
		_, missing := tx.Account(ctx, "Anna")
		if !errors.Is(missing, corvee.ErrNotFound) {
			t.Errorf("another spelling: %v, want %v", missing, corvee.ErrNotFound)
		}
		return err
	}))
	refused(t, s, "no name", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutAccount(ctx, store.Account{}) })
}

func refused(t *testing.T, s store.Store, what string, want error, work func(store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), work); !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func testPasses(t *testing.T, s store.Store) {
	ctx := t.Context()
	pass := func(id, account, kind string, n int) store.Pass {
		return store.Pass{ID: id, Account: account, Kind: kind, Hash: "hash of " + id, Made: at(n), Until: at(n + 30)}
	}
	token := pass("p3", "anna", store.PassToken, 3)
	token.Scopes, token.Note, token.Used = []string{"read"}, "of the watch \x00", at(9)
	all := []store.Pass{pass("p1", "anna", store.PassSession, 1), pass("p2", "boris", store.PassSession, 2), token, pass("p4", "anna", store.PassSession, 4)}
	check(t, s.Update(ctx, func(tx store.Tx) error {
		for _, name := range []string{"anna", "boris"} {
			check(t, tx.PutAccount(ctx, store.Account{ID: name}))
		}
		for i := range all {
			check(t, tx.PutPass(ctx, all[len(all)-1-i]))
		}
		return nil
	}))
	check(t, s.View(ctx, func(tx store.Tx) error {
		got, err := tx.PassOf(ctx, "hash of p3")
		check(t, err)
		same(t, "PassOf", got, token)
		of, err := tx.Passes(ctx, "")
		check(t, err)
		same(t, "Passes", of, all)
		of, err = tx.Passes(ctx, "boris")
		same(t, "Passes of one", of, all[1:2])
		if _, err := tx.PassOf(ctx, "hash of nobody"); !errors.Is(err, corvee.ErrNotFound) {
			t.Errorf("PassOf a wrong secret: %v", err)
		}
		return err
	}))
	refused(t, s, "a pass of nobody", corvee.ErrNotFound, func(tx store.Tx) error { return tx.PutPass(ctx, pass("p9", "zoe", store.PassToken, 1)) })
	refused(t, s, "another kind", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutPass(ctx, pass("p9", "anna", "key", 1)) })
	refused(t, s, "a pass without a hash", corvee.ErrInvalid, func(tx store.Tx) error {
		return tx.PutPass(ctx, store.Pass{ID: "p9", Account: "anna", Kind: store.PassToken})
	})
	refused(t, s, "no such pass", corvee.ErrNotFound, func(tx store.Tx) error { return tx.DeletePass(ctx, "p9") })
	check(t, s.Update(ctx, func(tx store.Tx) error {
		check(t, tx.DeletePass(ctx, "p3"))
		n, err := tx.DeletePasses(ctx, "anna", store.PassSession)
		check(t, err)
		same(t, "sessions of one ended", n, 2)
		n, err = tx.DeletePasses(ctx, "", store.PassSession)
		check(t, err)
		same(t, "sessions of all ended", n, 1)
		n, err = tx.DeletePasses(ctx, "anna", "")
		same(t, "nothing left", n, 0)
		return err
	}))
}

// put stores a report with one claim in a collection.
func put(t *testing.T, s store.Store, collection, name string) (corvee.Report, corvee.Claim) {
	t.Helper()
	ctx := t.Context()
	words := "About 90 women sew at mill " + name + "."
	text, err := corvee.NewText(words, []corvee.Block{{Kind: corvee.BlockBody, Span: corvee.Span{Start: 0, End: len(words)}}})
	check(t, err)
	r := corvee.Report{ID: corvee.HashID([]byte(name)), Text: text.Hash(), Title: name, CapturedAt: at(1)}
	quote, err := text.Quote(corvee.Span{Start: 0, End: len(words)})
	check(t, err)
	c := corvee.Claim{
		Report: r.ID, Text: text.Hash(), Kind: corvee.KindDenial, Factuality: corvee.Reported, Polarity: corvee.Positive, Quote: quote,
		Score: 50, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
		Attribution: []corvee.Attribution{{Role: "trader", Code: "A-1", Speaker: corvee.SpeakerAnonymous}},
	}
	c.ID = c.NewID()
	check(t, s.Update(ctx, func(tx store.Tx) error {
		check(t, tx.PutCollection(ctx, corvee.Collection{ID: collection, Name: collection}))
		check(t, tx.PutReport(ctx, collection, r, text))
		check(t, tx.PutInput(ctx, corvee.Input{ID: "i-" + name, Report: r.ID, State: corvee.InputDone, Origin: name, At: at(1)}))
		check(t, tx.PutCapture(ctx, store.Capture{Report: r.ID, Archive: "a-" + name, At: at(1)}))
		check(t, tx.ReplaceClaims(ctx, r.ID, "rules "+name, []corvee.Claim{c}))
		defer func() {
			check(t, tx.PutSubjects(ctx, r.ID, []store.Subject{{Kind: store.AboutReport, Count: 1}, {Kind: store.AboutParty, Key: "mill", Name: "mill of " + name, Count: 1}}))
		}()
		_, err := tx.AddVerdict(ctx, corvee.Verdict{ID: "v-" + name, Report: r.ID, Claim: c.ID, Binding: c.Binding(), Review: corvee.ReviewAccepted, Actor: corvee.LocalActor, At: at(2)}, 0)
		return err
	}))
	return r, c
}

func seesSubjects(ctx context.Context, tx store.Tx, say func(string, int, error)) {
	subjects, err := tx.Subjects(ctx, store.AboutParty)
	say("subjects", len(subjects), err)
	totals, err := tx.SubjectTotals(ctx, store.AboutParty)
	for _, s := range totals {
		say("of "+s.Name, s.Count, err)
	}
	about, err := tx.ReportsAbout(ctx, store.AboutParty, []string{"mill"})
	say("about", len(about), err)
	judged, err := tx.PartyJudgements(ctx)
	say("judged", len(judged), err)
	unsorted, err := tx.Unsorted(ctx, 9)
	say("unsorted", len(unsorted), err)
}

// what a context sees of the two reports, in words.
func sees(t *testing.T, s store.Store, ctx context.Context, reports []corvee.Report, claims []corvee.Claim) (out []string) {
	t.Helper()
	say := func(what string, n int, err error) {
		if err != nil && !errors.Is(err, corvee.ErrNotFound) {
			t.Errorf("%s: %v", what, err)
		}
		if err == nil && n > 0 {
			out = append(out, fmt.Sprint(what, " ", n))
		}
	}
	check(t, s.View(ctx, func(tx store.Tx) error {
		all, err := tx.Reports(ctx, store.ReportFilter{})
		say("reports", len(all), err)
		n, err := tx.CountReports(ctx)
		say("count", n, err)
		of, err := tx.Claims(ctx, store.ClaimFilter{})
		say("claims", len(of), err)
		n, err = tx.CountClaims(ctx)
		say("count of claims", n, err)
		in, err := tx.Inputs(ctx)
		say("inputs", len(in), err)
		in, err = tx.Inputs(ctx, corvee.InputDone)
		say("done", len(in), err)
		captures, err := tx.Captures(ctx, "")
		say("captures", len(captures), err)
		seesSubjects(ctx, tx, say)
		for i, r := range reports {
			_, err := tx.Report(ctx, r.ID)
			say("report", i+1, err)
			_, err = tx.Text(ctx, r.ID)
			say("text", i+1, err)
			_, err = tx.RulesOf(ctx, r.ID)
			say("rules", i+1, err)
			of1, err := tx.SubjectOf(ctx, r.ID)
			say("of itself", of1.Count, err)
			_, err = tx.Claim(ctx, claims[i].ID[:8])
			say("claim", i+1, err)
			_, err = tx.Input(ctx, "i-"+r.Title)
			say("input", i+1, err)
			verdicts, err := tx.Verdicts(ctx, r.ID)
			say("verdicts", len(verdicts), err)
			captures, err := tx.Captures(ctx, r.ID)
			say("captured", len(captures), err)
			of, err := tx.Claims(ctx, store.ClaimFilter{Report: r.ID})
			say("claims of", len(of), err)
		}
		return nil
	}))
	return out
}

func testScope(t *testing.T, s store.Store) {
	r1, c1 := put(t, s, "north", "one")
	r2, c2 := put(t, s, "south", "two")
	reports, claims := []corvee.Report{r1, r2}, []corvee.Claim{c1, c2}
	check(t, s.Update(t.Context(), func(tx store.Tx) error {
		for i, side := range []string{"mill of one", "mill of two"} {
			_, err := tx.AddPartyJudgement(t.Context(), store.PartyJudgement{ID: fmt.Sprint("j", i), Left: store.PartySide{ID: "l", Name: side},
				Right: store.PartySide{ID: "r", Name: "mill of one"}, Judgement: corvee.JudgementSame, Actor: corvee.LocalActor, At: at(4)})
			check(t, err)
		}
		return nil
	}))
	one := func(n int) []string {
		judged := map[int][]string{1: {"judged 1"}}[n] // south does not see the name of north
		return slices.Concat([]string{"reports 1", "count 1", "claims 1", "count of claims 1", "inputs 1", "done 1", "captures 1",
			"subjects 1", "of mill of " + reports[n-1].Title + " 1", "about 1"}, judged, []string{
			fmt.Sprint("report ", n), fmt.Sprint("text ", n), fmt.Sprint("rules ", n), "of itself 1", fmt.Sprint("claim ", n), fmt.Sprint("input ", n),
			"verdicts 1", "captured 1", "claims of 1"})
	}
	ctx := t.Context()
	same(t, "north", sees(t, s, store.Within(ctx, []string{"north"}), reports, claims), one(1))
	same(t, "south and one that is not", sees(t, s, store.Within(ctx, []string{"south", "nowhere' OR 1=1 --"}), reports, claims), one(2))
	same(t, "all of them", len(sees(t, s, ctx, reports, claims)), 11+2*9)
	same(t, "both", sees(t, s, store.Within(ctx, []string{"north", "south"}), reports, claims), sees(t, s, ctx, reports, claims))
}

func testNoCollection(t *testing.T, s store.Store) {
	r, c := put(t, s, "north", "one")
	ctx := t.Context()
	same(t, "nobody's", sees(t, s, store.Within(ctx, nil), []corvee.Report{r}, []corvee.Claim{c}), []string(nil))
	out := store.Within(ctx, nil)
	refused(t, s, "a verdict on what is not seen", corvee.ErrNotFound, func(tx store.Tx) error {
		_, err := tx.AddVerdict(out, corvee.Verdict{ID: "v", Report: r.ID, Claim: c.ID, Binding: c.Binding(), Review: corvee.ReviewRejected, Actor: corvee.LocalActor, At: at(3)}, 1)
		return err
	})
	refused(t, s, "an undo of what is not seen", corvee.ErrNotFound, func(tx store.Tx) error {
		_, err := tx.UndoVerdict(out, r.ID, corvee.LocalActor)
		return err
	})
	refused(t, s, "a purge of what is not seen", corvee.ErrNotFound, func(tx store.Tx) error {
		return tx.DeleteReport(out, r.ID, store.Tombstone{ID: "t", Actor: corvee.LocalActor})
	})
	refused(t, s, "new claims of what is not seen", corvee.ErrNotFound, func(tx store.Tx) error { return tx.ReplaceClaims(out, r.ID, "rules", nil) })
}

// testMoving: a report stays in its collection when it is read again, goes where somebody
// says who sees both, and nobody pulls it out of a collection that they do not see.
func testMoving(t *testing.T, s store.Store) {
	r, _ := put(t, s, "north", "one")
	put(t, s, "south", "two")
	ctx := t.Context()
	text := func(tx store.Tx) corvee.Text {
		text, err := tx.Text(ctx, r.ID)
		check(t, err)
		return text
	}
	in := func(collection string) (n int) {
		check(t, s.View(ctx, func(tx store.Tx) error {
			all, err := tx.Reports(ctx, store.ReportFilter{Collection: collection})
			n = len(all)
			return err
		}))
		return n
	}
	check(t, s.Update(ctx, func(tx store.Tx) error { return tx.PutReport(ctx, "", r, text(tx)) }))
	same(t, "read again, north", in("north"), 1)
	south := store.Within(ctx, []string{"south"})
	refused(t, s, "pulled into south", corvee.ErrForbidden, func(tx store.Tx) error { return tx.PutReport(south, "south", r, text(tx)) })
	refused(t, s, "read again from south", corvee.ErrForbidden, func(tx store.Tx) error { return tx.PutReport(south, "", r, text(tx)) })
	north := store.Within(ctx, []string{"north"})
	refused(t, s, "pushed into south", corvee.ErrForbidden, func(tx store.Tx) error { return tx.PutReport(north, "south", r, text(tx)) })
	both := store.Within(ctx, []string{"north", "south"})
	check(t, s.Update(ctx, func(tx store.Tx) error { return tx.PutReport(both, "south", r, text(tx)) }))
	same(t, "moved", in("south"), 2)
}

// testSealed: what is sealed stays in its collection.
func testSealed(t *testing.T, s store.Store) {
	r, _ := put(t, s, "north", "one")
	ctx := t.Context()
	north, south := store.Within(ctx, []string{"north"}), store.Within(ctx, []string{"south"})
	sealed := store.Sealed{Code: "S-1", At: at(3), Since: at(3), Actor: corvee.LocalActor, State: store.SealClosed, Bundle: "b"}
	refused(t, s, "lifted from south", corvee.ErrNotFound, func(tx store.Tx) error { _, err := tx.Lift(south, r.ID); return err })
	refused(t, s, "put away from south", corvee.ErrNotFound, func(tx store.Tx) error { return tx.PutAway(south, r.ID, sealed) })
	check(t, s.Update(ctx, func(tx store.Tx) error { return tx.PutAway(north, r.ID, sealed) }))
	check(t, s.View(ctx, func(tx store.Tx) error {
		of, err := tx.Sealed(north)
		check(t, err)
		same(t, "sealed, north", len(of), 1)
		of, err = tx.Sealed(south)
		same(t, "sealed, south", len(of), 0)
		return err
	}))
	refused(t, s, "laid from south", corvee.ErrNotFound, func(tx store.Tx) error { return tx.Lay(south, "S-1", nil) })
	refused(t, s, "said anew from south", corvee.ErrNotFound, func(tx store.Tx) error { return tx.PutSealed(south, sealed) })
	refused(t, s, "deleted from south", corvee.ErrNotFound, func(tx store.Tx) error {
		return tx.DeleteSealed(south, "S-1", store.Tombstone{ID: "t", Actor: corvee.LocalActor})
	})
	check(t, s.Update(ctx, func(tx store.Tx) error {
		return tx.DeleteSealed(north, "S-1", store.Tombstone{ID: "t", Actor: corvee.LocalActor})
	}))
}

// What a limited context may do with each method of the port. narrowed is held by the tests
// above; refused is held below; free says nothing of what a report holds, or is of the
// program itself: accounts, the chain's ids, official lists.
const (
	free     = "free"
	narrowed = "narrowed"
	forbids  = "refused"
)

func methods() map[string]string {
	return map[string]string{
		"PutInput": free, "Inputs": narrowed, "Input": narrowed, "PutReport": narrowed, "Report": narrowed, "Text": narrowed,
		"Reports": narrowed, "CountReports": narrowed, "DeleteReport": narrowed, "Tombstones": free,
		"ReplaceClaims": narrowed, "Claims": narrowed, "Claim": narrowed, "CountClaims": narrowed, "RulesOf": narrowed,
		"AddVerdict": narrowed, "Verdicts": narrowed, "UndoVerdict": narrowed,
		"PutDecision": free, "DeleteDecision": free, "Decisions": forbids, "PutSetting": free, "Settings": free,
		"PutActor": free, "Actors": free, "PutCollection": free, "Collections": free,
		"LastEvent": free, "AppendEvent": free, "Events": free, "Payload": forbids,
		"ReplaceList": free, "ListVersions": free, "Listings": free, "Listing": free,
		"PutRun": free, "AppendResult": free, "UpdateRun": free, "Runs": forbids, "Run": forbids, "RunResult": forbids,
		"PutCapture": free, "Captures": narrowed, "PutVisit": free, "Visit": forbids,
		"PutWatch": free, "Watches": forbids, "DeleteWatch": free, "PutSeen": free, "Seen": forbids,
		"AddAlert": free, "Alerts": forbids, "Unsent": forbids, "MarkSent": free,
		"Unsorted": narrowed, "PutSubjects": narrowed, "Subjects": narrowed, "SubjectTotals": narrowed, "SubjectOf": narrowed, "ReportsAbout": narrowed,
		"ReplaceRates": free, "RateFiles": free, "DayRates": free,
		"Lift": narrowed, "PutAway": narrowed, "Lay": narrowed, "PutSealed": narrowed, "Sealed": narrowed, "DeleteSealed": narrowed,
		"AddPartyJudgement": free, "PartyJudgements": narrowed, "UndoPartyJudgement": free, "DropPartyJudgement": free,
		"PutAccount": free, "Account": free, "Accounts": free, "PutPass": free, "PassOf": free, "Passes": free,
		"DeletePass": free, "DeletePasses": free,
	}
}

func testEveryMethod(t *testing.T, s store.Store) {
	known := methods()
	port := reflect.TypeFor[store.Tx]()
	for i := range port.NumMethod() {
		if name := port.Method(i).Name; known[name] == "" {
			t.Errorf("store.Tx has the method %s: say here what a limited context may do with it, and narrow or refuse it in store/internal/base", name)
		}
	}
	ctx := store.Within(t.Context(), []string{corvee.DefaultCollection})
	check(t, s.View(ctx, func(tx store.Tx) error {
		_, _, payload := tx.Payload(ctx, 1)
		_, decisions := tx.Decisions(ctx)
		_, runs := tx.Runs(ctx)
		_, run := tx.Run(ctx, "r")
		_, visit := tx.Visit(ctx, "https://example.org")
		_, watches := tx.Watches(ctx)
		_, seen := tx.Seen(ctx, "w")
		_, alerts := tx.Alerts(ctx, 0)
		_, unsent := tx.Unsent(ctx)
		var result error
		for _, err := range tx.RunResult(ctx, "r") {
			result = err
		}
		for name, err := range map[string]error{"Payload": payload, "Decisions": decisions, "Runs": runs, "Run": run, "Visit": visit,
			"Watches": watches, "Seen": seen, "Alerts": alerts, "Unsent": unsent, "RunResult": result} {
			if known[name] != forbids || !errors.Is(err, corvee.ErrForbidden) {
				t.Errorf("%s (%s) = %v, want %v", name, known[name], err, corvee.ErrForbidden)
			}
			delete(known, name)
		}
		return nil
	}))
	for name, how := range known {
		if how == forbids {
			t.Errorf("%s is said to be refused, and nothing here tries it", name)
		}
	}
}
