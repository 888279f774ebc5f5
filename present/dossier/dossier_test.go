package dossier_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"corvee"
	"corvee/internal/signature"
	"corvee/present/dossier"
)

func sample() dossier.Dossier {
	claim := corvee.Claim{
		ID: "c1", Kind: corvee.KindWage, Quote: corvee.Quote{Exact: "they earn <b>2,300</b> yuan \u202e \"a\" month", Span: corvee.Span{Start: 4, End: 44}},
		Review: corvee.ReviewUnreviewed, Attribution: []corvee.Attribution{{Speaker: corvee.SpeakerAnonymous, Role: "worker", Code: "A-1"}},
	}
	return dossier.Dossier{
		Subject: "Tumen <Works> & Sons", Kind: "party", Made: corvee.Date{Year: 2026, Month: 11, Day: 24}, Version: "0.1.0", Reviewed: "0 of 1 claims",
		Reports:   []dossier.Source{{No: 1, ID: "sha256:aa", Publisher: "Post", Title: `"Title"`, URL: "javascript:alert(1)", Archived: true, DependsOn: []string{}}},
		Claims:    []dossier.Cited{{No: 1, Report: 1, Gloss: "wage, CNY 2300", Claim: claim, Points: [2]int{4, 44}, Places: []dossier.Region{{Page: 3, Box: [4]int{7200, 100, 9000, 1300}}}}},
		Questions: []dossier.Question{{ID: "q1", Kind: corvee.KindWage, Scope: "Tumen", Support: corvee.SingleOrigin, Origins: corvee.OriginCount{Min: 1, Max: 1}, Positions: []dossier.Position{{Gloss: "wage", Claims: []int{1}, Origins: corvee.OriginCount{Min: 1, Max: 2}}}}},
		Ledger:    []corvee.Finding{{Kind: "ledger.share", Result: corvee.ResultBounds, Text: "takes 87 %", Claims: []string{"c1"}}},
		Denials:   []int{}, NotFound: []string{"levy: no claim was read"}, Withheld: []dossier.Withheld{}, Notice: corvee.Notice,
	}
}

