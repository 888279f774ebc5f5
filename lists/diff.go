package lists

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Compare returns what is different from one copy of a list to the next, ordered by id:
// entries that came, went, or say something else. The date of the copy itself is no
// difference.
func Compare(last, next []corvee.Listing) []corvee.Change {
	var out []corvee.Change
	before := map[string]corvee.Listing{}
	for _, l := range last {
		before[l.ID] = l
	}
	for _, l := range next {
		old, ok := before[l.ID]
		delete(before, l.ID)
		if !ok {
			out = append(out, changeOf(corvee.ChangeAdded, l))
			continue
		}
		if details := Differences(old, l); len(details) > 0 {
			c := changeOf(corvee.ChangeChanged, l)
			c.Details = details
			out = append(out, c)
		}
	}
	for _, l := range before {
		out = append(out, changeOf(corvee.ChangeRemoved, l))
	}
	slices.SortFunc(out, func(a, b corvee.Change) int { return cmp.Compare(a.Listing.ID, b.Listing.ID) })
	return out
}

func changeOf(kind corvee.ChangeKind, l corvee.Listing) corvee.Change {
	ref := l.Ref()
	c := corvee.Change{Kind: kind, Listing: &ref}
	if len(l.Names) > 0 {
		c.Name = l.Names[0].Value
	}
	return c
}

// Differences says field by field what one state of an entry has and the other has not,
// "+" for what came and "−" for what went; nil when they say the same.
func Differences(last, next corvee.Listing) []string {
	var out []string
	add := func(field string, before, after []string) {
		for _, v := range before {
			if !slices.Contains(after, v) {
				out = append(out, fmt.Sprintf("%s: − %s", field, v))
			}
		}
		for _, v := range after {
			if !slices.Contains(before, v) {
				out = append(out, fmt.Sprintf("%s: + %s", field, v))
			}
		}
	}
	add("label", []string{string(last.Kind)}, []string{string(next.Kind)})
	add("type", []string{string(last.Type)}, []string{string(next.Type)})
	add("name", texts(last.Names, nameText), texts(next.Names, nameText))
	add("list", texts(last.Lists, listText), texts(next.Lists, listText))
	add("programme", last.Programs, next.Programs)
	add("topic", last.Topics, next.Topics)
	add("country", last.Countries, next.Countries)
	add("address", last.Addresses, next.Addresses)
	add("number", texts(last.Identifiers, numberText), texts(next.Identifiers, numberText))
	add("date", texts(last.Dates, corvee.Date.String), texts(next.Dates, corvee.Date.String))
	add("remarks", remark(last), remark(next))
	return out
}

func texts[T any](all []T, text func(T) string) []string {
	var out []string
	for _, v := range all {
		out = append(out, text(v))
	}
	return out
}

func nameText(n corvee.Name) string {
	return strings.TrimSpace(fmt.Sprintf("%s (%s)", n.Value, n.Kind))
}
func listText(id corvee.ListID) string       { return string(id) }
func numberText(id corvee.Identifier) string { return id.Type + " " + id.Value }

func remark(l corvee.Listing) []string {
	if l.Remarks == "" {
		return nil
	}
	return []string{l.Remarks}
}
