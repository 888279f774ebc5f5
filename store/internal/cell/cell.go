// Package cell makes and checks what goes into a column of a base.
//
// What comes in: words that shall be keys, values that shall be kept. What goes out: a
// refusal, or bytes that come back as they went in. Its one idea: what one database would
// refuse, or give back otherwise, is refused or written the same way for both.
package cell

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"corvee"
)

// maxIdent bounds what may be a key, so that an index entry always fits its page:
// PostgreSQL refuses one over 2,704 bytes.
const maxIdent = 1024

// Ident returns corvee.ErrInvalid unless each word can be a key in both databases: UTF-8
// without U+0000. Words come in pairs of name and value.
func Ident(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		name, word := pairs[i], pairs[i+1]
		if len(word) > maxIdent || !utf8.ValidString(word) || strings.ContainsRune(word, 0) {
			return fmt.Errorf("%w: %s %.40q cannot be a key (UTF-8 of at most %d bytes without U+0000)",
				corvee.ErrInvalid, name, word, maxIdent)
		}
	}
	return nil
}

// Named is Ident for keys that must not be empty.
func Named(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return fmt.Errorf("%w: no %s", corvee.ErrInvalid, pairs[i])
		}
	}
	return Ident(pairs...)
}

// Pack writes what Unpack reads. JSON that a value carries as it is comes back byte for
// byte: nothing in it is escaped anew.
func Pack(v any) ([]byte, error) {
	var raw bytes.Buffer
	e := json.NewEncoder(&raw)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("store: encode: %w", err)
	}
	return bytes.TrimSuffix(raw.Bytes(), []byte("\n")), nil
}

// Unpack reads what Pack wrote; corvee.ErrInconsistent for what it cannot have written.
func Unpack(raw []byte, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%w: store: a stored value does not decode: %v", corvee.ErrInconsistent, err)
	}
	return nil
}

// Rows is what All needs of a transaction.
type Rows interface {
	Each(ctx context.Context, query string, args []any, row func(scan func(into ...any) error) error) error
}

// All reads every row of a query.
func All[T any](ctx context.Context, db Rows, query string, args []any, read func(scan func(into ...any) error) (T, error)) (out []T, err error) {
	err = db.Each(ctx, query, args, func(scan func(...any) error) error {
		v, err := read(scan)
		out = append(out, v)
		return err
	})
	return out, err
}
