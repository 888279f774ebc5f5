package read_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/read"
)

const chineseSubject = "本文讲述在国外务工的朝鲜工人。\n\n"

func chineseReport() corvee.Report {
	d, err := corvee.ParseDate("2023-12-05")
	if err != nil {
		panic(err)
	}
	return corvee.Report{Publisher: "江岸周报", Published: d}
}

// reports are marked texts: each row is words that a claim's quote holds, and words of its
// summary; the row that begins with "-" must not be claimed.
var chineseReports = []struct {
	name, text string
	want       [][]string
}{
	{"simplified", `珲春：工资只剩三成

据珲春一名贸易商透露，当地一家服装厂雇用了约120名朝鲜女工，每人每月工资2600元，其中1500元以“党资金”名义上缴，另扣400元伙食费。

“她们的手机一律没收，不准跟中国工人说话。”这名贸易商说。

女工每班工作12小时，一个月休息一天，护照由领队统一保管。

联合国安理会第2397号决议规定，各国须在2019年12月22日前遣返所有朝鲜劳工。`, [][]string{
		{"120名朝鲜女工", "headcount", "~120", "person", "hunchun", "CN", "reported", "anonymous", "trader"},
		{"2600元", "wage", "2600", "CNY", "/person", "/month", "hunchun"},
		{"1500元", "levy", "1500", "CNY", "/month", "party_funds"},
		{"400元伙食费", "levy", "400", "CNY", "/month", "board_and_lodging"},
		{"手机一律没收", "condition", "isolation", "anonymous"},
		{"不准跟中国工人说话", "condition", "isolation"},
		{"工作12小时", "condition", "excessive_overtime", "12", "hour", "/day", "asserted"},
		{"休息一天", "condition", "excessive_overtime", "1", "day", "/month"},
		{"护照由领队统一保管", "condition", "document_retention"},
		{"第2397号决议", "law", "UNSCR_2397", "2019-12-22"},
	}},
	{"traditional", `琿春:工資只剩三成

據琿春一名貿易商透露,當地一家服裝廠雇用了約120名北韓女工,每人每月工資2600元。

「她們的手機一律沒收。」這名貿易商說。

護照由領隊統一保管。`, [][]string{
		{"120名北韓女工", "headcount", "~120", "hunchun", "trader"},
		{"2600元", "wage", "2600", "CNY", "/month"},
		{"手機一律沒收", "condition", "isolation", "anonymous"},
		{"護照由領隊統一保管", "condition", "document_retention"},
	}},
	{"planned, denied, sent home", `乌苏里斯克的工地

朝鲜当局计划在明年3月前向乌苏里斯克派遣300名工人。

去年5月，40名朝鲜工人被遣返。

工地负责人否认雇用朝鲜工人。

据估计，朝鲜政府每年从海外劳工身上赚取5亿美元。`, [][]string{
		{"300名工人", "movement", "300", "planned", "ussuriysk", "RU"},
		{"40名朝鲜工人被遣返", "movement", "40", "2022-05", "asserted"},
		{"雇用朝鲜工人", "activity", "denied", "not"},
		{"5亿美元", "transfer", "500000000", "USD", "/year", "/total", "estimated"},
	}},
	{"object marker is no plan", `鱿鱼厂

丹东的经理将朝鲜女工的护照没收。

领队将七成工资上缴国家。`, [][]string{
		{"护照没收", "condition", "document_retention", "asserted", "dandong"},
		{"七成", "levy", "70", "percent", "asserted"},
	}},
}

func TestChineseReports(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, c := range chineseReports {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := claims(t, r, chineseReport(), c.text)
			for _, row := range c.want {
				if !slices.ContainsFunc(got, func(x corvee.Claim) bool {
					return strings.Contains(x.Quote.Exact, row[0]) && subset(row[1:], read.Summary(x))
				}) {
					t.Errorf("no claim of %v", row)
					for _, x := range got {
						if strings.Contains(x.Quote.Exact, row[0]) {
							t.Logf("  %q: %v", x.Quote.Exact, read.Summary(x))
						}
					}
				}
			}
			for _, x := range got {
				if c.text[x.Quote.Start:x.Quote.End] != x.Quote.Exact || x.Validate() != nil {
					t.Errorf("claim %q: %v", x.Quote.Exact, x.Validate())
				}
			}
		})
	}
}

func subset(want, have []string) bool {
	for _, w := range want {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return true
}

// TestChineseNegatives: words that look alike and state nothing about these workers.
func TestChineseNegatives(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, content := range []string{
		"延边的200名朝鲜族工人每月工资3000元，住在厂区宿舍。",
		"朝鲜战争期间，丹东有300名工人被炸死。",
		"韩国工人在蔚山船厂每天工作10小时，月薪300万韩元，去年有200名韩国工人罢工。",
		"大连一家水产公司有120名中国工人，计件工资平均4200元，住宿费每月扣120元。",
		"10月中朝贸易额为1.8亿美元，对朝出口1.5亿美元，假发占57%。",
		"辽宁省月最低工资标准调整为2100元，日本技能实习生每月到手15万日元。",
		"海鲜市场每天卖出3吨海鲜，东北有200家海鲜店。",
		"高丽人在乌兹别克斯坦有18万人，多从事农业。",
	} {
		if got := claims(t, r, chineseReport(), content); len(got) > 0 {
			for _, c := range got {
				t.Errorf("%q states %v", c.Quote.Exact, read.Summary(c))
			}
		}
	}
}

// TestChineseNoNameOfAWorkerOrSource: names of people who may not be named stay in the
// quote alone.
func TestChineseNoNameOfAWorkerOrSource(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, sentence := range []string{
		"缝纫工李松姬说，丹东的朝鲜女工每月工资2300元。",
		"“丹东的朝鲜女工每月工资2300元。”李松姬说。",
		"据脱北者李松姬透露，丹东的朝鲜女工每月工资2300元。",
		"商人李松姬告诉江岸周报，丹东的朝鲜女工每月工资2300元。",
		"李松姬（34岁）是朝鲜女工，在丹东每月工资2300元。",
		"车间主任李松姬称，丹东的朝鲜女工每月工资2300元，她还说有200名朝鲜女工。",
		"知情人士李松姬表示，丹东的朝鲜女工每月工资2300元。",
		"李松姬工厂的朝鲜女工每月工资2300元。",
		"一名叫李松姬的領隊說，丹東的北韓女工每月工資2300元。",
	} {
		got := claims(t, r, chineseReport(), chineseSubject+sentence)
		if len(got) == 0 {
			t.Errorf("no claim in %q", sentence)
		}
		for _, c := range got {
			c.Quote, c.Mentions = corvee.Quote{}, nil
			raw, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(raw), "松姬") {
				t.Errorf("a name is in the claim of %q:\n%s", sentence, raw)
			}
		}
	}
}

