// Package ftm reads FollowTheMoney entities, one JSON object a line, as OpenSanctions
// publishes them.
//
// What comes in: the lines. What goes out: one listing for each party (person, company,
// vessel …), with its topics and programmes, and a rejected line for each line that could
// not be used. Its one idea: a party keeps the label of what it is listed for; being
// named in a report or an advisory is not a designation.
package ftm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"corvee"
)

// maxLine bounds one entity; the largest that OpenSanctions has published is under 1 MB.
const maxLine = 16 << 20

// entity is one FollowTheMoney object. Properties hold strings; a nested form of the
// format holds objects there, which are skipped.
type entity struct {
	ID         string                       `json:"id"`
	Schema     string                       `json:"schema"`
	Caption    string                       `json:"caption"`
	Datasets   []string                     `json:"datasets"`
	Properties map[string][]json.RawMessage `json:"properties"`
}

// values returns the strings of a property, or of the first of several that has any.
func (e entity) values(names ...string) []string {
	var out []string
	for _, name := range names {
		for _, raw := range e.Properties[name] {
			var text string
			if json.Unmarshal(raw, &text) == nil && text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

// line is one entity with where it stands, or why it could not be read.
type line struct {
	number int
	entity entity
	broken error
}

// lines reads a file. The error is ErrInvalid when not one line is an entity.
func lines(name string, body []byte) ([]line, error) {
	in := bufio.NewReaderSize(bytes.NewReader(body), 64<<10)
	var out []line
	good := 0
	for number := 1; ; number++ {
		raw, err := in.ReadBytes('\n')
		if text := bytes.TrimSpace(raw); len(text) > 0 {
			one := parse(text)
			one.number = number
			if one.broken == nil {
				good++
			}
			out = append(out, one)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, number, err)
		}
	}
	if good == 0 {
		return nil, fmt.Errorf("%w: %s holds no FollowTheMoney entity (a JSON object a line with id, schema, properties)",
			corvee.ErrInvalid, name)
	}
	return out, nil
}

func parse(text []byte) line {
	var l line
	if len(text) > maxLine {
		l.broken = fmt.Errorf("the entity is over %d bytes", maxLine)
		return l
	}
	if err := json.Unmarshal(text, &l.entity); err != nil {
		l.broken = fmt.Errorf("not a FollowTheMoney entity: %w", err)
	} else if l.entity.ID == "" || l.entity.Schema == "" {
		l.broken = errors.New("an entity without id or schema")
	}
	return l
}
