package base

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/store"
)

const idPrefix = "sha256:"

// checkReportID wants the form of corvee.HashID: that a purge leaves no hash of the
// document could not be held for an id of another form.
func checkReportID(id string) error {
	digits, ok := strings.CutPrefix(id, idPrefix)
	if raw, err := hex.DecodeString(digits); !ok || err != nil || len(raw) != 32 || digits != strings.ToLower(digits) {
		return fmt.Errorf("%w: report id %.80q is not sha256: and 64 hexadecimal digits", corvee.ErrInvalid, id)
	}
	return nil
}

// PutReport adds or replaces a report and its text. A text that is already there is left
// as it is: texts are frozen. A new text makes the claims on the old one void; an old text
// stays as long as a reviewer's words are bound to it.
func (t *tx) PutReport(ctx context.Context, collection string, r corvee.Report, text corvee.Text) error {
	if err := errors.Join(checkReportID(r.ID), ident("collection", collection)); err != nil {
		return err
	}
	if r.Text != text.Hash() {
		return fmt.Errorf("%w: report %s names the text %.20s, but the text given is %.20s", corvee.ErrInvalid, r.ID, r.Text, text.Hash())
	}
	collection, err := t.placeOf(ctx, collection, r.ID)
	if err != nil {
		return err
	}
	report, err := t.upsertReport(ctx, collection, r)
	if err != nil {
		return err
	}
	current, err := t.putText(ctx, report, text)
	if err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM claim WHERE report = ? AND text <> ?`, report, current); err != nil {
		return err
	}
	return t.exec(ctx, `DELETE FROM report_text WHERE report = ? AND n <> ?
		AND n NOT IN (SELECT text FROM verdict WHERE report = ? AND text IS NOT NULL)`, report, current, report)
}

func (t *tx) upsertReport(ctx context.Context, collection string, r corvee.Report) (n int64, err error) {
	if err := t.exists(ctx, `SELECT count(*) FROM collection WHERE id = ?`, "collection", collection); err != nil {
		return 0, err
	}
	body, err := pack(r)
	if err != nil {
		return 0, err
	}
	err = t.one(ctx, `INSERT INTO report (id, collection, text, published, captured_us, rules, body)
		VALUES (?, ?, ?, ?, ?, '', ?)
		ON CONFLICT (id) DO UPDATE SET collection = excluded.collection, text = excluded.text,
			published = excluded.published, captured_us = excluded.captured_us, body = excluded.body, subjects = 0,
			rules = CASE WHEN report.text = excluded.text THEN report.rules ELSE '' END
		RETURNING n`, []any{r.ID, collection, r.Text, r.Published.String(), micros(r.CapturedAt), body}, &n)
	return n, err
}

// exists returns corvee.ErrNotFound, naming what, unless a counting query finds the id.
func (t *tx) exists(ctx context.Context, query, what, id string) error {
	n, err := t.count(ctx, query, id)
	if err == nil && n == 0 {
		return fmt.Errorf("%w: %s %q", corvee.ErrNotFound, what, id)
	}
	return err
}

// pieceBytes cuts a text so that checking one quote reads one piece, not a whole text of
// up to 64 MB: a crowded text would else cost its length times its claims.
const pieceBytes = 64 << 10

func (t *tx) putText(ctx context.Context, report int64, text corvee.Text) (n int64, err error) {
	blocks, err := packLayout(text)
	if err != nil {
		return 0, err
	}
	err = t.one(ctx, `UPDATE report_text SET blocks = ? WHERE report = ? AND hash = ? RETURNING n`,
		[]any{blocks, report, text.Hash()}, &n)
	if !errors.Is(err, corvee.ErrNotFound) {
		return n, err
	}
	err = t.one(ctx, `INSERT INTO report_text (report, hash, blocks) VALUES (?, ?, ?) RETURNING n`,
		[]any{report, text.Hash(), blocks}, &n)
	if err != nil {
		return 0, err
	}
	return n, t.putPieces(ctx, n, text.String())
}

// layout is how a text lies: its blocks, and for what has pages where its lines stand. A
// text without pages has its blocks alone there, as every text had before.
type layout struct {
	Blocks  []corvee.Block  `json:"blocks"`
	Regions []corvee.Region `json:"regions"`
}

func packLayout(text corvee.Text) ([]byte, error) {
	if len(text.Regions()) == 0 {
		return pack(text.Blocks())
	}
	return pack(layout{text.Blocks(), text.Regions()})
}

func unpackLayout(raw []byte) (how layout, err error) {
	if bytes.HasPrefix(raw, []byte("{")) {
		err = unpack(raw, &how)
		return how, err
	}
	err = unpack(raw, &how.Blocks)
	return how, err
}

func (t *tx) putPieces(ctx context.Context, text int64, content string) error {
	for start := 0; start < len(content); start += pieceBytes {
		piece := []byte(content[start:min(start+pieceBytes, len(content))])
		if err := t.exec(ctx, `INSERT INTO text_piece (text, start, content) VALUES (?, ?, ?)`, text, start, piece); err != nil {
			return err
		}
	}
	return nil
}

// loadText returns corvee.ErrInconsistent if the stored bytes are not those of the hash.
func (t *tx) loadText(ctx context.Context, n int64) (corvee.Text, error) {
	var hash string
	var raw []byte
	if err := t.one(ctx, `SELECT hash, blocks FROM report_text WHERE n = ?`, []any{n}, &hash, &raw); err != nil {
		return corvee.Text{}, err
	}
	pieces, err := all(ctx, t, `SELECT content FROM text_piece WHERE text = ? ORDER BY start`, []any{n},
		func(scan scanner) (piece []byte, err error) { return piece, scan(&piece) })
	if err != nil {
		return corvee.Text{}, err
	}
	how, err := unpackLayout(raw)
	if err != nil {
		return corvee.Text{}, err
	}
	var content strings.Builder
	for _, p := range pieces {
		content.Write(p)
	}
	text, err := corvee.NewText(content.String(), how.Blocks)
	if err == nil {
		text, err = text.Placed(how.Regions)
	}
	if err == nil && text.Hash() != hash {
		err = fmt.Errorf("%w: the stored text %.20s has the hash %.20s", corvee.ErrInconsistent, hash, text.Hash())
	}
	return text, err
}

const reportColumns = `SELECT r.captured_us, r.body FROM report r`

func readReport(scan scanner) (r corvee.Report, err error) {
	var captured int64
	var body []byte
	if err := scan(&captured, &body); err != nil {
		return r, err
	}
	err = unpack(body, &r)
	r.CapturedAt = timeOf(captured)
	return r, err
}

// fewest is how many characters of an id must be given: chance meetings stay rare up to
// some thousand reports, and a slip of the hand finds nothing.
const fewest = 6

func (t *tx) Report(ctx context.Context, id string) (corvee.Report, error) {
	digits := strings.TrimPrefix(id, idPrefix)
	if err := checkBeginning("report", digits); err != nil {
		return corvee.Report{}, err
	}
	from, until := beginning(idPrefix + digits)
	scope, mine := within(ctx)
	found, err := all(ctx, t, reportColumns+` WHERE r.id >= ? AND r.id < ?`+scope+` ORDER BY r.id LIMIT 2`, append([]any{from, until}, mine...), readReport)
	if err != nil {
		return corvee.Report{}, err
	}
	return only(found, "report", id)
}

func checkBeginning(what, given string) error {
	if len(given) < fewest {
		return fmt.Errorf("%w: %s id %q: give at least %d characters", corvee.ErrInvalid, what, given, fewest)
	}
	return ident(what+" id", given)
}

func only[T any](found []T, what, id string) (T, error) {
	var none T
	switch len(found) {
	case 0:
		return none, fmt.Errorf("%w: %s %s", corvee.ErrNotFound, what, id)
	case 1:
		return found[0], nil
	}
	return none, fmt.Errorf("%w: %s id %s is the beginning of several; give more of it", corvee.ErrInvalid, what, id)
}

func (t *tx) Text(ctx context.Context, report string) (corvee.Text, error) {
	_, text, err := t.reportKeys(ctx, report)
	if err != nil {
		return corvee.Text{}, err
	}
	return t.loadText(ctx, text)
}

// reportKeys returns the row numbers of a report, by its full id, and of its text.
func (t *tx) reportKeys(ctx context.Context, id string) (report, text int64, err error) {
	if err := named("report", id); err != nil {
		return 0, 0, err
	}
	scope, mine := within(ctx)
	err = t.one(ctx, `SELECT r.n, x.n FROM report r JOIN report_text x ON x.report = r.n AND x.hash = r.text
		WHERE r.id = ?`+scope, append([]any{id}, mine...), &report, &text)
	if errors.Is(err, corvee.ErrNotFound) {
		err = fmt.Errorf("%w: report %s", err, id)
	}
	return report, text, err
}

func (t *tx) Reports(ctx context.Context, f store.ReportFilter) ([]corvee.Report, error) {
	if err := ident("collection", f.Collection); err != nil {
		return nil, err
	}
	scope, args := within(ctx)
	query := reportColumns + ` WHERE 1 = 1` + scope
	if f.Collection != "" {
		query, args = query+` AND r.collection = ?`, append(args, f.Collection)
	}
	limit, more := page(f.Limit, f.Offset)
	return all(ctx, t, query+` ORDER BY r.published DESC, r.id`+limit, append(args, more...), readReport)
}

func (t *tx) CountReports(ctx context.Context) (int, error) {
	scope, args := within(ctx)
	return t.count(ctx, `SELECT count(*) FROM report r WHERE 1 = 1`+scope, args...)
}
