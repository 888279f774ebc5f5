package read_test

import (
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/read"
)

// Each text tells something that the sentence itself does not: whose report is passed on, of
// what an amount is a part, where a town's source stands, whom a state drafts at home. Rows
// are as in chineseReports; what begins with "-" must be no claim's quote, alone or with words
// of its summary.
var chineseTold = []struct {
	name, text string
	want       [][]string
}{
	{"a newsroom in marks opens the paragraph", `《大河先鋒報》報導，這些北韓裁縫月薪180至260美元。`, [][]string{
		{"180至260美元", "wage", "大河先鋒報", "reported"},
	}},
	{"an agency in brackets sent it", `（中央社記者王大明首爾15日專電）一名官員說，赤塔有300名北韓勞工。

一名教授說，北韓勞工的護照被沒收。`, [][]string{
		{"300名", "headcount", "chita", "RU"},
		{"護照被沒收", "condition", "document_retention", "reported"},
		{"-", "seoul"},
	}},
	{"a verb of saying without a subject", `该公司否认使用朝鲜工人，称厂里只有90名中国员工。`, [][]string{
		{"使用朝鲜工人", "activity", "denied", "institution"},
		{"-", "headcount"},
	}},
	{"parts are not places of the whole", `朝鲜外派劳工人数共6万人，其中蒙古1万人，俄罗斯5万人。`, [][]string{
		{"1万人", "headcount", "10000", "MN"},
		{"5万人", "headcount", "50000", "RU"},
		{"-6万人", "MN"},
	}},
	{"a number that is told again", `朝鲜在海外有9万名劳工。这9万名劳工中，约6万在中国。`, [][]string{
		{"9万名劳工", "headcount", "90000"},
		{"约6万", "headcount", "~60000", "CN"},
		{"-9万名", "CN"},
	}},
	{"a state that only looks on", `美国研究人员估计，朝鲜派出约6万人到海外工作。`, [][]string{
		{"6万人", "headcount", "~60000", "estimated"},
		{"-", "US"},
	}},
	{"what holds now has no day of another clause", `波兰政府说，2016年起不再发放工作许可，目前仍有约450名朝鲜工人。`, [][]string{
		{"450名", "headcount", "~450", "2023-12-05"},
	}},
	{"a hospital is no trade of the sick", `一名朝鲜伐木工摔断了腿，工头不准送他去医院。`, [][]string{
		{"-", "medical"},
	}},
	{"every tenth is no date", `朝鲜女工每月10日领工资，领队只发给每人300元。`, [][]string{
		{"300元", "net_pay", "300", "CNY"},
		{"-", "2023-11-10"},
	}},
	{"goods go there", `丹东的这些朝鲜女工剥蛤蜊，公司去年向美国出口了1200吨，女工每天工作12小时。`, [][]string{
		{"工作12小时", "condition", "12", "hour"},
		{"-", "US"},
	}},
}

func TestChineseTold(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, c := range chineseTold {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := claims(t, r, chineseReport(), chineseSubject+c.text)
			for _, row := range c.want {
				quote, forbidden := strings.CutPrefix(row[0], "-")
				has := slices.ContainsFunc(got, func(x corvee.Claim) bool {
					return strings.Contains(x.Quote.Exact, quote) && subset(row[1:], read.Summary(x))
				})
				if has == forbidden {
					t.Errorf("%v: claimed %v", row, has)
					for _, x := range got {
						t.Logf("  %q: %v", x.Quote.Exact, read.Summary(x))
					}
				}
			}
		})
	}
}

// What a state exacts at home is read in a report about that, and only there.
func TestChineseMobilisedAtHome(t *testing.T) {
	t.Parallel()
	r := reader(t)
	text := `总统下令所有地区于9月8日开始采摘棉花。在土库曼斯坦的一座小镇，每名教师每天必须采摘60公斤。

拒绝前往棉田的医生必须自费雇人替代，每天支付约45马纳特。`
	got := claims(t, r, chineseReport(), text)
	for _, want := range [][]string{{"order", "60", "kilogram", "/day"}, {"levy", "~45", "TMT", "/day", "TM"}} {
		if !slices.ContainsFunc(got, func(x corvee.Claim) bool { return subset(want, read.Summary(x)) }) {
			t.Errorf("no claim of %v", want)
		}
	}
	text = `土库曼斯坦的教师每月工资2000马纳特，医生每天工作8小时。`
	if got := claims(t, r, chineseReport(), text); len(got) > 0 {
		t.Errorf("ordinary work at home is claimed: %v", read.Summary(got[0]))
	}
}