// Foreign words are words on the page: nothing of them runs, links out or turns text round.
func TestPageIsSafe(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := dossier.HTML(&b, sample()); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<b>2,300", "<Works>", "<script", "\u202e", `href="javascript`, "http://", "https://"} {
		if strings.Contains(page, bad) {
			t.Errorf("%q is on the page", bad)
		}
	}
	for _, good := range []string{"default-src 'none'", `href="#c1"`, `id="c1"`, `href="#r1"`, `id="r1"`, "takes 87 %"} {
		if !strings.Contains(page, good) {
			t.Errorf("%q is not on the page", good)
		}
	}
}

// Every link on the page leads to something on the page.
func TestEveryNumberLeadsToAQuote(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := dossier.HTML(&b, sample()); err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(b.String(), -1)
	if len(links) < 3 {
		t.Fatalf("%d links", len(links))
	}
	for _, m := range links {
		if !strings.Contains(b.String(), `id="`+m[1]+`"`) {
			t.Errorf("#%s leads nowhere", m[1])
		}
	}
}

// bags gives a bag of the sample anew each time it is asked.
func bags(t *testing.T) func() fstest.MapFS {
	t.Helper()
	files, err := dossier.Bag(sample())
	if err != nil {
		t.Fatal(err)
	}
	return func() fstest.MapFS {
		out := fstest.MapFS{}
		for _, f := range files {
			out[f.Path] = &fstest.MapFile{Data: bytes.Clone(f.Bytes)}
		}
		return out
	}
}

func TestBagIsWhole(t *testing.T) {
	t.Parallel()
	bag := bags(t)()
	d, err := dossier.Verify(bag)
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	if err := dossier.JSON(&raw, d); err != nil || !bytes.Equal(raw.Bytes(), bag["data/dossier.json"].Data) {
		t.Errorf("the dossier that was verified is another: %v", err)
	}
	for path, file := range bags(t)() {
		if !bytes.Equal(file.Data, bag[path].Data) {
			t.Errorf("%s differs the second time", path)
		}
	}
}

// One byte flipped anywhere is found, and the file that holds it is named.
func TestEveryFlippedByteIsFound(t *testing.T) {
	t.Parallel()
	fresh := bags(t)
	for path, file := range fresh() {
		step := max(1, len(file.Data)/200)
		for i := 0; i < len(file.Data); i += step {
			b := fresh()
			b[path].Data[i] ^= 0x01
			_, err := dossier.Verify(b)
			if !errors.Is(err, dossier.ErrTampered) {
				t.Fatalf("%s: byte %d flipped: %v", path, i, err)
			}
			if !strings.Contains(err.Error(), path) {
				t.Fatalf("%s: byte %d flipped, and it is not named: %v", path, i, err)
			}
		}
	}
}

// signedBags gives a signed bag of the sample anew each time, and its public key.
func signedBags(t *testing.T) (fresh func() fstest.MapFS, public string) {
	t.Helper()
	secret, public, err := signature.NewKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)), "newsroom.example")
	if err != nil {
		t.Fatal(err)
	}
	files, err := dossier.SignedBag(sample(), secret)
	if err != nil {
		t.Fatal(err)
	}
	return func() fstest.MapFS {
		out := fstest.MapFS{}
		for _, f := range files {
			out[f.Path] = &fstest.MapFile{Data: bytes.Clone(f.Bytes)}
		}
		return out
	}, public
}

func TestSignedBag(t *testing.T) {
	t.Parallel()
	fresh, public := signedBags(t)
	_, other, _ := signature.NewKey(bytes.NewReader(bytes.Repeat([]byte{8}, 64)), "newsroom.example")
	for name, c := range map[string]struct {
		keys  []string
		known bool
	}{"no key": {nil, false}, "its key": {[]string{other, public + "\n"}, true}, "a key of the same name": {[]string{other}, false}} {
		_, by, err := dossier.VerifySigned(fresh(), c.keys...)
		if err != nil || len(by) != 1 || by[0].Name != "newsroom.example" || by[0].Known != c.known {
			t.Errorf("%s: %v, %v", name, by, err)
		}
	}
	if _, by, err := dossier.VerifySigned(bags(t)()); err != nil || by != nil {
		t.Errorf("a bag that nobody signed: %v, %v", by, err)
	}
	// What is not the bag that was signed, or not its signature.
	for name, change := range map[string]func(fstest.MapFS){
		"signature.note": func(b fstest.MapFS) { delete(b, "signature.note") },
		"signer.key":     func(b fstest.MapFS) { delete(b, "signer.key") },
		"it signs another bag": func(b fstest.MapFS) {
			tags := b["tagmanifest-sha256.txt"]
			b["notes.txt"] = &fstest.MapFile{Data: []byte("x")}
			sum := sha256.Sum256([]byte("x"))
			tags.Data = append(tags.Data, []byte(hex.EncodeToString(sum[:])+"  notes.txt\n")...)
		},
		"it is not signed by the key": func(b fstest.MapFS) {
			secret, _, _ := signature.NewKey(bytes.NewReader(bytes.Repeat([]byte{9}, 64)), "newsroom.example")
			text, _, _ := signature.Open(b["signature.note"].Data)
			b["signature.note"].Data, _ = signature.Sign(text, secret)
		},
	} {
		b := fresh()
		change(b)
		if _, _, err := dossier.VerifySigned(b, public); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// One byte flipped anywhere in a signed bag is found and its file named, by somebody who has
// no key too.
func TestEveryFlippedByteOfASignedBagIsFound(t *testing.T) {
	t.Parallel()
	fresh, _ := signedBags(t)
	for path, file := range fresh() {
		step := max(1, len(file.Data)/200)
		for i := 0; i < len(file.Data); i += step {
			b := fresh()
			b[path].Data[i] ^= 0x01
			_, _, err := dossier.VerifySigned(b)
			if !errors.Is(err, dossier.ErrTampered) || !strings.Contains(err.Error(), path) {
				t.Fatalf("%s: byte %d flipped: %v", path, i, err)
			}
		}
	}
}

func TestStraysAndGaps(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(fstest.MapFS){
		"data/more.txt":       func(b fstest.MapFS) { b["data/more.txt"] = &fstest.MapFile{Data: []byte("x")} },
		"notes.txt":           func(b fstest.MapFS) { b["notes.txt"] = &fstest.MapFile{Data: []byte("x")} },
		"data/dossier.html":   func(b fstest.MapFS) { delete(b, "data/dossier.html") },
		"manifest-sha256.txt": func(b fstest.MapFS) { delete(b, "manifest-sha256.txt") },
		"../../etc/passwd": func(b fstest.MapFS) {
			b["manifest-sha256.txt"].Data = append(b["manifest-sha256.txt"].Data, []byte(strings.Repeat("0", 64)+"  ../../etc/passwd\n")...)
		},
		"bagit.txt":               func(b fstest.MapFS) { delete(b, "bagit.txt") },
		"data/dossier.json":       func(b fstest.MapFS) { b["data/dossier.json"].Data = []byte("{") },
		"data/annotations.jsonld": func(b fstest.MapFS) { b["data/annotations.jsonld"].Data = []byte(`{"items":[]}`) },
	} {
		b := bags(t)()
		change(b)
		if _, err := dossier.Verify(b); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := dossier.Verify(fstest.MapFS{}); !errors.Is(err, dossier.ErrTampered) {
		t.Errorf("an empty folder is a bag: %v", err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte("0000  data/x\n"), []byte(`{"claims":[{}]}`))
	f.Fuzz(func(t *testing.T, manifest, data []byte) {
		b := fstest.MapFS{
			"bagit.txt": {Data: []byte("x")}, "manifest-sha256.txt": {Data: manifest}, "tagmanifest-sha256.txt": {Data: manifest},
			"data/dossier.json": {Data: data}, "data/annotations.jsonld": {Data: data}, "bag-info.txt": {Data: manifest},
		}
		if _, err := dossier.Verify(fs.FS(b)); err == nil {
			t.Fatal("it is whole")
		}
	})
}
