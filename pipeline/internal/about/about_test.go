package about_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/pipeline/internal/about"
	"corvee/store"
)

func TestSubjects(t *testing.T) {
	t.Parallel()
	dandong := corvee.Place{ID: "dandong", Name: "丹东", Country: "CN", Precision: corvee.AtCity}
	claims := []corvee.Claim{
		{ID: "a", Kind: corvee.KindActivity, Polarity: corvee.Positive, Sector: corvee.SectorGarments, Review: corvee.ReviewUnreviewed,
			Employer: "Qilan", Site: "Qilan", Places: []corvee.Place{dandong}, Countries: []string{"CN"}},
		{ID: "b", Kind: corvee.KindWage, Polarity: corvee.Positive, Review: corvee.ReviewAccepted, Employer: "Qilan", Site: "the mill", Places: []corvee.Place{dandong, {Name: "nowhere"}}},
		{ID: "c", Kind: corvee.KindActivity, Polarity: corvee.Negative, Sector: corvee.SectorGarments, Review: corvee.ReviewUnreviewed, Places: []corvee.Place{dandong}},
		{ID: "d", Kind: corvee.KindWage, Review: corvee.ReviewRejected, Employer: "Lansui"},
		{ID: "e", Kind: corvee.KindWage, Review: corvee.ReviewObsolete, Employer: "Lansui", Countries: []string{"RU"}},
	}
	want := []store.Subject{
		{Kind: store.AboutReport, Count: 5, Unreviewed: 2},
		{Kind: store.AboutParty, Key: "Qilan", Count: 2, Unreviewed: 1, Countries: []string{"CN"}, Claims: []string{"a", "b"}},
		{Kind: store.AboutPlace, Key: "dandong", Name: "丹东", Count: 3, Unreviewed: 2},
		{Kind: store.AboutActivity, Key: "dandong", Count: 1, Unreviewed: 1, Sector: corvee.SectorGarments, Claims: []string{"a"}},
		{Kind: store.AboutCountry, Key: "CN", Count: 1, Unreviewed: 1},
		{Kind: store.AboutParty, Key: "the mill", Count: 1, Claims: []string{"b"}},
	}
	if diff := cmp.Diff(want, about.Subjects(claims)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
