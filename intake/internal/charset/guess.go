package charset

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/htmlindex"
)

// guessFrom is how many bytes, from the first line that is not ASCII, a guess looks at.
const guessFrom = 64 << 10

// guess decodes under the likeliest encoding that fits the whole text.
func guess(raw []byte) (Decoded, error) {
	for _, name := range candidates(window(raw)) {
		if d := with(raw, name, mustGet(name)); d.plausible() {
			return d, nil
		}
	}
	return Decoded{}, fmt.Errorf("%w: no encoding fits its bytes", ErrUndecodable)
}

// window starts at the first line that is not ASCII, so that a long English header does
// not use up the sample.
func window(raw []byte) []byte {
	high := bytes.IndexFunc(raw, func(r rune) bool { return r >= 0x80 })
	if high < 0 {
		return raw
	}
	start := bytes.LastIndexByte(raw[:high], '\n') + 1
	return raw[start:min(len(raw), start+guessFrom)]
}

// candidates returns the names of encodings, likeliest first.
func candidates(sample []byte) []string {
	var names []string
	for _, r := range chardet.DetectAll(sample) {
		name := canonical(r.Charset)
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// canonical maps a detector's name to the superset that the web decodes it with, and to
// "" what the field does not write in. Old Macintosh Cyrillic is Windows-1251 mistaken:
// they share their small letters.
func canonical(name string) string {
	name = strings.ToLower(name)
	switch name {
	case "gb2312", "gbk", "gb18030":
		return "gb18030"
	case "euc-kr", "cp949":
		return "euc-kr"
	case "x-mac-cyrillic":
		return "windows-1251"
	case "big5", "koi8-r", "shift_jis", "euc-jp":
		return name
	}
	if enc, err := htmlindex.Get(name); err == nil {
		name, _ = htmlindex.Name(enc)
	}
	if strings.HasPrefix(name, "windows-125") {
		return name
	}
	return ""
}
