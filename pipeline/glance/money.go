package glance

import (
	"slices"

	"corvee"
	"corvee/assess"
)

// Fall is how one report has a gross wage become what the worker holds.
type Fall struct {
	Report *Report
	assess.Waterfall
	// Parts are the rows' amounts against the largest of them, in thousandths; -1 where an
	// amount is not one number.
	Parts []int
	// Unreviewed are the claims behind it that nobody judged.
	Unreviewed int
}

// Falls returns the waterfalls of all reports, latest published first. Figures of different
// reports are never put together.
func (v *View) Falls() []Fall {
	var out []Fall
	for _, r := range v.Reports {
		var standing []corvee.Claim
		for _, c := range r.Claims {
			if c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete {
				standing = append(standing, c)
			}
		}
		for _, w := range assess.Waterfalls(standing) {
			f := Fall{Report: r, Waterfall: w, Parts: parts(w.Rows)}
			for _, c := range standing {
				if c.Review == corvee.ReviewUnreviewed && slices.ContainsFunc(w.Rows, func(row assess.WaterfallRow) bool { return slices.Contains(row.Claims, c.ID) }) {
					f.Unreviewed++
				}
			}
			out = append(out, f)
		}
	}
	return out
}

func parts(rows []assess.WaterfallRow) []int {
	var largest corvee.Decimal
	for _, r := range rows {
		if n := high(r.Range); n.Known() && (!largest.Known() || n.Cmp(largest) > 0) {
			largest = n
		}
	}
	out := make([]int, len(rows))
	for i, r := range rows {
		out[i] = -1
		n := high(r.Range)
		if !n.Known() || !largest.Known() || largest.Sign() <= 0 || n.Sign() < 0 {
			continue
		}
		for part := range 1001 { // the thousandths that it reaches
			if corvee.Int(int64(part)).Mul(largest).Cmp(n.Mul(corvee.Int(1000))) > 0 {
				break
			}
			out[i] = part
		}
	}
	return out
}

func high(r corvee.Range) corvee.Decimal {
	if r.High.Known() {
		return r.High
	}
	return r.Low
}
