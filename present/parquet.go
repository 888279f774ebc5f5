package present

import (
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// columns writes one table as Parquet. Figures of ours are numbers, every other cell is a
// text as it is: nothing here is ever run, so nothing is held down. Empty is null. The same
// rows give the same bytes.
type columns struct {
	out     io.Writer
	writer  *parquet.GenericWriter[any]
	kinds   []parquet.Kind
	pending []parquet.Row
}

// The sizes of what is held: rows of a row group, bytes of the pages of all columns.
const (
	rowsPerGroup = 50_000
	pageBytes    = 32 << 20
	rowsAtOnce   = 256
)

// inOrder is a group whose columns stay in the order that they were given.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

func (g inOrder) Fields() []parquet.Field { return g.fields }

// Header begins the file.
func (c *columns) Header(cells []string, own int) error {
	group := parquet.Group{}
	for i, name := range cells {
		kind, node := parquet.ByteArray, parquet.String()
		switch {
		case i < own && name == "score":
			kind, node = parquet.Double, parquet.Leaf(parquet.DoubleType)
		case i < own && slices.Contains(numericColumns(), name):
			kind, node = parquet.Int64, parquet.Int(64)
		}
		c.kinds = append(c.kinds, kind)
		group[name] = parquet.Optional(node)
	}
	fields := group.Fields()
	ordered := make([]parquet.Field, len(cells))
	for _, f := range fields {
		ordered[slices.Index(cells, f.Name())] = f
	}
	schema := parquet.NewSchema("corvee", inOrder{group, ordered})
	c.writer = parquet.NewGenericWriter[any](c.out, schema, parquet.CreatedBy("corvee", "1", ""), parquet.Compression(&parquet.Snappy),
		parquet.MaxRowsPerRowGroup(rowsPerGroup), parquet.PageBufferSize(min(256<<10, max(1<<10, pageBytes/len(cells)))), parquet.DataPageStatistics(false))
	return nil
}

// Write adds a row.
func (c *columns) Write(cells []string) error {
	row := make(parquet.Row, len(c.kinds))
	for i := range c.kinds {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		row[i] = c.value(i, cell)
	}
	if c.pending = append(c.pending, row); len(c.pending) < rowsAtOnce {
		return nil
	}
	return c.flush()
}

func (c *columns) value(at int, cell string) parquet.Value {
	if cell == "" {
		return parquet.NullValue().Level(0, 0, at)
	}
	switch c.kinds[at] {
	case parquet.Int64:
		if n, err := strconv.ParseInt(cell, 10, 64); err == nil {
			return parquet.Int64Value(n).Level(0, 1, at)
		}
		return parquet.NullValue().Level(0, 0, at)
	case parquet.Double:
		if f, err := strconv.ParseFloat(cell, 64); err == nil {
			return parquet.DoubleValue(f).Level(0, 1, at)
		}
		return parquet.NullValue().Level(0, 0, at)
	}
	return parquet.ByteArrayValue([]byte(cell)).Level(0, 1, at)
}

func (c *columns) flush() error {
	_, err := c.writer.WriteRows(c.pending)
	c.pending = c.pending[:0]
	return err
}

// Close writes what says where the columns are. A stream without rows makes a file of one
// empty column, since Parquet has none without.
func (c *columns) Close() error {
	if c.writer == nil {
		if err := c.Header([]string{"row"}, 1); err != nil {
			return err
		}
	}
	if err := c.flush(); err != nil {
		return err
	}
	return c.writer.Close()
}
