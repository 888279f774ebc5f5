package dossier

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"corvee"
	"corvee/assess"
	"corvee/assess/headcount"
	"corvee/assess/indicator"
	"corvee/assess/law"
	"corvee/corroborate"
	"corvee/internal/country"
	"corvee/pipeline"
	"corvee/pipeline/fx"
	"corvee/pipeline/leave"
	"corvee/pipeline/who"
	"corvee/present"
	out "corvee/present/dossier"
	"corvee/read/facts"
)

// Leave says what may leave the base beyond the rule (pipeline/leave).
type Leave = leave.Rule

// Options are what a dossier is made with beside its documents.
type Options struct {
	Version string
	Made    corvee.Date
	Leave   Leave
	Money   assess.Money         // rates, and the currency that amounts are given in beside their own
	Parties *corroborate.Parties // who is who; nil for what the documents tell by themselves
}

func (o Options) parties(docs []corroborate.Document) *corroborate.Parties {
	if o.Parties != nil {
		return o.Parties
	}
	return corroborate.PartiesOf(corroborate.NamingsIn(docs), nil)
}

// Build returns the dossier of a name as it may leave the base, made on a day.
func Build(ctx context.Context, p *pipeline.Pipeline, name string, made corvee.Date, rule Leave) (out.Dossier, error) {
	parties, err := who.Parties(ctx, p)
	if err != nil {
		return out.Dossier{}, err
	}
	docs, err := documentsOn(ctx, p, parties, name)
	if err != nil {
		return out.Dossier{}, err
	}
	money, err := fx.Money(ctx, p, docs, fx.In)
	if err != nil {
		return out.Dossier{}, err
	}
	return With(docs, name, Options{p.Version, made, rule, money, parties})
}

// Of is Build over given documents, with the yearly averages that ship for rates.
func Of(docs []corroborate.Document, name, version string, made corvee.Date, rule Leave) (out.Dossier, error) {
	return With(docs, name, Options{version, made, rule, fx.Without(docs, fx.In), nil})
}

// With is Build over given documents: the same documents, name and options make the same
// dossier.
func With(docs []corroborate.Document, name string, o Options) (out.Dossier, error) {
	docs = slices.SortedFunc(slices.Values(docs), func(a, b corroborate.Document) int { return strings.Compare(a.Report.ID, b.Report.ID) })
	parties := o.parties(docs)
	s, err := find(docs, parties, name)
	if err != nil {
		return out.Dossier{}, err
	}
	b := &builder{subject: s, docs: docs, parties: parties, edges: corroborate.Lineage(docs), numbers: map[string]int{}, money: o.Money}
	b.base = corroborate.NewBase(parties.ResolvedDocuments(docs), b.edges)
	b.out = out.Dossier{
		Subject: s.Name, Kind: string(s.Kind), Names: s.Names, Made: o.Made, Version: o.Version, Notice: corvee.Notice, Reviewed: reviewed(s.Claims),
	}
	b.sources()
	b.leaving = leave.New(o.Leave, b.used())
	for i := range b.out.Reports {
		b.out.Reports[i].Title = b.leaving.Words(b.out.Reports[i].Title)
	}
	b.extrapolate()
	b.claims()
	b.questions()
	if err := b.assess(); err != nil {
		return out.Dossier{}, err
	}
	b.convert()
	b.out.Withheld = b.leaving.Withheld()
	return b.out, nil
}

// reviewed says how much of a dossier people have judged.
func reviewed(claims []corvee.Claim) string {
	n := 0
	for _, c := range claims {
		if c.Review != corvee.ReviewUnreviewed {
			n++
		}
	}
	return fmt.Sprintf("%d of %d claims were judged by a person", n, len(claims))
}

// convert gives money in one currency. It works on claims as they leave: the day of a rate
// would tell the day that a witness's claim does not.
func (b *builder) convert() {
	if b.money.In == "" {
		return
	}
	for _, d := range b.used() {
		b.out.Conversions = joined(b.out.Conversions, assess.Convert(b.leftOf(d.Report.ID), b.money))
	}
}

