package overview

import (
	"net/http"

	"corvee"

	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

func (s *room) lists(r *http.Request) (frame.View, error) {
	all, err := s.pipeline.ListStatus(r.Context())
	if err != nil {
		return frame.View{}, err
	}
	var lines []parts.List
	for _, l := range all {
		lines = append(lines, parts.ListOf(l))
	}
	return frame.View{Template: "lists", Title: "Lists", Nav: "/lists", Body: lines}, nil
}

func (s *room) help(*http.Request) (frame.View, error) {
	return frame.View{Template: "help", Title: "Help", Nav: "/help", Body: legend()}, nil
}

// helpPage is the legend of all letters.
type helpPage struct {
	Kinds, Slots, Reviews, Bands, Listings []words.Badge
}

func legend() helpPage {
	var p helpPage
	for _, k := range corvee.Kinds() {
		p.Kinds = append(p.Kinds, words.Kind(k))
	}
	for _, name := range []corvee.SlotName{
		corvee.SlotSubject, corvee.SlotNationality, corvee.SlotValue, corvee.SlotIndicator, corvee.SlotLabel, corvee.SlotSector, corvee.SlotSite,
		corvee.SlotEmployer, corvee.SlotPlaces, corvee.SlotWhen, corvee.SlotAttribution, corvee.SlotFactuality, corvee.SlotPolarity,
	} {
		p.Slots = append(p.Slots, words.Slot(name))
	}
	for _, r := range corvee.Reviews() {
		p.Reviews = append(p.Reviews, words.Review(r))
	}
	for _, b := range []corvee.Band{corvee.BandStrong, corvee.BandPossible, corvee.BandWeak, corvee.BandRelated} {
		p.Bands = append(p.Bands, words.Band(b))
	}
	for _, k := range corvee.ListingKinds() {
		p.Listings = append(p.Listings, words.Listing(k))
	}
	return p
}
