package resolve

import (
	"cmp"
	"slices"

	"corvee"
)

// Side is one of the two parties of a judgement: the id of a handle, and what it was then, so
// that the judgement finds it again when a later reading knows its place better.
type Side struct {
	ID   string
	Name string
	At   string
}

// Judgement is what a person said of two parties. Seq orders judgements; one that was taken
// back is not passed.
type Judgement struct {
	ID          string
	Seq         int64
	Left, Right Side // Left is the one whose id stays
	Word        corvee.JudgementWord
	Actor       string
	Reason      string
}

// pair is two handles by position, the lesser first.
type pair [2]int

func pairOf(a, b int) pair { return pair{min(a, b), max(a, b)} }

// opinion is what all people together say of a pair.
type opinion struct {
	word  corvee.JudgementWord
	first Judgement // the first that says it
	left  int       // the handle whose id stays
}

// Combine returns what several people's last words on one pair come to, as FollowTheMoney's
// judgements: same and different is different, any other mix is unsure.
func Combine(a, b corvee.JudgementWord) corvee.JudgementWord {
	switch {
	case a == b:
		return a
	case a == corvee.JudgementUnsure || b == corvee.JudgementUnsure:
		return corvee.JudgementUnsure
	}
	return corvee.JudgementDifferent
}

// opinions binds judgements to handles and combines them. Of one person's on a pair the last
// counts. What binds to nothing, or to one handle on both sides, says nothing.
func (r *resolver) opinions(said []Judgement) map[pair]opinion {
	said = slices.SortedFunc(slices.Values(said), func(a, b Judgement) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	type by struct {
		pair  pair
		actor string
	}
	last := map[by]int{}
	bound := make([][2]int, len(said))
	for i, j := range said {
		left, ok1 := r.bind(j.Left)
		right, ok2 := r.bind(j.Right)
		bound[i] = [2]int{left, right}
		if ok1 && ok2 && left != right {
			last[by{pairOf(left, right), j.Actor}] = i
		}
	}
	out := map[pair]opinion{}
	for i, j := range said {
		p := pairOf(bound[i][0], bound[i][1])
		if at, ok := last[by{p, j.Actor}]; !ok || at != i {
			continue
		}
		old, there := out[p]
		if !there {
			out[p] = opinion{j.Word, j, bound[i][0]}
			continue
		}
		if word := Combine(old.word, j.Word); word != old.word {
			out[p] = opinion{word, j, old.left}
		}
	}
	return out
}

// bind finds the handle of a side: by its id, else the only one of the same name whose place
// lies in the old one or holds it.
func (r *resolver) bind(s Side) (int, bool) { return bind(r.handles, s) }

func bind(handles []Handle, s Side) (int, bool) {
	if at, ok := slices.BinarySearchFunc(handles, s.ID, func(h Handle, id string) int { return cmp.Compare(h.ID, id) }); ok {
		return at, true
	}
	folded := foldOf(s.Name)
	found := -1
	for i, h := range handles {
		if h.fold != folded || folded == "" || !nested(h.At, s.At) {
			continue
		}
		if found >= 0 {
			return 0, false
		}
		found = i
	}
	return found, found >= 0
}

// Bound reports whether a side of a judgement is of anybody whom a report still names.
func (w *Who) Bound(s Side) bool {
	_, ok := bind(w.handles, s)
	return ok
}
