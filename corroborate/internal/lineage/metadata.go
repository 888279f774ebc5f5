package lineage

import (
	"net/url"
	"slices"
	"strings"

	"corvee"
)

// metadata reads what the pages say: a canonical address, what a page is based on, its
// editions in other languages. What a page says confirms an edge or, where nothing else
// joins the two, makes a weak one.
func (g *graph) metadata() {
	byAddress := map[string]int{}
	for i, r := range g.reports {
		if at := address(r.Report.URL); at != "" {
			if _, taken := byAddress[at]; !taken {
				byAddress[at] = i
			}
		}
	}
	for from, r := range g.reports {
		for _, hint := range hints(r) {
			to, there := byAddress[address(hint.address)]
			if there && to != from {
				g.hint(from, to, hint.words)
			}
		}
	}
}

type pageHint struct{ address, words string }

func hints(r *report) []pageHint {
	out := []pageHint{{r.Meta.Canonical, "its page names the other as canonical"}}
	for _, a := range r.Meta.BasedOn {
		out = append(out, pageHint{a, "its page says that it is based on the other"})
	}
	for _, a := range r.Meta.Alternates {
		out = append(out, pageHint{a, "its page names the other as its edition in another language"})
	}
	return out
}

func (g *graph) hint(from, to int, words string) {
	if e := g.between(from, to); e != nil {
		e.evidence = append(e.evidence, words)
		e.score = min(99, e.score+5)
		return
	}
	if g.joined(from, to) {
		return
	}
	d := g.direct(from, to)
	kind := corvee.LineageReprint
	switch {
	case g.reports[from].lang != g.reports[to].lang:
		kind = corvee.LineageTranslation
	case len(g.reports[from].prints) > 0 && len(g.reports[to].prints) > 0:
		kind = corvee.LineageRetelling // both texts are there and share too little
	}
	g.add(d.from, d.to, kind, d.score(50), words+"; the texts do not show it", d.why)
}

// pointsTo reports whether a's page names b's address.
func pointsTo(a, b *report) bool {
	at := address(b.Report.URL)
	return at != "" && address(a.Report.URL) != at &&
		(address(a.Meta.Canonical) == at || slices.ContainsFunc(a.Meta.BasedOn, func(s string) bool { return address(s) == at }))
}

// address is a URL as it is compared: host and path, without scheme, "www.", fragment,
// query for tracking, or a slash at the end. A bare host is no address of a report.
func address(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return ""
	}
	path := strings.TrimRight(u.Path, "/")
	query := u.Query()
	for name := range query {
		if strings.HasPrefix(name, "utm_") || name == "fbclid" || name == "gclid" {
			query.Del(name)
		}
	}
	if path == "" && len(query) == 0 {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + path + "?" + query.Encode()
}
