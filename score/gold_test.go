package score_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"corvee"
)

const goldDir = "testdata/gold"

// goldClaim is a claim as testdata/gold/README.md describes it.
type goldClaim struct {
	Kind        corvee.Kind       `json:"kind"`
	Subject     string            `json:"subject"`
	Place       *string           `json:"place"`
	Country     *string           `json:"country"`
	Site        *string           `json:"site"`
	Employer    *string           `json:"employer"`
	Sector      corvee.Sector     `json:"sector"`
	Value       *goldValue        `json:"value"`
	Per         corvee.Per        `json:"per"`
	Date        *string           `json:"date"`
	DateRange   []string          `json:"date_range"`
	Label       *string           `json:"label"`
	Indicator   corvee.Indicator  `json:"indicator"`
	Attribution string            `json:"attribution"`
	Speaker     corvee.Speaker    `json:"speaker"`
	Via         *string           `json:"via"`
	Hedge       corvee.Factuality `json:"hedge"`
	Polarity    corvee.Polarity   `json:"polarity"`
	Span        [2]int            `json:"span"`
	Quote       string            `json:"quote"`
	AltSpans    [][2]int          `json:"alt_spans"`
	Also        []corvee.Kind     `json:"also"`
}

type goldValue struct {
	Low      *float64          `json:"low"`
	High     *float64          `json:"high"`
	Unit     string            `json:"unit"`
	Currency *string           `json:"currency"`
	Period   corvee.RatePeriod `json:"period"`
	Approx   bool              `json:"approx"`
	Percent  bool              `json:"percent"`
}

type goldRecord struct {
	ID           string         `json:"id"`
	URL          string         `json:"url"`
	Title        string         `json:"title"`
	Lang         string         `json:"lang"`
	Publisher    string         `json:"publisher"`
	Published    *string        `json:"published"`
	Group        *string        `json:"group"`
	HardNegative bool           `json:"hard_negative"`
	TextChars    int            `json:"text_chars"`
	TextSHA256   string         `json:"text_sha256"`
	Claims       []goldClaim    `json:"claims"`
	Relations    []goldRelation `json:"relations"`
}

type goldRelation struct {
	Type string `json:"type"`
	Of   string `json:"of"`
}

// goldUnits are the unit words of the guide; the others are the contract's own.
var goldUnits = []string{"money", "persons", "percent", "hours", "hours of sleep", "days", "days off", "outings", "kg"}

func readGold(t *testing.T) []goldRecord {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(goldDir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v, want record files", files, err)
	}
	var records []goldRecord
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(raw) {
			var r goldRecord
			dec := json.NewDecoder(bytes.NewReader(line))
			dec.DisallowUnknownFields()
			if err := dec.Decode(&r); err != nil {
				t.Fatalf("%s, record after %d: %v", file, len(records), err)
			}
			records = append(records, r)
		}
	}
	return records
}

// body returns a report's text without the address on its first line.
func body(t *testing.T, r goldRecord) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(goldDir, "texts", r.ID+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	address, text, _ := strings.Cut(string(raw), "\n")
	if address != r.URL {
		t.Errorf("%s: first line %q, want %q", r.ID, address, r.URL)
	}
	return text
}

func TestGoldIsGrounded(t *testing.T) {
	t.Parallel()
	for _, r := range readGold(t) {
		text := body(t, r)
		sum := sha256.Sum256([]byte(text))
		if got := hex.EncodeToString(sum[:]); got != r.TextSHA256 || utf8.RuneCountInString(text) != r.TextChars {
			t.Errorf("%s: text has %d code points and hash %s, want %d and %s", r.ID, utf8.RuneCountInString(text), got, r.TextChars, r.TextSHA256)
			continue
		}
		runes := []rune(text)
		for _, c := range r.Claims {
			if got := slice(runes, c.Span); got != c.Quote || got == "" {
				t.Errorf("%s: %v slices to %q, want %q", r.ID, c.Span, got, c.Quote)
			}
			for _, alt := range c.AltSpans {
				if slice(runes, alt) == "" || alt == c.Span {
					t.Errorf("%s: alt span %v of %q is empty, outside or the span itself", r.ID, alt, c.Quote)
				}
			}
		}
	}
}

func slice(runes []rune, span [2]int) string {
	if span[0] < 0 || span[1] > len(runes) || span[0] >= span[1] {
		return ""
	}
	return string(runes[span[0]:span[1]])
}

func TestGoldSpeaksTheVocabulary(t *testing.T) {
	t.Parallel()
	for _, r := range readGold(t) {
		for _, c := range r.Claims {
			for what, ok := range map[string]bool{
				"kind":        c.Kind.Valid(),
				"indicator":   (c.Kind == corvee.KindCondition) == c.Indicator.Valid() && (c.Indicator == "" || c.Indicator.Valid()),
				"sector":      c.Sector == "" || c.Sector.Valid(),
				"hedge":       c.Hedge.Valid(),
				"polarity":    c.Polarity.Valid() && (c.Hedge != corvee.Denied || c.Polarity == corvee.Negative),
				"speaker":     c.Speaker.Valid() && c.Attribution != "",
				"subject":     c.Subject != "",
				"date":        c.Date == nil || validDate(*c.Date),
				"date_range":  len(c.DateRange) == 0 || len(c.DateRange) == 2 && c.DateRange[0] <= c.DateRange[1],
				"per":         (c.Value == nil) == (c.Per == "") && (c.Per == "" || c.Per.Valid()),
				"also":        !slices.ContainsFunc(c.Also, func(k corvee.Kind) bool { return !k.Valid() || k == c.Kind }),
				"order label": c.Kind != corvee.KindOrder && c.Kind != corvee.KindLaw && c.Kind != corvee.KindDenial || c.Label != nil,
			} {
				if !ok {
					t.Errorf("%s: %s of the claim %q is not of the closed lists: %+v", r.ID, what, c.Quote, c)
				}
			}
			if c.Value != nil {
				checkValue(t, r.ID, c.Quote, *c.Value)
			}
		}
	}
}

