package html

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"corvee"
	"corvee/intake/internal/layout"
)

// metadata returns what a page says of itself, in the order of trust: schema.org in
// JSON-LD, OpenGraph, the older meta names, then the visible page.
func metadata(doc *html.Node) layout.Page {
	m := gather(doc)
	return layout.Page{
		Title:     m.first("ld:headline", "og:title", "twitter:title", "dc.title"),
		Publisher: m.first("ld:publisher", "og:site_name", "dc.publisher", "application-name"),
		Byline:    m.first("ld:author", "author", "article:author", "parsely-author", "dc.creator", "byl"),
		URL:       m.first("canonical", "og:url", "ld:url"),
		Lang:      language(m.first("lang", "ld:lang", "content-language", "dc.language", "og:locale")),
		Published: m.date("ld:published", "article:published_time", "og:article:published_time", "datepublished",
			"parsely-pub-date", "sailthru.date", "dc.date.issued", "dc.date", "pubdate", "publishdate", "date", "time", "shown:time", "shown:text"),
	}
}

// meta holds the first value of each name.
type meta map[string]string

func (m meta) set(name, value string) {
	const longest = 1000
	name, value = strings.ToLower(strings.TrimSpace(name)), strings.Join(strings.Fields(value), " ")
	if _, ok := m[name]; !ok && name != "" && value != "" && len(value) <= longest {
		m[name] = value
	}
}

func (m meta) first(names ...string) string {
	for _, name := range names {
		// An author given as an address is no byline.
		if v := m[name]; v != "" && !(strings.Contains(name, "author") && strings.Contains(v, "://")) {
			return v
		}
	}
	return ""
}

// date returns the first value that is a date. The day is taken as it is written there:
// it is the publisher's own day.
func (m meta) date(names ...string) corvee.Date {
	for _, name := range names {
		if d := dateIn(m[name]); d.Known() {
			return d
		}
	}
	return corvee.Date{}
}

func dateIn(value string) corvee.Date {
	for _, length := range []int{len("2006-01-02"), len("2006-01"), len("2006")} {
		if len(value) < length {
			continue
		}
		// A longer value must go on with a time, or "20201119" would be the year 2020.
		if len(value) > length && (length != len("2006-01-02") || !strings.ContainsRune("T t", rune(value[length]))) {
			continue
		}
		if d, err := corvee.ParseDate(strings.ReplaceAll(value[:length], "/", "-")); err == nil {
			return d
		}
	}
	return corvee.Date{}
}

// language returns the primary subtag: "zh" of "zh-Hans-CN", "en" of "en_US".
func language(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	if len(primary) != 2 && len(primary) != 3 {
		return ""
	}
	return primary
}

func gather(doc *html.Node) meta {
	m := meta{}
	each(doc, func(n *html.Node) {
		if n.Type != html.ElementNode {
			return
		}
		m.setShown(n)
		switch n.DataAtom {
		case atom.Html:
			m.set("lang", attr(n, "lang"))
		case atom.Meta:
			m.set(attr(n, "property"), attr(n, "content"))
			m.set(attr(n, "name"), attr(n, "content"))
			m.set(attr(n, "itemprop"), attr(n, "content"))
			m.set(attr(n, "http-equiv"), attr(n, "content"))
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") {
				m.set("canonical", attr(n, "href"))
			}
		case atom.Time:
			m.setTime(n)
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") && n.FirstChild != nil {
				m.linked(n.FirstChild.Data)
			}
		}
	})
	return m
}

// setTime takes a <time> as the date of publication only where the page says so; any
// other may be the date of an event.
func (m meta) setTime(n *html.Node) {
	if has(n, "pubdate") || attr(n, "itemprop") == "datePublished" {
		m.set("time", attr(n, "datetime"))
	}
}

// setShown takes the date that a page shows where it names a place for it by its class, as
// pages do that say nothing in their head: the last resort, and only of what holds a date
// and little else.
func (m meta) setShown(n *html.Node) {
	const longest = 80 // bytes
	m.set("shown:time", attr(n, "data-date-time"))
	if creditKind(n) != corvee.BlockDateline || n.DataAtom == atom.Body {
		return
	}
	if t := first(n, tag(atom.Time)); t != nil {
		m.set("shown:time", attr(t, "datetime"))
	}
	if words := shownText(n); len(words) <= longest {
		m.set("shown:text", isoDate(words))
	}
}

var dayWritten = regexp.MustCompile(`\b((?:19|20)\d\d)\s?[-./年년]\s?(\d{1,2})\s?[-./月월]\s?(\d{1,2})(?:\D|$)`)

// isoDate returns the first day that is written year first, as every script of the field
// writes it without doubt; "" without one.
func isoDate(words string) string {
	d := dayWritten.FindStringSubmatch(words)
	if d == nil {
		return ""
	}
	return fmt.Sprintf("%s-%02s-%02s", d[1], d[2], d[3])
}

// linked reads one JSON-LD block. A block that is not JSON says nothing.
func (m meta) linked(raw string) {
	var value any
	if json.Unmarshal([]byte(raw), &value) == nil {
		m.node(value, 0)
	}
}

// node takes the first article in a JSON-LD value, its @graph or list.
func (m meta) node(value any, depth int) {
	const deepest = 8
	if depth > deepest {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			m.node(item, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			m.set("ld:headline", text(v["headline"]))
			m.set("ld:published", text(v["datePublished"]))
			m.set("ld:publisher", text(v["publisher"]))
			m.set("ld:author", text(v["author"]))
			m.set("ld:lang", text(v["inLanguage"]))
			m.set("ld:url", text(v["url"]))
		}
		m.node(v["@graph"], depth+1)
	}
}

func isArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		return strings.HasSuffix(k, "Article") || k == "Report" || strings.HasSuffix(k, "Posting")
	case []any:
		for _, one := range k {
			if isArticle(one) {
				return true
			}
		}
	}
	return false
}

// text returns a string, the name of a thing, or the names of several.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case map[string]any:
		return text(v["name"])
	case []any:
		var names []string
		for _, one := range v {
			if name := text(one); name != "" {
				names = append(names, name)
			}
		}
		return strings.Join(names, ", ")
	}
	return ""
}
