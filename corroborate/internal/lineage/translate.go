package lineage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Bounds of translation and retelling; docs/methods/lineage.md says where each stands
// against the gold.
const (
	leastPoints   = 4   // two rare agreeing claims
	citedPoints   = 2   // one, and a citation
	mostClaims    = 600 // thousandths of the translation's claims
	sameOrder     = 700
	shortest      = 750 // thousandths of the original's weight
	longest       = 1350
	wholeClaims   = 800 // of both: then half a rare claim is enough
	manyClaims    = 6   // agreeing, rare or not
	faithfulQuote = 2   // of two quotations a translation keeps one
	halfClaims    = 500 // of both, many, and in order: a retelling though the figures are round
	looseOrder    = 600
)

// translations makes edges between reports in two languages whose claims and their order
// agree. Each report keeps its closest original; a report that is in the same language as
// the original of its original is a translation of that one too.
func (g *graph) translations() {
	byChild := map[int][]kinship{}
	for _, k := range pairsOf(g.kin) {
		d := g.direct(k.a, k.b)
		if g.translated(k, d) {
			byChild[d.from] = append(byChild[d.from], k)
		}
	}
	for child := range g.reports {
		found := byChild[child]
		slices.SortStableFunc(found, func(x, y kinship) int {
			return cmp.Or(cmp.Compare(truth(g.dated(y)), truth(g.dated(x))), cmp.Compare(y.closeness(child), x.closeness(child)), cmp.Compare(x.other(child), y.other(child)))
		})
		byChild[child] = found
	}
	g.originals(byChild, true)
	g.originals(byChild, false)
	g.backTranslations()
}

// originals makes the edges to the closest original of each report, or to the others.
func (g *graph) originals(byChild map[int][]kinship, first bool) {
	for child := range g.reports {
		for n, k := range byChild[child] {
			parent := k.other(child)
			if (n == 0) != first || g.above(parent, child) || !first && g.explained(k) {
				continue
			}
			d := g.direct(k.a, k.b)
			g.add(child, parent, corvee.LineageTranslation, d.score(k.score()), g.agreed(k), d.why)
		}
	}
}

// dated reports whether the dates alone say which of the two came first.
func (g *graph) dated(k kinship) bool {
	return before(g.reports[k.a].Report.Published, g.reports[k.b].Report.Published)
}

// closeness orders candidate originals: by the claims that agree, then by those that the
// original has and the child lacks.
func (k kinship) closeness(child int) int {
	ofParent := k.ofA
	if child == k.a {
		ofParent = k.ofB
	}
	return k.matched*1000 + ofParent
}

func (k kinship) other(i int) int { return k.a + k.b - i }

func (k kinship) score() int { return min(95, 50+3*k.points+k.order/50) }

func (k kinship) share(i int) int {
	if i == k.a {
		return k.ofA
	}
	return k.ofB
}

func (g *graph) translated(k kinship, d direction) bool {
	from, to := g.reports[d.from], g.reports[d.to]
	if from.lang == to.lang || from.lang == "" || to.lang == "" || g.between(k.a, k.b) != nil || g.sameDay(k) && !d.named {
		return false
	}
	whole := k.points > 0 && k.matched >= manyClaims && min(k.ofA, k.ofB) >= wholeClaims
	if k.points < leastPoints && !whole || k.share(d.from) < mostClaims || k.order < sameOrder {
		return false
	}
	return g.says(d.from, "translate") || g.namesSister(d.from) || g.faithful(d)
}

// namesSister reports whether a report cites an outlet by the first part of its own
// publisher's name: "Observer Chinese Net" that cites the "Observer" is its edition.
func (g *graph) namesSister(i int) bool {
	own := g.reports[i].outlet
	return slices.ContainsFunc(g.reports[i].cites, func(m mention) bool {
		return m.outlet != own && m.role != "earlier" && len(m.outlet) >= 6 && strings.HasPrefix(own, m.outlet)
	})
}

// sameDay reports whether both are dated, and to one day: then neither is known to be the
// original of the other, and one paper in a third language may be that of both.
func (g *graph) sameDay(k kinship) bool {
	a, b := g.reports[k.a].Report.Published, g.reports[k.b].Report.Published
	return a.Day != 0 && a == b
}

