package lineage

import (
	"cmp"
	"slices"

	"corvee"
	"corvee/internal/forest"
)

// graph gathers the edges between reports while families grow.
type graph struct {
	reports  []*report
	names    *directory
	families families // joined by copies
	parents  [][]int  // of each report, those that it depends on
	kin      map[[2]int]kinship
	copied   map[[2]int]overlap
	edges    map[[2]int]*edge // from, to
	phantoms []corvee.Lineage
	byOutlet map[string][]int // reports of each publisher
	akin     [][]int          // reports that share a rare claim with each
	shadow   []bool           // reports of which all stands in what they were copied from
}

type edge struct {
	kind     corvee.LineageKind
	evidence []string
	score    int
}

// Find returns the edges between documents, by From, To and kind. The order of docs
// makes no difference, and a document that is given twice counts once.
func Find(docs []Document) []corvee.Lineage {
	names := newDirectory(docs)
	reports := prepare(docs, names)
	for _, r := range reports {
		r.cites = mentions(r, names)
	}
	g := &graph{
		reports: reports, names: names, families: families{forest.New(len(reports))}, parents: make([][]int, len(reports)),
		copied: map[[2]int]overlap{}, edges: map[[2]int]*edge{},
		byOutlet: map[string][]int{}, akin: make([][]int, len(reports)), shadow: make([]bool, len(reports)),
	}
	weak := g.copies()
	g.claims()
	g.translations()
	g.citations()
	for _, o := range weak {
		g.sharedWords(o)
	}
	g.retellings()
	g.metadata()
	return g.lineage()
}

// claims finds who shares what, and indexes it.
func (g *graph) claims() {
	g.kin = kin(g.reports, g.families, g.shadow)
	for _, k := range pairsOf(g.kin) {
		g.akin[k.a] = append(g.akin[k.a], k.b)
		g.akin[k.b] = append(g.akin[k.b], k.a)
	}
	for i, r := range g.reports {
		if r.outlet != "" {
			g.byOutlet[r.outlet] = append(g.byOutlet[r.outlet], i)
		}
	}
}

// add keeps the first edge of a pair and gathers what later ones know.
func (g *graph) add(from, to int, kind corvee.LineageKind, score int, evidence ...string) {
	at := [2]int{from, to}
	if e := g.edges[at]; e != nil {
		e.evidence = append(e.evidence, evidence...)
		e.score = min(99, max(e.score, score)+2)
		return
	}
	g.edges[at] = &edge{kind, evidence, score}
	g.parents[from] = append(g.parents[from], to)
}

// maxAncestors bounds the walk up from one report.
const maxAncestors = 256

