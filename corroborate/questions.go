package corroborate

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Question is evidence on one question: claims of one kind and scope, at times that
// overlap, parted into the positions that they take. Positions are never averaged; those
// that cannot both hold make the question contested.
type Question struct {
	corvee.Evidence
	Scope      string // whom or what it is about, for people: a site, an employer, a place
	About      string // indicator, trade or label; "" where the kind says it all
	When       corvee.When
	Positions  []Position
	Superseded []Superseded
}

// Position is what claims that state the same state.
type Position struct {
	Claim   corvee.Claim // the first of them, to show
	Claims  []string
	Support Support
	Against bool // it denies what another affirms
	when    corvee.When
}

// Superseded is a claim that a later correction of the same publisher replaced.
type Superseded struct {
	Claim, By string
	Why       string
}

// Questions parts claims into questions. Claims that people rejected and that no longer
// bind count for nothing; a question of which none is left is retracted. The order of the
// claims does not matter; questions come in the order of kinds, scope and time.
func (base *Base) Questions(claims []corvee.Claim) []Question {
	byKey := map[string][]corvee.Claim{}
	for _, c := range claims {
		byKey[questionKey(c)] = append(byKey[questionKey(c)], c)
	}
	var out []Question
	for key, group := range byKey {
		slices.SortFunc(group, byTime)
		for _, part := range overlapping(group) {
			out = append(out, base.question(key, part))
		}
	}
	slices.SortFunc(out, func(a, b Question) int {
		return cmp.Or(
			cmp.Compare(slices.Index(corvee.Kinds(), a.Kind), slices.Index(corvee.Kinds(), b.Kind)), strings.Compare(a.Scope, b.Scope),
			strings.Compare(a.About, b.About), a.When.From.Compare(b.When.From), strings.Compare(a.ID, b.ID))
	})
	return out
}

// questionKey is what claims on one question have in common. Who a figure is for and how
// often it falls due part questions: a month's wage is no day's.
func questionKey(c corvee.Claim) string {
	parts := []string{string(c.Kind), about(c), strings.ToLower(scope(c))}
	if v := c.Value; v != nil {
		parts = append(parts, string(v.Unit), v.Currency, v.Of, string(known(v.Per)), string(v.Period))
	}
	return strings.Join(parts, "\t")
}

func about(c corvee.Claim) string {
	switch c.Kind {
	case corvee.KindActivity, corvee.KindMovement:
		return "" // trades are positions: who denies the work denies it in every trade
	case corvee.KindCondition:
		return string(c.Indicator)
	case corvee.KindHeadcount:
		if c.Site != "" || c.Employer != "" {
			return "" // a site's workers are its workers, whatever it is said to make
		}
		return string(c.Sector)
	}
	return c.Label
}

// scope is the narrowest that a claim names.
func scope(c corvee.Claim) string {
	if named := cmp.Or(c.Site, c.Employer); named != "" {
		return named
	}
	var ids []string
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		ids = slices.Clone(c.Countries)
	}
	slices.Sort(ids)
	return strings.Join(ids, "+")
}

func byTime(a, b corvee.Claim) int {
	var x, y corvee.When
	if a.When != nil {
		x = *a.When
	}
	if b.When != nil {
		y = *b.When
	}
	return cmp.Or(x.From.Compare(y.From), x.Until.Compare(y.Until), strings.Compare(a.Report, b.Report), cmp.Compare(a.Quote.Start, b.Quote.Start), strings.Compare(a.ID, b.ID))
}

// overlapping parts claims, which come by time, where their months leave a gap: a count of
// the 15th and one of the 22nd answer one question. Claims whose time is not known are a
// part of their own, since they may be of any, unless they state what a single dated part
// states.
func overlapping(claims []corvee.Claim) [][]corvee.Claim {
	var unknown, part []corvee.Claim
	var parts [][]corvee.Claim
	var span corvee.When
	for _, c := range claims {
		if c.When == nil || !c.When.Known() {
			unknown = append(unknown, c)
			continue
		}
		months := inMonths(*c.When)
		if len(part) > 0 && !span.Overlaps(months) {
			parts, part = append(parts, part), nil
		}
		if len(part) == 0 {
			span = months
		}
		span = widest(span, months)
		part = append(part, c)
	}
	if len(part) > 0 {
		parts = append(parts, part)
	}
	if len(parts) == 1 {
		dated := parts[0]
		unknown = slices.DeleteFunc(unknown, func(c corvee.Claim) bool {
			if !stands(&c, dated) {
				return false
			}
			parts[0] = append(parts[0], c)
			return true
		})
	}
	if len(unknown) > 0 {
		parts = append(parts, unknown)
	}
	return parts
}

