package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"corvee"
)

// faults is what a reader with weak eyes, a small screen or a keyboard alone would meet:
// words whose contrast is under WCAG's AA, a page wider than its window, a control without
// a name, a target smaller than 24 pixels, an id used twice.
const faults = `(() => {
	const channel = (c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
	const parse = (s) => {
		const n = s.match(/[\d.]+(e-\d+)?/g).map(Number);
		return s.startsWith('color(') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1];
	};
	const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
	const light = (c) => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
	const ratio = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);
	const ground = (el) => {
		const layers = [];
		for (let e = el; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor));
		return layers.reverse().reduce((under, top) => over(top, under), matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1]);
	};
	const out = [];
	const say = (what, el) => out.push(what + ' <' + el.tagName.toLowerCase() + ' class="' + el.className + '"> ' + (el.textContent ?? '').trim().slice(0, 40));
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node; (node = walker.nextNode());) {
		const el = node.parentElement;
		if (!node.data.trim() || !el.checkVisibility() || el.closest('.visually-hidden, .skip, .default, :disabled, .off')) continue;
		const style = getComputedStyle(el);
		const background = ground(el);
		const r = ratio(over(parse(style.color), background), background);
		const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
		if (r < (large ? 3 : 4.5)) say('contrast ' + r.toFixed(2), el);
	}
	for (const el of document.querySelectorAll('a, button, input, select, textarea, summary')) {
		if (!el.checkVisibility() || el.type === 'hidden' || el.closest('.visually-hidden, .skip, .default')) continue;
		const name = el.getAttribute('aria-label') ?? (el.labels?.length ? el.labels[0].textContent : el.textContent);
		if (!name.trim()) say('nameless', el);
		const box = el.getBoundingClientRect();
		const inline = getComputedStyle(el).display === 'inline' || el.closest('p, li, dd, td, label');
		if (!inline && (box.width < 24 || box.height < 24)) say('small ' + box.width.toFixed() + 'x' + box.height.toFixed(), el);
	}
	if (document.documentElement.scrollWidth > innerWidth + 1) {
		const wide = [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > innerWidth + 1 && !el.closest('.scroll'));
		out.push('wider than the window: ' + document.documentElement.scrollWidth + ' ' + wide.slice(-2).map((el) => el.tagName + '.' + el.className).join(' '));
	}
	return JSON.stringify([...new Set(out)]);
})()`

func TestBrowserLooks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	empty := setup(t)
	v := b.plant(t)
	ko := b.put(t, corvee.Report{Title: "등불 공장의 여성 노동자 200명", Publisher: "항구신문", Lang: "ko"}, "등불 공장의 여성 노동자 200명\n\n단둥의 등불 공장(灯笼厂, Lantern mill)에서 여성 200명이 일한다고 한다. 모두 지어낸 이름이다.\n",
		nil, draft{"여성 200명이 일한다고 한다", corvee.KindHeadcount, nil})
	run := b.screened(t)
	user := b.visitor(t)
	for i, decision := range []string{"accepted", "rejected", "unsure"} {
		c := v.Claims[i+1]
		user.submit(user.get(reportPath(v)+"?claim="+c.ID), verdictOf(c.ID), nil, "review", decision)
	}
	activity := claimOf(t, v, corvee.KindActivity)
	addresses := map[string]string{
		"home": "/", "reports": "/reports", "report": reportPath(v), "korean": reportPath(ko), "edit": reportPath(v) + "?claim=" + activity.ID + "&edit=1",
		"add": reportPath(v) + "?add=1", "why": "/claims/" + activity.ID, "runs": "/runs", "run": "/runs/" + run.ID, "clear": "/runs/" + run.ID + "?show=clear",
		"lists": "/lists", "help": "/help", "nowhere": "/nowhere", "bring": "/bring", "find": "/find?q=lantern", "map": "/map", "timeline": "/timeline", "sites": "/sites",
		"organisations": "/organisations", "money": "/money", "dossiers": "/dossiers", "dossier": "/dossiers?name=Lantern+mill", "jobs": "/jobs", "audit": "/audit?check=1",
	}
	p := open(t, b)
	for _, scheme := range []string{"light", "dark"} {
		p.media(scheme, "", true)
		for size, width := range map[string]int64{"wide": 1360, "narrow": 390} {
			p.do(chromedp.EmulateViewport(width, 900))
			for name, address := range addresses {
				p.look(address, name+"-"+scheme+"-"+size)
			}
		}
	}
	p.media("light", "print", true)
	p.do(chromedp.EmulateViewport(800, 1130))
	p.look(reportPath(v), "report-print")
	p.look("/runs/"+run.ID, "run-print")
	p.base = empty.server.URL
	p.media("light", "", true)
	p.open("/?key=" + launchKey)
	for name, address := range map[string]string{"home": "/", "reports": "/reports", "runs": "/runs", "lists": "/lists"} {
		p.look(address, "empty-"+name)
	}
}

// look opens a page, finds its faults and keeps a picture.
func (p *browser) look(address, name string) {
	p.t.Helper()
	p.open(address)
	p.until("document.readyState === 'complete'")
	var found []string
	must(p.t, json.Unmarshal([]byte(eval[string](p, faults)), &found))
	for _, fault := range found {
		p.t.Errorf("%s: %s", name, fault)
	}
	p.shot(strings.ReplaceAll(name, "/", "_"))
}
