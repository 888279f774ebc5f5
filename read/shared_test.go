//go:build shared

package read_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"corvee"
	"corvee/read"
)

// seedClaim is what the seed states: bytes of the quote, and words that the claim's
// summary holds. A word that begins with ! must not be in it.
type seedClaim struct {
	start, end int
	summary    []string
}

// seedTable is the claims of the seed, by place in the text. No words of the seed stand
// here.
var seedTable = []seedClaim{
	{166, 275, []string{"law", "UNSCR_2397", "author", "asserted", "2019-12"}},
	{279, 335, []string{"movement", "not", "author", "asserted", "!CN"}},
	{573, 661, []string{"movement", "not", "CN", "anonymous", "source", "reported", "2020"}},
	{673, 740, []string{"condition", "restriction_of_movement", "CN", "anonymous", "source", "reported", "2020-02/2020-03"}},
	{870, 975, []string{"activity", "garments", "dandong", "jilin_prov", "CN", "author", "asserted"}},
	{870, 975, []string{"activity", "electronics", "dandong", "jilin_prov", "CN", "author", "asserted"}},
	{870, 975, []string{"activity", "seafood", "dandong", "jilin_prov", "CN", "author", "asserted"}},
	{870, 975, []string{"activity", "restaurant", "dandong", "jilin_prov", "CN", "author", "asserted"}},
	{1143, 1198, []string{"headcount", "~25000–30000", "person", "jilin_prov", "CN", "publisher", "Daily_NK", "believed"}},
	{1201, 1270, []string{"movement", "dandong", "CN", "author", "asserted", "!not"}},
	{1544, 1597, []string{"order", "quarantine_guidelines", "CN", "anonymous", "diplomatic_source", "reported"}},
	{1625, 1757, []string{"order", "movement_to_earn_foreign_currency", "CN", "anonymous", "diplomatic_source", "reported"}},
	{1791, 1897, []string{"order", "80-day_battle;_personal_funds", "CN", "anonymous", "diplomatic_source", "reported"}},
	{2123, 2183, []string{"condition", "abusive_conditions", "author", "asserted", "!CN"}},
	{2254, 2315, []string{"condition", "excessive_overtime", "restaurant", "author", "reported"}},
	{2364, 2391, []string{"condition", "excessive_overtime", "author", "reported"}},
	{2444, 2475, []string{"condition", "excessive_overtime", "3", "hour", "/day", "anonymous", "source", "reported"}},
	{2522, 2594, []string{"condition", "excessive_overtime", "anonymous", "source", "reported"}},
	{2729, 2769, []string{"condition", "abusive_conditions", "dandong", "garments", "publisher", "Daily_NK", "reported"}},
	{2774, 2831, []string{"activity", "textile", "jilin_prov", "CN", "author", "asserted", "2017"}},
	{3096, 3149, []string{"levy", "2000", "CNY", "/person", "/month", "liaoning", "80-day_battle;_loyalty_funds", "author", "reported"}},
	{3125, 3149, []string{"wage", "2300", "CNY", "/person", "/month", "liaoning", "author", "reported"}},
	{3174, 3207, []string{"condition", "wage_withholding", "liaoning", "author", "reported"}},
	{3209, 3275, []string{"net_pay", "liaoning", "author", "asserted"}},
	{3277, 3312, []string{"headcount", "200", "person", "liaoning", "author", "asserted", "!dandong"}},
	{3332, 3401, []string{"transfer", "400000", "CNY", "/total", "/month", "liaoning", "author", "asserted"}},
	{3573, 3611, []string{"condition", "abuse_of_vulnerability", "author", "asserted"}},
	{3953, 3990, []string{"condition", "abusive_conditions", "anonymous", "source", "reported"}},
}

// others is how many claims beside the table the seed may yield.
const others = 2

func seed(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CORVEE_SHARED")
	if dir == "" {
		t.Skip("CORVEE_SHARED is not set")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "seed", "daily-nk-2020-11.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestSharedSeed(t *testing.T) {
	t.Parallel()
	content := seed(t)
	published, err := corvee.ParseDate("2020-11-19")
	if err != nil {
		t.Fatal(err)
	}
	got := claims(t, reader(t), corvee.Report{Published: published, Publisher: "Daily NK"}, content)
	checkSeed(t, content, got, seedTable)
	if len(got) > len(seedTable)+others {
		t.Errorf("%d claims, want at most %d", len(got), len(seedTable)+others)
	}
	for _, c := range got {
		if c.Kind == corvee.KindTransfer {
			checkEquivalent(t, content, c)
		}
	}
}

func checkSeed(t *testing.T, content string, got []corvee.Claim, table []seedClaim) {
	t.Helper()
	used := map[int]bool{}
	for _, want := range table {
		if !take(got, want, used) {
			t.Errorf("no claim at %d:%d with %v", want.start, want.end, want.summary)
		}
	}
	for _, c := range got {
		if content[c.Quote.Start:c.Quote.End] != c.Quote.Exact {
			t.Errorf("quote at %d:%d is not in the text", c.Quote.Start, c.Quote.End)
		}
		if err := c.Validate(); err != nil {
			t.Errorf("claim at %d:%d: %v", c.Quote.Start, c.Quote.End, err)
		}
	}
}

// take marks the first unused claim that the row describes.
func take(got []corvee.Claim, want seedClaim, used map[int]bool) bool {
	for i, c := range got {
		if used[i] || c.Quote.Start != want.start || c.Quote.End != want.end || !holds(read.Summary(c), want.summary) {
			continue
		}
		used[i] = true
		return true
	}
	return false
}

func holds(have, want []string) bool {
	for _, w := range want {
		if w[0] == '!' && slices.Contains(have, w[1:]) || w[0] != '!' && !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

func checkEquivalent(t *testing.T, content string, c corvee.Claim) {
	t.Helper()
	if len(c.Value.Equivalents) != 1 {
		t.Fatalf("transfer has %d equivalents, want 1", len(c.Value.Equivalents))
	}
	e := c.Value.Equivalents[0]
	if e.Low != corvee.Int(61000) || e.High != corvee.Int(61000) || !e.Approx || e.Currency != "USD" || e.Start != 3351 || e.End != 3361 {
		t.Errorf("equivalent = %v %s at %d:%d", e.Range, e.Currency, e.Start, e.End)
	}
}

// TestSharedSeedWithoutMetadata: relative dates stay unresolved and say so; all else is
// the same.
func TestSharedSeedWithoutMetadata(t *testing.T) {
	t.Parallel()
	content := seed(t)
	table := slices.Clone(seedTable)
	table[2].summary = []string{"movement", "not", "CN", "anonymous", "reported", "“this_year”_(unresolved)"}
	table[3].summary = []string{"condition", "restriction_of_movement", "CN", "reported", "“in_February_and_March”_(unresolved)"}
	got := claims(t, reader(t), corvee.Report{}, content)
	checkSeed(t, content, got, table)
	for _, c := range got {
		if c.When != nil && c.When.Relative && c.When.Known() {
			t.Errorf("claim at %d has the time %v without the report's date", c.Quote.Start, c.When)
		}
	}
}
