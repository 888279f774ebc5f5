package corroborate

import (
	"cmp"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/shingle"
)

// Support is what stands behind one statement.
type Support struct {
	Claims  []string           // that state it, by id
	Origins corvee.OriginCount // Min with unknown lineage collapsed, Max without
	Roots   []corvee.Origin    // the origins that Max counts, by id
	Why     []string           // a reason for each claim that adds no origin of its own
}

// Origins returns how many separate origins stand behind claims that state the same. A
// claim that a report has from another counts as the other's; anonymous sources behind one
// outlet count once; one named body counts once whoever quotes it; a derived figure and a
// rejected claim do not count. Where a report does not say whence it has a claim, its
// lineage is unknown: it counts in Max only, unless nothing else stands behind the claim.
// The edges are those that Lineage returned for the documents. Claims of reports that are
// not among the documents are left out, and a claim that is given twice counts once.
func Origins(claims []corvee.Claim, docs []Document, edges []corvee.Lineage) Support {
	return NewBase(docs, edges).Origins(claims)
}

// Supports returns the Support of every claim of the documents, keyed by claim id: of the
// claim and of all that state the same as it. The cost grows with the number of claims
// that share kind and place, not with all pairs.
func Supports(docs []Document, edges []corvee.Lineage) map[string]Support {
	return NewBase(docs, edges).Supports()
}

// Supports is the function of that name for the documents of the base.
func (base *Base) Supports() map[string]Support {
	byKey := map[string][]corvee.Claim{}
	for _, id := range base.ids {
		for _, c := range base.docs[id].Claims {
			for _, key := range keys(c) {
				byKey[key] = append(byKey[key], c)
			}
		}
	}
	out := map[string]Support{}
	done := map[string]Support{} // by the claims that agree: they often are the same ones
	for _, id := range base.ids {
		for _, c := range base.docs[id].Claims {
			same := []corvee.Claim{c}
			for _, key := range keys(c) {
				for _, d := range byKey[key] {
					if States(c, d) {
						same = append(same, d)
					}
				}
			}
			group := groupOf(same)
			if _, known := done[group]; !known {
				done[group] = base.Origins(same)
			}
			out[c.ID] = done[group]
		}
	}
	return out
}

func groupOf(claims []corvee.Claim) string {
	ids := make([]string, 0, len(claims))
	for _, c := range claims {
		ids = append(ids, c.ID)
	}
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), "\n")
}

// keys are what claims that state the same have in common: kind and unit, with a place,
// site, employer or law, or with the country where there is none of these.
func keys(c corvee.Claim) []string {
	kind := []string{string(c.Kind), string(c.Polarity), string(c.Indicator)}
	if c.Value != nil {
		kind = append(kind, string(c.Value.Unit), c.Value.Currency)
	}
	about := []string{"site " + c.Site, "employer " + c.Employer}
	for _, p := range c.Places {
		about = append(about, "place "+p.ID)
	}
	if c.Kind == corvee.KindLaw {
		about = append(about, "law "+c.Label)
	}
	if len(c.Places) == 0 {
		for _, country := range c.Countries {
			about = append(about, "country "+country)
		}
	}
	var out []string
	for _, a := range about {
		if _, named, _ := strings.Cut(a, " "); named != "" {
			out = append(out, strings.Join(append(kind, a), "|"))
		}
	}
	return out
}

// parent is a report that another depends on; soft where the dependence is likely and not
// shown.
type parent struct {
	id   string
	kind corvee.LineageKind
	soft bool
}

// Base holds documents and edges, for those who ask about many claims. It remembers what it
// has traced and must not be asked from two goroutines at once.
type Base struct {
	docs        map[string]Document
	ids         []string
	parents     map[string][]parent
	traces      map[[2]string]trace // by report and claim, as they are asked for
	tokens      map[string][]shingle.Token
	corrections map[string]bool // by report: whether it says that it corrects
	retractions map[string]bool // by report: whether it says that it withdraws
}

// surely is the score from which a retelling is as good as shown: four rare claims and
// more, nearly all in the same order. Two newsrooms that do not know of each other do not
// find the same five figures.
const surely = 85

