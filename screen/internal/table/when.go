package table

import (
	"strconv"
	"strings"

	"corvee"
)

// When returns the time that a cell names: 2023-05-03, 2023/5/3, 20230503, 2023-05, 2023,
// 3.5.2023, 2023年5月3日, 2023년 5월. Where day and month could be either, only the year
// is taken: nothing is guessed. The zero When for anything else.
func When(cell string) corvee.When {
	parts := strings.FieldsFunc(cell, func(c rune) bool { return c < '0' || c > '9' })
	if len(parts) == 0 || len(parts) > 3 && !strings.ContainsAny(cell, ":T") {
		return corvee.When{}
	}
	if len(parts) == 1 && len(parts[0]) == 8 {
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	}
	var n []int
	for _, p := range parts[:min(3, len(parts))] {
		v, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return corvee.When{}
		}
		n = append(n, v)
	}
	d := civil(n)
	if !d.Known() || !d.Valid() || d.Year < 1900 || d.Year > 2200 {
		return corvee.When{}
	}
	return corvee.During(d)
}

func civil(n []int) corvee.Date {
	switch {
	case n[0] >= 1900:
		return corvee.Date{Year: n[0], Month: at(n, 1), Day: at(n, 2)}
	case len(n) == 3 && n[2] >= 1900 && n[0] > 12:
		return corvee.Date{Year: n[2], Month: n[1], Day: n[0]}
	case len(n) == 3 && n[2] >= 1900 && n[1] > 12:
		return corvee.Date{Year: n[2], Month: n[0], Day: n[1]}
	case len(n) == 3 && n[2] >= 1900 && n[0] == n[1]:
		return corvee.Date{Year: n[2], Month: n[1], Day: n[0]}
	case len(n) == 3 && n[2] >= 1900:
		return corvee.Date{Year: n[2]}
	case len(n) == 2 && n[1] >= 1900:
		return corvee.Date{Year: n[1], Month: n[0]}
	}
	return corvee.Date{}
}

func at(n []int, i int) int {
	if i < len(n) {
		return n[i]
	}
	return 0
}
