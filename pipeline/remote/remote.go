// Package remote holds the use cases that begin at another machine: reading an address,
// bringing official lists up to date.
//
// What comes in: addresses. What goes out: the messages of the corvee/1 stream, as for a
// file. Its one idea: nothing here goes out but through the one Fetcher, and nothing goes
// out that was not asked for by name.
package remote

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"path"
	"strings"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/store"
)

// Remote runs the use cases on one base through one fetcher.
type Remote struct {
	base *pipeline.Pipeline
	web  *fetch.Fetcher
}

// New returns a Remote.
func New(base *pipeline.Pipeline, web *fetch.Fetcher) *Remote { return &Remote{base, web} }

// ReadOptions says what is known about the addresses from outside.
type ReadOptions struct {
	Hints        intake.Hints
	IgnoreRobots bool
	Progress     func(address string)
	// Before is what was read before these, for one summary of all.
	Before corvee.Summary
}

// Read fetches, archives, reads and stores what stands at the addresses, one after the
// other. An address that brings nothing is a message, not the end.
func (r *Remote) Read(ctx context.Context, addresses []string, o ReadOptions, emit pipeline.Emit) (corvee.Summary, error) {
	sum := o.Before
	for _, address := range addresses {
		got, err := r.web.Get(ctx, fetch.Request{URL: address, IgnoreRobots: o.IgnoreRobots})
		if _, err := r.Keep(ctx, address, got, err, o.Hints, &sum, emit); err != nil {
			return sum, err
		}
		if o.Progress != nil {
			o.Progress(address)
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

// Keep archives, reads and stores what came of an address, or why nothing came, and
// returns the reports that it brought. An error that is no rejection is returned.
func (r *Remote) Keep(ctx context.Context, asked string, got fetch.Response, failure error, h intake.Hints, sum *corvee.Summary, emit pipeline.Emit) (reports []string, err error) {
	if rejection := RejectionOf(failure); rejection != nil {
		_, err := r.base.Take(ctx, asked, intake.Document{}, rejection, h, sum, emit)
		return nil, err
	}
	if failure != nil {
		return nil, failure
	}
	h.URL = cmp.Or(h.URL, got.Address)
	for doc, rejected := range r.Documents(ctx, asked, got, h) {
		if rejected == nil && doc.Contents == nil {
			if err := r.archive(ctx, asked, got, doc.Report.ID); err != nil {
				return reports, err
			}
			doc.Report.CapturedAt = momentOf(got)
		}
		id, err := r.base.Take(ctx, asked, doc, rejected, h, sum, emit)
		if err != nil {
			return reports, err
		}
		if id != "" {
			reports = append(reports, id)
		}
	}
	return reports, nil
}

// Documents returns what stands in an answer, without keeping it.
func (r *Remote) Documents(ctx context.Context, asked string, got fetch.Response, h intake.Hints) iter.Seq2[intake.Document, error] {
	return r.base.Intake.Bytes(ctx, asked, nameOf(got.Address), Declared(got), got.Body, h)
}

// momentOf is when a body came, at the precision that the base keeps.
func momentOf(got fetch.Response) time.Time { return got.At.UTC().Truncate(time.Microsecond) }

// archive keeps the exchange that brought a report. The base is told before the bytes are
// there: a crash in between leaves a capture without its bytes, never bytes that no purge
// would find.
func (r *Remote) archive(ctx context.Context, asked string, got fetch.Response, report string) error {
	capture := store.Capture{
		Report: report, Archive: corvee.HashID(got.Archive), At: momentOf(got),
		Asked: asked, Address: got.Address, Certificates: got.Certificates,
	}
	err := r.base.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutCapture(ctx, capture); err != nil {
			return err
		}
		return r.base.Record(ctx, tx, "report.fetched", "report", report, capture)
	})
	if err != nil {
		return fmt.Errorf("capture of %s: %w", asked, err)
	}
	if _, err := r.base.Vault.Put(ctx, got.Archive); err != nil {
		return fmt.Errorf("archive %s: %w", asked, err)
	}
	return nil
}

// Captures returns how a report, by its id or the beginning of it, was fetched, oldest
// first; none for one that came from a file.
func Captures(ctx context.Context, base *pipeline.Pipeline, report string) (all []store.Capture, err error) {
	err = base.Store.View(ctx, func(tx store.Tx) error {
		r, err := tx.Report(ctx, report)
		if err != nil {
			return fmt.Errorf("report %s: %w", report, err)
		}
		all, err = tx.Captures(ctx, r.ID)
		return err
	})
	return all, err
}

// Declared is the media type of an answer as the server declared it.
func Declared(got fetch.Response) string {
	if got.Charset == "" {
		return got.MediaType
	}
	return got.MediaType + "; charset=" + got.Charset
}

// RejectionOf returns why an address brought nothing, nil when the error is none of the
// address.
func RejectionOf(err error) *intake.Rejection {
	var rejection *intake.Rejection
	if errors.As(err, &rejection) {
		return rejection
	}
	return nil
}

// Apart parts addresses of the web from paths of files.
func Apart(inputs []string) (addresses, paths []string) {
	for _, in := range inputs {
		scheme, _, ok := strings.Cut(in, "://")
		if ok && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")) {
			addresses = append(addresses, in)
		} else {
			paths = append(paths, in)
		}
	}
	return addresses, paths
}

// WithoutSummary passes on all messages but summaries, for a use case that is a part of
// another.
func WithoutSummary(emit pipeline.Emit) pipeline.Emit {
	return func(m corvee.Message) error {
		if m.Summary != nil {
			return nil
		}
		return emit(m)
	}
}

// nameOf returns the last part of an address's path, whose ending tells of a format.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" || u.Path[len(u.Path)-1] == '/' {
		return ""
	}
	return path.Base(u.Path)
}
