// Package un reads the consolidated list of the United Nations Security Council.
//
// What comes in: the XML that the Council publishes. What goes out: one listing for each
// individual and entity, and a rejected line for each entry that could not be used. Its
// one idea: an entry is known by its permanent reference number, and an alias keeps the
// quality that the Council gave it. Layout: https://www.un.org/sc/resources/sc-sanctions.xsd.
package un

import (
	"corvee"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/records"
)

// List is the list's own name.
const List = "UN Security Council"

// Recognise reports whether a root element is this list's.
func Recognise(root string) bool { return root == "CONSOLIDATED_LIST" }

// known are the elements and attributes of the layout. Those that no listing has a place
// for (a sort key, a place of birth) are known too: they are left out on purpose.
const known = `CONSOLIDATED_LIST @dateGenerated INDIVIDUALS ENTITIES INDIVIDUAL ENTITY DATAID VERSIONNUM
	FIRST_NAME SECOND_NAME THIRD_NAME FOURTH_NAME UN_LIST_TYPE REFERENCE_NUMBER LISTED_ON DELISTED_ON GENDER SUBMITTED_BY SUBMITTED_ON
	NAME_ORIGINAL_SCRIPT COMMENTS1 TITLE DESIGNATION NATIONALITY NATIONALITY2 LIST_TYPE LAST_DAY_UPDATED VALUE
	INDIVIDUAL_ALIAS ENTITY_ALIAS QUALITY ALIAS_NAME DATE_OF_BIRTH CITY_OF_BIRTH COUNTRY_OF_BIRTH NOTE
	INDIVIDUAL_ADDRESS ENTITY_ADDRESS STREET CITY STATE_PROVINCE ZIP_CODE COUNTRY
	INDIVIDUAL_DATE_OF_BIRTH TYPE_OF_DATE DATE YEAR FROM_YEAR TO_YEAR INDIVIDUAL_PLACE_OF_BIRTH
	INDIVIDUAL_DOCUMENT TYPE_OF_DOCUMENT TYPE_OF_DOCUMENT2 NUMBER ISSUING_COUNTRY DATE_OF_ISSUE CITY_OF_ISSUE COUNTRY_OF_ISSUE
	SORT_KEY SORT_KEY_LAST_MOD`

// Read returns the entries in the order of the file.
func Read(name string, date corvee.Date, body []byte) (layout.Content, error) {
	var out layout.Content
	m := mapper{date: date, seen: map[string]bool{}}
	var entries []*records.Element
	root, unread, err := records.Each(name, body, known, []string{"INDIVIDUAL", "ENTITY"}, func(e *records.Element) {
		entries = append(entries, e)
	})
	if err != nil {
		return layout.Content{}, err
	}
	out.Unread, out.Date = unread, records.Day(root.Attr("dateGenerated"))
	if !m.date.Known() {
		m.date = out.Date
	}
	for _, e := range entries {
		l, why := m.listing(e)
		if why != "" {
			out.Reject(name, e.Line, why, "compare the entry with the official file and fetch the list again")
			continue
		}
		out.Listings = append(out.Listings, l)
	}
	return out, out.Holds(name, "INDIVIDUAL or ENTITY")
}
