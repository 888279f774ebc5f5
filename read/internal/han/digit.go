package han

import (
	"unicode/utf8"

	"corvee"
)

// digit returns the Han digit that s begins with and its length, 0 when there is none.
func digit(s string) (int, int) {
	c, size := utf8.DecodeRuneInString(s)
	switch c {
	case '零', '〇', '○':
		return 0, size
	case '一', '壹':
		return 1, size
	case '二', '两', '俩', '贰', '弍':
		return 2, size
	case '三', '叁':
		return 3, size
	case '四', '肆':
		return 4, size
	case '五', '伍':
		return 5, size
	case '六', '陆':
		return 6, size
	case '七', '柒':
		return 7, size
	case '八', '捌':
		return 8, size
	case '九', '玖':
		return 9, size
	}
	return 0, 0
}

// scaleOf returns the scale word that s begins with and its length.
func scaleOf(s string) (corvee.Decimal, int) {
	c, size := utf8.DecodeRuneInString(s)
	switch c {
	case '十', '拾':
		return ten, size
	case '百', '佰':
		return hundred, size
	case '千', '仟':
		return thousand, size
	case '万':
		return myriad, size
	case '亿':
		return yi, size
	case '兆':
		return zhao, size
	}
	return corvee.Decimal{}, 0
}

// The scales. Decimals are values and never change.
var (
	ten      = corvee.Int(10)
	hundred  = corvee.Int(100)
	thousand = corvee.Int(1000)
	myriad   = corvee.Int(10_000)
	yi       = corvee.Int(100_000_000)
	zhao     = corvee.Int(1_000_000_000_000)
)

// Starts reports whether a number may begin with c.
func Starts(c rune) bool {
	if '0' <= c && c <= '9' {
		return true
	}
	switch c {
	case '零', '〇', '○', '一', '壹', '二', '两', '俩', '贰', '弍', '三', '叁', '四', '肆', '五', '伍', '六', '陆', '七', '柒', '八', '捌', '九', '玖',
		'十', '拾', '百', '佰', '千', '仟', '万', '亿', '数', '几', '上', '成', '廿', '卅':
		return true
	}
	return false
}
