package quantity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// lexiconOf returns a language's lexicon as the reader has it.
func lexiconOf(t testing.TB, lang string, written lexicon.Orthography) *lexicon.Lexicon {
	t.Helper()
	names, err := filepath.Glob("../../lexicon/" + lang + "/*.tsv")
	if err != nil || len(names) == 0 {
		t.Fatalf("lexicon = %v, %v", names, err)
	}
	var files []string
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(raw))
	}
	lex, err := lexicon.Build(written, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func chineseAmounts(lex *lexicon.Lexicon, input string) []quantity.Quantity {
	var p lexicon.Passage
	p.Load(lex, input, 0)
	var out []quantity.Quantity
	for _, s := range p.Sentences {
		p.Clauses(s.First, s.Last)
		out = quantity.Chinese(&p, s.First, s.Last, func(int) bool { return false }, out)
	}
	return out
}

func shown(q quantity.Quantity) string {
	unit := string(q.Value.Unit)
	if q.Value.Currency != "" {
		unit = q.Value.Currency
	}
	parts := []string{q.Value.Range.String(), unit}
	if q.Value.Per != "" {
		parts = append(parts, "/"+string(q.Value.Per))
	}
	if q.Value.Period != "" {
		parts = append(parts, "/"+string(q.Value.Period))
	}
	for _, e := range q.Value.Equivalents {
		parts = append(parts, fmt.Sprintf("= %v %s", e.Range, e.Currency))
	}
	return strings.Join(parts, " ")
}

func TestChinese(t *testing.T) {
	t.Parallel()
	lex := lexiconOf(t, "zh", lexicon.Chinese{})
	for in, want := range map[string]string{
		"人民币8千元":                      "8000 CNY",
		"人民币 8千元":                     "8000 CNY",
		"300元人民币（约新台币1300元）":          "300 CNY = ~1300 TWD",
		"300元人民幣，約合41美元":              "300 CNY = ~41 USD",
		"2至3万元":                       "20000–30000 CNY",
		"2000到3000元":                  "2000–3000 CNY",
		"2500元至2800元":                 "2500–2800 CNY",
		"两三百美元":                       "~200–300 USD",
		"四五百元":                        "~400–500 CNY",
		"1,200万美元":                    "12000000 USD",
		"2.3億美元":                      "230000000 USD",
		"五元三毛":                        "5.3 CNY",
		"两美元又三美分":                     "2.03 USD",
		"8万卢布":                        "80000 RUB",
		"50万朝元":                       "500000 KPW",
		"300万韩元":                      "3000000 KRW",
		"新台幣1300元":                    "1300 TWD",
		"US$500":                      "500 USD",
		"每人每月3200元":                   "3200 CNY /person /month",
		"3000元/月":                     "3000 CNY /month",
		"年收入5万元":                      "50000 CNY /year",
		"至少200名":                      "≥ 200 person",
		"不到80人":                       "< 80 person",
		"超过1.5万名":                     "> 15000 person",
		"最多1.2万名":                     "≤ 12000 person",
		"20人以上":                       "≥ 20 person",
		"300人以内":                      "≤ 300 person",
		"近千人":                         "~1000 person",
		"约300名":                       "~300 person",
		"500名左右":                      "~500 person",
		"60名上下":                       "~60 person",
		"數千名":                         "~≥ 1000 person",
		"十余万人":                        "~≥ 100000 person",
		"七成":                          "70 percent",
		"七至八成":                        "70–80 percent",
		"百分之七十":                       "70 percent",
		"百分之七十到九十":                    "70–90 percent",
		"三分之一":                        "~33.3 percent",
		"半数":                          "50 percent",
		"30％":                         "30 percent",
		"一年半":                         "1.5 year",
		"两个半小时":                       "2.5 hour",
		"12小时":                        "12 hour",
		"每天14到16个小时":                  "14–16 hour /day",
		"第2397号":                      "",
		"中国人民":                        "",
		"成员":                          "",
		"𠀀𠀁300名𠮷":                     "300 person",
		"1天或2天":                       "1–2 day",
		"202107211321363588510367 美元": "202107211321363588510367 USD",
	} {
		var got []string
		for _, q := range chineseAmounts(lex, in) {
			got = append(got, shown(q))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s = %q, want %q", in, strings.Join(got, "; "), want)
		}
	}
}

func FuzzChinese(f *testing.F) {
	lex := lexiconOf(f, "zh", lexicon.Chinese{})
	for _, s := range []string{"每人每月3200元", "（约新台币", "七至", "半半半年", "一万一万一", "元元元", "至到至到", "人民币人民币"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range chineseAmounts(lex, s) {
			if q.First >= q.Last || q.Value.Range.Validate() != nil || !q.Value.Known() {
				t.Fatalf("%q: %+v", s, q)
			}
		}
	})
}
