package where

import (
	"net/http"

	"corvee"
	"corvee/pipeline/glance"
	"corvee/present"
	"corvee/present/picture"
	"corvee/web/frame"
	"corvee/web/words"
)

type mapPage struct {
	Chosen  chosen
	Empty   bool
	Drawing picture.Map
	Spots   []spotLine
	Undrawn int // places without degrees
	Nowhere int
	Events  []eventLine
	More    int
}

type spotLine struct {
	picture.Circle
	Name, Country, Precision, Href string
	Rough                          bool
	Kinds                          []words.Badge
	Total, Open                    int
}

func (s *room) places(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "map", Title: "Map", Nav: "/map"}
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
	p := mapPage{Chosen: c, Empty: len(now.Reports) == 0, Nowhere: found.Nowhere, Events: eventsOf(found.Events), More: max(0, len(found.Events)-mostEvents)}
	var drawn []picture.Place
	for _, spot := range found.Places {
		drawn = append(drawn, picture.Place{Lat: spot.Lat, Lon: spot.Lon, Precision: spot.Precision, Count: spot.Total})
	}
	p.Drawing = picture.Places(drawn)
	for i, spot := range found.Places {
		line := spotLine{
			Circle: p.Drawing.Circles[i], Name: present.Clean(spot.Name), Country: words.Country(spot.Country), Precision: words.Plain(string(spot.Precision)),
			Rough: spot.Rough, Total: spot.Total, Open: spot.Open, Href: c.address("/timeline", "place", spot.ID),
		}
		for _, k := range corvee.Kinds() {
			if spot.Counts[k] > 0 {
				line.Kinds = append(line.Kinds, words.Kind(k))
			}
		}
		if line.R == 0 {
			p.Undrawn++
		}
		p.Spots = append(p.Spots, line)
	}
	v.Body = p
	return v, nil
}
