package base

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"corvee/store"
)

func (t *tx) Unsorted(ctx context.Context, limit int) ([]string, error) {
	scope, args := within(ctx)
	return t.words(ctx, `SELECT r.id FROM report r WHERE r.subjects = 0`+scope+` ORDER BY r.n LIMIT ?`, append(args, limit)...)
}

// PutSubjects replaces the subjects of a report.
func (t *tx) PutSubjects(ctx context.Context, report string, subjects []store.Subject) error {
	n, _, err := t.reportKeys(ctx, report)
	if err != nil {
		return err
	}
	rows := make([][]any, 0, len(subjects))
	for i, s := range subjects {
		body, err := pack(s)
		if err = errors.Join(err, ident("kind of subject", string(s.Kind))); err != nil {
			return err
		}
		rows = append(rows, []any{n, i, string(s.Kind), lookup(s.Key), []byte(s.Key), s.Count, s.Unreviewed, body})
	}
	if err := t.exec(ctx, `DELETE FROM report_subject WHERE report = ?`, n); err != nil {
		return err
	}
	err = t.insert(ctx, `INSERT INTO report_subject (report, n, kind, lookup, key, claims, unreviewed, body)`, rows)
	if err != nil {
		return err
	}
	return t.exec(ctx, `UPDATE report SET subjects = 1 WHERE n = ?`, n)
}

// longestLookup keeps a row of the index under PostgreSQL's 2,704 bytes.
const longestLookup = 1024

func lookup(key string) []byte {
	if len(key) <= longestLookup {
		return []byte(key)
	}
	sum := sha256.Sum256([]byte(key))
	return []byte("sha256:" + hex.EncodeToString(sum[:]))
}

const subjectColumns = `SELECT r.id, s.kind, s.key, s.claims, s.unreviewed, s.body FROM report_subject s JOIN report r ON r.n = s.report`

func readSubject(scan scanner) (s store.Subject, err error) {
	var report, kind string
	var key, body []byte
	var count, unreviewed int
	if err := scan(&report, &kind, &key, &count, &unreviewed, &body); err != nil {
		return s, err
	}
	err = unpack(body, &s)
	s.Report, s.Kind, s.Key, s.Count, s.Unreviewed = report, store.SubjectKind(kind), string(key), count, unreviewed
	return s, err
}

func (t *tx) Subjects(ctx context.Context, kind store.SubjectKind) ([]store.Subject, error) {
	if err := ident("kind of subject", string(kind)); err != nil {
		return nil, err
	}
	scope, mine := within(ctx)
	return all(ctx, t, subjectColumns+` WHERE s.kind = ?`+scope+` ORDER BY s.key, r.id, s.n`, append([]any{string(kind)}, mine...), readSubject)
}

func (t *tx) SubjectTotals(ctx context.Context, kind store.SubjectKind) ([]store.Subject, error) {
	if err := ident("kind of subject", string(kind)); err != nil {
		return nil, err
	}
	scope, mine := within(ctx)
	// The name is that of the first report: PostgreSQL has no least of byte strings.
	totals, err := all(ctx, t, `SELECT '', s.kind, s.key, g.claims, g.unreviewed, s.body FROM
		(SELECT o.kind, o.key, min(o.report) AS report, CAST(sum(o.claims) AS BIGINT) AS claims, CAST(sum(o.unreviewed) AS BIGINT) AS unreviewed
		 FROM report_subject o JOIN report r ON r.n = o.report WHERE o.kind = ?`+scope+` GROUP BY o.kind, o.key) g
		JOIN report_subject s ON s.report = g.report AND s.kind = g.kind AND s.key = g.key ORDER BY s.key, s.n`, append([]any{string(kind)}, mine...),
		func(scan scanner) (store.Subject, error) {
			s, err := readSubject(scan)
			return store.Subject{Kind: s.Kind, Key: s.Key, Name: s.Name, Count: s.Count, Unreviewed: s.Unreviewed}, err
		})
	return slices.CompactFunc(totals, func(a, b store.Subject) bool { return a.Key == b.Key }), err
}

func (t *tx) SubjectOf(ctx context.Context, report string) (store.Subject, error) {
	if err := named("report", report); err != nil {
		return store.Subject{}, err
	}
	if _, _, err := t.reportKeys(ctx, report); err != nil {
		return store.Subject{}, err
	}
	found, err := all(ctx, t, subjectColumns+` WHERE r.id = ? AND s.kind = ?`, []any{report, string(store.AboutReport)}, readSubject)
	if err != nil || len(found) > 0 {
		return slices.Concat(found, []store.Subject{{}})[0], err
	}
	return store.Subject{Report: report, Kind: store.AboutReport}, nil
}

// keysPerQuestion keeps a statement under SQLite's 32,766 parameters.
const keysPerQuestion = 10_000

// ReportsAbout asks in batches, since a country may hold more places than a statement
// takes parameters.
func (t *tx) ReportsAbout(ctx context.Context, kind store.SubjectKind, keys []string) (ids []string, err error) {
	if err := ident("kind of subject", string(kind)); err != nil {
		return nil, err
	}
	scope, mine := within(ctx)
	for batch := range slices.Chunk(keys, keysPerQuestion) {
		args := []any{string(kind)}
		for _, key := range batch {
			args = append(args, lookup(key))
		}
		found, err := t.words(ctx, fmt.Sprintf(`SELECT DISTINCT r.id FROM report_subject s JOIN report r ON r.n = s.report
			WHERE s.kind = ? AND s.lookup IN (?%s)`, strings.Repeat(",?", len(batch)-1))+scope, append(args, mine...)...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
