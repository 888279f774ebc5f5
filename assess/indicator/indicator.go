// Package indicator says which indicators of forced labour are met at a site in a period:
// claims in, an assessment out.
//
// Its one idea: an indicator is what quoted claims show and nothing more. What was looked
// for and not found is said beside what was found; a denial stands beside an indicator and
// takes nothing from it; hedged words and hearsay never lift a level; and the level
// "proven" is never given, since it is left to authorities.
package indicator

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/forest"
)

// Count returns how many separate origins stand behind claims.
type Count func([]corvee.Claim) corvee.OriginCount

// Assessment is what the claims of one site and period come to.
type Assessment struct {
	Period corvee.When
	// Signs holds all eleven, in the ILO's order; State the state-imposed set.
	Signs   []Sign
	State   []Sign
	Limbs   []Limb
	Level   corvee.Level
	Why     string
	Denials []string // claims by which a named party rejects what is reported
}

// Sign is one indicator: met, not met (claims deny it and none affirm it), or no evidence.
type Sign struct {
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Result  corvee.Result      `json:"result"`
	Claims  []string           `json:"claims,omitempty"`
	Against []string           `json:"against,omitempty"` // negated and denied claims
	Origins corvee.OriginCount `json:"origins"`
	// Capped says why none of its claims can lift the level above possible.
	Capped string `json:"capped,omitempty"`
	Note   string `json:"note,omitempty"`
	// By names the rules of the state-imposed set that claims fitted, with the words met.
	By []string `json:"by,omitempty"`
}

// Limb is one half of the legal test of Convention 29: work that is not offered
// voluntarily, and the menace of a penalty. Both are asked for together.
type Limb struct {
	ID     string        `json:"id"` // involuntariness, penalty
	Result corvee.Result `json:"result"`
	Signs  []string      `json:"signs,omitempty"`
}

//go:embed indicators.tsv
var indicatorsTSV string

// Row is what the tables say of an indicator.
type Row struct {
	ID          string
	Dimensions  []string // involuntariness, penalty
	Names       map[string]string
	Definition  string
	NotEvidence string
	Source      string
}

// Table returns the eleven indicators, in the ILO's order.
func Table() []Row {
	var out []Row
	for _, cells := range rows(indicatorsTSV, 8) {
		out = append(out, Row{
			cells[0], strings.Split(cells[1], ","), map[string]string{"en": cells[2], "ko": cells[3], "zh": cells[4]},
			cells[5], cells[6], cells[7],
		})
	}
	return out
}

func rows(table string, width int) [][]string {
	var out [][]string
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		if cells := strings.Split(line, "\t"); len(cells) == width {
			out = append(out, cells)
		}
	}
	return out
}

// Assess returns one assessment for each set of claims that may be joined: claims of one
// site, place or employer are expected, and of those only what overlaps in time or stands
// in one report. Rejected, obsolete and planned claims show nothing. The order of the
// claims does not matter.
func Assess(claims []corvee.Claim, count Count) []Assessment { return AssessIn(claims, count, nil) }

// AssessIn is Assess where the sentences of quotes are known: some signs of the
// state-imposed set stand beside the quote.
func AssessIn(claims []corvee.Claim, count Count, sentence Sentence) []Assessment {
	var out []Assessment
	for _, set := range together(claims) {
		if a := assess(set, count, sentence); len(a.Denials) > 0 || a.Level != corvee.LevelNone || isMet(a.State) {
			out = append(out, a)
		}
	}
	return out
}

func assess(claims []corvee.Claim, count Count, sentence Sentence) Assessment {
	a := Assessment{Period: period(claims)}
	limbs := map[string][]string{}
	var firm []corvee.Claim
	firmBy := map[string][]string{}
	for _, row := range Table() {
		sign, strong := row.sign(claims, count)
		a.Signs = append(a.Signs, sign)
		if sign.Result != corvee.ResultMet {
			continue
		}
		firm = append(firm, strong...)
		for _, d := range row.Dimensions {
			limbs[d] = append(limbs[d], row.ID)
			if len(strong) > 0 {
				firmBy[d] = append(firmBy[d], row.ID)
			}
		}
	}
	for _, id := range []string{"involuntariness", "penalty"} {
		a.Limbs = append(a.Limbs, Limb{id, met(len(limbs[id]) > 0), limbs[id]})
	}
	a.State = stateSigns(claims, count, sentence)
	a.Level, a.Why = level(a, firm, firmBy, count)
	for _, c := range claims {
		if c.Kind == corvee.KindDenial {
			a.Denials = append(a.Denials, c.ID)
		}
	}
	return a
}

// Says reports whether any sign is met or not met. An assessment that says nothing is there
// for its denials alone.
func (a Assessment) Says() bool {
	return slices.ContainsFunc(slices.Concat(a.Signs, a.State), func(s Sign) bool { return s.Result != corvee.ResultNoEvidence })
}

