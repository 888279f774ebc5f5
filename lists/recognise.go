package lists

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"corvee"
	"corvee/internal/delimited"
	"corvee/lists/internal/cbp"
	"corvee/lists/internal/eu"
	"corvee/lists/internal/ods"
	"corvee/lists/internal/ofac"
	"corvee/lists/internal/own"
	"corvee/lists/internal/records"
	"corvee/lists/internal/uflpa"
	"corvee/lists/internal/uk"
	"corvee/lists/internal/un"
)

// shape is what one file looks like from its first lines.
type shape int

const (
	shapeSDN shape = iota + 1
	shapeALT
	shapeADD
	shapeFTM
	shapeOwn
	shapeOFACXML
	shapeUN
	shapeUKSheet
	shapeUKCSV
	shapeUKXML
	shapeEU
	shapeUFLPA
	shapeCBP
)

func (s shape) format() string {
	return map[shape]string{
		shapeSDN: FormatOFAC, shapeALT: FormatOFAC, shapeADD: FormatOFAC, shapeFTM: FormatFTM, shapeOwn: FormatOwn,
		shapeOFACXML: FormatOFACXML, shapeUN: FormatUN, shapeUKSheet: FormatUKSheet, shapeUKCSV: FormatUKCSV, shapeUKXML: FormatUKXML,
		shapeEU: FormatEU, shapeUFLPA: FormatUFLPA, shapeCBP: FormatCBP,
	}[s]
}

// shapeOf looks at the head of a file only; what follows is the reader's to judge.
func shapeOf(f File) (shape, error) {
	body := bytes.TrimLeft(bytes.TrimPrefix(f.Body, []byte("\ufeff")), " \t\r\n")
	if ods.Recognise(body) {
		return shapeOfSheet(f.Name, body)
	}
	if err := notAList(f.Name, body); err != nil {
		return 0, err
	}
	first, rest, _ := bytes.Cut(body, []byte("\n"))
	switch first[0] {
	case '{':
		return shapeOfJSON(f.Name, first)
	case '<':
		return shapeOfXML(f.Name, body)
	}
	second, _, _ := bytes.Cut(rest, []byte("\n"))
	line := strings.TrimRight(string(first), "\r")
	if found := shapeOfTable(line, strings.TrimRight(string(second), "\r")); found != 0 {
		return found, nil
	}
	return 0, fmt.Errorf("%w: %s, line 1: none of the lists that Corvee knows: OFAC (SDN: 12 columns; ALT: 5; ADD: 6; SDN.XML), "+
		"UN (XML), UK (ODS, CSV, XML), EU (XML), UFLPA (Name of Entity, Effective Date), CBP orders, FollowTheMoney JSON lines, "+
		"nor a list of one's own, whose header names at least the columns name and kind; the line begins %q",
		corvee.ErrUnsupported, f.Name, clip(line, 60))
}

// shapeOfTable knows a table by its header; the UK one has a line before it.
func shapeOfTable(line, next string) shape {
	if own.Recognise(line) {
		return shapeOwn // before the others: a list of one's own may have as many columns as OFAC's
	}
	switch ofac.Recognise(line) {
	case ofac.SDN:
		return shapeSDN
	case ofac.ALT:
		return shapeALT
	case ofac.ADD:
		return shapeADD
	}
	cells := cellsOf(line)
	switch {
	case uk.Recognise(cells), uk.IsPreamble(cells) && uk.Recognise(cellsOf(next)):
		return shapeUKCSV
	case uflpa.Recognise(cells):
		return shapeUFLPA
	case cbp.Recognise(cells):
		return shapeCBP
	}
	return 0
}

func cellsOf(line string) []string {
	rec, err := delimited.NewReader(strings.NewReader(line), ',').Next()
	if err != nil || rec.Broken != nil {
		return nil
	}
	return rec.Cells
}

// shapeOfSheet reads on to the header of a spreadsheet.
func shapeOfSheet(name string, body []byte) (shape, error) {
	sheet, err := ods.Open(name, body)
	if err != nil {
		return 0, err
	}
	row, err := sheet.Next()
	if err == nil && uk.IsPreamble(row.Cells) {
		row, err = sheet.Next()
	}
	if errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("%w: %s: the first sheet is empty: fetch the list again", corvee.ErrInvalid, name)
	}
	if err != nil {
		return 0, err
	}
	if !uk.Recognise(row.Cells) {
		return 0, fmt.Errorf("%w: %s, row %d: a spreadsheet, but not the UK Sanctions List (Unique ID, Name, Regime Name, …): "+
			"save a list of your own as CSV in UTF-8; the row begins %q", corvee.ErrUnsupported, name, row.Number, clip(strings.Join(row.Cells, ", "), 60))
	}
	return shapeUKSheet, nil
}

func shapeOfXML(name string, body []byte) (shape, error) {
	root := records.RootOf(name, body)
	switch {
	case un.Recognise(root):
		return shapeUN, nil
	case uk.RecogniseXML(root):
		return shapeUKXML, nil
	case eu.Recognise(root):
		return shapeEU, nil
	case ofac.RecogniseXML(root):
		return shapeOFACXML, nil
	}
	return 0, fmt.Errorf("%w: %s: XML of an unknown kind, its outermost element is %q; known are CONSOLIDATED_LIST (UN), Designations (UK), "+
		"export (EU) and sdnList (OFAC)", corvee.ErrUnsupported, name, clip(root, 60))
}

func shapeOfJSON(name string, first []byte) (shape, error) {
	var entity struct {
		ID, Schema string
		Properties json.RawMessage
	}
	if err := json.Unmarshal(first, &entity); err != nil || entity.Schema == "" {
		return 0, fmt.Errorf("%w: %s, line 1: JSON, but not one FollowTheMoney entity a line (id, schema, properties); "+
			"take the file entities.ftm.json of the data set", corvee.ErrUnsupported, name)
	}
	return shapeFTM, nil
}

// notAList refuses what is no text, or is a page that a server sent instead of the list.
func notAList(name string, body []byte) error {
	head := body[:min(len(body), 4096)]
	lower := bytes.ToLower(head)
	switch {
	case len(body) == 0:
		return fmt.Errorf("%w: %s is empty: fetch the list again", corvee.ErrInvalid, name)
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")), bytes.Contains(lower, []byte("<body")):
		return fmt.Errorf("%w: %s is a web page, not a list: the server sent an error or a sign-in page; fetch the list again",
			corvee.ErrInvalid, name)
	case bytes.IndexByte(head, 0) >= 0, bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return fmt.Errorf("%w: %s is binary: unpack it, or save the sheet as CSV in UTF-8", corvee.ErrUnsupported, name)
	case !utf8.Valid(body):
		return fmt.Errorf("%w: %s is not UTF-8: first wrong byte at %d; save the list as UTF-8",
			corvee.ErrInvalid, name, firstWrong(body))
	}
	return nil
}

func firstWrong(body []byte) int {
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(body)
}

func clip(s string, runes int) string {
	short := []rune(s)
	if len(short) <= runes {
		return s
	}
	return string(short[:runes]) + "…"
}
