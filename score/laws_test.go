package score_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corvee"
	"corvee/score"
)

// codes are the countries of the project's own gold, which the perfect copies need.
var codes = map[string]string{
	"China": "CN", "Russia": "RU", "Kuwait": "KW", "Mongolia": "MN", "Laos": "LA", "Poland": "PL", "Angola": "AO",
	"Cambodia": "KH", "Senegal": "SN", "Malaysia": "MY", "Mozambique": "MZ", "Turkmenistan": "TM", "Cuba": "CU",
	"United States": "US",
}

func ownGold(t testing.TB) []score.Record {
	t.Helper()
	records, err := score.ParseGold(ownGoldFile(t))
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func ownGoldFile(t testing.TB) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(goldDir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("Glob = %v, %v, want record files", files, err)
	}
	var all []byte
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, raw...)
	}
	return all
}

func ownTexts() fs.FS { return os.DirFS(filepath.Join(goldDir, "texts")) }

// copies returns what a reader without fault would yield for a record.
func copies(t testing.TB, r score.Record) []corvee.Claim {
	t.Helper()
	raw, err := fs.ReadFile(ownTexts(), r.ID+".txt")
	if err != nil {
		t.Fatal(err)
	}
	_, content, _ := strings.Cut(string(raw), "\n")
	text, err := corvee.NewText(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	var claims []corvee.Claim
	for _, g := range r.Claims {
		span, err := text.FromCodePoints(g.Span[0], g.Span[1])
		if err != nil {
			t.Fatal(err)
		}
		c := corvee.Claim{
			Kind: g.Kind, Sector: corvee.Sector(g.Sector), Label: g.Label, Indicator: g.Indicator,
			Factuality: g.Hedge, Polarity: g.Polarity, Value: valueOf(t, g), When: whenOf(g), Attribution: chainOf(g),
		}
		c.Quote, err = text.Quote(span)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range split(g.Place) {
			c.Places = append(c.Places, corvee.Place{Name: name, Precision: corvee.AtCity})
		}
		for _, name := range split(g.Country) {
			c.Countries = append(c.Countries, codes[name])
		}
		claims = append(claims, c)
	}
	return claims
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "; ")
}

func valueOf(t testing.TB, g score.Gold) *corvee.Value {
	if g.Value == nil {
		return nil
	}
	v, err := corvee.LoadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	unit, err := v.GoldUnit(g.Value.Unit)
	if err != nil {
		t.Fatal(err)
	}
	return &corvee.Value{Range: corvee.Range{Low: g.Value.Low, High: g.Value.High}, Unit: unit, Currency: g.Value.Currency, Per: g.Per, Period: g.Value.Period}
}

func whenOf(g score.Gold) *corvee.When {
	var w corvee.When
	switch {
	case len(g.DateRange) == 2:
		w = corvee.When{From: g.DateRange[0].First(), Until: g.DateRange[1].After()}
	case g.Date.Known():
		w = corvee.During(g.Date)
	default:
		return nil
	}
	return &w
}

func chainOf(g score.Gold) []corvee.Attribution {
	root := corvee.Attribution{Speaker: g.Speaker}
	if g.Speaker == corvee.SpeakerPublisher || g.Speaker == corvee.SpeakerAgency {
		root.Name = g.Attribution
	}
	if g.Via == "" {
		return []corvee.Attribution{root}
	}
	return []corvee.Attribution{root, {Name: g.Via, Speaker: corvee.SpeakerPublisher}}
}

// A perfect copy of the whole gold is right in every level and slot, and has no error.
func TestPerfectCopyIsPerfect(t *testing.T) {
	t.Parallel()
	claims := map[string][]corvee.Claim{}
	for _, r := range ownGold(t) {
		claims[r.URL] = copies(t, r)
	}
	table, err := score.Run(t.Context(), ownGoldFile(t), ownTexts(), says(claims), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Errors) > 0 || table.Ungrounded() > 0 {
		t.Errorf("a perfect copy has %d errors and %d ungrounded claims:\n%s", len(table.Errors), table.Ungrounded(), table.Listing())
	}
	for _, l := range table.Languages {
		for _, row := range l.Rows {
			for level, s := range row.Scores {
				if row.Gold > 0 && (s.F1 != 1000 || s.F1Low != 1000 || s.F1High != 1000) {
					t.Errorf("%s %s %s: F1 %s [%s–%s], want 100.0", l.Lang, row.Name, score.Level(level), s.F1, s.F1Low, s.F1High)
				}
			}
		}
	}
}

// law draws a record of the gold with a copy that is perfect but for some claims that are
// changed at random, so that the laws do not hold only where all is right.
type law struct {
	record score.Record
	claims []corvee.Claim
	exact  bool // nothing was changed
}

