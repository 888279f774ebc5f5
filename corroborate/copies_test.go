package corroborate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"corvee"
	"corvee/corroborate"
)

// story is a report in paragraphs that no other test of this file shares.
var story = []string{
	"Behind the mill at the end of the valley road stands a dormitory of three floors, and in it live ninety women who came by train in the spring of last year.",
	"A cook who carried rice to the kitchen says that the door is locked at nine and that the key hangs in the office of the man whom they call the chief.",
	"The mill pays the trading company 2,350 yuan a month for each of them, of which 1,740 yuan is kept as what the company calls the plan of the state.",
	"\"They showed me a book with names and sums,\" the cook said, \"and next to every name stood a number that I would not have believed if I had not seen it.\"",
	"In the winter the heating failed for eleven days, and two women were carried to the clinic in the next town on the back of a lorry that had brought coal.",
	"The owner of the mill, who also sits in the council of the town, did not wish to speak and sent his driver to say that everything is in order.",
	"Neighbours remember an evening in October when the women sang on the roof until somebody cut the light, and since then nobody has seen them on the roof.",
}

func plain(id, publisher, published string, paragraphs ...string) corroborate.Document {
	d := corroborate.Document{Report: corvee.Report{ID: id, Publisher: publisher, Lang: "en"}, Text: mustText(strings.Join(paragraphs, "\n\n"))}
	if published != "" {
		day, err := corvee.ParseDate(published)
		if err != nil {
			panic(err)
		}
		d.Report.Published = day
	}
	return d
}

// edgesOf are the edges between reports as "from kind to".
func edgesOf(docs ...corroborate.Document) []string {
	var out []string
	for _, e := range corroborate.Lineage(docs) {
		if !strings.HasPrefix(e.To, corroborate.Phantom) {
			out = append(out, fmt.Sprintf("%s %s %s", e.From, e.Kind, e.To))
		}
	}
	return out
}

