package corvee_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corvee"
)

// pieces are what breaks careless offsets: emoji of one and of seven code points, Hangul
// composed and decomposed, Hanzi beyond the basic plane, line ends, NUL, marks that
// combine, a replacement character, a byte-order mark in the middle.
var pieces = []string{
	"a", " ", "\n", "\r\n", "\x00", "é", "e\u0301", "한국", "\u1112\u1161\u11ab", "中", "𠀀𪚥", "🙂",
	"👩\u200d👩\u200d👧\u200d👧", "🇰🇵", "\uFFFD", "\uFEFF", "\u202e", "\U0010FFFF", "ﬀ", "१२",
}

// nasty draws a text of pieces; half of them are longer than the table of marks is dense.
func nasty(t *rapid.T) string {
	content := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
	return strings.Repeat(content, rapid.IntRange(1, 60).Draw(t, "times"))
}

func newText(t interface{ Fatal(...any) }, content string) corvee.Text {
	text, err := corvee.NewText(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// boundaries draws two byte offsets that split no character.
func boundaries(t *rapid.T, content string) corvee.Span {
	draw := func(name string) int {
		i := rapid.IntRange(0, len(content)).Draw(t, name)
		for i < len(content) && !utf8.RuneStart(content[i]) {
			i++
		}
		return i
	}
	a, b := draw("a"), draw("b")
	return corvee.Span{Start: min(a, b), End: max(a, b)}
}

func TestTextConvertsAndBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		content := nasty(t)
		text, span := newText(t, content), boundaries(t, content)
		points := func(s string) int { return utf8.RuneCountInString(s) }
		units := func(s string) int { return len(utf16.Encode([]rune(s))) }
		for name, c := range map[string]struct {
			to    func(corvee.Span) (int, int, error)
			from  func(int, int) (corvee.Span, error)
			count func(string) int
		}{
			"code points": {text.CodePoints, text.FromCodePoints, points},
			"UTF-16":      {text.UTF16, text.FromUTF16, units},
		} {
			start, end, err := c.to(span)
			if err != nil {
				t.Fatal(err)
			}
			if start != c.count(content[:span.Start]) || end != c.count(content[:span.End]) {
				t.Fatalf("%s of %v = %d:%d, counted %d:%d", name, span, start, end, c.count(content[:span.Start]), c.count(content[:span.End]))
			}
			if back, err := c.from(start, end); err != nil || back != span {
				t.Fatalf("%s %d:%d back = %v, %v, want %v", name, start, end, back, err, span)
			}
		}
	})
}

func TestTextQuotesAreGrounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		content := nasty(t)
		text, span := newText(t, content), boundaries(t, content)
		quote, err := text.Quote(span)
		if err != nil || quote.Exact != content[span.Start:span.End] {
			t.Fatalf("Quote(%v) = %q, %v", span, quote.Exact, err)
		}
		if err := text.Ground(quote); err != nil {
			t.Fatal(err)
		}
		quote.Exact += "x"
		if err := text.Ground(quote); !errors.Is(err, corvee.ErrUngrounded) {
			t.Fatalf("a changed quote is grounded: %v", err)
		}
	})
}

// An offset inside a character, before the text or behind it is refused by every
// conversion, whatever the text.
func TestTextRefusesWhatIsNoPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		content := nasty(t)
		text := newText(t, content)
		s := corvee.Span{Start: rapid.IntRange(-2, len(content)+2).Draw(t, "start"), End: rapid.IntRange(-2, len(content)+2).Draw(t, "end")}
		good := func(i int) bool {
			return i >= 0 && i <= len(content) && (i == len(content) || utf8.RuneStart(content[i]))
		}
		want := good(s.Start) && good(s.End) && s.Start <= s.End
		_, errSlice := text.Slice(s)
		_, _, errPoints := text.CodePoints(s)
		_, _, errUnits := text.UTF16(s)
		for _, err := range []error{errSlice, errPoints, errUnits} {
			if (err == nil) != want || err != nil && !errors.Is(err, corvee.ErrInvalid) {
				t.Fatalf("span %v of %d bytes: %v, want allowed %t", s, len(content), err, want)
			}
		}
	})
}

