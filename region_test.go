package corvee_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"corvee"
)

func TestPlacedRefuses(t *testing.T) {
	t.Parallel()
	text, err := corvee.NewText("각 is a word", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, regions := range map[string][]corvee.Region{
		"no page":           {{Span: corvee.Span{Start: 0, End: 3}}},
		"half a character":  {{Span: corvee.Span{Start: 0, End: 2}, Page: 1}},
		"beyond the text":   {{Span: corvee.Span{Start: 4, End: 99}, Page: 1}},
		"crossed":           {{Span: corvee.Span{Start: 6, End: 4}, Page: 1}},
		"before the former": {{Span: corvee.Span{Start: 4, End: 6}, Page: 1}, {Span: corvee.Span{Start: 3, End: 5}, Page: 1}},
	} {
		if got, err := text.Placed(regions); !errors.Is(err, corvee.ErrInvalid) || got.Regions() != nil {
			t.Errorf("%s: %v, %v", name, got.Regions(), err)
		}
	}
}

// TestPlacesLaw: the regions of a span are those that share a byte with it, no more.
func TestPlacesLaw(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		const length = 40
		text, err := corvee.NewText(string(make([]byte, length)), nil)
		if err != nil {
			r.Fatal(err)
		}
		var all []corvee.Region
		for at := 0; at < length; {
			start := rapid.IntRange(at, length).Draw(r, "start")
			end := rapid.IntRange(start, length).Draw(r, "end")
			all = append(all, corvee.Region{Span: corvee.Span{Start: start, End: end}, Page: 1 + len(all)})
			at = max(end, at+1)
		}
		if text, err = text.Placed(all); err != nil {
			r.Skip("they overlap")
		}
		from := rapid.IntRange(0, length).Draw(r, "from")
		span := corvee.Span{Start: from, End: rapid.IntRange(from, length).Draw(r, "to")}
		var want []int
		for _, one := range all {
			if one.Overlap(span) > 0 {
				want = append(want, one.Page)
			}
		}
		var got []int
		for _, one := range text.Places(span) {
			if one.Overlap(span) > 0 {
				got = append(got, one.Page)
			} else if one.Len() > 0 {
				r.Fatalf("Places(%v) gives %v, which it does not touch", span, one)
			}
		}
		if len(got) != len(want) {
			r.Fatalf("Places(%v) = %v, want %v", span, got, want)
		}
	})
}
