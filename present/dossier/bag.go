package dossier

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"corvee/internal/signature"
)

// File is one file of a bag, its path with slashes.
type File struct {
	Path  string
	Bytes []byte
}

const (
	declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
	manifest    = "manifest-sha256.txt"
	tagManifest = "tagmanifest-sha256.txt"
	signerKey   = "signer.key"     // the public half of the key that signed, listed as every file is
	signed      = "signature.note" // over the hash of the tag manifest, which no manifest can list
)

// Bag returns a dossier as a BagIt 1.0 bag (RFC 8493): the page, the JSON, the claims as
// W3C Web Annotations, and the hashes of all.
func Bag(d Dossier) ([]File, error) { return bagOf(d, "") }

// SignedBag is Bag with a signature of a secret key (internal/signature) and its public half.
func SignedBag(d Dossier, secret string) ([]File, error) {
	public, err := signature.Public(secret)
	if err != nil {
		return nil, err
	}
	files, err := bagOf(d, public)
	if err != nil {
		return nil, err
	}
	note, err := signature.Sign(signedText(d, files[len(files)-1].Bytes), secret)
	return append(files, File{signed, note}), err
}

// signedText is what a signature says: which bag it is of, and nothing that it does not cover.
func signedText(d Dossier, tags []byte) string {
	return fmt.Sprintf("corvee bag 1\n%s sha256:%s\nmade %s\n", tagManifest, sum(tags), d.Made)
}

func bagOf(d Dossier, public string) ([]File, error) {
	var page, data bytes.Buffer
	if err := HTML(&page, d); err != nil {
		return nil, err
	}
	if err := JSON(&data, d); err != nil {
		return nil, err
	}
	notes, err := annotations(d)
	if err != nil {
		return nil, err
	}
	payload := []File{{"data/annotations.jsonld", notes}, {"data/dossier.html", page.Bytes()}, {"data/dossier.json", data.Bytes()}}
	size := 0
	for _, f := range payload {
		size += len(f.Bytes)
	}
	info := fmt.Sprintf("Bagging-Date: %s\nBag-Software-Agent: Corvee %s\nExternal-Description: Dossier. Not proof and not legal advice.\nPayload-Oxum: %d.%d\n", d.Made, oneLine(d.Version), size, len(payload))
	tags := []File{{"bag-info.txt", []byte(info)}, {"bagit.txt", []byte(declaration)}, {manifest, sums(payload)}}
	if public != "" {
		tags = append(tags, File{signerKey, []byte(public + "\n")})
	}
	return slices.Concat(payload, tags, []File{{tagManifest, sums(tags)}}), nil
}

// WriteBag writes a bag into a folder that must not be there yet, for the owner's eyes
// only, and returns how many files it has.
func WriteBag(folder string, d Dossier) (int, error) {
	files, err := Bag(d)
	if err != nil {
		return 0, err
	}
	return writeFiles(folder, files)
}

// WriteSignedBag is WriteBag with a signature.
func WriteSignedBag(folder string, d Dossier, secret string) (int, error) {
	files, err := SignedBag(d, secret)
	if err != nil {
		return 0, err
	}
	return writeFiles(folder, files)
}

func writeFiles(folder string, files []File) (int, error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return 0, fmt.Errorf("dossier: %w; a bag is written to a new folder", err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return 0, fmt.Errorf("dossier: %w", err)
	}
	defer root.Close()
	if err := root.Mkdir("data", 0o700); err != nil {
		return 0, fmt.Errorf("dossier: %w", err)
	}
	for _, f := range files {
		if err := root.WriteFile(f.Path, f.Bytes, 0o600); err != nil {
			return 0, fmt.Errorf("dossier: %w", err)
		}
	}
	return len(files), nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func sums(files []File) []byte {
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "%s  %s\n", sum(f.Bytes), f.Path)
	}
	return b.Bytes()
}

func sum(raw []byte) string {
	s := sha256.Sum256(raw)
	return hex.EncodeToString(s[:])
}

// ErrTampered: a bag is not what its manifests say.
var ErrTampered = errors.New("the bag is not what it says")

