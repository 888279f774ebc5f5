package charset_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"pgregory.net/rapid"

	"corvee/intake/internal/charset"
)

// Short own texts in the languages of the field; each is told from a few dozen letters.
var texts = map[string]string{
	"euc-kr":       "둥강의 수산물 공장에서 북쪽 여성 노동자 육십 명이 밤늦게까지 일한다고 한 주민이 전했다. 식당은 문을 닫았다.",
	"gb18030":      "东港的一家水产厂里有六十名女工，据一位居民说，她们每天工作到深夜。餐馆已经关门，工人被转到别的工厂。",
	"big5":         "東港的一家水產廠裡有六十名女工，據一位居民說，她們每天工作到深夜。餐館已經關門，工人被轉到別的工廠。",
	"windows-1251": "На рыбном заводе в порту работают шестьдесят женщин, сказал местный житель. Ресторан закрыт, рабочих перевели.",
	"windows-1252": "The owner’s café in the harbour – “closed since May”, a neighbour said – employed 60 women from the north.",
	"utf-8":        "둥강 东港 東港 порт café 🙂 𠀀 한",
	"utf-16le":     "\uFEFF둥강 東港 🙂 sixty women",
	"utf-16be":     "\uFEFF둥강 東港 🙂 sixty women",
}

func encodeAs(t testing.TB, name, text string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return raw
}

func TestDecodeTellsEncodings(t *testing.T) {
	t.Parallel()
	for name, text := range texts {
		for _, before := range []string{"", strings.Repeat("An English heading, line after line.\n", 4000)} {
			whole := strings.Replace(text, "\uFEFF", "\uFEFF"+before, 1)
			if !strings.HasPrefix(text, "\uFEFF") {
				whole = before + text
			}
			got, err := charset.Decode(encodeAs(t, name, whole))
			want := strings.TrimPrefix(whole, "\uFEFF")
			if err != nil || got.Name != name || got.Text != want || got.Replaced != 0 {
				t.Errorf("%s behind %d bytes of English: told %s, %d replaced, text right: %t, %v", name, len(before), got.Name, got.Replaced, got.Text == want, err)
			}
		}
	}
}

func TestDecodeAsBelievesWhatFits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ bytes, label, want string }{
		"as declared":               {"euc-kr", "euc-kr", "euc-kr"},
		"ks_c_5601-1987":            {"euc-kr", "ks_c_5601-1987", "euc-kr"},
		"gb2312 is its superset":    {"gb18030", "gb2312", "gb18030"},
		"UTF-8 whatever it says":    {"utf-8", "euc-kr", "utf-8"},
		"UTF-8 that is not":         {"euc-kr", "utf-8", "euc-kr"},
		"a label nobody knows":      {"big5", "klingon", "big5"},
		"UTF-16 of ASCII tags":      {"windows-1251", "utf-16", "windows-1251"},
		"a mark wins":               {"utf-16le", "big5", "utf-16le"},
		"no label":                  {"windows-1251", "", "windows-1251"},
		"another one that fits not": {"gb18030", "shift_jis", "gb18030"},
	} {
		got, err := charset.DecodeAs(encodeAs(t, c.bytes, texts[c.bytes]), c.label)
		if err != nil || got.Name != c.want || got.Text != strings.TrimPrefix(texts[c.bytes], "\uFEFF") {
			t.Errorf("%s: %s, %v, want %s: %.40q", name, got.Name, err, c.want, got.Text)
		}
	}
}

