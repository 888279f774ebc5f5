package watch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"corvee"
	"corvee/intake"
	"corvee/intake/fetch"
	"corvee/internal/person"
	"corvee/pipeline/remote"
	"corvee/store"
)

// get asks for an address, only for what is other than at the last visit.
func (w *Watcher) get(ctx context.Context, address string) (fetch.Response, error) {
	var last store.Visit
	err := w.base.Store.View(ctx, func(tx store.Tx) (err error) {
		last, err = tx.Visit(ctx, address)
		return err
	})
	if err != nil && !errors.Is(err, corvee.ErrNotFound) {
		return fetch.Response{}, err
	}
	return w.web.Get(ctx, fetch.Request{URL: address, ETag: last.ETag, LastModified: last.LastModified})
}

// visited says that all of an answer has been taken in, so that the next look asks only
// for what is new. It comes last: a look that was cut off gets the same answer again.
func (w *Watcher) visited(ctx context.Context, address string, got fetch.Response) error {
	if got.Unchanged {
		return nil
	}
	return w.base.Store.Update(ctx, func(tx store.Tx) error {
		return tx.PutVisit(ctx, store.Visit{Address: address, ETag: got.ETag, LastModified: got.LastModified, At: got.At})
	})
}

// theItem is the one item of a watch on a page.
const theItem = "page"

// page compares the words of a page, without what stands around them on every page of the
// site, with those of the last look.
func (w *Watcher) page(ctx context.Context, l *look) error {
	address, before := l.watch.Address, l.seen[theItem]
	if before.Purged {
		return intake.NewRejection(corvee.ErrInvalid, false, "what this page brought was purged, and it is not read again",
			"remove the watch; add it again if you do want the page")
	}
	got, err := w.get(ctx, address)
	if gone(err) && before.Hash != goneHash && before.Item != "" {
		return w.found(ctx, l, []store.Seen{{Item: theItem, Hash: goneHash, Report: before.Report}},
			store.Alert{Kind: store.AlertGone, Address: address, Report: before.Report}, corvee.Change{Kind: corvee.ChangeRemoved, Name: address})
	}
	if err != nil || got.Unchanged {
		return err
	}
	words, err := w.words(ctx, address, got)
	if err != nil {
		return err
	}
	if hash := short(words...); hash != before.Hash {
		if err := w.changedPage(ctx, l, before, got, store.Seen{Item: theItem, Hash: hash}, words); err != nil {
			return err
		}
	}
	return w.visited(ctx, address, got)
}

const goneHash = "gone"

func gone(err error) bool {
	var f *fetch.Failure
	return errors.As(err, &f) && (f.Status == http.StatusNotFound || f.Status == http.StatusGone)
}

// words returns the passages of the first document of an answer, spaces made one, without
// boilerplate.
func (w *Watcher) words(ctx context.Context, address string, got fetch.Response) ([]string, error) {
	for doc, err := range w.way.Documents(ctx, address, got, intake.Hints{}) {
		if err != nil {
			return nil, err
		}
		return passages(doc.Text)
	}
	return nil, intake.NewRejection(corvee.ErrInvalid, false, "there is no document in it", "watch another address")
}

func passages(t corvee.Text) ([]string, error) {
	var out []string
	for _, b := range t.Blocks() {
		if b.Kind == corvee.BlockBoilerplate {
			continue
		}
		words, err := t.Slice(b.Span)
		if err != nil {
			return nil, err
		}
		out = append(out, strings.Join(strings.Fields(words), " "))
	}
	return out, nil
}

func (w *Watcher) changedPage(ctx context.Context, l *look, before store.Seen, got fetch.Response, now store.Seen, words []string) error {
	kind := store.AlertChanged
	if before.Item == "" {
		kind = store.AlertNew
	}
	if l.watch.Read {
		reports, err := w.way.Keep(ctx, l.watch.Address, got, nil, intake.Hints{}, l.sum, remote.WithoutSummary(l.emit))
		if err != nil {
			return err
		}
		if len(reports) > 0 {
			now.Report = reports[0]
		}
	}
	details, err := w.difference(ctx, before.Report, words)
	if err != nil {
		return err
	}
	a := store.Alert{Kind: kind, Address: l.watch.Address, Report: now.Report, Details: details}
	return w.found(ctx, l, []store.Seen{now}, a, corvee.Change{Kind: changeKind(kind), Name: l.watch.Address, Details: details})
}

