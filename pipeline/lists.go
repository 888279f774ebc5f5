package pipeline

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"corvee"
	"corvee/lists"
	"corvee/store"
)

// ImportLists reads official lists and puts each in place of its earlier copy, all in one
// transaction: a file that is broken as a whole, a list that shrank or that has changed
// its shape leaves the last good copy. It emits a rejected line for each row that could
// not be used, and each list as it now stands.
func (p *Pipeline) ImportLists(ctx context.Context, files []lists.File, emit Emit) (corvee.Summary, error) {
	return p.importLists(ctx, files, lists.Refuse, emit)
}

// ImportShrunken is ImportLists for a person who has looked: a list that shrank or that
// has changed its shape is taken too.
func (p *Pipeline) ImportShrunken(ctx context.Context, files []lists.File, emit Emit) (corvee.Summary, error) {
	accept := func(lists.Copy, lists.Copy, []lists.Unread, lists.Limits) error { return nil }
	return p.importLists(ctx, files, accept, emit)
}

type guard func(last, next lists.Copy, unread []lists.Unread, l lists.Limits) error

func (p *Pipeline) importLists(ctx context.Context, files []lists.File, refuse guard, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	imported, err := lists.Read(files)
	if err != nil {
		return sum, err
	}
	versions := p.merged(imported.Versions)
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		for _, v := range versions {
			next := lists.Copy{Version: v, Listings: slices.Collect(ofList(imported.Listings, v.List))}
			if err := replace(ctx, tx, next, imported.Unread, refuse); err != nil {
				return err
			}
			if err := p.record(ctx, tx, "list.imported", v.List, "", v); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return sum, err
	}
	return p.emitImport(imported, versions, emit)
}

func replace(ctx context.Context, tx store.Tx, next lists.Copy, unread []lists.Unread, refuse guard) error {
	list := next.Version.List
	last, err := standing(ctx, tx, list)
	if err != nil {
		return err
	}
	limits, err := lists.LimitsOf(list)
	if err != nil {
		return err
	}
	if last.Version.List != "" {
		if err := refuse(last, next, unread, limits); err != nil {
			return err
		}
	}
	if err := tx.ReplaceList(ctx, next.Version, slices.Values(next.Listings)); err != nil {
		return fmt.Errorf("list %s: %w", list, err)
	}
	return nil
}

// standing returns the copy of a list that the base holds; the zero Copy when it holds
// none.
func standing(ctx context.Context, tx store.Tx, list string) (last lists.Copy, err error) {
	versions, err := tx.ListVersions(ctx)
	at := slices.IndexFunc(versions, func(v corvee.ListVersion) bool { return v.List == list })
	if err != nil || at < 0 {
		return last, err
	}
	last.Version = versions[at]
	for l, err := range tx.Listings(ctx) {
		if err != nil {
			return last, err
		}
		if l.List == list {
			last.Listings = append(last.Listings, l)
		}
	}
	return last, nil
}

