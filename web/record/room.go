// Package record shows what was done in a base, and what is under way.
//
// What comes in: the chain of events, the inputs and the runs. What goes out: two pages.
// Its one idea: an event says who did what and when, and nothing of what a document says.
package record

import (
	"embed"
	"net/http"
	"strconv"
	"strings"

	"corvee"
	"corvee/pipeline/glance"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

//go:embed templates
var templates embed.FS

type room struct{ glance *glance.Glance }

// Room returns the log and the page of what is under way.
func Room(g *glance.Glance) frame.Room {
	s := &room{g}
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET /audit", Handle: s.audit},
		{Pattern: "GET /jobs", Handle: s.jobs},
	}}
}

const (
	eventsShown = 100
	inputsShown = 100
)

type auditPage struct {
	Head    int64
	Events  []eventLine
	Older   string
	Newer   string
	Check   string
	Checked bool
	Fault   string
	Actors  []string
}

type eventLine struct {
	Seq                       int64
	When, Actor, Verb, Digest string
}

func (s *room) audit(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "audit", Title: "Audit", Nav: "/audit"}
	q := r.URL.Query()
	until := int64(0)
	if given := q.Get("until"); given != "" {
		n, err := strconv.ParseInt(given, 10, 64)
		if err != nil || n < 1 {
			return v, frame.Invalid("an event is named by its number")
		}
		until = n
	}
	log, err := s.glance.Log(r.Context(), until, eventsShown, q.Has("check"))
	if err != nil {
		return v, err
	}
	p := auditPage{Head: log.Head, Checked: log.Checked, Fault: present.Clean(log.Fault), Check: parts.WithQuery(r, "check", "1")}
	for _, e := range log.Events {
		p.Events = append(p.Events, eventLine{e.Seq, words.Clock(e.At), present.Clean(e.Actor), verb(e.Verb), present.Short(e.Hash)})
	}
	for _, a := range log.Actors {
		p.Actors = append(p.Actors, present.Clean(a.Name))
	}
	if n := len(log.Events); n > 0 {
		if first := log.Events[n-1].Seq; first > 1 {
			p.Older = "/audit?until=" + strconv.FormatInt(first-1, 10)
		}
		if last := log.Events[0].Seq; last < log.Head {
			p.Newer = "/audit?until=" + strconv.FormatInt(min(log.Head, last+eventsShown), 10)
		}
	}
	v.Body = p
	return v, nil
}

// verb says what an event is of: "claim.accepted" is "claim accepted".
func verb(s string) string { return present.Clean(strings.ReplaceAll(words.Plain(s), ".", " ")) }

type jobsPage struct {
	Tally  []tally
	Total  int
	Bad    []inputLine
	Latest []inputLine
	Runs   []runLine
}

type tally struct {
	words.Badge
	Count int
}

type inputLine struct {
	words.Badge
	Origin, Reason, Remedy, When, Href string
	Retryable                          bool
}

type runLine struct {
	parts.Run
	Failed string
	Done   int
}

func (s *room) jobs(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "jobs", Title: "Jobs", Nav: "/jobs"}
	work, err := s.glance.Work(r.Context(), inputsShown)
	if err != nil {
		return v, err
	}
	p := jobsPage{Bad: inputsOf(work.Bad), Latest: inputsOf(work.Latest)}
	for _, state := range []corvee.InputState{corvee.InputDone, corvee.InputDuplicate, corvee.InputRejected, corvee.InputFailed} {
		if n := work.Inputs[state]; n > 0 {
			p.Tally = append(p.Tally, tally{words.Input(state), n})
			p.Total += n
		}
	}
	for _, run := range work.Runs {
		line := runLine{Run: parts.RunOf(run), Done: run.RowsDone}
		if run.State == corvee.RunFailed {
			line.Failed = present.Clean(run.Settings["failed because"])
		}
		p.Runs = append(p.Runs, line)
	}
	v.Body = p
	return v, nil
}

func inputsOf(inputs []corvee.Input) (out []inputLine) {
	for _, in := range inputs {
		line := inputLine{
			Badge: words.Input(in.State), Origin: parts.Origin(in.Origin), Reason: present.Clean(in.Reason), Remedy: present.Clean(in.Remedy),
			When: words.Clock(in.At), Retryable: in.Retryable,
		}
		if in.Report != "" {
			line.Href = parts.ReportAddress(in.Report)
		}
		out = append(out, line)
	}
	return out
}
