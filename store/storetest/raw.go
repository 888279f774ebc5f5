package storetest

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"corvee"
	"corvee/store"
)

// Raw holds the database itself to what no program, ours or another, may break. db is a
// handle onto the same base without the port; off are statements that take the triggers
// on claims away, as somebody who tampers would.
func Raw(t *testing.T, s store.Store, db *sql.DB, off ...string) {
	t.Helper()
	b := &bench{t, s, t.Context()}
	text := textOf(t, "\n"+strings.Repeat("0123456789", 20_000)) // over several pieces
	r := b.put(text, "one", nil)
	c := claimOf(t, r, text, corvee.KindActivity, "345")
	v := verdictOn(c, "v", corvee.ReviewAdded)
	v.Edited = &c
	b.update(func(tx store.Tx) error {
		if err := tx.ReplaceClaims(b.ctx, r.ID, "1", []corvee.Claim{c}); err != nil {
			return err
		}
		if _, err := tx.AddVerdict(b.ctx, v, 0); err != nil {
			return err
		}
		_, err := b.appendEvent(tx, r.ID, "one", []byte("payload"))
		return err
	})
	t.Run("grounding", func(t *testing.T) { rawGrounding(t, db) })
	t.Run("frozen", func(t *testing.T) { rawFrozen(t, db) })
	t.Run("sweep", func(t *testing.T) { rawSweep(t, s, db, c.ID, off) })
}

// rawGrounding inserts claims and verdicts past the port. Numbers are of bytes.
func rawGrounding(t *testing.T, db *sql.DB) {
	for _, by := range []struct {
		name  string
		span  string
		quote string
		holds bool
	}{
		{"right", "4, 7", "345", true},
		{"right, at the start", "0, 2", "\n0", true},
		{"right, over a border", "65530, 65545", "901234567890123", true},
		{"right, the border's first byte", "65536, 65537", "5", true},
		{"right, over three borders", "65531, 196621", strings.Repeat("0123456789", 13109), true},
		{"other words", "4, 7", "346", false},
		{"wrong before a border", "65530, 65545", "801234567890123", false},
		{"wrong after a border", "65530, 65545", "901234567890124", false},
		{"wrong over three borders", "65531, 196621", strings.Repeat("0123456789", 13108) + "012345678X", false},
		{"shifted", "5, 8", "345", false},
		{"too short", "4, 7", "34", false},
		{"too long", "4, 7", "3456", false},
		{"empty", "4, 4", "", false},
		{"crossed", "7, 4", "345", false},
		{"before the start", "-1, 2", "\n01", false},
		{"over the end", "199999, 200003", "89\x00\x00", false},
		{"beyond the end", "300000, 300001", "0", false},
	} {
		for table, insert := range map[string]string{
			"claim": `INSERT INTO claim (report, text, id, kind, rank, start, stop, quote, sector, body)
				SELECT report, text, 'raw', kind, rank, ` + by.span + `, $1, sector, body FROM claim LIMIT 1`,
			"verdict": `INSERT INTO verdict (id, report, claim, actor, at_us, undone, text, start, stop, quote, body)
				SELECT 'raw', report, claim, actor, at_us, 0, text, ` + by.span + `, $1, body FROM verdict LIMIT 1`,
		} {
			_, err := db.Exec(insert, []byte(by.quote))
			if (err == nil) != by.holds {
				t.Errorf("a raw %s, %s: %v", table, by.name, err)
			}
			if _, err := db.Exec(`DELETE FROM ` + table + ` WHERE id = 'raw'`); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// rawFrozen changes what is never changed.
func rawFrozen(t *testing.T, db *sql.DB) {
	for _, statement := range []string{
		`UPDATE claim SET quote = quote || quote`, `UPDATE claim SET start = start + 1`, `UPDATE claim SET stop = stop + 10`,
		`UPDATE verdict SET start = start + 10, stop = stop + 11`, `UPDATE verdict SET actor = 'other'`, `UPDATE verdict SET body = quote`,
		`UPDATE verdict SET at_us = 0`, `UPDATE verdict SET undone = 0`,
		`UPDATE text_piece SET start = start + 1`, `UPDATE text_piece SET content = content || content`, `UPDATE report_text SET hash = 'x'`,
		`UPDATE event SET verb = 'other'`, `UPDATE event SET seq = seq + 1`, `DELETE FROM event`, `UPDATE payload SET payload = salt`,
		`DELETE FROM report_text`, `DELETE FROM report`, `DELETE FROM actor`, `DELETE FROM collection`,
	} {
		if _, err := db.Exec(statement); err == nil {
			t.Errorf("the database let somebody %s", statement)
		}
	}
	if _, err := db.Exec(`UPDATE verdict SET undone = 1`); err != nil {
		t.Errorf("an undo was refused: %v", err)
	}
}

// rawSweep tampers with the triggers out of the way; the sweep must see what they would
// have refused.
func rawSweep(t *testing.T, s store.Store, db *sql.DB, claim string, off []string) {
	sweep := func() []string {
		t.Helper()
		loose, err := s.Sweep(context.Background())
		check(t, err)
		return loose
	}
	if loose := sweep(); len(loose) != 0 {
		t.Fatalf("Sweep of a sound base = %v", loose)
	}
	for _, statement := range off {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		tamper string
		want   int
	}{
		{`UPDATE claim SET start = start + 1, stop = stop + 1`, 1},
		{`UPDATE verdict SET start = start + 1, stop = stop + 1`, 2},
		{`UPDATE claim SET start = start - 1, stop = stop - 1`, 1},
		{`UPDATE verdict SET start = start - 1, stop = stop - 1`, 0},
		{`DELETE FROM text_piece WHERE start > 0`, 2}, // the words are there, the text is not what it was
	} {
		if _, err := db.Exec(step.tamper); err != nil {
			t.Fatalf("%s: %v", step.tamper, err)
		}
		loose := sweep()
		if len(loose) != step.want || len(loose) > 0 && loose[0] != claim {
			t.Errorf("Sweep after %s = %v, want %d of %s", step.tamper, loose, step.want, claim)
		}
	}
}