// ListDiff emits what files hold of a list beyond the copy in the base, and what they no
// longer hold; nothing is changed. It returns ErrNotFound when the base does not have the
// list, ErrInvalid when the files are of another.
func (p *Pipeline) ListDiff(ctx context.Context, list string, files []lists.File, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	imported, err := lists.Read(files)
	if err != nil {
		return sum, err
	}
	if !slices.ContainsFunc(imported.Versions, func(v corvee.ListVersion) bool { return v.List == list }) {
		return sum, fmt.Errorf("%w: %s holds nothing of the list %q; it is %q", corvee.ErrInvalid, files[0].Name, list, imported.Versions[0].List)
	}
	var last lists.Copy
	err = p.Store.View(ctx, func(tx store.Tx) error {
		last, err = standing(ctx, tx, list)
		return err
	})
	if err == nil && last.Version.List == "" {
		err = fmt.Errorf("list %q: %w", list, corvee.ErrNotFound)
	}
	if err != nil {
		return sum, err
	}
	for _, c := range lists.Compare(last.Listings, slices.Collect(ofList(imported.Listings, list))) {
		sum.Changes++
		if err := emit(corvee.Message{Change: &c}); err != nil {
			return sum, err
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

func (p *Pipeline) emitImport(imported lists.Import, versions []corvee.ListVersion, emit Emit) (corvee.Summary, error) {
	sum := corvee.Summary{Rejected: len(imported.Rejected)}
	for i := range imported.Rejected {
		if err := emit(corvee.Message{Rejected: &imported.Rejected[i]}); err != nil {
			return sum, err
		}
	}
	for _, u := range imported.Unread {
		sum.Rejected++
		if err := emit(corvee.Message{Rejected: &corvee.Rejected{Input: u.File, Row: &u.Row, Reason: u.Column + " is not in the layout of the list: not read",
			Remedy: "nothing is lost that was read before; look at the publisher's description of the format"}}); err != nil {
			return sum, err
		}
	}
	for _, v := range versions {
		info, err := p.listInfo(v)
		if err != nil {
			return sum, err
		}
		if err := emit(corvee.Message{List: &info}); err != nil {
			return sum, err
		}
	}
	return sum, emit(corvee.Message{Summary: &sum})
}

func ofList(all []corvee.Listing, list string) iter.Seq[corvee.Listing] {
	return func(yield func(corvee.Listing) bool) {
		for _, l := range all {
			if l.List == list && !yield(l) {
				return
			}
		}
	}
}

// merged joins the versions of files that make one list (OFAC's three) into one, which names
// each file and, where rows of it could not be used, how many: ALT and ADD of another day
// speak of entries that the SDN file does not have.
func (p *Pipeline) merged(files []corvee.ListVersion) []corvee.ListVersion {
	parts := map[string]int{}
	for _, v := range files {
		parts[v.List]++
	}
	var out []corvee.ListVersion
	for _, v := range files {
		v.Imported = p.now()
		if parts[v.List] > 1 && v.Rejected > 0 {
			v.File += fmt.Sprintf(" (%d rows rejected)", v.Rejected)
		}
		at := slices.IndexFunc(out, func(o corvee.ListVersion) bool { return o.List == v.List })
		if at < 0 {
			out = append(out, v)
			continue
		}
		o := &out[at]
		o.File, o.SHA256 = strings.Join([]string{o.File, v.File}, " + "), strings.Join([]string{o.SHA256, v.SHA256}, "+")
		o.Listings, o.Rejected = o.Listings+v.Listings, o.Rejected+v.Rejected
		o.Unread = append(o.Unread, v.Unread...)
	}
	return out
}

// ListStatus returns each list with its age, ordered by name.
func (p *Pipeline) ListStatus(ctx context.Context) ([]corvee.ListInfo, error) {
	var versions []corvee.ListVersion
	err := p.Store.View(ctx, func(tx store.Tx) (err error) {
		versions, err = tx.ListVersions(ctx)
		return err
	})
	var out []corvee.ListInfo
	for _, v := range versions {
		info, err := p.listInfo(v)
		if err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	return out, err
}

// listInfo counts age from the day that the list is of; from its import when that is not
// known, since it cannot be younger.
func (p *Pipeline) listInfo(v corvee.ListVersion) (corvee.ListInfo, error) {
	limits, err := lists.LimitsOf(v.List)
	info := corvee.ListInfo{ListVersion: v, Source: limits.Source}
	day := v.Imported
	if v.Date.Known() {
		first := v.Date.First()
		day = time.Date(first.Year, time.Month(first.Month), first.Day, 0, 0, 0, 0, time.UTC)
	}
	info.AgeDays = int(p.now().Sub(day) / (24 * time.Hour))
	info.Stale = info.AgeDays > limits.StaleDays
	return info, err
}
