// Package inbox takes reports in from the page: files that are chosen or dropped, a pasted
// text, an address.
//
// What comes in: a form with what somebody has and knows. What goes out: how each input
// ended, with its reason, and its claims as soon as they are read. Its one idea: nothing
// that is handed over ends silently, and the totals add up.
package inbox

import (
	"embed"
	"net/http"

	"corvee"
	"corvee/pipeline/bring"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

//go:embed templates
var templates embed.FS

type room struct{ bringer *bring.Bringer }

// Room returns the pages of what comes in.
func Room(b *bring.Bringer) frame.Room {
	s := &room{b}
	return frame.Room{Templates: templates, Pages: []frame.Page{
		{Pattern: "GET /bring", Handle: s.form},
		{Pattern: "POST /bring", Handle: s.take, MaxBody: maxGiven},
		{Pattern: "GET /bring/{batch}", Handle: s.batch},
	}}
}

// formPage is the form, with what was typed when it could not be taken.
type formPage struct {
	Problem string
	GoesOut bool
	Filled  filled
	Text    string
}

// filled is what a form says of what it hands over.
type filled struct{ Publisher, Published, Lang, URL, Address string }

func (s *room) form(*http.Request) (frame.View, error) {
	return s.formView(formPage{}), nil
}

func (s *room) formView(p formPage) frame.View {
	p.GoesOut = s.bringer.GoesOut()
	v := frame.View{Template: "bring", Title: "Bring in", Nav: "/bring", Body: p}
	if p.Problem != "" {
		v.Status = http.StatusBadRequest
	}
	return v
}

// batchPage says how all that was handed over at once has ended so far.
type batchPage struct {
	Under  bool // some of it is still being read
	Ended  int
	Items  []itemLine
	Tally  []tally
	Claims int
	Next   *frame.Step
}

type tally struct {
	words.Badge
	Count int
}

type itemLine struct {
	words.Badge
	Origin, Reason, Remedy string
	Href, Title, Lang      string
	Claims, Open           int
	Archive                bool
}

func (s *room) batch(r *http.Request) (frame.View, error) {
	b, err := s.bringer.Batch(r.Context(), r.PathValue("batch"))
	if err != nil {
		return frame.View{}, err
	}
	p := pageOf(b)
	v := frame.View{Template: "batch", Title: "What came in", Nav: "/bring", Body: p}
	if p.Under {
		v.Refresh = 1
	}
	return v, nil
}

func pageOf(b bring.Batch) batchPage {
	p := batchPage{Under: !b.Ended()}
	counts := map[corvee.InputState]int{}
	for _, i := range b.Items {
		counts[i.State]++
		if i.Ended() {
			p.Ended++
		}
		line := itemLine{
			Badge: words.Input(i.State), Origin: parts.Origin(i.Origin), Reason: present.Clean(i.Reason), Remedy: present.Clean(i.Remedy),
			Title: present.Clean(i.Title), Lang: i.Lang, Claims: i.Claims, Open: i.Open, Archive: i.Archive,
		}
		if i.Report != "" {
			line.Href = parts.ReportAddress(i.Report)
			if line.Title == "" {
				line.Title = "Untitled report " + present.Short(i.Report)
			}
		}
		p.Claims += i.Claims
		if p.Next == nil && i.First != "" {
			p.Next = &frame.Step{Href: parts.ClaimAddress(i.Report, i.First), Label: "Review “" + words.Excerpt(line.Title, 60) + "”"}
		}
		p.Items = append(p.Items, line)
	}
	for _, state := range []corvee.InputState{bring.Waiting, bring.Reading, corvee.InputDone, corvee.InputDuplicate, corvee.InputRejected, corvee.InputFailed} {
		if counts[state] > 0 {
			p.Tally = append(p.Tally, tally{words.Input(state), counts[state]})
		}
	}
	return p
}
