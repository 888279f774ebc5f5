// Package eu reads the consolidated list of financial sanctions of the European Union.
//
// What comes in: the XML of the Financial Sanctions Files, version 1.1. What goes out: one
// listing for each person and entity, and a rejected line for each that could not be
// used. Its one idea: everything stands in attributes; a name that the Union calls weak
// stays weak. Layout: http://eu.europa.ec/fpi/fsd/export.
package eu

import (
	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

// List is the list's own name.
const List = "EU Financial Sanctions"

// Recognise reports whether a root element is this list's.
func Recognise(root string) bool { return root == "export" }

const known = `export @generationDate @globalFileId sanctionEntity @designationDetails @designationDate @unitedNationId @euReferenceNumber @logicalId
	regulation regulationSummary publicationUrl @regulationType @organisationType @publicationDate @entryIntoForceDate @numberTitle
	@programme @publicationUrl @regulationLanguage subjectType @code @classificationCode
	nameAlias @firstName @middleName @lastName @wholeName @function @gender @title @nameLanguage @strong
	citizenship @region @countryIso2Code @countryDescription @countryIso3Code
	birthdate @circa @calendarType @city @zipCode @birthdate @dayOfMonth @monthOfYear @year @yearRangeFrom @yearRangeTo @place @poBox @street
	@asAtListingTime address contactInfo @key @value @contactInfoProperty identification @diplomatic @knownExpired @knownFalse
	@reportedLost @revokedByIssuer @issuedBy @issuedDate @validFrom @validTo @latinNumber @nameOnDocument @number @identificationTypeCode
	@identificationTypeDescription remark`

// Read returns the entries in the order of the file.
func Read(name string, date corvee.Date, body []byte) (layout.Content, error) {
	var out layout.Content
	var entries []*records.Element
	root, unread, err := records.Each(name, body, known, []string{"sanctionEntity"}, func(e *records.Element) {
		entries = append(entries, e)
	})
	if err != nil {
		return layout.Content{}, err
	}
	out.Unread, out.Date = unread, records.Day(root.Attr("generationDate"))
	if !date.Known() {
		date = out.Date
	}
	seen := map[string]bool{}
	for _, e := range entries {
		l, why := listing(e, date)
		if why == "" && seen[l.ID] {
			why = "attribute euReferenceNumber: " + l.SourceID + " stands in the file twice"
		}
		if why != "" {
			out.Reject(name, e.Line, why, "compare the entry with the official file and fetch the list again")
			continue
		}
		seen[l.ID] = true
		out.Listings = append(out.Listings, l)
	}
	return out, out.Holds(name, "sanctionEntity")
}
