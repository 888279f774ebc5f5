package storetest

import (
	"fmt"
	"strings"

	"corvee"
	"corvee/store"
)

func inputOf(id string, state corvee.InputState) corvee.Input {
	return corvee.Input{
		ID: id, Collection: corvee.DefaultCollection, Origin: "a folder/\x00 報道 \U0001F469.txt", State: state, Reason: "no text",
		Remedy: "try another", Retryable: true, Tool: "plain 1", Bytes: 1 << 40, At: moment(2),
	}
}

func testInputs(b *bench) {
	first, second := inputOf("b", corvee.InputFailed), inputOf("a", corvee.InputRejected)
	b.update(func(tx store.Tx) error {
		for _, in := range []corvee.Input{first, second} {
			if err := tx.PutInput(b.ctx, in); err != nil {
				return err
			}
		}
		return nil
	})
	ask := func(states ...corvee.InputState) []corvee.Input {
		return read(b, func(tx store.Tx) ([]corvee.Input, error) { return tx.Inputs(b.ctx, states...) })
	}
	b.same("Inputs", ask(), []corvee.Input{first, second})
	first.Origin = "\xb1\xe8 \xff/\x00" // a path in another encoding, as it was given
	first.State, first.Report, first.Reason = corvee.InputDone, corvee.HashID(nil), ""
	for range 2 {
		b.update(func(tx store.Tx) error { return tx.PutInput(b.ctx, first) })
	}
	b.same("Inputs after one was put again", ask(), []corvee.Input{first, second})
	b.same("Inputs done", ask(corvee.InputDone), []corvee.Input{first})
	b.same("Inputs done or rejected", ask(corvee.InputRejected, corvee.InputDone), []corvee.Input{first, second})
	b.same("Inputs failed", ask(corvee.InputFailed), []corvee.Input{})
	b.same("Input", read(b, func(tx store.Tx) (corvee.Input, error) { return tx.Input(b.ctx, "a") }), second)
	b.absent("Input", func(tx store.Tx) error { _, err := tx.Input(b.ctx, "c"); return err })
	b.refuse("PutInput in no state", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutInput(b.ctx, inputOf("d", "")) })
	b.refuse("PutInput without id", corvee.ErrInvalid, func(tx store.Tx) error { return tx.PutInput(b.ctx, inputOf("", corvee.InputDone)) })
}

func testReports(b *bench) {
	r, text, _ := b.hardReport("one")
	get := func() corvee.Report {
		return read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, r.ID) })
	}
	b.same("Report", get(), r)
	b.update(func(tx store.Tx) error { return tx.PutReport(b.ctx, corvee.DefaultCollection, r, text) })
	b.same("Report put again", get(), r)
	b.same("CountReports", read(b, func(tx store.Tx) (int, error) { return tx.CountReports(b.ctx) }), 1)
	b.same("CountClaims after the same again", read(b, func(tx store.Tx) (int, error) { return tx.CountClaims(b.ctx) }), 1)
	b.same("RulesOf after the same again", read(b, func(tx store.Tx) (string, error) { return tx.RulesOf(b.ctx, r.ID) }), "rules 1")

	r.Title, r.Published = "A better title", corvee.Date{Year: 2025}
	b.update(func(tx store.Tx) error {
		if err := tx.PutCollection(b.ctx, corvee.Collection{ID: "case", Name: "A case"}); err != nil {
			return err
		}
		return tx.PutReport(b.ctx, "case", r, text)
	})
	b.same("Report replaced", get(), r)
	in := func(collection string) []corvee.Report {
		return read(b, func(tx store.Tx) ([]corvee.Report, error) {
			return tx.Reports(b.ctx, store.ReportFilter{Collection: collection})
		})
	}
	b.same("Reports of the new collection", in("case"), []corvee.Report{r})
	b.same("Reports of the old collection", in(corvee.DefaultCollection), []corvee.Report{})
	b.same("Reports of no collection that is there", in("elsewhere"), []corvee.Report{})

	var zero corvee.Report
	zero.ID, zero.Text = corvee.HashID([]byte("bare")), text.Hash()
	b.update(func(tx store.Tx) error { return tx.PutReport(b.ctx, "", zero, text) })
	b.same("a report with nothing but a text",
		read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, zero.ID) }), zero)
}

