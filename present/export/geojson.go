package export

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"corvee"
	"corvee/internal/gazetteer"
)

//go:embed precision.tsv
var precisionTSV string

// reach is the radius of a place's circle in kilometres, by its precision; a precision that
// is not there is not drawn.
var reach = sync.OnceValue(func() map[corvee.PlacePrecision]int {
	out := map[corvee.PlacePrecision]int{}
	for line := range strings.Lines(precisionTSV) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if km, err := strconv.Atoi(cells[len(cells)-1]); err == nil && len(cells) == 2 {
			out[corvee.PlacePrecision(cells[0])] = km
		}
	}
	return out
})

// properties say of a claim what a map needs, and how little the shape knows.
type properties struct {
	No        int                   `json:"no"`
	Claim     string                `json:"claim"`
	Kind      corvee.Kind           `json:"kind"`
	Statement string                `json:"statement"`
	Quote     string                `json:"quote"`
	Place     string                `json:"place,omitempty"`
	PlaceID   string                `json:"place_id,omitempty"`
	Precision corvee.PlacePrecision `json:"precision,omitempty"`
	RadiusKm  int                   `json:"radius_km,omitempty"`
	Middle    string                `json:"middle,omitempty"` // where the middle of the circle comes from
	Countries []string              `json:"countries,omitempty"`
	When      string                `json:"when,omitempty"` // EDTF
	Origins   *corvee.OriginCount   `json:"origins,omitempty"`
	Review    corvee.Review         `json:"review"`
	Publisher string                `json:"publisher,omitempty"`
	Published corvee.Date           `json:"published"`
	URL       string                `json:"url,omitempty"`
	Why       string                `json:"why,omitempty"` // why it is not drawn
}

func (r row) properties() properties {
	p := properties{
		No: r.No, Claim: r.Claim.ID, Kind: r.Claim.Kind, Statement: r.Gloss, Quote: r.Claim.Quote.Exact, Countries: r.Claim.Countries,
		Review: r.Claim.Review, Publisher: r.source.Publisher, Published: r.source.Published, URL: r.source.URL,
	}
	if r.Claim.When != nil && r.Claim.When.Known() {
		p.When = r.Claim.When.String()
	}
	if r.origins.Min > 0 {
		p.Origins = &r.origins
	}
	return p
}

type feature struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Geometry   geometry   `json:"geometry"`
	Properties properties `json:"properties"`
}

type geometry struct {
	Type        string                 `json:"type"`
	Coordinates [][][2]json.RawMessage `json:"coordinates"`
}

// writeGeoJSON writes a circle for each claim and place (RFC 7946): as wide as the report is
// vague, and never a point. What lies nowhere, or only in a country, is a list beside the
// map, and so are the claims without a time: neither may be lost, nor drawn as if it were
// known.
func writeGeoJSON(w io.Writer, s Set) error {
	var features, unlocated, undated []any
	for _, r := range s.rows() {
		p := r.properties()
		if p.When == "" {
			undated = append(undated, p)
		}
		if len(r.Claim.Places) == 0 {
			p.Why = "no place is told"
			unlocated = append(unlocated, p)
			continue
		}
		for _, place := range r.Claim.Places {
			if f, why := drawn(r, p, place); why != "" {
				p := p
				p.Place, p.PlaceID, p.Precision, p.Why = place.Name, place.ID, place.Precision, why
				unlocated = append(unlocated, p)
			} else {
				features = append(features, f)
			}
		}
	}
	e := printer{w: w}
	e.print(`{"type":"FeatureCollection",`)
	e.member("corvee:of", s.scope(), ",\n")
	e.member("corvee:made", s.Made, ",\n")
	e.member("corvee:notice", s.Notice+" Shapes are areas in which a place lies, not the place. Coordinates are WGS 84.", ",\n")
	e.member("corvee:withheld", s.Withheld, ",\n")
	e.list("features", features, ",\n")
	e.list("corvee:unlocated", unlocated, ",\n")
	e.list("corvee:undated", undated, "}\n")
	return e.err
}

// drawn returns the circle of a place, or why there is none.
func drawn(r row, p properties, place corvee.Place) (feature, string) {
	km, ok := reach()[place.Precision]
	if !ok {
		return feature{}, fmt.Sprintf("told as a %s only", place.Precision)
	}
	at, ok := gazetteer.Find(place.ID)
	lat, err1 := strconv.ParseFloat(at.Lat, 64)
	lon, err2 := strconv.ParseFloat(at.Lon, 64)
	if !ok || err1 != nil || err2 != nil {
		return feature{}, "its position is not in the table of places"
	}
	p.Place, p.PlaceID, p.Precision, p.RadiusKm, p.Middle = place.Name, place.ID, place.Precision, km, at.Source
	return feature{"Feature", fmt.Sprintf("c%d-%s", r.No, place.ID), geometry{"Polygon", [][][2]json.RawMessage{circle(lat, lon, km)}}, p}, ""
}

// corners is how many a circle has: as many as look round at the width of a province.
const corners = 32

// kmPerDegree is of latitude: 40,008 km of a meridian over 360.
const kmPerDegree = 111.13

// circle returns a ring, counter-clockwise and closed, to three decimals (110 m): finer would
// pretend, and coarser arithmetic gives the same digits on every machine.
func circle(lat, lon float64, km int) [][2]json.RawMessage {
	var ring [][2]json.RawMessage
	for i := range corners {
		angle := 2 * math.Pi * float64(i) / corners
		dLat := float64(km) / kmPerDegree * math.Sin(angle)
		dLon := float64(km) / (kmPerDegree * math.Cos(lat*math.Pi/180)) * math.Cos(angle)
		ring = append(ring, [2]json.RawMessage{decimals(bounded(lon+dLon, 180)), decimals(bounded(lat+dLat, 90))})
	}
	return append(ring, ring[0])
}

func bounded(x, most float64) float64 { return max(-most, min(most, x)) }

func decimals(x float64) json.RawMessage {
	s := strconv.FormatFloat(x, 'f', 3, 64)
	if s == "-0.000" {
		s = "0.000"
	}
	return json.RawMessage(s)
}

// printer writes JSON member by member, so that a large map is not held twice.
type printer struct {
	w   io.Writer
	err error
}

func (e *printer) print(s string) {
	if e.err == nil {
		_, e.err = io.WriteString(e.w, s)
	}
}

func (e *printer) value(v any) {
	raw, err := marshal(v)
	if err != nil && e.err == nil {
		e.err = err
	}
	e.print(raw)
}

func (e *printer) member(name string, v any, end string) {
	e.value(name)
	e.print(":")
	e.value(v)
	e.print(end)
}

// list writes one value a line.
func (e *printer) list(name string, values []any, end string) {
	e.value(name)
	e.print(":[")
	for i, v := range values {
		if i > 0 {
			e.print(",")
		}
		e.print("\n")
		e.value(v)
	}
	e.print("]" + end)
}

// marshal is JSON on one line without escapes for HTML.
func marshal(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}
