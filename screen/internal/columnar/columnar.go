// Package columnar reads Parquet files row by row.
//
// What comes in: the bytes of a Parquet file. What goes out: a header and rows of texts,
// dates as 2006-01-02, decimals exact, the first value of a list. Its one idea: a file that
// others made may unpack to anything, so before a page is unpacked its header is read and
// what it would come to is counted, and what is too much is refused.
package columnar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"corvee"
)

// Reader yields the rows of a file.
type Reader struct {
	header []string
	leaves []leaf
	groups []parquet.RowGroup
	rows   parquet.Rows
	buffer []parquet.Row
	ready  []parquet.Row
	row    int
}

// batch is how many rows are unpacked at once.
const batch = 64

// maxColumns is as many as a workbook has.
const maxColumns = 16384

// Open reads what the file says of itself and checks every page's header. It returns
// ErrInvalid for a file that is damaged or unpacks to too much, ErrUnsupported for one that
// is encrypted or packed in a way that is not read here.
func Open(body []byte) (r *Reader, err error) {
	defer caught(&err)
	if err := footer(body); err != nil {
		return nil, damaged(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, damaged(err)
	}
	if err := bounded(f, body); err != nil {
		return nil, err
	}
	r = &Reader{groups: f.RowGroups(), buffer: make([]parquet.Row, batch)}
	columns := f.Schema().Columns()
	if len(columns) > maxColumns {
		return nil, fmt.Errorf("%w: the table has %d columns, more than %d: write it with fewer", corvee.ErrInvalid, len(columns), maxColumns)
	}
	for _, path := range columns {
		column, ok := f.Schema().Lookup(path...)
		if !ok {
			return nil, damaged(fmt.Errorf("column %s is not in its own schema", strings.Join(path, ".")))
		}
		r.leaves = append(r.leaves, leafOf(column.Node))
	}
	r.header = names(columns)
	return r, nil
}

// caught makes an error of a panic of the library on a damaged file.
func caught(err *error) {
	if cause := recover(); cause != nil {
		*err = damaged(fmt.Errorf("%v", cause))
	}
}

func damaged(err error) error {
	return fmt.Errorf("%w: the Parquet file is damaged or cut off: %v: write it again, or save the table as CSV", corvee.ErrInvalid, err)
}

// names are the columns' paths without the levels that only make a list; the last part
// where it is the only one of that name.
func names(columns [][]string) []string {
	paths := make([][]string, len(columns))
	count := map[string]int{}
	for i, path := range columns {
		paths[i] = slices.DeleteFunc(slices.Clone(path), func(part string) bool {
			return len(path) > 1 && slices.Contains([]string{"list", "element", "item", "array", "bag", "array_element"}, part)
		})
		if len(paths[i]) == 0 {
			paths[i] = path
		}
		count[paths[i][len(paths[i])-1]]++
	}
	out := make([]string, len(columns))
	for i, path := range paths {
		if out[i] = strings.Join(path, "."); count[path[len(path)-1]] == 1 {
			out[i] = path[len(path)-1]
		}
	}
	return out
}

// Header returns the names of the columns.
func (r *Reader) Header() []string { return r.header }

// Next returns the next row and its number from 1; io.EOF after the last.
func (r *Reader) Next() (cells []string, number int, err error) {
	defer caught(&err)
	for len(r.ready) == 0 {
		if err := r.fill(); err != nil {
			return nil, r.row, err
		}
	}
	row := r.ready[0]
	r.ready = r.ready[1:]
	r.row++
	cells = make([]string, len(r.header))
	for _, v := range row {
		at := v.Column()
		if at < 0 || at >= len(cells) || cells[at] != "" || v.IsNull() {
			continue // of a list the first
		}
		cells[at] = r.leaves[at].text(v)
	}
	return cells, r.row, nil
}

func (r *Reader) fill() error {
	if r.rows == nil {
		if len(r.groups) == 0 {
			return io.EOF
		}
		r.rows, r.groups = r.groups[0].Rows(), r.groups[1:]
	}
	n, err := r.rows.ReadRows(r.buffer)
	r.ready = r.buffer[:n]
	switch {
	case errors.Is(err, io.EOF), err == nil && n == 0:
		err = r.rows.Close()
		r.rows = nil
	}
	if err != nil {
		return damaged(err)
	}
	return nil
}
