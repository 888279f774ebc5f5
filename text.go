package corvee

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// MaxTextBytes is the largest text that is read; a larger input is rejected.
const MaxTextBytes = 64 << 20

// Span is a half-open range of UTF-8 bytes in a Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether other lies within s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Overlap returns the number of bytes in both spans.
func (s Span) Overlap(other Span) int {
	return max(0, min(s.End, other.End)-max(s.Start, other.Start))
}

// Cover returns the shortest span that holds both.
func (s Span) Cover(other Span) Span {
	return Span{min(s.Start, other.Start), max(s.End, other.End)}
}

// BlockKind is the part that a block plays in a report.
type BlockKind string

// The kinds of block. Boilerplate is masked for reading, never deleted, so that offsets
// stay true.
const (
	BlockTitle       BlockKind = "title"
	BlockDateline    BlockKind = "dateline"
	BlockByline      BlockKind = "byline"
	BlockBody        BlockKind = "body"
	BlockCaption     BlockKind = "caption"
	BlockQuotation   BlockKind = "quotation"
	BlockTableCell   BlockKind = "table_cell"
	BlockBoilerplate BlockKind = "boilerplate"
)

// Block is one paragraph, heading, caption or cell of a Text.
type Block struct {
	Kind BlockKind `json:"kind"`
	Span
}

// Region is a span of a Text and the box that it fills on a page: left, bottom, right, top
// in hundredths of a point (1/7200 inch) from the page's lower left corner. Pages count
// from one.
type Region struct {
	Span
	Page int    `json:"page"`
	Box  [4]int `json:"box"`
}

// Text is the faithful text of a report: valid UTF-8 whose normal form is left alone,
// cut into blocks in reading order. It is frozen: a new extraction is a new Text. All
// offsets inside Corvee are UTF-8 bytes; a Text converts them at each border.
type Text struct {
	content string
	hash    string
	blocks  []Block
	regions []Region
	marks   []mark
}

// mark says how many code points and UTF-16 units stand before a byte offset. One is
// kept every markEvery bytes, so a conversion reads at most that many.
type mark struct{ bytes, points, units int }

const markEvery = 512

// NewText returns the Text of content. It returns ErrInvalid for content that is not
// UTF-8, is longer than MaxTextBytes, or has a block that is crossed, out of order or
// splits a character.
func NewText(content string, blocks []Block) (Text, error) {
	if len(content) > MaxTextBytes {
		return Text{}, fmt.Errorf("%w: text of %d bytes; the most is %d", ErrInvalid, len(content), MaxTextBytes)
	}
	if !utf8.ValidString(content) {
		return Text{}, fmt.Errorf("%w: text is not UTF-8", ErrInvalid)
	}
	sum := sha256.Sum256([]byte(content))
	t := Text{content: content, hash: "sha256:" + hex.EncodeToString(sum[:]), blocks: blocks, marks: marksOf(content)}
	return t, t.checkBlocks()
}

func (t Text) checkBlocks() error {
	end := 0
	for _, b := range t.blocks {
		if b.Start < end || t.check(b.Span) != nil {
			return fmt.Errorf("%w: block %s at %d:%d", ErrInvalid, b.Kind, b.Start, b.End)
		}
		end = b.End
	}
	return nil
}

func marksOf(content string) []mark {
	marks := []mark{{}}
	at := mark{}
	for i, r := range content {
		if i-marks[len(marks)-1].bytes >= markEvery {
			at.bytes = i
			marks = append(marks, at)
		}
		at.points++
		at.units += utf16.RuneLen(r)
	}
	return marks
}

// String returns the whole text.
func (t Text) String() string { return t.content }

// Hash returns "sha256:" and the hash of the text's bytes.
func (t Text) Hash() string { return t.hash }

// Len returns the number of bytes.
func (t Text) Len() int { return len(t.content) }

// Blocks returns the blocks in reading order. The caller must not change them.
func (t Text) Blocks() []Block { return t.blocks }

// Placed returns the text with where its lines stand on pages, in text order; ErrInvalid for
// a region that is crossed, out of order, outside the text or on no page.
func (t Text) Placed(regions []Region) (Text, error) {
	end := 0
	for _, r := range regions {
		if r.Start < end || r.Page < 1 || t.check(r.Span) != nil {
			return t, fmt.Errorf("%w: region at %d:%d on page %d", ErrInvalid, r.Start, r.End, r.Page)
		}
		end = r.End
	}
	t.regions = regions
	return t, nil
}

// Regions returns where the lines of the text stand on pages; nil for what has no pages.
// The caller must not change them.
func (t Text) Regions() []Region { return t.regions }

