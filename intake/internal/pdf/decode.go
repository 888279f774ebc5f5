package pdf

import (
	"errors"
	"math"
	"strings"
	"unicode"
	"unicode/utf16"

	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"

	"corvee/intake/internal/wire"
)

const mostPages = 5_000

// Decode returns the page of a PDF file, in the sense of one text for all its pages.
func (e *Engine) Decode(_ wire.Job, raw []byte) (wire.Answer, error) {
	out := wire.Answer{Format: wire.PDF, Tool: Library}
	if e.err != nil {
		return out, e.err
	}
	sheets, err := e.sheets(raw)
	if err != nil {
		return out, err
	}
	if err := legible(sheets); err != nil {
		return out, err
	}
	page := compose(sheets)
	out.Page = &page
	return out, nil
}

// sheet is the lines of one page in the order of its content.
type sheet []line

// line is a run of characters on one baseline. Hyphen is set where a word goes on in the
// next line; tall is the height of its tallest character in points, which tells the size
// of its letters.
type line struct {
	words  string
	box    box
	hyphen bool
	tall   float64
}

// box is in points from the lower left corner of the page.
type box struct{ left, bottom, right, top float64 }

func (b box) cover(o box) box {
	if b == (box{}) {
		return o
	}
	return box{min(b.left, o.left), min(b.bottom, o.bottom), max(b.right, o.right), max(b.top, o.top)}
}

func (e *Engine) sheets(raw []byte) ([]sheet, error) {
	opened, err := e.pdfium.OpenDocument(&requests.OpenDocument{File: &raw})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, wire.Refuse("open it with its password and print it to a new PDF", "it is locked with a password")
	case err != nil:
		return nil, wire.Refuse("open it in a reader and print it to a new PDF", "it is no sound PDF: %v", err)
	}
	counted, err := e.pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, wire.Refuse("open it in a reader and print it to a new PDF", "its pages cannot be counted: %v", err)
	}
	if counted.PageCount > mostPages {
		return nil, wire.Refuse("split it", "it has %d pages; the most is %d", counted.PageCount, mostPages)
	}
	sheets := make([]sheet, counted.PageCount)
	for i := range sheets {
		if sheets[i], err = e.sheet(opened.Document, i); err != nil {
			return nil, wire.Refuse("open it in a reader and print it to a new PDF", "page %d cannot be read: %v", i+1, err)
		}
	}
	return sheets, nil
}

func (e *Engine) sheet(doc references.FPDF_DOCUMENT, index int) (sheet, error) {
	text, err := e.pdfium.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: index}},
		Mode: requests.GetPageTextStructuredModeChars,
	})
	if err != nil {
		return nil, err
	}
	return linesOf(text.Chars), nil
}

// linesOf gathers characters into lines at the line ends that PDFium sets.
func linesOf(chars []*responses.GetPageTextStructuredChar) sheet {
	var out sheet
	var now line
	var words strings.Builder
	end := func() {
		now.words = strings.TrimSpace(words.String())
		if now.words != "" {
			out = append(out, now)
		}
		now = line{}
		words.Reset()
	}
	var high rune // the first half of a character beyond the basic plane
	for _, c := range chars {
		for _, r := range c.Text {
			switch {
			case r == '\r' || r == '\n':
				end()
				continue
			case r == '\x02' || r == '\uFFFE' || r == '\u00AD':
				now.hyphen = true
				words.WriteByte('-')
			case utf16.IsSurrogate(r):
				if high == 0 {
					high = r
					continue
				}
				words.WriteRune(utf16.DecodeRune(high, r))
			case unicode.IsControl(r):
				words.WriteByte(' ')
			default:
				now.hyphen = false
				words.WriteRune(r)
			}
			high = 0
			if p := c.PointPosition; p.Right > p.Left && p.Top > p.Bottom {
				now.box = now.box.cover(box{p.Left, p.Bottom, p.Right, p.Top})
				now.tall = max(now.tall, p.Top-p.Bottom)
			}
		}
	}
	end()
	return out
}

// legible returns why there is nothing to read: pictures of text, or letters that say
// nothing of themselves.
func legible(sheets []sheet) error {
	all, unknown := 0, 0
	for _, s := range sheets {
		for _, l := range s {
			for _, r := range l.words {
				all++
				if r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) || r == 0 {
					unknown++
				}
			}
		}
	}
	scan := &wire.Refusal{Remedy: "recognise its text (tesseract, or ocrmypdf IN.pdf OUT.pdf) and read the result", Retryable: true}
	switch {
	case all == 0:
		scan.Reason = "its pages are pictures without text (a scan)"
		return scan
	case 3*unknown > all:
		scan.Reason = "its letters do not say which they are (a font without Unicode)"
		return scan
	}
	return nil
}

// hundredths rounds points to the integers that a region holds.
func (b box) hundredths() [4]int {
	round := func(v float64) int { return int(math.Round(100 * min(max(v, -1e6), 1e6))) }
	return [4]int{round(b.left), round(b.bottom), round(b.right), round(b.top)}
}