// leftOf are the claims of a report as they leave.
func (b *builder) leftOf(report string) (own []corvee.Claim) {
	for _, c := range b.kept {
		if c.Report == report && b.numbers[c.ID] > 0 {
			own = append(own, b.left(c.ID))
		}
	}
	return own
}

// left is a claim as it leaves; the zero Claim for one that does not.
func (b *builder) left(id string) corvee.Claim {
	if n := b.numbers[id]; n > 0 {
		return b.out.Claims[n-1].Claim
	}
	return corvee.Claim{}
}

type builder struct {
	subject Subject
	docs    []corroborate.Document
	parties *corroborate.Parties // whom the claims name
	edges   []corvee.Lineage
	base    *corroborate.Base
	leaving *leave.Leaving
	money   assess.Money
	numbers map[string]int // of claims that leave, by id
	reports map[string]int
	// numbered writes the ids of reports by their numbers.
	numbered *strings.Replacer
	kept     []corvee.Claim // as the base has them: what is assessed is not covered
	// extrapolated are products that nobody stated; beyond are the claims of other places
	// that they rest on, cited so that every figure leads to a quote.
	extrapolated []corvee.Finding
	beyond       map[string]bool
	out          out.Dossier
}

// sources numbers the reports that claims come from, earliest first.
func (b *builder) sources() {
	used := map[string]bool{}
	for _, c := range b.subject.Claims {
		used[c.Report] = true
	}
	var list []corvee.Report
	for _, d := range b.docs {
		if used[d.Report.ID] {
			list = append(list, d.Report)
		}
	}
	slices.SortStableFunc(list, func(a, b corvee.Report) int { return a.Published.Compare(b.Published) })
	b.reports = map[string]int{}
	for i, r := range list {
		b.reports[r.ID] = i + 1
	}
	for i, r := range list {
		b.out.Reports = append(b.out.Reports, out.Source{
			No: i + 1, ID: r.ID, Publisher: r.Publisher, Title: r.Title, URL: r.URL, Published: r.Published, Lang: r.Lang,
			DependsOn: b.dependsOn(r.ID), Archived: r.MediaType != facts.MediaType,
		})
	}
}

// used are the documents that claims of the subject come from.
func (b *builder) used() (docs []corroborate.Document) {
	for _, d := range b.docs {
		if b.reports[d.Report.ID] > 0 {
			docs = append(docs, d)
		}
	}
	return docs
}

func (b *builder) dependsOn(report string) []string {
	list := []string{}
	for _, e := range b.edges {
		if e.From != report {
			continue
		}
		to := present.Short(e.To)
		if n := b.reports[e.To]; n > 0 {
			to = fmt.Sprintf("report %d", n)
		}
		list = append(list, fmt.Sprintf("%s of %s", e.Kind, to))
	}
	return list
}

// extrapolate looks in all that the reports of a region tell: a levy of elsewhere may be
// the only one. Parties are not extrapolated: their counts are their own.
func (b *builder) extrapolate() {
	b.beyond = map[string]bool{}
	if b.subject.Kind == Party {
		return
	}
	all := claimsOf(b.used())
	b.extrapolated = assess.Extrapolate(all, b.subject.ID)
	about := map[string]bool{}
	for _, c := range b.subject.Claims {
		about[c.ID] = true
	}
	for _, f := range b.extrapolated {
		for _, id := range f.Claims {
			b.beyond[id] = !about[id]
		}
	}
	for _, c := range all {
		if b.beyond[c.ID] {
			b.subject.Claims = append(b.subject.Claims, c)
		}
	}
}

