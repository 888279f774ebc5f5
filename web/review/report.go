package review

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/mark"
	"corvee/web/parts"
	"corvee/web/words"
)

// A part is what a browser bears and a person reads in one go.
const (
	partBytes  = 40_000
	partClaims = 60
)

// reportPage is one report: its text with its claims, and what people decided.
type reportPage struct {
	Address, Title, Lang string
	Facts                []parts.Fact
	Alerts               []alert
	Tally                []tally
	Judged, Total        int
	Findings             []findingLine
	Parts                partsNav
	Blocks               []block
	Cards                []card
	Saved                string // what the server has just confirmed
	Undo                 *undoable
	Add                  *addForm
	History              []historyLine
	Selected             string
	People               *peopleBar // nil where nobody is named
	Kinds                []kindKey
	Before, After        string // addresses of the reports beside it
}

// alert is what a reader must know before the rest.
type alert struct{ Heading, What string }

type tally struct {
	words.Badge
	Count int
	First string // address of the first such claim
}

type findingLine struct {
	words.Badge
	Text, Kind string
	Unreviewed int
	Claims     []parts.Link
}

// partsNav says which part of a long text is shown.
type partsNav struct {
	Number, Count     int
	Previous, Further string
	Claims            int // in this part
	Same              bool
}

// undoable is this reviewer's last decision that still stands.
type undoable struct{ What string }

type historyLine struct {
	words.Badge
	When, Actor, Gloss, Note, Href string
	Undone                         bool
}

// reportRequest is what an address asks of a report.
type reportRequest struct {
	view     pipeline.ReportView
	parts    []mark.Part
	selected int // index of the claim, -1 for none
	part     int
	by       string // whose last decision may be taken back
}

func (s *room) report(r *http.Request) (frame.View, error) {
	v, covered, err := s.eyes.Look(r.Context(), r.PathValue("report"))
	if err != nil {
		return frame.View{}, err
	}
	q, err := asked(r, v)
	if err != nil {
		return frame.View{}, err
	}
	q.by = s.pipeline.By(r.Context())
	body := s.reportBody(q)
	body.People = s.peopleOf(r.Context(), v, covered)
	body.Before, body.After = s.neighbours(r.Context(), v.Report.ID)
	query := r.URL.Query()
	body.Saved = saved(v, query.Get("saved"))
	if q.selected >= 0 && query.Has("edit") {
		body.openEdit(v, v.Claims[q.selected])
	}
	if query.Has("add") {
		if body.Add, err = s.newAddForm(v, query); err != nil {
			return frame.View{}, err
		}
	}
	return frame.View{Template: "report", Title: body.Title, Nav: "/reports", Body: body}, nil
}

// asked resolves ?claim= and ?part=.
func asked(r *http.Request, v pipeline.ReportView) (reportRequest, error) {
	q := reportRequest{view: v, parts: mark.Parts(v.Text, v.Claims, mark.Limits{Bytes: partBytes, Claims: partClaims}), selected: -1}
	part, err := parts.Natural(r.URL.Query().Get("part"), "part")
	if err != nil || part > len(q.parts) {
		return q, frame.Invalid("this report has " + words.Plural(len(q.parts), "part", "parts"))
	}
	q.part = part - 1
	if id := r.URL.Query().Get("claim"); id != "" {
		q.selected = slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == id })
		if q.selected < 0 {
			return q, fmt.Errorf("%w: claim %s of this report", corvee.ErrNotFound, words.Excerpt(id, 40))
		}
		q.part = mark.Of(q.parts, q.selected)
	}
	return q, nil
}

func (s *room) reportBody(q reportRequest) *reportPage {
	v := q.view
	p := &reportPage{
		Address: parts.ReportAddress(v.Report.ID), Title: words.Title(v.Report), Lang: v.Report.Lang,
		Facts: facts(v.Report), Alerts: alerts(v), Total: len(v.Claims),
		Findings: findingLines(v), Undo: undoOf(v, q.by), History: history(v),
	}
	p.Kinds = kindKeys()
	p.count(v.Claims)
	p.Parts = partsOf(q, p.Address)
	part := q.parts[q.part]
	shown := claimsIn(v.Claims, part, q.parts)
	p.Blocks = blocks(q, part, shown)
	for i := part.From; i < part.Until; i++ {
		k := cardOf(v, i, i == q.selected)
		if i+1 < len(v.Claims) {
			k.Next = parts.ClaimAddress(v.Report.ID, v.Claims[i+1].ID)
		}
		p.Cards = append(p.Cards, k)
	}
	if q.selected >= 0 {
		p.Selected = v.Claims[q.selected].ID
	}
	return p
}

func facts(r corvee.Report) []parts.Fact {
	published := parts.Fact{Name: "Published", Value: r.Published.String()}
	if !r.Published.Known() {
		published.Value = "date unknown"
	}
	out := []parts.Fact{{Name: "Publisher", Value: words.Publisher(r), Lang: r.Lang}, published, {Name: "Language", Value: words.Language(r.Lang)}}
	if r.Byline != "" {
		out = append(out, parts.Fact{Name: "Byline", Value: present.Clean(r.Byline), Lang: r.Lang})
	}
	if r.URL != "" {
		out = append(out, parts.Fact{Name: "Address", Value: present.Clean(r.URL), Note: "Not a link: opening it would show your address to that site."})
	}
	out = append(out, parts.Fact{Name: "Original", Value: strings.TrimSpace(present.Clean(r.MediaType) + " · SHA-256 " + present.Short(r.ID) + "…")})
	if !r.CapturedAt.IsZero() {
		out = append(out, parts.Fact{Name: "Brought in", Value: words.Clock(r.CapturedAt)})
	}
	return out
}

