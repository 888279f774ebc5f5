package corvee_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
)

func text[T ~string](values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// closedLists are the lists of vocabulary.json with the Go list of each.
func closedLists() map[string][]string {
	return map[string][]string{
		"kind": text(corvee.Kinds()), "indicator": text(corvee.Indicators()), "sector": text(corvee.Sectors()),
		"unit": text(corvee.Units()), "per": text(corvee.Pers()), "period": text(corvee.RatePeriods()),
		"factuality": text(corvee.Factualities()), "polarity": text(corvee.Polarities()),
		"precision": text(corvee.PlacePrecisions()), "speaker": text(corvee.Speakers()), "review": text(corvee.Reviews()),
		"listing_kind": text(corvee.ListingKinds()), "level": text(corvee.Levels()), "support": text(corvee.Supports()),
		"origin": text(corvee.ClaimOrigins()), "list": text(corvee.ListIDs()),
	}
}

func vocabulary(t testing.TB) corvee.Vocabulary {
	t.Helper()
	v, err := corvee.LoadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestClosedLists(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	for name, want := range closedLists() {
		got := v.Closed(name)
		if diff := cmp.Diff(got, want); diff != "" || len(want) == 0 {
			t.Errorf("%s: vocabulary.json and Go differ (-json +go):\n%s", name, diff)
		}
	}
	if corvee.Kind("rumour").Valid() || corvee.Sector("").Valid() || !corvee.KindDenial.Valid() {
		t.Error("Valid does not ask the list")
	}
}

func TestVocabularyMapsAndRefuses(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	if kind, indicator, err := v.FactKind("hours"); kind != corvee.KindCondition || indicator != corvee.IndicatorExcessiveOvertime || err != nil {
		t.Errorf("hours = %s %s %v", kind, indicator, err)
	}
	if kind, indicator, err := v.FactKind("quota"); kind != corvee.KindOrder || indicator != "" || err != nil {
		t.Errorf("quota = %s %s %v", kind, indicator, err)
	}
	if _, _, err := v.FactKind("share"); !errors.Is(err, corvee.ErrUnsupported) {
		t.Errorf("share = %v, want ErrUnsupported: it stands under rejects", err)
	}
	if _, _, err := v.FactKind("gossip"); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("gossip = %v, want ErrInvalid: nobody knows it", err)
	}
	if per, period, err := v.FactPer("month"); per != "" || period != corvee.EveryMonth || err != nil {
		t.Errorf("per month = %q %q %v", per, period, err)
	}
	if per, period, err := v.FactPer("total"); per != corvee.PerTotal || period != "" || err != nil {
		t.Errorf("per total = %q %q %v", per, period, err)
	}
	if sectors, err := v.FactSectors("garments/seafood"); err != nil || len(sectors) != 2 {
		t.Errorf("garments/seafood = %v %v", sectors, err)
	}
	if sectors, err := v.FactSectors("all"); err != nil || sectors != nil {
		t.Errorf("all = %v %v, want none: it is about every sector", sectors, err)
	}
	if list, ok := v.Programme("DPRK3"); !ok || list != corvee.ListOFACDPRK3 {
		t.Errorf("DPRK3 = %s %t", list, ok)
	}
	if r, ok := v.Vague("dozens"); !ok || r.Low != corvee.Int(10) || r.High.Known() || !r.Approx {
		t.Errorf("dozens = %v %t", r, ok)
	}
	for _, word := range []string{"note", "umpteen", ""} {
		if r, ok := v.Vague(word); ok {
			t.Errorf("Vague(%q) = %v", word, r)
		}
	}
}

// Whatever a map leads to is in its closed list.
func TestVocabularyMapsIntoTheLists(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	lists := closedLists()
	for name, words := range mapsOf(t) {
		for _, word := range words {
			var err error
			var good bool
			switch name {
			case "facts.kind":
				kind, indicator, e := v.FactKind(word)
				err, good = e, kind.Valid() && (kind == corvee.KindCondition) == indicator.Valid()
			case "facts.unit":
				unit, e := v.FactUnit(word)
				err, good = e, unit.Valid()
			case "facts.modality":
				f, e := v.FactFactuality(word)
				err, good = e, f.Valid()
			case "facts.per":
				per, period, e := v.FactPer(word)
				err, good = e, per.Valid() != period.Valid()
			case "facts.sector":
				sectors, e := v.FactSectors(word)
				err, good = e, true
				for _, s := range sectors {
					good = good && s.Valid()
				}
			case "gold.unit":
				unit, e := v.GoldUnit(word)
				err, good = e, unit.Valid()
			case "lexicon.sector":
				s, e := v.LexiconSector(word)
				err, good = e, s.Valid()
			case "programme":
				list, ok := v.Programme(word)
				good = ok && list.Valid()
			case "gold.sector":
				good = corvee.Sector(word).Valid()
			default:
				t.Errorf("map %s has no check here; lists: %d", name, len(lists))
				good = true
			}
			if err != nil || !good {
				t.Errorf("%s: %q leads out of the closed lists: %v", name, word, err)
			}
		}
	}
}

// mapsOf returns the words of each map of the vocabulary file.
func mapsOf(t *testing.T) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile("vocabulary.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Map map[string]json.RawMessage `json:"map"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for name, body := range file.Map {
		var table map[string]any
		if json.Unmarshal(body, &table) == nil {
			out[name] = slices.Sorted(maps.Keys(table))
		}
	}
	return out
}