// NewBase returns the base of documents and of the edges that Lineage returned for them.
func NewBase(docs []Document, edges []corvee.Lineage) *Base {
	base := &Base{docs: map[string]Document{}, parents: map[string][]parent{}, traces: map[[2]string]trace{}, tokens: map[string][]shingle.Token{}, corrections: map[string]bool{}, retractions: map[string]bool{}}
	for _, d := range docs {
		if _, twice := base.docs[d.Report.ID]; !twice {
			base.docs[d.Report.ID] = d
			base.ids = append(base.ids, d.Report.ID)
		}
	}
	slices.Sort(base.ids)
	sorted := slices.Clone(edges)
	slices.SortStableFunc(sorted, func(a, b corvee.Lineage) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind))
	})
	for _, e := range sorted {
		p := parent{e.To, e.Kind, e.Kind == corvee.LineageRetelling && e.Score < surely}
		if !slices.Contains(base.parents[e.From], p) {
			base.parents[e.From] = append(base.parents[e.From], p)
		}
	}
	base.cutRings()
	return base
}

// cutRings drops, of reports that depend on one another in a ring, the edges from the
// earlier to the later, so that every claim of the ring comes from one end of it.
func (base *Base) cutRings() {
	rings := ringsOf(base.ids, base.parents)
	for _, id := range base.ids {
		base.parents[id] = slices.DeleteFunc(base.parents[id], func(p parent) bool {
			_, there := base.docs[p.id]
			return there && rings[id] == rings[p.id] && !base.later(id, p.id)
		})
	}
}

func (base *Base) later(a, b string) bool {
	da, db := base.docs[a].Report.Published, base.docs[b].Report.Published
	if da.Known() && db.Known() && da.Compare(db) != 0 {
		return da.Compare(db) > 0
	}
	if da.Known() != db.Known() {
		return db.Known() // without a date, as if last
	}
	return a > b
}

// root is where a claim comes from in the end.
type root struct {
	key     string // "source:" and the identity of an outlet or body, or "report:" and an id
	speaker corvee.Speaker
	known   bool // the report says whence it has the claim
}

// trace is what became of one claim.
type trace struct {
	roots []root
	soft  []root // likely the same as roots
	why   string
}

// Origins is the function of that name for the documents of the base. It counts the claims
// that come from no other report first, so that the reason is said where a claim adds
// nothing.
func (base *Base) Origins(claims []corvee.Claim) Support {
	sorted := base.traced(claims)
	t := tally{reports: map[string][]string{}, speakers: map[string]corvee.Speaker{}, known: map[string]bool{}, merged: map[string]string{}}
	var out Support
	counted := map[string]bool{}
	for _, c := range sorted {
		if counted[c.ID] {
			continue
		}
		counted[c.ID] = true
		out.Claims = append(out.Claims, c.ID)
		if why := t.add(*c.Claim, c.trace); why != "" && !slices.Contains(out.Why, why) {
			out.Why = append(out.Why, why)
		}
	}
	slices.Sort(out.Claims)
	out.Roots = t.origins()
	out.Origins = corvee.OriginCount{Min: t.least(), Max: len(out.Roots)}
	if out.Origins.Min < out.Origins.Max {
		out.Why = append(out.Why, t.unknown()...)
	}
	return out
}

// tracedClaim is a claim with what became of it.
type tracedClaim struct {
	*corvee.Claim
	trace trace
}

// traced follows the claims of the base's documents up, those first that come from no other
// report.
func (base *Base) traced(claims []corvee.Claim) []tracedClaim {
	out := make([]tracedClaim, 0, len(claims))
	for i := range claims {
		if _, there := base.docs[claims[i].Report]; there {
			out = append(out, tracedClaim{&claims[i], base.trace(claims[i])})
		}
	}
	slices.SortStableFunc(out, func(a, b tracedClaim) int {
		return cmp.Or(
			cmp.Compare(rank(a.trace), rank(b.trace)), cmp.Compare(a.Report, b.Report),
			cmp.Compare(a.Quote.Start, b.Quote.Start), cmp.Compare(a.ID, b.ID),
		)
	})
	return out
}

func rank(t trace) int {
	if t.why == "" {
		return 0
	}
	return 1
}
