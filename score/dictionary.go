package score

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"corvee"
)

//go:embed countries.tsv
var countryRows string

// dictionary turns the annotators' words into those of the contract.
type dictionary struct {
	vocabulary corvee.Vocabulary
	countries  map[string]string // folded English name → ISO 3166 alpha-2
}

var dictionaryOf = sync.OnceValues(func() (dictionary, error) {
	v, err := corvee.LoadVocabulary()
	d := dictionary{v, map[string]string{}}
	for line := range strings.Lines(countryRows) {
		code, names, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for name := range strings.SplitSeq(names, "|") {
			d.countries[fold(name)] = code
		}
	}
	return d, err
})

// statement is a claim in the form in which both sides are compared. What an annotation
// does not speak of is empty there and is not scored.
type statement struct {
	kind       corvee.Kind
	also       []corvee.Kind
	spans      []corvee.Span
	value      *corvee.Value
	sectors    []corvee.Sector // each of them is right
	indicator  corvee.Indicator
	label      string
	places     []string // folded, sorted
	countries  []string // ISO, sorted
	areas      bool     // the annotation names countries that have no code ("Middle East")
	when       corvee.When
	factuality corvee.Factuality
	polarity   corvee.Polarity
	classes    []corvee.Speaker // each of them is right
	outlet     string           // folded; empty is the report's own publisher
	unsure     bool             // outlet and publisher stand in two scripts
}

func (d dictionary) statement(g Gold, r Record) (statement, error) {
	s := statement{
		kind: g.Kind, also: g.Also, indicator: g.Indicator, label: g.Label,
		places: placeNames(strings.Split(g.Place, ";")), when: whenOf(g),
		factuality: g.Hedge, polarity: g.Polarity, classes: classesOf(g),
	}
	s.outlet, s.unsure = outletOf(g, r.Publisher)
	s.countries, s.areas = d.codes(g.Country)
	var err error
	if g.Sector != "" {
		if s.sectors, err = d.vocabulary.GoldSectors(g.Sector); err != nil {
			return s, err
		}
	}
	s.value, err = d.value(g)
	return s, err
}

func (d dictionary) value(g Gold) (*corvee.Value, error) {
	if g.Value == nil {
		return nil, nil
	}
	unit, err := d.vocabulary.GoldUnit(g.Value.Unit)
	if err != nil {
		return nil, err
	}
	v := corvee.Value{Range: corvee.Range{Low: g.Value.Low, High: g.Value.High}, Unit: unit, Currency: g.Value.Currency, Per: g.Per, Period: g.Value.Period}
	if !v.Known() {
		return nil, fmt.Errorf("%w: a value without an end", corvee.ErrInvalid)
	}
	return &v, v.Validate()
}

func (d dictionary) codes(names string) (codes []string, areas bool) {
	for name := range strings.SplitSeq(names, ";") {
		code, ok := d.countries[fold(name)]
		if ok {
			codes = append(codes, code)
		}
		areas = areas || !ok && fold(name) != ""
	}
	slices.Sort(codes)
	return slices.Compact(codes), areas
}

func whenOf(g Gold) corvee.When {
	switch {
	case len(g.DateRange) == 2:
		return corvee.When{From: g.DateRange[0].First(), Until: g.DateRange[1].After()}
	case g.Date.Known():
		return corvee.During(g.Date)
	}
	return corvee.When{}
}

// classesOf returns the classes that are right for an annotated speaker. Without a class
// only the plain cases of its words are judged: the author, and a source or worker.
func classesOf(g Gold) []corvee.Speaker {
	said := strings.ToLower(g.Attribution)
	switch {
	case g.Speaker != "":
		return []corvee.Speaker{g.Speaker}
	case strings.HasPrefix(said, "author"):
		return []corvee.Speaker{corvee.SpeakerAuthor, corvee.SpeakerPublisher}
	case strings.Contains(said, "source") || strings.Contains(said, "worker"):
		return []corvee.Speaker{corvee.SpeakerAnonymous}
	}
	return nil
}

// outletOf returns the outlet that brought the words, empty for the publisher itself, and
// whether that cannot be told because the two names stand in two scripts.
func outletOf(g Gold, publisher string) (outlet string, unsure bool) {
	name := g.Via
	if name == "" && (g.Speaker == corvee.SpeakerPublisher || g.Speaker == corvee.SpeakerAgency) {
		name = g.Attribution
	}
	if g.Speaker == "" && name == "" {
		_, name, _ = strings.Cut(g.Attribution, ", via ")
	}
	name, _, _ = strings.Cut(name, "(")
	if name == "" || sameOutlet(fold(name), fold(publisher)) {
		return "", false
	}
	return fold(name), g.Via == "" && latin(name) != latin(publisher)
}

func sameOutlet(a, b string) bool {
	return a == b || a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

func latin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}

// generics are the words that one list adds to the name of a place and another leaves
// out.
var generics = []string{" province", " prefecture", " county", " city", " district", " krai", " oblast", " town", " prov"}

func placeNames(names []string) []string {
	var out []string
	for _, name := range names {
		name = fold(name)
		for _, generic := range generics {
			name = strings.TrimSuffix(name, generic)
		}
		if name != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fold lowers a name, drops its marks over letters and reads all that is no letter or
// digit as one space.
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch plain := plainLetter(r); {
		case plain != 0:
			b.WriteRune(plain)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case r != '\'' && r != '’':
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// plainLetter returns the letter under a mark, for the Latin letters of place names.
func plainLetter(r rune) rune {
	const marked = "àáâãäåāăąçćčďèéêëēęěìíîïīłñńňòóôõöøōřśşšťùúûüūůýÿźżž"
	const plain = "aaaaaaaaacccdeeeeeeeiiiiilnnnooooooorssstuuuuuuyyzzz"
	for i, m := range []rune(marked) {
		if m == r {
			return rune(plain[i])
		}
	}
	return 0
}
