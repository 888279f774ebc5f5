package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"corvee"
	"corvee/present/dossier"
	"corvee/present/export"
)

func place(id, name string, p corvee.PlacePrecision) corvee.Place {
	return corvee.Place{ID: id, Name: name, Country: "CN", Precision: p}
}

func cited(no, report int, gloss string, c corvee.Claim) dossier.Cited {
	c.Factuality, c.Polarity = corvee.Reported, corvee.Positive
	if c.Origin == "" {
		c.Origin = corvee.FromRule
	}
	if c.Review == "" {
		c.Review = corvee.ReviewUnreviewed
	}
	return dossier.Cited{No: no, Report: report, Gloss: gloss, Claim: c}
}

// sample is a Set with what is hard: formulas, marks of direction, a decimal of 40 digits, a
// place that is a province and one that is only a country, a claim of facts, of a reviewer.
func sample() export.Set {
	week := corvee.During(corvee.Date{Year: 2020, Month: 11})
	people := &corvee.Value{Range: corvee.Exactly(corvee.Int(240)), Unit: corvee.UnitPerson}
	exact := &corvee.Value{Range: corvee.Exactly(corvee.MustDecimal("2300.1234567890123456789012345678901234")), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerPerson, Period: corvee.EveryMonth}
	const firm = "Tumen Lansui Textile Co., Ltd."
	return export.Set{
		Dossier: dossier.Dossier{
			Subject: "Jilin", Kind: "place", Made: corvee.Date{Year: 2026, Month: 11, Day: 24}, Version: "0.1.0", Notice: corvee.Notice, Reviewed: "1 of 5 claims",
			Reports: []dossier.Source{
				{No: 1, ID: "sha256:aa", Publisher: "Border Ledger", Title: "=HYPERLINK(\"x\")", URL: "https://example.org/a", Published: corvee.Date{Year: 2020, Month: 11, Day: 19}, Lang: "en", Archived: true},
				{No: 2, ID: "sha256:bb", Publisher: "두만강 소식", URL: "mailto:x@example.org", Lang: "ko", DependsOn: []string{"reprint of report 1"}},
			},
			Claims: []dossier.Cited{
				cited(1, 1, "headcount, 240", corvee.Claim{ID: "c1", Kind: corvee.KindHeadcount, Value: people, Employer: firm, Sector: corvee.SectorAutoParts, Countries: []string{"CN"}, Places: []corvee.Place{place("hunchun", "Hunchun", corvee.AtCity)}, When: &week,
					Quote: corvee.Quote{Exact: "+240 women\u202e sew, \"a day\";=1+1"}, Attribution: []corvee.Attribution{{Speaker: corvee.SpeakerAnonymous, Role: "trader", Code: "A-1"}}}),
				cited(2, 2, "wage, CNY 2300", corvee.Claim{ID: "c2", Kind: corvee.KindWage, Value: exact, Employer: firm, Countries: []string{"CN"}, Places: []corvee.Place{place("jilin_prov", "Jilin", corvee.AtProvince)}, Origin: corvee.FromFact, Quote: corvee.Quote{Exact: "월 2300위안"}}),
				cited(3, 1, "activity", corvee.Claim{ID: "c3", Kind: corvee.KindActivity, Employer: "훈춘 사업소", Site: "Hunchun yard", Countries: []string{"CN"}, Places: []corvee.Place{{ID: "CN", Name: "China", Country: "CN", Precision: corvee.AtCountry}, place("nowhere", "Nowhere", corvee.AtCity)}, When: &week, Review: corvee.ReviewEdited, Quote: corvee.Quote{Exact: "-1"}}),
				cited(4, 1, "order", corvee.Claim{ID: "c4", Kind: corvee.KindOrder, Label: "@SUM(A1)", Quote: corvee.Quote{Exact: "=cmd|' /C calc'!A0"}}),
				cited(5, 2, "transfer", corvee.Claim{ID: "c5", Kind: corvee.KindTransfer, Places: []corvee.Place{place("dandong", "Dandong", corvee.AtExact)}, When: &week, Quote: corvee.Quote{Exact: "x\x00\x01y"}}),
			},
			Questions: []dossier.Question{{ID: "q1", Kind: corvee.KindHeadcount, Scope: "Hunchun", Support: corvee.Contested, Origins: corvee.OriginCount{Min: 1, Max: 2}, Positions: []dossier.Position{{Gloss: "240", Claims: []int{1}, Origins: corvee.OriginCount{Min: 1, Max: 2}, Why: []string{"-one"}}}}},
			Ledger:    []corvee.Finding{{Kind: "ledger.share", Result: corvee.ResultBounds, Text: "takes 87 %", Numbers: map[string]corvee.Range{"percent": corvee.Exactly(corvee.Int(87))}, Claims: []string{"c1", "gone"}}},
			Withheld:  []dossier.Withheld{{What: "a count under ten", Count: 2, Why: "it could point at people"}},
			NotFound:  []string{"Debt bondage: no evidence was read"},
		},
		Listings: []export.Listed{{Party: firm, Listing: corvee.Listing{
			ID: "un-9", List: "UN Security Council", ListDate: corvee.Date{Year: 2026, Month: 11, Day: 1}, SourceID: "KPe.901", Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation,
			Names: []corvee.Name{{Value: "Lansui Textile", Kind: corvee.NamePrimary}, {Value: "란수이", Kind: corvee.NameAlias}}, Programs: []string{"UN-SC1718"}, Topics: []string{"sanction"}, Countries: []string{"KP"},
			Identifiers: []corvee.Identifier{{Type: "registration", Value: "0001"}}, Remarks: "r", Addresses: []string{"Pyongyang"}, Dates: []corvee.Date{{Year: 1999}},
		}}},
	}
}

