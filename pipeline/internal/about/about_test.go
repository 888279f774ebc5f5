package about_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/corroborate"
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
		{Kind: store.AboutParty, Key: "Qilan", Count: 2, Unreviewed: 1, Countries: []string{"CN"}, Claims: []string{"a", "b"},
			Naming: &store.Naming{As: []string{"employer", "site"}, Places: []corvee.Place{dandong, {Name: "nowhere"}}, Countries: []string{"CN"}, Sectors: []corvee.Sector{corvee.SectorGarments}, With: []string{"the mill"}}},
		{Kind: store.AboutPlace, Key: "dandong", Name: "丹东", Count: 3, Unreviewed: 2, Naming: &store.Naming{Places: []corvee.Place{dandong}}},
		{Kind: store.AboutActivity, Key: "dandong", Count: 1, Unreviewed: 1, Sector: corvee.SectorGarments, Claims: []string{"a"}},
		{Kind: store.AboutCountry, Key: "CN", Count: 1, Unreviewed: 1},
		{Kind: store.AboutParty, Key: "the mill", Count: 1, Claims: []string{"b"},
			Naming: &store.Naming{As: []string{"site"}, Places: []corvee.Place{dandong, {Name: "nowhere"}}, With: []string{"Qilan"}}},
	}
	if diff := cmp.Diff(want, about.Subjects(claims)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is kept beside a report tells who is who just as its claims do.
func TestNamings(t *testing.T) {
	t.Parallel()
	dandong := corvee.Place{ID: "dandong", Name: "丹东", Country: "CN", Precision: corvee.AtCity}
	claims := []corvee.Claim{
		{ID: "a", Sector: corvee.SectorGarments, Employer: "Dandong Qilan Textile", Site: "the mill", Places: []corvee.Place{dandong}, Countries: []string{"CN"}},
		{ID: "b", Employer: "Dandong Qilan Textile", Countries: []string{"CN"}},
	}
	rows := about.Subjects(claims)
	for i := range rows {
		rows[i].Report = "r"
	}
	ids := func(named []corroborate.Naming) (out []string) {
		for _, e := range corroborate.PartiesOf(named, nil).Entities() {
			out = append(out, e.ID+" "+e.At+" "+e.Name)
		}
		return out
	}
	got, want := ids(about.Namings(rows)), ids(corroborate.Namings("r", claims))
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 3 {
		t.Error(diff, got)
	}
}
