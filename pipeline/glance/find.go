package glance

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee"
	"corvee/internal/hanzi"
	"corvee/present"
)

// Most bounds what Find returns of each sort; the rest is counted.
type Most struct{ Reports, Claims, Parties, Entries int }

// Found is what stands in the base for some words, best first.
type Found struct {
	Words   []string // as they were looked for
	Reports []FoundReport
	Claims  []FoundClaim
	Parties []FoundParty
	Entries []Entry
	// Totals are how many of each there are, shown or not.
	Totals struct{ Reports, Claims, Parties, Entries int }
}

// FoundReport is a report with where the first word stands in its text, as a span of the
// text; an empty span for one whose title or publisher alone has it.
type FoundReport struct {
	*Report
	At    corvee.Span
	Title bool // all words stand in its title
	Times int  // how often the words stand in its text
}

// FoundClaim is a claim whose quote or gloss has all words.
type FoundClaim struct {
	corvee.Claim
	Lang string
}

// FoundParty is a site, an employer or a place by the name that reports give it.
type FoundParty struct {
	Name, Kind string // site, employer, place
	Claims     int
}

// fold makes a text comparable and keeps every offset: letters lose their case, and
// traditional Hanzi become simplified, where that takes as many bytes.
func fold(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	for _, c := range s {
		out.WriteRune(foldRune(c))
	}
	if out.Len() != len(s) { // bytes that are no text
		return s
	}
	return out.String()
}

func foldRune(c rune) rune {
	folded := unicode.ToLower(c)
	if hanzi.Is(c) {
		folded = hanzi.Simplify(c)
	}
	if utf8.RuneLen(folded) != utf8.RuneLen(c) {
		return c
	}
	return folded
}

// mostWords bounds a question; more words only narrow it.
const mostWords = 8

// Words cuts a question into what must stand there: at blanks, a stretch in quotation marks
// whole. One Hanzi or Hangul syllable is a word; one Latin letter says nothing.
func Words(question string) []string {
	var out []string
	add := func(w string) {
		w = fold(norm.NFC.String(strings.TrimSpace(w)))
		first, size := utf8.DecodeRuneInString(w)
		if w == "" || size == len(w) && first < 0x1100 && !unicode.IsDigit(first) || slices.Contains(out, w) || len(out) == mostWords {
			return
		}
		out = append(out, w)
	}
	var word strings.Builder
	whole := false
	for _, c := range question {
		switch quote := strings.ContainsRune(quotes, c); {
		case quote:
			whole = !whole
			fallthrough
		case unicode.IsSpace(c) && !whole:
			add(word.String())
			word.Reset()
		default:
			word.WriteRune(c)
		}
	}
	add(word.String())
	return out
}

const quotes = `"“”„«»「」『』`

// Around returns the words at a span of a report's text with what stands beside them, at
// most so many characters on either side, on one line.
func (r *Report) Around(at corvee.Span, most int) (before, words, behind string) {
	if at.Start < 0 || at.End > len(r.text) || at.Start >= at.End {
		return "", "", ""
	}
	from, until := at.Start, at.End
	for range most {
		_, size := utf8.DecodeLastRuneInString(r.text[:from])
		from -= size
		_, size = utf8.DecodeRuneInString(r.text[until:])
		until += size
	}
	line := func(s string) string {
		return strings.Map(func(c rune) rune {
			if unicode.IsSpace(c) {
				return ' '
			}
			return c
		}, s)
	}
	return line(r.text[from:at.Start]), line(r.text[at.Start:at.End]), line(r.text[at.End:until])
}

func hasAll(folded string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	return true
}

// Find looks for all words of a question in reports, claims, the parties and places that
// they name, and the lists. A question without a word finds nothing. It takes time linear
// in the texts of the base: they lie in memory, so that two Hanzi are found as surely as a
// sentence.
func (v *View) Find(question string, most Most) Found {
	f := Found{Words: Words(question)}
	if len(f.Words) == 0 {
		return f
	}
	parties := map[FoundParty]int{}
	for _, r := range v.Reports {
		f.report(r)
		for _, c := range r.Claims {
			f.claim(r, c)
			named(c, f.Words, parties)
		}
	}
	for p, n := range parties {
		p.Claims = n
		f.Parties = append(f.Parties, p)
	}
	for _, e := range v.Entries {
		if hasAll(e.folded, f.Words) {
			f.Entries = append(f.Entries, e)
		}
	}
	f.order(most)
	return f
}

func (f *Found) report(r *Report) {
	title := fold(r.Title)
	found := FoundReport{Report: r, Title: hasAll(title, f.Words)}
	if !found.Title && !hasAll(title+"\n"+fold(r.Publisher)+"\n"+r.folded, f.Words) {
		return
	}
	if at := strings.Index(r.folded, f.Words[0]); at >= 0 {
		found.At = corvee.Span{Start: at, End: at + len(f.Words[0])}
		found.Times = strings.Count(r.folded, f.Words[0])
	}
	f.Reports = append(f.Reports, found)
}

func (f *Found) claim(r *Report, c corvee.Claim) {
	if c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
		return
	}
	if hasAll(fold(c.Quote.Exact), f.Words) || hasAll(fold(present.Gloss(c)), f.Words) {
		f.Claims = append(f.Claims, FoundClaim{c, r.Lang})
	}
}

func named(c corvee.Claim, words []string, into map[FoundParty]int) {
	if c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
		return
	}
	names := []FoundParty{{Name: c.Site, Kind: "site"}, {Name: c.Employer, Kind: "employer"}}
	for _, p := range c.Places {
		names = append(names, FoundParty{Name: p.Name, Kind: "place"})
	}
	for _, n := range names {
		if n.Name != "" && hasAll(fold(n.Name), words) {
			into[n]++
		}
	}
}

// order puts the best first and cuts each sort. Reports with the words in their title come
// first, then those that have them most often; claims and entries keep the order of the
// base.
func (f *Found) order(most Most) {
	slices.SortStableFunc(f.Reports, func(a, b FoundReport) int {
		if a.Title != b.Title {
			if a.Title {
				return -1
			}
			return 1
		}
		return b.Times - a.Times
	})
	slices.SortFunc(f.Parties, func(a, b FoundParty) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.Name, b.Name), strings.Compare(a.Kind, b.Kind))
	})
	f.Totals.Reports, f.Totals.Claims, f.Totals.Parties, f.Totals.Entries = len(f.Reports), len(f.Claims), len(f.Parties), len(f.Entries)
	f.Reports = f.Reports[:min(len(f.Reports), most.Reports)]
	f.Claims = f.Claims[:min(len(f.Claims), most.Claims)]
	f.Parties = f.Parties[:min(len(f.Parties), most.Parties)]
	f.Entries = f.Entries[:min(len(f.Entries), most.Entries)]
}