func TestTextRefusesHalfASurrogatePair(t *testing.T) {
	t.Parallel()
	for _, before := range []string{"", "a", strings.Repeat("한", 400)} {
		text := newText(t, before+"🙂b")
		at := len(utf16.Encode([]rune(before)))
		if _, err := text.FromUTF16(at, at+1); !errors.Is(err, corvee.ErrInvalid) {
			t.Errorf("FromUTF16 through an emoji after %d units: %v, want ErrInvalid", at, err)
		}
		if got, err := text.FromUTF16(at, at+2); err != nil || got.Len() != 4 {
			t.Errorf("FromUTF16 of an emoji after %d units = %v, %v", at, got, err)
		}
		for _, past := range []int{at + 4, 1 << 40} {
			if _, err := text.FromUTF16(at, past); !errors.Is(err, corvee.ErrInvalid) {
				t.Errorf("FromUTF16(%d) behind the end: %v, want ErrInvalid", past, err)
			}
			if _, err := text.FromCodePoints(at, past); !errors.Is(err, corvee.ErrInvalid) {
				t.Errorf("FromCodePoints(%d) behind the end: %v, want ErrInvalid", past, err)
			}
		}
	}
}

func TestNewTextRefuses(t *testing.T) {
	t.Parallel()
	block := func(spans ...corvee.Span) []corvee.Block {
		var out []corvee.Block
		for _, s := range spans {
			out = append(out, corvee.Block{Kind: corvee.BlockBody, Span: s})
		}
		return out
	}
	for name, c := range map[string]struct {
		content string
		blocks  []corvee.Block
		ok      bool
	}{
		"empty":               {"", nil, true},
		"sound":               {"aé b", block(corvee.Span{Start: 0, End: 3}, corvee.Span{Start: 4, End: 5}), true},
		"adjacent":            {"ab", block(corvee.Span{Start: 0, End: 1}, corvee.Span{Start: 1, End: 2}), true},
		"no UTF-8":            {"a\xff", nil, false},
		"half a character":    {"é", block(corvee.Span{Start: 0, End: 1}), false},
		"a lone surrogate":    {"\xed\xa0\x80", nil, false},
		"crossed":             {"ab", block(corvee.Span{Start: 2, End: 1}), false},
		"overlapping":         {"abc", block(corvee.Span{Start: 0, End: 2}, corvee.Span{Start: 1, End: 3}), false},
		"out of order":        {"abc", block(corvee.Span{Start: 2, End: 3}, corvee.Span{Start: 0, End: 1}), false},
		"behind the end":      {"ab", block(corvee.Span{Start: 0, End: 3}), false},
		"before the start":    {"ab", block(corvee.Span{Start: -1, End: 1}), false},
		"over the largest":    {strings.Repeat("a", corvee.MaxTextBytes+1), nil, false},
		"exactly the largest": {strings.Repeat("a", corvee.MaxTextBytes), nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := corvee.NewText(c.content, c.blocks); (err == nil) != c.ok || err != nil && !errors.Is(err, corvee.ErrInvalid) {
				t.Errorf("NewText = %v, want allowed %t", err, c.ok)
			}
		})
	}
}

// The hash is of the bytes as they are: a normal form is never forced, so composed and
// decomposed Hangul are two texts.
func TestTextKeepsItsBytes(t *testing.T) {
	t.Parallel()
	composed, decomposed := newText(t, "한"), newText(t, "\u1112\u1161\u11ab")
	if composed.Hash() == decomposed.Hash() || decomposed.String() != "\u1112\u1161\u11ab" {
		t.Errorf("a normal form was forced: %s, %s", composed.Hash(), decomposed.Hash())
	}
	if want := corvee.HashID([]byte("한")); composed.Hash() != want {
		t.Errorf("Hash = %s, want %s", composed.Hash(), want)
	}
	var zero corvee.Text
	if s, err := zero.FromCodePoints(0, 0); err == nil {
		t.Errorf("the zero Text has a place: %v", s)
	}
}

func TestSpanArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) corvee.Span {
			start := rapid.IntRange(0, 50).Draw(t, name+" start")
			return corvee.Span{Start: start, End: start + rapid.IntRange(0, 50).Draw(t, name+" length")}
		}
		a, b := draw("a"), draw("b")
		cover := a.Cover(b)
		if !cover.Contains(a) || !cover.Contains(b) || cover != b.Cover(a) {
			t.Fatalf("%v covers %v and %v: no", cover, a, b)
		}
		shared := 0
		for i := range 120 {
			if a.Start <= i && i < a.End && b.Start <= i && i < b.End {
				shared++
			}
		}
		if a.Overlap(b) != shared || b.Overlap(a) != shared {
			t.Fatalf("%v overlaps %v by %d, counted %d", a, b, a.Overlap(b), shared)
		}
	})
}