// difference counts the passages that came and went since an earlier report of the page;
// nil without one.
func (w *Watcher) difference(ctx context.Context, earlier string, now []string) ([]string, error) {
	if earlier == "" {
		return nil, nil
	}
	view, err := w.base.Report(ctx, earlier)
	if errors.Is(err, corvee.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	before, err := passages(view.Text)
	if err != nil {
		return nil, err
	}
	came, went := without(now, before), without(before, now)
	return []string{fmt.Sprintf("passages: %d came, %d went", came, went)}, nil
}

// without counts the passages of one text that the other has not.
func without(these, those []string) (n int) {
	known := map[string]bool{}
	for _, p := range those {
		known[p] = true
	}
	for _, p := range these {
		if !known[p] {
			n++
		}
	}
	return n
}

// mostItems is how many items one look takes in; the rest waits for the next.
const mostItems = 200

// feed takes in the items that were not there, or that say something else than before.
func (w *Watcher) feed(ctx context.Context, l *look) error {
	return w.listed(ctx, l, l.watch.Address, 0)
}

// maxMaps is how many sitemaps an index of them may lead to in one look.
const maxMaps = 50

// sitemap does so for the pages of a site, through an index of sitemaps too.
func (w *Watcher) sitemap(ctx context.Context, l *look) error {
	return w.listed(ctx, l, l.watch.Address, maxMaps)
}

// listed takes in what a feed or sitemap lists. maps is how many further sitemaps it may
// lead to.
func (w *Watcher) listed(ctx context.Context, l *look, address string, maps int) error {
	got, err := w.get(ctx, address)
	if err != nil || got.Unchanged && maps == 0 {
		return err
	}
	if got.Unchanged { // an index may stay as it is while what it leads to changes
		if got, err = w.web.Get(ctx, fetch.Request{URL: address}); err != nil {
			return err
		}
	}
	links, err := w.base.Intake.Links(ctx, got.Body, remote.Declared(got))
	if err != nil {
		return err
	}
	whole := true
	for _, link := range links {
		link.Address = absolute(got.Address, link.Address)
		if link.Map {
			if maps--; maps >= 0 {
				err = w.listed(ctx, l, link.Address, 0)
			}
		} else if whole, err = w.item(ctx, l, link, whole); err == nil && l.more {
			return nil
		}
		if err != nil && (ctx.Err() != nil || remote.RejectionOf(err) == nil) {
			return err
		}
	}
	if !whole {
		return nil // what failed for now is asked for again
	}
	return w.visited(ctx, address, got)
}

// covered covers the people whom a title may name; nobody has looked at it yet.
func covered(title string) string { return person.Mask(title, person.Find(title)) }

// absolute resolves what a feed writes against the feed's own address; what cannot be
// resolved stays as it is and fails when it is fetched.
func absolute(base, link string) string {
	b, err := url.Parse(base)
	if err != nil || link == "" {
		return link
	}
	u, err := b.Parse(link)
	if err != nil {
		return link
	}
	return u.String()
}

// item takes in one item unless it is known; whole stays true while nothing has to be
// asked for again.
func (w *Watcher) item(ctx context.Context, l *look, link intake.Link, whole bool) (bool, error) {
	s := store.Seen{Item: short(cmp.Or(link.ID, link.Address)), Hash: short(link.Address, link.Title, link.Changed)}
	before, known := l.seen[s.Item]
	if before.Purged || known && before.Hash == s.Hash {
		return whole, nil
	}
	if l.items++; l.items > mostItems {
		l.more = true
		return false, nil
	}
	kind := store.AlertNew
	if known {
		kind = store.AlertChanged
	}
	s.Report = before.Report
	if l.watch.Read && link.Address != "" {
		got, err := w.web.Get(ctx, fetch.Request{URL: link.Address})
		if rejection := remote.RejectionOf(err); rejection != nil && rejection.Retryable {
			whole = false
		}
		reports, err := w.way.Keep(ctx, link.Address, got, err, intake.Hints{}, l.sum, remote.WithoutSummary(l.emit))
		if err != nil || !whole {
			return whole, err
		}
		if len(reports) > 0 {
			s.Report = reports[0]
		}
		if known && s.Report == before.Report {
			return whole, w.found(ctx, l, []store.Seen{s}, store.Alert{}, corvee.Change{}) // it says so, its bytes do not
		}
	}
	l.seen[s.Item] = s
	a := store.Alert{Kind: kind, Address: link.Address, Report: s.Report}
	return whole, w.found(ctx, l, []store.Seen{s}, a, corvee.Change{Kind: changeKind(kind), Name: cmp.Or(covered(link.Title), link.Address), Details: []string{link.Address}})
}
