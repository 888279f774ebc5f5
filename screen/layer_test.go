package screen_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/screen"
)

// With(b) on Build(a) gives the hits of Build(a+b), whichever listings are in which.
func TestWithIsBuild(t *testing.T) {
	t.Parallel()
	listings := varied(400)
	all := asked(listings)
	whole := build(listings...)
	rapid.Check(t, func(t *rapid.T) {
		parts := make([][]corvee.Listing, 3)
		for _, l := range listings {
			i := rapid.IntRange(0, 2).Draw(t, "layer")
			parts[i] = append(parts[i], l)
		}
		x := build(parts[0]...).With(slices.Values(parts[1])).With(slices.Values(parts[2]))
		q := rapid.SampledFrom(all).Draw(t, "query")
		if diff := cmp.Diff(whole.Match(q, screen.Options{}), x.Match(q, screen.Options{})); diff != "" {
			t.Fatalf("%+v: %s", q, diff)
		}
	})
}

func TestWith(t *testing.T) {
	t.Parallel()
	a := build(small()...)
	b := a.With(slices.Values([]corvee.Listing{listing("z", "Dandong Yuanyang Foodstuff Company")}))
	q := corvee.Query{Name: "Dandong Yuanyang Foodstuff Co., Ltd."}
	ids := func(x *screen.Index) (out []string) {
		for _, h := range x.Match(q, screen.Options{}) {
			out = append(out, h.Listing.ID)
		}
		return out
	}
	if diff := cmp.Diff([]string{"a", "z"}, ids(b)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"a"}, ids(a)); diff != "" {
		t.Error("the first index has changed:", diff)
	}
	if a.With(slices.Values([]corvee.Listing(nil))) != a {
		t.Error("an index with nothing more is another index")
	}
	if b.Listings() != a.Listings()+1 || b.Names() != a.Names()+1 {
		t.Errorf("%d listings, %d names", b.Listings(), b.Names())
	}
	if diff := cmp.Diff([]string{"a", "z"}, ids(opened(t, saved(t, b)))); diff != "" {
		t.Error("saved and opened:", diff)
	}
}
