package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/assess"
	"corvee/intake"
	"corvee/read"
	"corvee/store"
)

// IngestOptions says what is known about the inputs from outside. Progress, if given, is
// told of each input as it ends.
type IngestOptions struct {
	Hints    intake.Hints
	Progress func(origin string)
}

// outcome is how one input ended: in a report that can be shown, or refused.
type outcome struct {
	input    corvee.Input
	view     ReportView
	rejected *corvee.Rejected
}

// Ingest archives, reads and stores the files at paths (folders are walked), and emits for
// each its report, claims and findings, or why it was rejected. One bad file is a message,
// not the end. It is idempotent: the same files again change nothing and emit the same.
func (p *Pipeline) Ingest(ctx context.Context, paths []string, o IngestOptions, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	for path, walkErr := range p.Intake.Files(ctx, paths) {
		if o.Progress != nil {
			o.Progress(path)
		}
		documents := p.Intake.Documents(ctx, path, o.Hints)
		if walkErr != nil {
			documents = func(yield func(intake.Document, error) bool) { yield(intake.Document{}, walkErr) }
		}
		for doc, err := range documents { // the file and all that stands in it
			if _, err := p.Take(ctx, path, doc, err, o.Hints, &sum, emit); err != nil {
				return sum, err
			}
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

func emitOutcome(out outcome, sum *corvee.Summary, emit Emit) error {
	if out.view.Report.ID != "" {
		sum.Reports++
		if err := emitReport(out.view, sum, emit); err != nil {
			return err
		}
	}
	if out.rejected == nil {
		return nil
	}
	if out.view.Report.ID == "" {
		sum.Rejected++
	}
	return emit(corvee.Message{Rejected: out.rejected})
}

func emitReport(v ReportView, sum *corvee.Summary, emit Emit) error {
	messages := []corvee.Message{{Report: &v.Report}}
	for i := range v.Claims {
		messages = append(messages, corvee.Message{Claim: &v.Claims[i]})
		if w := v.Claims[i].When; w != nil && w.Unresolved != "" && !w.Known() {
			sum.UnresolvedDates++
		}
	}
	for i := range v.Findings {
		messages = append(messages, corvee.Message{Finding: &v.Findings[i]})
	}
	sum.Claims += len(v.Claims)
	sum.Findings += len(v.Findings)
	if v.Unread != "" {
		sum.Unread++
	}
	for _, m := range messages {
		if err := emit(m); err != nil {
			return err
		}
	}
	return nil
}

// refuse keeps an input that cannot become a report, with its reason and remedy.
func (p *Pipeline) refuse(ctx context.Context, origin string, cause error) (outcome, error) {
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	in := corvee.Input{
		ID: inputID(ctx, origin, ""), Collection: into(ctx), Origin: origin,
		State: corvee.InputFailed, Reason: cause.Error(), Remedy: "try again", Retryable: true, At: p.now(),
	}
	var rejection *intake.Rejection
	if errors.As(cause, &rejection) {
		in.State, in.Reason, in.Remedy, in.Retryable = corvee.InputRejected, rejection.Reason, rejection.Remedy, rejection.Retryable
		in.Origin, in.Tool = cmp.Or(rejection.Origin, origin), rejection.Tool
		in.ID = inputID(ctx, in.Origin, "")
		if rejection.Retryable {
			in.State = corvee.InputFailed
		}
	}
	err := p.Store.Update(ctx, func(tx store.Tx) error { return p.putInput(ctx, tx, in) })
	return outcome{input: in, rejected: rejectedOf(in)}, err
}

func rejectedOf(in corvee.Input) *corvee.Rejected {
	return &corvee.Rejected{Input: in.Origin, Reason: in.Reason, Remedy: in.Remedy}
}

// putInput writes an input and its event unless it already stands just so.
func (p *Pipeline) putInput(ctx context.Context, tx store.Tx, in corvee.Input) error {
	before, err := tx.Input(ctx, in.ID)
	if err == nil && before.State == in.State && before.Reason == in.Reason && before.Report == in.Report && before.Tool == in.Tool {
		return nil
	}
	if err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return err
	}
	if err := tx.PutInput(ctx, in); err != nil {
		return err
	}
	return p.record(ctx, tx, "input."+string(in.State), "input", cmp.Or(in.Report, in.ID), in)
}

// inputID names an input by where it came from and which report it brought, so that the
// same file again is the same input and a changed file is a new one.
func inputID(ctx context.Context, origin, report string) string {
	sum := sha256.Sum256([]byte(into(ctx) + "\x00" + origin + "\x00" + report))
	return "i" + hex.EncodeToString(sum[:12])
}

func (p *Pipeline) ingestDocument(ctx context.Context, doc intake.Document, cause error, path string, h intake.Hints) (outcome, error) {
	origin := doc.Origin
	switch {
	case cause != nil:
		return p.refuse(ctx, path, cause)
	case doc.Contents != nil:
		return p.keepArchive(ctx, doc)
	case origin != path: // what is said of a file is not said of each that stands in it
		h.URL, h.Title = "", ""
	}
	known, err := p.describe(ctx, &doc, h)
	if err != nil {
		return outcome{}, err
	}
	// The original is archived before the base knows of it: a crash in between leaves a
	// file that the same command adopts, never a report without its original.
	if _, err := p.Vault.Put(ctx, doc.Original); err != nil {
		return outcome{}, fmt.Errorf("archive %s: %w", origin, err)
	}
	reading, err := p.read(ctx, doc.Report, doc.Text)
	if err != nil {
		in := corvee.Input{Origin: origin, Report: doc.Report.ID}
		return p.refuse(ctx, in.Origin, fmt.Errorf("reading: %w", err))
	}
	in := p.inputOf(ctx, origin, doc, reading.unread)
	err = p.Store.Update(ctx, func(tx store.Tx) error { return p.save(ctx, tx, &in, doc, reading, known) })
	if err != nil {
		return outcome{}, fmt.Errorf("store %s: %w", origin, err)
	}
	return p.outcomeOf(ctx, in, reading)
}

// keepArchive keeps the state of a file that is no report but holds some.
func (p *Pipeline) keepArchive(ctx context.Context, doc intake.Document) (outcome, error) {
	c := doc.Contents
	in := corvee.Input{
		ID: inputID(ctx, doc.Origin, ""), Collection: into(ctx), Origin: doc.Origin, State: corvee.InputDone,
		Tool: doc.Tool, Bytes: c.Bytes, At: p.now(),
		Reason: fmt.Sprintf("no report itself; of what stands in it %d read, %d refused, %d no documents", c.Read, c.Refused, c.LeftOut),
	}
	return outcome{input: in}, p.Store.Update(ctx, func(tx store.Tx) error { return p.putInput(ctx, tx, in) })
}

func (p *Pipeline) outcomeOf(ctx context.Context, in corvee.Input, r reading) (outcome, error) {
	view, err := p.Report(ctx, in.Report)
	out := outcome{input: in, view: view}
	if r.unread != "" {
		out.rejected = rejectedOf(in)
	}
	return out, err
}

// describe completes a document's metadata: what was given now wins, then what the base
// knows, then what the document says of itself. A text that the base holds is frozen and
// taken from there. It reports whether the base knew the report with just this metadata.
func (p *Pipeline) describe(ctx context.Context, doc *intake.Document, h intake.Hints) (known bool, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		before, err := tx.Report(ctx, doc.Report.ID)
		if errors.Is(err, corvee.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		described := before
		overlay(&described, h)
		known = described == before
		doc.Report = described
		doc.Text, err = tx.Text(ctx, before.ID)
		return err
	})
	if doc.Report.Lang == "" {
		doc.Report.Lang = read.Language(doc.Text)
	}
	if doc.Report.CapturedAt.IsZero() {
		doc.Report.CapturedAt = p.now()
	}
	return known, err
}

func overlay(r *corvee.Report, h intake.Hints) {
	set := func(field *string, given string) {
		if given != "" {
			*field = given
		}
	}
	set(&r.URL, h.URL)
	set(&r.Title, h.Title)
	set(&r.Publisher, h.Publisher)
	set(&r.Lang, h.Lang)
	if h.Published.Known() {
		r.Published = h.Published
	}
}

// reading is what the rules made of a text; unread says why they made nothing of it.
type reading struct {
	claims []corvee.Claim
	unread string
}

func (p *Pipeline) read(ctx context.Context, r corvee.Report, t corvee.Text) (reading, error) {
	var out reading
	for c, err := range p.Reader.Claims(ctx, r, t) {
		if errors.Is(err, corvee.ErrUnsupported) {
			return reading{unread: err.Error()}, nil
		}
		if err != nil {
			return reading{}, err
		}
		out.claims = append(out.claims, c)
	}
	return out, nil
}

const remedyUnread = "the text is kept and can be read on its page, where claims can be added by hand; " +
	"read it again with a version that has a reader for its language"

func (p *Pipeline) inputOf(ctx context.Context, origin string, doc intake.Document, unread string) corvee.Input {
	in := corvee.Input{
		ID: inputID(ctx, origin, doc.Report.ID), Collection: into(ctx), Origin: origin,
		Report: doc.Report.ID, State: corvee.InputDone, Tool: doc.Tool, Bytes: doc.Report.Bytes, At: p.now(),
	}
	if unread != "" {
		in.Reason, in.Remedy = unread, remedyUnread
	}
	return in
}

// save writes a report, its claims and its input in one transaction.
func (p *Pipeline) save(ctx context.Context, tx store.Tx, in *corvee.Input, doc intake.Document, r reading, known bool) error {
	if err := p.placeInput(ctx, tx, in); err != nil {
		return err
	}
	rules, err := tx.RulesOf(ctx, doc.Report.ID)
	if err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return err
	}
	if !known || acting(ctx).Collection != "" {
		if err := tx.PutReport(ctx, acting(ctx).Collection, doc.Report, doc.Text); err != nil {
			return err
		}
	}
	if !known || rules != p.Reader.Version() {
		if err := p.saveClaims(ctx, tx, doc.Report, r.claims); err != nil {
			return err
		}
	}
	return p.putInput(ctx, tx, *in)
}

