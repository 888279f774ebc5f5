package storetest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee"
	"corvee/store"
)

func tomb(id string) store.Tombstone {
	return store.Tombstone{ID: id, At: moment(9).UnixMicro(), Actor: corvee.LocalActor, Reason: "a source asked \x00 각"}
}

// fill stores a report with something in every place that a purge must reach.
func (b *bench) fill(name string) corvee.Report {
	b.Helper()
	r, text, c := b.hardReport(name)
	edited := c
	edited.Subject = "edited " + name
	v := verdictOn(c, "verdict of "+name, corvee.ReviewEdited)
	v.Edited, v.Note = &edited, "note "+name
	b.update(func(tx store.Tx) error {
		if _, err := tx.AddVerdict(b.ctx, v, 0); err != nil {
			return err
		}
		for n, state := range []corvee.InputState{corvee.InputDone, corvee.InputDuplicate} {
			in := inputOf(fmt.Sprintf("%s %d %s", name, n, r.ID), state)
			in.Report, in.Origin, in.Reason = r.ID, "folder of "+name, "reason "+name
			if err := tx.PutInput(b.ctx, in); err != nil {
				return err
			}
		}
		// An event from before the input had brought the report.
		_, err := b.appendEvent(tx, fmt.Sprintf("%s 0 %s", name, r.ID), "failed-"+name[:3], []byte("payload "+name))
		_, read := b.appendEvent(tx, r.ID, "read-"+name[:3], []byte("payload "+name+" "+text.String()))
		return errors.Join(err, read)
	})
	return r
}

func testPurge(b *bench) {
	gone, stays := b.fill("gone"), b.fill("stays")
	b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, gone.ID, tomb("t1")) })

	for what, ask := range map[string]func(tx store.Tx) error{
		"Report":               func(tx store.Tx) error { _, err := tx.Report(b.ctx, gone.ID); return err },
		"Text":                 func(tx store.Tx) error { _, err := tx.Text(b.ctx, gone.ID); return err },
		"RulesOf":              func(tx store.Tx) error { _, err := tx.RulesOf(b.ctx, gone.ID); return err },
		"Payload":              func(tx store.Tx) error { _, _, err := tx.Payload(b.ctx, 2); return err },
		"Payload of the input": func(tx store.Tx) error { _, _, err := tx.Payload(b.ctx, 1); return err },
	} {
		b.absent(what+" of the purged", ask)
	}
	b.view(func(tx store.Tx) error {
		claims, err := tx.Claims(b.ctx, store.ClaimFilter{})
		check(b, err)
		verdicts, err := tx.Verdicts(b.ctx, gone.ID)
		check(b, err)
		kept, err := tx.Verdicts(b.ctx, stays.ID)
		check(b, err)
		if len(claims) != 1 || claims[0].Report != stays.ID || len(verdicts) != 0 || len(kept) != 1 {
			b.Errorf("left are the claims %v and %d and %d verdicts, want only those of the other report", claims, len(verdicts), len(kept))
		}
		_, payload, err := tx.Payload(b.ctx, 4)
		check(b, err)
		if !strings.Contains(string(payload), "stays") {
			b.Errorf("the other report's payload = %q", payload)
		}
		return nil
	})
	b.same("Events stay", len(b.chain()), 4)
	b.same("Tombstones", read(b, func(tx store.Tx) ([]store.Tombstone, error) { return tx.Tombstones(b.ctx) }), []store.Tombstone{tomb("t1")})
	b.testPurgedInputs(gone)
	gone = b.fill("gone") // what was purged may come again
	b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, gone.ID, tomb("t2")) })
}

// testPurgedInputs: the totals still reconcile, and nothing tells what the inputs were.
func (b *bench) testPurgedInputs(gone corvee.Report) {
	b.Helper()
	inputs := read(b, func(tx store.Tx) ([]corvee.Input, error) { return tx.Inputs(b.ctx) })
	if len(inputs) != 4 || inputs[0].State != corvee.InputDone || inputs[1].State != corvee.InputDuplicate {
		b.Fatalf("Inputs after a purge = %v, want four in their order and state", inputs)
	}
	for _, in := range inputs[:2] {
		if told := fmt.Sprint(in); strings.Contains(told, "gone") || strings.Contains(told, gone.ID[7:]) || in.Report != "" || in.Bytes != 0 {
			b.Errorf("the input of what was purged still tells %s", told)
		}
	}
	if inputs[0].ID == inputs[1].ID {
		b.Errorf("two inputs have the id %s", inputs[0].ID)
	}
}

