package quantity_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
)

// korean returns the Korean lexicon as the reader has it.
func korean(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	names, err := filepath.Glob("../../lexicon/ko/*.tsv")
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
	lex, err := lexicon.Build(lexicon.Korean{}, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

// read returns the amounts of a sentence in short words.
func read(lex *lexicon.Lexicon, text string) string {
	var p lexicon.Passage
	p.Load(lex, text, 0)
	var out []quantity.Quantity
	for _, s := range p.Sentences {
		p.Clauses(s.First, s.Last)
		out = quantity.Korean(&p, s.First, s.Last, func(int) bool { return false }, out)
	}
	var words []string
	for _, q := range out {
		w := q.Value.Range.String() + " " + string(q.Value.Unit)
		for _, s := range []string{q.Value.Currency, string(q.Value.Per), string(q.Value.Period)} {
			if s != "" {
				w += " " + s
			}
		}
		for _, e := range q.Value.Equivalents {
			w += " = " + e.Range.String() + " " + e.Currency
		}
		words = append(words, w)
	}
	return strings.Join(words, "; ")
}

func TestKorean(t *testing.T) {
	t.Parallel()
	lex := korean(t)
	for text, want := range map[string]string{
		"3천5백여 명":       "~3500 person",
		"2억3천만 원":       "230000000 money KRW",
		"17만명이 왔다":      "170000 person",
		"4~5백 명":        "400–500 person",
		"2천~3천 위안":      "2000–3000 money CNY",
		"2~3천 위안":       "2000–3000 money CNY",
		"2천500~2천800위안": "2500–2800 money CNY",
		"2천500명에서 3천 명으로 추정했다": "2500–3000 person",
		"다섯 명": "5 person",
		"월평균 190달러, 우리 돈 약 25만 원을 받는다": "190 money USD month = ~250000 KRW",
		"7만 달러, 우리 돈으로 9천만 원":          "70000 money USD = 90000000 KRW",
		"7만 달러, 9천만 원":                 "70000 money USD; 90000000 money KRW",
		"봉사원 서른네 명":                    "34 person",
		"스무 살이다":                       "",
		"이백 명":                         "200 person",
		"두세 명":                         "2–3 person",
		"수십 명":                         "~≥ 10 person",
		"백여 명":                         "~100 person",
		"20여만 명":                       "~200000 person",
		"200명가량":                       "~200 person",
		"300명 안팎":                      "~300 person",
		"스무 명 남짓":                      "~20 person",
		"14시간 이상":                      "≥ 14 hour",
		"100명 초과":                      "> 100 person",
		"50달러 이하":                      "≤ 50 money USD",
		"50달러 미만":                      "< 50 money USD",
		"50달러도 안 된다":                   "< 50 money USD",
		"최대 3천 명":                      "≤ 3000 person",
		"최소 800만 디나르":                  "≥ 8000000 money KWD",
		"2백만 위안이 넘는다":                  "≥ 2000000 money CNY",
		"7할":                           "70 percent",
		"3할 5푼":                        "35 percent",
		"3분의 2":                        "~66.7 percent",
		"절반을 바친다":                      "50 percent",
		"20프로":                         "20 percent",
		"80%":                          "80 percent",
		"150달러씩":                       "150 money USD person",
		"1인당 월 2천800~3천 위안":            "2800–3000 money CNY person month",
		"한 달에 300달러":                   "300 money USD month",
		"하루 14시간":                      "14 hour day",
		"연간 30만 위안":                    "300000 money CNY year",
		"세대당 3천 원":                     "3000 money KRW household",
		"북한 돈 5만 원":                    "50000 money KPW",
		"인민폐 8천원":                      "8000 money CNY",
		"미화 2천 달러":                     "2000 money USD",
		"9만~10만 루블":                    "90000–100000 money RUB",
		"70만 위안(약 1억2천700만 원)":         "700000 money CNY = ~127000000 KRW",
		"2억3000만달러(약 2566억원)":          "230000000 money USD = ~256600000000 KRW",
		"결의 2397호":                     "",
		"39호실":                         "",
		"8차 당대회":                       "",
		"코로나19":                        "",
		"지난해 500달러에서 700달러로 올랐다": "500 money USD; 700 money USD",
		"조선소 3곳":      "3 piece",
		"한 달에 하루만 쉰다": "1 day month",
	} {
		if got := read(lex, text); got != want {
			t.Errorf("Korean(%q) = %q, want %q", text, got, want)
		}
	}
}

// FuzzKorean holds that no text makes the grammar fail, and that every amount is a part of
// its text in order.
func FuzzKorean(f *testing.F) {
	lex := korean(f)
	for _, s := range []string{"3천5백여 명", "1인당 월 2천~3천 위안(약 340달러)", "만억조", "3분의 0", "~~~", "천 천 천 4", "９９９만", "수수수", "한한한 명", "100~", "(약 ("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var p lexicon.Passage
		p.Load(lex, s, 0)
		for _, x := range p.Sentences {
			p.Clauses(x.First, x.Last)
			last := x.First
			for _, q := range quantity.Korean(&p, x.First, x.Last, func(int) bool { return false }, nil) {
				if q.First < last || q.Last <= q.First || q.Last > x.Last {
					t.Fatalf("amount at %d:%d in the sentence %d:%d", q.First, q.Last, x.First, x.Last)
				}
				if err := q.Value.Range.Validate(); err != nil {
					t.Fatal(err)
				}
				last = q.Last
			}
		}
	})
}
