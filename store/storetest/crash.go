package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/store"
)

// Seal chains an event; Verify checks a chain. They are package audit's, which a store
// does not know.
type (
	Seal   func(prev, e corvee.Event) corvee.Event
	Verify func(iter.Seq2[corvee.Event, error]) error
)

// WriteUntilKilled writes one thing after another into a base, each with its event, in one
// transaction, and writes its number to ack once it was accepted. It returns only the
// failure of a write.
func WriteUntilKilled(ctx context.Context, s store.Store, seal Seal, ack io.Writer) error {
	next := 0
	// Within Update, so that a server is done with a writer that was killed before.
	err := s.Update(ctx, func(tx store.Tx) (err error) { next, err = tx.CountReports(ctx); return err })
	if err != nil {
		return err
	}
	for ; ; next++ {
		if err := s.Update(ctx, func(tx store.Tx) error { return writeNumber(ctx, tx, seal, next) }); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(ack, next); err != nil {
			return err
		}
	}
}

func nameOf(n int) string { return fmt.Sprintf("crash %d", n) }

// writeNumber touches every kind of table, so that a transaction torn anywhere shows.
func writeNumber(ctx context.Context, tx store.Tx, seal Seal, n int) error {
	text, err := corvee.NewText(strings.Repeat(fmt.Sprintf("Plant %d took on 200 women. ", n), 40+n%400), nil)
	if err != nil {
		return err
	}
	r := corvee.Report{ID: corvee.HashID([]byte(nameOf(n))), Text: text.Hash(), Title: nameOf(n)}
	quote, err := text.Quote(corvee.Span{Start: 0, End: 20})
	if err != nil {
		return err
	}
	c := corvee.Claim{
		ID: "c" + nameOf(n), Report: r.ID, Text: r.Text, Kind: corvee.KindHeadcount, Factuality: corvee.Asserted,
		Polarity: corvee.Positive, Quote: quote, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
	}
	v := corvee.Verdict{ID: nameOf(n), Report: r.ID, Claim: c.ID, Binding: c.Binding(), Review: corvee.ReviewAccepted, Actor: corvee.LocalActor}
	listings := listingsOf("Crash", n%700+1)
	for _, write := range []func() error{
		func() error { return tx.PutReport(ctx, "", r, text) },
		func() error { return tx.ReplaceClaims(ctx, r.ID, "1", []corvee.Claim{c}) },
		func() error { _, err := tx.AddVerdict(ctx, v, 0); return err },
		func() error {
			return tx.PutInput(ctx, corvee.Input{ID: nameOf(n), Report: r.ID, State: corvee.InputDone})
		},
		func() error {
			return tx.ReplaceList(ctx, corvee.ListVersion{List: "Crash", File: nameOf(n)}, slices.Values(listings))
		},
		func() error { return appendSealed(ctx, tx, seal, nameOf(n), r.ID) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func appendSealed(ctx context.Context, tx store.Tx, seal Seal, subject, report string) error {
	last, err := tx.LastEvent(ctx)
	if err != nil {
		return err
	}
	e := seal(last, corvee.Event{At: moment(0), Actor: corvee.LocalActor, Verb: "read", Subject: subject})
	return tx.AppendEvent(ctx, e, report, []byte("salt"), []byte(subject))
}

// Crash starts child, which must run WriteUntilKilled on the base with its standard output
// for ack, kills it with SIGKILL at moments that differ from round to round, and checks
// the base that open then finds.
func Crash(t *testing.T, rounds int, child func() *exec.Cmd, open func() store.Store, verify Verify) {
	t.Helper()
	acked := -1
	for round := range rounds {
		acks := 1 + round*5%6
		wait := time.Duration(round*7919%30_000) * time.Microsecond
		acked = max(acked, killed(t, child(), acks, wait))
		if t.Failed() {
			return
		}
		s := open()
		written := Whole(t, s, acked, verify)
		check(t, s.Close())
		t.Logf("round %d: killed after %d acknowledgements and %v: %d acknowledged, %d whole", round, acks, wait, acked+1, written)
	}
}

// killed returns the last number that the child had acknowledged when it was killed.
func killed(t *testing.T, child *exec.Cmd, acks int, wait time.Duration) (last int) {
	t.Helper()
	out, err := child.StdoutPipe()
	check(t, err)
	var said strings.Builder
	child.Stderr = &said
	check(t, child.Start())
	last = -1
	lines := bufio.NewScanner(out)
	for seen := 0; lines.Scan(); {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Errorf("the child wrote %q", lines.Text())
			break
		}
		if seen++; seen == acks {
			time.AfterFunc(wait, func() { _ = child.Process.Kill() })
		}
	}
	_ = child.Wait() // it was killed
	if last < 0 {
		t.Errorf("the child acknowledged nothing: %s", said.String())
	}
	return last
}

// Whole checks that everything up to the number acked is in the base, that nothing is in it
// in part, and that the chain and all quotes hold. It returns how many things are there.
func Whole(t *testing.T, s store.Store, acked int, verify Verify) (written int) {
	t.Helper()
	b := &bench{t, s, t.Context()}
	b.view(func(tx store.Tx) (err error) {
		check(t, verify(tx.Events(b.ctx, 0)))
		written, err = tx.CountReports(b.ctx)
		check(t, err)
		claims, err := tx.CountClaims(b.ctx)
		check(t, err)
		inputs, err := tx.Inputs(b.ctx)
		check(t, err)
		last, err := tx.LastEvent(b.ctx)
		check(t, err)
		if claims != written || len(inputs) != written || last.Seq != int64(written) || written <= acked {
			t.Fatalf("%d reports, %d claims, %d inputs, %d events after %d acknowledgements: torn or lost",
				written, claims, len(inputs), last.Seq, acked+1)
		}
		for n := range written {
			b.wholeNumber(tx, n)
		}
		b.wholeList(tx, written-1)
		return nil
	})
	loose, err := s.Sweep(b.ctx)
	check(t, err)
	b.same("Sweep", loose, []string{})
	return written
}

func (b *bench) wholeNumber(tx store.Tx, n int) {
	b.Helper()
	id := corvee.HashID([]byte(nameOf(n)))
	r, err := tx.Report(b.ctx, id)
	check(b, err)
	text, err := tx.Text(b.ctx, id)
	check(b, err)
	verdicts, err := tx.Verdicts(b.ctx, id)
	check(b, err)
	_, payload, err := tx.Payload(b.ctx, int64(n+1))
	check(b, err)
	if r.Title != nameOf(n) || text.Hash() != r.Text || len(verdicts) != 1 || verdicts[0].ID != nameOf(n) || string(payload) != nameOf(n) {
		b.Fatalf("number %d is torn: %v, %d verdicts, payload %q", n, r, len(verdicts), payload)
	}
}

func (b *bench) wholeList(tx store.Tx, last int) {
	b.Helper()
	versions, err := tx.ListVersions(b.ctx)
	check(b, err)
	listings := 0
	for _, err := range tx.Listings(b.ctx) {
		check(b, err)
		listings++
	}
	if len(versions) != 1 || versions[0].File != nameOf(last) || listings != last%700+1 || versions[0].Listings != listings {
		b.Fatalf("the list has %d listings under %v, want %d of %s", listings, versions, last%700+1, nameOf(last))
	}
}