func drawLaw(t *testing.T, rt *rapid.T, records []score.Record) law {
	r := rapid.SampledFrom(records).Draw(rt, "record")
	l := law{record: r, claims: copies(t, r), exact: rapid.Bool().Draw(rt, "exact")}
	for i := range l.claims {
		if !l.exact && rapid.Bool().Draw(rt, "change") {
			spoil(rt, &l.claims[i])
		}
	}
	return l
}

func spoil(rt *rapid.T, c *corvee.Claim) {
	switch rapid.IntRange(0, 5).Draw(rt, "how") {
	case 0:
		c.Kind = rapid.SampledFrom(corvee.Kinds()).Draw(rt, "kind")
	case 1:
		c.Value = nil
	case 2:
		c.Places = nil
	case 3:
		c.Factuality = rapid.SampledFrom(corvee.Factualities()).Draw(rt, "factuality")
	case 4:
		c.Countries = []string{"XX"}
	case 5:
		c.Attribution = nil
	}
}

func (l law) run(t *testing.T, claims []corvee.Claim) score.Table {
	t.Helper()
	table, err := score.Run(t.Context(), goldLine(t, l.record), ownTexts(), says(map[string][]corvee.Claim{l.record.URL: claims}), 1)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func withClaims(records []score.Record) []score.Record {
	return slices.DeleteFunc(records, func(r score.Record) bool { return len(r.Claims) == 0 })
}

func TestLawDroppingLowersRecallOnly(t *testing.T) {
	t.Parallel()
	records := withClaims(ownGold(t))
	rapid.Check(t, func(rt *rapid.T) {
		l := drawLaw(t, rt, records)
		gone := rapid.IntRange(0, len(l.claims)-1).Draw(rt, "gone")
		before, after := micro(l.run(t, l.claims)), micro(l.run(t, slices.Delete(slices.Clone(l.claims), gone, gone+1)))
		for level := range before.Scores {
			b, a := before.Scores[level], after.Scores[level]
			// Pairs are made for the greatest weight in all (GUIDE: kind, value, place, source),
			// so a claim that is gone may leave its annotation to another that fits in the
			// slots that weigh nothing: beyond Detect a level can gain by it.
			if level == int(score.Detect) && (a.Right > b.Right || a.Right < b.Right-1) {
				rt.Fatalf("%s: right went from %d to %d", score.Level(level), b.Right, a.Right)
			}
			if l.exact && (a.Right != b.Right-1 || a.P != 1000 && after.Found > 0) {
				rt.Fatalf("%s: a perfect copy less one claim has %d right, precision %s", score.Level(level), a.Right, a.P)
			}
		}
	})
}

func TestLawNoiseLowersPrecisionOnly(t *testing.T) {
	t.Parallel()
	records := withClaims(ownGold(t))
	rapid.Check(t, func(rt *rapid.T) {
		l := drawLaw(t, rt, records)
		noise := rapid.SampledFrom(l.claims).Draw(rt, "noise")
		if rapid.Bool().Draw(rt, "spoilt") {
			spoil(rt, &noise)
		}
		before, after := micro(l.run(t, l.claims)), micro(l.run(t, append(slices.Clone(l.claims), noise)))
		if after.Found != before.Found+1 {
			rt.Fatalf("found went from %d to %d", before.Found, after.Found)
		}
		for level := range before.Scores {
			b, a := before.Scores[level], after.Scores[level]
			if l.exact && (a.Right != b.Right || a.P >= b.P) {
				rt.Fatalf("%s: noise took right from %d to %d, precision from %s to %s", score.Level(level), b.Right, a.Right, b.P, a.P)
			}
			if level == int(score.Detect) && a.Right < b.Right {
				rt.Fatalf("noise took right from %d to %d", b.Right, a.Right)
			}
		}
	})
}

func TestLawOrderNeverMatters(t *testing.T) {
	t.Parallel()
	records := withClaims(ownGold(t))
	rapid.Check(t, func(rt *rapid.T) {
		l := drawLaw(t, rt, records)
		// The same claim twice is where an order could show.
		claims := append(slices.Clone(l.claims), rapid.SliceOfN(rapid.SampledFrom(l.claims), 0, 3).Draw(rt, "twice")...)
		before := l.run(t, claims)
		l.record.Claims = rapid.Permutation(l.record.Claims).Draw(rt, "annotations")
		after := l.run(t, rapid.Permutation(claims).Draw(rt, "claims"))
		if before.String() != after.String() || before.Listing() != after.Listing() {
			rt.Fatalf("order changed the table:\n%s%s\n%s%s", before, before.Listing(), after, after.Listing())
		}
	})
}

func TestOrderOfRecordsNeverMatters(t *testing.T) {
	t.Parallel()
	records := ownGold(t)
	claims := map[string][]corvee.Claim{}
	for i, r := range records {
		claims[r.URL] = copies(t, r)[:len(r.Claims)*(i%4)/3]
	}
	of := func(records []score.Record) string {
		var gold []byte
		for _, r := range records {
			gold = append(gold, goldLine(t, r)...)
		}
		table, err := score.Run(t.Context(), gold, ownTexts(), says(claims), 7)
		if err != nil {
			t.Fatal(err)
		}
		return table.String() + table.Listing()
	}
	before := of(records)
	slices.Reverse(records)
	if after := of(records); before != after {
		t.Error("the order of records changed the table")
	}
}

func micro(table score.Table) score.Row { return table.Languages[0].Rows[0] }

func TestBootstrapDependsOnTheSeedAlone(t *testing.T) {
	t.Parallel()
	claims := map[string][]corvee.Claim{}
	for i, r := range ownGold(t) {
		claims[r.URL] = copies(t, r)[:len(r.Claims)*(i%4)/3]
	}
	of := func(seed uint64) score.Table {
		table, err := score.Run(t.Context(), ownGoldFile(t), ownTexts(), says(claims), seed)
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	one := of(1)
	if again := of(1); one.String() != again.String() {
		t.Error("one seed gave two tables")
	}
	other := of(2)
	if one.String() == strings.Replace(other.String(), "seed 2", "seed 1", 1) {
		t.Error("two seeds gave the same intervals: nothing is drawn")
	}
	for _, l := range one.Languages {
		s := l.Rows[0].Scores[score.Value]
		if s.F1Low >= s.F1 || s.F1High <= s.F1 || s.F1High-s.F1Low > 500 {
			t.Errorf("%s: interval [%s–%s] about %s", l.Lang, s.F1Low, s.F1High, s.F1)
		}
	}
}

// The assignment is held to every other one, by trying them all.
func TestLawAssignmentIsTheBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		rows, columns := rapid.IntRange(0, 5).Draw(rt, "rows"), rapid.IntRange(0, 5).Draw(rt, "columns")
		weights := make([][]int64, rows)
		for i := range weights {
			weights[i] = rapid.SliceOfN(rapid.Int64Range(0, 4), columns, columns).Draw(rt, "weights")
		}
		sum, taken := int64(0), map[int]bool{}
		for i, j := range score.Assign(weights) {
			if j < 0 {
				continue
			}
			if taken[j] || weights[i][j] == 0 {
				rt.Fatalf("column %d taken twice or without an edge", j)
			}
			taken[j] = true
			sum += weights[i][j]
		}
		if best := tryAll(weights, 0, map[int]bool{}); sum != best {
			rt.Fatalf("assign(%v) weighs %d, the best %d", weights, sum, best)
		}
	})
}

