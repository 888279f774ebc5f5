package mark_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/web/mark"
)

func textOf(t interface{ Fatal(...any) }, content string, blocks ...corvee.Block) corvee.Text {
	text, err := corvee.NewText(content, blocks)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func claimAt(text corvee.Text, start, end int) corvee.Claim {
	q, _ := text.Quote(corvee.Span{Start: start, End: end})
	return corvee.Claim{Quote: q}
}

// drawText returns a text of awkward characters and claims on it, in order.
func drawText(t *rapid.T) (corvee.Text, []corvee.Claim) {
	alphabet := []rune("ab \n\t\r가各👩\u200d🌾e\u0301𠀀\u202e\x00\u200b\U000E0041.")
	content := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 200, -1).Draw(t, "text")
	bounds := []int{}
	for i := range content {
		bounds = append(bounds, i)
	}
	bounds = append(bounds, len(content))
	edge := rapid.SampledFrom(bounds)
	var blocks []corvee.Block
	at := 0
	for range rapid.IntRange(0, 4).Draw(t, "blocks") {
		a, b := edge.Draw(t, "from"), edge.Draw(t, "until")
		if a < at || b <= a {
			continue
		}
		blocks = append(blocks, corvee.Block{Kind: corvee.BlockBody, Span: corvee.Span{Start: a, End: b}})
		at = b
	}
	text := textOf(t, content, blocks...)
	var claims []corvee.Claim
	for range rapid.IntRange(0, 8).Draw(t, "claims") {
		a, b := edge.Draw(t, "start"), edge.Draw(t, "end")
		if a >= b {
			continue
		}
		c := claimAt(text, a, b)
		if s, e := edge.Draw(t, "slot start"), edge.Draw(t, "slot end"); s < e {
			c.Slots = []corvee.Slot{{Name: corvee.SlotValue, Span: corvee.Span{Start: s, End: e}}}
		}
		claims = append(claims, c)
	}
	for i := range claims { // text order
		for j := i; j > 0 && claims[j].Before(claims[j-1]); j-- {
			claims[j], claims[j-1] = claims[j-1], claims[j]
		}
	}
	return text, claims
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// TestPartsCoverTheText: parts follow one another without a gap, and every claim begins in
// exactly one.
func TestPartsCoverTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, claims := drawText(t)
		limit := mark.Limits{Bytes: rapid.IntRange(1, 40).Draw(t, "bytes"), Claims: rapid.IntRange(1, 3).Draw(t, "per part")}
		parts := mark.Parts(text, claims, limit)
		end, claim := 0, 0
		for i, p := range parts {
			again := i > 0 && p.Span == parts[i-1].Span || i > 0 && p.Start == parts[i-1].Start
			if !again && p.Start != end || p.From != claim || p.Until < p.From || p.Until-p.From > limit.Claims {
				t.Fatalf("part %d is %+v after byte %d and claim %d", i, p, end, claim)
			}
			if _, err := text.Slice(p.Span); err != nil {
				t.Fatal(err)
			}
			end, claim = p.End, p.Until
			for c := p.From; c < p.Until; c++ {
				if mark.Of(parts, c) != i || claims[c].Quote.Start < p.Start || claims[c].Quote.Start > p.End {
					t.Fatalf("claim %d at %d is in part %d (%+v), Of says %d", c, claims[c].Quote.Start, i, p, mark.Of(parts, c))
				}
			}
		}
		if end != text.Len() || claim != len(claims) {
			t.Fatalf("the parts end at byte %d of %d and claim %d of %d", end, text.Len(), claim, len(claims))
		}
	})
}

// TestPiecesAreTheText: the pieces of all parts are the text but for blank gaps, in as many
// UTF-16 units, and each claim's pieces are its quote.
func TestPiecesAreTheText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, claims := drawText(t)
		const most = 25
		all := make([]int, len(claims))
		for i := range all {
			all[i] = i
		}
		marked := make([]int, len(claims))
		for _, p := range mark.Parts(text, claims, mark.Limits{Bytes: most, Claims: 100}) {
			for _, b := range mark.Blocks(text, p.Span, claims, all, most) {
				length := 0
				for _, piece := range b.Pieces {
					length += units(piece.Text)
					for _, c := range piece.Covers {
						marked[c.Claim] += units(piece.Text)
					}
				}
				span, err := text.FromUTF16(b.Start, b.Start+length)
				if err != nil {
					t.Fatalf("block at %d of %d units: %v", b.Start, length, err)
				}
				source, _ := text.Slice(span)
				if got := joined(b.Pieces); !alike(got, source) {
					t.Fatalf("block at %d shows %q for %q", b.Start, got, source)
				}
			}
		}
		for i, c := range claims {
			if blankGap(text, c) {
				continue
			}
			if want := units(c.Quote.Exact); marked[i] != want {
				t.Fatalf("claim %d on %q is marked over %d units of %d", i, c.Quote.Exact, marked[i], want)
			}
		}
	})
}

func joined(pieces []mark.Piece) string {
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.Text)
	}
	return out.String()
}

