package table

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Unread is the key of a line that could not be cut into cells.
const Unread = "(unread)"

// Keys returns a key for each column that no other column has: its header, with the
// column's number where that is empty or was there before.
func Keys(header []string) []string {
	seen := map[string]bool{Unread: true}
	out := make([]string, len(header))
	for i, h := range header {
		key := strings.TrimSpace(h)
		if key == "" {
			key = columnKey(i)
		}
		for seen[key] {
			key += fmt.Sprintf(" (column %d)", i+1)
		}
		seen[key] = true
		out[i] = key
	}
	return out
}

func columnKey(at int) string { return fmt.Sprintf("column %d", at+1) }

// Object writes cells as one JSON object in their order, without escaping what HTML would
// want escaped. Bytes that are no UTF-8 become U+FFFD.
func Object(keys, cells []string, whole bool) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	put := func(text string) {
		_ = e.Encode(text) // a string into memory
		out.Truncate(out.Len() - 1)
	}
	pair := func(n int, key, cell string) {
		if n > 0 {
			out.WriteByte(',')
		}
		put(key)
		out.WriteByte(':')
		put(cell)
	}
	out.WriteByte('{')
	for i, key := range keys {
		cell := ""
		if !whole && i < len(cells) {
			cell = cells[i]
		}
		pair(i, key, cell)
	}
	switch {
	case whole:
		pair(len(keys), Unread, strings.Join(cells, ""))
	case len(cells) > len(keys):
		for i, cell := range cells[len(keys):] {
			pair(len(keys)+i, "beyond the header: "+columnKey(len(keys)+i), cell)
		}
	}
	out.WriteByte('}')
	return out.Bytes()
}