func (p *Pipeline) saveClaims(ctx context.Context, tx store.Tx, r corvee.Report, claims []corvee.Claim) error {
	if err := tx.ReplaceClaims(ctx, r.ID, p.Reader.Version(), claims); err != nil {
		return err
	}
	if err := p.sortOut(ctx, tx, r.ID); err != nil {
		return err
	}
	return p.record(ctx, tx, "report.read", "report", r.ID, map[string]any{
		"report": r, "rules": p.Reader.Version(), "claims": len(claims),
	})
}

// placeInput decides whether an input is the one that brought the report or a duplicate,
// and takes over the row of an earlier failure of the same origin.
func (p *Pipeline) placeInput(ctx context.Context, tx store.Tx, in *corvee.Input) error {
	for _, id := range []string{in.ID, inputID(ctx, in.Origin, "")} {
		before, err := tx.Input(ctx, id)
		if errors.Is(err, corvee.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if before.Report == in.Report {
			if in.ID = id; before.State == corvee.InputDuplicate {
				duplicate(in)
			}
			return nil
		}
		if before.Report == "" {
			in.ID = id
			break
		}
	}
	if _, err := tx.Report(ctx, in.Report); err == nil {
		duplicate(in)
	} else if !errors.Is(err, corvee.ErrNotFound) {
		return err
	}
	return nil
}

func duplicate(in *corvee.Input) {
	in.State = corvee.InputDuplicate
	in.Reason = strings.TrimPrefix(in.Reason+"; the same bytes came before", "; ")
}

// findings assesses the claims of one report as people have left them.
func findings(r corvee.Report, claims []corvee.Claim) []corvee.Finding {
	return append(assess.Ledger(claims), assess.Dates(claims, r.Published)...)
}
