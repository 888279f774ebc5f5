package corroborate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/corroborate/internal/lineage"
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
	return newLedger(docs, edges).support(claims)
}

// Supports returns the Support of every claim of the documents, keyed by claim id: of the
// claim and of all that state the same as it. The cost grows with the number of claims
// that share kind and place, not with all pairs.
func Supports(docs []Document, edges []corvee.Lineage) map[string]Support {
	l := newLedger(docs, edges)
	byKey := map[string][]corvee.Claim{}
	for _, id := range l.ids {
		for _, c := range l.docs[id].Claims {
			for _, key := range keys(c) {
				byKey[key] = append(byKey[key], c)
			}
		}
	}
	out := map[string]Support{}
	for _, id := range l.ids {
		for _, c := range l.docs[id].Claims {
			same := []corvee.Claim{c}
			for _, key := range keys(c) {
				for _, d := range byKey[key] {
					if States(c, d) {
						same = append(same, d)
					}
				}
			}
			out[c.ID] = l.support(same)
		}
	}
	return out
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

// ledger holds documents and edges by id.
type ledger struct {
	docs    map[string]Document
	ids     []string
	parents map[string][]parent
	traces  map[[2]string]trace // by report and claim, as they are asked for
	tokens  map[string][]shingle.Token
}

func newLedger(docs []Document, edges []corvee.Lineage) *ledger {
	l := &ledger{docs: map[string]Document{}, parents: map[string][]parent{}, traces: map[[2]string]trace{}, tokens: map[string][]shingle.Token{}}
	for _, d := range docs {
		if _, twice := l.docs[d.Report.ID]; !twice {
			l.docs[d.Report.ID] = d
			l.ids = append(l.ids, d.Report.ID)
		}
	}
	slices.Sort(l.ids)
	sorted := slices.Clone(edges)
	slices.SortStableFunc(sorted, func(a, b corvee.Lineage) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Kind, b.Kind))
	})
	for _, e := range sorted {
		p := parent{e.To, e.Kind, e.Kind == corvee.LineageRetelling}
		if !slices.Contains(l.parents[e.From], p) {
			l.parents[e.From] = append(l.parents[e.From], p)
		}
	}
	l.cutRings()
	return l
}

// cutRings drops, of reports that depend on one another in a ring, the edges from the
// earlier to the later, so that every claim of the ring comes from one end of it.
func (l *ledger) cutRings() {
	rings := ringsOf(l.ids, l.parents)
	for _, id := range l.ids {
		l.parents[id] = slices.DeleteFunc(l.parents[id], func(p parent) bool {
			_, there := l.docs[p.id]
			return there && rings[id] == rings[p.id] && !l.later(id, p.id)
		})
	}
}

