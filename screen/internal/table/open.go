package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"corvee"
)

// Open returns the Source of a table and the encoding of its text, told by its content:
// an Excel workbook, Parquet, JSON lines, or delimited text. encoding is as Decoded takes it.
func Open(r io.Reader, encoding string) (Source, string, error) {
	in := bufio.NewReaderSize(r, sample)
	if head, _ := in.Peek(4); bytes.Equal(head, []byte("PK\x03\x04")) {
		source, err := XLSX(in)
		return source, "utf-8", err
	} else if bytes.Equal(head, []byte("PAR1")) {
		source, err := Parquet(in)
		return source, "utf-8", err
	}
	text, encoding, err := Decoded(in, encoding)
	if err != nil {
		return nil, "", err
	}
	decoded := bufio.NewReaderSize(text, sample)
	head, err := decoded.Peek(1 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, "", err
	}
	switch head = bytes.TrimLeft(head, " \t\r\n"); {
	case bytes.HasPrefix(head, []byte("{")):
		source, err := JSONLines(decoded)
		return source, encoding, err
	case bytes.HasPrefix(head, []byte("[{")), bytes.HasPrefix(head, []byte("[\n")), bytes.HasPrefix(head, []byte("[\r")):
		return nil, "", fmt.Errorf("%w: a JSON array, which cannot be read as a stream: write one JSON object a line", corvee.ErrUnsupported)
	}
	return CSV(decoded), encoding, nil
}
