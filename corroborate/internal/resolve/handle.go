package resolve

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/country"
	"corvee/internal/gazetteer"
	"corvee/internal/names"
)

// Handle is one name at one place: what several reports that write the same of the same
// place share. Its id is made of its kind, its folded name and its place alone, so that
// neither another report nor another base changes it.
type Handle struct {
	ID      string
	Kind    Kind
	Name    string   // the spelling of most claims
	Names   []string // all spellings, sorted
	At      string   // where, as a path: "CN/liaoning/dandong"; "" where no report says
	Fine    bool     // At is a city or less
	As      []As
	Sectors []corvee.Sector
	With    []string
	Reports []string
	Claims  []string
	// Telling says that the name has a part that tells one party from another; "a trading
	// company" has none, and is one party only within its report.
	Telling bool

	*word
	counts map[string]int // claims by spelling
}

// Place is the name of where it is; "" where no report says.
func (h Handle) Place() string {
	if h.At == "" {
		return ""
	}
	return placeName(h.At)
}

// fold is how a name is compared for being the same: its parts as they are spelt, without
// case, width, accents, marks and legal form.
func fold(parsed names.Name, raw string) string {
	var parts []string
	for _, u := range parsed.Units {
		if u.Role != names.Form && u.Role != names.Stop {
			parts = append(parts, u.Text)
		}
	}
	if len(parts) == 0 {
		return strings.ToLower(strings.TrimSpace(raw))
	}
	return strings.Join(parts, " ")
}

// leastBits is the rarity from which a trade name tells one party from another: two Han
// syllables or a Latin word that the language does not have are about 8 and more
// (internal/names, 2026-11-24).
const leastBits = 7

func telling(parsed names.Name) bool {
	trade, place, work := float32(0), false, false
	for _, u := range parsed.Units {
		switch u.Role {
		case names.Trade:
			trade += u.Bits
		case names.Place:
			place = true
		case names.Industry, names.Number:
			work = true
		}
	}
	return trade >= leastBits || trade > 0 && (place || work)
}

// IDOf returns the id of the handle that something named is of.
func IDOf(n Named) string { return reader{}.handle(n).ID }

// reader remembers the names that it has read: reports repeat them.
type reader map[string]*word

type word struct {
	parsed  names.Name
	fold    string
	telling bool
	sounds  []string
	script  names.Script
}

func (r reader) word(name string) *word {
	if w := r[name]; w != nil {
		return w
	}
	parsed := names.Parse(name, names.Company)
	w := &word{parsed: parsed, fold: fold(parsed, name), telling: telling(parsed), sounds: sounds(parsed), script: scriptOf(parsed)}
	r[name] = w
	return w
}

// handles gathers what reports name into handles, ordered by id; ids are those of what is
// named, by position.
func handles(named []Named) (out []Handle, ids []string) {
	byID := map[string]*Handle{}
	words := reader{}
	for _, n := range named {
		h := words.handle(n)
		ids = append(ids, h.ID)
		old := byID[h.ID]
		if old == nil {
			byID[h.ID] = &h
			continue
		}
		old.add(h)
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		out = append(out, byID[id].settled(words))
	}
	return out, ids
}

func (r reader) handle(n Named) Handle {
	h := Handle{
		Kind: n.Kind, Name: n.Name, Names: []string{n.Name}, As: n.As, Sectors: n.Sectors, With: n.With,
		Reports: []string{n.Report}, Claims: n.Claims, counts: map[string]int{n.Name: max(1, len(n.Claims))},
	}
	h.word = r.word(n.Name)
	h.Telling = h.telling
	if n.Kind == Place {
		h.At, h.Fine, h.Telling = pathOf(n.Places[0]), true, true
		h.ID = NewID("place\x00" + h.At)
		return h
	}
	h.At, h.Fine = where(n)
	key := []string{string(n.Kind), h.fold, h.At}
	if !h.Telling {
		key = append(key, n.Report)
	}
	h.ID = NewID(strings.Join(key, "\x00"))
	return h
}

