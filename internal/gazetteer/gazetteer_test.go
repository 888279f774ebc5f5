package gazetteer_test

import (
	"strconv"
	"testing"

	"corvee/internal/gazetteer"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, region string
		want       bool
	}{
		{"hunchun", "jilin_prov", true}, {"hunchun", "yanbian", true}, {"hunchun", "hunchun", true},
		{"hunchun", "liaoning", false}, {"jilin_prov", "hunchun", false}, {"langtou", "liaoning", true},
		{"nowhere", "liaoning", false}, {"nowhere", "nowhere", true}, {"", "", false},
	} {
		if got := gazetteer.Within(c.id, c.region); got != c.want {
			t.Errorf("Within(%q, %q) = %t", c.id, c.region, got)
		}
	}
}

// Every row has a parent that is a row of its country, and a point on the globe or none.
func TestTable(t *testing.T) {
	t.Parallel()
	all := gazetteer.All()
	if len(all) < 100 {
		t.Fatalf("%d places", len(all))
	}
	for _, p := range all {
		if up, ok := gazetteer.Find(p.Parent); p.Parent != "" && (!ok || up.Country != p.Country || p.Parent == p.ID) {
			t.Errorf("%s lies in %q", p.ID, p.Parent)
		}
		lat, err1 := strconv.ParseFloat(p.Lat, 64)
		lon, err2 := strconv.ParseFloat(p.Lon, 64)
		if p.Lat != "" && (err1 != nil || err2 != nil || lat < -90 || lat > 90 || lon < -180 || lon > 180) {
			t.Errorf("%s: point %s %s", p.ID, p.Lat, p.Lon)
		}
		if p.Source == "" {
			t.Errorf("%s has no source", p.ID)
		}
	}
}
