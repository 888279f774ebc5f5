package columnar

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"corvee"
)

// The bounds of a file. Programs write pages of about a megabyte; one of each column is held.
const (
	maxPage   = 64 << 20  // bytes of a page, unpacked
	maxValues = 4 << 20   // in a page
	maxHeld   = 512 << 20 // bytes of the largest page and the dictionary of every column of a row group
	maxHeader = 1 << 20
)

// bounded walks over the headers of all pages and counts what unpacking them would take.
func bounded(f *parquet.File, body []byte) error {
	meta := f.Metadata()
	if meta.EncryptionAlgorithm != (format.EncryptionAlgorithm{}) {
		return fmt.Errorf("%w: the Parquet file is encrypted: write it without", corvee.ErrUnsupported)
	}
	for g := range meta.RowGroups {
		held := int64(0)
		for c := range meta.RowGroups[g].Columns {
			most, err := chunkBounded(&meta.RowGroups[g].Columns[c].MetaData, body)
			if err != nil {
				return fmt.Errorf("row group %d, column %d: %w", g+1, c+1, err)
			}
			held += most
		}
		if held > maxHeld {
			return fmt.Errorf("%w: row group %d holds %d MB at once, more than %d: write the table with smaller pages or as CSV", corvee.ErrInvalid, g+1, held>>20, maxHeld>>20)
		}
	}
	return nil
}

// chunkBounded returns what reading a column chunk holds: its dictionary and its largest
// page.
func chunkBounded(m *format.ColumnMetaData, body []byte) (int64, error) {
	from := m.DataPageOffset
	if m.DictionaryPageOffset > 0 && m.DictionaryPageOffset < from {
		from = m.DictionaryPageOffset
	}
	until := from + m.TotalCompressedSize
	if from < 0 || until < from || until > int64(len(body)) {
		return 0, damaged(fmt.Errorf("pages from %d to %d of %d bytes", from, until, len(body)))
	}
	dictionary, largest := int64(0), int64(0)
	for at := from; at < until; {
		header, size, err := pageHeader(body[at:until])
		if err != nil {
			return 0, damaged(fmt.Errorf("header of the page at %d: %w", at, err))
		}
		at += int64(size)
		packed, unpacked := int64(header.CompressedPageSize), int64(header.UncompressedPageSize)
		if packed < 0 || unpacked < 0 || at+packed > until {
			return 0, damaged(fmt.Errorf("the page at %d is of %d bytes", at, packed))
		}
		if unpacked > maxPage || valuesOf(header) > maxValues {
			return 0, bomb(fmt.Sprintf("the page at %d, of %d bytes and %d values,", at, unpacked, valuesOf(header)))
		}
		if err := unpacks(m.Codec, body[at:at+packed], header); err != nil {
			return 0, err
		}
		if at += packed; header.Type == format.DictionaryPage {
			dictionary += unpacked
		} else {
			largest = max(largest, unpacked)
		}
	}
	return dictionary + largest, nil
}

func bomb(what string) error {
	return fmt.Errorf("%w: %s unpacks to more than a page can hold: refused; write the table with smaller pages or as CSV", corvee.ErrInvalid, what)
}

func pageHeader(raw []byte) (h format.PageHeader, size int, err error) {
	defer caught(&err)
	w := walk{in: raw[:min(len(raw), maxHeader)]}
	if err := w.structure(0); err != nil {
		return h, 0, err
	}
	err = thrift.Unmarshal(new(thrift.CompactProtocol), raw[:w.at], &h)
	return h, w.at, err
}

func valuesOf(h format.PageHeader) int64 {
	switch h.Type {
	case format.DataPage:
		if h.DataPageHeader.Valid {
			return int64(h.DataPageHeader.V.NumValues)
		}
	case format.DataPageV2:
		if h.DataPageHeaderV2.Valid {
			return int64(h.DataPageHeaderV2.V.NumValues)
		}
	case format.DictionaryPage:
		if h.DictionaryPageHeader.Valid {
			return int64(h.DictionaryPageHeader.V.NumValues)
		}
	}
	return 0
}

// unpacks makes sure that packed bytes come to no more than their header says.
func unpacks(codec format.CompressionCodec, packed []byte, h format.PageHeader) error {
	most := int64(h.UncompressedPageSize)
	if h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid { // the levels stand before, unpacked
		v := h.DataPageHeaderV2.V
		levels := int64(v.RepetitionLevelsByteLength) + int64(v.DefinitionLevelsByteLength)
		if levels < 0 || levels > int64(len(packed)) {
			return damaged(fmt.Errorf("levels of %d bytes in a page of %d", levels, len(packed)))
		}
		if packed = packed[levels:]; v.IsCompressed.Valid && !v.IsCompressed.V {
			return nil
		}
	}
	if len(packed) == 0 {
		return nil
	}
	switch codec {
	case format.Uncompressed:
		return nil
	case format.Snappy:
		if size, n := binary.Uvarint(packed); n <= 0 || size > uint64(most) {
			return bomb("a page")
		}
		return nil
	case format.Gzip:
		in, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return damaged(err)
		}
		return counted(in, most)
	case format.Zstd:
		in, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecoderLowmem(true))
		if err != nil {
			return damaged(err)
		}
		defer in.Close()
		return counted(in, most)
	}
	return fmt.Errorf("%w: the Parquet file is packed with %v: write it with snappy, gzip, zstd or none", corvee.ErrUnsupported, codec)
}

func counted(in io.Reader, most int64) error {
	n, err := io.CopyN(io.Discard, in, most+1)
	switch {
	case n > most:
		return bomb("a page")
	case err != nil && !errors.Is(err, io.EOF):
		return damaged(err)
	}
	return nil
}
