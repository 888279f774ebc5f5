// Package charset turns the bytes of a text into UTF-8.
//
// What comes in: bytes, and the encoding that they declare, if they do. What goes out:
// valid UTF-8, the IANA name of the encoding, and how many invalid sequences became
// U+FFFD.
//
// Its one idea: UTF-8 is believed when it holds, a byte-order mark is believed always, and
// a guess among the older encodings is taken only when nearly every byte fits it.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Decoded is a text in UTF-8 and what it was.
type Decoded struct {
	Text     string
	Name     string // IANA: utf-8, gb18030, euc-kr …
	Replaced int    // invalid sequences that became U+FFFD
}

// ErrUndecodable: no encoding of the field's fits the bytes.
var ErrUndecodable = errors.New("the encoding cannot be told")

// mostReplaced is the share of characters, 1 in 20, beyond which a decoding is wrong
// rather than damaged.
const mostReplaced = 20

// Decode decodes bytes that declare nothing. A byte-order mark is dropped; valid UTF-8 is
// otherwise returned unchanged, NULs and line ends included.
func Decode(raw []byte) (Decoded, error) {
	if d, ok := byMark(raw); ok {
		return d, nil
	}
	if wide(raw) { // of plain letters it is valid UTF-8 too, with a NUL after each
		return Decoded{}, errWide
	}
	return undeclared(raw)
}

var errWide = fmt.Errorf("%w: it looks like UTF-16 without a byte-order mark", ErrUndecodable)

// undeclared leaves NULs between letters to the parser of a page, which drops them.
func undeclared(raw []byte) (Decoded, error) {
	if utf8.Valid(raw) {
		return Decoded{Text: string(raw), Name: "utf-8"}, nil
	}
	if damagedUTF8(raw) {
		return replaceInvalid(raw), nil
	}
	if wide(raw) {
		return Decoded{}, errWide
	}
	return guess(raw)
}

// DecodeAs decodes bytes that declare their encoding, unless a byte-order mark says
// otherwise, or UTF-8 holds where something else is declared, or the declaration does not
// fit; then it decodes as if nothing were declared.
func DecodeAs(raw []byte, label string) (Decoded, error) {
	if d, ok := byMark(raw); ok {
		return d, nil
	}
	enc, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil || utf8.Valid(raw) {
		return undeclared(raw)
	}
	name, _ := htmlindex.Name(enc)
	if name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		return undeclared(raw) // a page of ASCII letters cannot declare UTF-16 truthfully
	}
	if name == "gbk" {
		name, enc = "gb18030", mustGet("gb18030") // its superset
	}
	if d := with(raw, name, enc); d.plausible() {
		return d, nil
	}
	return undeclared(raw)
}

// plausible reports whether next to nothing was replaced, and next to nothing became a
// control character of the upper range, which no text holds: the single-byte encodings
// give every byte some meaning.
func (d Decoded) plausible() bool {
	all, bad := 0, d.Replaced
	for _, r := range d.Text {
		all++
		if r >= 0x80 && r < 0xA0 {
			bad++
		}
	}
	return bad*mostReplaced <= all
}

func byMark(raw []byte) (Decoded, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")):
		return replaceInvalid(raw[3:]), true
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return with(raw[2:], "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)), true
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return with(raw[2:], "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)), true
	}
	return Decoded{}, false
}

// with decodes under one encoding. The count leaves out a U+FFFD that UTF-16 or GB18030
// spells itself only where it can be told apart, which is nowhere: it errs to the high.
func with(raw []byte, name string, enc encoding.Encoding) Decoded {
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil { // x/text decoders replace and go on; none of these returns an error
		return replaceInvalid(raw)
	}
	d := replaceInvalid(text)
	return Decoded{Text: d.Text, Name: name, Replaced: d.Replaced + bytes.Count(text, []byte("\uFFFD"))}
}

// replaceInvalid writes one U+FFFD for each byte that is not UTF-8.
func replaceInvalid(raw []byte) Decoded {
	if utf8.Valid(raw) {
		return Decoded{Text: string(raw), Name: "utf-8"}
	}
	var b strings.Builder
	b.Grow(len(raw) + 64)
	replaced := 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError && size == 1 {
			replaced++
		}
		b.WriteRune(r)
		raw = raw[size:]
	}
	return Decoded{Text: b.String(), Name: "utf-8", Replaced: replaced}
}

// damagedUTF8 reports whether the bytes are UTF-8 but for a few: of text in an older
// encoding about one byte in eight falls into a valid sequence by chance.
func damagedUTF8(raw []byte) bool {
	whole, broken := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case size > 1:
			whole += size
		case r == utf8.RuneError:
			broken++
		}
		raw = raw[size:]
	}
	return whole >= 4*broken
}

// wide reports whether every other byte is mostly NUL, as in UTF-16 of Latin text.
func wide(raw []byte) bool {
	var nul [2]int
	for i, c := range raw {
		if c == 0 {
			nul[i%2]++
		}
	}
	return 4*max(nul[0], nul[1]) > len(raw) && 16*min(nul[0], nul[1]) < len(raw)
}

// Binary reports whether the bytes are no text in any encoding: too many control
// characters. A text that holds a few NULs is still a text.
func Binary(raw []byte) bool {
	if bytes.HasPrefix(raw, []byte("\xFF\xFE")) || bytes.HasPrefix(raw, []byte("\xFE\xFF")) || wide(raw) {
		return false // UTF-16
	}
	controls := 0
	for _, c := range raw {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B || c == 0x7F {
			controls++
		}
	}
	if utf8.Valid(raw) || damagedUTF8(raw) {
		return 10*controls > len(raw)
	}
	// No older encoding has control characters in its letters.
	return 200*controls > len(raw)
}

func mustGet(name string) encoding.Encoding {
	enc, err := htmlindex.Get(name)
	if err != nil {
		panic(err) // the names in this package are of the index
	}
	return enc
}
