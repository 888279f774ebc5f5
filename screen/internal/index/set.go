package index

// set is the numbers that one query has seen. It is small enough for a processor's nearest
// memory, where marks for every name of the list are not.
type set struct {
	slots [setSlots]uint32 // number + 1
	used  []uint16
}

// setSlots is more than twice what is ever put in.
const setSlots, setMost = 4096, 1600

// add reports whether the number is new; when the set is full nothing is.
func (s *set) add(n uint32) bool {
	at := n * 0x9E3779B1 >> 20
	for s.slots[at] != 0 {
		if s.slots[at] == n+1 {
			return false
		}
		at = (at + 1) % setSlots
	}
	if len(s.used) == setMost {
		return false
	}
	s.slots[at] = n + 1
	s.used = append(s.used, uint16(at))
	return true
}

func (s *set) clear() {
	for _, at := range s.used {
		s.slots[at] = 0
	}
	s.used = s.used[:0]
}
