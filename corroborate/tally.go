package corroborate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"corvee"
)

// tally counts roots: all of them for the upper count; for the lower, those that are known
// and not likely one.
type tally struct {
	reports  map[string][]string // by root
	speakers map[string]corvee.Speaker
	known    map[string]bool
	merged   map[string]string // root → a root that it is likely one with
}

// add counts one claim and returns why it adds nothing, or "".
func (t *tally) add(c corvee.Claim, tr trace) string {
	fresh := false
	for _, r := range tr.roots {
		if _, there := t.reports[r.key]; !there {
			fresh = true
			t.speakers[r.key] = r.speaker
		}
		if !slices.Contains(t.reports[r.key], c.Report) {
			t.reports[r.key] = append(t.reports[r.key], c.Report)
		}
		t.known[r.key] = t.known[r.key] || r.known
	}
	for _, s := range tr.soft {
		for _, r := range tr.roots {
			t.merge(r.key, s.key)
		}
	}
	switch {
	case tr.why != "":
		return tr.why
	case fresh || len(tr.roots) == 0:
		return ""
	}
	return fmt.Sprintf("%s: %s counts once", c.Report, named(tr.roots[0].key))
}

// named is a root in words.
func named(key string) string {
	if name, ok := strings.CutPrefix(key, "source:"); ok {
		return "whatever comes from " + name
	}
	return "the report " + strings.TrimPrefix(key, "report:")
}

func (t *tally) find(key string) string {
	for t.merged[key] != "" {
		key = t.merged[key]
	}
	return key
}

func (t *tally) merge(a, b string) {
	a, b = t.find(a), t.find(b)
	if a != b {
		t.merged[max(a, b)] = min(a, b)
	}
}

// least counts the groups of known roots; where none is known, one stands for all.
func (t *tally) least() int {
	groups := map[string]bool{}
	for key := range t.reports {
		if t.known[key] {
			groups[t.find(key)] = true
		}
	}
	return max(len(groups), min(1, len(t.reports)))
}

// unknown says which roots the lower count leaves out, in order.
func (t *tally) unknown() []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(t.reports)) {
		if !t.known[key] {
			out = append(out, fmt.Sprintf("%s: does not say whence; it may come from another; apart in the upper count only", strings.Join(t.reports[key], ", ")))
		}
	}
	return out
}

func (t *tally) origins() []corvee.Origin {
	var out []corvee.Origin
	for _, key := range slices.Sorted(maps.Keys(t.reports)) {
		out = append(out, corvee.Origin{ID: key, Speaker: t.speakers[key], Reports: t.reports[key]})
	}
	return out
}
