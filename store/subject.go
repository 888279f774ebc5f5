package store

import (
	"context"

	"corvee"
)

// SubjectKind is what a subject is.
type SubjectKind string

// The kinds of subject. The report itself has one row, with the counts of all its claims;
// an activity has one for each place that a claim of it names.
const (
	AboutReport   SubjectKind = "report"
	AboutParty    SubjectKind = "party" // a site or an employer; the key is its name
	AboutPlace    SubjectKind = "place"
	AboutCountry  SubjectKind = "country"
	AboutActivity SubjectKind = "activity" // the key is the place
)

// Subject is what some claims of one report are about, as people have left them: those
// that were rejected or are obsolete are about nothing.
type Subject struct {
	Report     string        `json:"-"`
	Kind       SubjectKind   `json:"-"`
	Key        string        `json:"-"`
	Count      int           `json:"-"` // of the claims
	Unreviewed int           `json:"-"` // of them
	Name       string        `json:"name,omitempty"`
	Countries  []string      `json:"countries,omitempty"`
	Sector     corvee.Sector `json:"sector,omitempty"`
	When       *corvee.When  `json:"when,omitempty"`
	Claims     []string      `json:"claims,omitempty"` // of a party or an activity, by id, in the order of the text
	Naming     *Naming       `json:"naming,omitempty"` // of a party or a place
}

// Naming is what the claims on a party or place say of it, by which who is who is told.
type Naming struct {
	As        []string        `json:"as,omitempty"` // site, employer
	Places    []corvee.Place  `json:"places,omitempty"`
	Countries []string        `json:"countries,omitempty"`
	Sectors   []corvee.Sector `json:"sectors,omitempty"`
	With      []string        `json:"with,omitempty"` // other parties of the same claims
}

// Subjects keeps what the claims of each report are about, so that a question about one
// plant reads the reports that name it and no other. A change of a report's claims or
// verdicts makes its subjects void until they are put again.
type Subjects interface {
	// Unsorted returns some of the reports whose subjects are to be put, at most limit,
	// ordered by when they came.
	Unsorted(ctx context.Context, limit int) ([]string, error)
	// PutSubjects replaces the subjects of a report.
	PutSubjects(ctx context.Context, report string, subjects []Subject) error
	// Subjects of a kind, ordered by key, then report, then as they were put.
	Subjects(ctx context.Context, kind SubjectKind) ([]Subject, error)
	// SubjectTotals are the subjects of a kind with the counts of all reports together,
	// ordered by key. Of what else there is they have the name.
	SubjectTotals(ctx context.Context, kind SubjectKind) ([]Subject, error)
	// SubjectOf returns the row of a report on itself; zero counts where it has none.
	SubjectOf(ctx context.Context, report string) (Subject, error)
	// ReportsAbout returns the ids of the reports with a subject of the kind that has one of
	// the keys, ordered by id.
	ReportsAbout(ctx context.Context, kind SubjectKind, keys []string) ([]string, error)
}
