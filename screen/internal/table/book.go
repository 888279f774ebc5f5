package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/big"
	"path"
	"strconv"
	"strings"
	"time"

	"corvee"
)

// book is what the cells of a sheet refer to: the texts that stand in it more than once,
// and which styles show a number as a date.
type book struct {
	shared []string
	dates  map[string]bool // style number → a date
	zero   time.Time       // day 0 of its dates
}

// capped fails, rather than ends, when a part is longer than it may be.
type capped struct {
	in   io.Reader
	left int64
	name string
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, bomb(c.name)
	}
	return n, err
}

func bomb(part string) error {
	return fmt.Errorf("%w: %s unpacks to more than a workbook can hold: refused as a zip bomb", corvee.ErrInvalid, part)
}

// open returns the stream of a part, "" of none, under a cap.
func open(z *zip.Reader, name string, most int64) (io.Reader, error) {
	for _, f := range z.File {
		if !strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			continue
		}
		most = min(most, maxRatio*max(int64(f.CompressedSize64), 1<<10))
		if f.UncompressedSize64 > uint64(most) {
			return nil, bomb(name)
		}
		in, err := f.Open()
		if err != nil {
			return nil, damaged(err)
		}
		return &capped{in, most, name}, nil
	}
	return nil, fmt.Errorf("%w: no part %s: not an Excel workbook; save the sheet as XLSX or CSV", corvee.ErrUnsupported, name)
}

// openBook reads what stands around the cells and returns the name of the sheet's part.
func openBook(z *zip.Reader) (b book, sheet string, err error) {
	b = book{dates: map[string]bool{}, zero: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)}
	id := ""
	err = each(z, "xl/workbook.xml", maxSmall, func(e xml.StartElement) {
		switch {
		case e.Name.Local == "workbookPr" && (attr(e, "date1904") == "1" || attr(e, "date1904") == "true"):
			b.zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		case e.Name.Local == "sheet" && id == "" && attr(e, "state") == "":
			id = relation(e)
		}
	})
	if err != nil {
		return b, "", err
	}
	sheet = "xl/worksheets/sheet1.xml"
	err = each(z, "xl/_rels/workbook.xml.rels", maxSmall, func(e xml.StartElement) {
		if e.Name.Local == "Relationship" && attr(e, "Id") == id && id != "" {
			sheet = inBook(attr(e, "Target"))
		}
	})
	if err != nil && !errors.Is(err, corvee.ErrUnsupported) {
		return b, "", err
	}
	if err := b.readStyles(z); err != nil {
		return b, "", err
	}
	return b, sheet, b.readShared(z)
}

// relation returns the id of the part that a sheet is in: the attribute r:id, whatever its
// prefix; a sheet has another attribute of the local name sheetId.
func relation(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" {
			return a.Value
		}
	}
	return ""
}

// inBook resolves a target, which is relative to xl/ or begins at the root.
func inBook(target string) string {
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		return path.Clean(rooted)
	}
	return path.Join("xl", target)
}

// each tells of every element of a part.
func each(z *zip.Reader, name string, most int64, tell func(xml.StartElement)) error {
	in, err := open(z, name, most)
	if err != nil {
		return err
	}
	d := xml.NewDecoder(in)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(fmt.Errorf("%s: %w", name, err))
		}
		if e, ok := token.(xml.StartElement); ok {
			tell(e)
		}
	}
}

// readStyles finds the styles that show dates. A book without styles has none.
func (b *book) readStyles(z *zip.Reader) error {
	custom := map[string]bool{}
	inCells, style := false, 0
	err := each(z, "xl/styles.xml", maxSmall, func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = dateFormat(attr(e, "formatCode"))
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				id := attr(e, "numFmtId")
				b.dates[strconv.Itoa(style)] = builtinDate(id) || custom[id]
				style++
			}
		}
	})
	if errors.Is(err, corvee.ErrUnsupported) {
		return nil
	}
	return err
}

// builtinDate knows the formats of ECMA-376, 18.8.30, that show a day.
func builtinDate(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n >= 34 && n <= 36 || n >= 50 && n <= 58)
}

// dateFormat reports whether a format shows a year or a day, outside quoted words and
// colours.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !bracket && strings.IndexByte("yYdD", c) >= 0:
			return true
		}
	}
	return false
}

// readShared holds the shared texts; a book may have none.
func (b *book) readShared(z *zip.Reader) error {
	in, err := open(z, "xl/sharedStrings.xml", maxShared)
	if errors.Is(err, corvee.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return err
	}
	d := xml.NewDecoder(in)
	var text strings.Builder
	inText := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return damaged(fmt.Errorf("shared texts: %w", err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				text.Reset()
			case "t":
				inText = true
			case "rPh": // how a name is read, not what it is
				if err := d.Skip(); err != nil {
					return damaged(err)
				}
			}
		case xml.EndElement:
			inText = false
			if t.Name.Local == "si" {
				b.shared = append(b.shared, strings.Clone(text.String()))
			}
		case xml.CharData:
			if inText && text.Len() < 4*maxText {
				text.Write(t)
			}
		}
	}
}

// text returns what a cell shows as far as screening needs it: texts, numbers without an
// exponent, days as 2006-01-02. An error value ("#N/A") is an empty cell.
func (b *book) text(kind, style, raw string) (text, why string) {
	switch kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(raw))
		if err != nil || n < 0 || n >= len(b.shared) {
			return "", fmt.Sprintf("refers to text %q, of which the workbook has %d", clip(raw), len(b.shared))
		}
		return b.shared[n], ""
	case "e":
		return "", ""
	case "b", "str", "inlineStr", "d":
		return raw, ""
	}
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return "", ""
	}
	number, ok := plainNumber(raw)
	if !ok {
		return "", fmt.Sprintf("%q is no number", clip(raw))
	}
	if b.dates[style] {
		whole, _, _ := strings.Cut(number, ".")
		if day, err := strconv.Atoi(whole); err == nil && day > 0 && day < 3_000_000 {
			return b.zero.AddDate(0, 0, day).Format(time.DateOnly), ""
		}
	}
	return number, ""
}

// plainNumber writes a number without an exponent and without the rounding of a float:
// what looks like a number is often the number of a register.
func plainNumber(raw string) (string, bool) {
	if len(raw) > 64 {
		return "", false
	}
	if strings.Trim(raw, "0123456789") == "" {
		return raw, true
	}
	if mantissa, exponent, ok := strings.Cut(strings.ToUpper(raw), "E"); ok {
		if n, err := strconv.Atoi(exponent); err != nil || n > 400 || n < -400 || mantissa == "" {
			return "", false
		}
	}
	r, ok := new(big.Rat).SetString(raw)
	if !ok || strings.ContainsAny(raw, "/_xXpP") {
		return "", false
	}
	if r.IsInt() {
		return r.Num().String(), true
	}
	return strings.TrimRight(r.FloatString(15), "0"), true
}

func clip(s string) string {
	short := []rune(s)
	if len(short) <= 40 {
		return s
	}
	return string(short[:40]) + "…"
}