func isMet(signs []Sign) bool {
	return slices.ContainsFunc(signs, func(s Sign) bool { return s.Result == corvee.ResultMet })
}

func met(yes bool) corvee.Result {
	if yes {
		return corvee.ResultMet
	}
	return corvee.ResultNoEvidence
}

// sign weighs the claims of one indicator, and returns those that can lift the level.
func (r Row) sign(claims []corvee.Claim, count Count) (Sign, []corvee.Claim) {
	s := Sign{ID: r.ID, Name: r.Names["en"], Result: corvee.ResultNoEvidence}
	var for_, firm []corvee.Claim
	for _, c := range claims {
		if string(c.Indicator) != r.ID || !standing(c) {
			continue
		}
		if against(c) {
			s.Against = append(s.Against, c.ID)
			continue
		}
		for_ = append(for_, c)
		s.Claims = append(s.Claims, c.ID)
		if why := capped(c); why == "" {
			firm = append(firm, c)
		} else {
			s.Capped = why
		}
	}
	if len(for_) > 0 {
		s.Result, s.Origins = corvee.ResultMet, count(for_)
	} else if len(s.Against) > 0 {
		s.Result = corvee.ResultNotMet
	}
	if len(firm) > 0 {
		s.Capped = ""
	}
	return s, firm
}

func standing(c corvee.Claim) bool {
	return c.Review != corvee.ReviewRejected && c.Review != corvee.ReviewObsolete && c.Factuality != corvee.Planned
}

func against(c corvee.Claim) bool {
	return c.Polarity == corvee.Negative || c.Factuality == corvee.Denied
}

// capped says why a claim cannot lift a level above possible: hedged words, or hearsay of
// hearsay (three links and more before the publisher).
func capped(c corvee.Claim) string {
	switch {
	case c.Factuality == corvee.Believed || c.Factuality == corvee.Estimated:
		return "only " + string(c.Factuality)
	case len(c.Attribution) > 3:
		return "hearsay of hearsay"
	}
	return ""
}

// level follows the scale of docs/methods/indicators.md.
func level(a Assessment, firm []corvee.Claim, firmBy map[string][]string, count Count) (corvee.Level, string) {
	if !slices.ContainsFunc(a.Signs, func(s Sign) bool { return s.Result == corvee.ResultMet }) {
		return corvee.LevelNone, "no indicator is met on what was read"
	}
	pair := apart(firmBy["involuntariness"], firmBy["penalty"])
	switch {
	case pair == "":
		return corvee.LevelPossible, "no two indicators, one of work that is not voluntary and one of a penalty, are met on claims that are neither hedged nor hearsay of hearsay"
	case !slices.ContainsFunc(firm, firstHand):
		return corvee.LevelPossible, pair + ", but no claim is first-hand or from a document"
	}
	if n := count(firm); n.Min >= 2 {
		return corvee.LevelSubstantiated, fmt.Sprintf("%s, from %d origins or more", pair, n.Min)
	}
	return corvee.LevelReasonable, pair + ", from one origin"
}

// apart names two different indicators, one of each limb; "" if there are none.
func apart(involuntary, penalty []string) string {
	for _, a := range involuntary {
		for _, b := range penalty {
			if a != b {
				return a + " and " + b
			}
		}
	}
	return ""
}

// firstHand reports whether who said it was there, or a document says it. A source whose
// tie to the place is not told is not taken for a witness.
func firstHand(c corvee.Claim) bool {
	root := c.Root()
	if root.Speaker == corvee.SpeakerDocument {
		return true
	}
	return root.Speaker == corvee.SpeakerAnonymous && slices.Contains(witnesses(), root.Role)
}

//go:embed witnesses.tsv
var witnessesTSV string

// witnesses returns the roles of an anonymous speaker who tells what they saw themselves.
func witnesses() (out []string) {
	for _, cells := range rows(witnessesTSV, 2) {
		out = append(out, cells[0])
	}
	return out
}

// together parts claims into sets that may be joined: those whose times are known and
// overlap, and those of one report whose times are not known, with the report's others
// where these are of one time. What speaks against an indicator joins no two sets: it
// stands beside each set that it meets. Sets come in the order of their earliest claim id.
func together(claims []corvee.Claim) [][]corvee.Claim {
	sorted := slices.Clone(claims)
	slices.SortFunc(sorted, func(a, b corvee.Claim) int { return strings.Compare(a.ID, b.ID) })
	var affirmed, others []corvee.Claim
	for _, c := range sorted {
		if standing(c) && against(c) || c.Kind == corvee.KindDenial {
			others = append(others, c)
		} else if standing(c) {
			affirmed = append(affirmed, c)
		}
	}
	s := sets{forest.New(len(affirmed))}
	s.joinTimes(affirmed)
	s.joinReports(affirmed)
	parts := s.parts(affirmed)
	for _, c := range others {
		beside := false
		for i, part := range parts {
			if slices.ContainsFunc(part, func(d corvee.Claim) bool { return meets(c, d) }) {
				parts[i], beside = append(part, c), true
			}
		}
		if !beside {
			parts = append(parts, []corvee.Claim{c})
		}
	}
	return parts
}

