package sitemap_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/intake/internal/sitemap"
	"corvee/intake/internal/wire"
)

func TestItems(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"pages": {`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
			<url><loc> https://gazette.example/1?a=1&amp;b=2 </loc><lastmod>2026-11-24</lastmod></url><url><loc/></url>
			<url><priority>1</priority><loc>https://gazette.example/기사</loc></url></urlset>`,
			[]string{"page https://gazette.example/1?a=1&b=2 2026-11-24", "page https://gazette.example/기사 "}},
		"an index":       {`<sitemapindex><sitemap><loc>https://gazette.example/s.xml</loc></sitemap></sitemapindex>`, []string{"map https://gazette.example/s.xml "}},
		"lines":          {"https://gazette.example/1\r\nwords\n http://gazette.example/2\n", []string{"page https://gazette.example/1 ", "page http://gazette.example/2 "}},
		"damaged":        {`<urlset><url><loc>https://gazette.example/1</loc></url><url><loc>https://gazette`, []string{"page https://gazette.example/1 "}},
		"entities":       {`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://gazette.example/&a;</loc></url></urlset>`, []string{"page https://gazette.example/&a; "}},
		"a page":         {"<html><body>Sign in</body></html>", nil},
		"nothing":        {"", nil},
		"words":          {"words", nil},
		"not so much":    {"<urlset>" + strings.Repeat("<url>", 200_000), nil},
		"nested deeply":  {strings.Repeat("<a>", 100_000) + "<url><loc>https://gazette.example/1</loc></url>", nil},
		"another letter": {"\uFEFF<urlset><URL><loc>https://gazette.example/1</loc></URL></urlset>", nil},
	} {
		answer, err := sitemap.Items(wire.Job{}, []byte(c.raw))
		if (err == nil) != (c.want != nil) {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, m := range answer.Members {
			got = append(got, fmt.Sprintf("%s %s %s", m.Name, m.URL, m.Captured))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestItemsGoOn(t *testing.T) {
	t.Parallel()
	raw := []byte(strings.Repeat("https://gazette.example/1\n", 60_000))
	n, job := 0, wire.Job{}
	for {
		answer, err := sitemap.Items(job, raw)
		if err != nil {
			t.Fatal(err)
		}
		n += len(answer.Members)
		if answer.Next == 0 {
			break
		}
		job.Cursor = answer.Next
	}
	if n != 50_000 {
		t.Errorf("%d addresses, want the protocol's 50,000", n)
	}
}

func FuzzItems(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://gazette.example/1</loc></url></urlset>`), int64(0))
	f.Add([]byte("https://gazette.example/1\n"), int64(7))
	f.Fuzz(func(t *testing.T, raw []byte, cursor int64) {
		answer, err := sitemap.Items(wire.Job{Cursor: cursor}, raw)
		for _, m := range answer.Members {
			if err != nil || m.URL == "" || len(m.URL) > len(raw)*2+8 {
				t.Errorf("%+v, %v", m, err)
			}
		}
	})
}
