package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/intake/fetch"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/store"
)

// Chosen returns the sources of the given names; of every list that has a file, without a
// name. from puts an address in place of the known ones, and may name a list that nobody
// knows. It returns ErrInvalid for a name that is neither.
func Chosen(names []string, from map[string]string) ([]lists.Source, error) {
	known, err := lists.Sources()
	if err != nil {
		return nil, err
	}
	var out []lists.Source
	if len(names) == 0 && len(from) == 0 {
		return slices.DeleteFunc(known, func(s lists.Source) bool { return len(s.Addresses) == 0 }), nil
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(append(slices.Collect(maps.Keys(from)), names...)))) {
		at := slices.IndexFunc(known, func(s lists.Source) bool { return s.Name == name })
		address := from[name]
		switch {
		case at < 0 && address == "":
			return nil, fmt.Errorf("%w: no list is known as %q; known are %s, or say --from %s=URL", corvee.ErrInvalid, name, namesOf(known), name)
		case at < 0:
			out = append(out, lists.Source{Name: name, Addresses: []string{address}, Page: address})
			continue
		case address != "":
			known[at].Addresses = []string{address}
		}
		out = append(out, known[at])
	}
	return out, nil
}

func namesOf(sources []lists.Source) string {
	var names []string
	for _, s := range sources {
		names = append(names, s.Name)
	}
	return strings.Join(names, ", ")
}

// UpdateOptions says how lists are updated. Told, if given, is told of each source as it
// ends.
type UpdateOptions struct {
	AcceptShrunken bool
	Told           func(source, how string)
}

// How a source ended.
const (
	Updated   = "updated"
	Unchanged = "unchanged"
	Failed    = "not updated; the last good copy is kept"
)

