// Package audit is the append-only log of acts, as a chain of hashes.
//
// What comes in: the last event and the next, or a whole log. What goes out: the next
// event, sealed, or the first place where a log does not hold. Its one idea: each event's
// hash covers its own fields and the hash before it, so a change anywhere shows from there
// on; the payload is outside the chain behind a salted hash, so that a purge can take it
// away without breaking what remains.
//
// The chain shows tampering to whoever holds a later head. It does not protect against the
// owner of the machine, who can write the whole log anew.
//
// An event stays for good. Its Subject must therefore not be the hash of a document that
// may be purged: put a salted hash there (PayloadHash of the id) and the id in the payload.
package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"corvee"
)

// PayloadHash returns the hash of a payload under its salt, as "sha256:" and hexadecimal
// digits. The salt, at least 16 random bytes kept beside the payload, goes with it in a
// purge; what is left then fits every payload equally well.
func PayloadHash(salt, payload []byte) string {
	return digest("corvee event payload 1", salt, payload)
}

// Seal returns e as the event after prev: with its Seq, Prev and Hash, and its time cut
// to microseconds UTC, as bases keep it. The zero Event stands before the first.
func Seal(prev, e corvee.Event) corvee.Event {
	e.Seq, e.Prev = prev.Seq+1, prev.Hash
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Hash = hashOf(e)
	return e
}

// Verify reads a log from its first event and returns nil if every event follows the one
// before. Otherwise it returns corvee.ErrInconsistent naming the first that does not, or
// the error of the log itself. That events are missing at the end only an older head can
// show: see VerifyFrom and compare.
func Verify(log iter.Seq2[corvee.Event, error]) error {
	_, err := VerifyFrom(corvee.Event{}, log)
	return err
}

// VerifyFrom is Verify for a log that goes on after prev, and returns its head.
func VerifyFrom(prev corvee.Event, log iter.Seq2[corvee.Event, error]) (head corvee.Event, err error) {
	for e, err := range log {
		if err != nil {
			return prev, fmt.Errorf("audit: after event %d: %w", prev.Seq, err)
		}
		if err := follows(prev, e); err != nil {
			return prev, err
		}
		prev = e
	}
	return prev, nil
}

func follows(prev, e corvee.Event) error {
	switch {
	case e.Seq != prev.Seq+1:
		return fmt.Errorf("%w: event %d stands where event %d belongs", corvee.ErrInconsistent, e.Seq, prev.Seq+1)
	case e.Prev != prev.Hash:
		return fmt.Errorf("%w: event %d does not name the hash of the event before it", corvee.ErrInconsistent, e.Seq)
	case e.Hash != hashOf(e):
		return fmt.Errorf("%w: event %d is not what its hash was made of", corvee.ErrInconsistent, e.Seq)
	}
	return nil
}

// hashOf leaves out nothing but the hash itself. Times count in microseconds, so that an
// event read back from a base has the hash that it was sealed with.
func hashOf(e corvee.Event) string {
	return digest("corvee event 1",
		number(e.Seq), number(e.At.UnixMicro()), []byte(e.Actor), []byte(e.Collection),
		[]byte(e.Verb), []byte(e.Subject), []byte(e.PayloadHash), []byte(e.Prev))
}

func number(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// digest hashes its parts each behind its length, so that no two lists of parts are
// written alike. domain keeps the hashes of different things apart.
func digest(domain string, parts ...[]byte) string {
	h := sha256.New()
	for _, p := range append([][]byte{[]byte(domain)}, parts...) {
		h.Write(number(int64(len(p))))
		h.Write(p)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
