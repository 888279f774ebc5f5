package frame

import "corvee/read/internal/segment"

// maxSteps bounds the steps of one match line per token of the sentence, so that no
// pattern can make a text cost more than linear time.
const maxSteps = 60

// machine runs one program with backtracking: gaps are lazy, so the nearest words win.
// What a failed way had bound is taken back from a trail.
type machine struct {
	s      *Sentence
	code   []inst
	budget int
	m      Match
	trail  []undo
}

// undo is what a role was bound to before.
type undo struct {
	role Role
	was  Binding
}

// state is what a failed way must restore.
type state struct {
	trail, first, last int
	said               uint64
}

func (r *machine) save() state { return state{len(r.trail), r.m.First, r.m.Last, r.m.said} }

func (r *machine) restore(s state) {
	for len(r.trail) > s.trail {
		u := r.trail[len(r.trail)-1]
		r.m.Bound[u.role] = u.was
		r.trail = r.trail[:len(r.trail)-1]
	}
	r.m.First, r.m.Last, r.m.said = s.first, s.last, s.said
}

// at tries the program at token i.
func (r *machine) at(i int) (Match, bool) {
	r.m = Match{From: i, First: -1, Last: -1}
	r.trail = r.trail[:0]
	end, ok := r.run(0, i)
	if !ok || end == i {
		return Match{}, false
	}
	m := r.m
	m.To = end
	if m.First < 0 {
		m.First = m.From
	}
	if m.Last < 0 {
		m.Last = m.To
	}
	return m, m.First < m.Last
}

// run executes from instruction pc at token i and returns where the match ends.
func (r *machine) run(pc, i int) (int, bool) {
	for {
		if r.budget--; r.budget < 0 {
			return i, false
		}
		in := &r.code[pc]
		switch in.op {
		case opMatch:
			return i, true
		case opJump:
			pc = in.n
		case opSplit:
			if !in.sure || r.next(i, in.want) {
				if in.also && !r.next(i, in.other) {
					pc = in.n // there is no other way
					continue
				}
				saved := r.save()
				if end, ok := r.run(in.n, i); ok {
					return end, true
				}
				r.restore(saved)
			}
			pc = in.m
		case opOpen:
			r.m.First = i
			pc++
		case opClose:
			r.m.Last = i
			pc++
		case opRest:
			for i > r.s.First && i < r.s.Last && r.s.P.Tokens[i].Clause == r.s.P.Tokens[i-1].Clause {
				i++
			}
			pc++
		case opGap, opSentence:
			return r.gap(pc, i)
		case opChunk:
			return r.chunk(pc, i)
		default:
			if i >= r.s.Last {
				return i, false
			}
			next, _, ok := r.s.single(in, i)
			if !ok {
				return i, false
			}
			r.bind(in.role, i, next, -1)
			pc, i = pc+1, next
		}
	}
}

// next reports whether token i is what the program goes on with.
func (r *machine) next(i int, want ask) bool {
	return i < r.s.Last && r.s.tokens[i-r.s.First].meets(want)
}

// gap skips as few tokens as it can. Within a clause it may not leave it.
func (r *machine) gap(pc, i int) (int, bool) {
	in := &r.code[pc]
	most := in.n
	if in.op == opSentence {
		most = r.s.Last - i
	}
	clause := r.clause(i)
	for n := 0; ; n++ {
		if n > 0 && r.s.Strict && in.op == opGap && i > r.s.First && i+n < r.s.Last && r.s.P.Tokens[i+n].Clause != clause {
			return i, false
		}
		if i+n <= r.s.Last && (!in.sure || r.next(i+n, in.want)) {
			saved := r.save()
			if end, ok := r.run(pc+1, i+n); ok {
				return end, true
			}
			r.restore(saved)
		}
		if n >= most || i+n >= r.s.Last || r.budget < 0 {
			return i, false
		}
		if in.op == opGap && i > r.s.First && r.s.P.Tokens[i+n].Clause != clause {
			return i, false
		}
	}
}

// clause returns the clause that a gap from token i may not leave: the one before it, or,
// behind a mark that the pattern itself names, the one that the mark begins.
func (r *machine) clause(i int) uint16 {
	if i == r.s.First || r.s.Strict && i < r.s.Last && r.s.P.Tokens[i-1].Kind == segment.Mark {
		return r.s.P.Tokens[min(i, r.s.Last-1)].Clause
	}
	return r.s.P.Tokens[i-1].Clause
}

// chunk matches an entity and goes on behind it. Chunks of one type at one token are tried
// from the longest.
func (r *machine) chunk(pc, i int) (int, bool) {
	if i >= r.s.Last {
		return i, false
	}
	in := &r.code[pc]
	for c := r.s.heads[i-r.s.First]; c >= 0; c = r.s.Chunks[c].next {
		k := &r.s.Chunks[c]
		if k.Type != in.typ || in.id != "" && k.ID != in.id {
			continue
		}
		saved := r.save()
		r.bind(in.role, i, k.Last, int(c))
		if end, ok := r.run(pc+1, k.Last); ok {
			return end, true
		}
		r.restore(saved)
	}
	return i, false
}

func (r *machine) bind(role Role, first, last, chunk int) {
	if role != NoRole {
		r.trail = append(r.trail, undo{role, r.m.Bound[role]})
		r.m.Bound[role] = Binding{int32(first), int32(last), int32(chunk)}
	}
	for j := first; j < last && j-r.m.From < 64; j++ {
		if j >= r.m.From {
			r.m.said |= 1 << (j - r.m.From)
		}
	}
}
