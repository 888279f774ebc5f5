package index

import "corvee/internal/names"

// spellings has, for each part of one name, the Latin letters that it may be written with.
type spellings struct {
	all []string
	end []int // part → where its spellings end in all
	run []byte
	key []byte
	two [2]uint32
}

// spell takes a name's parts.
func (s *spellings) spell(units []names.Unit) {
	s.all, s.end = s.all[:0], s.end[:0]
	for i := range units {
		if u := &units[i]; u.Script == names.Latin {
			s.all = append(s.all, u.Text)
		} else {
			s.all = append(s.all, names.Spelt(u.Text, u.Script)...)
		}
		s.end = append(s.end, len(s.all))
	}
}

// of returns the spellings of one part.
func (s *spellings) of(part int) []string {
	from := 0
	if part > 0 {
		from = s.end[part-1]
	}
	return s.all[from:s.end[part]]
}

// sound is the hash of a spelling's sound.
func (s *spellings) sound(latin string) uint32 {
	s.key = names.AppendSkeleton(s.key[:0], latin)
	return poly(0).bytes(s.key).under(waySound)
}

// sounds returns the hash of the sound of a whole name without its spaces, legal form and
// little words; and that of its identity alone.
func (s *spellings) sounds(units []names.Unit) []uint32 {
	out := s.two[:0]
	for _, identity := range [2]bool{false, true} {
		s.run = s.run[:0]
		for i := range units {
			spelt := s.of(i)
			if len(spelt) == 0 || unsounded(units[i].Role) || identity && !telling(units[i].Role) {
				continue
			}
			s.run = append(s.run, spelt[0]...)
		}
		s.key = names.AppendSkeleton(s.key[:0], s.run)
		if len(s.key) == 0 {
			continue
		}
		if h := poly(0).bytes(s.key).under(waySound); len(out) == 0 || h != out[0] {
			out = append(out, h)
		}
	}
	return out
}

func unsounded(r names.Role) bool {
	switch r {
	case names.Form, names.Stop, names.Title, names.Number:
		return true
	}
	return false
}

// telling reports the roles of an identity.
func telling(r names.Role) bool { return r == names.Trade || r == names.Word || r == names.Initial }

// begins is the class of the first sound of a name's identity; 0 when it has none.
func (s *spellings) begins(units []names.Unit) byte {
	for i := range units {
		if u := &units[i]; u.Role == names.Trade || u.Role == names.Word {
			if spelt := s.of(i); len(spelt) > 0 {
				if s.key = names.AppendSkeleton(s.key[:0], spelt[0]); len(s.key) > 0 {
					return s.key[0]
				}
			}
			return 0
		}
	}
	return 0
}
