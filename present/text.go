package present

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"corvee"
)

// text shows a stream to a person in a terminal: what was read, each claim with the words
// it came from, each finding, each hit with its reasons, and the totals.
type text struct {
	out      io.Writer
	notice   string
	rejected int
	err      error
}

// shownRejected is how many rejected lines a person is shown; the stream holds them all.
const shownRejected = 20

func (t *text) Present(m corvee.Message) error {
	switch {
	case m.Config != nil:
		t.notice = m.Config.Notice
	case m.Report != nil:
		t.report(*m.Report)
	case m.Claim != nil:
		t.claim(*m.Claim)
	case m.Finding != nil:
		t.finding(*m.Finding)
	case m.Lineage != nil:
		t.line("  %s of %s, score %d: %s", m.Lineage.Kind, Clean(Short(m.Lineage.To)), m.Lineage.Score, Clean(strings.Join(m.Lineage.Evidence, "; ")))
	case m.Input != nil:
		t.input(*m.Input)
	case m.Sealed != nil:
		t.line("%s  %s  since %s", m.Sealed.Code, m.Sealed.State, m.Sealed.At.UTC().Format("2006-01-02"))
	case m.List != nil:
		t.list(*m.List)
	default:
		t.screening(m)
	}
	return t.err
}

func (t *text) screening(m corvee.Message) {
	switch {
	case m.Row != nil:
		t.row(*m.Row)
	case m.Hit != nil:
		t.hit(*m.Hit)
	case m.Context != nil:
		t.line("     context  %s: %d claims (%d unreviewed); not a match", Clean(m.Context.Why), len(m.Context.Claims), m.Context.Unreviewed)
	case m.Change != nil:
		t.change(*m.Change)
	case m.Rejected != nil:
		t.reject(*m.Rejected)
	case m.Summary != nil:
		t.summary(*m.Summary)
	}
}

func (t *text) Close() error { return t.err }

func (t *text) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf(format, args...), " "))
	}
}

func (t *text) report(r corvee.Report) {
	head := r.Title
	if head == "" {
		head = r.URL
	}
	if head == "" {
		head = "untitled report"
	}
	published := "publication date unknown: relative dates stay unresolved"
	if r.Published.Known() {
		published = r.Published.String()
	}
	publisher := r.Publisher
	if publisher == "" {
		publisher = "publisher unknown"
	}
	t.line("\n%s\n%s, %s · %s · %s", Clean(head), Clean(publisher), published, r.Lang, Short(r.ID))
}

// Short returns as much of an id as a person needs to type.
func Short(id string) string {
	const enough = 12
	bare := strings.TrimPrefix(id, "sha256:")
	if strings.HasPrefix(id, "phantom:") {
		return id // a cited report that is not in the base
	}
	if len(bare) > enough {
		return bare[:enough]
	}
	return bare
}

func (t *text) claim(c corvee.Claim) {
	t.line("\n  %s  %s", pad(KindName(c.Kind), 10), Clean(statement(c)))
	t.line("  %s  “%s”", pad("", 10), shorten(Clean(c.Quote.Exact), 180))
	marks := ""
	if len(c.Inferred) > 0 {
		marks = " · inferred from context: " + joinSlots(c.Inferred)
	}
	if c.Origins != nil {
		marks += fmt.Sprintf(" · %d to %d separate origins", c.Origins.Min, c.Origins.Max)
	}
	t.line("  %s  by %s · %s · %s%s", pad("", 10), Clean(SaidBy(c)), c.Review, Short(c.ID), marks)
}

