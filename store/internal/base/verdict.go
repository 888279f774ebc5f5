package base

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"corvee"
)

// AddVerdict appends a verdict, unless somebody else judged the same claim meanwhile.
func (t *tx) AddVerdict(ctx context.Context, v corvee.Verdict, expected int64) (corvee.Verdict, error) {
	if err := errors.Join(named("verdict", v.ID, "claim", v.Claim, "actor", v.Actor), v.Validate()); err != nil {
		return v, err
	}
	report, current, err := t.reportKeys(ctx, v.Report)
	if err != nil {
		return v, err
	}
	if err := t.mayJudge(ctx, report, v, expected); err != nil {
		return v, err
	}
	text, err := t.groundEdit(ctx, report, current, v)
	if err != nil {
		return v, err
	}
	v.At, v.Undone = v.At.UTC().Truncate(time.Microsecond), false
	if v.Seq, err = t.insertVerdict(ctx, report, text, v); err != nil {
		return v, err
	}
	return v, t.exec(ctx, `UPDATE report SET subjects = 0 WHERE n = ?`, report)
}

func (t *tx) mayJudge(ctx context.Context, report int64, v corvee.Verdict, expected int64) error {
	if err := t.exists(ctx, `SELECT count(*) FROM actor WHERE id = ?`, "actor", v.Actor); err != nil {
		return err
	}
	var last int64
	err := t.one(ctx, `SELECT coalesce(max(seq), 0) FROM verdict WHERE report = ? AND claim = ? AND undone = 0`,
		[]any{report, v.Claim}, &last)
	if err != nil {
		return err
	}
	if last != expected {
		return fmt.Errorf("%w: the last verdict on claim %s is %d, not %d", corvee.ErrConflict, v.Claim, last, expected)
	}
	n, err := t.count(ctx, `SELECT count(*) FROM verdict WHERE id = ?`, v.ID)
	if err == nil && n > 0 {
		err = fmt.Errorf("%w: verdict %s is already there", corvee.ErrConflict, v.ID)
	}
	return err
}

// groundEdit checks what a reviewer wrote against the text that they had before them, and
// returns that text; nothing for a verdict that writes no claim.
func (t *tx) groundEdit(ctx context.Context, report, current int64, v corvee.Verdict) (none sql.NullInt64, err error) {
	if v.Edited == nil {
		return none, nil
	}
	n := current
	if hash := cmp.Or(v.Edited.Text, v.Binding.Text); hash != "" {
		err := t.one(ctx, `SELECT n FROM report_text WHERE report = ? AND hash = ?`, []any{report, hash}, &n)
		if errors.Is(err, corvee.ErrNotFound) {
			return none, fmt.Errorf("%w: verdict %s is on a text that the report does not have", corvee.ErrUngrounded, v.ID)
		}
		if err != nil {
			return none, err
		}
	}
	text, err := t.loadText(ctx, n)
	if err != nil {
		return none, err
	}
	if err := grounded(text, *v.Edited); err != nil {
		return none, fmt.Errorf("store: verdict %s: %w", v.ID, err)
	}
	return sql.NullInt64{Int64: n, Valid: true}, nil
}

func (t *tx) insertVerdict(ctx context.Context, report int64, text sql.NullInt64, v corvee.Verdict) (seq int64, err error) {
	var start, stop sql.NullInt64
	var quote []byte
	if v.Edited != nil {
		quote = []byte(v.Edited.Quote.Exact)
		start = sql.NullInt64{Int64: int64(v.Edited.Quote.Start), Valid: true}
		stop = sql.NullInt64{Int64: int64(v.Edited.Quote.End), Valid: true}
	}
	body, err := packVerdict(v)
	if err != nil {
		return 0, err
	}
	err = t.one(ctx, `INSERT INTO verdict (id, report, claim, actor, at_us, undone, text, start, stop, quote, body)
		VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?) RETURNING seq`,
		[]any{v.ID, report, v.Claim, v.Actor, micros(v.At), text, start, stop, quote, body}, &seq)
	return seq, err
}

// packVerdict leaves out what has a column of its own, as packClaim does.
func packVerdict(v corvee.Verdict) ([]byte, error) {
	v.ID, v.Seq, v.Report, v.Claim, v.Actor, v.At, v.Undone = "", 0, "", "", "", time.Time{}, false
	if v.Edited != nil {
		edited := *v.Edited
		edited.Quote = corvee.Quote{}
		v.Edited = &edited
	}
	return pack(v)
}

const verdictColumns = `SELECT v.seq, v.id, r.id, v.claim, v.actor, v.at_us, v.undone, v.start, v.stop, v.quote, v.body
	FROM verdict v JOIN report r ON r.n = v.report`

func readVerdict(scan scanner) (v corvee.Verdict, err error) {
	var at, undone int64
	var start, stop sql.NullInt64
	var quote, body []byte
	var row corvee.Verdict
	err = scan(&row.Seq, &row.ID, &row.Report, &row.Claim, &row.Actor, &at, &undone, &start, &stop, &quote, &body)
	if err != nil {
		return v, err
	}
	if err := unpack(body, &v); err != nil {
		return v, err
	}
	v.Seq, v.ID, v.Report, v.Claim, v.Actor = row.Seq, row.ID, row.Report, row.Claim, row.Actor
	v.At, v.Undone = timeOf(at), undone != 0
	if v.Edited != nil {
		span := corvee.Span{Start: int(start.Int64), End: int(stop.Int64)}
		v.Edited.Quote = corvee.Quote{Exact: string(quote), Span: span}
	}
	return v, nil
}

func (t *tx) Verdicts(ctx context.Context, report string) ([]corvee.Verdict, error) {
	if err := named("report", report); err != nil {
		return nil, err
	}
	scope, mine := within(ctx)
	return all(ctx, t, verdictColumns+` WHERE r.id = ?`+scope+` ORDER BY v.seq`, append([]any{report}, mine...), readVerdict)
}

func (t *tx) UndoVerdict(ctx context.Context, report, actor string) (corvee.Verdict, error) {
	if err := named("report", report, "actor", actor); err != nil {
		return corvee.Verdict{}, err
	}
	scope, mine := within(ctx)
	found, err := all(ctx, t, verdictColumns+` WHERE r.id = ? AND v.actor = ? AND v.undone = 0`+scope+` ORDER BY v.seq DESC LIMIT 1`,
		append([]any{report, actor}, mine...), readVerdict)
	if err != nil {
		return corvee.Verdict{}, err
	}
	v, err := only(found, "standing verdict of "+actor+" on report", report)
	if err != nil {
		return v, err
	}
	v.Undone = true
	if err := t.exec(ctx, `UPDATE verdict SET undone = 1 WHERE seq = ?`, v.Seq); err != nil {
		return v, err
	}
	return v, t.exec(ctx, `UPDATE report SET subjects = 0 WHERE id = ?`, report)
}

func judgements() []corvee.JudgementWord {
	return []corvee.JudgementWord{corvee.JudgementSame, corvee.JudgementDifferent, corvee.JudgementUnsure}
}
