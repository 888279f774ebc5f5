package robots_test

import (
	"strings"
	"testing"
	"time"

	"corvee/intake/internal/robots"
)

const file = "\ufeff# of an invented gazette\r\n" +
	"User-agent: *\r\nDisallow: /private\r\nAllow: /private/press\r\nDisallow: /*.pdf$\r\nDisallow: /a*b*c\r\nCrawl-delay: 2.5\r\n" +
	"\r\n" +
	"User-agent: Reader\rUser-agent: other # both\rDisallow: /reader-only\r" +
	"Sitemap: https://gazette.example/map.xml\n" +
	"user-agent: READER/2.0\ndisallow: /more\ndisallow:\n" +
	"User-agent: strict\nDisallow: /\nAllow: /$\n" +
	"User-agent: words\nDisallow: /공장\nDisallow: /%7Emill\nDisallow: /q?x=1\nAllow: /same\nDisallow: /same\n"

func TestAllowed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, path string
		want       bool
	}{
		{"", "/", true}, {"", "/private", false}, {"", "/privateer", false}, {"", "/private/press/1", true},
		{"", "/Private", true}, {"", "/x/y.pdf", false}, {"", "/x/y.pdf?page=2", true}, {"", "/x/y.pdfs", true},
		{"", "/a1b2c3", false}, {"", "/acb", true}, {"", "/abcbc", false}, {"nobody", "/private", false},
		{"reader", "/private", true}, {"reader", "/reader-only", false}, {"reader", "/more", false}, {"reader", "/", true},
		{"other", "/reader-only", false}, {"other", "/more", true}, {"read", "/reader-only", true},
		{"strict", "/", true}, {"strict", "/a", false}, {"strict", "/robots.txt", true},
		{"words", "/%EA%B3%B5%EC%9E%A5/1", false}, {"words", "/%ea%b3%b5%ec%9e%a5", false}, {"words", "/공장", false},
		{"words", "/~mill", false}, {"words", "/q?x=1&y", false}, {"words", "/q", true}, {"words", "/same", true},
	} {
		if got := robots.Parse([]byte(file), c.name).Allowed(c.path); got != c.want {
			t.Errorf("%q fetches %s: %v, want %v", c.name, c.path, got, c.want)
		}
	}
}

func TestDelay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		file: 2500 * time.Millisecond, "": 0, "User-agent: *\nCrawl-delay: 1e99": 5 * time.Minute, "User-agent: *\nCrawl-delay: -3": 0,
		"User-agent: *\nCrawl-delay: NaN": 0, "Crawl-delay: 4": 0,
	} {
		if got := robots.Parse([]byte(text), "").Delay; got != want {
			t.Errorf("%.30q: delay %s, want %s", text, got, want)
		}
	}
}

func TestWorstFiles(t *testing.T) {
	t.Parallel()
	stars := "User-agent: *\nDisallow: /" + strings.Repeat("*a", 100_000) + "$\n"
	if !robots.Parse([]byte(stars), "").Allowed("/" + strings.Repeat("a", 2000)) {
		t.Error("a pattern longer than the path fits it")
	}
	long := "User-agent: *\n" + strings.Repeat("#\n", robots.MaxBytes) + "Disallow: /\n"
	if !robots.Parse([]byte(long), "").Allowed("/x") {
		t.Error("a rule beyond the limit counts")
	}
	if !robots.Parse([]byte("Disallow: /\nUser-agent: *\n"), "").Allowed("/x") {
		t.Error("a rule of no group counts")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(file), "/private")
	f.Add([]byte("User-agent:*\nDisallow:%\nAllow:*$*"), "%zz")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		for _, name := range []string{"", "reader"} {
			rules := robots.Parse(file, name)
			rules.Allowed(path)
			if !rules.Allowed("/robots.txt") {
				t.Error("the file itself is forbidden")
			}
		}
	})
}
