package index

// multi maps a hash to numbers: pairs in the order of their hashes, found through a table
// of the hashes' first bits. Of a hash only the sixteen bits behind those are kept, so that
// a pair is six bytes; two things of one hash are told apart by whoever asked.
type multi struct {
	shift  uint8
	first  []uint32 // leading bits → where they begin
	prints []uint16 // the bits behind the leading ones
	values []uint32
}

// print is what is kept of a hash in its bucket.
func (m *multi) print(hash uint32) uint16 { return uint16(hash << (32 - m.shift) >> 16) }

// span returns where a hash's bucket begins and ends.
func (m *multi) span(hash uint32) (lo, hi uint32) {
	if len(m.first) == 0 {
		return 0, 0
	}
	bucket := hash >> m.shift
	return m.first[bucket], m.first[bucket+1]
}

// in returns the numbers under a hash, in order, of its bucket.
func (m *multi) in(lo, hi uint32, hash uint32) []uint32 {
	print := m.print(hash)
	for lo < hi && m.prints[lo] < print {
		lo++
	}
	end := lo
	for end < hi && m.prints[end] == print {
		end++
	}
	return m.values[lo:end]
}

// of returns the numbers under a hash, in order.
func (m *multi) of(hash uint32) []uint32 {
	lo, hi := m.span(hash)
	return m.in(lo, hi, hash)
}

// pile collects what becomes a multi.
type pile struct{ entries []uint64 }

func (p *pile) add(hash, value uint32) { p.entries = append(p.entries, uint64(hash)<<32|uint64(value)) }

// sorted returns the multi, each pair once: the pairs are counted into their buckets, which
// are short, and sorted there.
func (p *pile) sorted() multi {
	bits := uint8(1)
	for bits < 28 && 1<<bits < len(p.entries)/2 {
		bits++
	}
	m := multi{shift: 32 - bits, first: make([]uint32, 1<<bits+1)}
	for _, e := range p.entries {
		m.first[e>>32>>m.shift+1]++
	}
	for i := range len(m.first) - 1 {
		m.first[i+1] += m.first[i]
	}
	m.prints, m.values = make([]uint16, len(p.entries)), make([]uint32, len(p.entries))
	m.fill(p.entries)
	p.entries = nil
	m.compact()
	return m
}

// fill puts each pair behind the last of its bucket that it is not before.
func (m *multi) fill(entries []uint64) {
	next := make([]uint32, len(m.first)-1)
	copy(next, m.first)
	for _, e := range entries {
		hash, value := uint32(e>>32), uint32(e)
		bucket, print := hash>>m.shift, m.print(hash)
		at, from := next[bucket], m.first[bucket]
		for at > from && (m.prints[at-1] > print || m.prints[at-1] == print && m.values[at-1] > value) {
			m.prints[at], m.values[at] = m.prints[at-1], m.values[at-1]
			at--
		}
		m.prints[at], m.values[at] = print, value
		next[bucket]++
	}
}

// compact takes out what is there twice.
func (m *multi) compact() {
	kept := uint32(0)
	for bucket := range len(m.first) - 1 {
		lo, hi := m.first[bucket], m.first[bucket+1]
		m.first[bucket] = kept
		for i := lo; i < hi; i++ {
			if i > lo && m.prints[i] == m.prints[i-1] && m.values[i] == m.values[i-1] {
				continue
			}
			m.prints[kept], m.values[kept] = m.prints[i], m.values[i]
			kept++
		}
	}
	m.first[len(m.first)-1] = kept
	m.prints, m.values = append([]uint16(nil), m.prints[:kept]...), append([]uint32(nil), m.values[:kept]...)
}
