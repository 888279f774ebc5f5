package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// number is a line that is only a page's number.
var number = regexp.MustCompile(`^(?i:[-–—]?\s*(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?\s*[-–—]?|제?\s*\d{1,4}\s*쪽|第?\s*\d{1,4}\s*[页頁])$`)

var digits = regexp.MustCompile(`\d+`)

// edges is how many lines at the head and foot of a page may be furniture.
const edges = 2

// edge reports whether a line is among the first or last of its page.
func edge(s sheet, i int) bool { return i < edges || i >= len(s)-edges }

// key names a line at the edge of a page by its words without numbers and about how high
// it stands; "" for lines that are not at the edge.
func key(s sheet, i int) string {
	const about = 12 // points
	if !edge(s, i) {
		return ""
	}
	return strconv.Itoa(int(s[i].box.bottom/about)) + "|" + digits.ReplaceAllString(strings.Join(strings.Fields(s[i].words), " "), "#")
}

// furniture returns the keys of lines that stand on three pages at least and on a third of
// all, or on both of two: running heads and feet.
func furniture(sheets []sheet) map[string]bool {
	seen := map[string]int{}
	for _, s := range sheets {
		on := map[string]bool{}
		for i := range s {
			if k := key(s, i); k != "" && !on[k] {
				on[k] = true
				seen[k]++
			}
		}
	}
	out := map[string]bool{}
	for k, n := range seen {
		if n >= min(3, max(2, len(sheets))) && 3*n >= len(sheets) {
			out[k] = true
		}
	}
	return out
}

// small reports whether a line is in the small letters of a head or foot, apart from what
// stands next to it: on a single page nothing else tells.
func small(s sheet, i int, usual, pitch float64) bool {
	const longest, ratio, apart = 80, 0.85, 2
	l := s[i]
	if !edge(s, i) || l.tall >= ratio*usual || len(l.words) > longest || sentenceEnd(l.words) {
		return false
	}
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(s) && s[j].tall >= ratio*usual && math.Abs(s[j].box.bottom-l.box.bottom) < apart*pitch {
			return false
		}
	}
	return true
}

// usual returns the height of letters that most lines have.
func usual(sheets []sheet) float64 {
	var heights []float64
	for _, s := range sheets {
		for _, l := range s {
			heights = append(heights, l.tall)
		}
	}
	slices.Sort(heights)
	if len(heights) == 0 {
		return 0
	}
	return heights[len(heights)/2]
}

// quartile returns the lower quartile, zero of nothing.
func quartile(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/4]
}
