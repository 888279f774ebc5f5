package resolve_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/corroborate/internal/resolve"
)

func at(id, country string) corvee.Place {
	return corvee.Place{ID: id, Name: id, Country: country, Precision: corvee.AtCity}
}

var (
	tumen, dandong, shenyang = at("tumen", "CN"), at("dandong", "CN"), at("shenyang", "CN")
	liaoning                 = corvee.Place{ID: "liaoning", Name: "Liaoning", Country: "CN", Precision: corvee.AtProvince}
)

func firm(report, name string, places ...corvee.Place) resolve.Named {
	return resolve.Named{Report: report, Kind: resolve.Party, Name: name, As: []resolve.As{resolve.AsEmployer}, Claims: []string{report + "#" + name}, Places: places}
}

func making(sector corvee.Sector, n resolve.Named) resolve.Named {
	n.Sectors = []corvee.Sector{sector}
	return n
}

// groups are the entities as sorted lists of "report#name".
func groups(w *resolve.Who) (out []string) {
	for _, e := range w.Entities() {
		if e.Kind == resolve.Party {
			out = append(out, strings.Join(e.Claims, " = "))
		}
	}
	slices.Sort(out)
	return out
}

func rulesOf(w *resolve.Who) (out []string) {
	for _, e := range w.Entities() {
		for _, j := range e.Joins {
			out = append(out, j.Rule)
		}
	}
	slices.Sort(out)
	return out
}

func proposed(w *resolve.Who) (out []string) {
	for _, p := range w.Proposals() {
		out = append(out, p.Rule+": "+p.Left.Name+" / "+p.Right.Name)
	}
	slices.Sort(out)
	return out
}

// What is certain is joined by a rule, and what is not is proposed.
func TestRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		named           []resolve.Named
		parties         int
		joins, proposed []string
	}{
		"case, marks and legal form":         {[]resolve.Named{firm("a", "Tumen Qiaolan Textile Co., Ltd.", tumen), firm("b", "TUMEN QIAOLAN TEXTILE CO LTD", tumen), firm("c", "Tumen Qiaolan Textile", tumen)}, 1, nil, nil},
		"two scripts in one city":            {[]resolve.Named{firm("a", "Dandong Qiaolan Textile Co., Ltd.", dandong), firm("b", "丹东桥兰纺织有限公司", dandong)}, 1, []string{"same-city"}, nil},
		"two scripts, one place not told":    {[]resolve.Named{firm("a", "Dandong Qiaolan Textile Co., Ltd.", dandong), firm("b", "丹东桥兰纺织有限公司")}, 2, nil, []string{"likely: 丹东桥兰纺织有限公司 / Dandong Qiaolan Textile Co., Ltd."}},
		"a wider place with one such firm":   {[]resolve.Named{firm("a", "Qiaolan Textile", dandong), firm("b", "Qiaolan Textile", liaoning), firm("c", "Qiaolan Textile")}, 1, []string{"wider-place", "wider-place", "wider-place"}, nil},
		"a wider place with two such houses": {[]resolve.Named{firm("a", "Haedanghwa Restaurant", dandong), firm("b", "Haedanghwa Restaurant", shenyang), firm("c", "Haedanghwa Restaurant", liaoning)}, 3, nil, []string{"elsewhere: Haedanghwa Restaurant / Haedanghwa Restaurant", "likely: Haedanghwa Restaurant / Haedanghwa Restaurant", "likely: Haedanghwa Restaurant / Haedanghwa Restaurant"}},
		"words that tell nobody":             {[]resolve.Named{firm("a", "a trading company", dandong), firm("b", "a trading company", dandong)}, 2, nil, []string{"words: a trading company / a trading company"}},
		"another trade":                      {[]resolve.Named{making("garments", firm("a", "Dandong Qiaolan Co.", dandong)), making("seafood", firm("b", "丹东桥兰公司", dandong))}, 2, nil, []string{"likely: Dandong Qiaolan Co. / 丹东桥兰公司"}},
		"one report tells them apart":        {[]resolve.Named{firm("a", "Dandong Qiaolan Textile", dandong), firm("a", "丹东桥兰纺织", dandong)}, 2, nil, []string{"likely: 丹东桥兰纺织 / Dandong Qiaolan Textile"}},
		"two firms":                          {[]resolve.Named{firm("a", "Dandong Qiaolan Textile", dandong), firm("b", "Dandong Haisui Foodstuff", dandong)}, 2, nil, nil},
		"nothing but marks":                  {[]resolve.Named{firm("a", "***"), firm("b", "***"), firm("c", "…")}, 3, nil, []string{"words: *** / ***"}},
		"nobody":                             {},
	} {
		w := resolve.Resolve(c.named, nil)
		if got := groups(w); len(got) != c.parties {
			t.Errorf("%s: %d parties, want %d: %q", name, len(got), c.parties, got)
		}
		if diff := cmp.Diff(c.joins, rulesOf(w)); diff != "" {
			t.Errorf("%s: joins: %s", name, diff)
		}
		if got := proposed(w); len(got) != len(c.proposed) {
			t.Errorf("%s: proposed %q, want %q", name, got, c.proposed)
		}
	}
}

