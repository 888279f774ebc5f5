package read_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corvee"
	"corvee/read"
)

const subject = "North Korean workers are the subject of this report.\n\n"

// worst is texts that want to break a reader; reading them must neither panic nor state
// what the text does not.
func worst() map[string]string {
	return map[string]string{
		"400 digits":          subject + "The plant employs " + strings.Repeat("9", 400) + " North Korean workers and pays them " + strings.Repeat("8", 400) + " yuan a month.",
		"range down":          subject + "The number of North Korean workers fell from 30 to 20, and pay from 2,000 to 1,000 yuan.",
		"no such date":        subject + "On 31 February 2020 and on February 30, 2019, 40 North Korean workers left Dandong; 2020-13-45 too.",
		"deep quotes":         subject + strings.Repeat("“the source said ‘", 50) + "North Korean workers earn 90 dollars a month" + strings.Repeat("’ he said”", 50) + ".",
		"odd quotes":          subject + "“North Korean workers earn 90 dollars, \"he said. “Nobody” pays” them\" at all.“\n\n“And so on",
		"OCR noise":           subject + "N0rth K0rean w0rkers .. earn 2,3OO yu an a m0nth..They,live;in||cont ainers 1l1 ( ( ) ]",
		"NUL":                 subject + "North\x00 Korean\x00 workers earn 90\x00 dollars a month\x00.",
		"emoji":               subject + "🇰🇵 North Korean workers 👷‍♀️👷‍♀️ earn 💵 90 dollars a month 😢.",
		"CRLF":                strings.ReplaceAll(subject+"North Korean workers earn\n90 dollars a month.\n", "\n", "\r\n"),
		"only marks":          strings.Repeat("\"'(),.;:-–—“”", 2000),
		"one word":            strings.Repeat("workers", 4000),
		"one letter":          strings.Repeat("a", 50000),
		"spaces":              strings.Repeat(" \t\u00a0\u2009", 20000),
		"decomposed":          subject + "No\u0301rth Korean workers e\u0301arn 90 dollars in Gdan\u0301sk.",
		"brackets":            subject + "North Korean workers earn 90 dollars " + strings.Repeat("(about 600 yuan ", 300) + ".",
		"many ranges":         subject + "North Korean workers earn " + strings.Repeat("10 to 20 to ", 500) + "30 dollars.",
		"many commas":         subject + "North Korean workers" + strings.Repeat(", and the workers", 1000) + " earn 90 dollars.",
		"negative":            subject + "North Korean workers earn -90 dollars and there are -200 North Korean workers.",
		"leading zeros":       subject + "There are 000200 North Korean workers at 00 plants.",
		"every year a number": subject + strings.Repeat("In 2017 2018 2019 workers ", 300),
	}
}

func TestWorstTexts(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, content := range worst() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkAll(t, r, content)
		})
	}
}

// checkAll reads a text and holds each claim to its invariants.
func checkAll(t interface {
	Fatalf(string, ...any)
	Errorf(string, ...any)
}, r *read.Reader, content string) {
	text, err := corvee.NewText(content, nil)
	if err != nil {
		return
	}
	for c, err := range r.Claims(context.Background(), corvee.Report{Publisher: "The Example"}, text) {
		if errors.Is(err, corvee.ErrUnsupported) {
			return
		}
		if err != nil {
			t.Fatalf("Claims: %v", err)
		}
		if err := text.Ground(c.Quote); err != nil {
			t.Errorf("claim %s: %v", c.Kind, err)
		}
		if err := c.Validate(); err != nil {
			t.Errorf("claim %s: %v", c.Quote.Exact, err)
		}
		checkSpans(t, text, c)
	}
}

func checkSpans(t interface{ Errorf(string, ...any) }, text corvee.Text, c corvee.Claim) {
	for _, q := range c.Mentions {
		if err := text.Ground(q); err != nil {
			t.Errorf("mention of %s: %v", c.Kind, err)
		}
	}
	for _, s := range c.Slots {
		if _, err := text.Slice(s.Span); err != nil {
			t.Errorf("slot %s of %s: %v", s.Name, c.Kind, err)
		}
	}
	if c.ID != c.NewID() {
		t.Errorf("claim %s has id %s, want %s", c.Quote.Exact, c.ID, c.NewID())
	}
	if c.Score < 1 || c.Score > 100 {
		t.Errorf("claim %s has score %d", c.Quote.Exact, c.Score)
	}
}

