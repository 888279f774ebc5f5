// Package score says how well a reader reads: annotated reports and their texts in, a
// table of scores and a listing of errors out.
//
// Its one idea: claims of the reader are matched one-to-one with the annotated ones by
// exact assignment, and each pair is then held to ever stricter levels; what is left over
// on either side is an error that is shown with its words.
package score

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"corvee"
)

// Read is the verb under test, as (*read.Reader).Claims has it. A text that it cannot read
// yields an error that wraps corvee.ErrUnsupported and counts as read without a claim.
type Read func(context.Context, corvee.Report, corvee.Text) iter.Seq2[corvee.Claim, error]

// Run reads every annotated report that has a text and returns its scores. Gold is one
// record a line; texts holds <id>.txt. The same input, reader and seed give the same table.
// It returns ErrInvalid for gold or texts that do not hold together, ErrNotFound if no
// record has a text, and any error of the reader but ErrUnsupported.
func Run(ctx context.Context, gold []byte, texts fs.FS, read Read, seed uint64) (Table, error) {
	records, err := ParseGold(gold)
	if err != nil {
		return Table{}, err
	}
	var results []result
	absent := 0
	for _, r := range records {
		doc, err := open(r, texts)
		if errors.Is(err, fs.ErrNotExist) {
			absent++
			continue
		}
		if err != nil {
			return Table{}, fmt.Errorf("score: %s: %w", r.ID, err)
		}
		claims, unread, err := readAll(ctx, doc, read)
		if err != nil {
			return Table{}, fmt.Errorf("score: %s: %w", r.ID, err)
		}
		results = append(results, judge(doc, claims, unread))
	}
	if len(results) == 0 {
		return Table{}, fmt.Errorf("score: %w: none of %d records has a text", corvee.ErrNotFound, len(records))
	}
	return tabulate(results, absent, seed), nil
}

func readAll(ctx context.Context, doc document, read Read) (claims []corvee.Claim, unread bool, err error) {
	for c, err := range read(ctx, doc.report, doc.text) {
		if errors.Is(err, corvee.ErrUnsupported) {
			return claims, true, nil
		}
		if err != nil {
			return nil, false, err
		}
		claims = append(claims, c)
	}
	return claims, false, nil
}
