package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"corvee"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/paper"
)

// compose makes one text of all sheets.
func compose(sheets []sheet) layout.Page {
	c := composer{furniture: furniture(sheets), usual: usual(sheets)}
	for i, s := range sheets {
		c.sheet(i+1, s)
	}
	c.close()
	c.asides()
	page := c.paper.Page()
	page.Regions = c.regions
	return page
}

// composer lays lines into paragraphs.
type composer struct {
	paper     paper.Paper
	furniture map[string]bool
	usual     float64 // height of letters in points
	titled    bool
	regions   []corvee.Region
	open      []placed // the lines of the paragraph so far
	aside     []placed // what stands at the edge of every page, and its number
	reached   int      // the page that the text has reached
}

// placed is a line on its page; full if it reaches about as far right as those that begin
// where it does, so that the next may go on with its sentence. Room is what is left to the
// right of it, in points.
type placed struct {
	line
	page int
	full bool
	room float64
}

// sheet takes one page. What stands on every page comes before the page's own text, but
// never within a paragraph that goes on overleaf.
func (c *composer) sheet(page int, s sheet) {
	var lines []placed
	pitch := pitchOf(s)
	for i, l := range s {
		if p := (placed{line: l, page: page}); c.furniture[key(s, i)] || edge(s, i) && number.MatchString(l.words) || small(s, i, c.usual, pitch) {
			c.aside = append(c.aside, p)
		} else {
			lines = append(lines, p)
		}
	}
	mark(lines)
	for i, l := range lines {
		if n := len(c.open); n > 0 && parted(c.open[n-1], l, pitch*max(1, l.tall/c.usual)) {
			c.close()
		}
		if i == 0 && len(c.open) == 0 {
			c.asides()
		}
		c.open = append(c.open, l)
	}
}

// mark finds the lines that are full.
func mark(lines []placed) {
	const sameLeft, enough = 30, 0.8 // points; of the longest line of the column
	for i := range lines {
		own := lines[i].box
		longest := own.right - own.left
		for _, other := range lines[max(0, i-20):min(len(lines), i+20)] {
			if math.Abs(other.box.left-own.left) < sameLeft {
				longest = max(longest, other.box.right-own.left)
			}
		}
		lines[i].full = own.right-own.left >= enough*longest
		lines[i].room = own.left + longest - own.right
	}
}

// pitchOf is the usual distance of baselines, in points: the lower quartile, since gaps
// between paragraphs are among the distances.
func pitchOf(lines sheet) float64 {
	var gaps []float64
	for i := 1; i < len(lines); i++ {
		if gap := lines[i-1].box.bottom - lines[i].box.bottom; gap > 0 {
			gaps = append(gaps, gap)
		}
	}
	return quartile(gaps)
}

// parted reports whether a new paragraph begins between two lines. The pitch is that of
// lines in letters of their size.
func parted(a, b placed, pitch float64) bool {
	const wide = 1.45 // of the pitch; letters below the line make distances vary by a third
	goesOn := a.full && !sentenceEnd(a.words) || a.hyphen
	gap := a.box.bottom - b.box.bottom
	switch {
	case a.page != b.page || gap < 0: // overleaf, or at the head of the next column
		return !goesOn
	case gap > wide*pitch:
		return true
	case !a.full:
		return !a.hyphen
	}
	const indent = 8 // points
	return sentenceEnd(a.words) && b.box.left-a.box.left > indent
}

func sentenceEnd(words string) bool {
	words = strings.TrimRight(words, "”’\"'」』)）]】 ")
	r, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune(".!?。！？…:：", r)
}

func (c *composer) asides() {
	for _, l := range c.aside {
		c.write([]placed{l}, corvee.BlockBoilerplate)
	}
	c.aside = nil
}

func (c *composer) close() {
	if len(c.open) > 0 {
		c.write(c.open, c.kindOf(c.open))
	}
	c.open = nil
}

// kindOf takes the first paragraph of the first page in letters well above the usual for
// the title; of the rest the words tell.
func (c *composer) kindOf(lines []placed) corvee.BlockKind {
	const ratio, longest = 1.3, 4 // lines
	if c.titled || lines[0].page > 1 || len(lines) > longest || lines[0].tall < ratio*c.usual {
		return ""
	}
	c.titled = true
	return corvee.BlockTitle
}

// write sets lines as one paragraph and notes where each stands.
func (c *composer) write(lines []placed, kind corvee.BlockKind) {
	for c.reached = max(c.reached, 1); c.reached < lines[0].page; c.reached++ {
		c.paper.Break("\f")
	}
	var words strings.Builder
	var at []corvee.Region
	for i, l := range lines {
		said, joint := l.words, ""
		if i+1 < len(lines) {
			said, joint = joined(l, lines[i+1])
		}
		at = append(at, corvee.Region{
			Span: corvee.Span{Start: words.Len(), End: words.Len() + len(said)}, Page: l.page, Box: l.box.hundredths(),
		})
		words.WriteString(said + joint)
	}
	c.paper.Para(kind, words.String())
	base := c.paper.Len() - words.Len()
	for _, r := range at {
		r.Start, r.End = r.Start+base, r.End+base
		c.regions = append(c.regions, r)
	}
	c.reached = max(c.reached, lines[len(lines)-1].page)
}

// joined returns what a line says and what parts it from the next of its paragraph: a
// form feed for each page turned, a line end where the next word would have had room,
// nothing within a word or between Han characters, else a space. A hyphen that PDFium knows for the mark of a broken word goes, if the word goes on
// in small letters.
func joined(a, b placed) (said, joint string) {
	first, _ := utf8.DecodeRuneInString(b.words)
	last, _ := utf8.DecodeLastRuneInString(a.words)
	switch {
	case a.page != b.page:
		return a.words, strings.Repeat("\f", max(b.page-a.page, 1))
	case a.hyphen && unicode.IsLower(first):
		return strings.TrimSuffix(a.words, "-"), ""
	case a.hyphen:
		return a.words, ""
	case a.room > b.firstWord():
		return a.words, "\n"
	case broad(last) && broad(first):
		return a.words, ""
	}
	return a.words, " "
}

// firstWord returns about how wide the first word of a line is with the space before it,
// in points; of text without spaces, two characters.
func (l line) firstWord() float64 {
	n := strings.IndexByte(l.words, ' ')
	first, _ := utf8.DecodeRuneInString(l.words)
	if n < 0 {
		n = len(l.words)
	}
	each := (l.box.right - l.box.left) / float64(max(1, utf8.RuneCountInString(l.words)))
	if broad(first) {
		return 2 * each
	}
	return each * float64(utf8.RuneCountInString(l.words[:n])+2) // letters differ in width
}

// broad reports whether a character stands beside its like without a space: Han and the
// marks that go with it. Korean parts its words by spaces.
func broad(r rune) bool {
	return unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60
}
