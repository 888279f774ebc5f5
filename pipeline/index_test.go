package pipeline_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
)

// shelf keeps indexes in memory, as the command does in a file.
type shelf struct {
	kept         map[string][]byte
	asked, saved int
}

func (s *shelf) load(key string) ([]byte, bool) {
	s.asked++
	raw, ok := s.kept[key]
	return raw, ok
}

func (s *shelf) save(key string, write func(io.Writer) error) {
	var out bytes.Buffer
	if write(&out) == nil {
		s.saved++
		s.kept[key] = out.Bytes()
	}
}

// with is the same base with a pipeline of its own, as a second command has.
func (d desk) with(t *testing.T, s *shelf) desk {
	t.Helper()
	p := wire(t, d.store, d.dir, corvee.LocalActor)
	p.LoadIndex, p.SaveIndex = s.load, s.save
	return desk{p, d.dir, d.store}
}

func (d desk) matches(t *testing.T, name string) []corvee.Message {
	t.Helper()
	return collect(t, func(emit pipeline.Emit) error {
		_, err := d.Match(t.Context(), corvee.Query{Name: name}, pipeline.MatchOptions{}, emit)
		return err
	})
}

const quay = `About 120 North Korean workers sew shirts at a garment factory in Dandong run by Quxville Apparel Co., Ltd., a source in China said.
`

// The index of the lists is built once for all commands, again when a list changes, and
// holds nothing that a report says.
func TestIndexIsKept(t *testing.T) {
	t.Parallel()
	d, s := setup(t), &shelf{kept: map[string][]byte{}}
	d.with(t, s).matches(t, "Breakwater Foods 3")
	if s.asked+s.saved > 0 {
		t.Error("a base without lists asks for an index")
	}
	if _, err := d.ImportLists(t.Context(), watch(10), discard); err != nil {
		t.Fatal(err)
	}
	d.ingest(t, intake.Hints{}, write(t, d.dir, "quay.txt", quay))
	want := d.matches(t, "Breakwater Foods 3")
	if len(want) < 2 {
		t.Fatal("the listing is not found")
	}
	for range 3 {
		if diff := cmp.Diff(want, d.with(t, s).matches(t, "Breakwater Foods 3")); diff != "" {
			t.Error(diff)
		}
	}
	if s.saved != 1 {
		t.Errorf("three commands saved %d indexes, want 1", s.saved)
	}
	again := d.with(t, s)
	if got := again.matches(t, "Quxville Apparel Co., Ltd."); len(got) < 2 || got[0].Hit.Listing.Kind != corvee.ListingReported {
		t.Errorf("a reported party over a kept index: %+v", got)
	}
	for key, raw := range s.kept {
		if bytes.Contains(bytes.ToLower(raw), []byte("quxville")) {
			t.Error("the kept index holds a party of a report")
		}
		s.kept[key] = raw[:len(raw)/2]
	}
	if diff := cmp.Diff(want, d.with(t, s).matches(t, "Breakwater Foods 3")); diff != "" || s.saved != 2 {
		t.Errorf("a damaged index: saved %d times; %s", s.saved, diff)
	}
	if _, err := d.ImportLists(t.Context(), watch(12), discard); err != nil {
		t.Fatal(err)
	}
	if got := again.matches(t, "Breakwater Foods 11"); len(got) < 2 || got[0].Hit.Matched != "Breakwater Foods 11" || s.saved != 3 {
		t.Errorf("after a list grew: saved %d times; %+v", s.saved, got)
	}
}
