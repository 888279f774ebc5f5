package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"corvee"
	"corvee/store"
	"corvee/store/sqlite"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a ?#%b.corvee")
	start := time.Now()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(s.Name(), time.Since(start))
	text, _ := corvee.NewText("Some 200 women sew at the plant.", nil)
	id := corvee.HashID([]byte("x"))
	q, _ := text.Quote(corvee.Span{Start: 0, End: 14})
	c := corvee.Claim{Report: id, Text: text.Hash(), Kind: corvee.KindHeadcount, Factuality: corvee.Asserted, Polarity: corvee.Positive, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed, Quote: q}
	c.ID = c.NewID()
	err = s.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutReport(ctx, "", corvee.Report{ID: id, Text: text.Hash()}, text); err != nil {
			return err
		}
		if err := tx.ReplaceClaims(ctx, id, "r1", []corvee.Claim{c}); err != nil {
			return err
		}
		_, err := tx.AddVerdict(ctx, corvee.Verdict{ID: "v", Report: id, Claim: c.ID, Binding: c.Binding(), Review: corvee.ReviewAccepted, Actor: corvee.LocalActor}, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(ctx); err != nil {
		t.Fatal(err)
	}
	if loose, err := s.Sweep(ctx); err != nil || len(loose) > 0 {
		t.Fatal(loose, err)
	}
	s.Close()
	start = time.Now()
	s, err = sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("again", time.Since(start))
	s.View(ctx, func(tx store.Tx) error {
		got, err := tx.Claim(ctx, c.ID[:8])
		t.Log(got, err)
		return nil
	})
	s.Close()
}