// UpdateLists fetches each source unless the server says, or its bytes show, that it is
// what the base holds, and puts it in place of the earlier copy as ImportLists does. A
// source that cannot be fetched, that shrank or that has changed its shape leaves the last
// good copy and is a rejected line, not the end.
func (r *Remote) UpdateLists(ctx context.Context, sources []lists.Source, o UpdateOptions, emit pipeline.Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	for _, s := range sources {
		how, err := r.update(ctx, s, o, &sum, emit)
		if ctx.Err() != nil {
			return sum, ctx.Err()
		}
		if err != nil {
			how = Failed
			sum.Rejected++
			if err := emit(corvee.Message{Rejected: rejectedSource(s, err)}); err != nil {
				return sum, err
			}
		}
		if o.Told != nil {
			o.Told(s.Name, how)
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

func rejectedSource(s lists.Source, err error) *corvee.Rejected {
	out := &corvee.Rejected{Input: s.Name, Reason: err.Error(), Remedy: "try again; if it stays so, save the file from " + s.Page + " and corvee lists import it"}
	rejection := RejectionOf(err)
	switch {
	case rejection != nil:
		out.Reason, out.Remedy = rejection.Reason, rejection.Remedy
	case errors.Is(err, lists.ErrRefused):
		out.Remedy = "look at what is different; --accept-shrunken takes a list that shrank or changed its shape"
	}
	return out
}

func (r *Remote) update(ctx context.Context, s lists.Source, o UpdateOptions, sum *corvee.Summary, emit pipeline.Emit) (string, error) {
	if len(s.Addresses) == 0 {
		return "", intake.NewRejection(corvee.ErrUnsupported, false, "its publisher has no file of it for machines",
			"save the table from "+s.Page+" and corvee lists import it")
	}
	held, err := r.holds(ctx, s)
	if err != nil {
		return "", err
	}
	files, visits, err := r.bring(ctx, s, held)
	if err != nil {
		return "", err
	}
	if files == nil {
		return Unchanged, errors.Join(r.remember(ctx, visits), r.show(ctx, s, emit))
	}
	importLists := r.base.ImportLists
	if o.AcceptShrunken {
		importLists = r.base.ImportShrunken
	}
	one, err := importLists(ctx, files, WithoutSummary(emit))
	sum.Rejected += one.Rejected
	if err != nil {
		return "", err
	}
	return Updated, r.remember(ctx, visits)
}

// holds reports whether the base holds a copy of the list: without one, what was fetched
// before counts for nothing.
func (r *Remote) holds(ctx context.Context, s lists.Source) (bool, error) {
	all, err := r.base.ListStatus(ctx)
	return slices.ContainsFunc(all, func(l corvee.ListInfo) bool { return s.List == "" || l.List == s.List }), err
}

// bring fetches the files of a source. They are nil when none of them is other than at the
// last visit; when one is, all are needed, since together they make the list.
func (r *Remote) bring(ctx context.Context, s lists.Source, held bool) ([]lists.File, []store.Visit, error) {
	files := make([]lists.File, len(s.Addresses))
	visits := make([]store.Visit, len(s.Addresses))
	same := make([]bool, len(s.Addresses))
	for i, address := range s.Addresses {
		var err error
		if files[i], visits[i], same[i], err = r.bringFile(ctx, address, held); err != nil {
			return nil, nil, err
		}
	}
	if !slices.Contains(same, false) {
		return nil, visits, nil
	}
	for i, address := range s.Addresses {
		if files[i].Body != nil {
			continue
		}
		var err error
		if files[i], visits[i], _, err = r.bringFile(ctx, address, false); err != nil {
			return nil, nil, err
		}
	}
	return dated(files, visits), visits, nil
}

// bringFile fetches one file; same says that it is what it was at the last visit.
func (r *Remote) bringFile(ctx context.Context, address string, conditional bool) (file lists.File, now store.Visit, same bool, err error) {
	var last store.Visit
	if conditional {
		if last, err = r.lastVisit(ctx, address); err != nil {
			return file, now, false, err
		}
	}
	// One file that its publisher gives for download is no crawling.
	got, err := r.web.Get(ctx, fetch.Request{URL: address, IgnoreRobots: true, NoArchive: true, ETag: last.ETag, LastModified: last.LastModified})
	if err != nil {
		return file, now, false, err
	}
	if got.Unchanged {
		last.At = got.At
		return file, last, true, nil
	}
	sum := sha256.Sum256(got.Body)
	now = store.Visit{Address: address, ETag: got.ETag, LastModified: got.LastModified, Hash: hex.EncodeToString(sum[:]), At: got.At}
	name := nameOf(address)
	if name == "" {
		name = address
	}
	return lists.File{Name: name, Body: got.Body}, now, now.Hash == last.Hash, nil
}

// dated gives the files of a format that does not say its own day the day on which their
// server says that they were last changed.
func dated(files []lists.File, visits []store.Visit) []lists.File {
	if format, err := lists.Recognise(files); err != nil || format != lists.FormatOFAC {
		return files // what is wrong with them is said when they are read
	}
	for i := range files {
		if at, err := http.ParseTime(visits[i].LastModified); err == nil {
			files[i].Date, _ = corvee.ParseDate(at.UTC().Format(time.DateOnly))
		}
	}
	return files
}

func (r *Remote) lastVisit(ctx context.Context, address string) (v store.Visit, err error) {
	err = r.base.Store.View(ctx, func(tx store.Tx) (err error) {
		v, err = tx.Visit(ctx, address)
		return err
	})
	if errors.Is(err, corvee.ErrNotFound) {
		return store.Visit{}, nil
	}
	return v, err
}

func (r *Remote) remember(ctx context.Context, visits []store.Visit) error {
	return r.base.Store.Update(ctx, func(tx store.Tx) error {
		for _, v := range visits {
			if err := tx.PutVisit(ctx, v); err != nil {
				return fmt.Errorf("visit of %s: %w", v.Address, err)
			}
		}
		return nil
	})
}

// show emits a list as it stands.
func (r *Remote) show(ctx context.Context, s lists.Source, emit pipeline.Emit) error {
	all, err := r.base.ListStatus(ctx)
	for i := range all {
		if err == nil && all[i].List == s.List {
			err = emit(corvee.Message{List: &all[i]})
		}
	}
	return err
}