// A place's rows are its id; one that stands in no table is compared with those that do.
func TestPlaces(t *testing.T) {
	t.Parallel()
	place := func(report, id, name string) resolve.Named {
		return resolve.Named{Report: report, Kind: resolve.Place, Name: name, Places: []corvee.Place{{ID: id, Name: name, Country: "CN", Precision: corvee.AtCity}}}
	}
	w := resolve.Resolve([]resolve.Named{place("a", "tumen", "Tumen"), place("b", "tumen", "图们"), place("c", "dandong", "Dandong"), place("d", "x-tumen", "Tumen")}, nil)
	if len(w.Entities()) != 3 || len(w.Proposals()) != 1 {
		t.Errorf("entities %v, proposals %v", w.Entities(), w.Proposals())
	}
}

func said(seq int64, actor string, word corvee.JudgementWord, left, right string) resolve.Judgement {
	return resolve.Judgement{ID: actor + left + right, Seq: seq, Actor: actor, Word: word, Left: resolve.Side{ID: left}, Right: resolve.Side{ID: right}}
}

const (
	same, different, unsure = corvee.JudgementSame, corvee.JudgementDifferent, corvee.JudgementUnsure
)

// Three firms that no rule joins.
var three = []resolve.Named{firm("a", "Qiaolan Textile", tumen), firm("b", "Haisui Foodstuff", dandong), firm("c", "Lansui Electronics", shenyang)}

func idOf(n resolve.Named) string { return resolve.IDOf(n) }

func TestJudgements(t *testing.T) {
	t.Parallel()
	a, b, c := idOf(three[0]), idOf(three[1]), idOf(three[2])
	for name, tc := range map[string]struct {
		said []resolve.Judgement
		one  [][2]string // are one
		two  [][2]string // are not
		held int
		id   string // of a's entity
	}{
		"same":                         {said: []resolve.Judgement{said(1, "x", same, a, b)}, one: [][2]string{{a, b}}, two: [][2]string{{a, c}}, id: a},
		"the first keeps its id":       {said: []resolve.Judgement{said(1, "x", same, b, a)}, one: [][2]string{{a, b}}, id: b},
		"a chain":                      {said: []resolve.Judgement{said(1, "x", same, b, a), said(2, "x", same, c, b)}, one: [][2]string{{a, c}}, id: c},
		"a ring":                       {said: []resolve.Judgement{said(1, "x", same, a, b), said(2, "x", same, b, c), said(3, "x", same, c, a)}, one: [][2]string{{a, b}, {b, c}}, id: a},
		"of one person the last":       {said: []resolve.Judgement{said(1, "x", different, a, b), said(2, "x", same, a, b)}, one: [][2]string{{a, b}}, id: a},
		"of two people not the same":   {said: []resolve.Judgement{said(1, "x", same, a, b), said(2, "y", different, b, a)}, two: [][2]string{{a, b}}, id: a},
		"unsure takes it out":          {said: []resolve.Judgement{said(1, "x", same, a, b), said(2, "y", unsure, a, b)}, two: [][2]string{{a, b}}, id: a},
		"not the same within a family": {said: []resolve.Judgement{said(1, "x", same, a, b), said(2, "x", same, b, c), said(3, "y", different, a, c)}, one: [][2]string{{a, b}}, two: [][2]string{{a, c}, {b, c}}, held: 1, id: a},
		"and said before":              {said: []resolve.Judgement{said(1, "y", different, a, c), said(2, "x", same, a, b), said(3, "x", same, b, c)}, one: [][2]string{{a, b}}, two: [][2]string{{a, c}}, held: 1, id: a},
		"of whom nobody names":         {said: []resolve.Judgement{said(1, "x", same, a, "CV-0000-0000-0000-0")}, two: [][2]string{{a, b}}, id: a},
		"of itself":                    {said: []resolve.Judgement{said(1, "x", different, a, a)}, id: a},
	} {
		w := resolve.Resolve(three, tc.said)
		is := func(p [2]string) bool {
			l, _ := w.Entity(p[0])
			r, _ := w.Entity(p[1])
			return l.ID == r.ID
		}
		for _, p := range tc.one {
			if !is(p) {
				t.Errorf("%s: %v are apart", name, p)
			}
		}
		for _, p := range tc.two {
			if is(p) {
				t.Errorf("%s: %v are one", name, p)
			}
		}
		if e, _ := w.Entity(a); e.ID != tc.id || len(w.Held()) != tc.held {
			t.Errorf("%s: id %s, held %v; want %s and %d", name, e.ID, w.Held(), tc.id, tc.held)
		}
	}
}

