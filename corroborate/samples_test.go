package corroborate_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/corroborate"
	"corvee/samples"
)

var (
	unread = regexp.MustCompile(`(?s)<(script|style|head|nav|footer|aside).*?</(script|style|head|nav|footer|aside)>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// sampleClaims are what the samples state, as a reader of each language would have it; the
// samples were not looked at when the bounds of lineage were set.
func sampleClaims() map[string][]corvee.Claim {
	at := func(place string, c corvee.Claim) corvee.Claim {
		c.Places = []corvee.Place{{ID: place, Name: place, Country: "CN", Precision: corvee.AtCity}}
		return c
	}
	span := func(low, high int64, c corvee.Claim) corvee.Claim {
		c.Value.Range = corvee.Range{Low: corvee.Int(low), High: corvee.Int(high)}
		return c
	}
	hours := func(n int64, chain ...corvee.Attribution) corvee.Claim {
		c := heads(n, chain...)
		c.Kind, c.Indicator, c.Value.Unit, c.Value.Per = corvee.KindCondition, corvee.IndicatorExcessiveOvertime, corvee.UnitHour, corvee.PerPerson
		return c
	}
	post := said(corvee.SpeakerPublisher, "Tumen River Post")
	plant := []corvee.Claim{
		at("tumen", heads(180, anonymous)), at("tumen", money(corvee.KindWage, 2600, corvee.PerPerson, anonymous)),
		at("tumen", money(corvee.KindLevy, 1900, corvee.PerPerson, anonymous)), at("tumen", money(corvee.KindTransfer, 342000, corvee.PerTotal, anonymous)),
	}
	donggang := []corvee.Claim{
		at("donggang", span(450, 500, heads(0, anonymous))), at("donggang", heads(200, anonymous)), at("dandong", heads(25, author())),
		at("donggang", hours(16, anonymous)), at("donggang", span(2400, 2700, money(corvee.KindWage, 0, corvee.PerPerson, anonymous))),
		at("donggang", span(500, 600, money(corvee.KindNetPay, 0, corvee.PerPerson, anonymous))),
	}
	moved := slices.Clone(donggang) // the Chinese edition tells of the restaurant last
	moved[2], moved[3], moved[4], moved[5] = donggang[3], donggang[4], donggang[5], donggang[2]
	return map[string][]corvee.Claim{
		"reports/tumen-plant-lead.txt":     append(slices.Clone(plant), at("tumen", hours(14, anonymous))),
		"reports/tumen-plant-reprint.html": append(slices.Clone(plant), at("tumen", hours(14, anonymous))),
		"reports/tumen-plant-ko.txt":       append(slices.Clone(plant), at("tumen", hours(14, anonymous))),
		"reports/tumen-plant-citing.txt": {
			at("tumen", money(corvee.KindTransfer, 340000, corvee.PerTotal, post)), at("tumen", heads(180, anonymous, post)),
			at("tumen", money(corvee.KindLevy, 1900, corvee.PerPerson, anonymous, post)), at("tumen", money(corvee.KindWage, 2600, corvee.PerPerson, anonymous, post)),
		},
		"reports/donggang-seafood.txt":    donggang,
		"reports/donggang-seafood-zh.txt": moved,
	}
}

func sampleDocuments(t *testing.T) []corroborate.Document {
	t.Helper()
	listed, err := samples.Reports()
	if err != nil {
		t.Fatal(err)
	}
	claims := sampleClaims()
	var out []corroborate.Document
	for _, r := range listed {
		raw, err := samples.Files.ReadFile(r.File)
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		if strings.HasSuffix(r.File, ".html") {
			text = html.UnescapeString(tags.ReplaceAllString(unread.ReplaceAllString(text, ""), ""))
		}
		d := paper(r.File, r.Publisher, claims[r.File]...)
		d.Text, d.Report.Lang, d.Report.URL, d.Report.Published = mustText(text), r.Lang, r.URL, date(t, r.Published)
		out = append(out, d)
	}
	return out
}

func TestSamples(t *testing.T) {
	t.Parallel()
	docs := sampleDocuments(t)
	edges := corroborate.Lineage(docs)
	var got []string
	for _, e := range edges {
		got = append(got, fmt.Sprintf("%s %s %s", strings.TrimPrefix(e.From, "reports/"), e.Kind, strings.TrimPrefix(e.To, "reports/")))
	}
	want := []string{
		"donggang-seafood-zh.txt translation donggang-seafood.txt",
		"tumen-plant-citing.txt citation tumen-plant-lead.txt",
		"tumen-plant-ko.txt retelling tumen-plant-lead.txt",
		"tumen-plant-reprint.html abridgement tumen-plant-lead.txt",
	}
	if !slices.Equal(got, want) {
		t.Errorf("edges %q, want %q", got, want)
		for _, e := range edges {
			t.Logf("%+v", e)
		}
	}
	for id, s := range corroborate.Supports(docs, edges) {
		if strings.Contains(id, "tumen") && s.Origins.Max > 1 {
			t.Errorf("%s has %+v, want one origin at most: the five reports have one", id, s)
		}
	}
}
