package resolve

import (
	"slices"
	"strings"

	"corvee/internal/names"
)

// A key of more handles than this is passed over: it tells nothing by itself. 200 make
// 19,900 comparisons. The keys of certain joins bear more, so that a join hardly ever hangs
// on how many others there are: 1,000 parties of one city that sound alike or do one trade.
const (
	crowd       = 200
	crowdInCity = 1000
)

// leads returns what leads to a handle: its folded name; the sound of each telling part of it
// and its trades, within its city; its sounds, and its place with its trade, anywhere. Names
// that a rule joins share a key. They are sorted.
func (h Handle) leads() []string {
	keys := []string{"name " + h.fold}
	parts := h.sounds
	places, trades := concepts(h.parsed)
	for _, city := range h.cities() {
		for _, part := range append(slices.Clone(parts), trades...) {
			keys = append(keys, "city "+city+" "+part)
		}
	}
	return set(append(keys, anywhere(parts, places, trades)...))
}

func anywhere(parts, places, trades []string) (keys []string) {
	for _, p := range parts {
		keys = append(keys, "sound "+p)
	}
	for _, p := range places {
		for _, t := range trades {
			keys = append(keys, "trade "+p+" "+t)
		}
	}
	return keys
}

// concepts are the places and trades in a name, which are the same in every language.
func concepts(parsed names.Name) (places, trades []string) {
	for _, u := range parsed.Units {
		switch u.Role {
		case names.Place:
			places = append(places, u.Key)
		case names.Industry:
			trades = append(trades, u.Key)
		}
	}
	return places, trades
}

// cities are the paths of a fine place and of what it lies in, below the province.
func (h Handle) cities() (out []string) {
	if !h.Fine {
		return nil
	}
	const below = 2 // country and province
	parts := strings.Split(h.At, "/")
	for n := min(len(parts), below+1); n <= len(parts); n++ {
		out = append(out, strings.Join(parts[:n], "/"))
	}
	return out
}

func cityKey(key string) bool { return strings.HasPrefix(key, string(Party)+" city ") }

// sounds are the keys under which the trade names and words of a name meet those of another
// script, each alone and joined with the next, since scripts divide them differently.
func sounds(parsed names.Name) (out []string) {
	var before []string
	for _, u := range parsed.Units {
		if u.Role != names.Trade && u.Role != names.Word && u.Role != names.Initial {
			before = nil
			continue
		}
		spelt := spellings(u)
		for _, s := range spelt {
			out = append(out, s)
			for _, b := range before {
				out = append(out, b+s)
			}
		}
		before = spelt
	}
	return out
}

func spellings(u names.Unit) (out []string) {
	text := []string{u.Text}
	if u.Script != names.Latin {
		text = names.Spelt(u.Text, u.Script)
	}
	for _, t := range text {
		if s := names.Skeleton(t); s != "" {
			out = append(out, s)
		}
	}
	return set(out)
}

// index maps each key to the handles that have it, by position, and counts the keys that
// have too many.
func index(handles []Handle) (keys map[string][]int, crowded int) {
	keys = map[string][]int{}
	for i, h := range handles {
		for _, k := range h.leads() {
			k = string(h.Kind) + " " + k
			keys[k] = append(keys[k], i)
		}
	}
	for k, list := range keys {
		if len(list) > crowd && !(cityKey(k) && len(list) <= crowdInCity) {
			crowded++
			delete(keys, k)
		}
	}
	return keys, crowded
}
