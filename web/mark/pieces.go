package mark

import (
	"slices"
	"strings"
	"unicode/utf8"

	"corvee"
)

// Block is one paragraph, heading or caption of a part.
type Block struct {
	Kind   corvee.BlockKind
	Start  int // UTF-16 units before it in the text
	Pieces []Piece
}

// Piece is text that is alike throughout, what covers it outermost first: the same claims cover it, the same slots, and it
// is plain or control characters. Its Text is what to show, in as many UTF-16 units as
// its source.
type Piece struct {
	Text    string
	Control string // names of the control characters that Text stands for
	Begins  []int  // claims whose quote begins here, by index
	Covers  []Cover
	Slots   []SlotAt
}

// Cover says that a claim's quote, or another mention of it, covers a piece.
type Cover struct {
	Claim   int
	Mention bool
}

// SlotAt says that the words fill a slot of a claim; First marks the first piece of them.
type SlotAt struct {
	Claim int
	Name  corvee.SlotName
	First bool
}

// Blocks returns the blocks of a part, cut for the claims that shown lists by index.
// A claim whose quote is not in the text marks nothing.
func Blocks(t corvee.Text, part corvee.Span, claims []corvee.Claim, shown []int, most int) []Block {
	var out []Block
	ranges := rangesOf(t, claims, shown)
	for _, u := range units(t, most) {
		u.Start, u.End = max(u.Start, part.Start), min(u.End, part.End)
		if u.blank || u.Start >= u.End {
			continue
		}
		start, _, err := t.UTF16(corvee.Span{Start: u.Start, End: u.Start})
		if err != nil {
			continue
		}
		out = append(out, Block{Kind: u.kind, Start: start, Pieces: pieces(t, u.Span, ranges)})
	}
	return out
}

// Around returns the pieces of a claim's quote with about the given number of characters
// on either side, cut between words where there are any, and whether text was left out
// before and after.
func Around(t corvee.Text, c corvee.Claim, characters int) (around []Piece, before, after bool) {
	if t.Ground(c.Quote) != nil {
		return nil, false, false
	}
	text := t.String()
	span := c.Quote.Span
	for range characters {
		_, size := utf8.DecodeLastRuneInString(text[:span.Start])
		span.Start -= size
	}
	for range characters {
		_, size := utf8.DecodeRuneInString(text[span.End:])
		span.End += size
	}
	before, after = span.Start > 0, span.End < len(text)
	if at := strings.IndexAny(text[span.Start:c.Quote.Start], " \n"); before && at >= 0 && at < maxSnap {
		span.Start += at + 1
	}
	if at := strings.LastIndexAny(text[c.Quote.End:span.End], " \n"); after && span.End-c.Quote.End-at < maxSnap && at >= 0 {
		span.End = c.Quote.End + at
	}
	return pieces(t, span, rangesOf(t, []corvee.Claim{c}, []int{0})), before, after
}

// maxSnap is how far a cut may move to stand between words.
const maxSnap = 24

// ranged is one span that a claim marks.
type ranged struct {
	corvee.Span
	claim   int
	slot    corvee.SlotName // "" for the quote or a mention
	mention bool
}

func rangesOf(t corvee.Text, claims []corvee.Claim, shown []int) []ranged {
	var out []ranged
	add := func(r ranged) {
		if _, err := t.Slice(r.Span); err == nil && r.Len() > 0 {
			out = append(out, r)
		}
	}
	for _, i := range shown {
		c := claims[i]
		if t.Ground(c.Quote) != nil {
			continue
		}
		add(ranged{Span: c.Quote.Span, claim: i})
		for _, m := range c.Mentions {
			add(ranged{Span: m.Span, claim: i, mention: true})
		}
		for _, s := range c.Slots {
			add(ranged{Span: s.Span, claim: i, slot: s.Name})
		}
	}
	return out
}

// pieces cuts a span at every boundary of a range and around control characters.
func pieces(t corvee.Text, span corvee.Span, all []ranged) []Piece {
	here := slices.DeleteFunc(slices.Clone(all), func(r ranged) bool { return r.Overlap(span) == 0 })
	cuts := []int{span.Start, span.End}
	for _, r := range here {
		cuts = append(cuts, max(r.Start, span.Start), min(r.End, span.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []Piece
	for i := 1; i < len(cuts); i++ {
		piece := covered(corvee.Span{Start: cuts[i-1], End: cuts[i]}, here)
		out = append(out, shown(t.String(), cuts[i-1], cuts[i], piece)...)
	}
	return out
}

func covered(s corvee.Span, here []ranged) Piece {
	var p Piece
	slices.SortStableFunc(here, func(a, b ranged) int { return b.Len() - a.Len() })
	for _, r := range here {
		switch {
		case !r.Contains(s):
		case r.slot != "":
			p.Slots = append(p.Slots, SlotAt{r.claim, r.slot, r.Start == s.Start})
		default:
			if !slices.ContainsFunc(p.Covers, func(c Cover) bool { return c.Claim == r.claim }) {
				p.Covers = append(p.Covers, Cover{r.claim, r.mention})
			}
			if r.Start == s.Start && !r.mention {
				p.Begins = append(p.Begins, r.claim)
			}
		}
	}
	slices.Sort(p.Begins)
	return p
}

// shown divides a piece into plain text and runs of control characters.
func shown(text string, from, until int, like Piece) []Piece {
	var out []Piece
	for from < until {
		end, control := run(text[from:until])
		p := like
		p.Text, p.Control = display(text, from, from+end)
		if !control {
			p.Control = ""
		}
		if len(out) > 0 {
			p.Begins, p.Slots = nil, later(p.Slots)
		}
		out = append(out, p)
		from += end
	}
	return out
}

func later(slots []SlotAt) []SlotAt {
	out := slices.Clone(slots)
	for i := range out {
		out[i].First = false
	}
	return out
}