func (h *Handle) add(more Handle) {
	h.Names, h.As, h.Sectors = append(h.Names, more.Names...), append(h.As, more.As...), append(h.Sectors, more.Sectors...)
	h.With, h.Reports, h.Claims = append(h.With, more.With...), append(h.Reports, more.Reports...), append(h.Claims, more.Claims...)
	for name, n := range more.counts {
		h.counts[name] += n
	}
}

func (h *Handle) settled(words reader) Handle {
	h.Names, h.As, h.Sectors = set(h.Names), set(h.As), set(h.Sectors)
	h.With, h.Reports, h.Claims = set(h.With), set(h.Reports), set(h.Claims)
	h.Name = most(h.counts)
	if h.Kind == Place {
		if row, ok := gazetteer.Find(h.At[strings.LastIndexByte(h.At, '/')+1:]); ok {
			h.Name = row.Name
		}
	}
	h.word = words.word(h.Name)
	return *h
}

// scriptOf is the script of a name's telling parts; Other for none.
func scriptOf(parsed names.Name) names.Script {
	for _, u := range parsed.Units {
		if u.Role == names.Trade || u.Role == names.Word {
			return u.Script
		}
	}
	return names.Other
}

func set[T cmp.Ordered](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// most returns the name that was counted most often; of equals one that is not all
// capitals, then the first.
func most(counts map[string]int) (best string) {
	rank := func(name string) int {
		n := 2 * counts[name]
		if strings.ToUpper(name) != name || strings.ToLower(name) == name {
			n++
		}
		return n
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if best == "" || rank(name) > rank(best) {
			best = name
		}
	}
	return best
}

// where returns the one place of a report's party: the finest, where its places lie in one
// another; else the least that holds all of them. Fine says that it is a city, a county or less.
func where(n Named) (at string, fine bool) {
	var paths []string
	precise := map[string]bool{}
	for _, p := range n.Places {
		path := pathOf(p)
		paths = append(paths, path)
		precise[path] = precise[path] || atCity(p)
	}
	if len(paths) == 0 {
		paths = append(paths, n.Countries...)
	}
	paths = set(paths)
	if len(paths) == 0 {
		return "", false
	}
	at = paths[0]
	for _, p := range paths[1:] {
		if nested(at, p) {
			at = longer(at, p)
		} else {
			at = shared(at, p)
		}
	}
	return at, precise[at]
}

// pathOf writes a place with all that it lies in, the widest first.
func pathOf(p corvee.Place) string {
	if row, ok := gazetteer.Find(p.ID); ok {
		path := row.ID
		for range 8 { // deeper than any chain of the table
			up, ok := gazetteer.Find(row.Parent)
			if !ok {
				break
			}
			path, row = up.ID+"/"+path, up
		}
		return cmp.Or(row.Country, "??") + "/" + path
	}
	if country.Name(p.ID) != "" {
		return p.ID
	}
	return cmp.Or(p.Country, "??") + "/" + cmp.Or(p.ID, strings.ToLower(p.Name))
}

func atCity(p corvee.Place) bool {
	switch p.Precision {
	case corvee.AtExact, corvee.AtVicinity, corvee.AtLocality, corvee.AtCity, corvee.AtCounty:
		return true
	}
	return false
}

// nested reports whether one of two paths lies in the other.
func nested(a, b string) bool { return beneath(a, b) || beneath(b, a) }

// beneath reports whether a path is another or lies in it.
func beneath(a, b string) bool { return b == "" || a == b || strings.HasPrefix(a, b+"/") }

func longer(a, b string) string {
	if len(a) >= len(b) {
		return a
	}
	return b
}

// shared is the least that holds two paths.
func shared(a, b string) string {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return strings.Join(x[:n], "/")
}

func countryOf(at string) string { c, _, _ := strings.Cut(at, "/"); return c }

func placeName(at string) string {
	id := at[strings.LastIndexByte(at, '/')+1:]
	if p, ok := gazetteer.Find(id); ok {
		return p.Name
	}
	return cmp.Or(country.Name(id), id)
}