// "Not the same" sticks: it takes apart what a rule had joined, and is not proposed again,
// neither between the two nor between others of their families. What may be of either goes
// to neither.
func TestNotTheSameSticks(t *testing.T) {
	t.Parallel()
	latin, han := firm("a", "Dandong Qiaolan Textile", dandong), firm("b", "丹东桥兰纺织", dandong)
	wide, shouting := firm("c", "Dandong Qiaolan Textile"), firm("d", "DANDONG QIAOLAN TEXTILE LTD", dandong)
	no := []resolve.Judgement{said(1, "x", different, idOf(latin), idOf(han))}
	w := resolve.Resolve([]resolve.Named{latin, han, wide, shouting}, no)
	if diff := cmp.Diff([]string{"a#Dandong Qiaolan Textile = c#Dandong Qiaolan Textile = d#DANDONG QIAOLAN TEXTILE LTD", "b#丹东桥兰纺织"}, groups(w)); diff != "" {
		t.Error(diff)
	}
	if got := proposed(w); len(got) != 0 {
		t.Errorf("proposed again: %q", got)
	}
	either := firm("e", "단둥 챠오란 방직", dandong)
	w = resolve.Resolve([]resolve.Named{latin, han, either}, no)
	if l, _ := w.Entity(idOf(either)); len(l.Members) != 1 {
		t.Errorf("what may be of either: %q", groups(w))
	}
}

// A judgement finds its side again when reading has learnt its place.
func TestJudgementIsCarried(t *testing.T) {
	t.Parallel()
	before, after, other := firm("a", "Qiaolan Textile"), firm("a", "Qiaolan Textile", tumen), three[1]
	j := said(1, "x", same, idOf(before), idOf(other))
	j.Left.Name, j.Right.Name = "Qiaolan Textile", other.Name
	w := resolve.Resolve([]resolve.Named{after, other}, []resolve.Judgement{j})
	if e, _ := w.Entity(idOf(after)); len(e.Members) != 2 || !w.Bound(j.Left) {
		t.Errorf("%q", groups(w))
	}
	w = resolve.Resolve([]resolve.Named{after, other, firm("b", "Qiaolan Textile", shenyang)}, []resolve.Judgement{j})
	if e, _ := w.Entity(idOf(after)); len(e.Members) != 1 || w.Bound(j.Left) {
		t.Errorf("of two that may be meant: %q", groups(w))
	}
}

// world draws what reports name from few names and places, so that they meet.
func world(t *rapid.T) []resolve.Named {
	name := rapid.SampledFrom([]string{
		"Dandong Qiaolan Textile Co., Ltd.", "Dandong Qiaolan Textile", "丹东桥兰纺织有限公司", "단둥 챠오란 방직", "Qiaolan", "Haedanghwa Restaurant", "해당화 식당", "海棠花餐厅",
		"a trading company", "Dandong Haisui Foodstuff", "东港海穗食品有限公司", "", "***",
	})
	places := rapid.SampledFrom([][]corvee.Place{nil, {dandong}, {shenyang}, {liaoning}, {tumen}, {dandong, shenyang}, {dandong, liaoning}, {at("nowhere", "")}})
	sector := rapid.SampledFrom([][]corvee.Sector{nil, {"garments"}, {"restaurant"}})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) resolve.Named {
		n := firm(rapid.SampledFrom([]string{"r1", "r2", "r3", "r4", "r5", "r6"}).Draw(t, "report"), name.Draw(t, "name"), places.Draw(t, "places")...)
		n.Sectors = sector.Draw(t, "sectors")
		return n
	}), 0, 14).Draw(t, "named")
}

func words(t *rapid.T, named []resolve.Named) (out []resolve.Judgement) {
	if len(named) == 0 {
		return nil
	}
	one := rapid.SampledFrom(named)
	for i := range rapid.IntRange(0, 7).Draw(t, "judgements") {
		word := rapid.SampledFrom([]corvee.JudgementWord{same, same, different, unsure}).Draw(t, "word")
		left, right := one.Draw(t, "left"), one.Draw(t, "right")
		out = append(out, said(int64(i+1), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "actor"), word, idOf(left), idOf(right)))
	}
	return out
}

