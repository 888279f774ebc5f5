package subject

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"corvee"
	"corvee/pipeline/glance"
	"corvee/present"
	out "corvee/present/dossier"
	"corvee/web/frame"
	"corvee/web/words"
)

// dossiersPage previews what would leave, before anything does.
type dossiersPage struct {
	Name, Problem   string
	Subject, Kind   string
	Made, Reviewed  string
	Counts          []countLine
	Withheld        []out.Withheld
	Covered         int // claims with words covered
	Unreviewed      int
	HTML, JSON, Bag string
	Question        string
	Choose          []countLine
}

type countLine struct {
	Count       int
	What, Href  string
	Description string
}

func (s *room) dossiers(r *http.Request) (frame.View, error) {
	v := frame.View{Template: "dossiers", Title: "Dossiers", Nav: "/dossiers"}
	p := dossiersPage{Name: r.URL.Query().Get("name")}
	if p.Name == "" {
		now, err := s.glance.Now(r.Context())
		if err != nil {
			return v, err
		}
		p.choose(now)
		v.Body = p
		return v, nil
	}
	d, err := s.dossierOf(r, p.Name)
	switch {
	case errors.Is(err, corvee.ErrNotFound), errors.Is(err, corvee.ErrInvalid):
		p.Problem = "No claim of this base names “" + words.Excerpt(present.Clean(p.Name), 80) + "” as a site, an employer, a place or a country."
		v.Status = http.StatusNotFound
	case err != nil:
		return v, err
	default:
		p.preview(d)
		v.Title = words.Excerpt(p.Subject, 60) + " · Dossier"
	}
	v.Body = p
	return v, nil
}

const mostChoices = 40

func sortCounts(lines []countLine) {
	slices.SortFunc(lines, func(a, b countLine) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.What, b.What), cmp.Compare(a.Description, b.Description))
	})
}

func (p *dossiersPage) choose(now *glance.View) {
	for what, parties := range map[string][]glance.Party{"site": now.Sites(), "organisation": now.Employers()} {
		for _, party := range parties[:min(len(parties), mostChoices)] {
			p.Choose = append(p.Choose, countLine{party.Claims, present.Clean(party.Name), "/dossiers?" + url.Values{"name": {party.Name}}.Encode(), what})
		}
	}
	sortCounts(p.Choose)
}

func (p *dossiersPage) preview(d out.Dossier) {
	p.Subject, p.Kind, p.Made, p.Reviewed = present.Clean(d.Subject), d.Kind, d.Made.String(), d.Reviewed
	p.Withheld = d.Withheld
	for _, c := range d.Claims {
		if len(c.Redactions) > 0 {
			p.Covered++
		}
		if c.Claim.Review == corvee.ReviewUnreviewed {
			p.Unreviewed++
		}
	}
	p.Counts = append(p.Counts, []countLine{
		{len(d.Claims), "claims with their quotes", "", ""}, {len(d.Reports), "reports", "", ""}, {len(d.Questions), "questions with their positions", "", ""},
		{len(d.Denials), "denials", "", ""}, {len(d.Waterfalls), "waterfalls of a wage", "", ""}, {len(d.Law), "instruments that the facts bear on", "", ""},
	}...)
	save := "/dossier?" + url.Values{"name": {p.Name}}.Encode()
	p.HTML, p.JSON, p.Bag = save, save+"&as=json", save+"&as=bag"
	p.Question = "/questions?" + url.Values{"name": {p.Name}}.Encode()
}

// bag packs a dossier's bag into one file, so that a browser can save it.
func bag(b *bytes.Buffer, d out.Dossier) error {
	files, err := out.Bag(d)
	if err != nil {
		return err
	}
	z := zip.NewWriter(b)
	for _, f := range files {
		w, err := z.Create("dossier/" + f.Path)
		if err != nil {
			return err
		}
		if _, err := w.Write(f.Bytes); err != nil {
			return err
		}
	}
	return z.Close()
}