// inMonths is the time at the precision of a month, or coarser where it is.
func inMonths(w corvee.When) corvee.When {
	if w.Precision != corvee.PrecisionDay {
		return w
	}
	return corvee.Between(w.From.To(corvee.PrecisionMonth), w.Last().To(corvee.PrecisionMonth))
}

// widest is the time that holds both; an open end stays open.
func widest(a, b corvee.When) corvee.When {
	w := corvee.When{Precision: a.Precision}
	if a.From.Known() && b.From.Known() {
		w.From = a.From
		if b.From.Compare(w.From) < 0 {
			w.From = b.From
		}
	}
	if a.Until.Known() && b.Until.Known() {
		w.Until = a.Until
		if b.Until.Compare(w.Until) > 0 {
			w.Until = b.Until
		}
	}
	return w
}

func (base *Base) question(key string, claims []corvee.Claim) Question {
	first := claims[0]
	q := Question{Evidence: corvee.Evidence{Kind: first.Kind}, Scope: scope(first), About: about(first)}
	for _, c := range claims {
		q.Claims = append(q.Claims, c.ID)
		switch {
		case c.When == nil || !c.When.Known():
		case !q.When.Known():
			q.When = inMonths(*c.When)
		default:
			q.When = widest(q.When, inMonths(*c.When))
		}
	}
	slices.Sort(q.Claims)
	sum := sha256.Sum256([]byte(key + "\t" + q.When.String()))
	q.ID = "q" + hex.EncodeToString(sum[:12])
	left, gone := base.corrected(standing(claims))
	q.Superseded = gone
	q.Positions = base.positions(left)
	q.Support, q.Origins = base.supportOf(left, q.Positions)
	return q
}

func standing(claims []corvee.Claim) (out []corvee.Claim) {
	for _, c := range claims {
		if c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete {
			out = append(out, c)
		}
	}
	return out
}

// positions parts claims into those that state the same, each with its support.
func (base *Base) positions(claims []corvee.Claim) []Position {
	var groups [][]corvee.Claim
	for i := range claims {
		at := slices.IndexFunc(groups, func(g []corvee.Claim) bool { return stands(&claims[i], g) })
		if at < 0 {
			groups = append(groups, claims[i:i+1:i+1])
			continue
		}
		groups[at] = append(groups[at], claims[i])
	}
	var out []Position
	for _, g := range groups {
		p := Position{Claim: g[0], Against: denies(g[0]), Support: base.Origins(g), when: spanOf(g)}
		for _, c := range g {
			p.Claims = append(p.Claims, c.ID)
		}
		slices.Sort(p.Claims)
		out = append(out, p)
	}
	return out
}

// stands reports whether any of the claims states what c states.
func stands(c *corvee.Claim, claims []corvee.Claim) bool {
	for i := range claims {
		if states(c, &claims[i]) && denies(*c) == denies(claims[i]) {
			return true
		}
	}
	return false
}

// spanOf is the time that all known times lie in; unknown where one is not known, since it
// may be of any.
func spanOf(claims []corvee.Claim) (span corvee.When) {
	for i, c := range claims {
		if c.When == nil || !c.When.Known() {
			return corvee.When{}
		}
		if i == 0 {
			span = inMonths(*c.When)
		}
		span = widest(span, inMonths(*c.When))
	}
	return span
}

func denies(c corvee.Claim) bool {
	return c.Polarity == corvee.Negative || c.Factuality == corvee.Denied || c.Kind == corvee.KindDenial
}

// supportOf names what stands behind a question. Denials of named parties are questions of
// their own; they stand beside and contest nothing by themselves.
func (base *Base) supportOf(claims []corvee.Claim, positions []Position) (corvee.Support, corvee.OriginCount) {
	if len(claims) == 0 {
		return corvee.Retracted, corvee.OriginCount{}
	}
	origins := base.Origins(claims).Origins
	for i, a := range positions {
		for _, b := range positions[i+1:] {
			if conflict(a, b) {
				return corvee.Contested, origins
			}
		}
	}
	for _, p := range positions {
		if p.Support.Origins.Min >= 2 {
			return corvee.Corroborated, origins
		}
	}
	return corvee.SingleOrigin, origins
}