func TestChineseSpeakers(t *testing.T) {
	t.Parallel()
	r := reader(t)
	const content = "丹东的朝鲜女工每月工资2300元。"
	for sentence, want := range map[string]corvee.Attribution{
		"外交部称，" + content:          {Name: "外交部", Speaker: corvee.SpeakerInstitution},
		"据路透社报道，" + content:        {Name: "Reuters", Speaker: corvee.SpeakerAgency},
		"据《海港晚报》报道，" + content:     {Name: "海港晚报", Speaker: corvee.SpeakerPublisher},
		"据“北洋通讯社”报道，" + content:    {Name: "北洋通讯社", Speaker: corvee.SpeakerAgency},
		"中国消息人士透露，" + content:      {Role: "source", Code: "A-1", Country: "CN", Speaker: corvee.SpeakerAnonymous},
		"一名商人说，" + content:         {Role: "trader", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"研究员赵汉范表示，" + content:      {Name: "赵汉范", Role: "expert", Speaker: corvee.SpeakerNamedPublicPerson},
		"发言人汪文斌表示，" + content:      {Name: "汪文斌", Role: "official", Speaker: corvee.SpeakerNamedOfficial},
		"文件显示，" + content:          {Name: "文件", Speaker: corvee.SpeakerDocument},
		"記者在丹東看到，" + content:       {Speaker: corvee.SpeakerAuthor},
		"「" + content + "」該消息人士說。": {Role: "source", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
	} {
		got := claims(t, r, chineseReport(), chineseSubject+sentence)
		i := slices.IndexFunc(got, func(c corvee.Claim) bool { return c.Kind == corvee.KindWage })
		if i < 0 {
			t.Errorf("no wage in %q", sentence)
			continue
		}
		if root := got[i].Root(); root != want {
			t.Errorf("%q is said by %+v, want %+v", sentence, root, want)
		}
	}
}

// TestChineseWorstTexts: none of them may panic, take more than linear time or lose the
// bytes of a quote.
func TestChineseWorstTexts(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, content := range map[string]string{
		"digits":         chineseSubject + "工厂有" + strings.Repeat("9", 400) + "名朝鲜工人，月薪" + strings.Repeat("万", 400) + "元。",
		"Ext-B":          chineseSubject + "𠮷林𠀀𠀁的300名朝鲜工人𪜈𪜉在珲春工作，月薪2000元𠮷。",
		"compatibility":  chineseSubject + "丹東⼯⼚有200名朝鮮⼥⼯。",
		"odd quotes":     chineseSubject + "“「『朝鲜工人月薪2000元”『「”她说。“”””",
		"many commas":    chineseSubject + "朝鲜工人" + strings.Repeat("，女工", 3000) + "月薪2000元。",
		"one character":  strings.Repeat("工", 50000),
		"one word":       chineseSubject + strings.Repeat("朝鲜工人", 8000),
		"numbers":        chineseSubject + strings.Repeat("一二三四五六七八九十百千万亿", 2000) + "名朝鲜工人。",
		"ranges":         chineseSubject + "朝鲜工人月薪" + strings.Repeat("1000至", 2000) + "2000元。",
		"spaces":         chineseSubject + strings.Join(strings.Split("丹东有三百名朝鲜工人，每月工资两千元。", ""), " "),
		"wide":           chineseSubject + "丹东有３００名朝鲜工人，每月工资２，３００元。",
		"conversions":    chineseSubject + "朝鲜工人月薪2000元" + strings.Repeat("（约300美元", 500) + "。",
		"speaker chains": chineseSubject + strings.Repeat("据消息人士称，经理说，", 800) + "朝鲜工人月薪2000元。",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			for _, c := range claims(t, r, chineseReport(), content) {
				if content[c.Quote.Start:c.Quote.End] != c.Quote.Exact {
					t.Errorf("quote at %d:%d is not in the text", c.Quote.Start, c.Quote.End)
				}
				if err := c.Validate(); err != nil {
					t.Error(err)
				}
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func BenchmarkChinese(b *testing.B) {
	r := reader(b)
	text := strings.Repeat(chineseReports[0].text+"\n\n"+chineseReports[2].text+"\n\n", 40)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		claims(b, r, chineseReport(), text)
	}
}

func FuzzChineseClaims(f *testing.F) {
	r := reader(f)
	for _, c := range chineseReports {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := corvee.NewText(chineseSubject+s, nil)
		if err != nil {
			return
		}
		for _, c := range claims(t, r, chineseReport(), text.String()) {
			if err := c.Validate(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