func (b *builder) claims() {
	claims := slices.Clone(b.subject.Claims)
	slices.SortStableFunc(claims, func(x, y corvee.Claim) int {
		if n := b.reports[x.Report] - b.reports[y.Report]; n != 0 {
			return n
		}
		return x.Quote.Start - y.Quote.Start
	})
	for _, c := range claims {
		left, covered, may := b.leaving.Claim(c)
		if !may {
			continue
		}
		if !b.beyond[c.ID] {
			b.kept = append(b.kept, b.parties.Resolved(c))
		}
		no := len(b.out.Claims) + 1
		b.numbers[c.ID] = no
		gloss := present.Gloss(left)
		if b.subject.Near[c.ID] {
			gloss += "; names no site, told of its place in a report that names no other"
		}
		if b.beyond[c.ID] {
			gloss += "; told of elsewhere, cited for an extrapolation"
		}
		b.out.Claims = append(b.out.Claims, out.Cited{No: no, Report: b.reports[c.Report], Gloss: gloss, Claim: left, Points: b.points(c), Places: b.places(c), Redactions: covered})
		if c.Kind == corvee.KindDenial || c.Factuality == corvee.Denied {
			b.out.Denials = append(b.out.Denials, no)
		}
	}
	b.subject.Claims = b.kept
	if b.out.Denials == nil {
		b.out.Denials = []int{}
	}
}

// textOf returns the text that a claim is of; the empty one for a report that is not at hand.
func (b *builder) textOf(c corvee.Claim) (none corvee.Text) {
	at, ok := slices.BinarySearchFunc(b.docs, c.Report, func(d corroborate.Document, id string) int { return strings.Compare(d.Report.ID, id) })
	if !ok {
		return none
	}
	return b.docs[at].Text
}

// points returns where a quote stands in its text, in code points.
func (b *builder) points(c corvee.Claim) [2]int {
	start, end, err := b.textOf(c).CodePoints(c.Quote.Span)
	if err != nil {
		return [2]int{}
	}
	return [2]int{start, end}
}

// places returns where the lines of a quote stand in an original with pages.
func (b *builder) places(c corvee.Claim) (at []out.Region) {
	for _, r := range b.textOf(c).Places(c.Quote.Span) {
		at = append(at, out.Region{Page: r.Page, Box: r.Box})
	}
	return at
}

