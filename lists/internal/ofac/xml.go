package ofac

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

// RecogniseXML reports whether a root element is SDN.XML's.
func RecogniseXML(root string) bool { return root == "sdnList" }

const elements = `sdnList publshInformation Publish_Date Record_Count sdnEntry uid firstName lastName title sdnType remarks programList program
	idList id idType idNumber idCountry issueDate expirationDate akaList aka type category addressList address address1 address2 address3
	city stateOrProvince postalCode country nationalityList nationality citizenshipList citizenship dateOfBirthList dateOfBirthItem
	dateOfBirth placeOfBirthList placeOfBirthItem placeOfBirth mainEntry vesselInfo callSign vesselType vesselFlag vesselOwner tonnage
	grossRegisteredTonnage`

// ReadXML returns the entries of SDN.XML in its order. They have the same ids as those of
// SDN.CSV: it is the same list.
func ReadXML(name string, date corvee.Date, body []byte, programme func(string) (corvee.ListID, bool)) (layout.Content, error) {
	var out layout.Content
	var entries []*records.Element
	promised := ""
	_, unread, err := records.Each(name, body, elements, []string{"sdnEntry", "publshInformation"}, func(e *records.Element) {
		if e.Name == "publshInformation" {
			out.Date, promised = published(e.Value("Publish_Date")), e.Value("Record_Count")
			return
		}
		entries = append(entries, e)
	})
	if err != nil {
		return layout.Content{}, err
	}
	if n, err := strconv.Atoi(promised); err == nil && n != len(entries) {
		return layout.Content{}, fmt.Errorf("%w: %s: element Record_Count says %d entries, the file holds %d: fetch the list again",
			corvee.ErrInvalid, name, n, len(entries))
	}
	out.Unread = unread
	m := xmlMapper{date: date, programme: programme, seen: map[string]bool{}}
	if !m.date.Known() {
		m.date = out.Date
	}
	for _, e := range entries {
		l, why := m.entry(e)
		if why != "" {
			out.Reject(name, e.Line, why, "compare the entry with the official file and fetch the list again")
			continue
		}
		out.Listings = append(out.Listings, l)
	}
	return out, out.Holds(name, "sdnEntry")
}

// published reads the American way of writing a day: 02/27/2025.
func published(text string) corvee.Date {
	t, err := time.Parse("01/02/2006", text)
	if err != nil {
		return corvee.Date{}
	}
	return corvee.DateOf(t)
}

type xmlMapper struct {
	date      corvee.Date
	programme func(string) (corvee.ListID, bool)
	seen      map[string]bool
}

func (m xmlMapper) entry(e *records.Element) (l corvee.Listing, why string) {
	uid := e.Value("uid")
	name := inverted(e)
	switch {
	case !number(uid):
		return l, fmt.Sprintf("element uid: %q is not an entry number", clip(uid))
	case m.seen[uid]:
		return l, fmt.Sprintf("element uid: %s stands in the file twice", uid)
	case name == "":
		return l, fmt.Sprintf("element lastName of %s: no name", uid)
	}
	m.seen[uid] = true
	l = corvee.Listing{
		ID: "ofac-sdn:" + uid, List: List, ListDate: m.date, SourceID: uid, Kind: corvee.ListingDesignation,
		Type: partyType(e.Value("sdnType")), Programs: e.Values("programList", "program"),
		Names: []corvee.Name{{Value: name, Kind: corvee.NamePrimary}},
	}
	l.Lists = (&mapper{programme: m.programme}).lists(l.Programs)
	for _, a := range e.All("akaList", "aka") {
		layout.AddName(&l, akaKind(a), inverted(a), "")
	}
	addXMLPlaces(&l, e)
	for _, text := range e.Values("dateOfBirthList", "dateOfBirthItem", "dateOfBirth") {
		addDate(&l, text)
	}
	addXMLNumbers(&l, e)
	layout.AddRemark(&l, e.Value("title"))
	layout.AddRemark(&l, e.Value("remarks"))
	return l, ""
}

// inverted writes a name as SDN.CSV has it: the family name first, then a comma.
func inverted(e *records.Element) string {
	last, first := e.Value("lastName"), e.Value("firstName")
	if last == "" || first == "" {
		return last + first
	}
	return last + ", " + first
}

func akaKind(a *records.Element) corvee.NameKind {
	switch {
	case strings.EqualFold(a.Value("category"), "weak"):
		return corvee.NameWeak
	case strings.HasPrefix(strings.ToLower(a.Value("type")), "f.k.a"):
		return corvee.NamePrevious
	}
	return corvee.NameAlias
}

func addXMLPlaces(l *corvee.Listing, e *records.Element) {
	layout.AddCountry(l, e.Value("vesselInfo", "vesselFlag"))
	for _, path := range [][2]string{{"nationalityList", "nationality"}, {"citizenshipList", "citizenship"}} {
		for _, land := range e.Values(path[0], path[1], "country") {
			layout.AddCountry(l, land)
		}
	}
	for _, a := range e.All("addressList", "address") {
		layout.AddAddress(l, a.Value("country"), a.Value("address1"), a.Value("address2"), a.Value("address3"), a.Value("city"),
			a.Value("stateOrProvince"), a.Value("postalCode"))
	}
}

// addXMLNumbers reads the list of ids with the same words as the remarks of SDN.CSV. It
// also holds notes on the programme, which are no numbers and go to the remarks.
func addXMLNumbers(l *corvee.Listing, e *records.Element) {
	layout.AddIdentifier(l, "call_sign", e.Value("vesselInfo", "callSign"))
	fields := idFields()
	for _, id := range e.All("idList", "id") {
		word, value := strings.TrimSuffix(id.Value("idType"), ":"), id.Value("idNumber")
		before := len(l.Identifiers)
		part := word + " " + value
		if strings.HasPrefix(value, "IMO ") {
			part = "Vessel Registration Identification " + value
		}
		if land := id.Value("idCountry"); land != "" {
			part += " (" + land + ")"
		}
		if addIdentifier(l, part, fields); len(l.Identifiers) == before && !strings.EqualFold(word, "Gender") {
			layout.AddRemark(l, word+" "+value)
		}
	}
}
