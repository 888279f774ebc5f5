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
// transaction: a file that is broken as a whole leaves the last good copy. It emits a
// rejected line for each row that could not be used, and each list as it now stands.
func (p *Pipeline) ImportLists(ctx context.Context, files []lists.File, emit Emit) (corvee.Summary, error) {
	var sum corvee.Summary
	imported, err := lists.Read(files)
	if err != nil {
		return sum, err
	}
	versions := p.merged(imported.Versions)
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		for _, v := range versions {
			if err := tx.ReplaceList(ctx, v, ofList(imported.Listings, v.List)); err != nil {
				return fmt.Errorf("list %s: %w", v.List, err)
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

func (p *Pipeline) emitImport(imported lists.Import, versions []corvee.ListVersion, emit Emit) (corvee.Summary, error) {
	sum := corvee.Summary{Rejected: len(imported.Rejected)}
	for i := range imported.Rejected {
		if err := emit(corvee.Message{Rejected: &imported.Rejected[i]}); err != nil {
			return sum, err
		}
	}
	for _, v := range versions {
		if err := emit(corvee.Message{List: p.listInfo(v)}); err != nil {
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

// merged joins the versions of files that make one list (OFAC's three) into one.
func (p *Pipeline) merged(files []corvee.ListVersion) []corvee.ListVersion {
	var out []corvee.ListVersion
	for _, v := range files {
		v.Imported = p.now()
		at := slices.IndexFunc(out, func(o corvee.ListVersion) bool { return o.List == v.List })
		if at < 0 {
			out = append(out, v)
			continue
		}
		o := &out[at]
		o.File, o.SHA256 = strings.Join([]string{o.File, v.File}, " + "), strings.Join([]string{o.SHA256, v.SHA256}, "+")
		o.Listings, o.Rejected = o.Listings+v.Listings, o.Rejected+v.Rejected
	}
	return out
}

// ListStatus returns each list with its age.
func (p *Pipeline) ListStatus(ctx context.Context) ([]corvee.ListInfo, error) {
	var out []corvee.ListInfo
	err := p.Store.View(ctx, func(tx store.Tx) error {
		versions, err := tx.ListVersions(ctx)
		out = nil
		for _, v := range versions {
			out = append(out, *p.listInfo(v))
		}
		return err
	})
	return out, err
}

func (p *Pipeline) listInfo(v corvee.ListVersion) *corvee.ListInfo {
	info := &corvee.ListInfo{ListVersion: v}
	if v.Date.Known() {
		first := v.Date.First()
		day := time.Date(first.Year, time.Month(first.Month), first.Day, 0, 0, 0, 0, time.UTC)
		info.AgeDays = int(p.now().Sub(day) / (24 * time.Hour))
	}
	return info
}
