// Package picture lays out drawings of what a table beside them says.
//
// What comes in: counts, and places with their degrees. What goes out: whole numbers that a
// template puts into SVG. Its one idea: a place is drawn as wide as it is known, never as a
// point, and nothing is in a picture that its table does not hold.
package picture

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"corvee"
)

// Place is what is drawn on a map: where, how exactly that is known, how many.
type Place struct {
	Lat, Lon  string // decimal degrees
	Precision corvee.PlacePrecision
	Count     int
}

// Circle is a place on the drawing. Region says that it stands for an area as wide as a
// province or more.
type Circle struct {
	X, Y, R int
	Region  bool
}

// Map is a drawing of places over coasts and borders, in whole units.
type Map struct {
	Width, Height int
	Lines         []string // of coasts and borders, as SVG path data
	Grid          []Degree
	Circles       []Circle // of each place, in the order given; R 0 for one that has no degrees
}

// Degree is a line of the grid with what it says.
type Degree struct {
	X1, Y1, X2, Y2 int
	Says           string
}

// Natural Earth, public domain.
//
//go:embed outline.txt
var outlines string

// point is in hundredths of a degree.
type point struct{ lon, lat int }

var arcs = sync.OnceValue(func() (out [][]point) {
	for line := range strings.Lines(outlines) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var arc []point
		for pair := range strings.FieldsSeq(line) {
			lon, lat, _ := strings.Cut(pair, ",")
			x, errX := strconv.Atoi(lon)
			y, errY := strconv.Atoi(lat)
			if errX == nil && errY == nil {
				arc = append(arc, point{x, y})
			}
		}
		out = append(out, arc)
	}
	return out
})

// reach is how far around its middle a place is drawn, in hundredths of a degree of
// latitude (1.11 km): about the extent of such a place in north-east Asia. A precision that
// is not here is drawn as a city.
func reach(p corvee.PlacePrecision) int {
	known := map[corvee.PlacePrecision]int{
		corvee.AtExact: 5, corvee.AtVicinity: 5, corvee.AtLocality: 8, corvee.AtCity: 15, corvee.AtCounty: 30, corvee.AtPrefecture: 80,
		corvee.AtProvince: 200, corvee.AtRegion: 300,
	}
	if r, ok := known[p]; ok {
		return r
	}
	return known[corvee.AtCity]
}

const (
	mapWidth  = 960
	least     = 600 // hundredths of a degree that a map shows at least
	smallest  = 7   // units that a circle has at least, to be seen and touched
	tallest   = 900 // units
	widestMap = 36000
)

// Places draws places on a map that holds all of them. Longitudes are drawn narrower than
// latitudes by the cosine of the middle latitude, in steps of ten degrees.
func Places(places []Place) Map {
	at := make([]point, len(places))
	known := make([]bool, len(places))
	box := frame{}
	for i, p := range places {
		if at[i], known[i] = degrees(p.Lat, p.Lon); known[i] {
			box.hold(at[i], reach(p.Precision))
		}
	}
	m := Map{Width: mapWidth, Height: 1, Circles: make([]Circle, len(places))}
	if !box.any {
		return m
	}
	box.widen()
	m.Height = min(tallest, box.y(box.south))
	for i, p := range places {
		if known[i] {
			r := reach(p.Precision)
			m.Circles[i] = Circle{box.x(at[i].lon), box.y(at[i].lat), max(smallest, box.size(r)), r >= 200}
		}
	}
	m.Lines, m.Grid = box.lines(), box.grid()
	return m
}

func degrees(lat, lon string) (point, bool) {
	y, errY := strconv.ParseFloat(lat, 64)
	x, errX := strconv.ParseFloat(lon, 64)
	if errX != nil || errY != nil || !(y >= -90 && y <= 90 && x >= -180 && x <= 180) {
		return point{}, false
	}
	return point{int(x * 100), int(y * 100)}, true
}

// frame is what a map shows, in hundredths of a degree.
type frame struct {
	any                      bool
	west, east, south, north int
}

