package present

import (
	"slices"
	"strings"

	"corvee"
)

// Entity is a listing as FollowTheMoney writes it, so that a client of its tools reads
// it. Names of schemata and properties are FollowTheMoney's.
type Entity struct {
	ID         string              `json:"id"`
	Caption    string              `json:"caption"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"`
	Datasets   []string            `json:"datasets"`
	Referents  []string            `json:"referents"`
	Target     bool                `json:"target"`
	FirstSeen  string              `json:"first_seen,omitempty"`
	LastSeen   string              `json:"last_seen,omitempty"`
	LastChange string              `json:"last_change,omitempty"`
}

// EntityOf returns the entity of a listing. A listing that is only reported is no target:
// a press report is not a designation.
func EntityOf(l corvee.Listing) Entity {
	e := Entity{
		ID: l.ID, Caption: l.ID, Schema: schemaOf(l.Type), Properties: map[string][]string{}, Datasets: []string{DatasetOf(l.List)},
		Referents: []string{}, Target: l.Kind != corvee.ListingReported, LastSeen: l.ListDate.String(), LastChange: l.ListDate.String(),
	}
	for _, n := range l.Names {
		e.add(nameProperty(n.Kind), n.Value)
	}
	if names := e.Properties["name"]; len(names) > 0 {
		e.Caption = names[0]
	} else if len(l.Names) > 0 {
		e.Caption = l.Names[0].Value
	}
	for _, c := range l.Countries {
		e.add("country", strings.ToLower(c))
	}
	for _, id := range l.Identifiers {
		e.add(identifierProperty(id.Type), id.Value)
	}
	e.addRest(l)
	return e
}

func (e *Entity) addRest(l corvee.Listing) {
	e.Properties["address"] = append(e.Properties["address"], l.Addresses...)
	e.Properties["topics"] = append(e.Properties["topics"], l.Topics...)
	e.Properties["program"] = append(e.Properties["program"], l.Programs...)
	e.add("notes", l.Remarks)
	for _, d := range l.Dates {
		property := "incorporationDate"
		if l.Type == corvee.PartyPerson {
			property = "birthDate"
		}
		e.add(property, d.String())
	}
	for property, values := range e.Properties {
		if len(values) == 0 {
			delete(e.Properties, property)
		}
	}
}

func (e *Entity) add(property, value string) {
	if value != "" && !slices.Contains(e.Properties[property], value) {
		e.Properties[property] = append(e.Properties[property], value)
	}
}

func schemaOf(t corvee.PartyType) string {
	switch t {
	case corvee.PartyPerson:
		return "Person"
	case corvee.PartyOrganisation:
		return "Company"
	case corvee.PartyVessel:
		return "Vessel"
	case corvee.PartyAircraft:
		return "Airplane"
	}
	return "LegalEntity"
}

func nameProperty(k corvee.NameKind) string {
	switch k {
	case corvee.NameAlias:
		return "alias"
	case corvee.NameWeak:
		return "weakAlias"
	case corvee.NamePrevious:
		return "previousName"
	}
	return "name"
}

// identifierProperty names the property of an identifier; what has none of its own is an
// idNumber.
func identifierProperty(kind string) string {
	switch kind {
	case "registration":
		return "registrationNumber"
	case "lei":
		return "leiCode"
	case "imo":
		return "imoNumber"
	case "tax":
		return "taxNumber"
	case "passport":
		return "passportNumber"
	}
	return "idNumber"
}

// DatasetOf returns the name under which a list stands in addresses: lower case, words
// joined by underscores.
func DatasetOf(list string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(list), func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == '_' || r == '.'
	}), "_")
}
