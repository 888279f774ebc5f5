package score

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"iter"
	"strings"

	"corvee"
)

// Agree scores a second annotator of the same texts as Run scores a reader: how often two
// people agree is the most that a reader can be held to. Only reports that both annotated
// count. It returns the errors of Run, and ErrNotFound if the two share no report.
func Agree(ctx context.Context, first, second []byte, texts fs.FS, seed uint64) (Table, error) {
	records, err := ParseGold(second)
	if err != nil {
		return Table{}, err
	}
	claims := map[string][]corvee.Claim{} // by the hash of the text
	shared := map[string]bool{}
	for _, r := range records {
		doc, err := open(r, texts)
		if err != nil {
			return Table{}, fmt.Errorf("score: %s: %w", r.ID, err)
		}
		if claims[doc.text.Hash()], err = asRead(doc); err != nil {
			return Table{}, fmt.Errorf("score: %s: %w", r.ID, err)
		}
		shared[r.ID] = true
	}
	read := func(_ context.Context, _ corvee.Report, text corvee.Text) iter.Seq2[corvee.Claim, error] {
		return func(yield func(corvee.Claim, error) bool) {
			for _, c := range claims[text.Hash()] {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
	return Run(ctx, only(first, shared), texts, read, seed)
}

// only keeps the records of those ids; what is no record is left for Run to refuse.
func only(gold []byte, ids map[string]bool) []byte {
	var out []byte
	for line := range bytes.Lines(gold) {
		var r struct{ ID string }
		if json.Unmarshal(line, &r) == nil && r.ID != "" && !ids[r.ID] {
			continue
		}
		out = append(append(out, bytes.TrimSpace(line)...), '\n')
	}
	return out
}

// asRead returns a record's annotations as a reader would yield them.
func asRead(doc document) ([]corvee.Claim, error) {
	words, err := dictionaryOf()
	if err != nil {
		return nil, err
	}
	var out []corvee.Claim
	for _, g := range doc.record.Claims {
		s, err := words.statement(g, doc.record)
		if err != nil {
			return nil, err
		}
		if s.spans, err = doc.spansOf(g); err != nil {
			return nil, err
		}
		c := corvee.Claim{
			Kind: g.Kind, Label: g.Label, Indicator: g.Indicator, Factuality: g.Hedge, Polarity: g.Polarity, Value: s.value,
			Countries: s.countries, Attribution: chainOf(g, doc.record.Publisher),
		}
		if len(s.sectors) > 0 {
			c.Sector = s.sectors[0]
		}
		if s.when.Known() {
			w := s.when
			c.When = &w
		}
		for name := range strings.SplitSeq(g.Place, "; ") {
			if name != "" {
				c.Places = append(c.Places, corvee.Place{Name: name, Precision: corvee.AtCity})
			}
		}
		if c.Quote, err = doc.text.Quote(s.spans[0]); err != nil {
			return nil, err
		}
		for _, span := range s.spans[1:] {
			q, err := doc.text.Quote(span)
			if err != nil {
				return nil, err
			}
			c.Mentions = append(c.Mentions, q)
		}
		out = append(out, c)
	}
	return out, nil
}

func chainOf(g Gold, publisher string) []corvee.Attribution {
	root := corvee.Attribution{Speaker: g.Speaker}
	if g.Speaker == corvee.SpeakerPublisher || g.Speaker == corvee.SpeakerAgency {
		root.Name = g.Attribution
	}
	chain := []corvee.Attribution{root}
	if g.Via != "" && fold(g.Via) != fold(publisher) {
		chain = append(chain, corvee.Attribution{Name: g.Via, Speaker: corvee.SpeakerPublisher})
	}
	return append(chain, corvee.Attribution{Name: publisher, Speaker: corvee.SpeakerPublisher})
}