func alerts(v pipeline.ReportView) []alert {
	var out []alert
	if v.Unread != "" {
		out = append(out, alert{"Not read", "Corvee read nothing from this text: " + words.Unread(v.Unread) +
			". That says nothing about what it states. The text is below, and claims can be added by hand."})
	}
	unresolved := 0
	for _, c := range v.Claims {
		if c.When != nil && c.When.Unresolved != "" && !c.When.Known() {
			unresolved++
		}
	}
	if !v.Report.Published.Known() {
		what := "Words such as “last month” need the day of publication, so such dates stay unresolved."
		if unresolved > 0 {
			what = words.Plural(unresolved, "claim has", "claims have") + " a relative date that stays unresolved."
		}
		out = append(out, alert{"No date of publication", what + " Give it with: corvee read --published DATE FILE"})
	}
	if v.Report.Replaced > 0 {
		out = append(out, alert{"Damaged characters", words.Plural(v.Report.Replaced, "sequence", "sequences") + " of the original could not be decoded and stand as \uFFFD."})
	}
	return out
}

func (p *reportPage) count(claims []corvee.Claim) {
	counts := map[corvee.Review]int{}
	for _, c := range claims {
		counts[c.Review]++
	}
	for _, r := range corvee.Reviews() {
		if counts[r] > 0 {
			first := claims[slices.IndexFunc(claims, func(c corvee.Claim) bool { return c.Review == r })]
			p.Tally = append(p.Tally, tally{words.Review(r), counts[r], parts.ClaimAddress(first.Report, first.ID)})
		}
	}
	p.Judged = len(claims) - counts[corvee.ReviewUnreviewed]
}

func findingLines(v pipeline.ReportView) []findingLine {
	var out []findingLine
	for _, f := range v.Findings {
		line := findingLine{Badge: words.Result(f.Result), Text: present.Clean(f.Text), Kind: f.Kind, Unreviewed: f.Unreviewed}
		for _, id := range f.Claims {
			if at := slices.IndexFunc(v.Claims, func(c corvee.Claim) bool { return c.ID == id }); at >= 0 {
				line.Claims = append(line.Claims, parts.LinkTo(v.Claims[at]))
			}
		}
		out = append(out, line)
	}
	return out
}

func partsOf(q reportRequest, address string) partsNav {
	part := q.parts[q.part]
	n := partsNav{Number: q.part + 1, Count: len(q.parts), Claims: part.Until - part.From}
	if q.part > 0 {
		n.Previous = address + "?part=" + strconv.Itoa(q.part)
		n.Same = q.parts[q.part-1].Start == part.Start
	}
	if q.part+1 < len(q.parts) {
		n.Further = address + "?part=" + strconv.Itoa(q.part+2)
		n.Same = n.Same || q.parts[q.part+1].Start == part.Start
	}
	return n
}

// maxReaching bounds how many claims of earlier parts are underlined where they reach into
// this one.
const maxReaching = 20

// claimsIn returns the claims to underline in a part: its own, and those that begin in an
// earlier stretch and reach into it.
func claimsIn(claims []corvee.Claim, part mark.Part, parts []mark.Part) []int {
	var out []int
	for i := part.From - 1; i >= 0 && len(out) < maxReaching; i-- {
		if claims[i].Quote.Start < part.Start && claims[i].Quote.End > part.Start {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	for i := part.From; i < part.Until; i++ {
		out = append(out, i)
	}
	return out
}

// saved says what a decision of this number was, so that a page never claims more than the
// base holds.
func saved(v pipeline.ReportView, number string) string {
	seq, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return ""
	}
	for _, verdict := range v.Verdicts {
		switch {
		case verdict.Seq != seq:
		case verdict.Undone:
			return "Undone: " + words.Review(verdict.Review).Word + ", of " + words.Clock(verdict.At)
		case verdict.Review == corvee.ReviewUnreviewed:
			return "Saved: decision cleared"
		default:
			return "Saved: " + words.Review(verdict.Review).Word
		}
	}
	return ""
}

func undoOf(v pipeline.ReportView, actor string) *undoable {
	for _, verdict := range slices.Backward(v.Verdicts) {
		if verdict.Actor == actor && !verdict.Undone {
			return &undoable{words.Review(verdict.Review).Word + ": " + glossOf(v, verdict)}
		}
	}
	return nil
}

const historyLength = 20

func history(v pipeline.ReportView) []historyLine {
	var out []historyLine
	for _, verdict := range slices.Backward(v.Verdicts) {
		if len(out) == historyLength {
			break
		}
		out = append(out, historyLine{
			Badge: words.Review(verdict.Review), When: words.Clock(verdict.At), Actor: present.Clean(verdict.Actor), Note: present.Clean(verdict.Note),
			Gloss: glossOf(v, verdict), Href: parts.ClaimAddress(v.Report.ID, verdict.Claim), Undone: verdict.Undone,
		})
	}
	return out
}

// glossOf says what a verdict was about: the claim as it was left, else as it stands.
func glossOf(v pipeline.ReportView, verdict corvee.Verdict) string {
	if verdict.Edited != nil {
		return present.Clean(present.Gloss(*verdict.Edited))
	}
	for _, c := range v.Claims {
		if c.ID == verdict.Claim {
			return present.Clean(present.Gloss(c))
		}
	}
	return "a claim that is no longer there"
}
