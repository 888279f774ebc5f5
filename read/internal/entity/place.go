package entity

import (
	"corvee"
	"corvee/read/internal/lexicon"
)

var placeClasses = lexicon.SetOf(lexicon.Place, lexicon.Region, lexicon.Country, lexicon.Demonym)

// places finds named places with what the words say around them ("Dandong, Liaoning
// Province"), countries, and the nationality of what is not a person ("Chinese plants").
func (f *Finder) places(out []Mention) []Mention {
	for i := f.first; i < f.last; {
		if f.taken[i] || !f.p.IsAny(i, &placeClasses) {
			i++
			continue
		}
		m, ok := f.place(i)
		if !ok {
			if w, ok := f.adjective(i); ok {
				out = append(out, w)
			}
			i++
			continue
		}
		f.of(&m)
		f.within(&m)
		f.take(m.First, m.Last)
		out = append(out, m)
		i = m.Last
	}
	return out
}

// place reads one name and the word for its rank: "Jilin Province", "Jilin City".
func (f *Finder) place(i int) (Mention, bool) {
	m := Mention{Kind: Place, First: i, Head: i, Count: -1}
	for _, c := range [...]lexicon.Class{lexicon.Place, lexicon.Region, lexicon.Country} {
		s, next, ok := f.p.At(i, c)
		if !ok || next > f.last {
			continue
		}
		item := f.p.Item(s)
		m.Last, m.ID = next, item.ID
		m.Where = corvee.Place{ID: item.ID, Name: item.Attr("name"), Country: item.Attr("country"), Precision: corvee.PlacePrecision(item.Attr("precision"))}
		if c == lexicon.Country {
			m.Where.Country, m.Where.Precision = item.ID, corvee.AtCountry
			m.Sender = f.sender(s)
		}
		m.Nation = m.Where.Country
		if item.Attr("near") != "" && !f.near(item.Attr("near")) {
			return m, false
		}
		f.rank(&m)
		return m, true
	}
	return m, false
}

// near reports whether the passage names a country that an ambiguous name needs: Police
// is a town only near Poland.
func (f *Finder) near(country string) bool {
	for _, x := range f.p.Lexemes {
		for _, c := range [...]lexicon.Class{lexicon.Country, lexicon.Demonym} {
			if s, ok := f.p.Lex.Find(x, c); ok && f.p.Item(s).ID == country {
				return true
			}
		}
	}
	return false
}

// of reads "China's Dandong": the country stands before its place and is no second one.
func (f *Finder) of(m *Mention) {
	if m.Where.Precision != corvee.AtCountry || !f.p.Says(m.Last, "'s") || !f.free(m.Last+1) {
		return
	}
	inner, ok := f.place(m.Last + 1)
	if ok && contains(m.Where, inner.Where) {
		inner.First, inner.Parents = m.First, append(inner.Parents, m.ID)
		*m = inner
	}
}

// rank reads the word for a place's rank after its name. A bare Jilin is the province; a
// city cue makes it the city.
func (f *Finder) rank(m *Mention) {
	word := f.p.Word(m.Last)
	if m.Last >= f.last {
		word = ""
	}
	switch word {
	case "provinces", "cities", "regions", "province", "oblast", "krai", "prefecture", "region", "county", "district", "autonomous":
		m.Last++
	case "city":
		m.Last++
		f.city(m)
	}
	if m.First >= 2 && f.p.Says(m.First-1, "of") && f.p.Says(m.First-2, "city") {
		f.city(m)
	}
}

func (f *Finder) city(m *Mention) {
	if m.ID == "jilin_prov" {
		m.ID = "jilin_city"
		m.Where.ID, m.Where.Precision = m.ID, corvee.AtCity
	}
}

// within reads the places that a comma sets around the name: each must be wider than the
// last and may not contradict its country.
func (f *Finder) within(m *Mention) {
	wide := m.Where
	for f.p.Mark(m.Last, ',') && f.free(m.Last+1) {
		outer, ok := f.place(m.Last + 1)
		if !ok || !contains(outer.Where, wide) && !f.around(*m, outer) {
			return
		}
		m.Parents = append(m.Parents, outer.ID)
		m.Last, wide = outer.Last, outer.Where
	}
	if f.p.Mark(m.Last, ',') && len(m.Parents) > 0 && f.p.Says(m.Last+1, "and") {
		return
	}
}

// around reports whether a second town after a comma is the one that holds the first, as the
// last words of a place are: "Zhuanghe, Dalian". In a list an "and" or a comma follows.
func (f *Finder) around(m, outer Mention) bool {
	town := func(p corvee.Place) bool {
		return p.Precision == corvee.AtCity || p.Precision == corvee.AtLocality || p.Precision == corvee.AtCounty
	}
	if m.Where.Country != outer.Where.Country || !town(m.Where) || !town(outer.Where) {
		return false
	}
	listed := f.p.Mark(m.First-1, ',') || f.p.Says(m.First-1, "and") || f.p.Says(m.First-1, "or")
	return !listed && !f.p.Mark(outer.Last, ',') && !f.p.Says(outer.Last, "and") && !f.p.Says(outer.Last, "or") && !f.p.Says(outer.Last, "as")
}

var ranks = [...]corvee.PlacePrecision{corvee.AtExact, corvee.AtVicinity, corvee.AtLocality, corvee.AtCity, corvee.AtCounty, corvee.AtPrefecture, corvee.AtProvince, corvee.AtRegion, corvee.AtCountry}

func rankOf(p corvee.PlacePrecision) int {
	for i, r := range ranks {
		if r == p {
			return i
		}
	}
	return 0
}

func contains(outer, inner corvee.Place) bool {
	return outer.Country == inner.Country && rankOf(outer.Precision) > rankOf(inner.Precision)
}

// adjective reads the nationality of a workplace or trade as a weak place: "Chinese
// seafood plants". Of people and authorities it says nothing about where they are.
func (f *Finder) adjective(i int) (Mention, bool) {
	s, next, ok := f.p.At(i, lexicon.Demonym)
	if !ok || next >= f.last || f.sender(s) || s.Form&lexicon.Plural != 0 {
		return Mention{}, false
	}
	for n := 0; n < 4 && next < f.last; n++ {
		switch {
		case f.p.Is(next, lexicon.Site), f.p.Is(next, lexicon.CompanyEnd), f.worksite(next):
			item := f.p.Item(s)
			country := f.nation(s)
			return Mention{
				Kind: Place, First: i, Last: i + 1, Head: i, ID: country, Nation: country, Count: -1, Weak: true,
				Where: corvee.Place{ID: country, Name: item.Attr("name"), Country: country, Precision: corvee.AtCountry},
			}, true
		case f.p.Is(next, lexicon.Sector), f.p.Is(next, lexicon.GroupMod), f.p.Says(next, "processing"), f.p.Is(next, lexicon.Place):
			next++
		default:
			return Mention{}, false
		}
	}
	return Mention{}, false
}

// worksite reports whether the trade at token i names a workplace by itself: "a Kuwaiti
// building site", "Polish shipyards".
func (f *Finder) worksite(i int) bool {
	s, next, ok := f.p.At(i, lexicon.Sector)
	if !ok || next > f.last {
		return false
	}
	if f.p.Item(s).Attr("site") != "" {
		return f.p.Item(s).ID != string(corvee.SectorRestaurant) // of its kitchen, not of its street
	}
	switch f.p.Word(next - 1) {
	case "site", "sites", "project", "projects", "mine", "mines", "farm", "farms", "camp", "camps", "vessels", "boats", "hospital", "hospitals", "clinic", "clinics":
		return true
	}
	return false
}