func joinSlots(slots []corvee.SlotName) string {
	names := make([]string, len(slots))
	for i, s := range slots {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}

func (t *text) finding(f corvee.Finding) {
	t.line("\n  %s  %s: %s", pad("finding", 10), f.Result, Clean(f.Text))
	t.line("  %s  %s · from %s · %d unreviewed", pad("", 10), f.Kind, joinShort(f.Claims), f.Unreviewed)
}

func joinShort(ids []string) string {
	short := make([]string, len(ids))
	for i, id := range ids {
		short[i] = Short(id)
	}
	return strings.Join(short, ", ")
}

func (t *text) input(in corvee.Input) {
	reason := ""
	if in.Reason != "" {
		reason = " · " + Clean(in.Reason)
	}
	if in.Remedy != "" {
		reason += " · " + Clean(in.Remedy)
	}
	t.line("%s  %s  %s%s", pad(string(in.State), 12), pad(Short(in.Report), 12), Clean(in.Origin), reason)
}

func (t *text) list(l corvee.ListInfo) {
	date := "undated"
	if l.Date.Known() {
		date = fmt.Sprintf("%s (%d days old)", l.Date, l.AgeDays)
	}
	if l.Stale {
		date += " OLD"
	}
	t.line("%s  %s  %7d listings  %d rejected  %s", pad(Clean(l.List), 20), pad(date, 26), l.Listings, l.Rejected, Clean(l.File))
}

// change shows what is different: "+" came, "−" went, "~" says something else, "!" is open
// again.
func (t *text) change(c corvee.Change) {
	sign := map[corvee.ChangeKind]string{
		corvee.ChangeAdded: "+", corvee.ChangeRemoved: "−", corvee.ChangeChanged: "~", corvee.ChangeReopened: "!",
	}[c.Kind]
	number := ""
	if c.Listing != nil {
		number = Clean(c.Listing.List) + " no. " + Clean(c.Listing.SourceID)
	}
	what := Clean(c.Name)
	if c.Query != nil {
		what = fmt.Sprintf("row %d  %s  ≈  %s", c.Row, Clean(c.Query.Name), what)
	}
	t.line("%s %s  %s  %s", sign, pad(string(c.Kind), 8), what, number)
	for _, d := range c.Details {
		t.line("             %s", shorten(Clean(d), 200))
	}
}

func (t *text) row(r corvee.Row) {
	if r.State == corvee.RowClear || r.State == corvee.RowRejected {
		return // the totals count the clear ones; a rejected one comes with its remedy
	}
	t.line("\nrow %d  %s  %s", r.Row, r.State, Clean(r.ID))
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func (t *text) hit(h corvee.Hit) {
	date := h.Listing.ListDate.String()
	if date == "" {
		date = "undated"
	}
	t.line("     %s %.2f  %s  ≈  %s", pad(string(h.Band), 8), h.Score, Clean(h.Query.Name), Clean(h.Matched))
	t.line("     %s       %s · %s no. %s · %s%s", pad("", 8), words(string(h.Listing.Kind)), Clean(h.Listing.List), Clean(h.Listing.SourceID), date,
		prefixed(" · ", Clean(strings.Join(h.Listing.Programs, ", "))))
	t.line("     %s       %s", pad("", 8), Clean(Tokens(h.Tokens)))
	for _, f := range h.Facts {
		t.line("     %s       %s %s%s", pad("", 8), f.Name, f.Effect, prefixed(": ", Clean(f.Detail)))
	}
	if d := h.Decision; d != nil && d.Stands {
		t.line("     %s       judged %s by %s%s", pad("", 8), d.Judgement, Clean(d.Actor), prefixed(": ", Clean(d.Reason)))
	} else if d != nil {
		t.line("     %s       open again, had been judged %s: %s", pad("", 8), d.Judgement, Clean(strings.Join(d.Changed, "; ")))
	}
	if len(h.Evidence) > 0 {
		t.line("     %s       evidence: %s (%d unreviewed)", pad("", 8), joinShort(h.Evidence), h.Unreviewed)
	}
}

// Tokens says which token met which, by which rule: "haiyun=haiyun exact · ltd≠ missing".
func Tokens(tokens []corvee.TokenMatch) string {
	parts := make([]string, len(tokens))
	for i, m := range tokens {
		switch {
		case m.M == "":
			parts[i] = m.Q + " (" + m.Rule + ")"
		case m.Q == "":
			parts[i] = "+ " + m.M + " (" + m.Rule + ")"
		default:
			parts[i] = m.Q + " = " + m.M + " (" + m.Rule + ")"
		}
	}
	return strings.Join(parts, " · ")
}

func (t *text) reject(r corvee.Rejected) {
	if t.rejected++; t.rejected > shownRejected {
		return
	}
	where := Clean(r.Input)
	if r.Row != nil {
		where += fmt.Sprintf(", row %d", *r.Row)
	}
	t.line("\nrejected  %s: %s; %s", where, Clean(r.Reason), Clean(r.Remedy))
}

func (t *text) summary(s corvee.Summary) {
	var parts []string
	count := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	count(s.Reports, "report", "reports")
	count(s.Claims, "claim", "claims")
	count(s.Findings, "finding", "findings")
	count(s.Changes, "change", "changes")
	count(s.Rows.Hit, "row with hits", "rows with hits")
	count(s.Rows.Context, "row with context", "rows with context")
	count(s.Rows.Clear, "row clear", "rows clear")
	count(s.Rows.Rejected, "row rejected", "rows rejected")
	count(s.Rejected, "input rejected", "inputs rejected")
	count(s.Unread, "report unread: no reader for its language yet", "reports unread: no reader for their language yet")
	count(s.UnresolvedDates, "relative date unresolved: give --published", "relative dates unresolved: give --published")
	count(s.Sealed, "report sealed: what it states is not here", "reports sealed: what they state is not here")
	if more := t.rejected - shownRejected; more > 0 {
		t.line("… and %d more rejected; --format jsonl shows each", more)
	}
	if len(parts) > 0 {
		t.line("\n%s", strings.Join(parts, " · "))
	}
	if t.notice != "" && s.Claims > 0 {
		t.line("%s", t.notice)
	}
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}

func shorten(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}