// Verify checks a bag with nothing but itself: every file is listed and is what its hash
// says, nothing is there that is not listed, and each claim of the dossier has the same
// words in the annotations. It returns every fault that it finds, each naming its file.
func Verify(bag fs.FS) (Dossier, error) {
	d, _, err := VerifySigned(bag)
	return d, err
}

// VerifySigned is Verify for a bag that may be signed, and returns who signed it: those whose
// public keys are given are known. A signature that does not hold, or is over something else,
// is a fault; a bag without one has no signers.
func VerifySigned(bag fs.FS, public ...string) (Dossier, []signature.Signer, error) {
	v := verifier{bag: bag, seen: map[string]bool{}}
	if raw := v.read("bagit.txt"); raw != nil && string(raw) != declaration {
		v.fault("bagit.txt: not the declaration of BagIt 1.0")
	}
	v.listed(tagManifest, "")
	v.listed(manifest, "data/")
	_, noNote := fs.Stat(bag, signed)
	v.seen[signed] = true
	v.strays()
	var d Dossier
	var by []signature.Signer
	if raw := v.read("data/dossier.json"); raw != nil {
		if err := json.Unmarshal(raw, &d); err != nil {
			v.fault("data/dossier.json: %v", err)
		}
		v.oxum()
		v.annotated(d)
	}
	if v.seen[signerKey] || noNote == nil {
		by = v.signed(d, public)
	}
	return d, by, errors.Join(v.faults...)
}

// signed checks the signature of a bag by the key that lies in it, which shows that no byte
// of it was changed, and by the keys that are given, which shows who signed.
func (v *verifier) signed(d Dossier, public []string) []signature.Signer {
	note, own, tags := v.read(signed), v.read(signerKey), v.read(tagManifest)
	if note == nil || own == nil || tags == nil {
		return nil
	}
	text, by, err := signature.Open(note, string(own))
	switch {
	case err != nil || len(by) == 0 || !by[0].Known:
		v.fault("%s: it is not signed by the key in %s", signed, signerKey)
		return nil
	case text != signedText(d, tags):
		v.fault("%s: it signs another bag", signed)
		return nil
	}
	known := slices.ContainsFunc(public, func(key string) bool { return strings.TrimSpace(key) == strings.TrimSpace(string(own)) })
	return []signature.Signer{{Name: by[0].Name, Number: by[0].Number, Known: known}}
}

type verifier struct {
	bag    fs.FS
	seen   map[string]bool
	faults []error
}

func (v *verifier) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf("%w: "+format, append([]any{ErrTampered}, args...)...))
}

func (v *verifier) read(path string) []byte {
	raw, err := fs.ReadFile(v.bag, path)
	if err != nil {
		v.fault("%s: it is missing or cannot be read", path)
		return nil
	}
	return raw
}

// listed checks the files of one manifest; paths outside the bag are refused.
func (v *verifier) listed(name, prefix string) {
	v.seen[name] = true
	raw := v.read(name)
	if raw == nil {
		return
	}
	for line := range strings.Lines(string(raw)) {
		want, path, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || !fs.ValidPath(path) || !strings.HasPrefix(path, prefix) {
			v.fault("%s: a line that is no hash and path: %q", name, line)
			continue
		}
		v.seen[path] = true
		switch got, err := fs.ReadFile(v.bag, path); {
		case err != nil:
			v.fault("%s: it is missing, and %s lists it", path, name)
		case sum(got) != want:
			v.fault("%s: its bytes are not those that %s names", path, name)
		}
	}
}

func (v *verifier) strays() {
	err := fs.WalkDir(v.bag, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() && !v.seen[path] {
			v.fault("%s: no manifest lists it", path)
		}
		return nil
	})
	if err != nil {
		v.fault("%v", err)
	}
}

