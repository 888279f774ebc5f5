package corroborate

// ringsOf numbers the strongly connected components of the reports under their edges
// (Tarjan 1972, without recursion): two reports have one number if each depends on the
// other, by however many steps.
func ringsOf(ids []string, parents map[string][]parent) map[string]int {
	s := &rings{parents: parents, index: map[string]int{}, low: map[string]int{}, number: map[string]int{}, open: map[string]bool{}}
	for _, id := range ids {
		if _, seen := s.index[id]; !seen {
			s.walk(id)
		}
	}
	return s.number
}

type rings struct {
	parents    map[string][]parent
	index, low map[string]int
	number     map[string]int
	open       map[string]bool // on the stack
	stack      []string
	next       int
}

type frame struct {
	id   string
	edge int
}

func (s *rings) enter(id string) frame {
	s.index[id], s.low[id] = len(s.index), len(s.index)
	s.stack, s.open[id] = append(s.stack, id), true
	return frame{id: id}
}

func (s *rings) walk(id string) {
	calls := []frame{s.enter(id)}
	for len(calls) > 0 {
		top := &calls[len(calls)-1]
		if top.edge < len(s.parents[top.id]) {
			to := s.parents[top.id][top.edge].id
			top.edge++
			if _, seen := s.index[to]; !seen {
				calls = append(calls, s.enter(to))
			} else if s.open[to] {
				s.low[top.id] = min(s.low[top.id], s.index[to])
			}
			continue
		}
		done := top.id
		calls = calls[:len(calls)-1]
		if len(calls) > 0 {
			above := calls[len(calls)-1].id
			s.low[above] = min(s.low[above], s.low[done])
		}
		if s.low[done] == s.index[done] {
			s.leave(done)
		}
	}
}

// leave numbers the component that id closes.
func (s *rings) leave(id string) {
	for {
		last := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		s.open[last], s.number[last] = false, s.next
		if last == id {
			break
		}
	}
	s.next++
}
