package corvee

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed vocabulary.json
var vocabularyJSON []byte

// Vocabulary is the closed lists and the maps from the words of other lists to them. A
// word is mapped, or refused by name, or unknown: nothing is guessed.
type Vocabulary struct {
	lists   map[string]json.RawMessage
	maps    map[string]map[string]json.RawMessage
	rejects map[string][]string
}

// LoadVocabulary returns the vocabulary of this version. It costs one parse of 8 kB.
func LoadVocabulary() (Vocabulary, error) { return ParseVocabulary(vocabularyJSON) }

// ParseVocabulary reads a vocabulary file in the layout of vocabulary.json.
func ParseVocabulary(raw []byte) (Vocabulary, error) {
	var v Vocabulary
	if err := json.Unmarshal(raw, &v.lists); err != nil {
		return v, fmt.Errorf("vocabulary: %w", err)
	}
	var maps map[string]json.RawMessage
	if err := json.Unmarshal(v.lists["map"], &maps); err != nil {
		return v, fmt.Errorf("vocabulary: map: %w", err)
	}
	v.maps = map[string]map[string]json.RawMessage{}
	for name, raw := range maps {
		var table map[string]json.RawMessage
		if json.Unmarshal(raw, &table) == nil { // the notes between the maps are strings
			v.maps[name] = table
		}
	}
	if err := json.Unmarshal(v.lists["rejects"], &v.rejects); err != nil {
		return v, fmt.Errorf("vocabulary: rejects: %w", err)
	}
	return v, nil
}

// Closed returns a closed list by its name in the file.
func (v Vocabulary) Closed(name string) []string {
	var words []string
	_ = json.Unmarshal(v.lists[name], &words)
	return words
}

// Programme returns the list that a sanctions programme belongs to.
func (v Vocabulary) Programme(code string) (ListID, bool) {
	var id ListID
	raw, ok := v.maps["programme"][code]
	return id, ok && json.Unmarshal(raw, &id) == nil
}

// FactKind returns the kind, and for a condition the indicator, of a reported fact.
// It returns ErrUnsupported for a kind that is refused, ErrInvalid for an unknown one.
func (v Vocabulary) FactKind(word string) (Kind, Indicator, error) {
	if Kind(word).Valid() {
		return Kind(word), "", nil
	}
	raw, err := v.lookup("facts.kind", word)
	if err != nil {
		return "", "", err
	}
	var with struct {
		Kind      Kind      `json:"kind"`
		Indicator Indicator `json:"indicator"`
	}
	if json.Unmarshal(raw, &with) == nil {
		return with.Kind, with.Indicator, nil
	}
	var kind Kind
	err = json.Unmarshal(raw, &kind)
	return kind, "", err
}

// FactUnit returns the unit of a reported fact, under the rule of FactKind.
func (v Vocabulary) FactUnit(word string) (Unit, error) { return mapped[Unit](v, "facts.unit", word) }

// FactFactuality returns the factuality for the modality of a reported fact.
func (v Vocabulary) FactFactuality(word string) (Factuality, error) {
	return mapped[Factuality](v, "facts.modality", word)
}

// GoldUnit returns the unit for a unit of the annotated reports.
func (v Vocabulary) GoldUnit(word string) (Unit, error) { return mapped[Unit](v, "gold.unit", word) }

// GoldSectors returns the sectors that a reader may rightly name for the sector of an
// annotated report; "other" there takes in trades that have their own id here.
func (v Vocabulary) GoldSectors(word string) ([]Sector, error) {
	if raw, err := v.lookup("gold.sector", word); err == nil {
		var several []Sector
		err = json.Unmarshal(raw, &several)
		return several, err
	}
	if !Sector(word).Valid() {
		return nil, fmt.Errorf("%w: gold.sector %q is not in the vocabulary", ErrInvalid, word)
	}
	return []Sector{Sector(word)}, nil
}

// LexiconSector returns the sector for an id of the lexicon.
func (v Vocabulary) LexiconSector(word string) (Sector, error) {
	return mapped[Sector](v, "lexicon.sector", word)
}

// FactPer returns the rate that a fact's "per" stands for: a Per or a RatePeriod.
func (v Vocabulary) FactPer(word string) (Per, RatePeriod, error) {
	if Per(word).Valid() && v.maps["facts.per"][word] == nil {
		return Per(word), "", nil
	}
	text, err := mapped[string](v, "facts.per", word)
	if period, ok := strings.CutPrefix(text, "period "); ok {
		return "", RatePeriod(period), err
	}
	return Per(strings.TrimPrefix(text, "per ")), "", err
}

// FactSectors returns the sectors of a reported fact; none where the fact is about all.
func (v Vocabulary) FactSectors(word string) ([]Sector, error) {
	if Sector(word).Valid() {
		return []Sector{Sector(word)}, nil
	}
	raw, err := v.lookup("facts.sector", word)
	if err != nil {
		return nil, err
	}
	var several []Sector
	if json.Unmarshal(raw, &several) == nil {
		return several, nil
	}
	var one Sector
	err = json.Unmarshal(raw, &one)
	if one == "" {
		return nil, err
	}
	return []Sector{one}, err
}

// Vague returns the range of a vague number word ("dozens": at least 10).
func (v Vocabulary) Vague(word string) (Range, bool) {
	var table map[string]json.RawMessage
	var ends []json.Number
	_ = json.Unmarshal(v.lists["vague_numbers"], &table)
	if json.Unmarshal(table[word], &ends) != nil || len(ends) != 2 {
		return Range{}, false
	}
	low, _ := ParseDecimal(ends[0].String())
	high, _ := ParseDecimal(ends[1].String()) // null parses to "", which stays unknown
	return Range{Low: low, High: high, Approx: true}, true
}

func mapped[T ~string](v Vocabulary, table, word string) (T, error) {
	if slices.Contains(v.Closed(strings.SplitN(table, ".", 2)[1]), word) {
		return T(word), nil
	}
	raw, err := v.lookup(table, word)
	if err != nil {
		return "", err
	}
	var out T
	err = json.Unmarshal(raw, &out)
	return out, err
}

func (v Vocabulary) lookup(table, word string) (json.RawMessage, error) {
	if raw, ok := v.maps[table][word]; ok {
		return raw, nil
	}
	if slices.Contains(v.rejects[table], word) {
		return nil, fmt.Errorf("%w: %s %q has no place in corvee/1", ErrUnsupported, table, word)
	}
	return nil, fmt.Errorf("%w: %s %q is not in the vocabulary", ErrInvalid, table, word)
}