func testTexts(b *bench) {
	for name, content := range map[string]string{
		"empty": "", "hard": hard, "nul": "\x00", "one": "a", "crlf": "a\r\nb\r\n", "decomposed": decomposed,
		"piece":                 strings.Repeat("x", 64<<10),
		"and a bit":             strings.Repeat("x", 64<<10) + "y",
		"cut inside characters": strings.Repeat("\U00020BB7", 50_001) + strings.Repeat(decomposed, 50_000),
		"megabyte":              strings.Repeat(hard, 1<<20/len(hard)+1),
	} {
		text := textOf(b, content)
		r := b.put(text, name, nil)
		got := read(b, func(tx store.Tx) (corvee.Text, error) { return tx.Text(b.ctx, r.ID) })
		if got.String() != content || got.Hash() != text.Hash() {
			b.Errorf("%s: Text = %d bytes, want the %d that were put", name, got.Len(), len(content))
		}
		b.same(name+": Blocks", got.Blocks(), text.Blocks())
	}
	lines := []corvee.Region{
		{Span: corvee.Span{End: 3}, Page: 1, Box: [4]int{7200, -5, 10_000, 7212}}, {Span: corvee.Span{Start: 4, End: 7}, Page: 2},
	}
	placed, err := textOf(b, "one two three").Placed(lines)
	check(b, err)
	for range 2 { // also when it is put again
		r := b.put(placed, "placed", nil)
		got := read(b, func(tx store.Tx) (corvee.Text, error) { return tx.Text(b.ctx, r.ID) })
		b.same("Regions", got.Regions(), lines)
		b.same("Blocks of a placed text", got.Blocks(), placed.Blocks())
	}
	b.absent("Text", func(tx store.Tx) error { _, err := tx.Text(b.ctx, corvee.HashID([]byte("none"))); return err })
}

func testReportOrder(b *bench) {
	text := textOf(b, "a\nb")
	var want []string
	for _, published := range []string{"2026-11-24", "2026-11-23", "2026-11", "2026", "2025-12-31", ""} {
		var pair []string
		for n := range 2 {
			r := reportOf(text, fmt.Sprint(published, n))
			r.Published, _ = corvee.ParseDate(published)
			pair = append(pair, r.ID)
			b.update(func(tx store.Tx) error { return tx.PutReport(b.ctx, "", r, text) })
		}
		want = append(want, min(pair[0], pair[1]), max(pair[0], pair[1]))
	}
	ids := func(f store.ReportFilter) (ids []string) {
		for _, r := range read(b, func(tx store.Tx) ([]corvee.Report, error) { return tx.Reports(b.ctx, f) }) {
			ids = append(ids, r.ID)
		}
		return ids
	}
	b.same("Reports", ids(store.ReportFilter{}), want)
	b.same("Reports, the first five", ids(store.ReportFilter{Limit: 5}), want[:5])
	b.same("Reports, the next five", ids(store.ReportFilter{Limit: 5, Offset: 5}), want[5:10])
	b.same("Reports, all but four", ids(store.ReportFilter{Offset: 4}), want[4:])
	b.same("Reports, beyond the end", ids(store.ReportFilter{Limit: 5, Offset: 50}), []string{})
}

