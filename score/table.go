package score

import (
	"fmt"
	"slices"
	"strings"
)

// Table is the scores of one run, by language, and every error.
type Table struct {
	Languages []Language // by code; the sum of several stands last as "all"
	Absent    int        // records without a text
	Seed      uint64     // of the intervals
	Errors    []Error
}

// Language is the scores in one language.
type Language struct {
	Lang          string
	Reports       int
	Unread        int // reports in a language that the reader does not read
	AsFacts       int // reports whose text is not the annotated one
	Stories       int
	Claims        int // of the reader
	Ungrounded    int // of those, not in the text word for word
	HardNegatives int
	FalseClaims   int // in hard negatives
	HardChars     int // code points of hard negatives
	Rows          []Row
	Slots         []Slot
}

// Row is one kind, or a sum over kinds.
type Row struct {
	Name        string
	Gold, Found int
	Scores      [levels]Score
}

// Score is one row at one level, with the 95 % interval of its F1.
type Score struct {
	Right         int
	P, R, F1      PerMille
	F1Low, F1High PerMille
}

// Slot is how often a slot of a matched claim is right, where it is scored.
type Slot struct {
	Name      string
	Right, Of int
}

func tabulate(results []result, absent int, seed uint64) Table {
	slices.SortFunc(results, func(a, b result) int {
		return strings.Compare(a.record.Lang+"\x00"+a.record.ID, b.record.Lang+"\x00"+b.record.ID)
	})
	t := Table{Absent: absent, Seed: seed}
	for start := 0; start < len(results); {
		lang, end := results[start].record.Lang, start
		for end < len(results) && results[end].record.Lang == lang {
			end++
		}
		t.Languages = append(t.Languages, languageOf(lang, results[start:end], seed))
		start = end
	}
	if len(t.Languages) > 1 {
		t.Languages = append(t.Languages, languageOf("all", results, seed))
	}
	for _, r := range results {
		t.Errors = append(t.Errors, errorsOf(r)...)
	}
	return t
}

func languageOf(lang string, results []result, seed uint64) Language {
	l := Language{Lang: lang, Reports: len(results)}
	var sum cells
	var filled [slots]ratio
	stories := map[string]bool{}
	for _, r := range results {
		sum.add(r.cells)
		stories[r.group()] = true
		l.count(r)
		for s := range filled {
			filled[s].right += r.slots[s].right
			filled[s].of += r.slots[s].of
		}
	}
	l.Stories = len(stories)
	samples := bootstrap(results, seed)
	for _, row := range layout() {
		l.Rows = append(l.Rows, rowOf(row, &sum, samples))
	}
	for s, f := range filled {
		l.Slots = append(l.Slots, Slot{slotNames[s], f.right, f.of})
	}
	return l
}

func (l *Language) count(r result) {
	l.Claims += len(r.claims)
	l.Ungrounded += r.ungrounded
	if r.unread {
		l.Unread++
	}
	if r.asFacts {
		l.AsFacts++
	}
	if r.record.HardNegative {
		l.HardNegatives++
		l.FalseClaims += len(r.claims)
		l.HardChars += r.chars
	}
}

func rowOf(r rowOfKinds, counts *cells, samples []cells) Row {
	total := r.sum(counts)
	row := Row{Name: r.name, Gold: total.gold, Found: total.found}
	f1 := r.f1(counts)
	low, high := r.bounds(samples)
	for l := range row.Scores {
		s := Score{Right: total.right[l], P: None, R: None, F1: f1[l], F1Low: low[l], F1High: high[l]}
		if !r.mean {
			s.P, s.R = share(total.right[l], total.found), share(total.right[l], total.gold)
		}
		row.Scores[l] = s
	}
	return row
}

// F1 returns the score of all kinds of a language at a level; None for a language that
// is not in the table.
func (t Table) F1(lang string, l Level) PerMille {
	for _, language := range t.Languages {
		if language.Lang == lang {
			return language.Rows[0].Scores[l].F1
		}
	}
	return None
}