// alike compares but for the characters that are shown by others.
func alike(shown, source string) bool {
	a, b := []rune(shown), utf16.Encode([]rune(source))
	if len(utf16.Encode(a)) != len(b) {
		return false
	}
	return mark.Visible(source) == shown || strings.HasSuffix(source, "\r") && mark.Visible(source+"\n") == shown+"\n"
}

// blankGap reports whether part of a quote lies in blank space that no block holds.
func blankGap(text corvee.Text, c corvee.Claim) bool {
	at := 0
	gap := func(from, until int) bool {
		s := text.String()[from:until]
		return strings.Trim(s, " \n\r\t") == "" && c.Quote.Overlap(corvee.Span{Start: from, End: until}) > 0
	}
	for _, b := range text.Blocks() {
		if gap(at, b.Start) {
			return true
		}
		at = b.End
	}
	return gap(at, text.Len())
}

// TestNothingSteers: whatever a text holds, what is shown holds no control character but
// line ends and tabs.
func TestNothingSteers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		for _, r := range mark.Visible(s) {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x7f {
				t.Fatalf("Visible(%q) holds %U", s, r)
			}
		}
		if units(mark.Visible(s)) != units(s) {
			t.Fatalf("Visible(%q) has %d units, want %d", s, units(mark.Visible(s)), units(s))
		}
	})
}

func TestNudgeKeepsASpan(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, claims := drawText(t)
		if len(claims) == 0 {
			t.Skip("no span")
		}
		span := claims[0].Quote.Span
		for range 12 {
			how := rapid.SampledFrom([]string{"start-1", "start+1", "end-1", "end+1", "start-w", "start+w", "end-w", "end+w", "", "start", "end-"}).Draw(t, "how")
			span = mark.Nudge(text, span, how)
			if words, err := text.Slice(span); err != nil || words == "" {
				t.Fatalf("after %q the span is %v: %q, %v", how, span, words, err)
			}
		}
	})
}

func TestLanesKeepOverlapsApart(t *testing.T) {
	t.Parallel()
	text := textOf(t, strings.Repeat("x", 50))
	claims := []corvee.Claim{claimAt(text, 0, 20), claimAt(text, 5, 10), claimAt(text, 8, 30), claimAt(text, 9, 12), claimAt(text, 9, 40), claimAt(text, 20, 25), claimAt(text, 45, 50)}
	if diff := cmp.Diff([]int{0, 1, 2, 3, 3, 0, 0}, mark.Lanes(claims)); diff != "" {
		t.Errorf("lanes (-want +got):\n%s", diff)
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	text := textOf(t, "Over 200 women\r\n sew.  Over\u00a0200\u3000women \u202esew\u202c. a.c abc")
	tests := map[string][]string{
		"200 women":           {"200 women", "200\u3000women"},
		" Over\n200\twomen ":  {"Over 200 women", "Over\u00a0200\u3000women"},
		"women sew":           {"women\r\n sew"},
		"women ␦sew␦":         {"women \u202esew\u202c"},
		"a.c":                 {"a.c"},
		"200 men":             nil,
		"over 200":            nil, // exact words, exact case
		"Over 200 women sew.": {"Over 200 women\r\n sew."},
	}
	for words, want := range tests {
		spans, err := mark.Find(text, words, 10)
		if err != nil {
			t.Errorf("Find(%q): %v", words, err)
		}
		var got []string
		for _, s := range spans {
			got = append(got, text.String()[s.Start:s.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Find(%q) (-want +got):\n%s", words, diff)
		}
	}
	for _, words := range []string{"", " \n", strings.Repeat("x", 20_000)} {
		if _, err := mark.Find(text, words, 1); err == nil {
			t.Errorf("Find of %d bytes gives no error", len(words))
		}
	}
}

func TestAroundCutsBetweenWords(t *testing.T) {
	t.Parallel()
	text := textOf(t, "The first words of a long text that goes on and then states it and goes on to an end.")
	at := strings.Index(text.String(), "states it")
	pieces, before, after := mark.Around(text, claimAt(text, at, at+len("states it")), 14)
	if got, want := joined(pieces), "on and then states it and goes on"; got != want || !before || !after {
		t.Errorf("Around = %q, %t, %t; want %q", got, before, after, want)
	}
	if pieces, _, _ := mark.Around(text, corvee.Claim{Quote: corvee.Quote{Exact: "not there", Span: corvee.Span{Start: 0, End: 9}}}, 14); pieces != nil {
		t.Errorf("Around shows %q for a quote that is not in the text", joined(pieces))
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Over 200 women", "200 women")
	f.Add("a\x00b", "a␦b")
	f.Add("[(", `[(+*?\E`)
	f.Fuzz(func(t *testing.T, content, words string) {
		if !utf8.ValidString(content) || !utf8.ValidString(words) {
			t.Skip()
		}
		text := textOf(t, content)
		spans, err := mark.Find(text, words, 20)
		if err != nil {
			return
		}
		for _, s := range spans {
			if _, err := text.Slice(s); err != nil || s.Len() == 0 {
				t.Fatalf("Find(%q) = %v: %v", words, s, err)
			}
		}
	})
}
