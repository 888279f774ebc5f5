package facts_test

import (
	"errors"
	"strings"
	"testing"

	"corvee"
	"corvee/read/facts"
)

const own = `{
 "sources": [{"id": "S1", "url": "https://example.org/a", "publisher": "Border Ledger", "date": "2020-11-19", "lang": "en"},
             {"id": "S2", "url": "https://example.org/b", "publisher": "Gulf Workwatch", "date": "2017", "lang": "en"}],
 "entities": [{"id": "lansui", "names": {"latin": "Hunchun Lansui Electronics Co., Ltd.", "hangul": null}}],
 "independence_groups": {"G-1": {"root": "Border Ledger 2020-11", "origins_min": 1, "origins_max": 1}},
 "facts": [
  {"id": "F1", "kind": "headcount", "country": "CN", "place": "Hunchun", "sector": "electronics", "employer": "lansui", "value": {"min": 240, "max": null, "unit": "people", "currency": null, "per": null}, "period": {"start": "2020-11", "end": "2020-11"}, "modality": "reported", "attribution": "anonymous source", "source": "S1", "independence_group": null, "note": "at least"},
  {"id": "F2", "kind": "wage", "country": "CN", "place": "Hunchun/Tumen", "sector": "all", "employer": null, "value": {"min": 2000, "max": 2300, "unit": "money", "currency": "CNY", "per": "month"}, "period": {"start": null, "end": null}, "modality": "estimated", "attribution": "Border Ledger", "source": "S1", "independence_group": "G-1", "note": null},
  {"id": "F3", "kind": "horoscope", "country": "CN", "place": null, "sector": "all", "employer": null, "value": null, "period": {"start": null, "end": null}, "modality": "reported", "attribution": "x", "source": "S2", "independence_group": null, "note": null},
  {"id": "F4", "kind": "headcount", "country": "KW", "source": "S9", "sector": "all", "modality": "reported"},
  "not a row"
 ]}`

func TestRows(t *testing.T) {
	t.Parallel()
	sheets, groups, rejected, err := facts.Split([]byte(own))
	if err != nil || len(sheets) != 2 || len(groups) != 1 || len(rejected) != 2 {
		t.Fatalf("%d sheets, %d groups, %d rejected, %v", len(sheets), len(groups), len(rejected), err)
	}
	r := sheets[0].Report
	if r.MediaType != facts.MediaType || r.URL != "https://example.org/a" || r.Published.String() != "2020-11-19" || r.ID != corvee.HashID(sheets[0].Original) {
		t.Errorf("%+v", r)
	}
	claims, bad, err := facts.Claims(r, sheets[0].Text)
	if err != nil || len(claims) != 2 || len(bad) != 0 {
		t.Fatalf("%d claims, %v, %v", len(claims), bad, err)
	}
	for i, c := range claims {
		if err := sheets[0].Text.Ground(c.Quote); err != nil {
			t.Error(err)
		}
		if !strings.Contains(c.Quote.Exact, []string{`"F1"`, `"F2"`}[i]) || c.Origin != corvee.FromFact {
			t.Errorf("claim %d quotes %q", i, c.Quote.Exact)
		}
	}
	head, wage := claims[0], claims[1]
	if head.Employer != "Hunchun Lansui Electronics Co., Ltd." || head.Value.High.Known() || head.Root().Speaker != corvee.SpeakerAnonymous || head.Root().Name != "" {
		t.Errorf("%+v", head)
	}
	if len(wage.Places) != 2 || wage.When != nil || wage.Value.Per != corvee.PerPerson || wage.Value.Period != corvee.EveryMonth || wage.Root().Name != "Border Ledger" {
		t.Errorf("%+v", wage)
	}
	_, bad, err = facts.Claims(sheets[1].Report, sheets[1].Text)
	if err != nil || len(bad) != 1 || !strings.Contains(bad[0].Reason, "horoscope") {
		t.Errorf("%v, %v", bad, err)
	}
}

func TestWhatIsNoFile(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "[]", "{}", `{"facts":[{}]}`, `{"facts":[],"sources":[{}]}`, "\x00"} {
		if _, _, _, err := facts.Split([]byte(raw)); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("%q: %v", raw, err)
		}
	}
	text, _ := corvee.NewText("no header\n{}\n", nil)
	if _, _, err := facts.Claims(corvee.Report{}, text); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte(own))
	f.Fuzz(func(t *testing.T, raw []byte) {
		sheets, _, _, err := facts.Split(raw)
		if err != nil {
			return
		}
		for _, s := range sheets {
			claims, _, err := facts.Claims(s.Report, s.Text)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range claims {
				if err := s.Text.Ground(c.Quote); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
