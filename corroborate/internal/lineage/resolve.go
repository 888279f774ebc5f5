package lineage

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"corvee"
	"corvee/internal/hanzi"
)

// Phantom is how the id of a report begins that is cited and not in the base.
const Phantom = "phantom:"

// citations makes an edge of every mention: to the archived report that fits, else to a
// phantom named after the outlet and, where it is said, the day.
func (g *graph) citations() {
	for from, r := range g.reports {
		for _, m := range r.cites {
			best := g.resolve(from, m)
			switch {
			case best.points < 0:
				g.phantom(from, m)
			case best.lone:
				g.cite(from, best.to, m, best.why(g.reports[best.to], m), 60)
			default:
				g.cite(from, best.to, m, best.why(g.reports[best.to], m), 80)
			}
		}
	}
}

// cite adds a citation, or its words to the edge that is there already. A report whose
// outlet is known by a copy or translation of it that the citing one depends on is not
// cited a second time.
func (g *graph) cite(from, to int, m mention, why string, score int) {
	said := fmt.Sprintf("%s: “%s”", roleWord[m.role], m.words)
	evidence := []string{said, why}
	if k, ok := g.kin[[2]int{min(from, to), max(from, to)}]; ok && k.points > 0 && g.between(from, to) == nil {
		evidence = append(evidence, g.agreed(k))
	}
	if o, ok := g.copied[[2]int{min(from, to), max(from, to)}]; ok && g.between(from, to) == nil {
		evidence = append(evidence, o.evidence())
	}
	g.add(from, to, corvee.LineageCitation, score, evidence...)
}

var roleWord = map[string]string{
	"cite": "cites", "told": "quotes what was said to it", "credit": "credits", "translate": "says that it is a translation", "earlier": "names its earlier report",
}

func (g *graph) phantom(from int, m mention) {
	id := Phantom + m.outlet
	if m.role == "earlier" {
		id += ":earlier"
	}
	if m.date.Known() {
		id += ":" + m.date.String()
	}
	e := corvee.Lineage{
		From: g.reports[from].Report.ID, To: id, Kind: corvee.LineageCitation, Score: 70,
		Evidence: []string{fmt.Sprintf("%s: “%s”", roleWord[m.role], m.words), "no such report is in the base"},
	}
	if !m.known {
		e.Score = 55
	}
	g.phantoms = append(g.phantoms, e)
}

// resolve returns the archived report that a mention means. A known outlet's report must
// agree in a rare claim, share words, or be of the cited day; a name that no directory has
// may be an archived outlet's name in another script, and then two rare claims must agree,
// or one and the cited day. Its points are -1 if no report fits.
func (g *graph) resolve(from int, m mention) fit {
	best := fit{points: -1}
	for _, to := range g.candidates(from, m) {
		if f, fits := g.fit(from, to, m); fits && f.better(best) {
			best = f
		}
	}
	return best
}

// fit is how well an archived report is the cited one.
type fit struct {
	to     int
	day    int  // 2 of the cited day, 1 of a neighbour
	root   bool // depends on no other report
	known  bool // the outlet is the one that is named
	near   bool // an edge joins the two already
	lone   bool // the outlet's only report in the week before, and one of the two is unread
	points int
}

func (f fit) better(g fit) bool {
	if g.points < 0 {
		return true
	}
	a := []int{truth(f.known), f.day, truth(f.near), truth(f.root), f.points, -f.to}
	b := []int{truth(g.known), g.day, truth(g.near), truth(g.root), g.points, -g.to}
	return slices.Compare(a, b) > 0
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (f fit) why(r *report, m mention) string {
	day := ""
	if f.day > 0 {
		day = ", of the cited day"
	}
	if f.lone {
		day = ", the outlet's only report of that week; no claims were there to compare"
	}
	if f.known {
		return fmt.Sprintf("resolved to the report of %s, %s%s", r.Report.Publisher, r.Report.Published, day)
	}
	return fmt.Sprintf("taken for %s, %s%s, since the claims agree; the name is in another script", r.Report.Publisher, r.Report.Published, day)
}

func (g *graph) fit(from, to int, m mention) (fit, bool) {
	rf, rt := g.reports[from], g.reports[to]
	if before(rf.Report.Published, rt.Report.Published) || g.above(to, from) { // nothing cites what comes from it
		return fit{}, false
	}
	at := [2]int{min(from, to), max(from, to)}
	f := fit{
		to: to, day: onDay(m.date, rt.Report.Published), points: g.kin[at].points,
		known: m.outlet == rt.outlet, root: g.isRoot(to), near: g.edges[[2]int{from, to}] != nil,
	}
	_, copied := g.copied[at]
	switch {
	case m.date.Known() && f.day == 0 && rt.Report.Published.Day != 0:
		return f, false
	case f.known:
		f.lone = f.points == 0 && !copied && !f.near && f.day == 0
		return f, !f.lone || g.lone(from, to)
	case m.known || rt.outlet == rf.outlet || !otherScript(m.name, rt.Report.Publisher):
		return f, false
	}
	return f, f.points >= leastPoints || f.points >= citedPoints && f.day > 0
}

// candidates are the reports of the outlet that is named, and for a name that no directory
// has those that share a rare claim.
func (g *graph) candidates(from int, m mention) []int {
	if m.known || len(g.byOutlet[m.outlet]) > 0 {
		return g.byOutlet[m.outlet]
	}
	return g.akin[from]
}

// lone reports whether a report, with its copies, is the only one of its outlet in the week
// before the citing one, where claims cannot tell since one of the two has none.
func (g *graph) lone(from, to int) bool {
	rf, rt := g.reports[from], g.reports[to]
	if len(rf.facts) > 0 && len(rt.facts) > 0 || rf.Report.Published.Day == 0 || rt.Report.Published.Day == 0 {
		return false
	}
	families := map[int]bool{}
	for _, i := range g.byOutlet[rt.outlet] {
		if at := g.reports[i].Report.Published; at.Known() && at.AddDays(7).Compare(rf.Report.Published) >= 0 && at.Compare(rf.Report.Published) <= 0 {
			families[g.families.Root(i)] = true
		}
	}
	return len(families) == 1 && rt.Report.Published.AddDays(7).Compare(rf.Report.Published) >= 0
}

// isRoot reports whether a report depends on no other of the base so far.
func (g *graph) isRoot(i int) bool { return len(g.parents[i]) == 0 }

// otherScript reports whether two names are written in different scripts, so that they may
// be one name though no letter agrees.
func otherScript(a, b string) bool {
	return scriptOf(a) != scriptOf(b) && scriptOf(a) != "" && scriptOf(b) != ""
}

func scriptOf(name string) string {
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRuneInString(name[i:])
		switch {
		case isHangul(r):
			return "hangul"
		case hanzi.Is(r):
			return "han"
		case alphabetic(r):
			return "alphabet"
		}
		i += n
	}
	return ""
}
