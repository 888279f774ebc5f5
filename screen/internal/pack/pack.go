// Package pack keeps listings in one block of bytes and unpacks one at a time.
//
// What comes in: listings, in order. What goes out: the same listings, by number. Its one
// idea: of a million listings a query unpacks a dozen, so the rest are better bytes: a
// fourth of the memory, nothing for the collector to walk, nothing to parse at opening.
package pack

import (
	"encoding/binary"
	"math"

	"corvee"
	"corvee/screen/internal/flat"
)

// Listings are packed listings. They are immutable.
type Listings struct {
	data string
	at   []uint64 // listing → where it begins in data; one more at the end
}

// Of packs listings.
func Of(all []corvee.Listing) Listings {
	var data []byte
	out := Listings{at: make([]uint64, 1, len(all)+1)}
	for _, l := range all {
		data = appendListing(data, l)
		out.at = append(out.at, uint64(len(data)))
	}
	out.data = string(data)
	return out
}

// Len returns how many listings there are.
func (p Listings) Len() int { return len(p.at) - 1 }

// At unpacks one listing. Its texts are parts of the block.
func (p Listings) At(i int) corvee.Listing {
	r := reader{rest: p.data[p.at[i]:p.at[i+1]]}
	return r.listing()
}

// ID returns the id of one listing.
func (p Listings) ID(i int) string {
	r := reader{rest: p.data[p.at[i]:p.at[i+1]]}
	return r.text()
}

// Put writes the block.
func (p Listings) Put(w *flat.Writer) {
	flat.Put(w, p.at)
	flat.PutText(w, p.data)
}

// Take returns the listings that were written; ok is false when they are damaged.
func Take(r *flat.Reader) (p Listings, ok bool) {
	p = Listings{at: flat.Take[uint64](r), data: flat.TakeText(r)}
	if len(p.at) == 0 || p.at[0] != 0 || p.at[len(p.at)-1] != uint64(len(p.data)) || len(p.at) > math.MaxInt32 {
		return p, false
	}
	for i, at := range p.at[1:] {
		if at < p.at[i] {
			return p, false
		}
	}
	return p, true
}

func appendListing(b []byte, l corvee.Listing) []byte {
	b = text(b, l.ID)
	b = text(b, l.List)
	b = date(b, l.ListDate)
	b = text(b, l.SourceID)
	b = text(b, string(l.Kind))
	b = text(b, string(l.Type))
	b = many(b, l.Names, func(b []byte, n corvee.Name) []byte {
		return text(text(text(b, n.Value), string(n.Kind)), n.Lang)
	})
	b = many(b, l.Lists, func(b []byte, id corvee.ListID) []byte { return text(b, string(id)) })
	b = many(b, l.Programs, text)
	b = many(b, l.Topics, text)
	b = many(b, l.Countries, text)
	b = many(b, l.Addresses, text)
	b = many(b, l.Identifiers, func(b []byte, i corvee.Identifier) []byte { return text(text(b, i.Type), i.Value) })
	b = many(b, l.Dates, date)
	return text(b, l.Remarks)
}

func text(b []byte, s string) []byte { return append(binary.AppendUvarint(b, uint64(len(s))), s...) }

func date(b []byte, d corvee.Date) []byte {
	for _, n := range []int{d.Year, d.Month, d.Day} {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

func many[T any](b []byte, all []T, put func([]byte, T) []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(all)))
	for _, one := range all {
		b = put(b, one)
	}
	return b
}

// reader unpacks one listing. Of damaged bytes it gives what it can: a checksum has been
// asked before.
type reader struct{ rest string }

func (r *reader) listing() corvee.Listing {
	return corvee.Listing{
		ID: r.text(), List: r.text(), ListDate: r.date(), SourceID: r.text(),
		Kind: corvee.ListingKind(r.text()), Type: corvee.PartyType(r.text()),
		Names: each(r, func() corvee.Name {
			return corvee.Name{Value: r.text(), Kind: corvee.NameKind(r.text()), Lang: r.text()}
		}),
		Lists:    each(r, func() corvee.ListID { return corvee.ListID(r.text()) }),
		Programs: each(r, r.text), Topics: each(r, r.text), Countries: each(r, r.text), Addresses: each(r, r.text),
		Identifiers: each(r, func() corvee.Identifier { return corvee.Identifier{Type: r.text(), Value: r.text()} }),
		Dates:       each(r, r.date), Remarks: r.text(),
	}
}

func (r *reader) count() uint64 {
	var n uint64
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64; i++ {
		c := r.rest[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	r.rest = ""
	return 0
}

func (r *reader) text() string {
	n := r.count()
	n = min(n, uint64(len(r.rest)))
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *reader) number() int {
	n := r.count()
	return int(int64(n>>1) ^ -int64(n&1))
}

func (r *reader) date() corvee.Date {
	return corvee.Date{Year: r.number(), Month: r.number(), Day: r.number()}
}

func each[T any](r *reader, take func() T) []T {
	n := r.count()
	if n == 0 || n > uint64(len(r.rest)) { // each takes a byte at least
		return nil
	}
	out := make([]T, n)
	for i := range out {
		out[i] = take()
	}
	return out
}
