package corroborate_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"corvee"
	"corvee/corroborate"
)

// goldDir holds the invented reports of the score room: texts, claims, and which report
// depends on which.
const goldDir = "../score/testdata/gold"

type goldRecord struct {
	ID           string         `json:"id"`
	URL          string         `json:"url"`
	Title        string         `json:"title"`
	Lang         string         `json:"lang"`
	Publisher    string         `json:"publisher"`
	Published    *string        `json:"published"`
	Group        *string        `json:"group"`
	HardNegative bool           `json:"hard_negative"`
	Claims       []goldClaim    `json:"claims"`
	Relations    []goldRelation `json:"relations"`
}

type goldRelation struct{ Type, Of string }

type goldClaim struct {
	Kind        corvee.Kind       `json:"kind"`
	Subject     string            `json:"subject"`
	Place       string            `json:"place"`
	Country     string            `json:"country"`
	Site        string            `json:"site"`
	Employer    string            `json:"employer"`
	Sector      corvee.Sector     `json:"sector"`
	Value       *goldValue        `json:"value"`
	Per         corvee.Per        `json:"per"`
	Label       string            `json:"label"`
	Indicator   corvee.Indicator  `json:"indicator"`
	Attribution string            `json:"attribution"`
	Speaker     corvee.Speaker    `json:"speaker"`
	Via         string            `json:"via"`
	Hedge       corvee.Factuality `json:"hedge"`
	Polarity    corvee.Polarity   `json:"polarity"`
	Span        [2]int            `json:"span"`
}

type goldValue struct {
	Low      *json.Number      `json:"low"`
	High     *json.Number      `json:"high"`
	Unit     string            `json:"unit"`
	Currency string            `json:"currency"`
	Period   corvee.RatePeriod `json:"period"`
	Approx   bool              `json:"approx"`
}

func readGold(t testing.TB) []goldRecord {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(goldDir, "*.jsonl"))
	if err != nil || len(files) != 3 {
		t.Fatalf("Glob = %v, %v, want three record files", files, err)
	}
	var out []goldRecord
	for _, file := range files {
		out = append(out, readRecords(t, file)...)
	}
	return out
}

func readRecords(t testing.TB, file string) []goldRecord {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []goldRecord
	for line := range bytes.Lines(raw) {
		var r goldRecord
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%s, record after %d: %v", file, len(out), err)
		}
		out = append(out, r)
	}
	return out
}

func goldText(t testing.TB, id string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(goldDir, "texts", id+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(raw), "\n")
	return text
}

// goldDocuments are the reports as the pipeline would hand them over, with the annotated
// claims in the place of read ones and the gold's ids in the place of hashes.
func goldDocuments(t testing.TB) []corroborate.Document {
	t.Helper()
	var out []corroborate.Document
	for _, r := range readGold(t) {
		out = append(out, goldDocument(t, r, goldText(t, r.ID)))
	}
	return out
}

func goldDocument(t testing.TB, r goldRecord, text string) corroborate.Document {
	t.Helper()
	content, err := corvee.NewText(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	d := corroborate.Document{Text: content, Report: corvee.Report{
		ID: r.ID, Text: content.Hash(), URL: r.URL, Title: r.Title, Publisher: r.Publisher, Lang: r.Lang,
	}}
	if r.Published != nil {
		d.Report.Published = date(t, *r.Published)
	}
	for i, c := range r.Claims {
		d.Claims = append(d.Claims, c.claim(t, d.Report, text, i))
	}
	return d
}

func date(t testing.TB, s string) corvee.Date {
	t.Helper()
	d, err := corvee.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (c goldClaim) claim(t testing.TB, r corvee.Report, text string, n int) corvee.Claim {
	t.Helper()
	out := corvee.Claim{
		ID: r.ID + "#" + strconv.Itoa(n), Report: r.ID, Text: r.Text, Kind: c.Kind, Subject: c.Subject, Site: c.Site, Employer: c.Employer,
		Nationality: nationality(c.Subject), Sector: c.Sector, Label: c.Label, Indicator: c.Indicator, Factuality: c.Hedge,
		Polarity: c.Polarity, Origin: corvee.FromReviewer, Review: corvee.ReviewUnreviewed,
		Attribution: c.chain(r.Publisher),
	}
	if out.Polarity == "" {
		out.Polarity = corvee.Positive
	}
	for name := range strings.SplitSeq(c.Place, "; ") {
		if name != "" {
			out.Places = append(out.Places, corvee.Place{ID: strings.ToLower(name), Name: name, Precision: precision(name)})
		}
	}
	for name := range strings.SplitSeq(c.Country, "; ") {
		if name != "" {
			out.Countries = append(out.Countries, name)
		}
	}
	if c.Value != nil {
		out.Value = c.Value.value(t, c.Per)
	}
	if text != "" {
		from, to := len(string([]rune(text)[:c.Span[0]])), len(string([]rune(text)[:c.Span[1]]))
		out.Quote = corvee.Quote{Exact: text[from:to], Span: corvee.Span{Start: from, End: to}}
	} else {
		out.Quote.Span = corvee.Span{Start: c.Span[0], End: c.Span[1]}
	}
	return out
}

func (c goldClaim) chain(publisher string) []corvee.Attribution {
	speaker := c.Speaker
	if speaker == "" { // the gold of real reports has no classes
		speaker = corvee.SpeakerAnonymous
		if strings.HasPrefix(c.Attribution, "author") {
			speaker = corvee.SpeakerAuthor
		}
	}
	root := corvee.Attribution{Speaker: speaker}
	switch name, _, _ := strings.Cut(c.Attribution, ", via "); {
	case speaker.Named():
		root.Name = name
	default:
		root.Role = name
	}
	chain := []corvee.Attribution{root}
	if c.Via != "" && c.Via != "Western official" {
		chain = append(chain, corvee.Attribution{Speaker: corvee.SpeakerPublisher, Name: c.Via})
	}
	return append(chain, corvee.Attribution{Speaker: corvee.SpeakerPublisher, Name: publisher})
}

func nationality(subject string) string {
	for word, code := range map[string]string{"North Korean": "KP", "Cuban": "CU", "Turkmen": "TM", "Uyghur": "CN"} {
		if strings.Contains(subject, word) {
			return code
		}
	}
	return ""
}

func precision(place string) corvee.PlacePrecision {
	for _, wide := range []string{"Northeast", "Far East", "Middle East", "Africa", "eastern China"} {
		if strings.Contains(place, wide) {
			return corvee.AtRegion
		}
	}
	return corvee.AtCity
}

func (v goldValue) value(t testing.TB, per corvee.Per) *corvee.Value {
	t.Helper()
	out := &corvee.Value{Currency: v.Currency, Per: per, Period: v.Period, Unit: goldUnit(v.Unit)}
	out.Approx = v.Approx
	out.Low, out.High = decimal(t, v.Low), decimal(t, v.High)
	return out
}

func goldUnit(unit string) corvee.Unit {
	units := map[string]corvee.Unit{
		"persons": corvee.UnitPerson, "hours": corvee.UnitHour, "hours of sleep": corvee.UnitHour,
		"days": corvee.UnitDay, "days off": corvee.UnitDay, "kg": corvee.UnitKilogram, "outings": corvee.UnitOuting,
	}
	if u := units[unit]; u != "" {
		return u
	}
	return corvee.Unit(unit)
}

func decimal(t testing.TB, n *json.Number) corvee.Decimal {
	t.Helper()
	if n == nil {
		return corvee.Decimal{}
	}
	d, err := corvee.ParseDecimal(n.String())
	if err != nil {
		t.Fatal(err)
	}
	return d
}