func testRefusedPurges(b *bench) {
	r := b.fill("one")
	purge := func(id string, t store.Tombstone) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.DeleteReport(b.ctx, id, t) }
	}
	b.refuse("DeleteReport of none", corvee.ErrNotFound, purge(corvee.HashID([]byte("none")), tomb("t")))
	b.refuse("DeleteReport by a beginning", corvee.ErrNotFound, purge(r.ID[:20], tomb("t")))
	b.refuse("DeleteReport without a tombstone's id", corvee.ErrInvalid, purge(r.ID, tomb("")))
	telling := tomb("t")
	telling.Reason = "it was " + r.ID[7:]
	b.refuse("a tombstone that names the hash", corvee.ErrInvalid, purge(r.ID, telling))
	b.refuse("a tombstone named by the hash", corvee.ErrInvalid, purge(r.ID, tomb(r.ID)))
	other := b.fill("two")
	b.update(purge(other.ID, tomb("t")))
	b.refuse("a second tombstone of one name", corvee.ErrConflict, purge(r.ID, tomb("t")))
	b.same("Report", read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, r.ID) }), r)
}

func testErase(b *bench) {
	r := b.fill("one")
	gone := b.fill("two")
	b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, gone.ID, tomb("t")) })
	for range 2 {
		check(b, b.Erase(b.ctx))
	}
	b.same("Report after Erase", read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, r.ID) }), r)
	loose, err := b.Sweep(b.ctx)
	check(b, err)
	b.same("Sweep after Erase", loose, []string{})
}

// Purged plants canaries wherever a report reaches, purges it, erases, and greps the raw
// files that files returns once the base has written them out. keep is left in the base
// to prove that the search can find something.
func Purged(t *testing.T, s store.Store, files func() (dir string)) {
	t.Helper()
	gone(t, s, files, func(b *bench, r corvee.Report) {
		b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, r.ID, tomb("t")) })
	})
}

// gone plants, has a report leave and greps.
func gone(t *testing.T, s store.Store, files func() (dir string), leave func(*bench, corvee.Report)) {
	t.Helper()
	b := &bench{t, s, t.Context()}
	const canary, keep = "canary-in-the-mine", "keeper-of-the-mine"
	b.plant(keep)
	check(t, b.Erase(b.ctx))
	if found := grep(t, files(), keep); len(found) == 0 {
		t.Fatalf("the search does not find what is in the base: it would prove nothing")
	}
	r := b.plant(canary)
	if found := grep(t, files(), canary); len(found) == 0 {
		t.Fatalf("the search does not find the canary while it is in the base")
	}
	leave(b, r)
	check(t, b.Erase(b.ctx))
	for _, word := range []string{canary, r.ID[7:], strings.ToUpper(canary), r.Text[7:]} {
		if found := grep(t, files(), word); len(found) > 0 {
			t.Errorf("%q is still in %v", word, found)
		}
	}
}

// plant stores a word in the text, a quote, a claim's slots, a verdict's note and edit, an
// event's payload and an input's origin, enough of each to fill many pages, and moves rows
// about so that copies are left behind.
func (b *bench) plant(word string) corvee.Report {
	b.Helper()
	text := textOf(b, strings.Repeat("line about the "+word+" and others.\n", 3000))
	r := reportOf(text, word)
	claims := b.canaryClaims(r, text, word)
	b.update(func(tx store.Tx) error {
		for _, some := range [][]corvee.Claim{claims[:50], claims, claims[100:], claims} {
			if err := errors.Join(tx.PutReport(b.ctx, "", r, text), tx.ReplaceClaims(b.ctx, r.ID, "1", some)); err != nil {
				return err
			}
		}
		for n := range 40 {
			if err := b.plantOne(tx, r, claims[n], fmt.Sprint(word, n)); err != nil {
				return err
			}
		}
		return nil
	})
	return r
}

func (b *bench) canaryClaims(r corvee.Report, text corvee.Text, word string) []corvee.Claim {
	b.Helper()
	line := text.Len() / 3000
	var claims []corvee.Claim
	for n := range 200 {
		quote, err := text.Quote(corvee.Span{Start: n * line, End: n*line + line - 1})
		check(b, err)
		c := claimOf(b, r, text, corvee.KindActivity, "line")
		c.Quote, c.Subject, c.Site = quote, "subject "+word, "site "+word
		c.Places = []corvee.Place{{ID: "place-" + word, Name: word, Country: "CN", Precision: corvee.AtCity}}
		c.ID = fmt.Sprintf("c%03d-%s", n, word)
		claims = append(claims, c)
	}
	return claims
}

func (b *bench) plantOne(tx store.Tx, r corvee.Report, c corvee.Claim, word string) error {
	v := verdictOn(c, "v-"+word, corvee.ReviewEdited)
	v.Note, v.Edited = "note "+word, &c
	in := inputOf("i-"+word, corvee.InputDone)
	in.Report, in.Origin = r.ID, "/home/"+word
	_, err := tx.AddVerdict(b.ctx, v, 0)
	_, appended := b.appendEvent(tx, r.ID, fmt.Sprint("s", c.Quote.Start), []byte(strings.Repeat(word, 300)))
	return errors.Join(err, appended, tx.PutInput(b.ctx, in))
}

// grep returns the files below a folder that hold a word.
func grep(t *testing.T, dir, word string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // the server removes files as it likes
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if strings.Contains(string(raw), word) {
			found = append(found, filepath.Base(p))
		}
		return err
	})
	check(t, err)
	return found
}
