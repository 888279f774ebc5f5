package picture_test

import (
	"testing"

	"pgregory.net/rapid"

	"corvee"
	"corvee/present/picture"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	m := picture.Places([]picture.Place{
		{Lat: "40.12917", Lon: "124.39472", Precision: corvee.AtCity}, {Lat: "41.3", Lon: "122.6", Precision: corvee.AtProvince}, {Lat: "", Lon: "1"}, {Lat: "91", Lon: "0"},
	})
	city, province := m.Circles[0], m.Circles[1]
	if city.X <= province.X || city.Y <= province.Y || city.R >= province.R || !province.Region || city.Region {
		t.Errorf("a city south-east of a province's middle: %+v %+v", city, province)
	}
	if m.Circles[2].R != 0 || m.Circles[3].R != 0 {
		t.Errorf("what has no degrees is drawn: %+v", m.Circles)
	}
	if len(m.Lines) == 0 || len(m.Grid) == 0 {
		t.Error("no coast, or no grid")
	}
	if empty := picture.Places(nil); len(empty.Lines) != 0 {
		t.Error("a map of nothing shows coasts")
	}
}

// Every circle lies in the drawing, wherever places are.
func TestPlacesLieWithin(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		degree := func(most int) string {
			return corvee.Int(int64(rapid.IntRange(-most, most).Draw(t, "degree"))).String()
		}
		var places []picture.Place
		for range rapid.IntRange(1, 6).Draw(t, "places") {
			places = append(places, picture.Place{Lat: degree(80), Lon: degree(179), Precision: rapid.SampledFrom([]corvee.PlacePrecision{corvee.AtCity, corvee.AtProvince, "odd"}).Draw(t, "precision")})
		}
		m := picture.Places(places)
		for _, c := range m.Circles {
			if c.R <= 0 || c.X < 0 || c.X > m.Width || c.Y < 0 || c.Y > m.Height {
				t.Fatalf("%+v is outside of %d×%d", c, m.Width, m.Height)
			}
		}
	})
}

func TestColumns(t *testing.T) {
	t.Parallel()
	got := picture.Columns([]int{0, 1, 1000}, 90, 30)
	if got[0].Height != 0 || got[1].Height != 2 || got[2].Height != 30 || got[2].X != 60 {
		t.Errorf("%+v", got)
	}
}
