package forge

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// Sheet is one page of a PDF: lines with where their baseline begins, in points.
type Sheet []Line

// Line is one line of a page.
type Line struct {
	X, Y, Size float64
	Words      string
}

// The measures of a forged page: A4, in points.
const (
	pageWidth, pageHeight = 595.0, 842.0
	margin                = 72.0
	body, pitch, between  = 11.0, 14.0, 9.0
)

// PDF returns the article set on pages, with a running head and page numbers on each.
func (r Report) PDF() []byte { return PDF(r.sheets(true)...) }

func (r Report) sheets(heads bool) []Sheet {
	var sheets []Sheet
	y := 0.0
	turn := func() {
		n := len(sheets) + 1
		y = pageHeight - margin
		sheets = append(sheets, Sheet{})
		if heads {
			sheets[n-1] = Sheet{{margin, pageHeight - 40, 8, "Invented Post Weekly"}, {290, 30, 8, fmt.Sprint(n)}}
		}
	}
	turn()
	for i, p := range r {
		size, step := body, pitch
		if i == 0 {
			size, step = 18, 22
		}
		for _, line := range wrapped(p, size) {
			if y < margin {
				turn()
			}
			n := len(sheets) - 1
			sheets[n] = append(sheets[n], Line{margin, y, size, line})
			y -= step
		}
		y -= between
	}
	return sheets
}

// wrapped breaks a paragraph into lines that fit between the margins.
func wrapped(p string, size float64) []string {
	var out []string
	for _, forced := range strings.Split(p, "\n") {
		line, width := "", 0.0
		for _, word := range words(forced) {
			w := widthOf(word, size)
			if width+w > pageWidth-2*margin && line != "" {
				out = append(out, strings.TrimRight(line, " "))
				line, width = "", 0
			}
			line, width = line+word, width+w
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// words cuts behind spaces and behind every Han character.
func words(s string) []string {
	var out []string
	var word strings.Builder
	for _, r := range s {
		word.WriteRune(r)
		if r == ' ' || unicode.Is(unicode.Han, r) {
			out = append(out, word.String())
			word.Reset()
		}
	}
	return append(out, word.String())
}

func widthOf(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		if r >= 0x1100 {
			w += size
		} else {
			w += size / 2
		}
	}
	return w
}

// PDF returns a file with these pages. The font is named and not embedded; its map to
// Unicode is the identity on the basic plane.
func PDF(sheets ...Sheet) []byte {
	var objects []string
	var kids strings.Builder
	const first = 7 // the objects before the pages
	for i, s := range sheets {
		fmt.Fprintf(&kids, "%d 0 R ", first+2*i)
		content := s.content()
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 %v %v]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", pageWidth, pageHeight, first+2*i+1),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
	}
	cmap := unicodeMap()
	head := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(sheets)),
		"<</Type/Font/Subtype/Type0/BaseFont/Invented/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/Invented/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500/W[4352 65535 1000]/FontDescriptor 5 0 R>>",
		"<</Type/FontDescriptor/FontName/Invented/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(cmap), cmap),
	}
	return assemble(append(head, objects...))
}

// assemble numbers objects from one and writes the table of where they are.
func assemble(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func (s Sheet) content() string {
	var b strings.Builder
	for _, l := range s {
		fmt.Fprintf(&b, "BT /F %v Tf 1 0 0 1 %v %v Tm <", l.Size, l.X, l.Y)
		for _, r := range l.Words {
			fmt.Fprintf(&b, "%04X", min(r, 0xFFFF))
		}
		b.WriteString("> Tj ET\n")
	}
	return b.String()
}

func unicodeMap() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Invented def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for block := 0; block < 256; block += 64 { // a hundred ranges at most in one go
		fmt.Fprintf(&b, "64 beginbfrange\n")
		for i := block; i < block+64; i++ {
			fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", i, i, i)
		}
		b.WriteString("endbfrange\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end")
	return b.String()
}