// refs returns the numbers of claims, those that left.
func (b *builder) refs(ids []string) []int {
	list := []int{}
	for _, id := range ids {
		if n := b.numbers[id]; n > 0 && !slices.Contains(list, n) {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

func (b *builder) questions() {
	b.out.Questions = []out.Question{}
	for _, q := range b.base.Questions(b.kept) {
		o := out.Question{
			ID: q.ID, Kind: q.Kind, Scope: scopeName(q.Scope), About: q.About, Support: q.Support, Origins: q.Origins,
		}
		if q.When.Known() {
			o.When = b.leavingTime(q)
		}
		for _, p := range q.Positions {
			left := b.out.Claims[b.numbers[p.Claim.ID]-1].Claim
			o.Positions = append(o.Positions, out.Position{Gloss: present.Gloss(b.parties.Resolved(left)), Claims: b.refs(p.Claims), Origins: p.Support.Origins, Why: b.named(p.Support.Why), Against: p.Against})
		}
		for _, s := range q.Superseded {
			o.Superseded = append(o.Superseded, s.Why)
		}
		b.out.Questions = append(b.out.Questions, o)
	}
}

// scopeName writes the ids of places and countries by their names.
func scopeName(scope string) string {
	parts := strings.Split(scope, "+")
	for i, id := range parts {
		parts[i] = cmp.Or(placeName(id), country.Name(id), id)
	}
	return cmp.Or(strings.Join(parts, ", "), "place not told")
}

// named writes reports by their numbers, since nobody reads a hash.
func (b *builder) named(why []string) []string {
	if b.numbered == nil {
		var pairs []string
		for id, n := range b.reports {
			pairs = append(pairs, id, fmt.Sprintf("report %d", n))
		}
		b.numbered = strings.NewReplacer(pairs...)
	}
	var list []string
	for _, w := range why {
		list = append(list, b.numbered.Replace(w))
	}
	return list
}

// leavingTime is a question's time, no finer than a month: claims of witnesses may be in it.
func (b *builder) leavingTime(q corroborate.Question) string {
	w := q.When
	if w.Precision == corvee.PrecisionDay {
		w = corvee.Between(w.From.To(corvee.PrecisionMonth), w.Last().To(corvee.PrecisionMonth))
	}
	return w.String()
}

func (b *builder) assess() error {
	count := func(claims []corvee.Claim) corvee.OriginCount { return b.base.Origins(claims).Origins }
	signs := indicator.AssessIn(b.kept, count, b.sentence)
	region := b.subject.ID
	sheet := headcount.Assess(b.kept, region)
	b.out.Headcounts = sheet.Findings()
	var falls []assess.Waterfall
	for _, d := range b.used() {
		own := claimsOfReport(b.kept, d.Report.ID)
		b.out.Ledger = joined(b.out.Ledger, assess.Ledger(own))
		b.out.Ledger = joined(b.out.Ledger, assess.Dates(b.leftOf(d.Report.ID), d.Report.Published))
		falls = append(falls, assess.Waterfalls(own)...)
	}
	b.out.Ledger = append(b.out.Ledger, assess.PerHead(b.kept)...)
	b.out.Ledger = append(b.out.Ledger, b.extrapolated...)
	for _, w := range falls {
		b.addWaterfall(b.waterfall(w))
	}
	for _, a := range signs {
		if a.Says() {
			b.out.Indicators = append(b.out.Indicators, b.assessment(a))
		}
	}
	b.notFound(signs)
	found := factsOf(b.subject, signs, sheet, falls)
	list, err := outcomes(b.subject, found)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.Bears() {
			b.out.Law = append(b.out.Law, b.rule(o))
		}
	}
	return nil
}

func claimsOfReport(claims []corvee.Claim, report string) (own []corvee.Claim) {
	for _, c := range claims {
		if c.Report == report {
			own = append(own, c)
		}
	}
	return own
}

// joined adds findings; one that says the same of a copy joins its claims to the first, since
// a copy adds nothing.
func joined(list, more []corvee.Finding) []corvee.Finding {
	for _, f := range more {
		at := slices.IndexFunc(list, func(old corvee.Finding) bool { return old.Kind == f.Kind && old.Text == f.Text })
		if at < 0 {
			list = append(list, f)
			continue
		}
		list[at].Claims = append(list[at].Claims, f.Claims...)
		list[at].Unreviewed += f.Unreviewed
	}
	return list
}

// addWaterfall adds a waterfall, or joins the claims of one with the same rows to it.
func (b *builder) addWaterfall(w out.Waterfall) {
	same := func(x, y out.Step) bool { return x.Stage == y.Stage && x.Label == y.Label && x.Amount == y.Amount }
	at := slices.IndexFunc(b.out.Waterfalls, func(old out.Waterfall) bool {
		return old.Unit == w.Unit && old.Result == w.Result && slices.EqualFunc(old.Rows, w.Rows, same)
	})
	if at < 0 {
		b.out.Waterfalls = append(b.out.Waterfalls, w)
		return
	}
	for i, r := range w.Rows {
		row := &b.out.Waterfalls[at].Rows[i]
		row.Claims = slices.Sorted(slices.Values(append(row.Claims, r.Claims...)))
	}
}

func (b *builder) waterfall(w assess.Waterfall) out.Waterfall {
	o := out.Waterfall{Unit: strings.TrimSpace(w.Currency + " a " + string(w.Period) + ", each"), Result: string(w.Result)}
	if w.Period == "" {
		o.Unit = w.Currency + ", each, period unknown"
	}
	if w.Withheld.Known() {
		o.Withheld = w.Withheld.String()
	}
	w = w.Converted(b.left(w.Rows[0].Claims[0]), b.money)
	o.Rate = w.Rate
	for _, r := range w.Rows {
		step := out.Step{Stage: string(r.Stage), Label: r.Label, Amount: r.Range.String(), Derived: r.Derived, Claims: b.refs(r.Claims)}
		if r.In != nil {
			step.In = r.In.Currency + " " + r.In.Range.String()
		}
		o.Rows = append(o.Rows, step)
	}
	return o
}

func (b *builder) assessment(a indicator.Assessment) out.Assessment {
	o := out.Assessment{Level: a.Level, Why: a.Why}
	if a.Period.Known() {
		o.Period = b.leavingTime(corroborate.Question{When: a.Period})
	}
	for _, l := range a.Limbs {
		o.Limbs = append(o.Limbs, fmt.Sprintf("%s: %s", l.ID, strings.ReplaceAll(string(l.Result), "_", " ")))
	}
	for _, s := range slices.Concat(a.Signs, a.State) {
		note := strings.Join(slices.DeleteFunc(append([]string{s.Capped, s.Note}, s.By...), func(n string) bool { return n == "" }), "; ")
		o.Signs = append(o.Signs, out.Sign{ID: s.ID, Name: s.Name, Result: s.Result, Origins: s.Origins, Claims: b.refs(s.Claims), Against: b.refs(s.Against), Note: note})
	}
	return o
}

// notFound names the kinds of claim that nothing was read of, and indicators without
// evidence in any period.
func (b *builder) notFound(signs []indicator.Assessment) {
	b.out.NotFound = []string{}
	for _, k := range corvee.Kinds() {
		if !slices.ContainsFunc(b.kept, func(c corvee.Claim) bool { return c.Kind == k }) {
			b.out.NotFound = append(b.out.NotFound, present.KindName(k)+": no claim was read")
		}
	}
	found := func(id string) bool {
		return slices.ContainsFunc(signs, func(a indicator.Assessment) bool {
			return slices.ContainsFunc(slices.Concat(a.Signs, a.State), func(s indicator.Sign) bool { return s.ID == id && s.Result != corvee.ResultNoEvidence })
		})
	}
	for _, row := range indicator.Table() {
		if !found(row.ID) {
			b.out.NotFound = append(b.out.NotFound, row.Names["en"]+": no evidence was read")
		}
	}
	for _, row := range indicator.StateTable() {
		if !found(row.ID) {
			b.out.NotFound = append(b.out.NotFound, row.Name+": no evidence was read")
		}
	}
	b.out.NotFound = append(b.out.NotFound, notLooked()...)
}

// notLooked names the types of state-imposed forced labour that nothing which is read can
// show: that none is told here says nothing.
func notLooked() (list []string) {
	for _, t := range indicator.Types() {
		if len(t.Signs) == 0 {
			list = append(list, fmt.Sprintf("%s: not looked for (%s)", t.Name, t.WhyNot))
		}
	}
	return list
}

// sentence is the sentence of the text that a claim's quote stands in.
func (b *builder) sentence(c corvee.Claim) string {
	at, ok := slices.BinarySearchFunc(b.docs, c.Report, func(d corroborate.Document, id string) int { return strings.Compare(d.Report.ID, id) })
	if !ok || c.Quote.End > b.docs[at].Text.Len() {
		return ""
	}
	text := b.docs[at].Text.String()
	return text[sentenceStart(text, c.Quote.Start):sentenceEnd(text, c.Quote.End)]
}

const ends = "!?。！？\n"

// sentenceStart and sentenceEnd look for the ends of a sentence around a quote. A full stop
// ends one before a blank only: 2.5 and U.N.'s do not.
func sentenceStart(text string, at int) int {
	from := strings.LastIndexAny(text[:at], ends)
	if from >= 0 {
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
	return max(from, strings.LastIndex(text[:at], ". ")+1, 0)
}

func sentenceEnd(text string, at int) int {
	end := len(text)
	for _, n := range []int{strings.IndexAny(text[at:], ends), strings.Index(text[at:], ". ")} {
		if n >= 0 {
			end = min(end, at+n)
		}
	}
	return end
}

func (b *builder) rule(o law.Outcome) out.Rule {
	r := out.Rule{ID: o.Instrument.ID, Title: o.Instrument.Title, Result: o.Result, Text: o.String(), Binds: o.Instrument.Binds}
	if len(o.Instrument.Sources) > 0 {
		r.Source = o.Instrument.Sources[0]
	}
	for _, c := range o.Conditions {
		known := ""
		if c.Fact.Known() {
			known = c.Fact.String()
			if c.Fact.When.Precision == corvee.PrecisionDay {
				known = b.leavingTime(corroborate.Question{When: c.Fact.When})
			}
		}
		r.Conditions = append(r.Conditions, out.Condition{Text: c.Condition.String(), Truth: c.Truth.String(), Known: known, Claims: b.refs(c.Fact.Claims), Unseen: c.Unseen})
	}
	return r
}
