// Package read turns the text of a report into quoted claims: a Report and its Text in,
// claims in text order out, each with the exact words that state it.
//
// Its one idea: a claim is a rule that held in a sentence, and what the sentence does not
// say is looked for ever farther away (clause, sentence, paragraph, report) with a mark of
// how far that was. Grammar, lexicon and rules are data of this version, so the same text
// gives the same bytes; what a rule read, and from which words, stands in the claim's
// trace. English has a reader; a text in another language is told so and never comes back
// as a text without claims.
package read

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
)

//go:embed rules lexicon
var data embed.FS

// Reader reads texts. It is immutable and safe for concurrent use.
type Reader struct {
	lex     *lexicon.Lexicon
	set     *frame.Set
	classes classes
	version string
}

// capitalised are the classes whose words are names and want a capital letter.
var capitalised = []string{"place", "country", "region", "demonym", "outlet", "outlet_end", "company_end", "site_name", "org_end"}

// New returns a Reader of this version's rules. It costs some milliseconds and returns an
// error only if the embedded data is broken.
func New() (*Reader, error) {
	lex, err := loadLexicon("en")
	if err != nil {
		return nil, err
	}
	rules, err := loadRules("en")
	if err != nil {
		return nil, err
	}
	set, faults := frame.Compile(lex, rules)
	if len(faults) > 0 {
		return nil, fmt.Errorf("read: %w", faults[0])
	}
	r := &Reader{lex: lex, set: set, version: versionOf()}
	r.classes, err = classesOf(lex)
	return r, err
}

func loadLexicon(lang string) (*lexicon.Lexicon, error) {
	files, err := contents("lexicon/" + lang)
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Build(files, capitalised)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return lex, nil
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

// contents returns the embedded files of folders, by name.
func contents(dirs ...string) ([]string, error) {
	var out []string
	for _, dir := range dirs {
		entries, err := fs.ReadDir(data, dir)
		if err != nil {
			return nil, fmt.Errorf("read: %w", err)
		}
		for _, e := range entries {
			raw, err := fs.ReadFile(data, dir+"/"+e.Name())
			if err != nil {
				return nil, fmt.Errorf("read: %w", err)
			}
			out = append(out, string(raw))
		}
	}
	return out, nil
}

// Version returns the date of the rules and a short hash of rules and lexicon.
func (r *Reader) Version() string { return r.version }

// Claims yields the claims of a text in the order in which they stand, each grounded in
// it. It yields one error and ends for a text in a language without a reader (wrapping
// corvee.ErrUnsupported) and when ctx is done.
func (r *Reader) Claims(ctx context.Context, report corvee.Report, text corvee.Text) iter.Seq2[corvee.Claim, error] {
	return func(yield func(corvee.Claim, error) bool) {
		if lang := Language(text); lang != "en" {
			yield(corvee.Claim{}, unread(lang))
			return
		}
		claims, err := r.read(ctx, report, text)
		if err != nil {
			yield(corvee.Claim{}, err)
			return
		}
		for _, c := range claims {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func unread(lang string) error {
	if lang == "" {
		return fmt.Errorf("read: %w: the language of the text is not known", corvee.ErrUnsupported)
	}
	return fmt.Errorf("read: %w: no reader for texts in %s yet", corvee.ErrUnsupported, lang)
}

func (r *Reader) read(ctx context.Context, report corvee.Report, text corvee.Text) ([]corvee.Claim, error) {
	d := newDocument(r, report, text)
	for i, b := range d.blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.block(i, b)
	}
	claims := d.finish()
	slices.SortStableFunc(claims, func(a, b corvee.Claim) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	return claims, nil
}
