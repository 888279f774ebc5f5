package lists

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"corvee"
	"corvee/lists/internal/ofac"
	"corvee/lists/internal/own"
)

// shape is what one file looks like from its first lines.
type shape int

const (
	shapeSDN shape = iota + 1
	shapeALT
	shapeADD
	shapeFTM
	shapeOwn
)

func (s shape) format() string {
	switch s {
	case shapeSDN, shapeALT, shapeADD:
		return FormatOFAC
	case shapeFTM:
		return FormatFTM
	}
	return FormatOwn
}

// shapeOf looks at the first line only; what follows is the reader's to judge.
func shapeOf(f File) (shape, error) {
	body := bytes.TrimLeft(bytes.TrimPrefix(f.Body, []byte("\ufeff")), " \t\r\n")
	if err := notAList(f.Name, body); err != nil {
		return 0, err
	}
	first, _, _ := bytes.Cut(body, []byte("\n"))
	if first[0] == '{' {
		return shapeOfJSON(f.Name, first)
	}
	line := strings.TrimRight(string(first), "\r")
	switch ofac.Recognise(line) {
	case ofac.SDN:
		return shapeSDN, nil
	case ofac.ALT:
		return shapeALT, nil
	case ofac.ADD:
		return shapeADD, nil
	}
	if own.Recognise(line) {
		return shapeOwn, nil
	}
	return 0, fmt.Errorf("%w: %s, line 1: neither an OFAC file (SDN: 12 columns; ALT: 5; ADD: 6), nor FollowTheMoney "+
		"JSON lines, nor a list of one's own, whose header names at least the columns name and kind; the line begins %q",
		corvee.ErrUnsupported, f.Name, clip(line, 60))
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
	case bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<html")):
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
