package base

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"corvee"
	"corvee/store"
)

// ReplaceClaims puts the machine's claims of one report in place of its earlier ones.
func (t *tx) ReplaceClaims(ctx context.Context, report, rules string, claims []corvee.Claim) error {
	if err := ident("rules", rules); err != nil {
		return err
	}
	rn, tn, err := t.reportKeys(ctx, report)
	if err != nil {
		return err
	}
	text, err := t.loadText(ctx, tn)
	if err != nil {
		return err
	}
	if err := checkClaims(report, text, claims); err != nil {
		return err
	}
	if err := t.exec(ctx, `DELETE FROM claim WHERE report = ?`, rn); err != nil {
		return err
	}
	if err := t.insertClaims(ctx, rn, tn, claims); err != nil {
		return err
	}
	return t.exec(ctx, `UPDATE report SET rules = ?, subjects = 0 WHERE n = ?`, rules, rn)
}

func checkClaims(report string, text corvee.Text, claims []corvee.Claim) error {
	seen := make(map[string]bool, len(claims))
	for i, c := range claims {
		err := checkClaim(report, text, c)
		if err == nil && seen[c.ID] {
			err = fmt.Errorf("%w: the id comes twice", corvee.ErrInvalid)
		}
		if err != nil {
			return fmt.Errorf("store: claim %d, %s: %w", i+1, c.ID, err)
		}
		seen[c.ID] = true
	}
	return nil
}

func checkClaim(report string, text corvee.Text, c corvee.Claim) error {
	if c.Report != report {
		return fmt.Errorf("%w: it is of report %s, not %s", corvee.ErrInvalid, c.Report, report)
	}
	if c.Text != text.Hash() {
		return fmt.Errorf("%w: it is of another text, %.20s", corvee.ErrUngrounded, c.Text)
	}
	if err := named("claim", c.ID); err != nil {
		return err
	}
	for _, word := range append(countriesOf(c), placesOf(c)...) {
		if err := ident("place", word); err != nil {
			return err
		}
	}
	return errors.Join(c.Validate(), grounded(text, c))
}

// grounded returns corvee.ErrUngrounded unless the quote and every mention are what the
// text says at their spans, and every slot lies in it.
func grounded(text corvee.Text, c corvee.Claim) error {
	for _, q := range append([]corvee.Quote{c.Quote}, c.Mentions...) {
		if err := text.Ground(q); err != nil {
			return err
		}
	}
	for _, s := range c.Slots {
		if _, err := text.Slice(s.Span); err != nil {
			return fmt.Errorf("%w: slot %s: %v", corvee.ErrUngrounded, s.Name, err)
		}
	}
	return nil
}

func placesOf(c corvee.Claim) []string {
	var ids []string
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	return distinct(ids)
}

func countriesOf(c corvee.Claim) []string {
	codes := slices.Clone(c.Countries)
	for _, p := range c.Places {
		codes = append(codes, p.Country)
	}
	return distinct(codes)
}

func distinct(words []string) []string {
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	slices.Sort(words)
	return slices.Compact(words)
}

