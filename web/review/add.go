package review

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/web/frame"
	"corvee/web/mark"
	"corvee/web/parts"
	"corvee/web/review/form"
	"corvee/web/words"
)

// addForm adds a claim by hand: first its words are found in the text, then they are said
// to state something.
type addForm struct {
	Action, Cancel string
	Lang           string
	Words, Problem string
	Found          []occurrence
	More           bool // there are more occurrences than are shown
	Claim          *editForm
}

// occurrence is one place where the words stand.
type occurrence struct {
	Start, End            int // code points
	Before, Words, Behind string
}

const (
	maxOccurrences = 50
	nearby         = 60 // characters shown on either side
)

// newAddForm opens the form for ?add, empty or for a range that the browser counted in
// UTF-16 units: ?add&from=120&until=260.
func (s *room) newAddForm(v pipeline.ReportView, query url.Values) (*addForm, error) {
	a := emptyAdd(v)
	if !query.Has("from") {
		return a, nil
	}
	from, errFrom := strconv.Atoi(query.Get("from"))
	until, errUntil := strconv.Atoi(query.Get("until"))
	span, err := v.Text.FromUTF16(from, until)
	if err := errors.Join(errFrom, errUntil, err); err != nil || span.Len() == 0 {
		a.Problem = "That selection is not in the text. Select the words again, or paste them here."
		return a, nil
	}
	a.describe(v, trimmed(v.Text, span), newFields(), nil)
	return a, nil
}

func emptyAdd(v pipeline.ReportView) *addForm {
	address := parts.ReportAddress(v.Report.ID)
	return &addForm{Action: address + "/claims", Cancel: address, Lang: v.Report.Lang}
}

// newFields are what a claim by hand starts from: the author says it plainly.
func newFields() form.Fields {
	return form.Fields{
		Kind: string(corvee.KindActivity), Factuality: string(corvee.Asserted), Polarity: string(corvee.Positive), Speaker: string(corvee.SpeakerAuthor),
	}
}

// trimmed leaves out space at either end, which a selection easily takes in.
func trimmed(t corvee.Text, span corvee.Span) corvee.Span {
	words, err := t.Slice(span)
	if err != nil || strings.TrimSpace(words) == "" {
		return span
	}
	span.Start += len(words) - len(strings.TrimLeft(words, " \t\r\n"))
	span.End -= len(words) - len(strings.TrimRight(words, " \t\r\n"))
	return span
}

// describe opens the second step for a span.
func (a *addForm) describe(v pipeline.ReportView, span corvee.Span, f form.Fields, bad form.Problems) {
	e := spanForm(v, span)
	e.Action, e.Cancel, e.Submit, e.Adding = a.Action, a.Cancel, "Add claim", true
	e.Problem, e.Groups = bad[""], fieldGroups(f, bad)
	a.Claim = e
}

// add finds the words of a new claim, or saves it.
func (s *room) add(r *http.Request) (frame.View, error) {
	v, err := s.eyes.Report(r.Context(), r.PathValue("report"))
	if err != nil {
		return frame.View{}, err
	}
	switch r.PostFormValue("step") {
	case "find":
		return s.find(r, v)
	case "describe":
		return s.describeOccurrence(r, v)
	case "save":
		return s.saveNew(r, v)
	}
	return frame.View{}, frame.Invalid("the form is not whole; open the page again")
}

func (s *room) find(r *http.Request, v pipeline.ReportView) (frame.View, error) {
	a := emptyAdd(v)
	a.Words = strings.ReplaceAll(r.PostFormValue("words"), "\r\n", "\n")
	spans, err := mark.Find(v.Text, a.Words, maxOccurrences+1)
	a.Words = mark.Visible(a.Words)
	switch {
	case err != nil:
		a.Problem = "Paste the exact words of the report, from one word to a paragraph."
	case len(spans) == 0:
		a.Problem = "These words are not in the text. Copy them from the text as it stands, with its spelling and marks; an ellipsis of your own will not be found."
	case len(spans) == 1:
		a.describe(v, spans[0], newFields(), nil)
		return s.addAgain(r.Context(), v, a, spans[0], http.StatusOK), nil
	default:
		a.More = len(spans) > maxOccurrences
		for _, span := range spans[:min(len(spans), maxOccurrences)] {
			a.Found = append(a.Found, occurrenceAt(v.Text, span))
		}
		return s.addAgain(r.Context(), v, a, spans[0], http.StatusOK), nil
	}
	return s.addAgain(r.Context(), v, a, corvee.Span{}, http.StatusBadRequest), nil
}

