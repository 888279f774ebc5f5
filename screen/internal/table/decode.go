// Package table reads the tables that people keep suppliers and shipments in.
//
// What comes in: bytes in any common encoding and with any delimiter. What goes out: rows
// with their cells, and which column holds what. Its one idea: columns are found by their
// headers and their content in three languages, what was taken is told before anything is
// done with it, and a row that cannot be read is a row with a reason.
package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"corvee"
)

// sample is how much of a file decides its encoding and delimiter.
const sample = 64 << 10

// Decoded returns the text of r as UTF-8 and the name of the encoding that it was in.
// want names the encoding, "" finds it: a byte-order mark, then UTF-8 if it is valid, then
// UTF-16 by its zero bytes, then the Asian and Western encodings by which of them makes
// words of a table's header or at least common letters. ErrUnsupported for what is no
// table of text, or for a name that is not known.
func Decoded(r io.Reader, want string) (io.Reader, string, error) {
	in := bufio.NewReaderSize(r, sample)
	head, err := in.Peek(sample)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, "", err
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, "", fmt.Errorf("%w: the file is empty", corvee.ErrInvalid)
	}
	if kind := binary(head); kind != "" {
		return nil, "", fmt.Errorf("%w: the file is %s, not text: save the sheet as CSV", corvee.ErrUnsupported, kind)
	}
	if want == "" {
		want = guess(head)
	}
	if want == "utf-8" {
		if bytes.HasPrefix(head, []byte("\ufeff")) {
			_, _ = in.Discard(3)
		}
		return in, want, nil
	}
	e := encodingOf(want)
	if e == nil {
		return nil, "", fmt.Errorf("%w: encoding %q; known are utf-8, utf-16le, utf-16be, gb18030, euc-kr, windows-1251, windows-1252",
			corvee.ErrUnsupported, want)
	}
	return e.NewDecoder().Reader(in), want, nil
}

func encodingOf(name string) encoding.Encoding {
	switch name {
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030
	case "euc-kr", "cp949":
		return korean.EUCKR
	case "windows-1251":
		return charmap.Windows1251
	case "windows-1252":
		return charmap.Windows1252
	}
	return nil
}

// binary names what a file is that is no text; "" for text.
func binary(head []byte) string {
	for _, m := range []struct{ magic, name string }{
		{"PK\x03\x04", "a ZIP or an Excel workbook"}, {"\xd0\xcf\x11\xe0", "an old Excel workbook, or one with a password"},
		{"%PDF", "a PDF"}, {"PAR1", "a Parquet file"}, {"\x1f\x8b", "compressed with gzip"},
		{"\x89PNG", "an image"}, {"\xff\xd8\xff", "an image"},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.name
		}
	}
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) || utf16(head) != "" {
		return ""
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return "binary"
	}
	return ""
}

func guess(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\ufeff")):
		return "utf-8"
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return "utf-16be"
	case utf16(head) != "":
		return utf16(head)
	case validUTF8(head):
		return "utf-8"
	}
	return eightBit(head)
}

// validUTF8 forgives a rune that the sample cuts off, and some wrong bytes among many runes
// of several bytes, which no other encoding makes by chance: a few bad rows do not make
// another encoding.
func validUTF8(head []byte) bool {
	wrong, several := 0, 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && size == 1 && len(head)-i >= utf8.UTFMax:
			wrong++
		case size > 1:
			several++
		}
		i += size
	}
	return several >= 4*wrong
}

// utf16 recognises UTF-16 without a mark by the zero bytes of its ASCII.
func utf16(head []byte) string {
	even, odd := 0, 0
	n := len(head) &^ 1
	for i := 0; i+1 < n; i += 2 {
		if head[i] == 0 && head[i+1] != 0 {
			even++
		}
		if head[i+1] == 0 && head[i] != 0 {
			odd++
		}
	}
	switch {
	case n >= 8 && odd*4 > n/2 && even == 0:
		return "utf-16le"
	case n >= 8 && even*4 > n/2 && odd == 0:
		return "utf-16be"
	}
	return ""
}

// eightBit chooses between encodings that every byte string is valid in. The one whose
// header has the most words of a table wins; with none, the one with the most letters
// that are common in it.
func eightBit(head []byte) string {
	best, most := "windows-1252", -1
	for _, name := range []string{"euc-kr", "gb18030", "windows-1251", "windows-1252"} {
		text, err := encodingOf(name).NewDecoder().Bytes(head)
		if err != nil {
			continue
		}
		line, _, _ := bytes.Cut(text, []byte("\n"))
		score := 1000*headerWords(string(line)) + common(text, name)
		if score > most {
			best, most = name, score
		}
	}
	return best
}

// common returns how many of a thousand foreign runes are of the letters that a text in
// that encoding mostly has: Hangul syllables, the first level of GB 2312, Cyrillic, or
// Latin letters with marks.
func common(text []byte, name string) int {
	good, all := 0, 0
	var before rune
	for _, r := range string(text) {
		last := before
		if before = r; r < utf8.RuneSelf {
			continue
		}
		all++
		switch name {
		case "euc-kr":
			if r >= 0xAC00 && r <= 0xD7A3 {
				good++
			}
		case "gb18030":
			if firstLevel(r) {
				good++
			}
		case "windows-1251":
			if r >= 'а' && r <= 'я' && last >= 'А' && last <= 'я' { // never alone in a word
				good++
			}
		default:
			if r >= 'À' && r <= 'ÿ' {
				good++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return 900 * good / all
}

// firstLevel reports a Han character of GB 2312's first level, the 3,755 in daily use:
// lead bytes B0 to D7.
func firstLevel(r rune) bool {
	raw, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(raw) == 2 && raw[0] >= 0xB0 && raw[0] <= 0xD7 && raw[1] >= 0xA1
}
