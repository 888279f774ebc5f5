package lists

import (
	"bytes"
	"slices"

	"corvee"
	"corvee/lists/internal/cbp"
	"corvee/lists/internal/eu"
	"corvee/lists/internal/ftm"
	"corvee/lists/internal/layout"
	"corvee/lists/internal/ofac"
	"corvee/lists/internal/own"
	"corvee/lists/internal/uflpa"
	"corvee/lists/internal/uk"
	"corvee/lists/internal/un"
)

func readOFAC(files []File) (Import, error) {
	vocabulary, err := corvee.LoadVocabulary()
	if err != nil {
		return Import{}, err
	}
	var parts []ofac.File
	for _, f := range files {
		looks, err := shapeOf(f)
		if err != nil {
			return Import{}, err
		}
		kind := map[shape]ofac.Kind{shapeSDN: ofac.SDN, shapeALT: ofac.ALT, shapeADD: ofac.ADD}[looks]
		parts = append(parts, ofac.File{Name: f.Name, Date: f.Date, Kind: kind, Body: trimmed(f.Body)})
	}
	result, err := ofac.Read(parts, vocabulary.Programme)
	if err != nil {
		return Import{}, err
	}
	out := Import{Listings: result.Listings, Rejected: result.Rejected}
	for i, f := range files { // SDN first: the list is of its day, and its rows alone are entries
		if parts[i].Kind == ofac.SDN {
			out.Versions = append(out.Versions, version(ofac.List, f, result.Counts[i][0], result.Counts[i][1]))
		}
	}
	for i, f := range files {
		if parts[i].Kind != ofac.SDN {
			out.Versions = append(out.Versions, version(ofac.List, f, 0, result.Counts[i][1]))
		}
	}
	return out, nil
}

func readFTM(f File) (Import, error) {
	vocabulary, err := corvee.LoadVocabulary()
	if err != nil {
		return Import{}, err
	}
	listings, rejected, err := ftm.Read(f.Name, f.Date, trimmed(f.Body), vocabulary.Programme)
	return imported(f, listings, rejected), err
}

func readOwn(f File) (Import, error) {
	vocabulary, err := corvee.LoadVocabulary()
	if err != nil {
		return Import{}, err
	}
	listings, rejected, err := own.Read(f.Name, f.Date, trimmed(f.Body), vocabulary.Programme)
	return imported(f, listings, rejected), err
}

// readOfficial reads a file that is one whole list and mostly says of which day it is.
func readOfficial(format string, f File) (Import, error) {
	vocabulary, err := corvee.LoadVocabulary()
	if err != nil {
		return Import{}, err
	}
	body := trimmed(f.Body)
	byName := f
	if !byName.Date.Known() {
		byName.Date = dateIn(f.Name)
	}
	var list string
	var read layout.Content
	switch format {
	case FormatUN:
		list = un.List
		read, err = un.Read(f.Name, f.Date, body)
	case FormatUKSheet:
		list = uk.List
		read, err = uk.ReadSheet(f.Name, byName.Date, f.Body)
	case FormatUKCSV:
		list = uk.List
		read, err = uk.ReadCSV(f.Name, f.Date, body)
	case FormatUKXML:
		list = uk.List
		read, err = uk.ReadXML(f.Name, f.Date, body)
	case FormatEU:
		list = eu.List
		read, err = eu.Read(f.Name, f.Date, body)
	case FormatOFACXML:
		list = ofac.List
		read, err = ofac.ReadXML(f.Name, f.Date, body, vocabulary.Programme)
	case FormatUFLPA:
		list = uflpa.List
		read, err = uflpa.Read(f.Name, byName.Date, body)
	case FormatCBP:
		list = cbp.List
		read, err = cbp.Read(f.Name, byName.Date, body)
	}
	if err != nil {
		return Import{}, err
	}
	return official(list, f, byName.Date, read), nil
}

// official gives a file its version and every listing its date: what the caller knew, else
// what the file says, else what its name holds.
func official(list string, f File, named corvee.Date, read layout.Content) Import {
	if !f.Date.Known() {
		f.Date = read.Date
	}
	if !f.Date.Known() {
		f.Date = named
	}
	v := version(list, f, len(read.Listings), len(read.Rejected))
	out := Import{Listings: read.Listings, Rejected: read.Rejected}
	for i := range out.Listings {
		out.Listings[i].ListDate = f.Date
	}
	for _, u := range read.Unread {
		v.Unread = append(v.Unread, u.Column)
		out.Unread = append(out.Unread, Unread{List: list, File: f.Name, Row: u.Row, Column: u.Column})
	}
	out.Versions = []corvee.ListVersion{v}
	return out
}

// imported gives each list that a file speaks of its version, in order of first
// appearance; rejected lines belong to the first.
func imported(f File, listings []corvee.Listing, rejected []corvee.Rejected) Import {
	out := Import{Listings: listings, Rejected: rejected}
	counts := map[string]int{}
	var names []string
	for _, l := range listings {
		if counts[l.List]++; !slices.Contains(names, l.List) {
			names = append(names, l.List)
		}
	}
	for i, name := range names {
		bad := 0
		if i == 0 {
			bad = len(rejected)
		}
		out.Versions = append(out.Versions, version(name, f, counts[name], bad))
	}
	return out
}

func trimmed(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\ufeff")) }