func TestCopies(t *testing.T) {
	t.Parallel()
	lead := plain("lead", "Valley Post", "2024-05-02", story...)
	own := "The mayor opened a bridge on Sunday, and the children of two schools sang while the band of the fire brigade played and rain fell on all of them alike."
	resolution := "Resolution 2397, which the Security Council adopted in December 2017, told all member states to send home the workers within twenty-four months."
	for name, c := range map[string]struct {
		docs []corroborate.Document
		want []string
	}{
		"word for word": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", story...)}, []string{"b reprint lead"},
		},
		"the copy comes first in the base and has the lesser id": {
			[]corroborate.Document{plain("a", "Digest", "2024-05-03", story...), lead}, []string{"a reprint lead"},
		},
		"three paragraphs of seven": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", story[0], story[2], story[4])}, []string{"b abridgement lead"},
		},
		"the whole and more": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", slices.Concat(story, []string{own, own})...)}, []string{"b reprint lead"},
		},
		"every paragraph edited": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", strings.Split(strings.NewReplacer(
				"women", "workers", "yuan", "RMB", "chief", "boss", "dormitory", "hostel", "winter", "cold season").Replace(strings.Join(story, "\n")), "\n")...)},
			[]string{"b reprint lead"},
		},
		"upper case, other quotation marks, no-break spaces, soft hyphens": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", strings.NewReplacer(`"`, "”", " ", "\u00a0", "mill", "mi\u00adll").Replace(strings.ToUpper(strings.Join(story, " "))))},
			[]string{"b reprint lead"},
		},
		"no dates: the shorter from the longer": {
			[]corroborate.Document{plain("b", "", "", story...), plain("a", "", "", story[:4]...)}, []string{"a abridgement b"},
		},
		"no dates: the one that credits": {
			[]corroborate.Document{plain("b", "Valley Post", "", story[:5]...), plain("a", "Digest", "", append(story[:5:5], "Source: Valley Post")...)}, []string{"a reprint b"},
		},
		"a year against a day of that year says nothing: length does": {
			[]corroborate.Document{plain("b", "", "2024", story...), plain("a", "", "2024-05-03", story[:4]...)}, []string{"a abridgement b"},
		},
		"a chain, by the text of the first": {
			[]corroborate.Document{lead, plain("b", "Digest", "2024-05-03", story[:5]...), plain("c", "Echo", "2024-05-04", story[:3]...)},
			[]string{"b abridgement lead", "c abridgement lead"},
		},
		"two halves of one report, of which it is put together": {
			[]corroborate.Document{plain("a", "Valley Post", "2024-05-01", story[:3]...), plain("b", "Hill Post", "2024-05-02", story[3:]...), plain("c", "Echo", "2024-05-04", story...)},
			[]string{"c reprint a", "c reprint b"},
		},
		"a statement that both quote": {
			[]corroborate.Document{
				plain("a", "Valley Post", "2024-05-02", own, story[3]),
				plain("b", "Hill Post", "2024-05-03", story[6], story[3], "Nothing else is known of the matter, and the two papers have their seats in different provinces."),
			}, nil,
		},
		"one paragraph that stands everywhere": {
			[]corroborate.Document{plain("a", "A", "2024-05-02", story[0], story[1], story[2], resolution), plain("b", "B", "2024-05-03", own, story[5], story[6], resolution)}, nil,
		},
		"nothing in common":  {[]corroborate.Document{plain("a", "A", "2024-05-02", story[:3]...), plain("b", "B", "2024-05-03", story[3:]...)}, nil},
		"an empty text":      {[]corroborate.Document{lead, plain("b", "B", "2024-05-03")}, nil},
		"a headline":         {[]corroborate.Document{lead, plain("b", "B", "2024-05-03", "Behind the mill at the end of the valley")}, nil},
		"the same one twice": {[]corroborate.Document{lead, lead}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := edgesOf(c.docs...); !slices.Equal(got, c.want) {
				t.Errorf("Lineage = %q, want %q", got, c.want)
			}
		})
	}
}

// Reprints in Korean and Chinese: decomposed, spaced otherwise, in traditional characters.
func TestCopiesInOtherScripts(t *testing.T) {
	t.Parallel()
	korean := "골짜기 끝 방직공장 뒤편 숙소에는 지난해 봄 열차로 들어온 여성 구십 명이 살고 있다. 밤 아홉 시면 문이 잠기고 열쇠는 사무실에 걸려 있다고 식당에 쌀을 대던 사람이 말했다. 공장은 한 사람에 2천350위안을 무역회사에 내지만 그 가운데 1천740위안은 국가계획분으로 남는다."
	chinese := "山谷尽头的纺织厂后面有一栋三层宿舍，去年春天乘火车来的九十名女工住在里面。给食堂送米的人说，晚上九点锁门，钥匙挂在办公室。工厂每人每月付给贸易公司2350元，其中1740元作为国家计划款被留下。"
	traditional := strings.NewReplacer("尽头", "盡頭", "纺织厂", "紡織廠", "后", "後", "栋", "棟", "层", "層", "来", "來", "给", "給", "说", "說", "点锁门", "點鎖門", "钥", "鑰", "挂", "掛", "办", "辦", "工厂", "工廠", "贸", "貿", "国", "國", "计", "計").Replace(chinese)
	for name, pair := range map[string][2]string{
		"decomposed Hangul":      {korean, norm.NFD.String(korean)},
		"without spaces":         {korean, strings.ReplaceAll(korean, " ", "")},
		"traditional characters": {chinese, traditional},
		"full-width figures":     {chinese, strings.NewReplacer("2350", "２３５０", "1740", "１７４０").Replace(chinese)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if pair[0] == pair[1] {
				t.Fatal("the pair does not differ")
			}
			if got := edgesOf(plain("a", "A", "2024-05-02", pair[0]), plain("b", "B", "2024-05-03", pair[1])); !slices.Equal(got, []string{"b reprint a"}) {
				t.Errorf("Lineage = %q, want a reprint", got)
			}
		})
	}
}

// A paragraph that a whole agency's reports end with must join none of them, and a story
// that very many print must stay one family.
func TestBoilerplateAndWireStories(t *testing.T) {
	t.Parallel()
	footer := []string{
		"The trading company is on the list of the Security Council since 2016 and its accounts in member states are frozen under the measures in force.",
		"Readers who know of similar cases may write to the desk at the address below, and nobody who writes will be named in any report that we print.",
	}
	var docs []corroborate.Document
	for i := range 40 {
		body := strings.Repeat(fmt.Sprintf("Number%d told of place%d and thing%d on day%d; ", i, i*7, i*11, i*13), 12)
		docs = append(docs, plain(fmt.Sprintf("own%02d", i), fmt.Sprintf("Paper %d", i), "2024-05-02", slices.Concat([]string{body}, footer)...))
	}
	for i := range 150 {
		docs = append(docs, plain(fmt.Sprintf("wire%03d", i), fmt.Sprintf("Wire User %d", i), fmt.Sprintf("2024-06-%02d", 1+i/10), story[:5]...))
	}
	copies := 0
	for _, e := range corroborate.Lineage(docs) {
		if strings.HasPrefix(e.From, "own") || strings.HasPrefix(e.To, "own") {
			t.Fatalf("%s → %s by a footer: %q", e.From, e.To, e.Evidence)
		}
		if e.Kind == corvee.LineageReprint {
			copies++
		}
	}
	if copies != 149 {
		t.Errorf("%d copies of a story that 150 papers print, want 149", copies)
	}
}

func TestMasksBoilerplateBlocks(t *testing.T) {
	t.Parallel()
	menu := strings.Join(story, "\n")
	masked := func(id, published, body string) corroborate.Document {
		d := plain(id, "Paper "+id, published)
		text, err := corvee.NewText(menu+"\n"+body, []corvee.Block{
			{Kind: corvee.BlockBoilerplate, Span: corvee.Span{Start: 0, End: len(menu)}},
			{Kind: corvee.BlockBody, Span: corvee.Span{Start: len(menu) + 1, End: len(menu) + 1 + len(body)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		d.Text = text
		return d
	}
	a := masked("a", "2024-05-02", "A report about one thing that has its own words from the first to the last of them.")
	b := masked("b", "2024-05-03", "Another report on something else, which shares no sentence and no phrase with that one.")
	if got := edgesOf(a, b); got != nil {
		t.Errorf("Lineage = %q, want none: only the menu is shared", got)
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	lead := plain("lead", "Valley Post", "2024-05-02", story...)
	lead.Report.URL = "https://www.post.example.org/2024/mill/?utm_source=x"
	with := func(d corroborate.Document, m corroborate.Meta) corroborate.Document { d.Meta = m; return d }
	korean := plain("ko", "골짜기신문", "2024-05-03", "골짜기 끝 방직공장 뒤편 숙소에는 여성 구십 명이 살고 있다.")
	korean.Report.Lang = "ko"
	for name, c := range map[string]struct {
		doc  corroborate.Document
		want []string
	}{
		"based on, and the text shows it": {
			with(plain("b", "Digest", "2024-05-03", story[:4]...), corroborate.Meta{BasedOn: []string{"http://post.example.org/2024/mill"}}), []string{"b abridgement lead"},
		},
		"canonical, without dates": {
			with(plain("b", "Digest", "", story...), corroborate.Meta{Canonical: "https://post.example.org/2024/mill"}), []string{"b reprint lead"},
		},
		"an edition in another language": {
			with(korean, corroborate.Meta{Alternates: []string{"https://post.example.org/2024/mill#top"}}), []string{"ko translation lead"},
		},
		"canonical, and the text says otherwise": {
			with(plain("b", "Digest", "2024-05-03", "A text of its own that says nothing of what the other says, from beginning to end."), corroborate.Meta{Canonical: "https://post.example.org/2024/mill"}),
			[]string{"b retelling lead"},
		},
		"the front page is no report": {
			with(plain("b", "Digest", "2024-05-03", "A text of its own."), corroborate.Meta{Canonical: "https://post.example.org/"}), nil,
		},
		"no address at all": {with(plain("b", "Digest", "2024-05-03", "A text of its own."), corroborate.Meta{Canonical: "::"}), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := edgesOf(lead, c.doc); !slices.Equal(got, c.want) {
				t.Errorf("Lineage = %q, want %q", got, c.want)
			}
		})
	}
}
