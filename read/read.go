// Package read turns the text of a report into quoted claims: a Report and its Text in,
// claims in text order out, each with the exact words that state it.
//
// Its one idea: a claim is a rule that held in a sentence, and what the sentence does not
// say is looked for ever farther away (clause, sentence, paragraph, report) with a mark of
// how far that was. Grammar, lexicon and rules are data of this version, so the same text
// gives the same bytes; what a rule read, and from which words, stands in the claim's
// trace. A text in a language without a reader is told so and never comes back as a text
// without claims. How a language is added stands in DESIGN.md beside this file.
package read

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"

	"corvee"
	"corvee/read/facts"
)

//go:embed rules lexicon
var data embed.FS

// Reader reads texts. It gives the same answers for ever and is safe for concurrent use.
type Reader struct {
	readers []*reader // one for each language, loaded when a text first needs it
	version string
}

// New returns a Reader of this version's rules. A language's words and rules are compiled,
// once, when a text of it first comes: a command that reads nothing starts at once.
func New() (*Reader, error) {
	return &Reader{readers: grammars(), version: versionOf()}, nil
}

// of returns the reader of a text's language, nil without one. Where its letters do not
// decide the language, what the report says of itself does.
func (r *Reader) of(text corvee.Text, hint string) *reader {
	lang := Language(text)
	if lang == "" {
		lang = hint
	}
	for _, of := range r.readers {
		if of.code == lang {
			return of
		}
	}
	return nil
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
		if report.MediaType == facts.MediaType {
			yieldFacts(report, text, yield)
			return
		}
		of := r.of(text, report.Lang)
		if of == nil {
			yield(corvee.Claim{}, unread(Language(text)))
			return
		}
		err := of.ready()
		var claims []corvee.Claim
		if err == nil {
			claims, err = of.read(ctx, report, text)
		}
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

// yieldFacts yields the claims of rows; a row that has no place in corvee/1 was rejected
// when it was brought in.
func yieldFacts(report corvee.Report, text corvee.Text, yield func(corvee.Claim, error) bool) {
	claims, _, err := facts.Claims(report, text)
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

func unread(lang string) error {
	if lang == "" {
		return fmt.Errorf("read: %w: the language of the text is not known", corvee.ErrUnsupported)
	}
	return fmt.Errorf("read: %w: no reader for texts in %s yet", corvee.ErrUnsupported, lang)
}

func (r *reader) read(ctx context.Context, report corvee.Report, text corvee.Text) ([]corvee.Claim, error) {
	d := newDocument(r, report, text)
	for _, b := range d.blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		d.block(b)
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