// ancestors returns a report and all that it depends on, nearest first.
func (g *graph) ancestors(i int) []int {
	out := []int{i}
	for n := 0; n < len(out) && n < maxAncestors; n++ {
		for _, p := range g.parents[out[n]] {
			if !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// joined reports whether one of two reports depends on the other, or both on a third.
func (g *graph) joined(a, b int) bool {
	others := g.ancestors(b)
	return slices.ContainsFunc(g.ancestors(a), func(x int) bool { return slices.Contains(others, x) })
}

// between returns the edge of a pair in either direction.
func (g *graph) between(a, b int) *edge {
	if e := g.edges[[2]int{a, b}]; e != nil {
		return e
	}
	return g.edges[[2]int{b, a}]
}

func (g *graph) lineage() []corvee.Lineage {
	out := g.phantoms
	for at, e := range g.edges {
		out = append(out, corvee.Lineage{
			From: g.reports[at[0]].Report.ID, To: g.reports[at[1]].Report.ID,
			Kind: e.kind, Evidence: e.evidence, Score: e.score,
		})
	}
	slices.SortFunc(out, func(a, b corvee.Lineage) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

// copies makes edges of reprints and abridgements. A report with several likely parents
// keeps the one that holds most of it, the earliest of equals, and of the others those
// that are of another family: a page put together from two. It returns the pairs that
// share wording and are no copies.
func (g *graph) copies() (weak []overlap) {
	found := copies(g.reports)
	byChild := map[int][]overlap{}
	for _, o := range found {
		g.copied[[2]int{o.a, o.b}] = o
		if o.kind(wholeCover-1) == corvee.LineageRetelling {
			weak = append(weak, o)
			continue
		}
		d := g.direct(o.a, o.b)
		byChild[d.from] = append(byChild[d.from], o)
	}
	for child := range g.reports {
		g.rankParents(child, byChild[child])
	}
	for _, first := range []bool{true, false} { // all first parents, then the others
		for child := range g.reports {
			g.adopt(child, byChild[child], first)
		}
	}
	return weak
}

func (g *graph) rankParents(child int, found []overlap) {
	slices.SortStableFunc(found, func(x, y overlap) int {
		return cmp.Or(cmp.Compare(y.ofChild(child)/50, x.ofChild(child)/50), cmp.Compare(x.other(child), y.other(child)))
	})
}

func (g *graph) adopt(child int, found []overlap, first bool) {
	for n, o := range found {
		parent := o.other(child)
		if (n == 0) != first || g.above(parent, child) || !first && g.copiedAlready(o) {
			continue
		}
		d := g.direct(o.a, o.b)
		g.add(child, parent, o.kind(o.ofParent(child)), d.score(50+o.cover/20), o.evidence(), d.why)
		g.families.Join(child, parent)
		g.shadow[child] = g.shadow[child] || o.ofChild(child) >= shadowCover
	}
}

// shadowCover is how many thousandths of a report stand in its original where it says
// nothing of its own. Its claims are the original's: were it compared with others for what
// they claim, one more reprint could join and part reports that it has nothing to do with.
const shadowCover = 990

// copiedAlready reports whether the edges that are there say already why two reports share
// their words: one comes from the other, or both from a third that has most of the words.
func (g *graph) copiedAlready(o overlap) bool {
	others := g.ancestors(o.b)
	for _, x := range g.ancestors(o.a) {
		if slices.Contains(others, x) && (x == o.a || x == o.b || 5*g.sharedWith(o.a, x) >= 4*o.shared && 5*g.sharedWith(o.b, x) >= 4*o.shared) {
			return true
		}
	}
	return false
}

func (g *graph) sharedWith(i, j int) int { return g.copied[[2]int{min(i, j), max(i, j)}].shared }

// above reports whether a report depends on another, by however many steps.
func (g *graph) above(i, ancestor int) bool { return slices.Contains(g.ancestors(i), ancestor) }

// sharedWords notes a pair that shares wording without being a copy: an edge of its own
// where nothing else joins the two.
func (g *graph) sharedWords(o overlap) {
	if g.joined(o.a, o.b) {
		return
	}
	d := g.direct(o.a, o.b)
	g.add(d.from, d.to, corvee.LineageRetelling, d.score(55), o.evidence(), d.why)
}

func (o overlap) other(i int) int { return o.a + o.b - i }

func (o overlap) ofChild(child int) int {
	if child == o.a {
		return o.ofA
	}
	return o.ofB
}

func (o overlap) ofParent(child int) int { return o.ofChild(o.other(child)) }

// direction is which of two reports depends on the other, and how that is known.
type direction struct {
	from, to int
	known    bool
	named    bool // by a citation or an address
	why      string
}

func (d direction) score(s int) int {
	if !d.known {
		s -= 20
	}
	return max(10, min(99, s))
}

// direct finds the direction of a pair: by dates, else by a citation or credit, else by
// what the pages say, else by length; else it is unknown, and the edge goes from the
// report with the greater id.
func (g *graph) direct(a, b int) direction {
	ra, rb := g.reports[a], g.reports[b]
	switch {
	case before(ra.Report.Published, rb.Report.Published):
		return dated(b, a, rb, ra)
	case before(rb.Report.Published, ra.Report.Published):
		return dated(a, b, ra, rb)
	}
	ab, ba := g.nameIn(a, b), g.nameIn(b, a)
	switch {
	case ab != "" && ba == "":
		return direction{from: a, to: b, known: true, named: true, why: "direction: it names the other's publisher: “" + ab + "”"}
	case ba != "" && ab == "":
		return direction{from: b, to: a, known: true, named: true, why: "direction: it names the other's publisher: “" + ba + "”"}
	case pointsTo(ra, rb) && !pointsTo(rb, ra):
		return direction{from: a, to: b, known: true, named: true, why: "direction: its page names the other's address"}
	case pointsTo(rb, ra) && !pointsTo(ra, rb):
		return direction{from: b, to: a, known: true, named: true, why: "direction: its page names the other's address"}
	case 10*ra.weight < 9*rb.weight:
		return direction{from: a, to: b, known: true, why: "direction: by length alone, the shorter from the longer"}
	case 10*rb.weight < 9*ra.weight:
		return direction{from: b, to: a, known: true, why: "direction: by length alone, the shorter from the longer"}
	case ra.Report.ID > rb.Report.ID:
		return direction{from: a, to: b, why: "direction unknown: neither dates nor citations nor lengths tell"}
	}
	return direction{from: b, to: a, why: "direction unknown: neither dates nor citations nor lengths tell"}
}

func dated(from, to int, rf, rt *report) direction {
	return direction{from: from, to: to, known: true, why: "direction: published " + rf.Report.Published.String() + ", after " + rt.Report.Published.String()}
}

// nameIn returns the words in which a names b's publisher as a source, or "".
func (g *graph) nameIn(a, b int) string {
	for _, m := range g.reports[a].cites {
		if m.role != "earlier" && m.outlet == g.reports[b].outlet && m.outlet != "" {
			return m.words
		}
	}
	return ""
}

// citesOutlet reports whether from names the publisher of to.
func (g *graph) citesOutlet(from, to int) bool { return g.nameIn(from, to) != "" }
