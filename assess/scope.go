package assess

import (
	"slices"

	"corvee"
)

// near is how far apart, in bytes, two claims may stand that are joined although one of
// them names no place: about one paragraph of a news report. Beyond it, a headcount of a
// province would be multiplied by the levy of one factory.
const near = 900

// sameScope reports whether two claims of one report may be about the same workers: no
// slot that both fill contradicts, and where one does not say the place they stand near.
func sameScope(a, b corvee.Claim) bool {
	if differ(a.Site, b.Site) || differ(a.Employer, b.Employer) || differ(string(a.Sector), string(b.Sector)) {
		return false
	}
	if !sameTime(a, b) || len(a.Countries) > 0 && len(b.Countries) > 0 && !share(a.Countries, b.Countries) {
		return false
	}
	if len(a.Places) > 0 && len(b.Places) > 0 {
		return share(placeIDs(a), placeIDs(b))
	}
	return distance(a, b) <= near
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

func share(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

func placeIDs(c corvee.Claim) []string {
	var ids []string
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	return ids
}

func sameTime(a, b corvee.Claim) bool {
	return a.When == nil || b.When == nil || !a.When.Known() || !b.When.Known() || a.When.Overlaps(*b.When)
}

func distance(a, b corvee.Claim) int {
	if a.Quote.Overlap(b.Quote.Span) > 0 {
		return 0
	}
	return max(b.Quote.Start-a.Quote.End, a.Quote.Start-b.Quote.End)
}

// nearest returns the claim of the same scope that stands nearest; the earlier of two.
func nearest(to corvee.Claim, among []corvee.Claim, fits func(corvee.Claim) bool) (corvee.Claim, bool) {
	best, found := corvee.Claim{}, false
	for _, c := range among {
		if c.ID == to.ID || !sameScope(to, c) || !fits(c) {
			continue
		}
		if !found || distance(to, c) < distance(to, best) {
			best, found = c, true
		}
	}
	return best, found
}

func sameMoney(a, b corvee.Value) bool { return a.Currency == b.Currency && a.Period == b.Period }
