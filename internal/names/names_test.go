package names_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee/internal/names"
)

// outline writes the parts of a name as text:role.
func outline(n names.Name) string {
	var out []string
	for _, u := range n.Units {
		out = append(out, u.Text+":"+u.Role.String())
	}
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Dandong Haifeng Foodstuff Co., Ltd.": "dandong:place haifeng:name foodstuff:industry co ltd:legal-form",
		"丹东海丰食品有限公司":                          "丹东:place 海丰:name 食品:industry 有限公司:legal-form",
		"丹東市海豐食品有限公司":                         "丹东市:place 海丰:name 食品:industry 有限公司:legal-form",
		"조선태성무역회사":                            "조선:place 태성:name 무역:industry 회사:legal-form",
		"(주)한빛전자":                             "주:legal-form 한빛:name 전자:industry",
		"ООО «Дальстрой»":                     "ооо:legal-form дальстрой:name",
		"上海中谷物流股份有限公司":                        "上海:place 中谷:name 物流:industry 股份有限公司:legal-form",
		"延吉金华服装有限公司":                          "延吉:place 金华:name 服装:industry 有限公司:legal-form",
		"Import and Export Corporation":       "import and export:industry corporation:legal-form",
		"11420 CORP.":                         "11420:number corp:legal-form",
		"April 25th Vinalon Factory":          "april:number 25:number vinalon:industry factory:generic",
		"Сhоson Trading":                      "choson:place trading:industry", // Cyrillic С and о
		"Ig0r":                                "igor:name",
		"Brigade Forty 4":                     "brigade:industry 44:number",
		"Forty Thieves Trading":               "forty:number thieves:word trading:industry",
		"Nordlicht Aktiengeselschaft":         "nordlicht:name aktiengeselschaft:legal-form",
		"Compani Nordlicht":                   "compani:legal-form nordlicht:name",
		"Compani Trading":                     "compani:name trading:industry", // it is all there is of a name
		"Завод им. В.А. Дегтярева":            "завод:generic им:stop ва:title дегтярева:name",
		"":       "",
		"...()-": "",
	} {
		if got := outline(names.Parse(name, names.Company)); got != want {
			t.Errorf("Parse(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"RI, Chol Jin": "ri:name chol:name jin:name", "리철진": "리:name 철진:name", "欧阳锋": "欧阳:name 锋:name",
		"Vladimir V. Ivanov": "vladimir:name v:initial ivanov:name", "Abdul Aziz al-Nuri": "abd:name aziz:name al:stop nuri:name",
		"Adbul Aziz": "abd:name aziz:name", "Abul Aziz": "abul:name aziz:name",
		"Mr. Bank Trading": "mr:name bank:name trading:name",
	} {
		if got := outline(names.Parse(name, names.Person)); got != want {
			t.Errorf("Parse(%q) of a person = %q, want %q", name, got, want)
		}
	}
}

// Of two names of one party in one, each is compared alone.
func TestOtherNameInBrackets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		q, m  string
		above float64
		rules int // parts of the other name
	}{
		{"Луганский рыбный союз", "Luhansk Fishery Union (Luganskiy Rybnyy Soyuz)", 0.6, 3},
		{"Haifeng Golden Foodstuff", "Northern Lights Bakery (Haifeng Golden Foodstuff)", 0.8, 3},
		{"Northern Lights Bakery (Haifeng Golden Foodstuff)", "Haifeng Golden Foodstuff", 0.8, 3},
		{"Northern Lights Bakery (Haifeng Golden Foodstuff)", "Northern Lights Bakery (Haifeng Golden Foodstuff)", 0.9, 0},
	} {
		a := names.Compare(names.Parse(c.q, names.Company), names.Parse(c.m, names.Company), names.DefaultWeights())
		others := 0
		for _, p := range a.Pairs {
			if p.Rule == "other-name" {
				others++
			}
			if p.Q[1] > len(a.Q) || p.M[1] > len(a.M) {
				t.Errorf("%s, %s: a pair of parts that are not there", c.q, c.m)
			}
		}
		if a.Score < c.above || others != c.rules {
			t.Errorf("%s, %s: score %.3f, want %.1f; %d parts of the other name, want %d", c.q, c.m, a.Score, c.above, others, c.rules)
		}
	}
	if s := score("Haifeng Golden Foodstuff (Shanghai) Co., Ltd.", "Shanghai Foodstuff", names.Company); s > 0.5 {
		t.Errorf("a place in brackets is taken for a name: %.3f", s)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]names.Flags{
		"Dаndong":                      {Homoglyph: true},
		"Dan\u200bdong":                {Invisible: true},
		"\u202eDandong":                {Invisible: true},
		"Дальстрой":                    {},
		strings.Repeat("a", 10000):     {Cut: true},
		strings.Repeat("단동", 10000):    {Cut: true},
		"Dandong Haifeng Co., Ltd. 12": {},
	} {
		n := names.Parse(name, names.Unknown)
		if len(n.Units) > 0 && len(n.Units[0].Text) > 3*names.MaxRunes {
			t.Errorf("a part of %d bytes", len(n.Units[0].Text))
		}
		if diff := cmp.Diff(want, n.Flags); diff != "" {
			t.Errorf("flags of %.20q: %s", name, diff)
		}
	}
}