func testReportBeginnings(b *bench) {
	text := textOf(b, "a\nb")
	tail := strings.Repeat("0", 56)
	for _, head := range []string{"abcdef00", "abcdef01", "fedcba00"} {
		r := reportOf(text, head)
		r.ID = "sha256:" + head + tail
		b.update(func(tx store.Tx) error { return tx.PutReport(b.ctx, "", r, text) })
	}
	for given, want := range map[string]string{
		"sha256:abcdef00" + tail: "abcdef00", "abcdef00" + tail: "abcdef00", "sha256:abcdef00": "abcdef00",
		"abcdef01": "abcdef01", "fedcba": "fedcba00", "sha256:fedcba": "fedcba00",
	} {
		got := read(b, func(tx store.Tx) (corvee.Report, error) { return tx.Report(b.ctx, given) })
		b.same("Report "+given, got.ID, "sha256:"+want+tail)
	}
	for _, given := range []string{"abcdef", "sha256:abcdef0", "fedcb", "sha256:", "", "sha256:fedcb", "fedcba\x00"} {
		err := b.View(b.ctx, func(tx store.Tx) error { _, err := tx.Report(b.ctx, given); return err })
		if !isInvalid(err) {
			b.Errorf("Report %q: %v, want %v", given, err, corvee.ErrInvalid)
		}
	}
	for _, given := range []string{"abcdef02", "sha256:fedcba00" + tail + "0", "%edcba", "f_dcba", "FEDCBA"} {
		b.absent("Report "+given, func(tx store.Tx) error { _, err := tx.Report(b.ctx, given); return err })
	}
}

func testRefusedReports(b *bench) {
	text := textOf(b, "a\nb")
	r := reportOf(text, "one")
	put := func(collection string, r corvee.Report) func(store.Tx) error {
		return func(tx store.Tx) error { return tx.PutReport(b.ctx, collection, r, text) }
	}
	b.refuse("PutReport into no collection", corvee.ErrNotFound, put("none", r))
	other := r
	other.Text = corvee.HashID(nil)
	b.refuse("PutReport with another text's hash", corvee.ErrInvalid, put("", other))
	for _, id := range []string{"", "sha256:", "sha256:abc", r.ID[7:], strings.ToUpper(r.ID), r.ID + "0", "sha256:" + strings.Repeat("x", 64)} {
		other = r
		other.ID = id
		b.refuse("PutReport as "+id, corvee.ErrInvalid, put("", other))
	}
	b.same("CountReports", read(b, func(tx store.Tx) (int, error) { return tx.CountReports(b.ctx) }), 0)
}

// testNewText: a new extraction makes the rules' claims void and keeps what people judged,
// with the text that they wrote on.
func testNewText(b *bench) {
	r, _, c := b.hardReport("one")
	edited := c
	edited.Subject = "seamstresses"
	v := verdictOn(c, "v1", corvee.ReviewEdited)
	v.Edited = &edited
	b.update(func(tx store.Tx) (err error) { v, err = tx.AddVerdict(b.ctx, v, 0); return err })

	text := textOf(b, "Another\nreading of it: about 200 women sew here.")
	r.Text = text.Hash()
	b.update(func(tx store.Tx) error { return tx.PutReport(b.ctx, "", r, text) })
	b.same("CountClaims", read(b, func(tx store.Tx) (int, error) { return tx.CountClaims(b.ctx) }), 0)
	b.same("RulesOf", read(b, func(tx store.Tx) (string, error) { return tx.RulesOf(b.ctx, r.ID) }), "")
	b.same("Text", read(b, func(tx store.Tx) (corvee.Text, error) { return tx.Text(b.ctx, r.ID) }).String(), text.String())
	b.same("Verdicts", read(b, func(tx store.Tx) ([]corvee.Verdict, error) { return tx.Verdicts(b.ctx, r.ID) }), []corvee.Verdict{v})
	loose, err := b.Sweep(b.ctx)
	check(b, err)
	b.same("Sweep", loose, []string{})

	again := verdictOn(c, "v2", corvee.ReviewEdited)
	again.Edited = &edited
	b.update(func(tx store.Tx) error { _, err := tx.AddVerdict(b.ctx, again, v.Seq); return err })
	b.refuse("claims on the old text", corvee.ErrUngrounded, func(tx store.Tx) error {
		return tx.ReplaceClaims(b.ctx, r.ID, "rules 2", []corvee.Claim{c})
	})
}
