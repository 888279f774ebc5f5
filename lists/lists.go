// Package lists reads official lists, press lists in FollowTheMoney and one's own lists.
//
// What comes in: the bytes of one or several files. What goes out: listings in Corvee's
// nouns, the version of each list, and a rejected line for each row that could not be
// used. Its one idea: a format is recognised by its content, each format is a reader
// (bytes to rows) and a mapper (rows to listings), and a list that has changed its shape
// is an error with row, column and remedy, never half a list.
package lists

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"

	"corvee"
)

// File is one file as it came. A Date that is not known is taken from what the file says
// of itself, else from the name when that holds one (2023-01-21 or 20230121), and stays
// unknown otherwise.
type File struct {
	Name string
	Date corvee.Date
	Body []byte
}

// Import is what the files hold: one version for each file, the listings ordered as in
// the files, and the rows that could not be used. Files that make one list (OFAC's three)
// have versions of one name, first the one whose day the list is of; a file that only adds
// to the entries of another has no listings of its own.
type Import struct {
	Versions []corvee.ListVersion
	Listings []corvee.Listing
	Rejected []corvee.Rejected
	Unread   []Unread
}

// Unread is a column or element that the layout of a list does not have: it was not read,
// and may be the sign of a list that has changed its shape.
type Unread struct {
	List, File string
	Row        int // where it first stands
	Column     string
}

// The formats that Recognise can name.
const (
	FormatOFAC = "ofac-csv" // SDN.CSV, with or without a header, and ALT.CSV, ADD.CSV
	FormatFTM  = "followthemoney"
	FormatOwn  = "own-csv"

	FormatOFACXML = "ofac-xml" // SDN.XML
	FormatUN      = "un-xml"
	FormatUKSheet = "uk-ods"
	FormatUKCSV   = "uk-csv"
	FormatUKXML   = "uk-xml"
	FormatEU      = "eu-xml"
	FormatUFLPA   = "uflpa-csv"
	FormatCBP     = "cbp-csv"
)

// Recognise returns the format of files that belong together. It returns ErrUnsupported,
// naming the file and what would help, when one is of no known format, and ErrInvalid
// when the files are of different formats.
func Recognise(files []File) (string, error) {
	if len(files) == 0 {
		return "", fmt.Errorf("%w: no file to import", corvee.ErrInvalid)
	}
	format := ""
	for _, f := range files {
		shape, err := shapeOf(f)
		if err != nil {
			return "", err
		}
		if format != "" && format != shape.format() {
			return "", fmt.Errorf("%w: %s is %s, the files before it are %s: import them one after another",
				corvee.ErrInvalid, f.Name, shape.format(), format)
		}
		format = shape.format()
	}
	return format, nil
}

// Read returns the listings of files that belong together: one list, or the three files
// of OFAC. A file that is broken as a whole is ErrInvalid or ErrUnsupported and nothing is
// returned; a broken row is a rejected line.
func Read(files []File) (Import, error) {
	format, err := Recognise(files)
	if err != nil {
		return Import{}, err
	}
	switch format {
	case FormatOFAC:
		return readOFAC(dated(files))
	case FormatFTM:
		return readEach(dated(files), readFTM)
	case FormatOwn:
		return readEach(dated(files), readOwn)
	}
	return readEach(files, func(f File) (Import, error) { return readOfficial(format, f) })
}

// dated takes a date that is not known from the name.
func dated(files []File) []File {
	out := slices.Clone(files)
	for i := range out {
		if !out[i].Date.Known() {
			out[i].Date = dateIn(out[i].Name)
		}
	}
	return out
}

func readEach(files []File, read func(File) (Import, error)) (Import, error) {
	var out Import
	for _, f := range files {
		one, err := read(f)
		if err != nil {
			return Import{}, err
		}
		out.Versions = append(out.Versions, one.Versions...)
		out.Listings = append(out.Listings, one.Listings...)
		out.Rejected = append(out.Rejected, one.Rejected...)
		out.Unread = append(out.Unread, one.Unread...)
	}
	return out, nil
}

var dateInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:\D|$)`)

// dateIn returns the date that a file name holds, or no date.
func dateIn(name string) corvee.Date {
	m := dateInName.FindStringSubmatch(name)
	if m == nil {
		return corvee.Date{}
	}
	d, err := corvee.ParseDate(m[1] + "-" + m[2] + "-" + m[3])
	if err != nil {
		return corvee.Date{}
	}
	return d
}

func version(list string, f File, listings, rejected int) corvee.ListVersion {
	sum := sha256.Sum256(f.Body)
	return corvee.ListVersion{
		List: list, Date: f.Date, File: f.Name, SHA256: hex.EncodeToString(sum[:]),
		Listings: listings, Rejected: rejected,
	}
}
