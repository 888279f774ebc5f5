// Package pack opens ZIP files with suspicion.
//
// What comes in: the bytes of a ZIP. What goes out: one of its parts by name, or its
// members in answers of bounded size.
//
// Its one idea: no size that the file states is believed. What is unpacked is counted as it
// comes out, against what went in.
package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"corvee/intake/internal/charset"
	"corvee/intake/internal/wire"
)

// The bounds. The best that deflate does is 1032 to 1; prose packs 3 to 1, the XML of an
// office file up to 60 to 1, so what packs better than mostRatio above freeBytes is a bomb.
const (
	mostEntries = 50_000
	mostRatio   = 150
	freeBytes   = 4 << 20
	mostMember  = 64 << 20 // a text can be no larger
	mostPart    = 128 << 20
)

// Why a part is not unpacked.
var (
	errBomb  = errors.New("it unpacks to over 150 times its size, as only a bomb does")
	errLarge = errors.New("it unpacks to more than may be read")
)

// Archive is an open ZIP.
type Archive struct {
	files []*zip.File
	names map[string]*zip.File
}

// Open reads the directory of a ZIP.
func Open(raw []byte) (*Archive, error) {
	r, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	switch {
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, wire.Refuse("save it again, or unpack it yourself", "it is a damaged ZIP: %v", err)
	case len(r.File) > mostEntries:
		return nil, wire.Refuse("unpack it yourself and read what you need of it", "it has over %d members", mostEntries)
	}
	a := &Archive{files: r.File, names: map[string]*zip.File{}}
	for _, f := range r.File {
		if _, double := a.names[f.Name]; !double { // the first is what readers of office files take
			a.names[f.Name] = f
		}
	}
	return a, nil
}

// Has reports whether there is a part of that name.
func (a *Archive) Has(name string) bool { return a.names[name] != nil }

// Part returns the bytes of a part; nil without an error if there is none.
func (a *Archive) Part(name string) ([]byte, error) {
	f := a.names[name]
	if f == nil {
		return nil, nil
	}
	raw, err := unpack(f, mostPart)
	if err != nil {
		return nil, wire.Refuse("save it again from the program that made it", "its part %s cannot be read: %v", clipped(name), err)
	}
	return raw, nil
}

func clipped(name string) string { return fmt.Sprintf("%.60q", name) }

// unpack reads a part, counting as it comes.
func unpack(f *zip.File, most int64) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, errors.New("it is locked with a password")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	bound := min(most, freeBytes+mostRatio*int64(min(f.CompressedSize64, uint64(most))))
	raw, err := io.ReadAll(io.LimitReader(r, bound+1))
	switch {
	case int64(len(raw)) > most:
		return nil, errLarge
	case int64(len(raw)) > bound:
		return nil, errBomb
	case errors.Is(err, zip.ErrChecksum):
		return nil, errors.New("it is damaged: its checksum does not fit")
	case err != nil:
		return nil, err
	}
	return raw, nil
}

// Members returns members from the cursor on, about as many bytes as the job asks for.
func (a *Archive) Members(job wire.Job) wire.Answer {
	out := wire.Answer{Format: wire.ZIP}
	sum := int64(0)
	for i := max(job.Cursor, 0); i < int64(len(a.files)); i++ {
		if sum > job.Most || len(out.Members) >= wire.MaxMembers {
			out.Next = i
			break
		}
		f := a.files[i]
		name := nameOf(f)
		if hidden(name) {
			out.LeftOut++
			continue
		}
		m := wire.Member{Name: name}
		var err error
		if m.Raw, err = unpack(f, mostMember); err != nil {
			m.Refused = err.Error()
		}
		sum += int64(len(m.Raw))
		out.Members = append(out.Members, m)
	}
	return out
}

// nameOf decodes a name that is in no Unicode: archives made in Seoul or Beijing carry
// the encoding of that machine.
func nameOf(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	if d, err := charset.Decode([]byte(f.Name)); err == nil {
		return d.Text
	}
	return strings.ToValidUTF8(f.Name, "\uFFFD")
}

// hidden reports whether a member is no input, as in a folder: a folder itself, a name
// that begins with a dot, what macOS and Windows put beside files.
func hidden(name string) bool {
	if strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`) {
		return true
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini" || len(part) > 1 && part[0] == '.' && part != ".." {
			return true
		}
	}
	return false
}