// conflict reports whether two positions cannot both hold: one denies what the other
// affirms, or two figures do not meet. A plan conflicts with nothing, nor do times apart.
func conflict(a, b Position) bool {
	if !a.when.Overlaps(b.when) {
		return false
	}
	if a.Claim.Factuality == corvee.Planned || b.Claim.Factuality == corvee.Planned {
		return false
	}
	v, w := a.Claim.Value, b.Claim.Value
	if v == nil || w == nil || !v.Known() || !w.Known() {
		return a.Against != b.Against
	}
	meets := v.Range.Overlaps(w.Range) || (v.Approx || w.Approx) && near(edge(v.Range), edge(w.Range), 10)
	return meets == (a.Against != b.Against)
}

// edge is the end of a range that is known.
func edge(r corvee.Range) corvee.Decimal {
	if r.Low.Known() {
		return r.Low
	}
	return r.High
}

//go:embed corrections.tsv
var correctionWords string

//go:embed retractions.tsv
var retractionWords string

// corrected takes out the claims that a later report of the same publisher replaced or
// withdrew; where it withdrew them, its own telling of them too.
func (base *Base) corrected(claims []corvee.Claim) (left []corvee.Claim, gone []Superseded) {
	for _, old := range claims {
		if by, ok := base.withdrawn(old, claims); ok {
			gone = append(gone, Superseded{old.ID, by.ID, fmt.Sprintf("%s withdrew it on %s", base.docs[by.Report].Report.Publisher, base.docs[by.Report].Report.Published)})
			continue
		}
		at := slices.IndexFunc(claims, func(c corvee.Claim) bool { return base.corrects(c, old) })
		if at < 0 {
			left = append(left, old)
			continue
		}
		by := claims[at]
		gone = append(gone, Superseded{old.ID, by.ID, fmt.Sprintf("%s corrected it on %s", base.docs[by.Report].Report.Publisher, base.docs[by.Report].Report.Published)})
	}
	return left, gone
}

func (base *Base) corrects(c, old corvee.Claim) bool {
	if c.Value == nil || old.Value == nil || c.Report == old.Report || c.Value.Range == old.Value.Range {
		return false
	}
	return base.follows(c, old) && remembered(base.corrections, c.Report, func() bool { return says(base.docs[c.Report].Text, correctionWords) })
}

// follows reports whether a claim stands in a later report of the same publisher.
func (base *Base) follows(c, old corvee.Claim) bool {
	new, was := base.docs[c.Report].Report, base.docs[old.Report].Report
	return new.Publisher != "" && new.Publisher == was.Publisher && new.Published.Known() && was.Published.Known() && new.Published.Compare(was.Published) > 0
}

// withdrawn returns the claim by which the publisher of another took it back: a later report
// that says it withdraws one and states the same. That telling is withdrawn with it.
func (base *Base) withdrawn(old corvee.Claim, claims []corvee.Claim) (by corvee.Claim, is bool) {
	for _, c := range claims {
		withdraws := remembered(base.retractions, c.Report, func() bool { return says(base.docs[c.Report].Text, retractionWords) })
		if !withdraws || !States(c, old) {
			continue
		}
		if base.follows(c, old) || c.ID == old.ID && slices.ContainsFunc(claims, func(was corvee.Claim) bool { return base.follows(c, was) && States(c, was) }) {
			return c, true
		}
	}
	return by, false
}

func remembered(known map[string]bool, report string, ask func() bool) bool {
	is, done := known[report]
	if !done {
		is = ask()
		known[report] = is
	}
	return is
}

// says looks for a phrase of a table in the title or in the text's first and last part,
// where newsrooms put it.
func says(t corvee.Text, table string) bool {
	const ends = 800 // bytes: an editor's note
	text := strings.ToLower(t.String())
	if len(text) > 2*ends {
		text = text[:ends] + text[len(text)-ends:]
	}
	for line := range strings.Lines(table) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if word != "" && word[0] != '#' && strings.Contains(text, word) {
			return true
		}
	}
	return false
}
