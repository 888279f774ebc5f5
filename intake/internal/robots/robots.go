// Package robots reads robots.txt, the Robots Exclusion Protocol of RFC 9309.
//
// What comes in: the file as it was served, and a reader's name. What goes out: which paths
// that reader may fetch. Its one idea: the longest rule that fits a path decides, and where
// two are equally long the one that allows.
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a file is read; RFC 9309 §2.5 asks for 500 KiB at least.
const MaxBytes = 500 << 10

// Rules are the rules of one file for one reader. The zero Rules allow everything.
type Rules struct {
	rules []rule
	// Delay is the time between two requests that the file asks for, 0 when it does not.
	// Crawl-delay is not of the RFC, but a host that writes it means it.
	Delay time.Duration
}

type rule struct {
	pattern string
	allow   bool
}

// maxDelay is the longest delay that is believed.
const maxDelay = 5 * time.Minute

// Parse returns the rules of a file for the reader of that name: those of every group that
// names it, else those of every group for "*". The name is compared without case. An
// empty name takes the groups for "*".
func Parse(file []byte, name string) Rules {
	var own, all Rules
	named := false
	var toOwn, toAll, inRules bool
	for line := range bytes.Lines(file[:min(len(file), MaxBytes)]) {
		for part := range bytes.SplitSeq(line, []byte("\r")) {
			key, value, ok := field(string(part))
			switch {
			case !ok:
			case key == "user-agent":
				if inRules {
					toOwn, toAll, inRules = false, false, false
				}
				mine := name != "" && strings.EqualFold(product(value), name)
				toOwn, toAll, named = toOwn || mine, toAll || strings.HasPrefix(value, "*"), named || mine
			default:
				inRules = inRules || key == "allow" || key == "disallow"
				if toOwn {
					own.add(key, value)
				}
				if toAll {
					all.add(key, value)
				}
			}
		}
	}
	if named {
		return own
	}
	return all
}

func field(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(strings.TrimPrefix(line, "\ufeff"), "#")
	key, value, ok = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value), ok
}

// product returns the letters, "-" and "_" that a name begins with.
func product(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func (r *Rules) add(key, value string) {
	switch key {
	case "allow", "disallow":
		if value != "" { // an empty rule fits nothing
			r.rules = append(r.rules, rule{plain(value), key == "allow"})
		}
	case "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			r.Delay = max(r.Delay, time.Duration(min(seconds, maxDelay.Seconds())*float64(time.Second)))
		}
	}
}

// Allowed reports whether a path, with its query, may be fetched. The file itself always
// may.
func (r Rules) Allowed(path string) bool {
	path = plain(path)
	if path == "/robots.txt" {
		return true
	}
	longest, allowed := -1, true
	for _, rule := range r.rules {
		if len(rule.pattern) < longest || len(rule.pattern) == longest && !rule.allow || !fits(rule.pattern, path) {
			continue
		}
		longest, allowed = len(rule.pattern), rule.allow
	}
	return allowed
}

// fits matches a path against a pattern, which may hold "*" for any letters and end in
// "$" for the end of the path. Each "*" takes the first place that goes on: with nothing
// but "*" between them, the parts need no second look.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}

// plain writes a path so that two ways to write one octet compare as one: what is not of
// ASCII is percent-encoded, what is encoded and need not be is not (RFC 9309 §2.2.2).
func plain(path string) string {
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				c, i = byte(v), i+2
				if !unreserved(c) {
					out.WriteString(escape(c))
					continue
				}
			}
		}
		if c > '~' || c <= ' ' {
			out.WriteString(escape(c))
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func escape(c byte) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{'%', digits[c>>4], digits[c&15]})
}
