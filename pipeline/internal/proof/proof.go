// Package proof says which side of a screening run is no longer what it was.
//
// What comes in: what a run wrote down of the base that it saw, and the same of the base as
// it is. What goes out: sentences, one for each side that changed. Its one idea: a result
// depends on the table, the lists, what reports say, what people decided and the program;
// each of them is named in the run, so a difference can be laid at its door.
package proof

import (
	"cmp"
	"fmt"
	"slices"

	"corvee"
)

// The settings under which a run names its sides.
const (
	Program   = "program"
	Rules     = "rules"
	Decisions = "decisions seen"
	Reports   = "reported parties seen"
)

// Changed compares what a run saw with what a base now holds. sides are the settings of
// now.
func Changed(run corvee.Run, lists []corvee.ListVersion, sides map[string]string) []string {
	out := changedLists(run.Lists, lists)
	for _, side := range []struct{ name, says string }{
		{Program, "the program: %s then, %s now"}, {Rules, "the rules of reading: %s then, %s now"},
		{Decisions, "what people decided (%s then, %s now)"}, {Reports, "the parties that reports name (%s then, %s now)"},
	} {
		if was, is := run.Settings[side.name], sides[side.name]; was != is {
			out = append(out, fmt.Sprintf(side.says, cmp.Or(was, "unknown"), is))
		}
	}
	return out
}

func changedLists(then, now []corvee.ListVersion) (out []string) {
	find := func(in []corvee.ListVersion, name string) int {
		return slices.IndexFunc(in, func(v corvee.ListVersion) bool { return v.List == name })
	}
	for _, was := range then {
		at := find(now, was.List)
		switch {
		case at < 0:
			out = append(out, fmt.Sprintf("the list %s, %s, is no longer there", was.List, version(was)))
		case now[at].SHA256 != was.SHA256:
			out = append(out, fmt.Sprintf("the list %s: %s then, %s now", was.List, version(was), version(now[at])))
		}
	}
	for _, is := range now {
		if find(then, is.List) < 0 {
			out = append(out, fmt.Sprintf("the list %s, %s, was not there", is.List, version(is)))
		}
	}
	return out
}

func version(v corvee.ListVersion) string {
	of := "undated"
	if v.Date.Known() {
		of = "of " + v.Date.String()
	}
	return fmt.Sprintf("%s (SHA-256 %.12s…)", of, v.SHA256)
}
