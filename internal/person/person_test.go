package person_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"corvee/internal/person"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		gone []string // must not be left
		kept []string // must be left
		stay []string
	}{
		{text: "A worker named Ryom Kyong Hui said the door is locked.", gone: []string{"Ryom", "Kyong", "Hui"}, kept: []string{"worker", "door is locked"}},
		{text: "Mr. Orlov’s crew slept in containers.", gone: []string{"Orlov"}, kept: []string{"crew"}},
		{text: "Pak Chol-su, 34, was sent home.", gone: []string{"Pak", "Chol"}, kept: []string{"was sent home"}},
		{text: "The seamstress Jong Mi Ran earned 300 yuan in Hunchun.", gone: []string{"Jong Mi Ran"}, kept: []string{"300 yuan", "Hunchun"}},
		{text: "Kim Jong Un praised them.", kept: []string{"Kim Jong Un"}},
		{text: "Ms. Orlova spoke first. Later Orlova wept; the Orlovas did not.", gone: []string{"Ms. Orlova", "Later Orlova"}, kept: []string{"the Orlovas"}},
		{text: "노동자 김철수는 떠났다. 그 뒤 김철수 소식은 없다.", gone: []string{"김철수"}},
		{text: "Workers of Tumen Shuanghe Textile said so; Han River Foods did not.", kept: []string{"Tumen Shuanghe Textile", "Han River Foods"}, stay: []string{"Tumen Shuanghe Textile", "Han River Foods"}},
		{text: "노동자 김철수는 한 달에 300위안을 받았다.", gone: []string{"김철수"}, kept: []string{"노동자", "300위안"}},
		{text: "최영희 씨는 여권을 빼앗겼다고 했다.", gone: []string{"최영희"}, kept: []string{"여권"}},
		{text: "훈춘의 한 공장에서 노동자 200명이 일한다.", kept: []string{"훈춘", "공장", "노동자 200명"}},
		{text: "女工李秀英说，护照被收走。", gone: []string{"李秀英"}, kept: []string{"护照", "女工"}},
		{text: "王先生在丹东一家工厂工作。", gone: []string{"王"}, kept: []string{"丹东", "工厂"}},
		{text: "Call +86 138 0013 8000 or write to a.b@example.org; passport no. PS1234567.", gone: []string{"138", "8000", "a.b@example", "PS1234567"}},
		{text: "Between 25,000 and 30,000 workers, 2,000 yuan each, by 22 December 2019.", kept: []string{"25,000 and 30,000", "22 December 2019"}},
	} {
		got := person.Mask(c.text, person.Find(c.text, c.stay...))
		for _, word := range c.gone {
			if strings.Contains(got, word) {
				t.Errorf("%q is left in %q", word, got)
			}
		}
		for _, word := range c.kept {
			if !strings.Contains(got, word) {
				t.Errorf("%q is covered in %q", word, got)
			}
		}
	}
}

// A mask keeps the number of code points, is the same twice, and never grows a text of no
// letters.
func TestLawMaskKeepsLength(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"Mr. ", "Kim ", "Chol-su ", "named ", "Ana ", "노동자 ", "김철수", "는 ", "女工", "李秀英", "说", "+86 138 0013 8000", "é", "😀", "\x00", "."})).Draw(rt, "text"), "")
		once := person.Mask(text, person.Find(text))
		if utf8.RuneCountInString(once) != utf8.RuneCountInString(text) || len(once) != len(text) || len(utf16.Encode([]rune(once))) != len(utf16.Encode([]rune(text))) {
			rt.Fatalf("%q became %q", text, once)
		}
	})
}

func FuzzFind(f *testing.F) {
	f.Add("A worker named Ryom Kyong Hui said")
	f.Add("노동자 김철수는")
	f.Add("\xff\xfe Mr. \xc3")
	f.Fuzz(func(t *testing.T, text string) {
		spans := person.Find(text)
		at := 0
		for _, s := range spans {
			if s.Start < at || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%+v of %q", spans, text)
			}
			at = s.End
		}
		_ = person.Mask(text, spans)
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("The plant in Hunchun employs 240 workers. Each earns 2,300 yuan a month, and 2,000 yuan of it is taken, a source in Jilin Province told Border Ledger on 17 November.\n", 60)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		person.Find(text)
	}
}