func meets(a, b corvee.Claim) bool {
	if known(a) && known(b) {
		return a.When.Overlaps(*b.When)
	}
	return a.Report == b.Report
}

func (s sets) joinTimes(sorted []corvee.Claim) {
	var timed []int
	for i, c := range sorted {
		if known(c) {
			timed = append(timed, i)
		}
	}
	slices.SortStableFunc(timed, func(a, b int) int { return sorted[a].When.From.Compare(sorted[b].When.From) })
	for n, latest := 1, 0; n < len(timed); n++ { // latest is where the time that ends last stands
		if sorted[timed[n]].When.Overlaps(*sorted[timed[latest]].When) {
			s.Join(timed[n], timed[latest])
		}
		if ends(sorted[timed[n]], sorted[timed[latest]]) > 0 {
			latest = n
		}
	}
}

func (s sets) joinReports(sorted []corvee.Claim) {
	first, times := map[string]int{}, map[string][]int{} // by report: an undated claim, the sets of dated ones
	for i, c := range sorted {
		if known(c) {
			if root := s.Root(i); !slices.Contains(times[c.Report], root) {
				times[c.Report] = append(times[c.Report], root)
			}
		} else if _, there := first[c.Report]; !there {
			first[c.Report] = i
		}
	}
	for i, c := range sorted {
		if known(c) {
			continue
		}
		s.Join(i, first[c.Report])
	}
	for i, c := range sorted {
		if !known(c) && first[c.Report] == i && len(times[c.Report]) == 1 {
			s.Join(i, times[c.Report][0])
		}
	}
}

func known(c corvee.Claim) bool { return c.When != nil && c.When.Known() }

// ends compares the ends of two times; an open end is the last.
func ends(a, b corvee.Claim) int {
	x, y := a.When.Until, b.When.Until
	switch {
	case !x.Known() && !y.Known():
		return 0
	case !x.Known():
		return 1
	case !y.Known():
		return -1
	}
	return x.Compare(y)
}

// sets is claims by position, joined where they may be weighed together.
type sets struct{ forest.Forest }

func (s sets) parts(sorted []corvee.Claim) [][]corvee.Claim {
	byRoot := map[int][]corvee.Claim{}
	for i, c := range sorted {
		byRoot[s.Root(i)] = append(byRoot[s.Root(i)], c)
	}
	var out [][]corvee.Claim
	for i := range sorted {
		if len(byRoot[i]) > 0 {
			out = append(out, byRoot[i])
		}
	}
	return out
}

// period is the span of the times that are known; open where none is.
func period(claims []corvee.Claim) corvee.When {
	var w corvee.When
	for _, c := range claims {
		if c.Kind == corvee.KindLaw || c.When == nil || !c.When.Known() {
			continue
		}
		if c.When.From.Known() && (!w.From.Known() || c.When.From.Compare(w.From) < 0) {
			w.From = c.When.From
		}
		if c.When.Until.Known() && (!w.Until.Known() || c.When.Until.Compare(w.Until) > 0) {
			w.Until = c.When.Until
		}
		w.Precision = corvee.DatePrecision(cmp.Or(string(w.Precision), string(c.When.Precision)))
	}
	return w
}

// Findings writes an assessment as findings of the stream: one for each sign that is met
// or not met, and one for the level.
func (a Assessment) Findings() []corvee.Finding {
	var out []corvee.Finding
	all := []string{}
	for _, s := range slices.Concat(a.Signs, a.State) {
		if s.Result == corvee.ResultNoEvidence {
			continue
		}
		ids := slices.Concat(s.Claims, s.Against)
		slices.Sort(ids)
		all = append(all, ids...)
		out = append(out, corvee.Finding{Kind: "indicator", Rule: "indicator." + s.ID, Result: s.Result, Numbers: map[string]corvee.Range{}, Claims: ids, Text: s.text()})
	}
	slices.Sort(all)
	return append(out, corvee.Finding{
		Kind: "indicator.level", Rule: "indicator.scale", Result: met(a.Level != corvee.LevelNone), Numbers: map[string]corvee.Range{},
		Claims: slices.Compact(all), Text: "level " + string(a.Level) + ": " + a.Why,
	})
}

func (s Sign) text() string {
	text := fmt.Sprintf("%s: %s", s.Name, strings.ReplaceAll(string(s.Result), "_", " "))
	if n := len(s.Claims); n > 0 {
		text += fmt.Sprintf(", %d claims from %d to %d origins", n, s.Origins.Min, s.Origins.Max)
	}
	if n := len(s.Against); n > 0 {
		text += fmt.Sprintf("; %d claims against it", n)
	}
	if s.Capped != "" {
		text += "; " + s.Capped
	}
	if len(s.By) > 0 {
		text += "; by " + strings.Join(s.By, "; ")
	}
	return text
}