// The order in which reports come and judgements are handed over changes nothing.
func TestLawOrderIsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		named := world(rt)
		judged := words(rt, named)
		before := resolve.Resolve(named, judged)
		after := resolve.Resolve(rapid.Permutation(named).Draw(rt, "named order"), rapid.Permutation(judged).Draw(rt, "judged order"))
		if diff := cmp.Diff(told(before), told(after)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// told is all that a result tells.
func told(w *resolve.Who) any {
	type entity struct {
		ID, Name, At            string
		Names, Reports, Members []string
		Joins                   []resolve.Join
		Not                     []string
	}
	var out []entity
	for _, e := range w.Entities() {
		var members []string
		for _, h := range e.Members {
			members = append(members, h.ID)
		}
		out = append(out, entity{e.ID, e.Name, e.At, e.Names, e.Reports, members, e.Joins, e.Not})
	}
	var offers []any
	for _, p := range w.Proposals() {
		offers = append(offers, []any{p.A, p.B, p.Left.ID, p.Right.ID, p.Rule, p.Score, p.Reasons})
	}
	return []any{out, offers, w.Held()}
}

// Merge, then undo, is the identity; so is "not the same", then undo.
func TestLawUndo(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		named := world(rt)
		if len(named) == 0 {
			return
		}
		judged := words(rt, named)
		before := told(resolve.Resolve(named, judged))
		one := rapid.SampledFrom(named)
		more := said(100, "z", rapid.SampledFrom([]corvee.JudgementWord{same, different}).Draw(rt, "word"), idOf(one.Draw(rt, "a")), idOf(one.Draw(rt, "b")))
		resolve.Resolve(named, append(slices.Clone(judged), more))
		if diff := cmp.Diff(before, told(resolve.Resolve(named, judged))); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// No entity holds two whom people judged not the same, nor a party and a place; every handle
// is in one entity; every id that was ever given out for what is still named leads to it,
// whatever else is said or comes in.
func TestLawEntities(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		named := world(rt)
		judged := words(rt, named)
		w := resolve.Resolve(named, judged)
		for _, e := range w.Entities() {
			if slices.Contains(e.Not, e.ID) {
				rt.Fatalf("%s is not itself", e.ID)
			}
		}
		for p, word := range combined(judged) {
			l, _ := w.Entity(p[0])
			r, _ := w.Entity(p[1])
			if word == different && p[0] != p[1] && l.ID == r.ID {
				rt.Fatalf("%s holds two who are not the same", l.ID)
			}
		}
		more := resolve.Resolve(append(slices.Clone(named), world(rt)...), judged)
		for _, e := range w.Entities() {
			for _, h := range e.Members {
				now, ok := more.Entity(h.ID)
				if !ok || !slices.ContainsFunc(now.Members, func(m resolve.Handle) bool { return m.ID == h.ID }) {
					rt.Fatalf("%s leads nowhere after more reports came", h.ID)
				}
			}
		}
	})
}

// combined is what people's last words on each pair come to.
func combined(judged []resolve.Judgement) map[[2]string]corvee.JudgementWord {
	last := map[[3]string]corvee.JudgementWord{}
	for _, j := range judged {
		last[[3]string{min(j.Left.ID, j.Right.ID), max(j.Left.ID, j.Right.ID), j.Actor}] = j.Word
	}
	out := map[[2]string]corvee.JudgementWord{}
	for by, word := range last {
		pair := [2]string{by[0], by[1]}
		if other, there := out[pair]; there {
			word = resolve.Combine(word, other)
		}
		out[pair] = word
	}
	return out
}

// A report that says the same again adds no party and parts none.
func TestLawReprint(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		named := slices.DeleteFunc(world(rt), func(n resolve.Named) bool { return n.Name == "a trading company" || n.Name == "***" || n.Name == "" })
		if len(named) == 0 {
			return
		}
		copied := rapid.SampledFrom([]string{"r1", "r2", "r3", "r4", "r5", "r6"}).Draw(rt, "copied")
		all := slices.Clone(named)
		for _, n := range named {
			if n.Report == copied {
				n.Report = "reprint"
				all = append(all, n)
			}
		}
		if before, after := len(resolve.Resolve(named, nil).Entities()), len(resolve.Resolve(all, nil).Entities()); before != after {
			rt.Fatalf("a reprint made %d parties of %d", after, before)
		}
	})
}
