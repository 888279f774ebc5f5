package watch_test

import (
	"testing"

	"corvee"
	"corvee/store"
)

// TestTwoAtOnce: another process looks at the same feed while this one is in the middle of
// it. Each item is told once, by one of them, and none is lost.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	d := setup(t)
	d.site.put("/feed.xml", feed("/0"))
	d.site.put("/0", article(ninety, "a"))
	w := d.add(store.Watch{Kind: store.WatchFeed, Address: "/feed.xml", Read: true, Every: hour})
	d.look(0)
	for _, page := range []string{"/1", "/2", "/3"} {
		d.site.put(page, article("Some 40 North Korean men cut fish in Donggang, a cook told "+page+".", "a"))
	}
	d.site.put("/feed.xml", feed("/3", "/2", "/1", "/0"))
	d.now = d.now.Add(hour)
	var other []corvee.Message
	var mine []corvee.Message
	_, err := d.Watcher.Run(t.Context(), false, func(m corvee.Message) error {
		mine = append(mine, m)
		if m.Report == nil || other != nil {
			return nil
		}
		other = []corvee.Message{}
		_, err := d.Watcher.Run(t.Context(), false, func(m corvee.Message) error { other = append(other, m); return nil })
		return err
	})
	must(t, err)
	told := map[string]int{}
	for _, m := range append(mine, other...) {
		if m.Change != nil {
			told[m.Change.Name]++
		}
	}
	if len(told) != 3 {
		t.Errorf("told of %v, want three items", told)
	}
	for name, n := range told {
		if n != 1 {
			t.Errorf("%s was told %d times", name, n)
		}
	}
	if got := d.alerts(); len(got) != 3 {
		t.Errorf("alerts %v, want three", got)
	}
	d.want("the next look", d.look(hour))
	if _, total, err := d.Reports(t.Context(), store.ReportFilter{}); err != nil || total != 4 {
		t.Errorf("%d reports, %v; want four", total, err)
	}
	// A watch that is removed in the middle of a look does not come back.
	d.site.put("/4", article("Some 50 North Korean men cut fish in Donggang.", "a"))
	d.site.put("/feed.xml", feed("/4", "/3"))
	d.now = d.now.Add(hour)
	_, err = d.Watcher.Run(t.Context(), false, func(m corvee.Message) error {
		if m.Report == nil {
			return nil
		}
		return d.Remove(t.Context(), w.ID)
	})
	must(t, err)
	all, err := d.Watches(t.Context())
	if err != nil || len(all) != 0 {
		t.Errorf("watches %v, %v", all, err)
	}
}
