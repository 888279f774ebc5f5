package web

import (
	"net/http"
	"strings"

	"corvee"
	"corvee/present"

	"corvee/web/words"
)

type listLine struct {
	Name, Date, File, Hash, FullHash, Imported string
	Age                                        string
	Stale                                      bool
	Listings, Rejected                         int
}

func (s *site) lists(r *http.Request) (view, error) {
	all, err := s.pipeline.ListStatus(ctx(r))
	if err != nil {
		return view{}, err
	}
	var lines []listLine
	for _, l := range all {
		lines = append(lines, listLineOf(l))
	}
	return view{Template: "lists", Title: "Lists", Nav: "/lists", Body: lines}, nil
}

func listLineOf(l corvee.ListInfo) listLine {
	line := listLine{
		Name: present.Clean(l.List), Date: l.Date.String(), File: present.Clean(l.File), Hash: shortHash(l.SHA256), FullHash: l.SHA256,
		Imported: words.Clock(l.Imported), Listings: l.Listings, Rejected: l.Rejected,
	}
	if l.Date.Known() {
		line.Age = words.Plural(max(l.AgeDays, 0), "day old", "days old")
		if l.AgeDays < 1 {
			line.Age = "of today"
		}
		line.Stale = l.Stale
	}
	return line
}

// shortHash shows the beginning of each hash of a list that came in several files.
func shortHash(hashes string) string {
	var out []string
	for h := range strings.SplitSeq(hashes, "+") {
		out = append(out, present.Short(strings.TrimSpace(h))+"…")
	}
	return strings.Join(out, " + ")
}

func (s *site) help(*http.Request) (view, error) {
	return view{Template: "help", Title: "Help", Nav: "/help", Body: legend()}, nil
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
