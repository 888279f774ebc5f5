//go:build shared

package screen_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/screen"
)

func file(t testing.TB, parts ...string) []byte {
	t.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		t.Skip("CORVEE_SHARED is not set")
	}
	body, err := os.ReadFile(filepath.Join(append([]string{dir}, parts...)...))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func rows(t testing.TB, body []byte) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(string(body)))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sdn returns the real list as listings: number, name, type, programmes; aliases.
func sdn(t testing.TB) []corvee.Listing {
	t.Helper()
	var out []corvee.Listing
	at := map[string]int{}
	for _, r := range rows(t, file(t, "bench", "lists", "sdn_2023-01-21.csv"))[1:] {
		if len(r) < 12 || strings.Trim(r[0], "0123456789") != "" || r[0] == "" {
			continue
		}
		l := corvee.Listing{ID: "ofac-sdn:" + r[0], List: "OFAC SDN", SourceID: r[0], Kind: corvee.ListingDesignation,
			Type: corvee.PartyOrganisation, Programs: []string{r[3]}, Names: []corvee.Name{{Value: r[1], Kind: corvee.NamePrimary}}}
		switch r[2] {
		case "individual":
			l.Type = corvee.PartyPerson
		case "vessel":
			l.Type = corvee.PartyVessel
		}
		at[r[0]] = len(out)
		out = append(out, l)
	}
	for _, r := range rows(t, file(t, "bench", "lists", "alt_2025-02-27.csv")) {
		if i, ok := at[r[0]]; ok && len(r) > 3 {
			out[i].Names = append(out[i].Names, corvee.Name{Value: r[3], Kind: corvee.NameAlias})
		}
	}
	return out
}

func secNames(t testing.TB) []string {
	t.Helper()
	var all any
	if err := json.Unmarshal(file(t, "bench", "sec_names.json"), &all); err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, w := range v {
				walk(w)
			}
		case map[string]any:
			for _, w := range v {
				walk(w)
			}
		}
	}
	walk(all)
	slices.Sort(out)
	return slices.Compact(out)
}

// perturb returns a name as people get it wrong, by class.
func perturb(class, name string, r *rand.Rand) string {
	letter := func(s string) (string, bool) {
		var at []int
		for i := range len(s) {
			if s[i] >= 'A' && s[i] <= 'Z' {
				at = append(at, i)
			}
		}
		if len(at) < 4 {
			return s, false
		}
		i := at[r.IntN(len(at))]
		c := string(rune('A' + r.IntN(26)))
		switch r.IntN(4) {
		case 0:
			return s[:i] + s[i+1:], true
		case 1:
			return s[:i] + c + s[i:], true
		case 2:
			if i+1 < len(s) && s[i+1] >= 'A' && s[i+1] <= 'Z' {
				return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:], true
			}
		}
		return s[:i] + c + s[i+1:], true
	}
	words := strings.Fields(name)
	switch class {
	case "exact":
		return name
	case "swap":
		if len(words) > 1 {
			i := r.IntN(len(words) - 1)
			words[i], words[i+1] = words[i+1], words[i]
			return strings.Join(words, " ")
		}
	case "typo1":
		if s, ok := letter(name); ok {
			return s
		}
	case "typo2":
		if s, ok := letter(name); ok {
			if s, ok := letter(s); ok {
				return s
			}
		}
	case "form":
		for _, form := range []string{" CO., LTD.", " LIMITED", " LTD", " LLC", " INC", " CORPORATION", " S.A.", " GMBH", ", S.A. DE C.V."} {
			if s, ok := strings.CutSuffix(name, form); ok {
				return s
			}
		}
	case "space":
		if len(words) > 1 {
			i := r.IntN(len(words) - 1)
			return strings.Join(words[:i+1], " ") + strings.Join(words[i+1:], " ")
		}
	case "initial":
		if len(words) > 2 && len(words[1]) > 2 {
			words[1] = words[1][:1] + "."
			return strings.Join(words, " ")
		}
	case "homoglyph":
		if s := strings.NewReplacer("A", "А", "O", "О", "E", "Е").Replace(name); s != name {
			return s
		}
	}
	return ""
}

