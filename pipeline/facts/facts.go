// Package facts brings reported facts into a base: a file of rows in, one report for each
// source that they name.
//
// Its one idea: a fact goes the way of every report, so that it is quoted, judged, weighed
// and purged as a claim is; what sets it apart is that its publication is not archived.
package facts

import (
	"context"
	"fmt"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/read/facts"
)

// Import stores the facts of a file and emits what it stored and what it rejected. The same
// file twice changes nothing.
func Import(ctx context.Context, p *pipeline.Pipeline, origin string, raw []byte, emit pipeline.Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	sheets, _, rejected, err := facts.Split(raw)
	if err != nil {
		return sum, err
	}
	for _, s := range sheets {
		_, bad, err := facts.Claims(s.Report, s.Text)
		if err != nil {
			return sum, err
		}
		rejected = append(rejected, bad...)
		part := fmt.Sprintf("%s!/%s", origin, s.Report.Title)
		doc := intake.Document{Origin: part, Report: s.Report, Text: s.Text, Original: s.Original, Tool: "facts/1"}
		if _, err := p.Take(ctx, origin, doc, nil, intake.Hints{}, &sum, emit); err != nil {
			return sum, err
		}
	}
	for i := range rejected {
		sum.Rejected++
		if err := emit(corvee.Message{Rejected: &rejected[i]}); err != nil {
			return sum, err
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}
