package storetest

import (
	"strings"

	"corvee"
	"corvee/store"
)

func testSubjects(b *bench) {
	text := textOf(b, hard)
	var first, second corvee.Claim
	one := b.put(text, "one", func(r corvee.Report) []corvee.Claim {
		first = fullClaim(b, r, text, "about 200 women sew here")
		return []corvee.Claim{first}
	})
	two := b.put(text, "two", func(r corvee.Report) []corvee.Claim {
		second = fullClaim(b, r, text, "about 200 women sew here")
		return []corvee.Claim{second}
	})
	b.same("Unsorted", b.unsorted(), []string{one.ID, two.ID})
	long := strings.Repeat("각 \x00'%", 900)
	when := corvee.During(corvee.Date{Year: 2026, Month: 3})
	party := store.Subject{Report: one.ID, Kind: store.AboutParty, Key: long, Count: 1, Unreviewed: 1, Countries: []string{"CN"}, Claims: []string{first.ID}}
	place := store.Subject{Report: one.ID, Kind: store.AboutPlace, Key: "dandong", Name: "丹东", Count: 2}
	work := store.Subject{Report: one.ID, Kind: store.AboutActivity, Key: "dandong", Count: 1, Sector: corvee.SectorGarments, When: &when, Claims: []string{first.ID}}
	other := store.Subject{Report: two.ID, Kind: store.AboutPlace, Key: "dandong", Name: "Dandong", Count: 3, Unreviewed: 3}
	whole := store.Subject{Report: two.ID, Kind: store.AboutReport, Count: 3, Unreviewed: 3}
	for range 2 {
		b.update(func(tx store.Tx) error {
			return tx.PutSubjects(b.ctx, one.ID, []store.Subject{party, place, work, work})
		})
	}
	b.update(func(tx store.Tx) error { return tx.PutSubjects(b.ctx, two.ID, []store.Subject{other, whole}) })
	b.same("Unsorted after", b.unsorted(), []string(nil))
	b.same("Subjects of parties", b.subjects(store.AboutParty), []store.Subject{party})
	b.same("Subjects of places", b.subjects(store.AboutPlace), []store.Subject{other, place})
	b.same("Subjects of activities", b.subjects(store.AboutActivity), []store.Subject{work, work})
	b.same("SubjectTotals", read(b, func(tx store.Tx) ([]store.Subject, error) { return tx.SubjectTotals(b.ctx, store.AboutPlace) }),
		[]store.Subject{{Kind: store.AboutPlace, Key: "dandong", Name: "丹东", Count: 5, Unreviewed: 3}})
	b.same("SubjectOf", b.subjectOf(two.ID), whole)
	b.same("SubjectOf without", b.subjectOf(one.ID), store.Subject{Report: one.ID, Kind: store.AboutReport})
	b.absent("SubjectOf nobody", func(tx store.Tx) error { _, err := tx.SubjectOf(b.ctx, corvee.HashID(nil)); return err })
	b.absent("subjects of nobody", func(tx store.Tx) error { return tx.PutSubjects(b.ctx, corvee.HashID(nil), nil) })
	many := append(make([]string, 25_000), long)
	b.same("ReportsAbout a party", b.about(store.AboutParty, many...), []string{one.ID})
	b.same("ReportsAbout a place", b.about(store.AboutPlace, "dandong", "nowhere"), sorted(one.ID, two.ID))
	b.same("ReportsAbout nothing", b.about(store.AboutPlace), []string(nil))

	b.update(func(tx store.Tx) error {
		_, err := tx.AddVerdict(b.ctx, verdictOn(first, "v1", corvee.ReviewRejected), 0)
		return err
	})
	b.same("Unsorted after a verdict", b.unsorted(), []string{one.ID})
	b.update(func(tx store.Tx) error { return tx.PutSubjects(b.ctx, one.ID, []store.Subject{party}) })
	b.update(func(tx store.Tx) error { _, err := tx.UndoVerdict(b.ctx, one.ID, corvee.LocalActor); return err })
	b.update(func(tx store.Tx) error { return tx.ReplaceClaims(b.ctx, two.ID, "rules 2", nil) })
	b.same("Unsorted after an undo and new rules", b.unsorted(), []string{one.ID, two.ID})
	b.update(func(tx store.Tx) error {
		return tx.DeleteReport(b.ctx, one.ID, store.Tombstone{ID: "t1", At: 1, Actor: corvee.LocalActor})
	})
	b.same("Subjects after a purge", b.subjects(store.AboutParty), []store.Subject(nil))
}

func sorted(a, b string) []string {
	if b < a {
		a, b = b, a
	}
	return []string{a, b}
}

func (b *bench) unsorted() []string {
	return read(b, func(tx store.Tx) ([]string, error) { return tx.Unsorted(b.ctx, 10) })
}

func (b *bench) subjects(kind store.SubjectKind) []store.Subject {
	return read(b, func(tx store.Tx) ([]store.Subject, error) { return tx.Subjects(b.ctx, kind) })
}

func (b *bench) subjectOf(report string) store.Subject {
	return read(b, func(tx store.Tx) (store.Subject, error) { return tx.SubjectOf(b.ctx, report) })
}

func (b *bench) about(kind store.SubjectKind, keys ...string) []string {
	return read(b, func(tx store.Tx) ([]string, error) { return tx.ReportsAbout(b.ctx, kind, keys) })
}
