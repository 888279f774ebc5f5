package ftm

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/country"
)

// Read returns the parties of a file in its order. Entities that are no party
// (addresses, documents, links) are passed over: they are not broken, only not asked for.
// Sanction entities lend their programme to the party that they name.
func Read(name string, date corvee.Date, body []byte, programme func(string) (corvee.ListID, bool)) ([]corvee.Listing, []corvee.Rejected, error) {
	all, err := lines(name, body)
	if err != nil {
		return nil, nil, err
	}
	programs := sanctionPrograms(all)
	var out []corvee.Listing
	var rejected []corvee.Rejected
	seen := map[string]bool{}
	for _, l := range all {
		why := ""
		party := partyType(l.entity.Schema)
		switch {
		case l.broken != nil:
			why = l.broken.Error()
		case party == "":
			continue
		case seen[l.entity.ID]:
			why = fmt.Sprintf("entity %s stands in the file twice", l.entity.ID)
		case len(l.entity.values("name")) == 0 && l.entity.Caption == "":
			why = fmt.Sprintf("entity %s has no name", l.entity.ID)
		}
		if why != "" {
			rejected = append(rejected, corvee.Rejected{Input: name, Row: &l.number, Reason: why,
				Remedy: "look at the line; fetch the data set again if it was cut off"})
			continue
		}
		seen[l.entity.ID] = true
		out = append(out, listing(l.entity, date, party, programs[l.entity.ID], programme))
	}
	if len(out) == 0 {
		return nil, nil, fmt.Errorf("%w: %s holds entities but no party to screen (Person, Company, Organization, Vessel …)",
			corvee.ErrInvalid, name)
	}
	return out, rejected, nil
}

// sanctionPrograms collects the programmes of Sanction entities by the party named.
func sanctionPrograms(all []line) map[string][]string {
	out := map[string][]string{}
	for _, l := range all {
		if l.broken != nil || l.entity.Schema != "Sanction" {
			continue
		}
		for _, party := range l.entity.values("entity") {
			out[party] = append(out[party], l.entity.values("programId", "program")...)
		}
	}
	return out
}

// partyType returns what a schema of FollowTheMoney is; "" for one that is no party.
func partyType(schema string) corvee.PartyType {
	switch schema {
	case "Person":
		return corvee.PartyPerson
	case "Company", "Organization", "LegalEntity", "PublicBody":
		return corvee.PartyOrganisation
	case "Vessel":
		return corvee.PartyVessel
	case "Airplane":
		return corvee.PartyAircraft
	}
	return ""
}

func listing(e entity, date corvee.Date, party corvee.PartyType, programs []string, programme func(string) (corvee.ListID, bool)) corvee.Listing {
	list := "FollowTheMoney"
	if len(e.Datasets) > 0 {
		list = e.Datasets[0]
	}
	l := corvee.Listing{
		ID: "ftm:" + e.ID, List: list, ListDate: date, SourceID: e.ID, Type: party,
		Topics:    e.values("topics"),
		Programs:  distinct(append(e.values("programId", "program"), programs...)),
		Addresses: e.values("address"),
		Remarks:   strings.Join(e.values("notes", "summary"), "; "),
	}
	l.Names = names(e)
	for _, p := range l.Programs {
		if id, ok := programme(p); ok && !slices.Contains(l.Lists, id) {
			l.Lists = append(l.Lists, id)
		}
	}
	l.Kind = kind(e, l)
	l.Countries = countries(e)
	l.Identifiers = identifiers(e)
	for _, text := range e.values("birthDate", "incorporationDate") {
		if d, err := corvee.ParseDate(text); err == nil {
			l.Dates = append(l.Dates, d)
		}
	}
	return l
}

func names(e entity) []corvee.Name {
	var out []corvee.Name
	add := func(kind corvee.NameKind, values ...string) {
		for _, v := range values {
			if !slices.ContainsFunc(out, func(n corvee.Name) bool { return n.Value == v }) {
				out = append(out, corvee.Name{Value: v, Kind: kind})
			}
		}
	}
	add(corvee.NamePrimary, e.values("name")...)
	if len(out) == 0 {
		add(corvee.NamePrimary, e.Caption)
	}
	add(corvee.NameAlias, e.values("alias")...)
	add(corvee.NamePrevious, e.values("previousName")...)
	add(corvee.NameWeak, e.values("weakAlias", "abbreviation")...)
	return out
}

func countries(e entity) []string {
	var out []string
	for _, c := range e.values("country", "jurisdiction", "mainCountry", "nationality", "citizenship", "flag") {
		code := country.Code(c)
		if code == "" && len(c) == 2 {
			code = strings.ToUpper(c)
		}
		if code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out
}

func identifiers(e entity) []corvee.Identifier {
	var out []corvee.Identifier
	for _, p := range [][2]string{
		{"registrationNumber", "registration"}, {"ogrnCode", "registration"}, {"uscCode", "registration"},
		{"leiCode", "lei"}, {"imoNumber", "imo"}, {"mmsi", "mmsi"}, {"taxNumber", "tax"}, {"innCode", "tax"},
		{"vatCode", "tax"}, {"passportNumber", "passport"}, {"swiftBic", "bic"}, {"dunsCode", "duns"},
		{"phone", "phone"}, {"callSign", "call_sign"}, {"idNumber", "other"}, {"uniqueEntityId", "other"},
	} {
		for _, v := range e.values(p[0]) {
			out = append(out, corvee.Identifier{Type: p[1], Value: v})
		}
	}
	return out
}

// kind says what being on the list means. A data set that is known speaks first, since
// the topic of a joint-venture advisory reads like a designation's; then the topics.
// What says neither is a report.
func kind(e entity, l corvee.Listing) corvee.ListingKind {
	for _, d := range e.Datasets {
		switch d {
		case "us_nk_jointventures":
			return corvee.ListingAdvisory
		case "kp_rusi_reports":
			return corvee.ListingReported
		case "us_cbp_forced_labor", "us_dhs_uflpa":
			return corvee.ListingImportOrder
		case "us_bis_denied", "us_bis_entity", "us_trade_csl":
			return corvee.ListingExportControl
		}
	}
	switch {
	case slices.Contains(l.Topics, "sanction"), slices.Contains(l.Topics, "debarment"):
		return corvee.ListingDesignation
	case slices.Contains(l.Lists, corvee.ListUFLPA), slices.Contains(l.Lists, corvee.ListCBPWRO):
		return corvee.ListingImportOrder
	case slices.Contains(l.Topics, "export.control"):
		return corvee.ListingExportControl
	case slices.Contains(l.Topics, "export.risk"), slices.Contains(l.Topics, "sanction.linked"):
		return corvee.ListingAdvisory
	case len(l.Lists) > 0:
		return corvee.ListingDesignation
	}
	return corvee.ListingReported
}

func distinct(values []string) []string {
	var out []string
	for _, v := range values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}