func (l *ledger) later(a, b string) bool {
	da, db := l.docs[a].Report.Published, l.docs[b].Report.Published
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

// support counts claims, those that come from no other report first, so that the reason
// is said where a claim adds nothing.
func (l *ledger) support(claims []corvee.Claim) Support {
	sorted := slices.DeleteFunc(slices.Clone(claims), func(c corvee.Claim) bool {
		_, there := l.docs[c.Report]
		return !there
	})
	slices.SortStableFunc(sorted, func(a, b corvee.Claim) int {
		return cmp.Or(
			cmp.Compare(rank(l.trace(a)), rank(l.trace(b))), cmp.Compare(a.Report, b.Report),
			cmp.Compare(a.Quote.Start, b.Quote.Start), cmp.Compare(a.ID, b.ID),
		)
	})
	t := tally{reports: map[string][]string{}, speakers: map[string]corvee.Speaker{}, known: map[string]bool{}, merged: map[string]string{}}
	var out Support
	for _, c := range sorted {
		if slices.Contains(out.Claims, c.ID) {
			continue
		}
		out.Claims = append(out.Claims, c.ID)
		if why := t.add(c, l.trace(c)); why != "" && !slices.Contains(out.Why, why) {
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

func rank(t trace) int {
	if t.why == "" {
		return 0
	}
	return 1
}

// trace follows a claim up the edges to where it was said first.
func (l *ledger) trace(c corvee.Claim) trace {
	at := [2]string{c.Report, c.ID}
	t, done := l.traces[at]
	if !done {
		t = l.follow(c)
		l.traces[at] = t
	}
	return t
}

// follow looks for the claim in what the report depends on: firmly first, and then what
// stands behind it there stands behind it here; else likely, and then its own source
// counts apart in the upper count.
func (l *ledger) follow(c corvee.Claim) trace {
	if c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
		return trace{why: fmt.Sprintf("%s: a reviewer rejected it, or it stands no more; it does not count", c.Report)}
	}
	if from := l.above(c, false); len(from) > 0 {
		t := trace{why: fmt.Sprintf("%s: %s %s, which states the same; it counts once", c.Report, phrase[from[0].kind], from[0].claim.Report)}
		for _, f := range from {
			behind := l.trace(f.claim)
			t.roots, t.soft = append(t.roots, behind.roots...), append(t.soft, behind.soft...)
		}
		return t
	}
	own, why := l.own(c)
	t := trace{roots: own, why: why}
	if from := l.above(c, true); len(from) > 0 && len(own) > 0 {
		t.why = fmt.Sprintf("%s: likely %s %s, which states the same; apart in the upper count only", c.Report, phrase[from[0].kind], from[0].claim.Report)
		for _, f := range from {
			t.soft = append(t.soft, l.trace(f.claim).roots...)
		}
	}
	return t
}

var phrase = map[corvee.LineageKind]string{
	corvee.LineageReprint: "a reprint of", corvee.LineageAbridgement: "an abridgement of", corvee.LineageTranslation: "a translation of",
	corvee.LineageRetelling: "a retelling of", corvee.LineageCitation: "it cites",
}

// source is a claim that another repeats, and how its report is depended on.
type source struct {
	claim corvee.Claim
	kind  corvee.LineageKind
}

// above returns the claims that a claim repeats most closely in the nearest reports up the
// firm edges, or up all, that state it. A report in between that leaves it out is passed.
func (l *ledger) above(c corvee.Claim, soft bool) []source {
	var out []source
	best := 0
	seen := map[string]bool{c.Report: true}
	queue := l.parents[c.Report]
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		_, there := l.docs[p.id]
		if seen[p.id] || !there || !soft && !l.firm(c, p) {
			continue
		}
		seen[p.id] = true
		claims, n := l.stated(c, p.id)
		if n == 0 {
			queue = slices.Concat(queue, l.parents[p.id])
			continue
		}
		if n > best {
			best, out = n, nil
		}
		for _, d := range claims {
			if n == best {
				out = append(out, source{d, p.kind})
			}
		}
	}
	return out
}

// firm reports whether an edge shows that a claim comes from there. A retelling is only
// likely, and so is a citation for a claim that somebody told the citing report itself.
func (l *ledger) firm(c corvee.Claim, p parent) bool {
	return !p.soft && (p.kind != corvee.LineageCitation || !l.ownSource(c))
}

// stated returns the claims of a report that c repeats, and how closely; where reading has
// not found it and its words stand there all the same, c itself as that report's.
func (l *ledger) stated(c corvee.Claim, id string) ([]corvee.Claim, int) {
	if claims, n := nearest(c, l.docs[id].Claims); n > 0 {
		return claims, n
	}
	if !l.holds(id, c.Quote) {
		return nil, 0
	}
	c.Report = id
	return []corvee.Claim{c}, 1
}

// holds reports whether the words of a quote, a shingle of them at least, stand in a report.
func (l *ledger) holds(id string, q corvee.Quote) bool {
	words := shingle.Tokens(nil, q.Exact, 0, len(q.Exact))
	if shingle.Weight(words) < 40 {
		return false // a few words stand anywhere
	}
	text, done := l.tokens[id]
	if !done {
		content := l.docs[id].Text.String()
		text = shingle.Tokens(nil, content, 0, len(content))
		l.tokens[id] = text
	}
	for i := 0; i+len(words) <= len(text); i++ {
		if text[i].Hash == words[0].Hash && slices.EqualFunc(text[i:i+len(words)], words, func(a, b shingle.Token) bool { return a.Hash == b.Hash }) {
			return true
		}
	}
	return false
}

// nearest returns those claims of a report that a claim repeats most closely, and how
// closely; 0 for none.
func nearest(c corvee.Claim, claims []corvee.Claim) (out []corvee.Claim, best int) {
	for _, d := range claims {
		if n := closeness(c, d); n > best {
			best, out = n, []corvee.Claim{d}
		} else if n == best && n > 0 {
			out = append(out, d)
		}
	}
	return out, best
}

// closeness is 0 where one claim does not repeat the other; the same first speaker and the
// same words weigh more than a place or a figure.
func closeness(c, d corvee.Claim) int {
	if !repeats(c, d) {
		return 0
	}
	n := 2
	for weight, same := range []bool{
		c.Value != nil && d.Value != nil && c.Value.Range == d.Value.Range, States(c, d), c.Quote.Exact == d.Quote.Exact, c.Root() == d.Root(),
	} {
		if same {
			n += 2 << weight
		}
	}
	return n
}

// ownSource reports whether somebody told the claim to this report's publisher.
func (l *ledger) ownSource(c corvee.Claim) bool {
	return c.Root().Speaker == corvee.SpeakerAnonymous && l.via(c) == ""
}

// via returns the identity of the outlet, other than the publisher, that a claim's chain
// names, or "".
func (l *ledger) via(c corvee.Claim) string {
	publisher := lineage.OutletID(l.docs[c.Report].Report.Publisher)
	for _, link := range c.Attribution {
		if link.Speaker != corvee.SpeakerPublisher && link.Speaker != corvee.SpeakerAgency {
			continue
		}
		if id := lineage.OutletID(link.Name); id != "" && id != publisher {
			return id
		}
	}
	return ""
}

// own returns the roots of a claim by what its own report says, and why there are none. A
// copy that says more than its original does not say whence.
func (l *ledger) own(c corvee.Claim) ([]root, string) {
	if why := derived(c, l.docs[c.Report].Claims); why != "" {
		return nil, fmt.Sprintf("%s: derived (%s); it does not count", c.Report, why)
	}
	r := l.named(c)
	r.known = r.known && !l.copied(c.Report)
	return []root{r}, ""
}

// copied reports whether a report is a copy or translation of another.
func (l *ledger) copied(id string) bool {
	return slices.ContainsFunc(l.parents[id], func(p parent) bool {
		_, there := l.docs[p.id]
		return there && !p.soft && p.kind != corvee.LineageCitation
	})
}

func (l *ledger) named(c corvee.Claim) root {
	said := c.Root()
	public := said.Speaker == corvee.SpeakerInstitution || said.Speaker == corvee.SpeakerNamedOfficial ||
		said.Speaker == corvee.SpeakerNamedPublicPerson || said.Speaker == corvee.SpeakerDocument
	if public && said.Name != "" {
		// one key for a body that publishes and that others quote
		return root{"source:" + lineage.OutletID(said.Name), said.Speaker, true}
	}
	if via := l.via(c); via != "" {
		return root{"source:" + via, corvee.SpeakerPublisher, true}
	}
	known := said.Speaker == corvee.SpeakerAnonymous || said.Speaker == corvee.SpeakerPublisher
	if id := lineage.OutletID(l.docs[c.Report].Report.Publisher); id != "" {
		return root{"source:" + id, corvee.SpeakerPublisher, known}
	}
	return root{"report:" + c.Report, said.Speaker, false}
}
