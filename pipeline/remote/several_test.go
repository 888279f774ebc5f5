package remote_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"net/http"
	"testing"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/remote"
)

// TestSeveralShareOneArchive: an answer that holds several documents is archived once, and
// each of them names it. When one of them is purged the archive goes, since its bytes stand
// there; the other stays as it is.
func TestSeveralShareOneArchive(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, words := range map[string]string{
		"one.txt": "About 120 North Korean workers sew shirts at a factory in Dandong, a trader said.\n",
		"two.txt": "Some 40 North Korean men cut fish at a plant in Donggang, a cook said.\n",
	} {
		f, err := z.Create(name)
		must(t, err)
		_, err = f.Write([]byte(words))
		must(t, err)
	}
	must(t, z.Close())
	d := setup(t, func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == "/robots.txt" {
			http.NotFound(out, in)
			return
		}
		out.Header().Set("Content-Type", "application/zip")
		_, _ = out.Write(packed.Bytes())
	})
	var reports []string
	for _, m := range d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/both.zip"}, remote.ReadOptions{}, emit)
		return err
	}) {
		if m.Report != nil {
			reports = append(reports, m.Report.ID)
		}
	}
	if len(reports) != 2 {
		t.Fatalf("%d reports, want two", len(reports))
	}
	one, two := d.captures(reports[0]), d.captures(reports[1])
	if len(one) != 1 || len(two) != 1 || one[0].Archive != two[0].Archive {
		t.Fatalf("archived as %+v and %+v, want one archive", one, two)
	}
	blobs := 0
	for _, err := range d.Vault.All(t.Context()) {
		must(t, err)
		blobs++
	}
	if blobs != 3 {
		t.Errorf("the vault holds %d files, want two originals and one archive", blobs)
	}
	_, err := d.Purge(t.Context(), reports[0], "a test")
	must(t, err)
	if _, err := d.Vault.Get(t.Context(), one[0].Archive); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("the archive holds what was purged: %v", err)
	}
	if _, err := d.Report(t.Context(), reports[1]); err != nil {
		t.Errorf("the other report: %v", err)
	}
}
