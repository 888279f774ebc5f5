package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"corvee"
	"corvee/corroborate"
	"corvee/pipeline/dossier"
	"corvee/pipeline/export"
	"corvee/pipeline/fx"
	out "corvee/present/export"
	"corvee/read"
)

var made = corvee.Date{Year: 2026, Month: 11, Day: 24}

func formats() []out.Format {
	return []out.Format{out.CSV, out.XLSX, out.GeoJSON, out.FTM, out.Statements}
}

// report reads an invented report.
func report(t testing.TB, id, publisher, published, text string) corroborate.Document {
	t.Helper()
	body, err := corvee.NewText(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	date, err := corvee.ParseDate(published)
	if err != nil {
		t.Fatal(err)
	}
	d := corroborate.Document{Report: corvee.Report{ID: id, Publisher: publisher, Published: date, Text: body.Hash(), Title: "Ms. Paek speaks of a locked door"}, Text: body}
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	for c, err := range reader.Claims(t.Context(), d.Report, body) {
		if err != nil {
			t.Fatal(err)
		}
		d.Claims = append(d.Claims, c)
	}
	return d
}

const plant = "HUNCHUN, China — Hunchun Lansui Electronics Co., Ltd. in Hunchun employs 240 North Korean workers.\n\n" +
	"Each worker earns 2,300 yuan a month, and 2,000 yuan of it is taken as loyalty funds, a source in Jilin Province told Border Ledger on 17 November.\n\n" +
	"A worker named Ryom Chol Hui said on 12 November that their passports were taken and that they work 14 hours a day. " +
	"Ms. Paek Un Byol can be reached at +86 138 0013 8000 or at worker.canary@example.org.\n\n" +
	"Hunchun Lansui Electronics Co., Ltd. keeps 7 North Korean cooks, a neighbour said.\n"

const korean = "훈춘의 한 공장에서 일하는 북한 노동자 김철수는 여권을 빼앗겼다고 말했다. 그의 전화번호는 010-1234-5678이다."

// widened returns a report whose claims quote the whole paragraph that they stand in, so that
// every planted name lies in a quote, and whose witnesses name a day.
func widened(t testing.TB, d corroborate.Document) corroborate.Document {
	t.Helper()
	text := d.Text.String()
	for i, c := range d.Claims {
		start := strings.LastIndex(text[:c.Quote.Start], "\n\n") + 1
		end := len(text)
		if n := strings.Index(text[c.Quote.End:], "\n\n"); n >= 0 {
			end = c.Quote.End + n
		}
		q, err := d.Text.Quote(corvee.Span{Start: start, End: end})
		if err != nil {
			t.Fatal(err)
		}
		d.Claims[i].Quote = q
		at := strings.Index(q.Exact, "12 November")
		if at < 0 {
			continue
		}
		day := corvee.During(corvee.Date{Year: 2020, Month: 11, Day: 12})
		d.Claims[i].When = &day
		d.Claims[i].Slots = []corvee.Slot{{Name: corvee.SlotWhen, Span: corvee.Span{Start: start + at, End: start + at + len("12 November")}}}
	}
	return d
}

func planted(t testing.TB) []corroborate.Document {
	t.Helper()
	return []corroborate.Document{
		report(t, "sha256:a", "Border Ledger", "2020-11-19", plant), widened(t, report(t, "sha256:b", "두만강 소식", "2020-12-01", korean)),
		widened(t, report(t, "sha256:c", "Second Ledger", "2020-11-20", plant)),
	}
}

func set(t testing.TB, docs []corroborate.Document, about string, leave dossier.Leave) out.Set {
	t.Helper()
	s, err := export.Of(docs, export.Options{About: about}, dossier.Options{Version: "test", Made: made, Leave: leave, Money: fx.Without(docs, fx.In)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bytesOf is all that a format writes; of a workbook, every part of the archive too, and the
// archive itself.
func bytesOf(t testing.TB, f out.Format, s out.Set) string {
	t.Helper()
	var b bytes.Buffer
	if err := out.Write(&b, f, s); err != nil {
		t.Fatal(err)
	}
	all := b.String()
	if f == out.XLSX {
		z, err := zip.NewReader(strings.NewReader(all), int64(len(all)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range z.File {
			in, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			all += part.Name + string(raw)
		}
	}
	return all
}

// Names, numbers and addresses that were planted, days that a witness tells and counts under
// ten are in nothing that leaves, in any format, whoever asks.
func TestCanaries(t *testing.T) {
	t.Parallel()
	docs := planted(t)
	for _, about := range []string{"", "Hunchun Lansui Electronics", "Hunchun", "China"} {
		for _, leave := range []dossier.Leave{{}, {SmallCounts: "an editor asked"}} {
			s := set(t, docs, about, leave)
			if len(s.Claims) < 3 || len(s.Withheld) == 0 {
				t.Fatalf("%q: %d claims leave and %v is withheld: the test sees nothing", about, len(s.Claims), s.Withheld)
			}
			told := fmt.Sprint(s.Withheld)
			if about == "" && (!strings.Contains(told, "a part of a quote") || !strings.Contains(told, "an exact day") || !strings.Contains(told, "under ten")) {
				t.Fatalf("withheld is %s: the test sees too little", told)
			}
			for _, f := range formats() {
				left := bytesOf(t, f, s)
				if !strings.Contains(left, "Lansui") {
					t.Errorf("%q as %s does not name the plant: the test sees nothing", about, f)
				}
				for _, canary := range []string{"Ryom", "Chol Hui", "Paek", "Un Byol", "138 0013", "worker.canary", "김철수", "철수", "010-1234", "1234-5678", "2020-11-12", "12 November"} {
					if strings.Contains(left, canary) {
						t.Errorf("%q as %s: %q left", about, f, canary)
					}
				}
				if strings.Contains(left, "7 North Korean cooks") || strings.Contains(left, "headcount, 7") {
					t.Errorf("%q as %s: a count under ten that a neighbour tells left", about, f)
				}
			}
		}
	}
}

// The same documents in another order give the same bytes.
func TestOrderNeverMatters(t *testing.T) {
	t.Parallel()
	docs := []corroborate.Document{report(t, "sha256:a", "Border Ledger", "2020-11-19", plant), report(t, "sha256:b", "두만강 소식", "2020-12-01", korean)}
	with := dossier.Options{Version: "test", Made: made, Money: fx.Without(docs, fx.In)}
	one, err1 := export.Of(docs, export.Options{}, with)
	two, err2 := export.Of([]corroborate.Document{docs[1], docs[0]}, export.Options{}, with)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	for _, f := range formats() {
		if bytesOf(t, f, one) != bytesOf(t, f, two) {
			t.Errorf("%s differs", f)
		}
	}
}

// All that a base holds leaves as its parts do: no claim is lost on the way to the whole.
func TestEverythingHoldsTheParts(t *testing.T) {
	t.Parallel()
	whole := map[string]bool{}
	docs := planted(t)
	all := set(t, docs, "", dossier.Leave{})
	for _, c := range all.Claims {
		whole[c.Claim.ID] = true
	}
	for _, c := range set(t, docs, "Hunchun Lansui Electronics", dossier.Leave{}).Claims {
		if !whole[c.Claim.ID] {
			t.Errorf("claim %s is in the part and not in the whole", c.Claim.ID)
		}
	}
	if all.Kind != "base" || len(all.Conversions) == 0 || len(all.Questions) == 0 || len(all.Reports) != 3 {
		t.Errorf("%s: %d conversions, %d questions, %d reports", all.Kind, len(all.Conversions), len(all.Questions), len(all.Reports))
	}
	var shape struct {
		Features []struct{ Properties struct{ Precision string } }
	}
	if err := json.Unmarshal([]byte(bytesOf(t, out.GeoJSON, all)), &shape); err != nil || len(shape.Features) == 0 {
		t.Fatal(err)
	}
	for _, f := range shape.Features {
		if f.Properties.Precision == "exact" || f.Properties.Precision == "vicinity" {
			t.Errorf("a place left as %s", f.Properties.Precision)
		}
	}
}

func BenchmarkEverything(b *testing.B) {
	doc := report(b, "sha256:a", "Border Ledger", "2020-11-19", plant)
	var docs []corroborate.Document
	for i := range 200 {
		d := doc
		d.Report.ID = "sha256:" + strings.Repeat("0", 3) + string(rune('a'+i%26)) + strings.Repeat("x", i)
		d.Claims = append([]corvee.Claim(nil), doc.Claims...)
		for j := range d.Claims {
			d.Claims[j].ID, d.Claims[j].Report = d.Report.ID+d.Claims[j].ID, d.Report.ID
		}
		docs = append(docs, d)
	}
	with := dossier.Options{Version: "test", Made: made, Money: fx.Without(docs, fx.In)}
	for b.Loop() {
		s, err := export.Of(docs, export.Options{}, with)
		if err != nil {
			b.Fatal(err)
		}
		if err := out.Write(io.Discard, out.CSV, s); err != nil {
			b.Fatal(err)
		}
	}
}
