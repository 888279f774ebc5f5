package corroborate

import (
	"slices"

	"corvee"
)

// States reports whether two claims state the same, so that one can support the other:
// one kind and polarity, figures that agree, and one place, site or employer. A slot that
// both fill differently parts them. It knows nothing of lineage: that two reports are kin
// must not make their claims agree.
func States(a, b corvee.Claim) bool { return states(&a, &b) }

// states is States over claims that stay where they are: a base compares millions of pairs.
func states(a, b *corvee.Claim) bool {
	return a.ID != "" && a.ID == b.ID || compatible(a, b) && agree(a, b) && together(a, b)
}

// compatible reports whether no slot of two claims contradicts.
func compatible(a, b *corvee.Claim) bool {
	return a.Kind == b.Kind && a.Polarity == b.Polarity && a.Indicator == b.Indicator &&
		!differ(a.Nationality, b.Nationality) && !differ(string(a.Sector), string(b.Sector)) &&
		!apart(a.Countries, b.Countries) && (a.Kind != corvee.KindActivity || a.Sector == b.Sector)
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

func apart(a, b []string) bool { return len(a) > 0 && len(b) > 0 && !meet(a, b) }

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// agree compares what is stated: the figure, or the label where there is none.
func agree(a, b *corvee.Claim) bool {
	if (a.Value == nil) != (b.Value == nil) {
		return false
	}
	if a.Value == nil {
		named := a.Kind == corvee.KindLaw || a.Kind == corvee.KindOrder || a.Kind == corvee.KindDenial
		return !named || a.Label == b.Label
	}
	v, w := *a.Value, *b.Value
	if v.Unit != w.Unit || v.Currency != w.Currency || differ(v.Of, w.Of) ||
		differ(string(known(v.Per)), string(known(w.Per))) || differ(string(v.Period), string(w.Period)) {
		return false
	}
	return sameFigure(v.Range, w.Range)
}

func known(p corvee.Per) corvee.Per {
	if p == corvee.PerUnknown {
		return ""
	}
	return p
}

// sameFigure reports whether two ranges are one statement: equal ends, or both closed and
// apart by no more than a fiftieth where one is approximate, or a narrow range (its high
// no more than a quarter above its low) that holds the other.
func sameFigure(v, w corvee.Range) bool {
	if v.Low == w.Low && v.High == w.High && v.Exclusive == w.Exclusive {
		return true
	}
	if !closed(v) || !closed(w) || exact(v) && exact(w) {
		return false
	}
	if (v.Approx || w.Approx) && near(v.Low, w.Low, 2) && near(v.High, w.High, 2) {
		return true
	}
	return holds(v, w) || holds(w, v)
}

// exact reports whether a closed range is one figure without a hedge.
func exact(r corvee.Range) bool { return r.Low == r.High && !r.Approx }

func closed(r corvee.Range) bool { return r.Low.Known() && r.High.Known() && r.Exclusive == "" }

// near reports whether two numbers differ by no more than percent of the greater.
func near(a, b corvee.Decimal, percent int64) bool {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	apart, most := b.Sub(a).Mul(corvee.Int(100)), b.Mul(corvee.Int(percent))
	return apart.Known() && most.Known() && apart.Cmp(most) <= 0
}

func holds(wide, in corvee.Range) bool {
	return near(wide.Low, wide.High, 20) && wide.Low.Cmp(in.Low) <= 0 && in.High.Cmp(wide.High) <= 0
}

// together reports whether two claims are about one place, site or employer, or one law.
// Two figures of one country that name nothing smaller must both be of the country.
func together(a, b *corvee.Claim) bool {
	switch {
	case a.Site != "" && a.Site == b.Site, a.Employer != "" && a.Employer == b.Employer, a.Kind == corvee.KindLaw:
		return true
	case differ(a.Site, b.Site), differ(a.Employer, b.Employer):
		return false
	case len(a.Places) == 0 && len(b.Places) == 0:
		return a.Value != nil && len(a.Countries) > 0 && meet(a.Countries, b.Countries)
	}
	return slices.ContainsFunc(a.Places, func(p corvee.Place) bool {
		return slices.ContainsFunc(b.Places, func(q corvee.Place) bool { return p.ID == q.ID })
	})
}

// repeats reports whether a claim of a report can be the same statement as one of a report
// that it depends on, and whether it states the same. A place that one of the two leaves out
// parts them no more: a copy leaves out what it likes.
func repeats(a, b *corvee.Claim) (repeated, same bool) {
	if a.ID != "" && a.ID == b.ID {
		return true, true
	}
	if !compatible(a, b) || !agree(a, b) {
		return false, false
	}
	same = together(a, b)
	return same || len(a.Places) == 0 || len(b.Places) == 0, same
}