// Places returns the regions that a span touches, in text order; none for an empty span.
func (t Text) Places(s Span) []Region {
	if s.Len() <= 0 {
		return nil
	}
	first := sort.Search(len(t.regions), func(i int) bool { return t.regions[i].End > s.Start })
	last := first
	for last < len(t.regions) && t.regions[last].Start < s.End {
		last++
	}
	return t.regions[first:last:last]
}

// Slice returns the bytes of a span. It returns ErrInvalid for a span that is crossed,
// outside the text, or splits a character.
func (t Text) Slice(s Span) (string, error) {
	if err := t.check(s); err != nil {
		return "", err
	}
	return t.content[s.Start:s.End], nil
}

func (t Text) check(s Span) error {
	if s.Start < 0 || s.End < s.Start || s.End > len(t.content) || !t.boundary(s.Start) || !t.boundary(s.End) {
		return fmt.Errorf("%w: span %d:%d in a text of %d bytes", ErrInvalid, s.Start, s.End, len(t.content))
	}
	return nil
}

func (t Text) boundary(i int) bool { return i == len(t.content) || utf8.RuneStart(t.content[i]) }

// Quote returns the quote at a span.
func (t Text) Quote(s Span) (Quote, error) {
	exact, err := t.Slice(s)
	return Quote{Exact: exact, Span: s}, err
}

// Ground returns ErrUngrounded unless the text says, at the quote's span, exactly what
// the quote says.
func (t Text) Ground(q Quote) error {
	if got, err := t.Slice(q.Span); err != nil || got != q.Exact {
		return fmt.Errorf("%w at %d:%d", ErrUngrounded, q.Start, q.End)
	}
	return nil
}

// CodePoints returns a span counted in code points, as Web Annotation's
// TextPositionSelector does.
func (t Text) CodePoints(s Span) (start, end int, err error) {
	return t.convert(s, func(m mark) int { return m.points }, func(rune) int { return 1 })
}

// UTF16 returns a span counted in UTF-16 units, as browsers do.
func (t Text) UTF16(s Span) (start, end int, err error) {
	return t.convert(s, func(m mark) int { return m.units }, utf16.RuneLen)
}

func (t Text) convert(s Span, counted func(mark) int, width func(rune) int) (start, end int, err error) {
	if err := t.check(s); err != nil {
		return 0, 0, err
	}
	return t.count(s.Start, counted, width), t.count(s.End, counted, width), nil
}

func (t Text) count(offset int, counted func(mark) int, width func(rune) int) int {
	if len(t.marks) == 0 {
		return 0
	}
	m := t.marks[sort.Search(len(t.marks), func(i int) bool { return t.marks[i].bytes > offset })-1]
	n := counted(m)
	for _, r := range t.content[m.bytes:offset] {
		n += width(r)
	}
	return n
}

// FromCodePoints returns the span of a range counted in code points, or ErrInvalid.
func (t Text) FromCodePoints(start, end int) (Span, error) {
	return t.locate(start, end, func(m mark) int { return m.points }, func(rune) int { return 1 })
}

// FromUTF16 returns the span of a range counted in UTF-16 units, or ErrInvalid; a range
// that splits a surrogate pair is invalid.
func (t Text) FromUTF16(start, end int) (Span, error) {
	return t.locate(start, end, func(m mark) int { return m.units }, utf16.RuneLen)
}

func (t Text) locate(start, end int, counted func(mark) int, width func(rune) int) (Span, error) {
	from, okFrom := t.offset(start, counted, width)
	to, okTo := t.offset(end, counted, width)
	if !okFrom || !okTo || to < from {
		return Span{}, fmt.Errorf("%w: range %d:%d is not in the text", ErrInvalid, start, end)
	}
	return Span{from, to}, nil
}

func (t Text) offset(n int, counted func(mark) int, width func(rune) int) (int, bool) {
	if n < 0 || len(t.marks) == 0 {
		return 0, false
	}
	m := t.marks[sort.Search(len(t.marks), func(i int) bool { return counted(t.marks[i]) > n })-1]
	seen := counted(m)
	for i, r := range t.content[m.bytes:] {
		if seen >= n {
			return m.bytes + i, seen == n
		}
		seen += width(r)
	}
	return len(t.content), seen == n
}

// Quote is the words that a claim came from and where they stand.
type Quote struct {
	Exact string `json:"exact"`
	Span
}

// MarshalJSON keeps the text out of JSON: a Text is stored as bytes, since a JSON string
// cannot be trusted with U+0000 in every database.
func (t Text) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"hash": t.hash, "bytes": len(t.content)})
}
