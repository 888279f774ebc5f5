package review

import (
	"strconv"
	"strings"

	"corvee"
	"corvee/present"
	"corvee/web/mark"
	"corvee/web/parts"
	"corvee/web/words"
)

// block is one paragraph of the text as a template shows it.
type block struct {
	Kind   corvee.BlockKind
	Start  int // UTF-16 units before it; the browser counts from here
	Word   string
	Pieces []piece
}

// piece is one stretch of text: the claims that cover it, outermost first, and the words
// of slots for the script to light up.
type piece struct {
	Text, Control string
	Begins        []begin
	Covers        []cover
	Slots         string // "12:value 13:places"
	Lit           *lit   // the slot of the selected claim that these words fill
}

type begin struct {
	words.Badge
	Href, Gloss string
	Number      int
	On          bool
}

type cover struct {
	Number int
	Class  string
}

// lit says how the words of the selected claim's slots are marked: in the colour of the
// innermost, with the letters of those that begin here.
type lit struct{ Family, Letters string }

func blocks(q reportRequest, part mark.Part, shown []int) []block {
	v := q.view
	lanes := lanesOf(v.Claims, shown)
	var out []block
	for _, b := range mark.Blocks(v.Text, part.Span, v.Claims, shown, partBytes) {
		made := block{Kind: b.Kind, Start: b.Start, Word: blockWord(b.Kind)}
		for _, p := range b.Pieces {
			made.Pieces = append(made.Pieces, pieceOf(q, p, lanes))
		}
		out = append(out, made)
	}
	return out
}

// blockWord names the blocks that are not the running text.
func blockWord(k corvee.BlockKind) string {
	switch k {
	case corvee.BlockBody, corvee.BlockTitle:
		return ""
	case corvee.BlockBoilerplate:
		return "boilerplate, not read"
	}
	return words.Plain(string(k))
}

func lanesOf(claims []corvee.Claim, shown []int) map[int]int {
	var those []corvee.Claim
	for _, i := range shown {
		those = append(those, claims[i])
	}
	out := map[int]int{}
	for n, lane := range mark.Lanes(those) {
		out[shown[n]] = lane
	}
	return out
}

func pieceOf(q reportRequest, p mark.Piece, lanes map[int]int) piece {
	claims := q.view.Claims
	out := piece{Text: p.Text, Control: p.Control}
	for _, i := range p.Begins {
		c := claims[i]
		out.Begins = append(out.Begins, begin{
			words.Kind(c.Kind), parts.ClaimAddress(c.Report, c.ID), present.Clean(present.Gloss(c)), i + 1, i == q.selected,
		})
	}
	for _, c := range p.Covers {
		out.Covers = append(out.Covers, cover{c.Claim + 1, coverClass(claims[c.Claim], c, lanes[c.Claim], c.Claim == q.selected)})
	}
	var slots []string
	for _, s := range p.Slots {
		slots = append(slots, strconv.Itoa(s.Claim+1)+":"+string(s.Name))
		if s.Claim != q.selected {
			continue
		}
		if out.Lit == nil {
			out.Lit = &lit{}
		}
		mark := words.Slot(s.Name)
		out.Lit.Family = mark.Family
		if s.First {
			out.Lit.Letters += mark.Letter
		}
	}
	out.Slots = strings.Join(slots, " ")
	return out
}

func coverClass(c corvee.Claim, by mark.Cover, lane int, selected bool) string {
	class := []string{"q", "lane" + strconv.Itoa(lane), "f-" + words.Kind(c.Kind).Family}
	if by.Mention {
		class = append(class, "again")
	}
	if c.Review == corvee.ReviewRejected {
		class = append(class, "rejected")
	}
	if selected {
		class = append(class, "on")
	}
	return strings.Join(class, " ")
}
