package html_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Pages in the shapes that portals, agencies, blogs and old sites have, told of invented
// firms. What stands around the article is boilerplate; the article's own parts have kinds.
func TestPagesInTheirShapes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw, published string
		want           []string
	}{
		"a portal, paragraphs parted by line ends": {`<html lang=ko><head><title>여성 60명 : 지어낸신문</title><meta property="og:title" content="여성 60명"></head><body>` +
			`<div id=header><a href=/>홈</a><a href=/p>정치</a></div><div id=ct><h2 id=title_area><span>여성 60명</span></h2>` +
			`<div class=media_end_head_info_datestamp>입력<span data-date-time="2022-05-03 10:00:00">2022.05.03. 오전 10:00</span></div>` +
			`<article id=dic_area><strong>- 소식통 "월 2,300위안"<br>- 대부분 회사가 가져가</strong><br><br>(선양=지어낸통신) 홍길동 기자 = 둥강의 한 공장에서 북한 여성 60명이 일하고 있다고 소식통이 전했다.<br><br>` +
			`<span class="end_photo_org"><img src=x><em class="img_desc">둥강의 공장 앞</em></span><br>이들은 각자 월 2,300위안을 받는다고 한다.<br><br>hong@example.org<br><br>ⓒ 지어낸신문, 무단 전재 및 재배포 금지</article>` +
			`<ul class=promotion><li><a href=/1>기사 하나</a><li><a href=/2>기사 둘</a></ul></div><div class=u_cbox><h3>댓글</h3><p>댓글 하나: 여성 9999명이라던데요 정말 그럴까요</p></div></body></html>`,
			"2022-05-03", []string{
				"boilerplate|홈정치", "title|여성 60명", "dateline|입력2022.05.03. 오전 10:00", "body|- 소식통 \"월 2,300위안\"\n- 대부분 회사가 가져가",
				"dateline|(선양=지어낸통신) 홍길동 기자 =", "body|둥강의 한 공장에서 북한 여성 60명이 일하고 있다고 소식통이 전했다.", "caption|둥강의 공장 앞",
				"body|이들은 각자 월 2,300위안을 받는다고 한다.", "boilerplate|hong@example.org", "boilerplate|ⓒ 지어낸신문, 무단 전재 및 재배포 금지",
				"boilerplate|기사 하나", "boilerplate|기사 둘", "boilerplate|댓글", "boilerplate|댓글 하나: 여성 9999명이라던데요 정말 그럴까요"}},
		"an agency that says nothing of itself": {`<html><head><title>女工-虚构社</title></head><body><div class=head><h1><span class=title>六十名女工</span></h1><div class=source>2022-05-03 10:00:00 来源：虚构社</div></div>` +
			`<div id=detail><p>　　虚构社沈阳5月3日电（记者张三）据一名消息人士透露，六十名女工在珲春的工厂工作，每天工作十四个小时，没有休息日。</p><p>　　工人每月只拿到三百元，其余的钱由公司上交。她们不能离开宿舍，护照由公司保管。</p><p>【责任编辑：李四】</p></div>` +
			`<div class=tuijian><p>推荐阅读</p><ul><li><a href=/1>新闻一</a><li><a href=/2>新闻二</a></ul></div></body></html>`,
			"", []string{
				"title|六十名女工", "boilerplate|2022-05-03 10:00:00 来源：虚构社", "dateline|虚构社沈阳5月3日电（记者张三）",
				"body|据一名消息人士透露，六十名女工在珲春的工厂工作，每天工作十四个小时，没有休息日。", "body|工人每月只拿到三百元，其余的钱由公司上交。她们不能离开宿舍，护照由公司保管。",
				"boilerplate|【责任编辑：李四】", "boilerplate|推荐阅读", "boilerplate|新闻一", "boilerplate|新闻二"}},
		"a blog with boxes in its text": {`<html lang=en><head><title>Sixty at the mill - Invented Post</title></head><body class="single post"><header><h1 class=site-title><a href=/>Invented Post</a></h1></header>` +
			`<article class="post type-post"><header class=entry-header><h1 class=entry-title>Sixty at the mill</h1><div class=entry-meta><span class=posted-on>Posted on <time datetime="2022-05-03">May 3, 2022</time></span></div></header>` +
			`<div class=entry-content><p>Sixty women knit at the mill in Hunchun, a neighbour said. They are never seen outside.</p><div class="wp-block-related"><p><strong>Related:</strong> <a href=/x>Forty at the quay</a></p></div>` +
			`<p>They are paid 300 yuan a month, she said, and the company keeps the rest of it for the state.</p><blockquote><p>They never leave.</p></blockquote><h2>What the law says</h2><ul><li>Wages are to be paid in full.</li></ul>` +
			`<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li><a href=/f>Facebook</a></li></ul></div></div><footer class=entry-footer>Tagged <a href=/t>mill</a></footer></article>` +
			`<div id=comments><h2>2 thoughts on “Sixty”</h2><ol><li><p>I heard there are 500 women there, it was said on the radio yesterday evening.</p></li></ol></div></body></html>`,
			"2022-05-03", []string{
				"boilerplate|Invented Post", "title|Sixty at the mill", "dateline|Posted on May 3, 2022",
				"body|Sixty women knit at the mill in Hunchun, a neighbour said. They are never seen outside.", "boilerplate|Related: Forty at the quay",
				"body|They are paid 300 yuan a month, she said, and the company keeps the rest of it for the state.", "quotation|They never leave.",
				"body|What the law says", "body|Wages are to be paid in full.", "boilerplate|Share this:", "boilerplate|Facebook", "boilerplate|Tagged mill",
				"boilerplate|2 thoughts on “Sixty”", "boilerplate|I heard there are 500 women there, it was said on the radio yesterday evening."}},
		"a table that arranges the page": {`<html><head><title>Sixty</title></head><body><table width=100%><tr><td colspan=2><a href=/>Home</a> | <a href=/n>News</a></td></tr><tr><td width=150><a href=/1>One</a><br><a href=/2>Two</a></td>` +
			`<td><font size=5><b>Sixty at the mill</b></font><p>Sixty women knit at the mill in Hunchun, a neighbour said. They are never seen outside the gate of it, day or night.` +
			`<p>They are paid 300 yuan a month, she said, and the company keeps the rest of it for the state that sent them there.</td></tr><tr><td colspan=2>Copyright 2022 Invented Post</td></tr></table></body></html>`,
			"", []string{
				"title|Sixty", "boilerplate|Home | News", "boilerplate|One\nTwo", "body|Sixty at the mill",
				"body|Sixty women knit at the mill in Hunchun, a neighbour said. They are never seen outside the gate of it, day or night.",
				"body|They are paid 300 yuan a month, she said, and the company keeps the rest of it for the state that sent them there.",
				"boilerplate|Copyright 2022 Invented Post"}},
		"a table of figures": {`<html><body><article><h1>Sixty</h1>` + story + `<table><tr><th>Mill<th>Women<tr><td>Invented Star<td>60<tr><td>Invented Moon<td>40</table></article></body></html>`,
			"", append(append([]string{"title|Sixty"}, told...), "table_cell|Mill", "table_cell|Women", "table_cell|Invented Star", "table_cell|60", "table_cell|Invented Moon", "table_cell|40")},
		"a credit that only style parts": {`<html><body><article><h1>Sixty</h1><figure><figcaption>At the gate<span class=credit>Photo: Invented</span></figcaption></figure>` + story + `</article></body></html>`,
			"", append([]string{"title|Sixty", "caption|At the gate", "caption|Photo: Invented"}, told...)},
	} {
		page := decode(t, c.raw)
		if diff := cmp.Diff(c.want, shown(page)); diff != "" {
			t.Errorf("%s: blocks (-want +got):\n%s", name, diff)
		}
		if got := page.Published.String(); got != c.published {
			t.Errorf("%s: published %q, want %q", name, got, c.published)
		}
	}
}
