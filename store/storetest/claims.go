package storetest

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/store"
)

func testClaims(b *bench) {
	text := textOf(b, hard)
	var claims []corvee.Claim
	r := b.put(text, "one", func(r corvee.Report) []corvee.Claim {
		claims = []corvee.Claim{
			claimOf(b, r, text, corvee.KindActivity, "\x00Dandong\r\n👩🏽\u200d🏭"),
			claimOf(b, r, text, corvee.KindCondition, decomposed),
			claimOf(b, r, text, corvee.KindHeadcount, decomposed),
			claimOf(b, r, text, corvee.KindActivity, "\U00020BB7"),
			fullClaim(b, r, text, "about 200 women sew here"),
			claimOf(b, r, text, corvee.KindActivity, "here.\x00"),
		}
		return claims
	})
	want := slices.SortedFunc(slices.Values(claims), func(x, y corvee.Claim) int {
		if x.Before(y) {
			return -1
		}
		return 1
	})
	ask := func() []corvee.Claim {
		return read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{Report: r.ID}) })
	}
	b.same("Claims", ask(), want)
	for _, c := range claims {
		b.same("Claim", read(b, func(tx store.Tx) (corvee.Claim, error) { return tx.Claim(b.ctx, c.ID) }), c)
	}
	b.same("CountClaims", read(b, func(tx store.Tx) (int, error) { return tx.CountClaims(b.ctx) }), len(claims))
	b.same("RulesOf", read(b, func(tx store.Tx) (string, error) { return tx.RulesOf(b.ctx, r.ID) }), "rules 1")
	for range 2 {
		b.update(func(tx store.Tx) error { return tx.ReplaceClaims(b.ctx, r.ID, "rules 2", claims[4:]) })
	}
	b.same("Claims replaced", ask(), claims[4:])
	b.same("RulesOf the new", read(b, func(tx store.Tx) (string, error) { return tx.RulesOf(b.ctx, r.ID) }), "rules 2")
	b.update(func(tx store.Tx) error { return tx.ReplaceClaims(b.ctx, r.ID, "rules 3", nil) })
	b.same("Claims replaced by none", ask(), []corvee.Claim{})
	b.absent("Claims' rules", func(tx store.Tx) error { _, err := tx.RulesOf(b.ctx, corvee.HashID(nil)); return err })
}

func testClaimFilters(b *bench) {
	text := textOf(b, hard)
	dates := []corvee.Date{{Year: 2026, Month: 11, Day: 2}, {Year: 2026, Month: 11, Day: 1}, {}}
	for n, date := range dates {
		r := reportOf(text, fmt.Sprint(n))
		r.Published = date
		one := fullClaim(b, r, text, "about 200 women sew here")
		two := claimOf(b, r, text, corvee.KindCondition, decomposed)
		two.Countries = []string{"MN"}
		b.update(func(tx store.Tx) error {
			if err := tx.PutReport(b.ctx, "", r, text); err != nil {
				return err
			}
			return tx.ReplaceClaims(b.ctx, r.ID, "1", []corvee.Claim{one, two})
		})
	}
	all := read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{}) })
	b.same("Claims", len(all), 6)
	b.same("their reports", []string{all[0].Report, all[2].Report, all[4].Report},
		[]string{corvee.HashID([]byte("2")), corvee.HashID([]byte("1")), corvee.HashID([]byte("0"))})
	full, bare := []int{1, 3, 5}, []int{0, 2, 4}
	for _, by := range []struct {
		f    store.ClaimFilter
		want []int
	}{
		{store.ClaimFilter{Kind: corvee.KindHeadcount}, full},
		{store.ClaimFilter{Kind: corvee.KindCondition}, bare},
		{store.ClaimFilter{Kind: corvee.KindWage}, nil},
		{store.ClaimFilter{Country: "CN"}, full},
		{store.ClaimFilter{Country: "RU"}, full},
		{store.ClaimFilter{Country: "MN"}, bare},
		{store.ClaimFilter{Country: "K"}, nil},
		{store.ClaimFilter{Sector: corvee.SectorGarments}, full},
		{store.ClaimFilter{Place: "jilin_prov"}, full},
		{store.ClaimFilter{Place: "jilin%"}, nil},
		{store.ClaimFilter{Place: "dandong", Country: "RU", Sector: corvee.SectorGarments, Kind: corvee.KindHeadcount}, full},
		{store.ClaimFilter{Place: "dandong", Country: "MN"}, nil},
		{store.ClaimFilter{Report: corvee.HashID([]byte("1"))}, []int{2, 3}},
		{store.ClaimFilter{Report: corvee.HashID([]byte("1")), Country: "MN"}, []int{2}},
		{store.ClaimFilter{Report: corvee.HashID([]byte("none"))}, nil},
		{store.ClaimFilter{Limit: 4}, []int{0, 1, 2, 3}},
		{store.ClaimFilter{Limit: 4, Offset: 4}, []int{4, 5}},
		{store.ClaimFilter{Offset: 3, Country: "CN"}, nil},
		{store.ClaimFilter{Offset: 1, Country: "CN"}, []int{3, 5}},
	} {
		var want []corvee.Claim
		for _, i := range by.want {
			want = append(want, all[i])
		}
		b.same(fmt.Sprintf("Claims %+v", by.f), read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, by.f) }), want)
	}
}

