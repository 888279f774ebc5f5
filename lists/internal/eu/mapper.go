package eu

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

// listing maps one entry; why is "" when it can be used.
func listing(e *records.Element, date corvee.Date) (l corvee.Listing, why string) {
	number := cmp.Or(e.Attr("euReferenceNumber"), e.Attr("logicalId"))
	if number == "" {
		return l, "attribute euReferenceNumber: empty, and no logicalId"
	}
	l = corvee.Listing{
		ID: "eu-fsf:" + strings.ToLower(number), List: List, ListDate: date, SourceID: number, Kind: corvee.ListingDesignation,
	}
	var ok bool
	if l.Type, ok = partyType(e); !ok {
		return l, fmt.Sprintf("element subjectType of %s: neither person nor enterprise", number)
	}
	addNames(&l, e)
	if len(l.Names) == 0 {
		return l, fmt.Sprintf("element nameAlias of %s: no name", number)
	}
	for _, r := range e.All("regulation") {
		if p := r.Attr("programme"); p != "" && !slices.Contains(l.Programs, p) {
			l.Programs = append(l.Programs, p)
		}
	}
	l.Lists = []corvee.ListID{listOf(l.Programs)}
	addPlaces(&l, e)
	addBirths(&l, e)
	addNumbers(&l, e)
	layout.AddRemark(&l, e.Attr("designationDetails"))
	for _, r := range e.Values("remark") {
		layout.AddRemark(&l, r)
	}
	return l, ""
}

// listOf maps the Union's programmes; PRK is the one on the Democratic People's Republic
// of Korea.
func listOf(programmes []string) corvee.ListID {
	if slices.Contains(programmes, "PRK") {
		return corvee.ListEUDPRK
	}
	return corvee.ListEUOther
}

func partyType(e *records.Element) (corvee.PartyType, bool) {
	for _, s := range e.All("subjectType") {
		switch {
		case s.Attr("classificationCode") == "P", s.Attr("code") == "person":
			return corvee.PartyPerson, true
		case s.Attr("classificationCode") == "E", s.Attr("code") == "enterprise":
			return corvee.PartyOrganisation, true
		}
	}
	return "", false
}

// addNames puts the first strong name first, then the other strong ones, then the weak.
func addNames(l *corvee.Listing, e *records.Element) {
	aliases := e.All("nameAlias")
	slices.SortStableFunc(aliases, func(a, b *records.Element) int { return cmp.Compare(weakness(a), weakness(b)) })
	for _, a := range aliases {
		kind := corvee.NameAlias
		switch {
		case len(l.Names) == 0:
			kind = corvee.NamePrimary
		case weakness(a) == 1:
			kind = corvee.NameWeak
		}
		whole := a.Attr("wholeName")
		if whole == "" {
			whole = strings.Join([]string{a.Attr("firstName"), a.Attr("middleName"), a.Attr("lastName")}, " ")
		}
		layout.AddName(l, kind, whole, strings.ToLower(a.Attr("nameLanguage")))
		layout.AddRemark(l, a.Attr("function"))
	}
}

func weakness(alias *records.Element) int {
	if alias.Attr("strong") == "false" {
		return 1
	}
	return 0
}

func addPlaces(l *corvee.Listing, e *records.Element) {
	for _, c := range e.All("citizenship") {
		layout.AddCountry(l, c.Attr("countryIso2Code")) // 00 is unknown, and no country
	}
	for _, a := range e.All("address") {
		land := a.Attr("countryDescription")
		if strings.EqualFold(land, "unknown") {
			land = ""
		}
		layout.AddAddress(l, land, a.Attr("street"), a.Attr("poBox"), a.Attr("place"), a.Attr("zipCode"), a.Attr("city"), a.Attr("region"))
		layout.AddCountry(l, a.Attr("countryIso2Code"))
		for _, c := range a.All("contactInfo") {
			if strings.Contains(strings.ToLower(c.Attr("key")), "phone") {
				layout.AddIdentifier(l, "phone", c.Attr("value"))
			}
		}
	}
}

// addBirths takes dates as exactly as they are known; a span of years stays a remark.
func addBirths(l *corvee.Listing, e *records.Element) {
	for _, b := range e.All("birthdate") {
		if kind := b.Attr("calendarType"); kind != "" && !strings.EqualFold(kind, "GREGORIAN") {
			layout.AddRemark(l, fmt.Sprintf("born %s (%s calendar)", cmp.Or(b.Attr("birthdate"), b.Attr("year")), strings.ToLower(kind)))
			continue
		}
		day := records.Day(b.Attr("birthdate"))
		if !day.Known() {
			day = records.Day(b.Attr("year"))
		}
		layout.AddDate(l, day)
		if from, to := b.Attr("yearRangeFrom"), b.Attr("yearRangeTo"); from != "" || to != "" {
			layout.AddRemark(l, fmt.Sprintf("born between %s and %s", from, to))
		}
	}
}

func addNumbers(l *corvee.Listing, e *records.Element) {
	for _, n := range e.All("identification") {
		if n.Attr("knownFalse") == "true" {
			continue // a forged paper proves nothing about who bears it
		}
		layout.AddIdentifier(l, numberType(n.Attr("identificationTypeCode")), n.Attr("number"))
	}
}

// numberType maps the Union's codes of papers.
func numberType(code string) string {
	switch strings.ToLower(code) {
	case "passport", "diplomatic":
		return "passport"
	case "id", "ssn":
		return "national_id"
	case "regnumber", "cbregnumber":
		return "registration"
	case "fiscalcode", "tradelic", "vat":
		return "tax"
	case "imo":
		return "imo"
	case "swiftbic", "bic":
		return "bic"
	}
	return "other"
}
