// Package feed reads RSS and Atom.
//
// What comes in: the bytes of a feed, or of one item of it. What goes out: the items as
// members, each as it stands in the feed; of an item its page.
//
// Its one idea: an item is a report of its own, with its own date and address; the feed is
// only what it came in.
package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	stdhtml "html"
	"io"
	"net/mail"
	"regexp"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/html"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/wire"
)

const (
	mostItems = 20_000
	deepest   = 200
)

// Items returns the items of a feed from the cursor on. They are in UTF-8, whatever the
// feed was in.
func Items(job wire.Job, raw []byte) (wire.Answer, error) {
	out := wire.Answer{Format: wire.Feed}
	text, err := decode(raw, job.Charset)
	if err != nil {
		return out, err
	}
	number, sum := int64(0), int64(0)
	err = each([]byte(text), func(item []byte) bool {
		number++
		if number <= job.Cursor {
			return true
		}
		if sum > job.Most || len(out.Members) >= wire.MaxMembers {
			out.Next = number - 1
			return false
		}
		sum += int64(len(item))
		out.Members = append(out.Members, member(item))
		return number < mostItems
	})
	if number == 0 {
		return out, wire.Refuse("open it in a reader of feeds and save the articles", "there is no item in the feed%s", because(err))
	}
	if err != nil { // what came before the damage stands
		out.Members = append(out.Members, wire.Member{Name: "the rest", Refused: "the feed is damaged from here on: " + err.Error(), Retryable: true})
	}
	return out, nil
}

func because(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// member names an item by what it calls itself, hashed: a place in the list is another
// item's tomorrow.
func member(raw []byte) wire.Member {
	it := parse(raw)
	id := it.first("guid", "id", "link", "title")
	if id == "" {
		id = string(raw)
	}
	sum := sha256.Sum256([]byte(id))
	return wire.Member{Name: "item-" + hex.EncodeToString(sum[:6]), Format: wire.Entry, URL: it.first("link", "origLink"), Title: it.first("title"), Raw: raw}
}

var declared = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

func decode(raw []byte, carrier string) (string, error) {
	label := carrier
	if m := declared.FindSubmatch(raw[:min(len(raw), 256)]); m != nil {
		label = string(m[1])
	}
	d, err := charset.Decode(raw)
	if label != "" {
		d, err = charset.DecodeAs(raw, label)
	}
	return d.Text, err
}

func reader(raw []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	return d
}

// each hands over the bytes of every item.
func each(raw []byte, visit func([]byte) bool) error {
	d := reader(raw)
	for depth := 0; ; {
		start := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local != "item" && t.Name.Local != "entry" {
				if depth++; depth > deepest {
					return fmt.Errorf("its elements are nested more than %d deep", deepest)
				}
				continue
			}
			if err := d.Skip(); err != nil {
				return err
			}
			if !visit(raw[start:d.InputOffset()]) {
				return nil
			}
		case xml.EndElement:
			depth--
		}
	}
}

// item is the fields of an item by local name, the first of each.
type item map[string]value

type value struct{ kind, words string }

func (it item) first(names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(it[name].words); v != "" {
			return v
		}
	}
	return ""
}

// parse reads the fields right below an item. A damaged item has what came before.
func parse(raw []byte) item {
	it := item{}
	d := reader(raw)
	if _, err := d.Token(); err != nil {
		return it
	}
	for {
		token, err := d.Token()
		if err != nil {
			return it
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var v struct {
			Words string `xml:",chardata"`
			Inner string `xml:",innerxml"`
			Name  string `xml:"name"` // of an author
		}
		if err := d.DecodeElement(&v, &e); err != nil {
			return it
		}
		it.set(e, v.Words, v.Inner, v.Name)
	}
}

func (it item) set(e xml.StartElement, words, inner, name string) {
	kind, key := "", e.Name.Local
	var href, rel string
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "type":
			kind = a.Value
		case "href":
			href = a.Value
		case "rel":
			rel = a.Value
		}
	}
	switch {
	case key == "link" && href != "":
		if words = href; rel != "" && rel != "alternate" {
			key = "link:" + rel
		}
	case kind == "xhtml" || kind == "application/xhtml+xml":
		words, kind = inner, "html"
	case key == "author" && name != "":
		words = name
	}
	if e.Name.Space == "media" || strings.Contains(e.Name.Space, "search.yahoo.com/mrss") {
		key = "media:" + key
	}
	if _, taken := it[key]; !taken {
		it[key] = value{kind, words}
	}
}

// Page returns the page of an item: its title and the fullest text that it has.
func Page(raw []byte, _ string) (layout.Page, error) {
	it := parse(raw)
	page, err := html.Decode([]byte(it.markup()), "utf-8")
	if err != nil {
		return page, err
	}
	page.Encoding, page.URL = "utf-8", it.first("link", "origLink")
	page.Byline = it.first("creator", "author")
	page.Published = date(it.first("pubDate", "published", "date", "issued", "updated"))
	return page, nil
}

// markup makes a web page of an item. Its text is HTML within the XML, unless it says
// that it is plain.
func (it item) markup() string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><body><article>")
	if title := it.first("title"); title != "" {
		b.WriteString("<h1>" + stdhtml.EscapeString(stdhtml.UnescapeString(title)) + "</h1>")
	}
	for _, name := range []string{"encoded", "content", "description", "summary"} {
		v, ok := it[name]
		if !ok || strings.TrimSpace(v.words) == "" {
			continue
		}
		if (name == "content" || name == "summary") && (v.kind == "" || v.kind == "text") {
			v.words = "<p>" + strings.ReplaceAll(stdhtml.EscapeString(v.words), "\n\n", "</p><p>") + "</p>"
		}
		b.WriteString("<div>" + v.words + "</div>")
		break
	}
	b.WriteString("</article></body></html>")
	return b.String()
}

// date takes the day as it is written.
func date(s string) corvee.Date {
	if len(s) >= len("2006-01-02") {
		if d, err := corvee.ParseDate(s[:len("2006-01-02")]); err == nil {
			return d
		}
	}
	if at, err := mail.ParseDate(s); err == nil {
		return corvee.Date{Year: at.Year(), Month: int(at.Month()), Day: at.Day()}
	}
	return corvee.Date{}
}