func validDate(s string) bool {
	for len(s) < len("2006-01-02") {
		s += "-01"
	}
	_, err := corvee.ParseDate(s)
	return err == nil
}

func checkValue(t *testing.T, id, quote string, v goldValue) {
	t.Helper()
	if v.Low == nil && v.High == nil || v.Low != nil && v.High != nil && *v.Low > *v.High {
		t.Errorf("%s: %q: value %+v is empty or turned round", id, quote, v)
	}
	if !slices.Contains(goldUnits, v.Unit) && !corvee.Unit(v.Unit).Valid() {
		t.Errorf("%s: %q: unit %q", id, quote, v.Unit)
	}
	if v.Period != "" && !v.Period.Valid() || v.Percent != (v.Unit == "percent") {
		t.Errorf("%s: %q: period %q, percent %v", id, quote, v.Period, v.Percent)
	}
	nothing := v.Low != nil && v.High != nil && *v.High == 0 // "paid nothing" has no currency
	if (v.Unit == "money" && !nothing) != (v.Currency != nil) {
		t.Errorf("%s: %q: unit %s with currency %v", id, quote, v.Unit, v.Currency)
	}
}

func TestGoldHangsTogether(t *testing.T) {
	t.Parallel()
	records := readGold(t)
	seen := map[string]goldRecord{}
	for _, r := range records {
		if _, twice := seen[r.ID]; twice {
			t.Errorf("record %s stands twice", r.ID)
		}
		seen[r.ID] = r
		if r.HardNegative != strings.HasPrefix(r.ID, "hn_") || r.HardNegative == (len(r.Claims) > 0) {
			t.Errorf("%s: hard negative %v with %d claims", r.ID, r.HardNegative, len(r.Claims))
		}
	}
	texts, err := filepath.Glob(filepath.Join(goldDir, "texts", "*.txt"))
	if err != nil || len(texts) != len(records) {
		t.Errorf("%d texts (%v), want one for each of %d records", len(texts), err, len(records))
	}
	for _, r := range records {
		for _, rel := range r.Relations {
			if !slices.Contains([]string{"reprint", "translation", "cites"}, rel.Type) || rel.Of == "" || rel.Of == r.ID {
				t.Errorf("%s: relation %+v", r.ID, rel)
			}
			if of, ok := seen[rel.Of]; ok && (of.Group == nil || r.Group == nil || *of.Group != *r.Group) {
				t.Errorf("%s %s %s, but they are of two groups", r.ID, rel.Type, rel.Of)
			}
		}
	}
	checkGroups(t, seen)
}

func checkGroups(t *testing.T, seen map[string]goldRecord) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(goldDir, "groups.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups map[string]struct {
			About   string              `json:"about"`
			Origins map[string]string   `json:"origins"`
			Docs    map[string][]string `json:"docs"`
			Note    string              `json:"note"`
		} `json:"groups"`
	}
	dec := json.NewDecoder(bufio.NewReader(bytes.NewReader(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		t.Fatal(err)
	}
	for id, r := range seen {
		if r.Group == nil {
			continue
		}
		origins, ok := file.Groups[*r.Group].Docs[id]
		if !ok || len(origins) == 0 {
			t.Errorf("%s: no origin in group %s", id, *r.Group)
		}
		for _, o := range origins {
			if file.Groups[*r.Group].Origins[o] == "" {
				t.Errorf("%s: group %s has no origin %s", id, *r.Group, o)
			}
		}
	}
	for name, g := range file.Groups {
		for id := range g.Docs {
			if r, ok := seen[id]; !ok || r.Group == nil || *r.Group != name {
				t.Errorf("group %s names %s, which is not of it", name, id)
			}
		}
	}
}

// The set must stay wide: every kind and indicator, three languages, and enough texts
// that hold nothing.
func TestGoldIsWide(t *testing.T) {
	t.Parallel()
	languages, kinds, indicators := map[string]int{}, map[corvee.Kind]int{}, map[corvee.Indicator]int{}
	hard := map[string]int{}
	for _, r := range readGold(t) {
		languages[r.Lang]++
		if r.HardNegative {
			hard[r.Lang]++
		}
		for _, c := range r.Claims {
			kinds[c.Kind]++
			indicators[c.Indicator]++
		}
	}
	for lang, least := range map[string]int{"en": 25, "ko": 21, "zh": 16} {
		if languages[lang] < least || hard[lang] < 4 {
			t.Errorf("%s: %d reports, %d of them hard negatives, want at least %d and 4", lang, languages[lang], hard[lang], least)
		}
	}
	for _, k := range corvee.Kinds() {
		if kinds[k] == 0 {
			t.Errorf("no claim of kind %s", k)
		}
	}
	for _, i := range corvee.Indicators() {
		if indicators[i] == 0 {
			t.Errorf("no condition with indicator %s", i)
		}
	}
}
