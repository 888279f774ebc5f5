package present

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// input is how the cells of a screened table stand in the result: each in the column of its
// header, what has no column in the last. A header that is also Corvee's is told apart.
type input struct {
	keys   []string
	header []string
}

// beyondHeader is the column of the cells that the table had no header for.
const beyondHeader = "input beyond header"

// inputOf takes the columns from the first row; there are none where that has no input.
func inputOf(raw json.RawMessage, taken []string) (in input) {
	for _, p := range pairs(raw) {
		name := p[0]
		for slices.Contains(taken, name) || slices.Contains(in.header, name) || name == beyondHeader {
			name = "input " + name
		}
		in.keys, in.header = append(in.keys, p[0]), append(in.header, name)
	}
	if len(in.keys) > 0 {
		in.header = append(in.header, beyondHeader)
	}
	return in
}

func (in input) cells(raw json.RawMessage) []string {
	if len(in.keys) == 0 {
		return nil
	}
	out := make([]string, len(in.header))
	var beyond []string
	for i, p := range pairs(raw) {
		switch {
		case i < len(in.keys) && in.keys[i] == p[0]:
			out[i] = p[1]
		case slices.Contains(in.keys, p[0]):
			out[slices.Index(in.keys, p[0])] = p[1]
		default:
			beyond = append(beyond, p[0]+": "+p[1])
		}
	}
	out[len(out)-1] = strings.Join(beyond, "; ")
	return out
}

// pairs returns the keys and texts of an object in its order; of a value that is no text,
// its JSON.
func pairs(raw json.RawMessage) (out [][2]string) {
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return out
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return out
		}
		text := string(value)
		_ = json.Unmarshal(value, &text) // else it stays as it is written
		name, _ := key.(string)
		out = append(out, [2]string{name, text})
	}
	return out
}
