package where

import (
	"net/http"

	"corvee"
	"corvee/pipeline/glance"
	"corvee/present/picture"
	"corvee/web/frame"
	"corvee/web/words"
)

type timePage struct {
	Chosen  chosen
	Empty   bool
	Lanes   []lane
	Months  []monthLine
	Years   []mark
	Kinds   []words.Badge
	Width   int
	Undated int
	Events  []eventLine
	More    int
	Total   int
}

// lane is one kind of claim over the months.
type lane struct {
	words.Badge
	Columns []column
	Total   int
}

type column struct {
	picture.Column
	Says, Href string
}

type mark struct {
	X    int
	Says string
}

type monthLine struct {
	Month, Href string
	Counts      []int // in the order of the kinds
	Total       int
}

const (
	laneWidth  = 900
	laneHeight = 36
)

func (s *room) timeline(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "timeline", Title: "Timeline", Nav: "/timeline"}
	choice, c, err := asked(r)
	if err != nil {
		return v, err
	}
	now, err := s.glance.Now(r.Context())
	if err != nil {
		return v, err
	}
	c.offer(now.Select(glance.Choice{}))
	found := now.Select(choice)
	p := timePage{
		Chosen: c, Empty: len(now.Reports) == 0, Width: laneWidth, Undated: found.Undated, Total: len(found.Events),
		Events: eventsOf(found.Events), More: max(0, len(found.Events)-mostEvents),
	}
	p.draw(found, c)
	v.Body = p
	return v, nil
}

func (p *timePage) draw(found glance.Selection, c chosen) {
	for _, k := range found.Kinds {
		l := lane{Badge: words.Kind(k)}
		counts := make([]int, len(found.Months))
		for i, m := range found.Months {
			counts[i] = m.Counts[k]
			l.Total += counts[i]
		}
		if l.Total == 0 {
			continue
		}
		p.Kinds = append(p.Kinds, l.Badge)
		for i, bar := range picture.Columns(counts, laneWidth, laneHeight) {
			if counts[i] > 0 {
				month := found.Months[i].Month.String()
				l.Columns = append(l.Columns, column{bar, month + ": " + words.Plural(counts[i], "claim", "claims"), c.address("/timeline", "from", month, "until", month, "kind", string(k))})
			}
		}
		p.Lanes = append(p.Lanes, l)
	}
	for i, m := range found.Months {
		if m.Month.Month == 1 || i == 0 {
			p.Years = append(p.Years, mark{i * laneWidth / len(found.Months), year(m.Month)})
		}
		if m.Total == 0 {
			continue
		}
		month := m.Month.String()
		line := monthLine{Month: month, Href: c.address("/map", "from", month, "until", month), Total: m.Total}
		for _, k := range found.Kinds {
			if n := m.Counts[k]; n > 0 || p.has(words.Kind(k)) {
				line.Counts = append(line.Counts, n)
			}
		}
		p.Months = append(p.Months, line)
	}
	p.Years = apart(p.Years)
}

func (p *timePage) has(k words.Badge) bool {
	for _, b := range p.Kinds {
		if b == k {
			return true
		}
	}
	return false
}

func year(d corvee.Date) string { return d.To(corvee.PrecisionYear).String() }

// apart leaves out marks that would stand on one another.
func apart(marks []mark) (out []mark) {
	for _, m := range marks {
		if len(out) == 0 || m.X-out[len(out)-1].X >= 40 {
			out = append(out, m)
		}
	}
	return out
}