func written(t *testing.T, f export.Format, s export.Set) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(&b, f, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same Set gives the same bytes, in every format.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range []export.Format{export.CSV, export.XLSX, export.GeoJSON, export.FTM, export.Statements} {
		if a, b := written(t, f, sample()), written(t, f, sample()); !bytes.Equal(a, b) || len(a) == 0 {
			t.Errorf("%s: %d and %d bytes that differ", f, len(a), len(b))
		}
		if a := written(t, f, export.Set{}); f != export.FTM && len(a) == 0 {
			t.Errorf("%s of nothing is nothing", f)
		}
	}
	if err := export.Write(io.Discard, "rdf", sample()); err == nil {
		t.Error("an unknown format is written")
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	rows, err := csv.NewReader(bytes.NewReader(written(t, export.CSV, sample()))).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatal(len(rows), err)
	}
	// Written out: who reads the table by place must not find another column there.
	const header = "no id report_no report publisher published url archived kind statement polarity factuality indicator label low high exclusive approx unit currency per period of nationality sector site employer places place_ids precision countries when said_by quote covered origins_min origins_max support origin review"
	if diff := cmp.Diff(strings.Fields(header), rows[0]); diff != "" {
		t.Error(diff)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	for _, c := range []struct {
		row        int
		name, want string
	}{
		{1, "low", "240"}, {1, "places", "Hunchun"}, {1, "when", "2020-11"}, {1, "origins_max", "2"}, {1, "support", "contested"}, {1, "said_by", "trader A-1"},
		{2, "low", "2300.1234567890123456789012345678901234"}, {2, "archived", ""}, {2, "origins_min", ""}, {2, "origin", "fact"}, {3, "precision", "country; city"},
		{3, "quote", "-1"}, {4, "quote", "'=cmd|' /C calc'!A0"}, {4, "label", "'@SUM(A1)"}, {1, "quote", "'+240 women\u202e sew, \"a day\";'=1+1"},
	} {
		if got := rows[c.row][at[c.name]]; got != c.want {
			t.Errorf("row %d, %s: %q, want %q", c.row, c.name, got, c.want)
		}
	}
}

func TestXLSX(t *testing.T) {
	t.Parallel()
	raw := written(t, export.XLSX, sample())
	book, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if diff := cmp.Diff([]string{"Claims", "Findings", "Questions", "Sources", "Notice"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ sheet, cell, want string }{
		{"Claims", "A2", "1"}, {"Claims", "O3", "2300.1234567890123456789012345678901234"}, {"Claims", "AH5", "=cmd|' /C calc'!A0"},
		{"Findings", "C2", "takes 87 %"}, {"Findings", "F2", "1"}, {"Findings", "D2", "percent 87"}, {"Questions", "F2", "contested"}, {"Questions", "L2", "-one"},
		{"Sources", "D2", `=HYPERLINK("x")`}, {"Sources", "H3", "not archived"}, {"Notice", "B5", corvee.Notice}, {"Notice", "B7", "2 × a count under ten (it could point at people)"},
	} {
		got, err := book.GetCellValue(c.sheet, c.cell)
		if err != nil || got != c.want {
			t.Errorf("%s!%s: %q, want %q (%v)", c.sheet, c.cell, got, c.want, err)
		}
		if f, _ := book.GetCellFormula(c.sheet, c.cell); f != "" {
			t.Errorf("%s!%s is the formula %q", c.sheet, c.cell, f)
		}
	}
	kind, err := book.GetCellType("Claims", "O3")
	if err != nil || kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset {
		t.Errorf("an amount is a float: cell type %d, %v", kind, err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, _ := f.Open()
		part, _ := io.ReadAll(in)
		if bytes.Contains(part, []byte("<f>")) || !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s: a formula or a time", f.Name)
		}
	}
}

// mapped is the map as a reader of GeoJSON sees it.
type mapped struct {
	Type     string
	Features []struct {
		ID       string
		Geometry struct {
			Type        string
			Coordinates [][][2]float64
		}
		Properties map[string]any
	}
	Unlocated []map[string]any `json:"corvee:unlocated"`
	Undated   []map[string]any `json:"corvee:undated"`
	Withheld  []map[string]any `json:"corvee:withheld"`
}

// No place is a point: a circle reaches as far as the place is vague. What is nowhere, or
// known by its country alone, is listed and not drawn.
func TestGeoJSON(t *testing.T) {
	t.Parallel()
	raw := written(t, export.GeoJSON, sample())
	var m mapped
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	if m.Type != "FeatureCollection" || strings.Contains(string(raw), `"Point"`) || len(m.Withheld) != 1 {
		t.Errorf("%s", raw)
	}
	var got []string
	for _, f := range m.Features {
		ring := f.Geometry.Coordinates[0]
		if f.Geometry.Type != "Polygon" || len(ring) != 33 || ring[0] != ring[32] {
			t.Errorf("%s: %s of %d corners", f.ID, f.Geometry.Type, len(ring))
		}
		km := f.Properties["radius_km"].(float64)
		north, south := ring[8], ring[24]
		if high := (north[1] - south[1]) * 111.13 / 2; math.Abs(high-km) > 0.2 {
			t.Errorf("%s reaches %.1f km, says %.0f", f.ID, high, km)
		}
		got = append(got, f.ID+" "+f.Properties["precision"].(string))
	}
	if diff := cmp.Diff([]string{"c1-hunchun city", "c2-jilin_prov province", "c5-dandong exact"}, got); diff != "" {
		t.Error(diff)
	}
	if m.Features[0].Properties["radius_km"].(float64) >= m.Features[1].Properties["radius_km"].(float64) {
		t.Error("a province reaches no further than a city")
	}
	var why []string
	for _, p := range m.Unlocated {
		why = append(why, p["why"].(string))
	}
	if diff := cmp.Diff([]string{"told as a country only", "its position is not in the table of places", "no place is told"}, why); diff != "" {
		t.Error(diff)
	}
	if len(m.Undated) != 2 {
		t.Errorf("%d without a time", len(m.Undated))
	}
}

// Whatever a report wrote, no cell of a table is a formula, every format can be read back, and
// no line of it is broken in two.
func TestLawHostileWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		words := func(name string) string {
			return rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("=+-@|%\t\r\n;,\"'\u202e\u2028\x00＝가丹")), 0, 12, -1)).Draw(rt, name)
		}
		s := sample()
		c := &s.Claims[0]
		c.Claim.Quote.Exact, c.Claim.Employer, c.Claim.Label, c.Gloss = words("quote"), words("employer"), words("label"), words("gloss")
		s.Reports[0].Title, s.Reports[0].Publisher, s.Listings[0].Listing.Remarks = words("title"), words("publisher"), words("remarks")
		for _, f := range []export.Format{export.CSV, export.Statements} {
			rows, err := csv.NewReader(bytes.NewReader(written(t, f, s))).ReadAll()
			if err != nil {
				rt.Fatalf("%s: %v", f, err)
			}
			for _, cell := range slices.Concat(rows[1:]...) {
				if cell != "" && strings.ContainsAny(cell[:1], "=+@") {
					rt.Fatalf("%s: a formula %q", f, cell)
				}
			}
		}
		for line := range bytes.Lines(written(t, export.FTM, s)) {
			if !json.Valid(line) {
				rt.Fatalf("ftm: %q", line)
			}
		}
		if !json.Valid(written(t, export.GeoJSON, s)) {
			rt.Fatal("geojson")
		}
		book, err := excelize.OpenReader(bytes.NewReader(written(t, export.XLSX, s)))
		if err != nil {
			rt.Fatal(err)
		}
		if rows, err := book.GetRows("Claims"); err != nil || len(rows) != 6 {
			rt.Fatalf("%d rows, %v", len(rows), err)
		}
	})
}
