package lists

import (
	"bytes"
	"slices"

	"corvee"
	"corvee/lists/internal/ftm"
	"corvee/lists/internal/ofac"
	"corvee/lists/internal/own"
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
	for i, f := range files {
		list := ofac.List + map[ofac.Kind]string{ofac.ALT: " (ALT)", ofac.ADD: " (ADD)"}[parts[i].Kind]
		out.Versions = append(out.Versions, version(list, f, result.Counts[i][0], result.Counts[i][1]))
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
