package names

// A name may hold another name of the same party in brackets: Luhansk Economic Union
// (Luganskiy Ekonomicheskiy Soyuz). Neither is then held against the other.

// apart returns the best alignment in which one of the two names is only what stands in its
// brackets, or only what stands outside; whole is the one of both as they are.
func (c *Comparer) apart(m Name, whole Alignment) Alignment {
	best, score := -1, whole.Score
	outM, inM := asides(m.Units)
	outQ, inQ := asides(c.q.Units)
	of := [4][2][]Unit{{c.q.Units, outM}, {c.q.Units, inM}, {outQ, m.Units}, {inQ, m.Units}}
	tried := false
	for i, p := range of {
		if p[0] == nil || p[1] == nil {
			continue
		}
		tried = true
		if s := c.align(p[0], p[1], m.Kind).Score; s > score {
			best, score = i, s
		}
	}
	switch {
	case !tried:
		return whole
	case best < 0:
		return c.align(c.q.Units, m.Units, m.Kind)
	}
	out := c.align(of[best][0], of[best][1], m.Kind)
	if best < 2 {
		out.M = c.a.leave(out.M, m.Units, best == 0, func(i int) Pair { return Pair{M: one(i), Rule: "other-name"} })
	} else {
		out.Q = c.a.leave(out.Q, c.q.Units, best == 2, func(i int) Pair { return Pair{Q: one(i), Rule: "other-name"} })
	}
	out.Pairs = c.a.pairs
	return out
}

// leave puts the units that were left aside behind the others, each as a pair of its own.
func (a *aligner) leave(aligned, all []Unit, aside bool, pair func(int) Pair) []Unit {
	out := append([]Unit(nil), aligned...)
	for _, u := range all {
		if u.Aside == aside {
			a.pairs = append(a.pairs, pair(len(out)))
			out = append(out, u)
		}
	}
	return out
}

// asides parts a name into what stands outside its brackets and what inside; both are nil
// unless each is a name: two words at least, and one that tells who.
func asides(units []Unit) (outside, inside []Unit) {
	for _, u := range units {
		if u.Aside {
			inside = append(inside, u)
		} else {
			outside = append(outside, u)
		}
	}
	if !aName(inside) || !aName(outside) {
		return nil, nil
	}
	return outside, inside
}

func aName(units []Unit) bool {
	identities := 0
	for i := range units {
		if u := &units[i]; u.Role == Trade || u.Role == Word {
			identities++
		}
	}
	return identities > 0 && len(units) > 1
}