func score(a, b string, kind names.Kind) float64 {
	return names.Compare(names.Parse(a, kind), names.Parse(b, kind), names.DefaultWeights()).Score
}

func TestPairs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		kind names.Kind
		same bool
	}{
		{"Donggang Haifeng Foodstuff", "Donggang Jinhui Foodstuff", names.Company, false},
		{"东港海丰食品有限公司", "东港金辉食品有限公司", names.Company, false},
		{"东港海丰食品有限公司", "Donggang Jinhui Foodstuff Co., Ltd.", names.Company, false},
		{"东港海丰食品有限公司", "Donggang Haifeng Food Co., Ltd.", names.Company, true},
		{"东港海丰食品有限公司", "둥강해풍식품유한공사", names.Company, true},
		{"Dandong Li Trading Co", "Dandong Wu Trading Co", names.Company, false},
		{"김정은", "김종은", names.Person, false},
		{"리철진", "리철징", names.Person, false},
		{"리철진", "RI Chol Jin", names.Person, true},
		{"리철진", "Lee Cheol-jin", names.Person, true},
		{"리철진", "RI Chol Su", names.Person, false},
		{"Kim Song Chol", "Kim Yong Chol", names.Person, false},
		{"John Smith", "Smith, John", names.Person, true},
		{"Дмитрий Иванович Ковалёв", "Dmitry Kovalev", names.Person, true},
		{"조선로동당", "Workers' Party of Korea", names.Company, true},
		{"대외경제성", "Ministry of External Economic Relations", names.Company, true},
		{"АО «Научно-производственное объединение «Заря»", "JSC NPO Zarya", names.Company, true},
		{"Hamhung Fertiliser Complex 2", "Hamhung Fertiliser Complex 7", names.Company, false},
	} {
		if got := score(c.a, c.b, c.kind); (got >= 0.5) != c.same {
			t.Errorf("%s | %s: %.3f, want the same party: %t", c.a, c.b, got, c.same)
		}
	}
}

// A name scores highest against itself, and no score leaves 0..1.
func TestSelfIsHighest(t *testing.T) {
	t.Parallel()
	person, trade := names.Parse("Trading", names.Person), names.Parse("Trading", names.Unknown) // one word in two roles
	if self, got := names.Compare(person, person, names.DefaultWeights()).Score, names.Compare(person, trade, names.DefaultWeights()).Score; got > self {
		t.Errorf("a person called Trading is more like the trade (%.3f) than like himself (%.3f)", got, self)
	}
	word := rapid.SampledFrom([]string{"Dandong", "Haifeng", "Hai", "feng", "Food", "Trading", "Co.", "Ltd", "海丰", "食品", "해풍", "7", "II", "(", ")", "О.", "S.A.", "Завод", "ri"})
	kind := rapid.SampledFrom([]names.Kind{names.Unknown, names.Person, names.Company})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 1, 6).Draw(t, "q"), " ")
		other := strings.Join(rapid.SliceOfN(word, 1, 6).Draw(t, "m"), " ")
		q, m := names.Parse(text, kind.Draw(t, "qk")), names.Parse(other, kind.Draw(t, "mk"))
		self, got := names.Compare(q, q, names.DefaultWeights()).Score, names.Compare(q, m, names.DefaultWeights()).Score
		if got > self+1e-9 || got < 0 || got > 1 {
			t.Fatalf("%q against %q scores %.6f, against itself %.6f", text, other, got, self)
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("丹东远洋 Food & 12 S.A.", "Дан 리철진 (x)", uint8(0))
	f.Add("\u202e'.0a1b2", "\xff\xfe", uint8(1))
	f.Fuzz(func(t *testing.T, a, b string, kind uint8) {
		q, m := names.Parse(a, names.Kind(kind%4)), names.Parse(b, names.Kind(kind/4%4))
		got := names.Compare(q, m, names.DefaultWeights())
		if !(got.Score >= 0 && got.Score <= 1) {
			t.Fatalf("score %v", got.Score)
		}
		for _, p := range got.Pairs {
			if p.Q[0] > p.Q[1] || p.Q[1] > len(got.Q) || p.M[0] > p.M[1] || p.M[1] > len(got.M) || p.Rule == "" {
				t.Fatalf("pair %+v of %d and %d units", p, len(got.Q), len(got.M))
			}
		}
	})
}

// The score has no plateau: with each word more that two names share the score rises, and
// it never reaches 1; with each word more that one of them lacks it falls.
func TestScoreHasNoPlateau(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{1,2}[aeiou][b-df-hj-np-tv-z]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(word, 2, 7, rapid.ID).Draw(t, "words")
		kind := rapid.SampledFrom([]names.Kind{names.Company, names.Person}).Draw(t, "kind")
		whole := strings.Join(words, " ")
		agreed, lacking := 0.0, -1.0
		for n := 1; n <= len(words); n++ {
			some := strings.Join(words[:n], " ")
			if s := score(some, some, kind); s <= agreed || s >= 1 {
				t.Fatalf("%q against itself is %.6f, with a word less %.6f", some, s, agreed)
			} else {
				agreed = s
			}
			if s := score(some, whole, kind); s <= lacking {
				t.Fatalf("%q against %q is %.6f, with a word less %.6f", some, whole, s, lacking)
			} else {
				lacking = s
			}
		}
	})
}
