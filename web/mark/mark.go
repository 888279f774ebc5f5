// Package mark cuts the text of a report into pieces that a page can show with its claims.
//
// What comes in: a Text and its claims, in text order. What goes out: parts of a size that
// a browser can bear, their blocks, and in each block pieces that every claim either covers
// whole or not at all. Its one idea: claims overlap and cross, so nothing is nested; the
// text is cut at every boundary, and each piece says which claims it belongs to. A piece
// has as many UTF-16 units as its source, so a selection in the browser can be counted
// back.
package mark

import (
	"slices"
	"unicode/utf8"

	"corvee"
)

// Limits bounds a part. Both must be positive.
type Limits struct {
	Bytes  int // of text, about
	Claims int // that begin in the part
}

// Part is a run of the text with the claims that begin in it: claims[From:Until]. Where
// more claims than the limit begin in one passage, several parts show the same text.
type Part struct {
	corvee.Span
	From, Until int
}

// unit is a stretch of text that no part divides.
type unit struct {
	kind  corvee.BlockKind
	blank bool // between blocks, nothing to show
	corvee.Span
}

// Parts cuts a text. The parts cover the whole text in order; an empty text has one.
func Parts(t corvee.Text, claims []corvee.Claim, limit Limits) []Part {
	var out []Part
	current, from := Part{}, 0
	for _, u := range units(t, limit.Bytes) {
		until := from
		for until < len(claims) && claims[until].Quote.Start < u.End {
			until++
		}
		filled := current.Len() > 0 && (u.End-current.Start > limit.Bytes || until-current.From > limit.Claims)
		if filled {
			out = append(out, current)
			current = Part{Span: corvee.Span{Start: u.Start, End: u.Start}, From: from, Until: from}
		}
		current.End, current.Until = u.End, until
		for current.Until-current.From > limit.Claims {
			full := current
			full.Until = full.From + limit.Claims
			out = append(out, full)
			current.From = full.Until
		}
		from = until
	}
	current.Until = len(claims) // a quote at the very end
	return append(out, current)
}

// Of returns the index of the part in which claims[i] begins.
func Of(parts []Part, i int) int {
	for n, p := range parts {
		if i < p.Until {
			return n
		}
	}
	return len(parts) - 1
}

// units returns stretches that cover the text without a gap: its blocks, what lies between
// them, and long ones divided.
func units(t corvee.Text, most int) []unit {
	var out []unit
	at := 0
	for _, b := range t.Blocks() {
		out = append(out, between(t, at, b.Start)...)
		out = append(out, unit{kind: b.Kind, Span: b.Span})
		at = b.End
	}
	out = append(out, between(t, at, t.Len())...)
	var cut []unit
	for _, u := range out {
		cut = append(cut, divided(t, u, most)...)
	}
	return cut
}

// between returns what no block holds: blank space, or text that is shown as body.
func between(t corvee.Text, from, until int) []unit {
	if from >= until {
		return nil
	}
	u := unit{kind: corvee.BlockBody, blank: true, Span: corvee.Span{Start: from, End: until}}
	for _, r := range t.String()[from:until] {
		if !spaceOnly(r) {
			u.blank = false
			break
		}
	}
	return []unit{u}
}

func spaceOnly(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' }

// divided cuts a unit longer than the most: after the last line end, else the last space,
// else between two characters.
func divided(t corvee.Text, u unit, most int) []unit {
	var out []unit
	most = max(most, utf8.UTFMax)
	for u.Len() > most {
		head := u
		head.End = u.Start + cutAt(t.String()[u.Start:u.Start+most])
		out = append(out, head)
		u.Start = head.End
	}
	return append(out, u)
}

func cutAt(s string) int {
	for _, at := range []byte{'\n', ' '} {
		for i := len(s) - 1; i > len(s)/2; i-- {
			if s[i] == at {
				return i + 1
			}
		}
	}
	for i := len(s) - 1; i > 0; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	return len(s)
}

// lanes bounds how many lines stand one under another; what overlaps deeper shares the
// last.
const lanes = 4

// Lanes gives each claim of a part a line to be underlined on, so that no two that overlap
// share one while there is room.
func Lanes(claims []corvee.Claim) []int {
	out := make([]int, len(claims))
	ends := make([]int, lanes)
	for i, c := range claims {
		lane := slices.IndexFunc(ends, func(end int) bool { return end <= c.Quote.Start })
		if lane < 0 {
			lane = lanes - 1
		}
		ends[lane] = max(ends[lane], c.Quote.End)
		out[i] = lane
	}
	return out
}