// says reports whether a report has a mention of the role.
func (g *graph) says(i int, role string) bool {
	return slices.ContainsFunc(g.reports[i].cites, func(m mention) bool { return m.role == role })
}

// faithful tells a translation from a report in another language that repeats the same
// claims in its own words: the length is that of the original, and where it cites at all,
// the quotations are kept as quotations.
func (g *graph) faithful(d direction) bool {
	from, to := g.reports[d.from], g.reports[d.to]
	ratio := 1000 * from.weight / max(1, to.weight)
	if ratio < shortest || ratio > longest {
		return false
	}
	if !g.says(d.from, "cite") {
		return true
	}
	return to.quotes > 0 && from.quotes*faithfulQuote >= to.quotes
}

// backTranslations joins a report to the original of its original, when the two are in one
// language and their claims agree: the way back shows what the way lost.
func (g *graph) backTranslations() {
	pairs := g.translationPairs()
	byFrom := map[int][][2]int{}
	for _, at := range pairs {
		byFrom[at[0]] = append(byFrom[at[0]], at)
	}
	for _, at := range pairs {
		for _, further := range byFrom[at[1]] {
			if g.reports[at[0]].lang != g.reports[further[1]].lang {
				continue
			}
			a, b := min(at[0], further[1]), max(at[0], further[1])
			k, ok := g.kin[[2]int{a, b}]
			if !ok || k.points < leastPoints || k.share(at[0]) < mostClaims || g.between(a, b) != nil {
				continue
			}
			g.add(at[0], further[1], corvee.LineageTranslation, k.score()-5, g.agreed(k), "by way of "+g.reports[at[1]].Report.ID)
		}
	}
}

func (g *graph) translationPairs() [][2]int {
	var out [][2]int
	for at, e := range g.edges {
		if e.kind == corvee.LineageTranslation {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return out
}

// agreed says which claims agree, for people.
func (g *graph) agreed(k kinship) string {
	var figures []string
	for _, i := range k.firmest {
		c := g.reports[k.a].facts[i].claim
		figure := fmt.Sprintf("%s %s", c.Kind, c.Value.Range)
		if c.Value.Currency != "" {
			figure += " " + c.Value.Currency
		}
		figures = append(figures, figure)
	}
	return fmt.Sprintf("%d claims agree (%d %% and %d %% of the two), %d %% in the same order; rare: %s",
		k.matched, k.ofA/10, k.ofB/10, k.order/10, strings.Join(figures, "; "))
}

// retellings joins what no copy, translation or citation explains: two rare claims that
// agree, or one and a citation. The surest pairs come first, of equals the earliest.
func (g *graph) retellings() {
	pairs := pairsOf(g.kin)
	slices.SortStableFunc(pairs, func(x, y kinship) int { return cmp.Compare(y.points, x.points) })
	for _, k := range pairs {
		d := g.direct(k.a, k.b)
		likely := k.points >= leastPoints || k.points >= citedPoints && g.citesOutlet(d.from, d.to) || k.alike()
		if !likely || g.explained(k) || g.above(d.to, d.from) {
			continue
		}
		g.add(d.from, d.to, corvee.LineageRetelling, d.score(min(90, 30+5*k.points+k.order/50)), g.agreed(k), d.why)
	}
}

// alike reports whether so many claims agree, in order, that one rare one among them, or
// half of one, is enough.
func (k kinship) alike() bool {
	return k.points > 0 && k.matched >= manyClaims && min(k.ofA, k.ofB) >= halfClaims && k.order >= looseOrder
}

// explained reports whether the edges that are there say already why the claims of two
// reports agree: one depends on the other, or both on a third that has such claims too.
func (g *graph) explained(k kinship) bool {
	others := g.ancestors(k.b)
	for _, x := range g.ancestors(k.a) {
		if slices.Contains(others, x) && g.shares(k.a, x) && g.shares(k.b, x) {
			return true
		}
	}
	return false
}

// shares reports whether a report has two rare claims in common with one that it depends
// on, or words, or is that one.
func (g *graph) shares(i, ancestor int) bool {
	at := [2]int{min(i, ancestor), max(i, ancestor)}
	_, copied := g.copied[at]
	return i == ancestor || copied || g.kin[at].points >= leastPoints || g.between(i, ancestor) != nil && g.between(i, ancestor).kind != corvee.LineageCitation
}
