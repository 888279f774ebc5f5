package dossier

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"corvee/corroborate"
	"corvee/internal/country"
	"corvee/internal/gazetteer"
	"corvee/pipeline"
	"corvee/store"
)

// Line is one subject that a base holds claims on.
type Line struct {
	Name   string
	Kind   Kind
	Claims int
}

// Subjects returns the sites, employers and places that reports name, those with most
// claims first.
func Subjects(ctx context.Context, p *pipeline.Pipeline) ([]Line, error) {
	parties, err := p.Subjects(ctx, store.AboutParty)
	if err != nil {
		return nil, err
	}
	places, err := p.Subjects(ctx, store.AboutPlace)
	if err != nil {
		return nil, err
	}
	out := make([]Line, 0, len(parties)+len(places))
	for _, s := range parties {
		out = append(out, Line{s.Key, Party, s.Count})
	}
	for _, s := range places {
		out = append(out, Line{cmp.Or(placeName(s.Key), s.Name, s.Key), Place, s.Count})
	}
	slices.SortFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), strings.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind))
	})
	return out, nil
}

// documentsOn returns the reports that claim something of the subject of a name, which find
// then finds in them. Origins of a subject are counted among these: a report that says
// nothing of it is no copy of what is said (docs/adr/0010).
func documentsOn(ctx context.Context, p *pipeline.Pipeline, parties *corroborate.Parties, name string) ([]corroborate.Document, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return nil, nil
	}
	e, ok, err := meant(parties, name)
	if err != nil {
		return nil, err
	}
	if ok {
		return p.About(ctx, store.AboutParty, e.Names...)
	}
	places, err := p.SubjectRows(ctx, store.AboutPlace)
	if err != nil {
		return nil, err
	}
	id := placeID(name, func(yield func(id, name string)) {
		for _, s := range places {
			yield(s.Key, s.Name)
		}
	})
	if keys := keysOf(places, func(key string) bool { return id != "" && gazetteer.Within(key, id) }); len(keys) > 0 {
		return p.About(ctx, store.AboutPlace, keys...)
	}
	if code := country.Code(name); code != "" {
		return p.About(ctx, store.AboutCountry, code)
	}
	return nil, nil
}

func keysOf(subjects []store.Subject, wanted func(key string) bool) (keys []string) {
	for i, s := range subjects {
		if (i == 0 || subjects[i-1].Key != s.Key) && wanted(s.Key) {
			keys = append(keys, s.Key)
		}
	}
	return keys
}