// Ungrounded returns how many claims quote what their text does not say.
func (t Table) Ungrounded() int {
	n := 0
	for _, l := range t.Languages {
		if l.Lang != "all" {
			n += l.Ungrounded
		}
	}
	return n
}

// String writes the table as plain text.
func (t Table) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Scores in percent. Intervals: 95 %%, %d draws of whole stories, seed %d.\n", draws, t.Seed)
	if t.Absent > 0 {
		fmt.Fprintf(&b, "%d annotated reports have no text here and are not scored.\n", t.Absent)
	}
	for _, l := range t.Languages {
		l.write(&b)
	}
	var out strings.Builder
	for line := range strings.Lines(b.String()) {
		out.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return out.String()
}

func (l Language) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n== %s: %d reports of %d stories", l.Lang, l.Reports, l.Stories)
	if l.Unread > 0 {
		fmt.Fprintf(b, ", %d unread (no reader for the language)", l.Unread)
	}
	if l.AsFacts > 0 {
		fmt.Fprintf(b, ", %d compared as facts (not the annotated text)", l.AsFacts)
	}
	fmt.Fprintf(b, "\nstrict %s  Value %s  Claim %s\n", l.Lang, l.Rows[0].Scores[Value].F1, l.Rows[0].Scores[Whole].F1)
	fmt.Fprintf(b, "grounded %d of %d claims; hard negatives: %d reports, %d false claims in %d characters, %s per 10,000\n",
		l.Claims-l.Ungrounded, l.Claims, l.HardNegatives, l.FalseClaims, l.HardChars, perTenThousand(l.FalseClaims, l.HardChars))
	l.writeF1(b)
	l.writeParts(b)
	fmt.Fprintf(b, "\n%-15s", "slot, if found")
	for _, s := range l.Slots {
		fmt.Fprintf(b, "\n%-15s %5s  %d of %d", s.Name, share(s.Right, s.Of), s.Right, s.Of)
	}
	b.WriteString("\n")
}

func (l Language) writeF1(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-15s %5s %5s", "F1 [95 %]", "gold", "found")
	for _, level := range Levels() {
		fmt.Fprintf(b, "  %-19s", level)
	}
	for _, r := range l.Rows {
		fmt.Fprintf(b, "\n%-15s %5d %5d", r.Name, r.Gold, r.Found)
		for _, s := range r.Scores {
			fmt.Fprintf(b, "  %5s %-13s", s.F1, interval(s))
		}
	}
	b.WriteString("\n")
}

func interval(s Score) string {
	if s.F1 == None {
		return ""
	}
	return fmt.Sprintf("[%s–%s]", s.F1Low, s.F1High)
}

func (l Language) writeParts(b *strings.Builder) {
	fmt.Fprintf(b, "\n%-15s %5s %5s", "P / R (right)", "gold", "found")
	for _, level := range Levels() {
		fmt.Fprintf(b, "  %-19s", level)
	}
	for _, r := range l.Rows {
		if r.Name == rowMacro {
			continue
		}
		fmt.Fprintf(b, "\n%-15s %5d %5d", r.Name, r.Gold, r.Found)
		for _, s := range r.Scores {
			fmt.Fprintf(b, "  %5s /%5s %-6s", s.P, s.R, fmt.Sprintf("(%d)", s.Right))
		}
	}
	b.WriteString("\n")
}

// String writes percent with one place, or a dash for None.
func (p PerMille) String() string {
	if p == None {
		return "–"
	}
	return fmt.Sprintf("%d.%d", p/10, p%10)
}

// perTenThousand rounds half up to two places.
func perTenThousand(n, chars int) string {
	if chars == 0 {
		return "–"
	}
	hundredths := (2*n*1_000_000 + chars) / (2 * chars)
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}
