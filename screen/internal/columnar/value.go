package columnar

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// leaf is how the values of a column are written.
type leaf struct {
	date   bool
	unit   time.Duration // of a moment; 0 for none
	scale  int           // of a decimal; -1 for none
	whole  bool          // an unsigned number
	uuid   bool
	binary bool // nothing says that it is text
}

func leafOf(n parquet.Node) leaf {
	l := leaf{scale: -1}
	logical := n.Type().LogicalType()
	if logical == nil {
		l.binary = n.Type().Kind() == parquet.ByteArray || n.Type().Kind() == parquet.FixedLenByteArray
		return l
	}
	switch is := logical.Value.(type) {
	case *format.DateType:
		l.date = true
	case *format.TimestampType:
		if l.unit = time.Nanosecond; is.Unit.Value != nil {
			l.unit = is.Unit.Value.Duration()
		}
	case *format.DecimalType:
		l.scale = int(is.Scale)
	case *format.IntType:
		l.whole = !is.IsSigned
	case *format.UUIDType:
		l.uuid = true
	}
	return l
}

// text writes a value: numbers without an exponent, decimals with all their digits.
func (l leaf) text(v parquet.Value) string {
	switch v.Kind() {
	case parquet.Boolean:
		return strconv.FormatBool(v.Boolean())
	case parquet.Int32:
		if l.whole {
			return strconv.FormatUint(uint64(v.Uint32()), 10)
		}
		return l.number(int64(v.Int32()))
	case parquet.Int64:
		if l.whole {
			return strconv.FormatUint(v.Uint64(), 10)
		}
		return l.number(v.Int64())
	case parquet.Int96:
		return julian(v)
	case parquet.Float:
		return float(float64(v.Float()), 32)
	case parquet.Double:
		return float(v.Double(), 64)
	}
	return l.bytes(v.ByteArray())
}

func (l leaf) number(n int64) string {
	switch {
	case l.date:
		return dayOf(n)
	case l.unit > 0:
		return moment(n, l.unit)
	case l.scale >= 0:
		return decimal(big.NewInt(n), l.scale)
	}
	return strconv.FormatInt(n, 10)
}

// dayOf writes a count of days since 1970; what is no day of a calendar stays a number.
func dayOf(n int64) string {
	if n < -1_000_000 || n > 3_000_000 {
		return strconv.FormatInt(n, 10)
	}
	return time.Unix(0, 0).UTC().AddDate(0, 0, int(n)).Format(time.DateOnly)
}

func moment(n int64, unit time.Duration) string {
	perSecond := int64(time.Second / unit)
	return time.Unix(n/perSecond, n%perSecond*int64(unit)).UTC().Format("2006-01-02T15:04:05Z")
}

// julian reads the moments of older programs: nanoseconds of a Julian day.
func julian(v parquet.Value) string {
	const unixEpoch = 2440588 // the Julian day of 1970-01-01
	return dayOf(int64(v.Int96()[2]) - unixEpoch)
}

func decimal(unscaled *big.Int, scale int) string {
	if scale > 64 {
		return unscaled.String() + "e-" + strconv.Itoa(scale)
	}
	return new(big.Rat).SetFrac(unscaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)).FloatString(scale)
}

func float(f float64, bits int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	return strconv.FormatFloat(f, 'f', -1, bits)
}

func (l leaf) bytes(raw []byte) string {
	switch {
	case l.scale >= 0:
		return decimal(signed(raw), l.scale)
	case l.uuid && len(raw) == 16:
		s := hex.EncodeToString(raw)
		return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
	case l.binary && !utf8.Valid(raw):
		return fmt.Sprintf("(%d bytes that are no text)", len(raw))
	}
	return string(raw)
}

// signed reads a big-endian number in two's complement.
func signed(raw []byte) *big.Int {
	n := new(big.Int).SetBytes(raw)
	if len(raw) > 0 && raw[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(raw))))
	}
	return n
}