// oxum checks the count of payload bytes and files against bag-info.txt.
func (v *verifier) oxum() {
	size, files := 0, 0
	for path := range v.seen {
		if strings.HasPrefix(path, "data/") {
			raw, _ := fs.ReadFile(v.bag, path)
			size, files = size+len(raw), files+1
		}
	}
	want := "Payload-Oxum: " + strconv.Itoa(size) + "." + strconv.Itoa(files)
	if info := v.read("bag-info.txt"); info != nil && !slices.Contains(strings.Split(string(info), "\n"), want) {
		v.fault("bag-info.txt: it does not say %s", want)
	}
}

// annotated holds the words of each claim to its annotation.
func (v *verifier) annotated(d Dossier) {
	raw := v.read("data/annotations.jsonld")
	var page struct {
		Items []annotation `json:"items"`
	}
	if raw == nil {
		return
	}
	if err := json.Unmarshal(raw, &page); err != nil {
		v.fault("data/annotations.jsonld: %v", err)
		return
	}
	if len(page.Items) != len(d.Claims) {
		v.fault("data/annotations.jsonld: %d annotations of %d claims", len(page.Items), len(d.Claims))
		return
	}
	for i, c := range d.Claims {
		if s := page.Items[i].Target.Selector; len(s) == 0 || s[0].Exact != c.Claim.Quote.Exact {
			v.fault("data/annotations.jsonld: claim %d has other words than in the dossier", c.No)
		}
	}
}

// pdfFragments names the standard of fragments of PDF as the Web Annotation model does; RFC
// 8118 has replaced it and kept "page=".
const pdfFragments = "http://tools.ietf.org/rfc/rfc3778"

// annotation is a claim as the W3C Web Annotation model writes it: selectors of its words
// and of their place in the text, and for an original with pages of each line there.
type annotation struct {
	ID         string `json:"id"`
	Type       string `json:"type"`
	Motivation string `json:"motivation"`
	Body       struct {
		Type   string `json:"type"`
		Value  string `json:"value"`
		Format string `json:"format"`
	} `json:"body"`
	Target struct {
		Source   string     `json:"source"`
		Selector []selector `json:"selector"`
	} `json:"target"`
	Redactions []Redaction `json:"corvee:redactions,omitempty"`
}

type selector struct {
	Type  string `json:"type"`
	Exact string `json:"exact,omitempty"`
	Start *int   `json:"start,omitempty"` // in code points of the text
	End   *int   `json:"end,omitempty"`

	ConformsTo string `json:"conformsTo,omitempty"`
	Value      string `json:"value,omitempty"`
	// Box is left, bottom, right, top in hundredths of a point from the page's lower left
	// corner: the standard's own counts from a top that only a reader of the page knows.
	Box *[4]int `json:"corvee:box,omitempty"`
}

func annotations(d Dossier) ([]byte, error) {
	page := struct {
		Context any          `json:"@context"`
		Type    string       `json:"type"`
		Items   []annotation `json:"items"`
	}{[]any{"http://www.w3.org/ns/anno.jsonld", map[string]string{"corvee": "urn:corvee:"}}, "AnnotationPage", []annotation{}}
	for _, c := range d.Claims {
		a := annotation{ID: "urn:corvee:claim:" + c.Claim.ID, Type: "Annotation", Motivation: "describing", Redactions: c.Redactions}
		a.Body.Type, a.Body.Value, a.Body.Format = "TextualBody", c.Gloss, "text/plain"
		a.Target.Source = sourceOf(d, c)
		start, end := c.Points[0], c.Points[1]
		a.Target.Selector = []selector{
			{Type: "TextQuoteSelector", Exact: c.Claim.Quote.Exact},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		}
		for _, at := range c.Places {
			a.Target.Selector = append(a.Target.Selector, selector{
				Type: "FragmentSelector", ConformsTo: pdfFragments, Value: fmt.Sprintf("page=%d", at.Page), Box: &at.Box,
			})
		}
		page.Items = append(page.Items, a)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(page)
	return b.Bytes(), err
}

func sourceOf(d Dossier, c Cited) string {
	for _, r := range d.Reports {
		if r.No == c.Report && r.URL != "" {
			return r.URL
		} else if r.No == c.Report {
			return "urn:" + r.ID
		}
	}
	return "urn:corvee:unknown"
}