func testClaimBeginnings(b *bench) {
	text := textOf(b, hard)
	b.put(text, "one", func(r corvee.Report) []corvee.Claim {
		var claims []corvee.Claim
		for _, id := range []string{"cabcdef0", "cabcdef01", "cabcdef1", "c123456"} {
			c := claimOf(b, r, text, corvee.KindActivity, "Dandong")
			c.ID = id
			claims = append(claims, c)
		}
		return claims
	})
	for given, want := range map[string]string{
		"cabcdef0": "cabcdef0", "cabcdef01": "cabcdef01", "cabcdef1": "cabcdef1", "c12345": "c123456", "c123456": "c123456",
	} {
		b.same("Claim "+given, read(b, func(tx store.Tx) (corvee.Claim, error) { return tx.Claim(b.ctx, given) }).ID, want)
	}
	for _, given := range []string{"", "c1234", "cabcdef"} {
		if err := b.View(b.ctx, func(tx store.Tx) error { _, err := tx.Claim(b.ctx, given); return err }); !isInvalid(err) {
			b.Errorf("Claim %q: %v, want %v", given, err, corvee.ErrInvalid)
		}
	}
	for _, given := range []string{"c123457", "%12345", "C12345"} {
		b.absent("Claim "+given, func(tx store.Tx) error { _, err := tx.Claim(b.ctx, given); return err })
	}
}

func testRefusedClaims(b *bench) {
	r, text, good := b.hardReport("one")
	at := func(start, end int, exact string) func(*corvee.Claim) {
		return func(c *corvee.Claim) {
			c.Quote = corvee.Quote{Exact: exact, Span: corvee.Span{Start: start, End: end}}
		}
	}
	emoji := strings.Index(hard, "👩")
	for name, by := range map[string]struct {
		want   error
		change func(*corvee.Claim)
	}{
		"other words":          {corvee.ErrUngrounded, at(1, 8, "Tianjin")},
		"shifted by one":       {corvee.ErrUngrounded, at(2, 9, "Dandong")},
		"off the end":          {corvee.ErrUngrounded, at(len(hard)-1, len(hard)+1, "\x00\x00")},
		"far off the end":      {corvee.ErrUngrounded, at(1<<30, 1<<30+1, "a")},
		"before the start":     {corvee.ErrUngrounded, at(-1, 0, "a")},
		"through a character":  {corvee.ErrUngrounded, at(emoji+1, emoji+4, hard[emoji+1:emoji+4])},
		"another normal form":  {corvee.ErrUngrounded, at(strings.Index(hard, decomposed), strings.Index(hard, decomposed)+9, composed+composed+composed)},
		"length and words":     {corvee.ErrInvalid, at(1, 8, "Dandon")},
		"nothing quoted":       {corvee.ErrInvalid, at(1, 1, "")},
		"a mention":            {corvee.ErrUngrounded, func(c *corvee.Claim) { c.Mentions = []corvee.Quote{{Exact: "x", Span: corvee.Span{Start: 1, End: 2}}} }},
		"a slot":               {corvee.ErrUngrounded, func(c *corvee.Claim) { c.Slots = []corvee.Slot{{Span: corvee.Span{Start: 1, End: 1 << 20}}} }},
		"another text":         {corvee.ErrUngrounded, func(c *corvee.Claim) { c.Text = corvee.HashID(nil) }},
		"another report":       {corvee.ErrInvalid, func(c *corvee.Claim) { c.Report = corvee.HashID(nil) }},
		"no kind":              {corvee.ErrInvalid, func(c *corvee.Claim) { c.Kind = "rumour" }},
		"no id":                {corvee.ErrInvalid, func(c *corvee.Claim) { c.ID = "" }},
		"an id already there":  {corvee.ErrInvalid, func(c *corvee.Claim) { c.ID = good.ID }},
		"a country with NUL":   {corvee.ErrInvalid, func(c *corvee.Claim) { c.Countries = []string{"\x00"} }},
		"a place that is long": {corvee.ErrInvalid, func(c *corvee.Claim) { c.Places[0].ID = strings.Repeat("x", 5000) }},
	} {
		bad := fullClaim(b, r, text, "Dandong")
		by.change(&bad)
		b.refuse("ReplaceClaims with "+name, by.want, func(tx store.Tx) error {
			return tx.ReplaceClaims(b.ctx, r.ID, "rules 2", []corvee.Claim{good, bad})
		})
	}
	b.refuse("ReplaceClaims of no report", corvee.ErrNotFound, func(tx store.Tx) error {
		return tx.ReplaceClaims(b.ctx, corvee.HashID(nil), "rules 2", nil)
	})
	b.same("Claims", read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{}) }), []corvee.Claim{good})
	b.same("RulesOf", read(b, func(tx store.Tx) (string, error) { return tx.RulesOf(b.ctx, r.ID) }), "rules 1")
}