var classes = []string{"exact", "swap", "typo1", "typo2", "form", "space", "initial", "homoglyph"}

// floors are a little under what was measured: exact, swap and homoglyph 1.000, one typo
// 0.983, two typos 0.885, form lost 0.993, space lost 0.997, initial 0.889 (companies among
// them), and 0.0095 of the negatives flagged.
var floors = map[string]float64{
	"exact": 1, "swap": 0.995, "typo1": 0.978, "typo2": 0.878, "form": 0.99, "space": 0.99, "initial": 0.87, "homoglyph": 0.995,
}

// TestSharedPerturbed reports recall by class of perturbation and the share of true negatives
// that are flagged, at the default threshold.
func TestSharedPerturbed(t *testing.T) {
	t.Parallel()
	listings := sdn(t)
	started := time.Now()
	x := screen.Build(slices.Values(listings), screen.DefaultWeights())
	t.Logf("built %d names in %v", x.Names(), time.Since(started))
	r := rand.New(rand.NewPCG(7, 7))
	dump := &strings.Builder{}
	for _, class := range classes {
		good, all := 0, 0
		started := time.Now()
		for range 1500 {
			l := listings[r.IntN(len(listings))]
			n := l.Names[r.IntN(len(l.Names))]
			q := perturb(class, strings.ToUpper(n.Value), r)
			if q == "" || n.Kind == corvee.NameWeak {
				continue
			}
			all++
			hits := x.Match(corvee.Query{Name: q}, screen.Options{})
			if slices.ContainsFunc(hits, func(h corvee.Hit) bool { return h.Listing.ID == l.ID }) {
				good++
			} else {
				fmt.Fprintf(dump, "%s\t%s\t%s\t%s\n", class, q, n.Value, l.Type)
			}
		}
		if r := float64(good) / float64(all); r < floors[class] {
			t.Errorf("%s: recall %.4f, floor %.3f", class, r, floors[class])
		}
		t.Logf("%-10s %5d of %5d  %.3f   %.0f names/s", class, good, all, float64(good)/float64(all), float64(all)/time.Since(started).Seconds())
	}
	flagged, related, negatives := 0, 0, secNames(t)
	started = time.Now()
	for _, q := range negatives {
		hits := x.Match(corvee.Query{Name: q}, screen.Options{})
		if len(hits) > 0 && hits[0].Band == corvee.BandRelated {
			related++
		} else if len(hits) > 0 {
			flagged++
			fmt.Fprintf(dump, "false\t%s\t%s\t%.3f\n", q, hits[0].Matched, hits[0].Score)
		}
	}
	t.Logf("flagged %d of %d negatives (and %d leads)  %.4f  %.0f names/s", flagged, len(negatives), related, float64(flagged)/float64(len(negatives)), float64(len(negatives))/time.Since(started).Seconds())
	if r := float64(flagged) / float64(len(negatives)); r > 0.0115 {
		t.Errorf("%.4f of the negatives flagged, ceiling 0.0115", r)
	}
	if path := os.Getenv("CORVEE_DUMP"); path != "" {
		if err := os.WriteFile(path, []byte(dump.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Listings under the DPRK programmes are found under Latin forms, slips and Hangul.
func TestSharedRealListings(t *testing.T) {
	t.Parallel()
	listings := sdn(t)
	x := screen.Build(slices.Values(listings), screen.DefaultWeights())
	named := map[string]string{}
	for _, l := range listings {
		named[l.ID] = l.Names[0].Value
	}
	for query, want := range map[string]string{
		"Korea Ryonbong General Corporation": "KOREA RYONBONG GENERAL CORPORATION",
		"Korea Ryonbong Genaral Corp":        "KOREA RYONBONG GENERAL CORPORATION",
		"KoreaRyonbong General Corporation":  "KOREA RYONBONG GENERAL CORPORATION",
		"조선련봉총회사":                            "KOREA RYONBONG GENERAL CORPORATION",
		"조선민주주의인민공화국 무역은행":                   "FOREIGN TRADE BANK OF THE DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA",
		"만수대해외개발회사그룹":                        "MANSUDAE OVERSEAS PROJECT GROUP OF COMPANIES",
		"고려항공":                               "AIR KORYO",
		"丹东天富贸易有限公司":                         "DANDONG TIANFU TRADE CO., LTD.",
	} {
		hits := x.Match(corvee.Query{Name: query}, screen.Options{Threshold: 0.3})
		if !slices.ContainsFunc(hits, func(h corvee.Hit) bool { return named[h.Listing.ID] == want }) {
			var got []string
			for _, h := range hits {
				got = append(got, fmt.Sprintf("%s %.2f", h.Matched, h.Score))
			}
			t.Errorf("Match(%s) = %q, want %s", query, got, want)
		}
	}
}

// TestSharedCrossScript runs the attested pairs through the index: every second name of a pair is
// a listing, every first one a query, look-alikes included.
func TestSharedCrossScript(t *testing.T) {
	t.Parallel()
	var listings []corvee.Listing
	type asked struct {
		name, listing, class string
		kind                 corvee.PartyType
	}
	var queries []asked
	add := func(class string, r map[string]string) {
		id := fmt.Sprint("x:", len(listings))
		kind := corvee.PartyOrganisation
		if strings.HasPrefix(r["kind"], "person") {
			kind = corvee.PartyPerson
		}
		listings = append(listings, corvee.Listing{ID: id, Type: kind, Names: []corvee.Name{{Value: r["b_name"], Kind: corvee.NamePrimary}}})
		queries = append(queries, asked{r["a_name"], id, class, kind})
	}
	for _, r := range tsv(t, "xscript_positives.tsv") {
		add(r["relation"], r)
	}
	for _, r := range tsv(t, "xscript_negatives.tsv") {
		class := "look-alike"
		if strings.Contains(r["kind"], "affiliate") {
			class = "affiliate"
		}
		add(class, r)
	}
	x := screen.Build(slices.Values(listings), screen.DefaultWeights())
	good, total := map[string]int{}, map[string]int{}
	for _, q := range queries {
		total[q.class]++
		hits := x.Match(corvee.Query{Name: q.name, Type: q.kind}, screen.Options{Limit: 100})
		if slices.ContainsFunc(hits, func(h corvee.Hit) bool { return h.Listing.ID == q.listing && h.Band != corvee.BandRelated }) {
			good[q.class]++
		}
	}
	for class, floor := range map[string]float64{
		"pinyin": 0.93, "romanisation-dprk": 0.95, "romanisation-rr": 0.95, "romanisation-mr": 0.8, "translation": 0.84,
		"official-english": 0.25, "other": 0.36, "affiliate": 0, "look-alike": 0,
	} {
		r := float64(good[class]) / float64(total[class])
		if t.Logf("%-20s %4d of %4d  %.3f", class, good[class], total[class], r); r < floor {
			t.Errorf("%s: %.3f, floor %.2f", class, r, floor)
		}
	}
	if r := float64(good["look-alike"]) / float64(total["look-alike"]); r > 0.0126 {
		t.Errorf("%.4f of the look-alikes accepted, ceiling 0.0126", r)
	}
}

func tsv(t testing.TB, name string) []map[string]string {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(file(t, "bench", name))), "\n")
	header := strings.Split(lines[0], "\t")
	var out []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(strings.TrimRight(line, "\r"), "\t") {
			row[header[i]] = cell
		}
		out = append(out, row)
	}
	return out
}