func occurrenceAt(t corvee.Text, span corvee.Span) occurrence {
	start, end, _ := t.CodePoints(span)
	before, behind := []rune(t.String()[max(0, span.Start-4*nearby):span.Start]), []rune(t.String()[span.End:min(t.Len(), span.End+4*nearby)])
	return occurrence{
		Start: start, End: end, Words: words.Excerpt(t.String()[span.Start:span.End], quoteShown),
		Before: "…" + words.Excerpt(string(before[max(0, len(before)-nearby):]), nearby), Behind: words.Excerpt(string(behind[:min(len(behind), nearby)]), nearby) + "…",
	}
}

// describeOccurrence goes on with the occurrence that was chosen: "start-end".
func (s *room) describeOccurrence(r *http.Request, v pipeline.ReportView) (frame.View, error) {
	start, end, _ := strings.Cut(r.PostFormValue("occurrence"), "-")
	r.PostForm.Set("start", start)
	r.PostForm.Set("end", end)
	span, err := formSpan(r, v.Text)
	if err != nil {
		return frame.View{}, frame.Invalid("choose which occurrence is meant")
	}
	a := emptyAdd(v)
	a.describe(v, span, newFields(), nil)
	return s.addAgain(r.Context(), v, a, span, http.StatusOK), nil
}

func (s *room) saveNew(r *http.Request, v pipeline.ReportView) (frame.View, error) {
	span, err := formSpan(r, v.Text)
	if err != nil {
		return frame.View{}, err
	}
	a, fields := emptyAdd(v), form.Parse(r.PostForm)
	if how := r.PostFormValue("nudge"); how != "" {
		span = mark.Nudge(v.Text, span, how)
		a.describe(v, span, fields, nil)
		return s.addAgain(r.Context(), v, a, span, http.StatusOK), nil
	}
	claim, bad := fields.Apply(corvee.Claim{}, s.pipeline.Reader.Place)
	if bad == nil && span.Len() == 0 {
		bad = form.Problems{"": "The quote is empty."}
	}
	if bad != nil {
		a.describe(v, span, fields, bad)
		return s.addAgain(r.Context(), v, a, span, http.StatusBadRequest), nil
	}
	if same, ok := twin(v, claim, span); ok {
		a.describe(v, span, fields, form.Problems{"": "The same kind of claim stands on these words already. Nothing was added; edit that one, or say what makes this another."})
		a.Claim.Twin = &same
		return s.addAgain(r.Context(), v, a, span, http.StatusConflict), nil
	}
	claim, err = s.pipeline.Add(r.Context(), pipeline.Draft{Report: v.Report.ID, Span: span, Claim: claim, Note: fields.Note})
	switch {
	case err == nil:
		return s.added(r, claim)
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUngrounded), errors.Is(err, corvee.ErrConflict):
		a.describe(v, span, fields, form.Problems{"": frame.Sentence(err)})
		return s.addAgain(r.Context(), v, a, span, frame.StatusOf(err)), nil
	}
	return frame.View{}, err
}

// twin returns the claim that a new one would merge into, since verdicts bind to kind,
// words and what tells claims of one kind apart: a reviewer who adds it wants to edit it.
func twin(v pipeline.ReportView, c corvee.Claim, span corvee.Span) (parts.Link, bool) {
	c.Text, c.Quote = v.Report.Text, corvee.Quote{Span: span}
	for _, other := range v.Claims {
		if c.Binding().Holds(other) {
			return parts.LinkTo(other), true
		}
	}
	return parts.Link{}, false
}

// added goes to the new claim, naming the decision that the base now holds.
func (s *room) added(r *http.Request, c corvee.Claim) (frame.View, error) {
	v, err := s.pipeline.Report(r.Context(), c.Report)
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: savedAt(c.Report, c.ID, v.Standing(c.ID))}, nil
}

func (s *room) addAgain(ctx context.Context, v pipeline.ReportView, a *addForm, span corvee.Span, status int) frame.View {
	parts := mark.Parts(v.Text, v.Claims, mark.Limits{Bytes: partBytes, Claims: partClaims})
	at := max(0, slices.IndexFunc(parts, func(p mark.Part) bool { return span.Start < p.End }))
	body := s.reportBody(reportRequest{view: v, by: s.pipeline.By(ctx), parts: parts, selected: -1, part: at})
	body.Add = a
	return frame.View{Status: status, Template: "report", Title: body.Title, Nav: "/reports", Body: body}
}
