package read

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/item"
	"corvee/read/internal/quantity"
	"corvee/read/internal/slot"
)

// eachItem appends the draft once for every thing that is ordered. The amount and the label
// of another item of the list are not its own.
func (d *document) eachItem(base draft, m *frame.Match) {
	starts := item.Starts(&d.P, m.First, m.Last)
	for n, first := range starts {
		one, part := base, *m
		part.First = first
		if n+1 < len(starts) {
			part.Last = item.Trimmed(&d.P, first, starts[n+1]-1)
		}
		c := &one.claim
		c.Slots = slices.Clone(c.Slots)
		if one.value >= 0 && (one.value < part.First || one.value >= part.Last) {
			c.Value, one.value = nil, -1
			c.Slots = slices.DeleteFunc(c.Slots, func(s corvee.Slot) bool { return s.Name == corvee.SlotValue })
		}
		if c.Label = d.labelWithin(part.First, part.Last); c.Label == "" && one.rule.Set["words"] == "label" {
			d.content(c, part.First, part.Last, one.rule.ID)
		}
		d.quote(c, &part)
		d.keep(one)
	}
}

// labelWithin returns the campaigns, levies and directives that tokens first to last name.
func (d *document) labelWithin(first, last int) string {
	var names []string
	for _, e := range d.Mentions {
		if (e.Kind == entity.Label || e.Kind == entity.Directive) && e.Name != "" && first <= e.Head && e.Head < last && !slices.Contains(names, e.Name) {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return slot.Joined(names)
}

// content labels an order by its own words, behind what the rule calls it.
func (d *document) content(c *corvee.Claim, first, last int, rule string) {
	label, from, to := item.Words(&d.P, first, last, func(i int) bool {
		return d.Timed[i] || slices.ContainsFunc(d.Quantities, func(q quantity.Quantity) bool { return q.First <= i && i < q.Last }) ||
			slices.ContainsFunc(d.Mentions, func(e entity.Mention) bool { return e.Kind == entity.Group && e.First <= i && i < e.Last })
	})
	if label != "" {
		if c.Label != "" {
			label = c.Label + ": " + label
		}
		c.Label = label
		slot.Put(c, corvee.SlotLabel, d.Span(from, to), corvee.RungClause, rule)
	}
}