func TestDamageIsCounted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw      string
		want     string
		replaced int
	}{
		"one bad byte":          {"두만강 변의 공장\xff에서", "두만강 변의 공장\uFFFD에서", 1},
		"cut off in the middle": {"두만강 변의 공장\xec\x97", "두만강 변의 공장\uFFFD\uFFFD", 2},
		"a surrogate":           {"중국 동북의 도시 \xed\xa0\x80 안", "중국 동북의 도시 \uFFFD\uFFFD\uFFFD 안", 3},
		"its own U+FFFD":        {"a\uFFFDb", "a\uFFFDb", 0},
		"NULs stay":             {"a\x00b\x00c and some more words", "a\x00b\x00c and some more words", 0},
		"CR alone":              {"a\rb\r\nc", "a\rb\r\nc", 0},
		"a mark in the middle":  {"\uFEFFa\uFEFFb", "a\uFEFFb", 0},
	} {
		got, err := charset.Decode([]byte(c.raw))
		if err != nil || got.Text != c.want || got.Replaced != c.replaced || got.Name != "utf-8" {
			t.Errorf("%s: %q, %d replaced, %s, %v; want %q, %d", name, got.Text, got.Replaced, got.Name, err, c.want, c.replaced)
		}
	}
	odd, err := charset.Decode([]byte("\xff\xfea\x00b")) // half a unit at the end
	if err != nil || odd.Text != "a\uFFFD" || odd.Replaced != 1 {
		t.Errorf("UTF-16 cut off: %q, %d, %v", odd.Text, odd.Replaced, err)
	}
}

func TestUndecodable(t *testing.T) {
	t.Parallel()
	if _, err := charset.Decode([]byte("s\x00i\x00x\x00t\x00y\x00 \x00\xe9\x00")); !errors.Is(err, charset.ErrUndecodable) || !strings.Contains(err.Error(), "byte-order mark") {
		t.Errorf("UTF-16 without a mark: %v", err)
	}
}

func TestBinary(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(i * i * 7)
	}
	for name, c := range map[string]struct {
		raw  string
		want bool
	}{
		"noise":             {string(noise), true},
		"many NULs":         {"a\x00\x00\x00b\x00\x00\x00", true},
		"a few NULs":        {"Sixty women work there.\x00 They came in May.\x00", false},
		"terminal colours":  {"\x1b[31mSixty\x1b[0m women", false},
		"form feeds":        {"page\fpage\f", false},
		"Korean in EUC-KR":  {string(encodeAs(t, "euc-kr", texts["euc-kr"])), false},
		"UTF-16":            {string(encodeAs(t, "utf-16le", texts["utf-16le"])), false},
		"UTF-16, no mark":   {"s\x00i\x00x\x00t\x00y\x00", false},
		"EUC-KR with a NUL": {string(encodeAs(t, "euc-kr", strings.Repeat(texts["euc-kr"], 5))) + "\x00", false},
	} {
		if got := charset.Binary([]byte(c.raw)); got != c.want {
			t.Errorf("%s: Binary = %t, want %t", name, got, c.want)
		}
	}
}

// Whatever comes in, what goes out is UTF-8, and valid UTF-8 goes out as it came, or is
// refused where its NULs make it look like UTF-16.
func TestDecodeLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		for _, label := range []string{"", "euc-kr", "gb18030", "utf-16", "iso-2022-jp", "replacement", "x-user-defined"} {
			d, err := charset.DecodeAs(raw, label)
			if err == nil && !utf8.ValidString(d.Text) {
				t.Fatalf("%q as %q is not UTF-8: %q", raw, label, d.Text)
			}
		}
		text := rapid.String().Draw(t, "text")
		d, err := charset.Decode([]byte(text))
		if strings.Contains(text, "\x00") && errors.Is(err, charset.ErrUndecodable) {
			return
		}
		if err != nil || d.Text != strings.TrimPrefix(text, "\uFEFF") || d.Replaced != 0 {
			t.Fatalf("%q became %q, %v", text, d.Text, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for name, text := range texts {
		f.Add(encodeAs(f, name, text), name)
	}
	f.Fuzz(func(t *testing.T, raw []byte, label string) {
		d, err := charset.DecodeAs(raw, label)
		if err != nil {
			if !errors.Is(err, charset.ErrUndecodable) {
				t.Fatal(err)
			}
			return
		}
		if !utf8.ValidString(d.Text) || d.Name == "" || d.Replaced > strings.Count(d.Text, "\uFFFD") {
			t.Fatalf("%q as %q: %+v", raw, label, d)
		}
		_ = charset.Binary(raw)
	})
}
