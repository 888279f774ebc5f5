// Package sitemap reads what a site says of its pages: the XML of sitemaps.org, an index of
// such files, or a plain list of addresses.
//
// What comes in: bytes. What goes out: addresses, each with the day of its last change as
// it is written there. Its one idea: only the few elements that matter are looked for,
// whatever stands around them.
package sitemap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"corvee/intake/internal/charset"
	"corvee/intake/internal/wire"
)

// most is how many addresses of one file are taken: the protocol's own limit.
const most = 50_000

// Items returns the addresses from the cursor on. A further sitemap is named "map", a page
// "page".
func Items(job wire.Job, raw []byte) (wire.Answer, error) {
	out := wire.Answer{Format: wire.Sitemap}
	d, err := charset.Decode(raw)
	if job.Charset != "" {
		d, err = charset.DecodeAs(raw, job.Charset)
	}
	if err != nil {
		return out, err
	}
	text := strings.TrimSpace(d.Text)
	var all []wire.Member
	if strings.HasPrefix(text, "<") {
		all, err = parse([]byte(text))
	} else {
		all = lines(text)
	}
	if len(all) == 0 {
		return out, wire.Refuse("name the address of a feed or a sitemap, or watch the page itself", "this is neither a feed nor a sitemap%s", because(err))
	}
	from := min(int(max(job.Cursor, 0)), len(all))
	to := min(from+wire.MaxMembers, len(all))
	if out.Members = all[from:to]; to < len(all) {
		out.Next = int64(to)
	}
	return out, nil
}

func because(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// parse takes what stands in front of damage.
func parse(raw []byte) (all []wire.Member, err error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	for len(all) < most {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		e, ok := token.(xml.StartElement)
		if !ok || e.Name.Local != "url" && e.Name.Local != "sitemap" {
			continue
		}
		var entry struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		}
		if err := d.DecodeElement(&entry, &e); err != nil {
			return all, err
		}
		name := map[string]string{"url": "page", "sitemap": "map"}[e.Name.Local]
		if at := strings.TrimSpace(entry.Loc); at != "" {
			all = append(all, wire.Member{Name: name, URL: at, Captured: strings.TrimSpace(entry.LastMod)})
		}
	}
	return all, nil
}

func lines(text string) (all []wire.Member) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if len(all) < most && (strings.HasPrefix(line, "https://") || strings.HasPrefix(line, "http://")) {
			all = append(all, wire.Member{Name: "page", URL: line})
		}
	}
	return all
}
