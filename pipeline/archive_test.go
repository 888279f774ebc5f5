package pipeline_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
)

func zipped(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		f, err := w.Create(members[i])
		if err == nil {
			_, err = io.WriteString(f, members[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// states lists the inputs of a base by where they stand in the file of the test.
func (d desk) states(t *testing.T, path string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range collect(t, func(emit pipeline.Emit) error { return d.Inputs(t.Context(), false, emit) }) {
		in := m.Input
		if in.State == corvee.InputRejected && (in.Reason == "" || in.Remedy == "") || in.State == corvee.InputDone && in.Tool == "" {
			t.Errorf("%+v says too little", in)
		}
		out[strings.TrimPrefix(in.Origin, path)] = string(in.State)
	}
	return out
}

// Every member of an archive ends in a state, the totals reconcile with what the archive
// holds, twice is once, and a retry after a repair finds each in its own row.
func TestTotalsOfAnArchiveReconcile(t *testing.T) {
	t.Parallel()
	d := setup(t)
	other := strings.ReplaceAll(mill, "120", "140")
	path := write(t, d.dir, "all.zip", zipped(t, "a.txt", mill, "b.txt", mill, "c.txt", "\x01\x02\xff\x00\x10ab", "d/e.html", "<!doctype html><p>"+other, "list.csv", "a,b"))
	first := d.ingest(t, intake.Hints{}, path)
	want := map[string]string{"": "done", "!/a.txt": "done", "!/b.txt": "duplicate_of", "!/c.txt": "rejected", "!/d/e.html": "done", "!/list.csv": "rejected"}
	if diff := cmp.Diff(want, d.states(t, path)); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	if sum := first[len(first)-1].Summary; sum == nil || sum.Reports != 3 || sum.Rejected != 2 {
		t.Errorf("summary = %+v", sum)
	}
	events := len(d.chain(t))
	if diff := cmp.Diff(first, d.ingest(t, intake.Hints{}, path)); diff != "" || len(d.chain(t)) != events {
		t.Errorf("the second time is another (%d events, then %d):\n%s", events, len(d.chain(t)), diff)
	}
	write(t, d.dir, "all.zip", zipped(t, "a.txt", mill, "b.txt", mill, "c.txt", "Some 90 women knit there.", "d/e.html", "<!doctype html><p>"+other, "list.csv", "a,b"))
	_ = collect(t, func(emit pipeline.Emit) error {
		_, err := d.Retry(t.Context(), pipeline.IngestOptions{}, emit)
		return err
	})
	want["!/c.txt"] = "done"
	if diff := cmp.Diff(want, d.states(t, path)); diff != "" {
		t.Errorf("states after the retry (-want +got):\n%s", diff)
	}
}
