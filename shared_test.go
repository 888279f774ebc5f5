//go:build shared

package corvee_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"corvee"
)

// sharedFile reads a file of the shared folder, which make names in CORVEE_SHARED.
func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("CORVEE_SHARED")
	if folder == "" {
		t.Fatal("CORVEE_SHARED names no folder")
	}
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func sharedJSON[T any](t *testing.T, name string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(sharedFile(t, name), &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func TestSharedVocabularyIsEmbedded(t *testing.T) {
	t.Parallel()
	ours, err := os.ReadFile("vocabulary.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ours, sharedFile(t, "data/vocabulary.json")) {
		t.Error("vocabulary.json is not the shared one")
	}
}

type fact struct {
	ID, Kind, Sector, Modality, Country string
	Value                               *struct {
		Min, Max            corvee.Decimal
		Unit, Per, Currency *string
	}
	Period struct{ Start, End corvee.Date }
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Every word of the facts is mapped or stands under rejects; a fact whose words are all
// mapped becomes slots that hold and pass the schema.
func TestSharedFactsAreMappedOrRefused(t *testing.T) {
	t.Parallel()
	v, valid := vocabulary(t), validator(t)
	facts := sharedJSON[struct{ Facts []fact }](t, "data/facts.json").Facts
	refused := map[string]int{}
	taken := 0
	for _, f := range facts {
		c, err := claimOfFact(v, f)
		switch {
		case errors.Is(err, corvee.ErrUnsupported):
			refused[err.Error()]++
			continue
		case err != nil:
			t.Errorf("%s: %v", f.ID, err)
			continue
		case c.Kind == corvee.KindCondition && c.Indicator == "":
			refused["a condition whose indicator the fact does not name"]++
			continue
		}
		taken++
		checkClaim(t, valid, f.ID, c)
	}
	total := taken
	for _, why := range slices.Sorted(keys(refused)) {
		total += refused[why]
		t.Logf("refused %3d: %s", refused[why], why)
	}
	t.Logf("taken %d of %d facts", taken, len(facts))
	if total != len(facts) || taken < 200 {
		t.Errorf("%d facts, %d taken, %d accounted for", len(facts), taken, total)
	}
}

func keys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// claimOfFact maps the words of a fact; the quote is a stand-in, since a fact has a source
// and no text.
func claimOfFact(v corvee.Vocabulary, f fact) (corvee.Claim, error) {
	kind, indicator, err := v.FactKind(f.Kind)
	if err != nil {
		return corvee.Claim{}, err
	}
	sectors, err := v.FactSectors(f.Sector)
	if err != nil {
		return corvee.Claim{}, err
	}
	factuality, err := v.FactFactuality(f.Modality)
	if err != nil {
		return corvee.Claim{}, err
	}
	when := corvee.Between(f.Period.Start, f.Period.End)
	c := corvee.Claim{
		Kind: kind, Indicator: indicator, Factuality: factuality, Polarity: corvee.Positive, When: &when,
		Quote:  corvee.Quote{Exact: f.ID, Span: corvee.Span{End: len(f.ID)}},
		Origin: corvee.FromFact, Review: corvee.ReviewUnreviewed,
		Attribution: []corvee.Attribution{{Speaker: corvee.SpeakerAuthor}},
	}
	if len(sectors) > 0 {
		c.Sector = sectors[0]
	}
	if f.Value == nil {
		return c, nil
	}
	unit, err := v.FactUnit(str(f.Value.Unit))
	if err != nil {
		return corvee.Claim{}, err
	}
	c.Value = &corvee.Value{Range: corvee.Range{Low: f.Value.Min, High: f.Value.Max}, Unit: unit, Currency: str(f.Value.Currency)}
	if f.Value.Per != nil {
		c.Value.Per, c.Value.Period, err = v.FactPer(*f.Value.Per)
	}
	return c, err
}

func checkClaim(t *testing.T, valid func([]byte) error, name string, c corvee.Claim) {
	t.Helper()
	c.ID = c.NewID()
	if err := c.Validate(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if line := encode(t, corvee.Message{Claim: &c}); valid([]byte(line)) != nil {
		t.Errorf("%s: %v: %s", name, valid([]byte(line)), line)
	}
}

type goldReport struct {
	ID, URL, Title, Lang, Publisher string
	Published                       corvee.Date
	TextChars                       int    `json:"text_chars"`
	TextSHA256                      string `json:"text_sha256"`
	Claims                          []goldClaim
	Relations                       []struct{ Type, Of string }
}

type goldClaim struct {
	Kind, Subject, Hedge, Attribution                        string
	Place, Country, Site, Employer, Sector, Label, Indicator *string
	Value                                                    *struct {
		Low, High        corvee.Decimal
		Unit             string
		Currency, Period *string
		Approx           bool
	}
	Date      corvee.Date
	DateRange []corvee.Date `json:"date_range"`
	Span      [2]int
}

func gold(t *testing.T) []goldReport {
	t.Helper()
	var out []goldReport
	lines := bufio.NewScanner(bytes.NewReader(sharedFile(t, "gold/dev.jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r goldReport
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// Every annotated report, claim and relation is a message that the schema takes.
func TestSharedGoldFitsTheContract(t *testing.T) {
	t.Parallel()
	v, valid := vocabulary(t), validator(t)
	claims := 0
	for _, r := range gold(t) {
		report := corvee.Report{
			ID: "sha256:" + r.TextSHA256, Text: "sha256:" + r.TextSHA256, URL: r.URL, Title: r.Title, Publisher: r.Publisher,
			Published: r.Published, Lang: r.Lang, MediaType: "text/plain", Bytes: 1,
		}
		if line := encode(t, corvee.Message{Report: &report}); valid([]byte(line)) != nil {
			t.Errorf("%s: %v", r.ID, valid([]byte(line)))
		}
		for i, g := range r.Claims {
			claims++
			c, err := claimOfGold(v, g)
			if err != nil {
				t.Errorf("%s claim %d: %v", r.ID, i, err)
				continue
			}
			checkClaim(t, valid, r.ID, c)
		}
		for _, relation := range r.Relations {
			kind := map[string]corvee.LineageKind{"reprint": corvee.LineageReprint, "translation": corvee.LineageTranslation, "cites": corvee.LineageCitation}[relation.Type]
			edge := corvee.Lineage{From: r.ID, To: relation.Of, Kind: kind, Evidence: []string{"annotated"}}
			if line := encode(t, corvee.Message{Lineage: &edge}); valid([]byte(line)) != nil {
				t.Errorf("%s: relation %q: %v", r.ID, relation.Type, valid([]byte(line)))
			}
		}
	}
	if claims < 300 {
		t.Errorf("%d claims", claims)
	}
	t.Logf("%d claims fit", claims)
}

func claimOfGold(v corvee.Vocabulary, g goldClaim) (corvee.Claim, error) {
	c := corvee.Claim{
		Kind: corvee.Kind(g.Kind), Subject: g.Subject, Site: str(g.Site), Employer: str(g.Employer), Sector: corvee.Sector(str(g.Sector)),
		Label: str(g.Label), Indicator: corvee.Indicator(str(g.Indicator)), Factuality: corvee.Factuality(g.Hedge), Polarity: corvee.Positive,
		Attribution: []corvee.Attribution{speakerOf(g.Attribution)}, Origin: corvee.FromReviewer, Review: corvee.ReviewAdded,
		// The texts are not there: a stand-in of the right length holds the place.
		Quote: corvee.Quote{Exact: strings.Repeat("x", g.Span[1]-g.Span[0]), Span: corvee.Span{Start: g.Span[0], End: g.Span[1]}},
	}
	if g.Place != nil {
		c.Places = []corvee.Place{{ID: *g.Place, Name: *g.Place, Precision: corvee.AtCity}}
	}
	switch {
	case len(g.DateRange) == 2:
		when := corvee.Between(g.DateRange[0], g.DateRange[1])
		c.When = &when
	case g.Date.Known():
		when := corvee.During(g.Date)
		c.When = &when
	}
	if g.Value == nil {
		return c, nil
	}
	unit, err := v.GoldUnit(g.Value.Unit)
	c.Value = &corvee.Value{
		Range: corvee.Range{Low: g.Value.Low, High: g.Value.High, Approx: g.Value.Approx},
		Unit:  unit, Currency: str(g.Value.Currency), Period: corvee.RatePeriod(str(g.Value.Period)),
	}
	return c, err
}

// speakerOf is as coarse as the annotation, which does not tell classes of speaker apart.
func speakerOf(who string) corvee.Attribution {
	switch {
	case strings.HasPrefix(who, "author"):
		return corvee.Attribution{Speaker: corvee.SpeakerAuthor}
	case strings.Contains(who, "source"), strings.Contains(who, "worker"):
		return corvee.Attribution{Role: "source", Code: "A-1", Speaker: corvee.SpeakerAnonymous}
	}
	return corvee.Attribution{Name: who, Speaker: corvee.SpeakerInstitution}
}

// The annotated offsets of the seed count code points; each becomes bytes and comes back.
func TestSharedSeedSpansConvert(t *testing.T) {
	t.Parallel()
	raw := sharedFile(t, "seed/daily-nk-2020-11.txt")
	text := newText(t, string(raw))
	for _, r := range gold(t) {
		if r.ID != "seed" {
			continue
		}
		body := strings.TrimSpace(string(raw))
		sum := sha256.Sum256([]byte(body))
		if hex.EncodeToString(sum[:]) != r.TextSHA256 {
			t.Log("the annotated body differs a little from the file; offsets are checked all the same")
		}
		for i, g := range r.Claims {
			span, err := text.FromCodePoints(g.Span[0], g.Span[1])
			if err != nil {
				t.Errorf("claim %d: %v", i, err)
				continue
			}
			quote, _ := text.Quote(span)
			start, end, err := text.CodePoints(span)
			if err != nil || start != g.Span[0] || end != g.Span[1] || text.Ground(quote) != nil || len([]rune(quote.Exact)) != end-start {
				t.Errorf("claim %d: %v became %v became %d:%d, %v", i, g.Span, span, start, end, err)
			}
		}
	}
}

func TestSharedListsUseTheVocabulary(t *testing.T) {
	t.Parallel()
	v := vocabulary(t)
	for _, s := range sharedJSON[struct{ Sectors []struct{ ID string } }](t, "data/lexicon.json").Sectors {
		if sector, err := v.LexiconSector(s.ID); err != nil || !sector.Valid() {
			t.Errorf("lexicon sector %q → %q, %v", s.ID, sector, err)
		}
	}
	for _, p := range sharedJSON[struct{ Places []struct{ Type string } }](t, "data/lexicon.json").Places {
		if p.Type == "" {
			t.Error("a place without a type")
		}
	}
	ilo := sharedJSON[struct {
		Indicators []struct{ ID corvee.Indicator }
		Scale      struct {
			Levels []struct{ Level corvee.Level }
		}
	}](t, "data/ilo_indicators.json")
	var ids []corvee.Indicator
	for _, i := range ilo.Indicators {
		ids = append(ids, i.ID)
	}
	slices.Sort(ids)
	ours := corvee.Indicators()
	slices.Sort(ours)
	if !slices.Equal(ids, ours) {
		t.Errorf("ILO indicators %v, ours %v", ids, ours)
	}
	for _, l := range ilo.Scale.Levels {
		if l.Level != "proven" && !l.Level.Valid() {
			t.Errorf("level %q", l.Level)
		}
	}
}

// Every list that a law names is of the closed list, and every instrument can be cited by
// a claim that holds.
func TestSharedLawNamesKnownLists(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	law := sharedJSON[struct {
		Instruments []struct {
			ID, Title string
			InForce   corvee.Date `json:"date_in_force"`
			Triggers  any
		}
	}](t, "data/law.json")
	lists := 0
	for _, instrument := range law.Instruments {
		for _, id := range listIDs(instrument.Triggers) {
			lists++
			if !corvee.ListID(id).Valid() {
				t.Errorf("%s: list %q is not in the vocabulary", instrument.ID, id)
			}
		}
		c := sample(func(c *corvee.Claim) {
			c.Kind, c.Label, c.Value = corvee.KindLaw, instrument.ID, nil
			if instrument.InForce.Known() {
				c.When = ptr(corvee.During(instrument.InForce))
			}
		})
		checkClaim(t, valid, instrument.ID, c)
	}
	if len(law.Instruments) == 0 || lists == 0 {
		t.Errorf("%d instruments that name %d lists", len(law.Instruments), lists)
	}
}

// listIDs returns the values of every condition on a field that ends in listed_on.
func listIDs(node any) []string {
	var out []string
	switch n := node.(type) {
	case []any:
		for _, one := range n {
			out = append(out, listIDs(one)...)
		}
	case map[string]any:
		if field, _ := n["field"].(string); strings.HasSuffix(field, "listed_on") {
			switch value := n["value"].(type) {
			case string:
				out = append(out, value)
			case []any:
				for _, one := range value {
					if id, ok := one.(string); ok {
						out = append(out, id)
					}
				}
			}
		}
		for _, one := range n {
			out = append(out, listIDs(one)...)
		}
	}
	return out
}

// Each source of the facts is a report of which only the metadata is known.
func TestSharedSourcesAreReports(t *testing.T) {
	t.Parallel()
	valid := validator(t)
	file := sharedJSON[struct {
		Sources []struct {
			ID, URL, Publisher, Lang string
			Date                     corvee.Date
		}
		Facts []struct{ Source string }
	}](t, "data/facts.json")
	known := map[string]bool{}
	for _, s := range file.Sources {
		known[s.ID] = true
		report := corvee.Report{ID: s.ID, URL: s.URL, Publisher: s.Publisher, Lang: s.Lang, Published: s.Date, MediaType: "text/html"}
		if line := encode(t, corvee.Message{Report: &report}); valid([]byte(line)) != nil {
			t.Errorf("%s: %v", s.ID, valid([]byte(line)))
		}
	}
	for i, f := range file.Facts {
		if !known[f.Source] {
			t.Errorf("fact %d rests on source %q, which is not listed", i, f.Source)
		}
	}
}