// testSameTextTwice: two reports whose texts are equal byte for byte (one of them with a
// byte-order mark, say) have claims of the same ids, each its own.
func testSameTextTwice(b *bench) {
	one, _, c := b.hardReport("one")
	two, _, _ := b.hardReport("two")
	of := func(r corvee.Report) []corvee.Claim {
		return read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{Report: r.ID}) })
	}
	if x, y := of(one), of(two); len(x) != 1 || len(y) != 1 || x[0].ID != c.ID || y[0].ID != c.ID {
		b.Fatalf("Claims of two equal texts = %v and %v", x, y)
	}
	got := read(b, func(tx store.Tx) (corvee.Claim, error) { return tx.Claim(b.ctx, c.ID[:8]) })
	b.same("Claim is of the report that comes first", got.Report, min(one.ID, two.ID))
	b.update(func(tx store.Tx) error { return tx.DeleteReport(b.ctx, min(one.ID, two.ID), tomb("t")) })
	got = read(b, func(tx store.Tx) (corvee.Claim, error) { return tx.Claim(b.ctx, c.ID) })
	b.same("Claim after the purge of the first", got.Report, max(one.ID, two.ID))
}

// testLongText quotes a megabyte at, over and around every border at which a base might
// cut it, and then wrongly there.
func testLongText(b *bench) {
	const unit = composed + "\U00020BB7x" // 8 bytes, so that no power of two ends in a character but between two
	text := textOf(b, "\n"+strings.Repeat(unit, 1<<17))
	r := b.put(text, "long", nil)
	var claims []corvee.Claim
	for border := 1 << 12; border < text.Len()-200; border *= 2 {
		for _, span := range [][2]int{{-7, 1}, {-15, 17}, {-8 - 7, -7}, {1, 9}, {-4095, 1}} {
			start, end := border+span[0], border+span[1]
			quote, err := text.Quote(corvee.Span{Start: start, End: end})
			if err != nil {
				continue // splits a character
			}
			c := claimOf(b, r, text, corvee.KindActivity, unit)
			c.Quote = quote
			c.ID = c.NewID()
			claims = append(claims, c)
		}
	}
	whole := claimOf(b, r, text, corvee.KindActivity, text.String())
	claims = append(claims, whole)
	if len(claims) < 20 {
		b.Fatalf("only %d quotes fall between characters", len(claims))
	}
	b.update(func(tx store.Tx) error { return tx.ReplaceClaims(b.ctx, r.ID, "1", claims) })
	got := read(b, func(tx store.Tx) ([]corvee.Claim, error) { return tx.Claims(b.ctx, store.ClaimFilter{Report: r.ID}) })
	b.same("CountClaims", len(got), len(claims))
	for _, c := range got {
		check(b, text.Ground(c.Quote))
	}
	loose, err := b.Sweep(b.ctx)
	check(b, err)
	b.same("Sweep", loose, []string{})
}
