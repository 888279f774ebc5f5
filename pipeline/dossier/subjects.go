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
	"corvee/pipeline/who"
	"corvee/store"
)

// Line is one subject that a base holds claims on. Ref is what to ask for it by: the id of a
// party, whose name another may bear, else the name.
type Line struct {
	Name   string
	Ref    string
	Kind   Kind
	Claims int
}

// Subjects returns the parties and places that reports name, those with most claims first.
func Subjects(ctx context.Context, p *pipeline.Pipeline) ([]Line, error) {
	parties, err := who.Parties(ctx, p)
	if err != nil {
		return nil, err
	}
	places, err := p.Subjects(ctx, store.AboutPlace)
	if err != nil {
		return nil, err
	}
	var out []Line
	for _, e := range parties.Entities() {
		if e.Kind == corroborate.KindParty {
			out = append(out, Line{parties.Label(e.ID), e.ID, Party, len(e.Claims)})
		}
	}
	for _, s := range places {
		name := cmp.Or(placeName(s.Key), s.Name, s.Key)
		out = append(out, Line{name, name, Place, s.Count})
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
	kind, keys, err := keysOn(ctx, p, parties, name)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	return p.About(ctx, kind, keys...)
}

// Width returns how many reports claim something of the subject of a name. It reads none of
// them, so a page can say before it begins that the answer will take long.
func Width(ctx context.Context, p *pipeline.Pipeline, name string) (reports int, err error) {
	parties, err := who.Parties(ctx, p)
	if err != nil {
		return 0, err
	}
	kind, keys, err := keysOn(ctx, p, parties, name)
	if err != nil || len(keys) == 0 {
		return 0, err
	}
	return p.CountAbout(ctx, kind, keys...)
}

// keysOn returns under which kind and keys the reports on a subject are found: those of a
// party, else of a place and what lies within, else of a country.
func keysOn(ctx context.Context, p *pipeline.Pipeline, parties *corroborate.Parties, name string) (store.SubjectKind, []string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", nil, nil
	}
	e, ok, err := meant(parties, name)
	if err != nil || ok {
		return store.AboutParty, e.Names, err
	}
	places, err := p.SubjectRows(ctx, store.AboutPlace)
	if err != nil {
		return "", nil, err
	}
	id := placeID(name, func(yield func(id, name string)) {
		for _, s := range places {
			yield(s.Key, s.Name)
		}
	})
	if keys := keysOf(places, func(key string) bool { return id != "" && gazetteer.Within(key, id) }); len(keys) > 0 {
		return store.AboutPlace, keys, nil
	}
	if code := country.Code(name); code != "" {
		return store.AboutCountry, []string{code}, nil
	}
	return "", nil, nil
}

func keysOf(subjects []store.Subject, wanted func(key string) bool) (keys []string) {
	for i, s := range subjects {
		if (i == 0 || subjects[i-1].Key != s.Key) && wanted(s.Key) {
			keys = append(keys, s.Key)
		}
	}
	return keys
}
