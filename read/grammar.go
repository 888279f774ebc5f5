package read

import (
	"fmt"

	"corvee"
	"corvee/read/internal/attribution"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/hedge"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/when"
)

// grammar is what a language does in its own way; lexicon and rules are its data, and all
// else of this package is the same for every language. How its words are cut and inflected
// is the orthography that its lexicon is built with.
type grammar interface {
	// orthography is how the language is written.
	orthography() lexicon.Orthography
	// opening is a paragraph that makes workers of a sending state what a report is about;
	// the examples of rules stand behind it.
	opening() string
	// speakers finds who says what in one sentence.
	speakers() attribution.Cues
	// times appends the expressions of time of tokens first to last.
	times(p *lexicon.Passage, first, last int, published corvee.Date, future func(int) bool, out []when.Time) []when.Time
	// quantities appends the amounts of tokens first to last that are not taken.
	quantities(p *lexicon.Passage, first, last int, taken func(int) bool, out []quantity.Quantity) []quantity.Quantity
	// mentions appends who and where of tokens first to last.
	mentions(f *entity.Finder, p *lexicon.Passage, first, last int, q []quantity.Quantity, out []entity.Mention) []entity.Mention
	// judge says how sure the report is of a match.
	judge(p *lexicon.Passage, s hedge.Scope) hedge.Verdict
	// joined reports whether tokens first to last, between two places, join them.
	joined(p *lexicon.Passage, first, last int) bool
	// inside reports whether something happens in the place of tokens first to last; it is
	// not where it goes or comes from.
	inside(p *lexicon.Passage, first, last int) bool
	// locative reports whether the place of tokens first to last is where something happens
	// or goes on; goods that are sold there are no work there.
	locative(p *lexicon.Passage, first, last, sentence int, goods lexicon.Class) bool
	// beside reports whether the group of tokens first to last only stands by: "with them".
	beside(p *lexicon.Passage, first, last int) bool
	// plural reports whether "they" can mean what token i heads.
	plural(p *lexicon.Passage, i int) bool
	// subject returns the words for a group without article, possessive or particle.
	subject(p *lexicon.Passage, first, last int) (int, int)
	// carries reports whether sentences leave out whom they are about once the report has
	// said it, and say a period once for all amounts.
	carries() bool
	// stays reports whether a place of work holds for the report until it names another.
	stays() bool
	// period returns how often an amount falls due by the words at token i, apart from it.
	period(p *lexicon.Passage, i int) (string, bool)
}

// reader is the reader of one language: its words, its rules, its grammar.
type reader struct {
	code    string // as Language returns it
	grammar grammar
	lex     *lexicon.Lexicon
	set     *frame.Set
	classes classes
}

// load fills the reader from the embedded rows and rules of its language.
func (r *reader) load() error {
	if err := r.words(); err != nil {
		return err
	}
	rules, err := loadRules(r.code)
	if err != nil {
		return err
	}
	set, faults := frame.Compile(r.lex, rules)
	if len(faults) > 0 {
		return fmt.Errorf("read: rules/%s: %w", r.code, faults[0])
	}
	r.set = set
	return nil
}

// capitalised are the classes whose words are names and want a capital letter, in scripts
// that have one.
var capitalised = []string{"place", "country", "region", "demonym", "outlet", "outlet_end", "company_end", "site_name", "org_end"}

// words fills the reader's lexicon and what assembly asks of it.
func (r *reader) words() error {
	files, err := contents("lexicon/" + r.code)
	if err != nil {
		return err
	}
	if r.lex, err = lexicon.Build(r.grammar.orthography(), files, capitalised); err != nil {
		return fmt.Errorf("read: lexicon/%s: %w", r.code, err)
	}
	r.classes, err = classesOf(r.lex)
	return err
}

func loadRules(lang string) ([]frame.Rule, error) {
	files, err := contents("rules/" + lang)
	if err != nil {
		return nil, err
	}
	var out []frame.Rule
	for _, file := range files {
		rules, faults := frame.Parse(file)
		if len(faults) > 0 {
			return nil, fmt.Errorf("read: rules/%s: %w", lang, faults[0])
		}
		out = append(out, rules...)
	}
	return out, nil
}

// grammars are the languages that have a reader, in the order in which rules are listed.
func grammars() []reader {
	return []reader{{code: "en", grammar: english{}}, {code: "ko", grammar: korean{}}, {code: "zh", grammar: chinese{}}}
}
