package remote_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/store"
)

// TestPurgeLeavesNoByte greps the raw files of the base, originals and archives for what a
// fetched page said and where it stood.
func TestPurgeLeavesNoByte(t *testing.T) {
	t.Parallel()
	const words, place = "canaryword", "canaryplace"
	d := setup(t, func(out http.ResponseWriter, in *http.Request) {
		if !strings.Contains(in.URL.Path, place) {
			http.NotFound(out, in)
			return
		}
		out.Header().Set("Content-Type", "text/html")
		fmt.Fprint(out, strings.ReplaceAll(page, "Invented Star", words))
	})
	got := d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/" + place}, remote.ReadOptions{}, emit)
		return err
	})
	id := got[0].Report.ID
	archive := d.captures(id)[0].Archive
	for _, canary := range []string{words, place} {
		if holding(t, d.dir, canary) == nil {
			t.Fatalf("%s is nowhere before the purge: the test sees nothing", canary)
		}
	}
	_, err := d.Purge(t.Context(), id, "a test")
	must(t, err)
	digits := strings.TrimPrefix(id, "sha256:")
	for _, canary := range []string{words, place, digits, strings.TrimPrefix(archive, "sha256:")} {
		if left := holding(t, d.dir, canary); left != nil {
			t.Errorf("after the purge %s is in %v", canary, left)
		}
	}
}

// holding returns the files under a folder that hold a word, in content or name.
func holding(t *testing.T, dir, word string) (found []string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(word)) || strings.Contains(filepath.Base(path), word) {
			found = append(found, filepath.Base(path))
		}
		return err
	}))
	return found
}

// TestPackedExchangeReadsBack: what was archived as it was sent, packed, is the same report
// when the archive is read.
func TestPackedExchangeReadsBack(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write([]byte(page))
	must(t, errors.Join(err, z.Close()))
	d := setup(t, func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == "/robots.txt" {
			http.NotFound(out, in)
			return
		}
		out.Header().Set("Content-Type", "text/html")
		out.Header().Set("Content-Encoding", "gzip")
		_, _ = out.Write(packed.Bytes())
	})
	got := d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/a"}, remote.ReadOptions{}, emit)
		return err
	})
	archive, err := d.Vault.Get(t.Context(), d.captures(got[0].Report.ID)[0].Archive)
	must(t, err)
	var back []string
	for doc, err := range d.Intake.Bytes(t.Context(), "x.warc", "x.warc", "", archive, intake.Hints{}) {
		must(t, err)
		if doc.Contents == nil {
			back = append(back, doc.Report.ID+" "+doc.Report.URL)
		}
	}
	if want := got[0].Report.ID + " " + d.url + "/a"; len(back) != 1 || back[0] != want {
		t.Errorf("read back as %v, want %s", back, want)
	}
}

// TestCharset: what only the server says of the encoding is heeded.
func TestCharset(t *testing.T) {
	t.Parallel()
	d := setup(t, func(out http.ResponseWriter, in *http.Request) {
		if in.URL.Path == "/robots.txt" {
			http.NotFound(out, in)
			return
		}
		out.Header().Set("Content-Type", "text/html; charset=EUC-KR")
		// "단둥" in EUC-KR, in a page that does not say so.
		_, _ = out.Write([]byte("<html><body><article><p>\xb4\xdc\xb5\xd5 words and more words of an article that is long enough to be one.</p></article></body></html>"))
	})
	got := d.told(func(emit pipeline.Emit) error {
		_, err := d.Read(t.Context(), []string{d.url + "/"}, remote.ReadOptions{}, emit)
		return err
	})
	var text corvee.Text
	must(t, d.Store.View(t.Context(), func(tx store.Tx) (err error) {
		text, err = tx.Text(t.Context(), got[0].Report.ID)
		return err
	}))
	if !strings.Contains(text.String(), "단둥 words") {
		t.Errorf("text %q", text.String())
	}
}