func tryAll(weights [][]int64, row int, taken map[int]bool) int64 {
	if row == len(weights) {
		return 0
	}
	best := tryAll(weights, row+1, taken)
	for j, w := range weights[row] {
		if !taken[j] && w > 0 {
			taken[j] = true
			best = max(best, w+tryAll(weights, row+1, taken))
			delete(taken, j)
		}
	}
	return best
}

// Every sentence is found again in the text, in order, and nothing but space is left out.
func FuzzSentences(f *testing.F) {
	for _, seed := range []string{plant, "他说。“好。”\n", "\xff.\x00", "a. B", `"A." "B."`, strings.Repeat("(", 99)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		end, kept := 0, ""
		for _, s := range score.Sentences(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("sentence %v after %d in %q", s, end, text)
			}
			end, kept = s.End, kept+strings.TrimSpace(text[s.Start:s.End])
		}
		squash := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squash(kept) != squash(text) {
			t.Fatalf("sentences of %q hold %q", text, kept)
		}
	})
}

// What is accepted as gold goes through scoring without a panic, and twice alike.
func FuzzParseGold(f *testing.F) {
	for line := range bytes.Lines(ownGoldFile(f)) {
		f.Add(line)
		break
	}
	f.Add([]byte(`{"id":"a","claims":[{"kind":"wage","hedge":"asserted","span":[-1,3],"value":{"low":1e30,"unit":"money"}}]}`))
	f.Add([]byte(`{"id":"a","claims":null,"text_chars":-5}` + "\n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		records, err := score.ParseGold(raw)
		if err != nil {
			return
		}
		for _, r := range records {
			again, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := score.ParseGold(again); err != nil {
				t.Fatalf("a record does not come back: %v", err)
			}
		}
		_, _ = score.Run(t.Context(), raw, ownTexts(), says(nil), 1)
	})
}
