package read

import (
	"fmt"
	"sync"

	"corvee/read/internal/frame"
	"corvee/read/internal/grammar"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/scene"
)

// reader is the reader of one language: its words, its rules, its grammar.
type reader struct {
	code  string // as Language returns it
	lang  scene.Language
	once  sync.Once
	fault error // of the embedded data; the tests hold that there is none
}

// ready loads the reader when it is first needed.
func (r *reader) ready() error {
	r.once.Do(func() { r.fault = r.load() })
	return r.fault
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
	set, faults := frame.Compile(r.lang.Lex, rules)
	if len(faults) > 0 {
		return fmt.Errorf("read: rules/%s: %w", r.code, faults[0])
	}
	r.lang.Set = set
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
	if r.lang.Lex, err = lexicon.Build(r.lang.Grammar.Orthography(), files, capitalised); err != nil {
		return fmt.Errorf("read: lexicon/%s: %w", r.code, err)
	}
	r.lang.Classes, err = scene.ClassesOf(r.lang.Lex)
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
func grammars() []*reader {
	return []*reader{{code: "en", lang: scene.Language{Grammar: grammar.English{}}}, {code: "ko", lang: scene.Language{Grammar: grammar.Korean{}}}, {code: "zh", lang: scene.Language{Grammar: grammar.Chinese{}}}}
}
