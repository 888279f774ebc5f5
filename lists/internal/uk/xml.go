package uk

import (
	"strings"

	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

// RecogniseXML reports whether a root element is this list's.
func RecogniseXML(root string) bool { return root == "Designations" }

const known = `Designations DateGenerated Designation LastUpdated DateDesignated UniqueID OFSIGroupID UNReferenceNumber Names Name Name1 Name2 Name3
	Name4 Name5 Name6 NameType AliasStrength NonLatinNames NonLatinName NameNonLatinScript NonLatinScriptType NonLatinScriptLanguage
	Titles Title RegimeName IndividualEntityShip DesignationSource SanctionsImposed SanctionsImposedIndicators OtherInformation
	UKStatementofReasons Addresses Address AddressLine1 AddressLine2 AddressLine3 AddressLine4 AddressLine5 AddressLine6
	AddressPostalCode AddressCountry PhoneNumbers PhoneNumber EmailAddresses EmailAddress Websites Website IndividualDetails Individual
	DOBs DOB Nationalities Nationality NationalIdentifierDetails NationalIdentifier NationalIdentifierNumber
	NationalIdentifierAdditionalInformation PassportDetails Passport PassportNumber PassportAdditionalInformation Positions Position
	BirthDetails Location TownOfBirth CountryOfBirth Genders Gender EntityDetails Entity TypeOfEntities TypeOfEntity Subsidiaries
	Subsidiary ParentCompanies ParentCompany BusinessRegistrationNumbers BusinessRegistrationNumber ShipDetails Ship IMONumbers
	IMONumber CurrentOwnerOperators CurrentOwnerOperator PreviousOwnerOperators PreviousOwnerOperator CurrentBelievedFlagOfShips
	CurrentBelievedFlagOfShip PreviousFlags PreviousFlag TypeOfShipDetails TypeOfShip TonnageOfShipDetails TonnageOfShip
	LengthOfShipDetails LengthOfShip YearsBuilt YearBuilt HullIdentificationNumbers HullIdentificationNumber
	AssetFreeze ArmsEmbargo CharteringOfShips ClosureOfRepresentativeOffices CrewServicingOfShipsAndAircraft
	DirectorDisqualificationSanction Deflag PreventionOfBusinessArrangements ProhibitionOfPortEntry TargetedArmsEmbargo
	TechnicalAssistanceRelatedToAircraft TechnicalAssistanceRelatedToShips TransportSanctions TravelBan TrustServicesSanctions
	PreventionOfCharteringOfShips PreventionOfCharteringOfShipsAndAircraft ProhibitionOfPortEntries`

// ReadXML returns the designations of the XML, in its order.
func ReadXML(name string, date corvee.Date, body []byte) (layout.Content, error) {
	g := gather{name: name, date: date, at: map[string]int{}}
	var stated corvee.Date
	_, unread, err := records.Each(name, body, known, []string{"Designation", "DateGenerated"}, func(e *records.Element) {
		if e.Name == "DateGenerated" {
			stated = day4(e.Text)
			return
		}
		for _, get := range rows(e) {
			if !g.add(e.Line, get) {
				return // what is wrong with it is wrong in each of its rows
			}
		}
	})
	if err != nil {
		return layout.Content{}, err
	}
	g.stated(stated)
	g.out.Unread = unread
	return g.done()
}

// rows brings a designation to the rows that the CSV has for it: one with its facts, one
// for each further name and address.
func rows(e *records.Element) []func(string) string {
	common := map[string]string{
		"Unique ID": e.Value("UniqueID"), "Type": e.Value("IndividualEntityShip"), "Regime Name": e.Value("RegimeName"),
		"Date Designated": e.Value("DateDesignated"), "Designation source": e.Value("DesignationSource"),
	}
	facts := map[string]string{
		"Sanctions Imposed": e.Value("SanctionsImposed"), "Other Information": e.Value("OtherInformation"),
		"UK Statement of Reasons":      e.Value("UKStatementofReasons"),
		"D.O.B":                        joined(e, "IndividualDetails", "Individual", "DOBs", "DOB"),
		"Nationality":                  joined(e, "IndividualDetails", "Individual", "Nationalities", "Nationality"),
		"Position":                     joined(e, "IndividualDetails", "Individual", "Positions", "Position"),
		"Passport number":              joined(e, "IndividualDetails", "Individual", "PassportDetails", "Passport", "PassportNumber"),
		"National Identifier number":   joined(e, "IndividualDetails", "Individual", "NationalIdentifierDetails", "NationalIdentifier", "NationalIdentifierNumber"),
		"Business registration number": joined(e, "EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber"),
		"IMO number":                   joined(e, "ShipDetails", "Ship", "IMONumbers", "IMONumber"),
		"Flag":                         joined(e, "ShipDetails", "Ship", "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"),
		"Phone number":                 joined(e, "PhoneNumbers", "PhoneNumber"),
	}
	var out []func(string) string
	row := func(extra map[string]string) {
		out = append(out, func(column string) string {
			if v, ok := extra[column]; ok {
				return v
			}
			return common[column]
		})
	}
	for _, n := range e.All("Names", "Name") {
		row(map[string]string{
			"Name 1": n.Value("Name1"), "Name 2": n.Value("Name2"), "Name 3": n.Value("Name3"), "Name 4": n.Value("Name4"),
			"Name 5": n.Value("Name5"), "Name 6": n.Value("Name6"), "Name type": n.Value("NameType"), "Alias strength": n.Value("AliasStrength"),
		})
	}
	for _, n := range e.All("NonLatinNames", "NonLatinName") {
		row(map[string]string{"Name non-latin script": n.Value("NameNonLatinScript"), "Non-latin script language": n.Value("NonLatinScriptLanguage")})
	}
	for _, a := range e.All("Addresses", "Address") {
		row(map[string]string{
			"Address Line 1": a.Value("AddressLine1"), "Address Line 2": a.Value("AddressLine2"), "Address Line 3": a.Value("AddressLine3"),
			"Address Line 4": a.Value("AddressLine4"), "Address Line 5": a.Value("AddressLine5"), "Address Line 6": a.Value("AddressLine6"),
			"Address Postal Code": a.Value("AddressPostalCode"), "Address Country": a.Value("AddressCountry"),
		})
	}
	row(facts)
	return out
}

// joined puts the values on a path into one cell, parted as the CSV parts them.
func joined(e *records.Element, path ...string) string { return strings.Join(e.Values(path...), "|") }
