package audit_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/audit"
)

// chain seals n plain events.
func chain(n int) []corvee.Event {
	var log []corvee.Event
	var last corvee.Event
	for i := range n {
		last = audit.Seal(last, corvee.Event{
			At: time.Date(2026, 11, 24, 9, i, 0, 0, time.UTC), Actor: "local", Collection: "default",
			Verb: "read", Subject: fmt.Sprint("s", i), PayloadHash: audit.PayloadHash([]byte("salt"), []byte{byte(i)}),
		})
		log = append(log, last)
	}
	return log
}

func each(log []corvee.Event) iter.Seq2[corvee.Event, error] {
	return func(yield func(corvee.Event, error) bool) {
		for _, e := range log {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestVerifyHolds(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 50} {
		if err := audit.Verify(each(chain(n))); err != nil {
			t.Errorf("Verify of a true log of %d: %v", n, err)
		}
	}
}

func TestSealIsFixed(t *testing.T) {
	t.Parallel()
	// Written out so that no change of the encoding can pass unseen: every base and bag
	// that is already out there was sealed with it.
	const want = "sha256:f487fcb3f0a92e8b3c73567c045e77d42b426822116c02e595b4d41c6d51b819"
	if got := chain(3)[2].Hash; got != want {
		t.Errorf("the third event's hash = %s, want %s", got, want)
	}
	const wantPayload = "sha256:da6faf4df5e7532a7d44a683503f9a321500ed2637a22451ec4649be986eccd1"
	if got := audit.PayloadHash([]byte("0123456789abcdef"), []byte("{}")); got != wantPayload {
		t.Errorf("PayloadHash = %s, want %s", got, wantPayload)
	}
}

func TestSealSurvivesStorage(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 18, 0, 0, 123456789, time.FixedZone("KST", 9*3600))
	e := audit.Seal(corvee.Event{}, corvee.Event{At: at, Verb: "read"})
	stored := e
	stored.At = time.UnixMicro(e.At.UnixMicro()).UTC()
	if err := audit.Verify(each([]corvee.Event{stored})); err != nil {
		t.Errorf("an event whose time was kept in microseconds no longer verifies: %v", err)
	}
	if diff := cmp.Diff(e, stored); diff != "" {
		t.Errorf("the sealed event is not what a base gives back:\n%s", diff)
	}
}

func TestVerifyNamesTheFirstBroken(t *testing.T) {
	t.Parallel()
	log := chain(9)
	log[4].Verb = "purge"
	log[7].Verb = "purge"
	err := audit.Verify(each(log))
	if !errors.Is(err, corvee.ErrInconsistent) || !strings.Contains(err.Error(), "event 5 ") {
		t.Errorf("Verify = %v, want ErrInconsistent at event 5", err)
	}
}

func TestVerifyPassesOnErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk gone")
	log := func(yield func(corvee.Event, error) bool) {
		if yield(chain(1)[0], nil) {
			yield(corvee.Event{}, broken)
		}
	}
	if err := audit.Verify(log); !errors.Is(err, broken) {
		t.Errorf("Verify = %v, want the error of the log", err)
	}
}

func TestVerifyFrom(t *testing.T) {
	t.Parallel()
	log := chain(6)
	head, err := audit.VerifyFrom(log[2], each(log[3:]))
	if err != nil || head != log[5] {
		t.Errorf("VerifyFrom = %v, %v; want the last event", head, err)
	}
	if head, err := audit.VerifyFrom(log[2], each(nil)); err != nil || head != log[2] {
		t.Errorf("VerifyFrom of nothing = %v, %v; want where it started", head, err)
	}
	if _, err := audit.VerifyFrom(log[1], each(log[3:])); !errors.Is(err, corvee.ErrInconsistent) {
		t.Errorf("VerifyFrom over a gap = %v, want ErrInconsistent", err)
	}
}

// changes is every field of an event with a way to change it.
func changes() map[string]func(*corvee.Event) {
	return map[string]func(*corvee.Event){
		"seq":         func(e *corvee.Event) { e.Seq++ },
		"at":          func(e *corvee.Event) { e.At = e.At.Add(time.Microsecond) },
		"actor":       func(e *corvee.Event) { e.Actor += "x" },
		"collection":  func(e *corvee.Event) { e.Collection += "x" },
		"verb":        func(e *corvee.Event) { e.Verb = "" },
		"subject":     func(e *corvee.Event) { e.Subject += "\x00" },
		"payloadhash": func(e *corvee.Event) { e.PayloadHash = strings.ToUpper(e.PayloadHash) },
		"prev":        func(e *corvee.Event) { e.Prev += "0" },
		"hash":        func(e *corvee.Event) { e.Hash = "sha256:" + strings.Repeat("0", 64) },
		// A letter that moves from one field to the next leaves the joined text as it was.
		"border": func(e *corvee.Event) { e.Verb, e.Subject = "rea", "d"+e.Subject },
	}
}

// TestTampering: whatever is changed, removed, swapped, doubled or put in, anywhere but at
// the very end, is found; and at or before the place where it was done.
func TestTampering(t *testing.T) {
	t.Parallel()
	names := make([]string, 0)
	for name := range changes() {
		names = append(names, name)
	}
	slices.Sort(names)
	rapid.Check(t, func(r *rapid.T) {
		log := chain(rapid.IntRange(2, 12).Draw(r, "events"))
		i := rapid.IntRange(0, len(log)-2).Draw(r, "where")
		how := rapid.SampledFrom(append(names, "remove", "swap", "double", "insert", "resealed")).Draw(r, "how")
		switch how {
		case "remove":
			log = slices.Delete(log, i, i+1)
		case "swap":
			log[i], log[i+1] = log[i+1], log[i]
		case "double":
			log = slices.Insert(log, i, log[i])
		case "insert":
			log = slices.Insert(log, i+1, audit.Seal(log[i], corvee.Event{Verb: "planted"}))
		case "resealed": // the forger makes the event's own hash fit again
			forged := log[i]
			forged.Subject += "x"
			before := corvee.Event{Seq: forged.Seq - 1, Hash: forged.Prev}
			log[i] = audit.Seal(before, forged)
		default:
			changes()[how](&log[i])
		}
		if err := audit.Verify(each(log)); !errors.Is(err, corvee.ErrInconsistent) {
			r.Fatalf("Verify after %s at %d = %v, want ErrInconsistent", how, i, err)
		}
	})
}

// TestLastEventChanged: the last event has no follower, its own hash must tell.
func TestLastEventChanged(t *testing.T) {
	t.Parallel()
	for name, change := range changes() {
		log := chain(3)
		change(&log[2])
		if err := audit.Verify(each(log)); !errors.Is(err, corvee.ErrInconsistent) {
			t.Errorf("Verify with another %s at the end = %v, want ErrInconsistent", name, err)
		}
	}
}

// TestPayloadHash: another salt or payload is another hash, also where the two joined are
// the same bytes.
func TestPayloadHash(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		part := rapid.SliceOfN(rapid.ByteRange('a', 'b'), 0, 3)
		s1, p1 := part.Draw(r, "salt"), part.Draw(r, "payload")
		s2, p2 := part.Draw(r, "other salt"), part.Draw(r, "other payload")
		same := slices.Equal(s1, s2) && slices.Equal(p1, p2)
		if got := audit.PayloadHash(s1, p1) == audit.PayloadHash(s2, p2); got != same {
			r.Fatalf("hashes of (%q, %q) and (%q, %q) equal: %t", s1, p1, s2, p2, got)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	log := chain(1000)
	for b.Loop() {
		if err := audit.Verify(each(log)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "events/s")
}
