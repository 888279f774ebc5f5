package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// eachItem appends the draft once for every thing that is ordered: "to refrain from
// contact and to hand in all telephones" are two.
func (d *document) eachItem(base draft, m *frame.Match) {
	starts := d.items(m)
	for n, first := range starts {
		item := *m
		item.First = first
		if n+1 < len(starts) {
			item.Last = d.trimmed(first, starts[n+1]-1)
		}
		one := base
		d.only(&one, &item)
		d.quote(&one.claim, &item)
		d.keep(one)
	}
}

// items returns where the things begin that a match lists, each with its own "to".
func (d *document) items(m *frame.Match) []int {
	starts := []int{m.First}
	for i := m.First + 1; i < m.Last; i++ {
		if d.p.Says(i, "to") && (d.p.Says(i-1, "and") || d.p.Mark(i-1, ',') || d.p.Mark(i-1, ';')) {
			starts = append(starts, i)
		}
	}
	return starts
}

// trimmed takes "and" and punctuation off the end of an item.
func (d *document) trimmed(first, last int) int {
	for last > first+1 && (d.p.Says(last-1, "and") || d.p.Tokens[last-1].Kind == markToken) {
		last--
	}
	return last
}

// only keeps of a draft what its item says: the amount and the label of another item of
// the list are not its own.
func (d *document) only(one *draft, item *frame.Match) {
	c := &one.claim
	c.Slots = slices.DeleteFunc(slices.Clone(c.Slots), func(s corvee.Slot) bool { return s.Name == corvee.SlotLabel })
	if one.value >= 0 && (one.value < item.First || one.value >= item.Last) {
		c.Value, one.value = nil, -1
		c.Slots = slices.DeleteFunc(c.Slots, func(s corvee.Slot) bool { return s.Name == corvee.SlotValue })
	}
	if c.Label = d.labelWithin(item.First, item.Last); c.Label == "" && one.rule.Set["words"] == "label" {
		d.content(c, item.First, item.Last, one.rule.ID)
	}
}

// labelWithin returns the campaigns, levies and directives that tokens first to last name.
func (d *document) labelWithin(first, last int) string {
	var names []string
	for _, e := range d.mentions {
		if (e.Kind == entity.Label || e.Kind == entity.Directive) && e.Name != "" && first <= e.Head && e.Head < last && !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return joined(names)
}

// maxContent is how many words name what is ordered.
const maxContent = 6

// content names what is ordered by the words of the order: its verb and what the verb
// bears on, without amounts, times, articles and workers.
func (d *document) content(c *corvee.Claim, first, last int, rule string) {
	label, n, from, to := "", 0, -1, -1
	for i := first; i < last && n < maxContent; i++ {
		if n > 1 && (d.p.Mark(i, ',') || d.p.Mark(i, ';')) {
			break
		}
		if d.empty(i) {
			continue
		}
		if from < 0 {
			from = i
		} else {
			label += " "
		}
		to = i + 1
		label += d.p.Word(i)
		n++
	}
	if n == 0 {
		return
	}
	c.Label = label
	put(c, corvee.SlotLabel, d.span(from, to), corvee.RungClause, rule)
}

// empty reports whether token i says nothing of what is ordered.
func (d *document) empty(i int) bool {
	if d.timed[i] || d.p.Tokens[i].Kind != segment.Word {
		return true
	}
	for _, q := range d.quantities {
		if q.First <= i && i < q.Last {
			return true
		}
	}
	for _, e := range d.mentions {
		if e.Kind == entity.Group && e.First <= i && i < e.Last {
			return true
		}
	}
	for _, class := range [...]lexicon.Class{lexicon.Determiner, lexicon.Pronoun, lexicon.Possessive, lexicon.Preposition, lexicon.Auxiliary, lexicon.Adverb} {
		if d.p.Is(i, class) {
			return true
		}
	}
	return d.p.Says(i, "that") || d.p.Says(i, "and") || d.p.Says(i, "each")
}
