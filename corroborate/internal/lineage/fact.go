package lineage

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"corvee"
)

// fact is a claim as the fingerprint sees it: what survives translation and retelling.
type fact struct {
	claim  corvee.Claim
	key    string // kind, ends, unit, currency; or kind and discriminator where there is no value
	valued bool
	digits int  // significant ones of both ends, one end if they are equal
	public bool // said by a named body or paper, which other newsrooms hear too
}

// maxFacts is how many claims of a report make its fingerprint.
const maxFacts = 400

// factsOf returns the facts of a report in the order of its text. Denials of a party and
// what is denied are facts like others: a copy repeats them.
func factsOf(claims []corvee.Claim) []fact {
	sorted := slices.Clone(claims)
	slices.SortStableFunc(sorted, func(a, b corvee.Claim) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	out := make([]fact, 0, min(len(sorted), maxFacts))
	for _, c := range sorted[:min(len(sorted), maxFacts)] {
		out = append(out, factOf(c))
	}
	return out
}

func factOf(c corvee.Claim) fact {
	f := fact{claim: c}
	switch c.Root().Speaker {
	case corvee.SpeakerInstitution, corvee.SpeakerNamedOfficial, corvee.SpeakerNamedPublicPerson, corvee.SpeakerDocument:
		f.public = true
	}
	if c.Value == nil || !c.Value.Known() {
		f.key = strings.Join([]string{string(c.Kind), string(c.Polarity), string(c.Indicator), string(c.Sector)}, "|")
		return f
	}
	v := c.Value
	f.valued = true
	f.digits = significant(v.Low)
	if v.High != v.Low {
		f.digits += significant(v.High)
	}
	f.key = strings.Join([]string{string(c.Kind), string(c.Polarity), v.Low.String(), v.High.String(), string(v.Unit), v.Currency}, "|")
	return f
}

// significant counts the digits of a number without leading or trailing zeros: 12,000
// has two, 342,000 three, 0.5 one.
func significant(d corvee.Decimal) int {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, d.String())
	return len(strings.Trim(digits, "0"))
}

// agreement is how well two facts of one key agree: 0 where a slot that both fill
// contradicts, 2 where a place is the same too.
func agreement(a, b fact) int {
	switch {
	case a.key != b.key,
		differ(a.claim.Nationality, b.claim.Nationality),
		apart(a.claim.Countries, b.claim.Countries),
		a.valued && differ(string(a.claim.Value.Period), string(b.claim.Value.Period)),
		a.valued && per(a) != per(b) && per(a) != "" && per(b) != "":
		return 0
	}
	pa, pb := a.claim.Places, b.claim.Places
	if len(pa) == 0 || len(pb) == 0 {
		return 1
	}
	for _, p := range pa {
		if slices.ContainsFunc(pb, func(q corvee.Place) bool { return q.ID == p.ID && p.Precision != corvee.AtCountry }) {
			return 2
		}
	}
	return 1
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }

func per(f fact) corvee.Per {
	if f.claim.Value.Per == corvee.PerUnknown {
		return ""
	}
	return f.claim.Value.Per
}

func apart(a, b []string) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(c string) bool { return slices.Contains(b, c) })
}

// rarity says in how many families of reports each valued key stands.
type rarity struct {
	families map[string]int
	limit    int
}

// rarities counts families of copies, not reports, so that one more reprint makes no
// claim commoner. A key is rare up to six families, or up to the root of their number
// where there are more than 36.
func rarities(reports []*report, kept families) rarity {
	holders := map[string][]int32{}
	roots := map[int]bool{}
	for i, r := range reports {
		roots[kept.Root(i)] = true
		for _, f := range r.facts {
			if f.valued {
				holders[f.key] = append(holders[f.key], int32(i))
			}
		}
	}
	out := rarity{families: make(map[string]int, len(holders)), limit: max(6, int(math.Sqrt(float64(len(roots)))))}
	for key, members := range holders {
		out.families[key] = kept.count(members)
	}
	return out
}

