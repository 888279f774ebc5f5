package score_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/score"
)

// says is a reader that yields what a test put down for each report, by its address.
func says(claims map[string][]corvee.Claim) score.Read {
	return func(_ context.Context, r corvee.Report, _ corvee.Text) iter.Seq2[corvee.Claim, error] {
		return func(yield func(corvee.Claim, error) bool) {
			for _, c := range claims[r.URL] {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

const plant = "About 200 women sew at the plant. They earn 2,300 yuan a month each, of which 2,000 go to the party. They may not leave."

// quoteIn returns the first occurrence of words in a text.
func quoteIn(t testing.TB, text, words string) corvee.Quote {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("%q is not in %q", words, text)
	}
	return corvee.Quote{Exact: words, Span: corvee.Span{Start: at, End: at + len(words)}}
}

func goldLine(t testing.TB, r score.Record) []byte {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return append(raw, '\n')
}

func spanIn(t testing.TB, text, words string) [2]int {
	t.Helper()
	before := text[:quoteIn(t, text, words).Start]
	start := len([]rune(before))
	return [2]int{start, start + len([]rune(words))}
}

func wageGold(t testing.TB) score.Gold {
	n := corvee.Int(2300)
	return score.Gold{
		Kind: corvee.KindWage, Place: "Dandong", Country: "China", Attribution: "source", Speaker: corvee.SpeakerAnonymous,
		Value: &score.Figure{Low: n, High: n, Unit: "money", Currency: "CNY", Period: corvee.EveryMonth}, Per: corvee.PerPerson,
		Hedge: corvee.Reported, Polarity: corvee.Positive, Span: spanIn(t, plant, "earn 2,300 yuan a month each"),
	}
}

func wageClaim(t testing.TB) corvee.Claim {
	return corvee.Claim{
		Kind: corvee.KindWage, Quote: quoteIn(t, plant, "earn 2,300 yuan a month each"), Countries: []string{"CN"},
		Places:      []corvee.Place{{ID: "dandong", Name: "Dandong", Country: "CN", Precision: corvee.AtCity}},
		Value:       &corvee.Value{Range: corvee.Exactly(corvee.Int(2300)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerPerson, Period: corvee.EveryMonth},
		Attribution: []corvee.Attribution{{Role: "source", Speaker: corvee.SpeakerAnonymous}, {Name: "Example Post", Speaker: corvee.SpeakerPublisher}},
		Factuality:  corvee.Reported, Polarity: corvee.Positive,
	}
}

func run(t testing.TB, golds []score.Gold, claims []corvee.Claim) score.Table {
	t.Helper()
	r := score.Record{ID: "plant", URL: "https://example.org/plant", Lang: "en", Publisher: "Example Post", Claims: golds}
	texts := fstest.MapFS{"plant.txt": {Data: []byte(r.URL + "\n" + plant)}}
	table, err := score.Run(t.Context(), goldLine(t, r), texts, says(map[string][]corvee.Claim{r.URL: claims}), 1)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// right returns how many pairs stand at each level.
func right(table score.Table) []int {
	var out []int
	for _, l := range score.Levels() {
		out = append(out, table.Languages[0].Rows[0].Scores[l].Right)
	}
	return out
}

// Each case changes one thing in a claim that is right, or in its annotation, and says at
// which levels it still stands and which slots the listing names.
func TestLevels(t *testing.T) {
	t.Parallel()
	type change func(*score.Gold, *corvee.Claim)
	full, none := []int{1, 1, 1, 1, 1}, []int{0, 0, 0, 0, 0}
	detect, value, period, whole := []int{1, 0, 0, 0, 0}, []int{1, 1, 0, 0, 0}, []int{1, 1, 1, 0, 0}, []int{1, 1, 1, 1, 0}
	for name, c := range map[string]struct {
		change change
		right  []int
		class  string
	}{
		"all right":        {func(*score.Gold, *corvee.Claim) {}, full, ""},
		"other kind":       {func(_ *score.Gold, c *corvee.Claim) { c.Kind = corvee.KindNetPay }, none, "false net_pay; missed wage"},
		"kind also right":  {func(g *score.Gold, c *corvee.Claim) { g.Also, c.Kind = []corvee.Kind{"net_pay"}, "net_pay" }, full, ""},
		"other figure":     {func(_ *score.Gold, c *corvee.Claim) { c.Value.Range = corvee.Exactly(corvee.Int(230)) }, detect, "value of wage"},
		"no figure":        {func(_ *score.Gold, c *corvee.Claim) { c.Value = nil }, detect, "per of wage; period of wage; value of wage"},
		"open end closed":  {func(g *score.Gold, _ *corvee.Claim) { g.Value.High = corvee.Decimal{} }, detect, "value of wage"},
		"other currency":   {func(_ *score.Gold, c *corvee.Claim) { c.Value.Currency = "USD" }, detect, "value of wage"},
		"other unit":       {func(g *score.Gold, _ *corvee.Claim) { g.Value.Unit, g.Value.Currency = "persons", "" }, detect, "value of wage"},
		"nothing at all":   {zero, full, ""},
		"approximate":      {func(_ *score.Gold, c *corvee.Claim) { c.Value.Approx = true }, full, ""},
		"other period":     {func(_ *score.Gold, c *corvee.Claim) { c.Value.Period = corvee.EveryYear }, value, "period of wage"},
		"period guessed":   {func(g *score.Gold, _ *corvee.Claim) { g.Value.Period = "" }, value, "period of wage"},
		"other country":    {func(_ *score.Gold, c *corvee.Claim) { c.Countries = []string{"RU"} }, period, "country of wage"},
		"country too many": {func(_ *score.Gold, c *corvee.Claim) { c.Countries = []string{"CN", "RU"} }, period, "country of wage"},
		"country guessed":  {func(g *score.Gold, _ *corvee.Claim) { g.Country = "" }, period, "country of wage"},
		"country an area":  {func(g *score.Gold, _ *corvee.Claim) { g.Country = "Middle East" }, full, ""},
		"no place":         {func(_ *score.Gold, c *corvee.Claim) { c.Places = nil }, period, "place of wage"},
		"place spelt out":  {func(g *score.Gold, _ *corvee.Claim) { g.Place = "Dandong City" }, full, ""},
		"place not asked":  {func(g *score.Gold, _ *corvee.Claim) { g.Place = "" }, full, "place of wage"},
		"country as place": {func(_ *score.Gold, c *corvee.Claim) {
			c.Places = append(c.Places, corvee.Place{Name: "China", Precision: corvee.AtCountry})
		}, full, ""},
		"other class":      {func(_ *score.Gold, c *corvee.Claim) { c.Attribution[0].Speaker = corvee.SpeakerInstitution }, whole, "speaker class of wage"},
		"outlet missed":    {func(g *score.Gold, _ *corvee.Claim) { g.Via = "Gulfwire" }, whole, "outlet of wage"},
		"outlet invented":  {func(_ *score.Gold, c *corvee.Claim) { c.Attribution[1].Name = "Gulfwire" }, whole, "outlet of wage"},
		"other factuality": {func(_ *score.Gold, c *corvee.Claim) { c.Factuality = corvee.Asserted }, whole, "factuality of wage"},
		"other polarity":   {func(_ *score.Gold, c *corvee.Claim) { c.Polarity = corvee.Negative }, full, "polarity of wage"},
		"no per annotated": {func(g *score.Gold, c *corvee.Claim) { g.Per, c.Value.Per = "", corvee.PerTotal }, full, ""},
		"other per":        {func(_ *score.Gold, c *corvee.Claim) { c.Value.Per = corvee.PerTotal }, full, "per of wage"},
		"date missed":      {func(g *score.Gold, _ *corvee.Claim) { g.Date = corvee.Date{Year: 2020} }, full, "when of wage"},
		"date inferred": {func(_ *score.Gold, c *corvee.Claim) {
			when := corvee.During(corvee.Date{Year: 2020})
			c.When, c.Inferred = &when, []corvee.SlotName{corvee.SlotWhen}
		}, full, ""},
		"same sentence":      {func(_ *score.Gold, c *corvee.Claim) { c.Quote = quoteIn(t, plant, "of which 2,000 go to the party") }, full, ""},
		"another sentence":   {func(_ *score.Gold, c *corvee.Claim) { c.Quote = quoteIn(t, plant, "They may not leave") }, none, "missed wage; false wage"},
		"stated again":       {again, full, ""},
		"mentioned again":    {mentioned, full, ""},
		"quote not in text":  {func(_ *score.Gold, c *corvee.Claim) { c.Quote.Exact = "earn 9,999 yuan a month each" }, full, ""},
		"no class annotated": {func(g *score.Gold, _ *corvee.Claim) { g.Speaker, g.Attribution = "", "Anna Example" }, full, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g, claim := wageGold(t), wageClaim(t)
			c.change(&g, &claim)
			table := run(t, []score.Gold{g}, []corvee.Claim{claim})
			if diff := cmp.Diff(c.right, right(table)); diff != "" {
				t.Errorf("right at each level (-want +got):\n%s\n%s", diff, table.Listing())
			}
			if got := classes(table); got != c.class {
				t.Errorf("error classes = %q, want %q", got, c.class)
			}
		})
	}
}

func zero(g *score.Gold, c *corvee.Claim) {
	g.Value.Low, g.Value.High, g.Value.Currency = corvee.Int(0), corvee.Int(0), ""
	c.Value.Range = corvee.Exactly(corvee.Int(0))
}

func again(g *score.Gold, c *corvee.Claim) {
	g.AltSpans = [][2]int{g.Span}
	g.Span = [2]int{0, 9}
}

func mentioned(_ *score.Gold, c *corvee.Claim) {
	c.Mentions = []corvee.Quote{c.Quote}
	c.Quote = corvee.Quote{Exact: "They may", Span: corvee.Span{Start: len(plant) - 19, End: len(plant) - 11}}
}

func classes(table score.Table) string {
	var out []string
	for _, e := range table.Errors {
		out = append(out, e.Class)
	}
	return strings.Join(out, "; ")
}

// For kinds without a figure the indicator, trade or label is the value.
func TestValueOfQualitativeKinds(t *testing.T) {
	t.Parallel()
	quote := quoteIn(t, plant, "They may not leave")
	span := spanIn(t, plant, "They may not leave")
	for name, c := range map[string]struct {
		gold  score.Gold
		claim corvee.Claim
		right int
	}{
		"indicator":           {score.Gold{Kind: "condition", Indicator: "isolation"}, corvee.Claim{Kind: "condition", Indicator: "isolation"}, 1},
		"other indicator":     {score.Gold{Kind: "condition", Indicator: "isolation"}, corvee.Claim{Kind: "condition", Indicator: "violence"}, 0},
		"trade":               {score.Gold{Kind: "activity", Sector: "garments"}, corvee.Claim{Kind: "activity", Sector: "garments"}, 1},
		"other trade":         {score.Gold{Kind: "activity", Sector: "garments"}, corvee.Claim{Kind: "activity", Sector: "textile"}, 0},
		"trade under other":   {score.Gold{Kind: "activity", Sector: "other"}, corvee.Claim{Kind: "activity", Sector: "mining"}, 1},
		"no trade":            {score.Gold{Kind: "activity"}, corvee.Claim{Kind: "activity"}, 1},
		"trade guessed":       {score.Gold{Kind: "activity"}, corvee.Claim{Kind: "activity", Sector: "mining"}, 0},
		"resolution":          {score.Gold{Kind: "law", Label: "UNSCR 2397"}, corvee.Claim{Kind: "law", Label: "Resolution 2397"}, 1},
		"other resolution":    {score.Gold{Kind: "law", Label: "UNSCR 2397"}, corvee.Claim{Kind: "law", Label: "UNSCR 2375"}, 0},
		"directive":           {score.Gold{Kind: "order", Label: "housing construction"}, corvee.Claim{Kind: "order", Label: "construction of housing"}, 1},
		"other directive":     {score.Gold{Kind: "order", Label: "housing construction"}, corvee.Claim{Kind: "order", Label: "quarantine rules"}, 0},
		"directive not named": {score.Gold{Kind: "order", Label: "housing construction"}, corvee.Claim{Kind: "order"}, 0},
		"movement":            {score.Gold{Kind: "movement", Label: "return"}, corvee.Claim{Kind: "movement"}, 1},
		"movement of some":    {score.Gold{Kind: "movement"}, corvee.Claim{Kind: "movement", Value: &corvee.Value{Range: corvee.Exactly(corvee.Int(20)), Unit: "person"}}, 0},
		"visas are persons": {score.Gold{Kind: "movement", Value: &score.Figure{Low: corvee.Int(20), Unit: "persons"}},
			corvee.Claim{Kind: "movement", Value: &corvee.Value{Range: corvee.Range{Low: corvee.Int(20)}, Unit: "visa"}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.gold.Span, c.gold.Hedge, c.claim.Quote = span, corvee.Asserted, quote
			table := run(t, []score.Gold{c.gold}, []corvee.Claim{c.claim})
			if got := right(table); got[score.Detect] != 1 || got[score.Value] != c.right {
				t.Errorf("right = %v, want 1 at Detect and %d at Value", got, c.right)
			}
		})
	}
}

// Two wages in one sentence: the figure decides which claim belongs to which annotation,
// not the order.
func TestMatchTakesTheBestAssignment(t *testing.T) {
	t.Parallel()
	first, second := wageGold(t), wageGold(t)
	second.Value = &score.Figure{Low: corvee.Int(2000), High: corvee.Int(2000), Unit: "money", Currency: "CNY", Period: corvee.EveryMonth}
	second.Span = spanIn(t, plant, "2,000 go to the party")
	a, b := wageClaim(t), wageClaim(t)
	b.Value = &corvee.Value{Range: corvee.Exactly(corvee.Int(2000)), Unit: corvee.UnitMoney, Currency: "CNY", Per: corvee.PerPerson, Period: corvee.EveryMonth}
	a.Quote, b.Quote = b.Quote, quoteIn(t, plant, "They earn 2,300 yuan a month each, of which 2,000 go to the party")
	a.Quote = b.Quote
	if got := right(run(t, []score.Gold{first, second}, []corvee.Claim{b, a})); !slices.Equal(got, []int{2, 2, 2, 2, 2}) {
		t.Errorf("right = %v, want 2 at each level", got)
	}
	if got := right(run(t, []score.Gold{first, second}, []corvee.Claim{a, a})); !slices.Equal(got, []int{2, 1, 1, 1, 1}) {
		t.Errorf("right of one figure twice = %v, want one of two beyond Detect", got)
	}
}

func TestUngroundedClaimsAreCounted(t *testing.T) {
	t.Parallel()
	claim := wageClaim(t)
	claim.Quote.Exact = strings.ToUpper(claim.Quote.Exact)
	beyond := wageClaim(t)
	beyond.Slots = []corvee.Slot{{Name: corvee.SlotPlaces, Span: corvee.Span{Start: 0, End: len(plant) + 1}}}
	table := run(t, []score.Gold{wageGold(t)}, []corvee.Claim{wageClaim(t), claim, beyond})
	if got := table.Ungrounded(); got != 2 {
		t.Errorf("Ungrounded = %d, want 2", got)
	}
}

func TestHardNegativesCountFalseClaims(t *testing.T) {
	t.Parallel()
	r := score.Record{ID: "hn", URL: "https://example.org/hn", Lang: "en", HardNegative: true}
	texts := fstest.MapFS{"hn.txt": {Data: []byte(r.URL + "\n" + plant)}}
	table, err := score.Run(t.Context(), goldLine(t, r), texts, says(map[string][]corvee.Claim{r.URL: {wageClaim(t)}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	l := table.Languages[0]
	if l.FalseClaims != 1 || l.HardChars != len(plant) || !strings.Contains(table.String(), "83.33 per 10,000") {
		t.Errorf("%d false claims in %d characters, want 1 in %d:\n%s", l.FalseClaims, l.HardChars, len(plant), table)
	}
}

// A text in a language without a reader scores as a text without claims and is named.
func TestUnreadTextsAreNamed(t *testing.T) {
	t.Parallel()
	r := score.Record{ID: "plant", URL: "https://example.org/plant", Lang: "xx", Claims: []score.Gold{wageGold(t)}}
	texts := fstest.MapFS{"plant.txt": {Data: []byte(r.URL + "\n" + plant)}}
	failing := func(err error) score.Read {
		return func(context.Context, corvee.Report, corvee.Text) iter.Seq2[corvee.Claim, error] {
			return func(yield func(corvee.Claim, error) bool) { yield(corvee.Claim{}, err) }
		}
	}
	table, err := score.Run(t.Context(), goldLine(t, r), texts, failing(fmt.Errorf("read: %w", corvee.ErrUnsupported)), 1)
	if err != nil || table.Languages[0].Unread != 1 || table.F1("xx", score.Value) != 0 {
		t.Errorf("Run = %+v, %v, want one unread report with F1 0", table.Languages, err)
	}
	broken := errors.New("broken")
	if _, err := score.Run(t.Context(), goldLine(t, r), texts, failing(broken), 1); !errors.Is(err, broken) {
		t.Errorf("Run with a failing reader = %v, want its error", err)
	}
}

// Where the text is not the annotated one, spans say nothing and facts are compared.
func TestOtherTextIsComparedAsFacts(t *testing.T) {
	t.Parallel()
	r := score.Record{ID: "plant", URL: "https://example.org/plant", Lang: "en", TextSHA256: "00", Claims: []score.Gold{wageGold(t)}}
	r.Claims[0].Span = [2]int{5000, 5100}
	claim, other := wageClaim(t), wageClaim(t)
	claim.Quote = quoteIn(t, plant, "They may not leave")
	other.Value = nil
	texts := fstest.MapFS{"plant.txt": {Data: []byte(plant)}}
	table, err := score.Run(t.Context(), goldLine(t, r), texts, says(map[string][]corvee.Claim{r.URL: {other, claim}}), 1)
	if err != nil {
		t.Fatal(err)
	}
	if l := table.Languages[0]; l.AsFacts != 1 || l.Rows[0].Scores[score.Value].Right != 1 || l.Rows[0].Found != 2 {
		t.Errorf("Languages = %+v, want one fact right of two found", l)
	}
}

// Nothing beyond the annotated opening reaches the reader.
func TestTextIsCutToItsOpening(t *testing.T) {
	t.Parallel()
	r := score.Record{ID: "a", Lang: "ko", TextChars: 3}
	for name, body := range map[string]string{"bare": "가나다라마", "with address": "https://example.org/x\n가나다라마", "with mark": "\uFEFFhttps://example.org/x\n가나다라마"} {
		var got string
		read := func(_ context.Context, _ corvee.Report, text corvee.Text) iter.Seq2[corvee.Claim, error] {
			got = text.String()
			return func(func(corvee.Claim, error) bool) {}
		}
		if _, err := score.Run(t.Context(), goldLine(t, r), fstest.MapFS{"a.txt": {Data: []byte(body)}}, read, 1); err != nil {
			t.Fatal(err)
		}
		if got != "가나다" {
			t.Errorf("%s: the reader saw %q, want %q", name, got, "가나다")
		}
	}
}

func TestRunRefusesWhatDoesNotHoldTogether(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		gold, text string
		want       error
	}{
		"no record has a text": {`{"id":"b"}`, plant, corvee.ErrNotFound},
		"nothing":              {"", plant, corvee.ErrNotFound},
		"broken line":          {`{"id":`, plant, corvee.ErrInvalid},
		"no id":                {`{"lang":"en"}`, plant, corvee.ErrInvalid},
		"id twice":             {`{"id":"a"}` + "\n" + `{"id":"a"}`, plant, corvee.ErrInvalid},
		"unknown kind":         {`{"id":"a","claims":[{"kind":"rumour","hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"unknown hedge":        {`{"id":"a","claims":[{"kind":"wage","hedge":"maybe","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"unknown sector":       {`{"id":"a","claims":[{"kind":"activity","sector":"magic","hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"unknown unit":         {`{"id":"a","claims":[{"kind":"wage","value":{"low":1,"unit":"cubits"},"hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"value without end":    {`{"id":"a","claims":[{"kind":"wage","value":{"unit":"money"},"hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"value turned round":   {`{"id":"a","claims":[{"kind":"wage","value":{"low":30,"high":20,"unit":"money"},"hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"400 digits":           {`{"id":"a","claims":[{"kind":"wage","value":{"low":` + strings.Repeat("9", 400) + `,"unit":"money"},"hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"date that is none":    {`{"id":"a","claims":[{"kind":"wage","date":"2020-02-31","hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"three dates":          {`{"id":"a","claims":[{"kind":"wage","date_range":["2020","2021","2022"],"hedge":"asserted","span":[0,3]}]}`, plant, corvee.ErrInvalid},
		"span beyond the text": {`{"id":"a","claims":[{"kind":"wage","hedge":"asserted","span":[0,3000]}]}`, plant, corvee.ErrInvalid},
		"span turned round":    {`{"id":"a","claims":[{"kind":"wage","hedge":"asserted","span":[5,3]}]}`, plant, corvee.ErrInvalid},
		"text not UTF-8":       {`{"id":"a"}`, "\xff\xfe\x00", corvee.ErrInvalid},
	} {
		texts := fstest.MapFS{"a.txt": {Data: []byte(c.text)}}
		if _, err := score.Run(t.Context(), []byte(c.gold), texts, says(nil), 1); !errors.Is(err, c.want) {
			t.Errorf("%s: Run = %v, want %v", name, err, c.want)
		}
	}
	outside := fstest.MapFS{"a.txt": {Data: []byte(plant)}}
	if _, err := score.Run(t.Context(), []byte(`{"id":"../a"}`), outside, says(nil), 1); err == nil {
		t.Error("an id that leads out of the folder was read")
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"One. Two.":                               {"One.", "Two."},
		"They said no. Then they left.":           {"They said no.", "Then they left."},
		"He said \"No.\" Then left.":              {`He said "No."`, "Then left."},
		"They earn 2.5 million. Dr. Kim left.":    {"They earn 2.5 million.", "Dr. Kim left."},
		"It came on Nov. 27 to the U.S. border.":  {"It came on Nov. 27 to the U.S. border."},
		"Headline\nBody":                          {"Headline", "Body"},
		"工人有200名。他们不能外出！":                         {"工人有200名。", "他们不能外出！"},
		"“그렇다.” 그가 말했다. 끝.":                       {"“그렇다.”", "그가 말했다.", "끝."},
		"wait... and see. e.g. this one, i.e. it": {"wait... and see. e.g. this one, i.e. it"},
	} {
		var got []string
		for _, s := range score.Sentences(text) {
			got = append(got, strings.TrimSpace(text[s.Start:s.End]))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sentences(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Thiès": "thies", "Côte d’Ivoire": "cote divoire", " Jilin–Province ": "jilin province", "단둥": "단둥", "Łódź": "lodz", "İzmir": "izmir"} {
		if got := score.Fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}
