package storetest

import (
	"errors"
	"testing"

	"corvee"
	"corvee/store"
	"corvee/store/storetest/sample"
)

func sealedAs(code string) store.Sealed {
	return store.Sealed{
		Code: code, At: sample.Moment(7), Actor: corvee.LocalActor, Collection: corvee.DefaultCollection,
		State: store.SealClosing, Bundle: corvee.HashID([]byte(code)), Stray: []string{"one", "two"}, Since: sample.Moment(8), Token: "t",
	}
}

// putAway seals a report and returns what was lifted.
func (b *bench) putAway(r corvee.Report, code string) (lifted []byte) {
	b.Helper()
	b.update(func(tx store.Tx) (err error) {
		if lifted, err = tx.Lift(b.ctx, r.ID); err != nil {
			return err
		}
		return tx.PutAway(b.ctx, r.ID, sealedAs(code))
	})
	return lifted
}

// told is all that the port says of the reports and what hangs on them.
type told struct {
	Reports  []corvee.Report
	Claims   []corvee.Claim
	Verdicts [][]corvee.Verdict
	Inputs   []corvee.Input
	Captures []store.Capture
	Seen     []store.Seen

	Alerts, Unsent         []store.Alert
	Texts, Rules, Payloads []string
}

func (b *bench) told() (out told) {
	b.Helper()
	b.view(func(tx store.Tx) (err error) {
		out = told{}
		var errs [6]error
		out.Reports, errs[0] = tx.Reports(b.ctx, store.ReportFilter{})
		out.Claims, errs[1] = tx.Claims(b.ctx, store.ClaimFilter{})
		out.Inputs, errs[2] = tx.Inputs(b.ctx)
		out.Captures, errs[3] = tx.Captures(b.ctx, "")
		out.Alerts, errs[4] = tx.Alerts(b.ctx, 0)
		out.Unsent, errs[5] = tx.Unsent(b.ctx)
		for _, r := range out.Reports {
			text, err := tx.Text(b.ctx, r.ID)
			check(b, err)
			verdicts, err := tx.Verdicts(b.ctx, r.ID)
			check(b, err)
			rules, err := tx.RulesOf(b.ctx, r.ID)
			check(b, err)
			out.Texts, out.Verdicts, out.Rules = append(out.Texts, text.String()), append(out.Verdicts, verdicts), append(out.Rules, rules)
		}
		for e, err := range tx.Events(b.ctx, 0) {
			check(b, err)
			if salt, payload, err := tx.Payload(b.ctx, e.Seq); err == nil {
				out.Payloads = append(out.Payloads, string(salt)+string(payload))
			}
		}
		return errors.Join(errs[:]...)
	})
	out.Seen = b.seen("w")
	return out
}

// testSeal: what is lifted and laid again is what it was, number by number; in between the
// base says a code and a state.
func testSeal(b *bench) {
	b.fill("early")
	r := b.fill("secret")
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.PutCapture(b.ctx, captureOf(r.ID, 1)), tx.PutWatch(b.ctx, watchOf("w", 1)),
			tx.PutSeen(b.ctx, store.Seen{Watch: "w", Item: "a", Hash: "1", Report: r.ID}))
	})
	b.alert("a1", r.ID)
	b.fill("later")
	before := b.told()
	lifted := b.putAway(r, "s-1")
	during := b.told()
	if len(during.Reports) != 2 || len(during.Captures)+len(during.Alerts) != 0 || len(during.Payloads) != 4 || !during.Seen[0].Purged {
		b.Errorf("while it is sealed the base says %+v", during)
	}
	b.same("Inputs keep their number", len(during.Inputs), len(before.Inputs))
	b.same("Sealed", read(b, func(tx store.Tx) ([]store.Sealed, error) { return tx.Sealed(b.ctx) }), []store.Sealed{sealedAs("s-1")})
	b.refuse("a code that is taken", corvee.ErrConflict, func(tx store.Tx) error { return tx.PutAway(b.ctx, before.Reports[0].ID, sealedAs("s-1")) })
	b.refuse("laying under another code", corvee.ErrNotFound, func(tx store.Tx) error { return tx.Lay(b.ctx, "s-2", lifted) })
	b.refuse("laying what is broken", corvee.ErrInconsistent, func(tx store.Tx) error { return tx.Lay(b.ctx, "s-1", lifted[:len(lifted)/2]) })
	b.update(func(tx store.Tx) error { return tx.Lay(b.ctx, "s-1", lifted) })
	b.same("after it was laid again", b.told(), before)
	b.same("Sealed", read(b, func(tx store.Tx) ([]store.Sealed, error) { return tx.Sealed(b.ctx) }), []store.Sealed{})
	b.putAway(r, "s-1") // and again
	b.fill("secret")    // the same document is read again in the open
	b.refuse("laying over it", corvee.ErrConflict, func(tx store.Tx) error { return tx.Lay(b.ctx, "s-1", lifted) })
	b.update(func(tx store.Tx) error { return tx.DeleteSealed(b.ctx, "s-1", tomb("t1")) })
	b.same("Tombstones", read(b, func(tx store.Tx) ([]store.Tombstone, error) { return tx.Tombstones(b.ctx) }), []store.Tombstone{tomb("t1")})
}

// PutAway is Purged for a sealing: the same canaries, the same files.
func PutAway(t *testing.T, s store.Store, files func() (dir string)) {
	t.Helper()
	gone(t, s, files, func(b *bench, r corvee.Report) { b.putAway(r, "s-1") })
}