// points is what an agreement of two facts proves: 2 for a rare one, 1 for half of one, 0
// for none. A single digit proves half, and only where the place is the same; what a named
// body said in public, or a figure of whole countries, half.
func (r rarity) points(a, b fact, agreed int) int {
	if !a.valued || agreed == 0 || r.families[a.key] > r.limit || a.digits == 0 {
		return 0
	}
	points := 2
	if a.digits == 1 {
		points = agreed - 1
	}
	if a.public && b.public || wide(a.claim) || wide(b.claim) {
		points--
	}
	return max(0, points)
}

// wide reports whether a claim is about whole countries.
func wide(c corvee.Claim) bool {
	return len(c.Places) == 0 && c.Site == "" && c.Employer == "" && c.Kind == corvee.KindHeadcount ||
		len(c.Places) > 0 && !slices.ContainsFunc(c.Places, func(p corvee.Place) bool {
			return p.Precision != corvee.AtCountry && p.Precision != corvee.AtRegion
		})
}

// kinship is what the claims of two reports have in common; a stands before b.
type kinship struct {
	a, b    int
	points  int // of rare agreeing claims; two make one
	matched int // agreeing claims, rare or not
	ofA     int // thousandths of the claims of each
	ofB     int
	order   int   // thousandths of the matched that stand in the same order
	firmest []int // facts of a that were rare and agreed, at most three
}

// related returns what two reports have in common. Claims are paired one to one: of equal
// claims the pair with the better agreement, then the first in the text.
func related(reports []*report, a, b int, rare rarity) kinship {
	k := kinship{a: a, b: b}
	fa, fb := reports[a].facts, reports[b].facts
	byKey := map[string][]int{}
	for j, f := range fb {
		byKey[f.key] = append(byKey[f.key], j)
	}
	used := make([]bool, len(fb))
	counted := map[string]bool{}
	var places []int
	for i, f := range fa {
		j, agreed := partner(f, fb, byKey[f.key], used)
		if j < 0 {
			continue
		}
		used[j] = true
		places = append(places, j)
		points := rare.points(f, fb[j], agreed)
		if points > 0 && !counted[f.key] { // a figure that is said twice proves once
			counted[f.key] = true
			k.points += points
			if len(k.firmest) < 3 {
				k.firmest = append(k.firmest, i)
			}
		}
	}
	k.matched = len(places)
	k.ofA, k.ofB = 1000*k.matched/max(1, len(fa)), 1000*k.matched/max(1, len(fb))
	k.order = 1000 * rising(places) / max(1, k.matched)
	return k
}

func partner(f fact, facts []fact, candidates []int, used []bool) (best, agreed int) {
	best = -1
	for _, j := range candidates {
		if got := agreement(f, facts[j]); !used[j] && got > agreed {
			best, agreed = j, got
		}
	}
	return best, agreed
}

// rising returns the length of the longest rising subsequence, in n log n.
func rising(values []int) int {
	var ends []int
	for _, v := range values {
		at, _ := slices.BinarySearch(ends, v)
		if at == len(ends) {
			ends = append(ends, v)
		} else {
			ends[at] = v
		}
	}
	return len(ends)
}

// kin returns, for every pair of reports that share a rare claim, what they have in
// common, in order. Shadows have nothing of their own.
func kin(reports []*report, kept families, shadow []bool) map[[2]int]kinship {
	rare := rarities(reports, kept)
	holders := map[string][]int{}
	for i, r := range reports {
		if shadow[i] {
			continue
		}
		for _, f := range r.facts {
			list := holders[f.key]
			if f.valued && f.digits > 0 && rare.families[f.key] <= rare.limit && (len(list) == 0 || list[len(list)-1] != i) {
				holders[f.key] = append(list, i)
			}
		}
	}
	out := map[[2]int]kinship{}
	for _, list := range holders {
		for n, b := range list {
			for _, a := range list[:min(n, postings)] {
				if _, done := out[[2]int{a, b}]; done {
					continue
				}
				out[[2]int{a, b}] = related(reports, a, b, rare)
			}
		}
	}
	return out
}

// pairsOf returns the pairs of a map in order.
func pairsOf(m map[[2]int]kinship) []kinship {
	out := make([]kinship, 0, len(m))
	for _, k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(x, y kinship) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return out
}