func (f *frame) hold(p point, r int) {
	if !f.any {
		*f = frame{true, p.lon, p.lon, p.lat, p.lat}
	}
	f.west, f.east = min(f.west, p.lon-2*r), max(f.east, p.lon+2*r)
	f.south, f.north = min(f.south, p.lat-2*r), max(f.north, p.lat+2*r)
}

// widen leaves room around, and makes a map no narrower than it is high.
func (f *frame) widen() {
	pad := func(low, high *int, least int) {
		if short := least - (*high - *low); short > 0 {
			*low, *high = *low-short/2, *high+short/2
		}
	}
	pad(&f.south, &f.north, least)
	pad(&f.west, &f.east, max(least*2, (f.north-f.south)*160/f.narrow()))
	// At the edge of the world a map is moved, not cut: cut, it would be too narrow for its
	// height and places would fall out of it.
	if over := f.east - widestMap/2; over > 0 {
		f.west, f.east = f.west-over, widestMap/2
	}
	if over := -widestMap/2 - f.west; over > 0 {
		f.west, f.east = -widestMap/2, min(f.east+over, widestMap/2)
	}
}

// narrow is the cosine of the middle latitude in hundredths.
func (f *frame) narrow() int {
	cosines := []int{100, 98, 94, 87, 77, 64, 50, 34, 17}
	middle := (f.north + f.south) / 2
	if middle < 0 {
		middle = -middle
	}
	return cosines[min(len(cosines)-1, (middle+500)/1000)]
}

func (f *frame) x(lon int) int { return (lon - f.west) * mapWidth / max(1, f.east-f.west) }
func (f *frame) size(r int) int {
	return r * mapWidth * 100 / max(1, (f.east-f.west)*f.narrow())
}
func (f *frame) y(lat int) int { return f.size(f.north - lat) }

// lines are the arcs that come into view, each cut where it leaves it for long.
func (f *frame) lines() (out []string) {
	for _, arc := range arcs() {
		var path strings.Builder
		drawing := false
		for i, p := range arc {
			near := f.near(p) || i > 0 && f.near(arc[i-1]) || i+1 < len(arc) && f.near(arc[i+1])
			if !near {
				drawing = false
				continue
			}
			step := "L"
			if !drawing {
				step = "M"
			}
			fmt.Fprintf(&path, "%s%d %d", step, f.x(p.lon), f.y(p.lat))
			drawing = true
		}
		if path.Len() > 0 {
			out = append(out, path.String())
		}
	}
	return out
}

func (f *frame) near(p point) bool {
	return p.lon >= f.west && p.lon <= f.east && p.lat >= f.south && p.lat <= f.north
}

// grid draws a line at every few whole degrees.
func (f *frame) grid() (out []Degree) {
	step := 100
	for (f.east-f.west)/step > 12 {
		step *= 2
	}
	for lon := (f.west/step + 1) * step; lon < f.east; lon += step {
		out = append(out, Degree{f.x(lon), 0, f.x(lon), f.y(f.south), named(lon, "E", "W")})
	}
	for lat := (f.south/step + 1) * step; lat < f.north; lat += step {
		out = append(out, Degree{0, f.y(lat), mapWidth, f.y(lat), named(lat, "N", "S")})
	}
	return out
}

func named(hundredths int, plus, minus string) string {
	if hundredths < 0 {
		return strconv.Itoa(-hundredths/100) + "° " + minus
	}
	return strconv.Itoa(hundredths/100) + "° " + plus
}

// Column is one bar of a row of bars, from the ground up.
type Column struct{ X, Y, Width, Height int }

// Columns draws counts as bars in a box of this width and height, the largest as high as
// the box. A count above zero is seen.
func Columns(counts []int, width, height int) []Column {
	largest := 1
	for _, n := range counts {
		largest = max(largest, n)
	}
	out := make([]Column, len(counts))
	for i, n := range counts {
		left, right := i*width/len(counts), (i+1)*width/len(counts)
		h := n * height / largest
		if n > 0 {
			h = max(h, 2)
		}
		out[i] = Column{left, height - h, max(1, right-left-1), h}
	}
	return out
}