func (t *tx) insertClaims(ctx context.Context, report, text int64, claims []corvee.Claim) error {
	rows := make([][]any, 0, len(claims))
	for _, c := range claims {
		body, err := packClaim(c)
		if err != nil {
			return err
		}
		rows = append(rows, []any{report, text, c.ID, string(c.Kind), slices.Index(corvee.Kinds(), c.Kind),
			c.Quote.Start, c.Quote.End, []byte(c.Quote.Exact), string(c.Sector), body})
	}
	err := t.insert(ctx, `INSERT INTO claim (report, text, id, kind, rank, start, stop, quote, sector, body)`, rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	return t.insertPlaces(ctx, report, claims)
}

// insertPlaces keeps where a claim's work is apart, since a claim may name many places.
func (t *tx) insertPlaces(ctx context.Context, report int64, claims []corvee.Claim) error {
	numbers := make(map[string]int64, len(claims))
	_, err := all(ctx, t, `SELECT n, id FROM claim WHERE report = ?`, []any{report},
		func(scan scanner) (none struct{}, err error) {
			var n int64
			var id string
			err = scan(&n, &id)
			numbers[id] = n
			return none, err
		})
	if err != nil {
		return err
	}
	var places, countries [][]any
	for _, c := range claims {
		for _, id := range placesOf(c) {
			places = append(places, []any{id, numbers[c.ID]})
		}
		for _, code := range countriesOf(c) {
			countries = append(countries, []any{code, numbers[c.ID]})
		}
	}
	return errors.Join(
		t.insert(ctx, `INSERT INTO claim_place (place, claim)`, places),
		t.insert(ctx, `INSERT INTO claim_country (country, claim)`, countries),
	)
}

// packClaim leaves out what has a column of its own: the quote that the trigger checks
// is then the one that is served.
func packClaim(c corvee.Claim) ([]byte, error) {
	c.ID, c.Report, c.Text, c.Quote = "", "", "", corvee.Quote{}
	return pack(c)
}

const claimColumns = `SELECT r.id, x.hash, c.id, c.start, c.stop, c.quote, c.body FROM claim c
	JOIN report r ON r.n = c.report JOIN report_text x ON x.n = c.text`

const claimOrder = ` ORDER BY r.published, r.id, c.start, c.stop, c.rank, c.id`

func readClaim(scan scanner) (c corvee.Claim, err error) {
	var report, text, id string
	var quote corvee.Quote
	var exact, body []byte
	if err := scan(&report, &text, &id, &quote.Start, &quote.End, &exact, &body); err != nil {
		return c, err
	}
	err = unpack(body, &c)
	quote.Exact = string(exact)
	c.Report, c.Text, c.ID, c.Quote = report, text, id, quote
	return c, err
}

func (t *tx) Claims(ctx context.Context, f store.ClaimFilter) ([]corvee.Claim, error) {
	err := ident("report", f.Report, "kind", string(f.Kind), "sector", string(f.Sector), "country", f.Country, "place", f.Place)
	if err != nil {
		return nil, err
	}
	query, args := narrowed(f)
	scope, mine := within(ctx)
	query, args = query+scope, append(args, mine...)
	limit, more := page(f.Limit, f.Offset)
	return all(ctx, t, claimColumns+query+claimOrder+limit, append(args, more...), readClaim)
}

func narrowed(f store.ClaimFilter) (query string, args []any) {
	query = ` WHERE 1 = 1`
	for _, by := range []struct{ clause, value string }{
		{` AND r.id = ?`, f.Report},
		{` AND c.kind = ?`, string(f.Kind)},
		{` AND c.sector = ?`, string(f.Sector)},
		{` AND c.n IN (SELECT claim FROM claim_place WHERE place = ?)`, f.Place},
		{` AND c.n IN (SELECT claim FROM claim_country WHERE country = ?)`, f.Country},
	} {
		if by.value != "" {
			query, args = query+by.clause, append(args, by.value)
		}
	}
	return query, args
}

// Claim finds one by its id. Two reports with the same text, byte for byte, share the ids
// of their claims; the one of the report that comes first is returned.
func (t *tx) Claim(ctx context.Context, id string) (corvee.Claim, error) {
	if err := checkBeginning("claim", id); err != nil {
		return corvee.Claim{}, err
	}
	from, until := beginning(id)
	scope, mine := within(ctx)
	ids, err := t.words(ctx, `SELECT DISTINCT c.id FROM claim c JOIN report r ON r.n = c.report
		WHERE c.id >= ? AND c.id < ?`+scope+` ORDER BY c.id LIMIT 2`, append([]any{from, until}, mine...)...)
	if err != nil {
		return corvee.Claim{}, err
	}
	if len(ids) > 0 && ids[0] == id {
		ids = ids[:1] // a full id is never ambiguous
	}
	full, err := only(ids, "claim", id)
	if err != nil {
		return corvee.Claim{}, err
	}
	found, err := all(ctx, t, claimColumns+` WHERE c.id = ?`+scope+claimOrder+` LIMIT 1`, append([]any{full}, mine...), readClaim)
	if err != nil {
		return corvee.Claim{}, err
	}
	return only(found, "claim", id)
}

func (t *tx) CountClaims(ctx context.Context) (int, error) {
	scope, args := within(ctx)
	return t.count(ctx, `SELECT count(*) FROM claim c JOIN report r ON r.n = c.report WHERE 1 = 1`+scope, args...)
}

func (t *tx) RulesOf(ctx context.Context, report string) (rules string, err error) {
	if err := named("report", report); err != nil {
		return "", err
	}
	scope, mine := within(ctx)
	err = t.one(ctx, `SELECT r.rules FROM report r WHERE r.id = ?`+scope, append([]any{report}, mine...), &rules)
	if errors.Is(err, corvee.ErrNotFound) {
		err = fmt.Errorf("%w: report %s", err, report)
	}
	return rules, err
}

// claimsOn returns what is bound to one text: the machine's claims and those that
// reviewers wrote.
func (t *tx) claimsOn(ctx context.Context, text int64) ([]corvee.Claim, error) {
	claims, err := all(ctx, t, claimColumns+` WHERE c.text = ?`+claimOrder, []any{text}, readClaim)
	if err != nil {
		return nil, err
	}
	written, err := all(ctx, t, verdictColumns+` WHERE v.text = ? ORDER BY v.seq`, []any{text}, readVerdict)
	for _, v := range written {
		c := *v.Edited
		c.ID = v.Claim
		claims = append(claims, c)
	}
	return claims, err
}