// TestNoFigureIsGuessed: what does not close or does not exist is not repaired.
func TestNoFigureIsGuessed(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, c := range claims(t, r, corvee.Report{}, worst()["400 digits"]) {
		if c.Value != nil {
			t.Errorf("400 digits gave %v", c.Value.Range)
		}
	}
	for _, c := range claims(t, r, corvee.Report{}, worst()["no such date"]) {
		if c.When != nil && c.When.Known() {
			t.Errorf("a date that does not exist gave %v", c.When)
		}
	}
	for _, c := range claims(t, r, corvee.Report{}, worst()["range down"]) {
		if c.Value != nil && c.Value.Low.Known() && c.Value.High.Known() && c.Value.Low != c.Value.High {
			t.Errorf("a change gave the range %v", c.Value.Range)
		}
	}
}

// TestLargeParagraph reads one paragraph of five megabytes; a reader that is not linear
// would not come back.
func TestLargeParagraph(t *testing.T) {
	t.Parallel()
	content := subject + strings.Repeat("North Korean workers at a plant in Dandong, according to the source, earn 2,300 yuan a month and “hand over” half of it, ", 5<<20/120)
	got := claims(t, reader(t), corvee.Report{}, content)
	if len(got) == 0 {
		t.Error("no claims in five megabytes of them")
	}
}

// TestCancel: a reader gives up when it is told to.
func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	text, err := corvee.NewText(strings.Repeat(subject, 50), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range reader(t).Claims(ctx, corvee.Report{}, text) {
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("Claims after cancel = %v, want %v", err, context.Canceled)
		}
		return
	}
	t.Error("Claims after cancel yielded nothing")
}

// TestEveryQuoteSlices: sentences of the reader's own vocabulary in any order.
func TestEveryQuoteSlices(t *testing.T) {
	t.Parallel()
	r := reader(t)
	words := []string{
		"North Korean workers", "the workers", "they", "200", "about 30,000 to", "half of", "2,300 yuan", "(about $340)", "RMB", "a month",
		"per person", "in Dandong", "Jilin, China", "garment factories", "are paid", "handed over", "to the party", "not allowed", "to leave",
		"the dormitory", "were beaten", "passports", "confiscated", "according to a source", ", said Kim Tae-san, a defector,", "“", "”", ".",
		";", ", and", "\n\n", "in December 2019", "last year", "by 22 March", "ordered", "never", "reportedly", "é", "한국", "😀", "sent home",
		"working", "sleeping only", "three hours", "Resolution 2397", "loyalty funds", "-", "from 30 to 20",
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(t, "words")
		checkAll(t, r, strings.Join(parts, rapid.SampledFrom([]string{" ", "", "  ", "\u00a0"}).Draw(t, "gap")))
	})
}

// TestSameTextSameClaims: two readings are equal, down to the order.
func TestSameTextSameClaims(t *testing.T) {
	t.Parallel()
	content := subject + "North Korean workers in Dandong earn 2,300 yuan a month, a source said. They are not allowed to leave the dormitory. About 200 of them sew in a garment factory."
	a, b := claims(t, reader(t), corvee.Report{}, content), claims(t, reader(t), corvee.Report{}, content)
	if len(a) == 0 || len(a) != len(b) {
		t.Fatalf("%d and %d claims", len(a), len(b))
	}
	for i := range a {
		if a[i].ID != b[i].ID {
			t.Errorf("claim %d: %s and %s", i, a[i].ID, b[i].ID)
		}
	}
}

func FuzzClaims(f *testing.F) {
	r := reader(f)
	for _, content := range worst() {
		if len(content) < 5000 {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, content string) {
		checkAll(t, r, content)
	})
}
