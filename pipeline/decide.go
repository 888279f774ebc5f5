package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/lists"
	"corvee/store"
)

// OnHit names the hit of a run that a decision is about. Listing is the listing's id, or
// the list's own number for it where only one hit of the row has it.
type OnHit struct {
	Run     string
	Row     int
	Listing string
}

// Decide keeps what a person decided about a hit. It stands for every later run until
// either side changes. The same person's earlier decision on the pair is replaced; the log
// keeps both. It returns ErrNotFound for a hit that is not there, ErrInvalid for a word
// that is no judgement or a judgement without its reason, ErrConflict when the list has
// been replaced since the run: what was judged is no longer what would be kept.
func (p *Pipeline) Decide(ctx context.Context, on OnHit, word corvee.JudgementWord, reason string) (corvee.Decision, error) {
	if !slices.Contains([]corvee.JudgementWord{corvee.JudgementSame, corvee.JudgementDifferent, corvee.JudgementUnsure}, word) {
		return corvee.Decision{}, fmt.Errorf("%w: %q is no judgement; same, different or unsure", corvee.ErrInvalid, word)
	}
	if reason = strings.TrimSpace(reason); reason == "" && word != corvee.JudgementUnsure {
		return corvee.Decision{}, fmt.Errorf("%w: %s needs a reason that another person can check", corvee.ErrInvalid, word)
	}
	now, err := p.moment(ctx)
	if err != nil {
		return corvee.Decision{}, err
	}
	var d corvee.Decision
	err = p.Store.Update(ctx, func(tx store.Tx) error {
		hit, err := hitOf(ctx, tx, on)
		if err != nil {
			return err
		}
		listing, err := now.evidence.content(ctx, tx, hit.Listing.ID)
		if err != nil {
			return err
		}
		if listing.ListDate != hit.Listing.ListDate {
			return fmt.Errorf("%w: %s is now of %s, the run saw %s: screen the table again, then decide",
				corvee.ErrConflict, listing.List, listing.ListDate, hit.Listing.ListDate)
		}
		d = p.decision(hit.Query, listing, word, reason)
		if err := tx.PutDecision(ctx, d); err != nil {
			return err
		}
		return p.record(ctx, tx, "hit.decided", d.ID, "", d)
	})
	return d, err
}

func (p *Pipeline) decision(q corvee.Query, l corvee.Listing, word corvee.JudgementWord, reason string) corvee.Decision {
	q = asked(q)
	d := corvee.Decision{
		Query: queryKey(q), Listing: l.ID, Judgement: word, Reason: reason, QueryHash: hashOf(compared(q)), ListingHash: contentHash(l),
		QueryThen: &q, ListingThen: &l, Actor: p.Actor, At: p.now(),
	}
	d.ID = "d" + short([]byte(d.Query+"\x00"+d.Listing+"\x00"+d.Actor))
	return d
}

// hitOf finds a hit in the result of its run.
func hitOf(ctx context.Context, tx store.Tx, on OnHit) (corvee.Hit, error) {
	var found []corvee.Hit
	for m, err := range tx.RunResult(ctx, on.Run) {
		switch {
		case err != nil:
			return corvee.Hit{}, fmt.Errorf("run %s: %w", on.Run, err)
		case m.Hit == nil || m.Hit.Row != on.Row:
			continue
		case m.Hit.Listing.ID == on.Listing:
			return *m.Hit, nil
		case m.Hit.Listing.SourceID == on.Listing:
			found = append(found, *m.Hit)
		}
	}
	switch len(found) {
	case 0:
		return corvee.Hit{}, fmt.Errorf("run %s, row %d: no hit on listing %q: %w", on.Run, on.Row, on.Listing, corvee.ErrNotFound)
	case 1:
		return found[0], nil
	}
	return corvee.Hit{}, fmt.Errorf("%w: row %d has %d hits on a listing no. %s: give its id, such as %s",
		corvee.ErrInvalid, on.Row, len(found), on.Listing, found[0].Listing.ID)
}

// content returns a listing as it now stands; of a party that reports name, with the
// claims about it as numbers, since a new report about it is a change of that side.
func (e evidence) content(ctx context.Context, tx store.Tx, id string) (corvee.Listing, error) {
	at := slices.IndexFunc(e.parties, func(l corvee.Listing) bool { return l.ID == id })
	if at < 0 {
		return tx.Listing(ctx, id)
	}
	l := e.parties[at]
	l.Identifiers = slices.Clone(l.Identifiers)
	for _, claim := range e.byParty[id] {
		l.Identifiers = append(l.Identifiers, corvee.Identifier{Type: "claim", Value: claim})
	}
	return l, nil
}

// asked is the part of a query that a decision is about; goods, place and date of one
// shipment are not.
func asked(q corvee.Query) corvee.Query {
	q.Sector, q.Place, q.When = "", "", nil
	return q
}

// compared leaves the table's own id of the party out: it says which party, not what.
func compared(q corvee.Query) corvee.Query {
	q = asked(q)
	q.ID = ""
	return q
}

// queryKey tells parties apart from one table to the next: by the id that the table gives
// them, else by their name.
func queryKey(q corvee.Query) string {
	if q.ID != "" {
		return "id:" + q.ID
	}
	return "name:" + strings.ToLower(strings.Join(strings.Fields(q.Name), " "))
}

// contentHash is of what a listing says; the date of the copy that it came in says nothing.
func contentHash(l corvee.Listing) string {
	l.ListDate = corvee.Date{}
	return hashOf(l)
}

func hashOf(v any) string {
	raw, _ := json.Marshal(v) // the nouns marshal without fail
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// decisions are what people have decided, against the listings as they now stand.
type decisions struct {
	of     map[pair][]judged
	digest string
}

type pair struct{ query, listing string }

// judged is a decision and what is different about its listing now.
type judged struct {
	corvee.Decision
	changed []string
}

func (e evidence) decisions(ctx context.Context, tx store.Tx) (decisions, error) {
	all, err := tx.Decisions(ctx)
	d := decisions{of: map[pair][]judged{}, digest: hashOf(all)}
	if err != nil {
		return d, err
	}
	for _, one := range all {
		j := judged{Decision: one}
		if now, err := e.content(ctx, tx, one.Listing); err == nil && contentHash(now) != one.ListingHash {
			j.changed = listingChanges(one.ListingThen, now) // one that is gone can have no hit
		}
		at := pair{one.Query, one.Listing}
		d.of[at] = append(d.of[at], j)
	}
	return d, nil
}

func listingChanges(then *corvee.Listing, now corvee.Listing) []string {
	if then != nil {
		if details := lists.Differences(*then, now); len(details) > 0 {
			return prefixed("listing ", details)
		}
	}
	return []string{"the listing has changed"}
}

func prefixed(with string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = with + s
	}
	return out
}

// mark tells a hit what people have decided about it, and whether that still stands. It
// reports whether the hit is cleared: everybody who judged it says different, and neither
// side has changed.
func (d decisions) mark(q corvee.Query, h *corvee.Hit) (cleared bool) {
	all := d.of[pair{queryKey(q), h.Listing.ID}]
	if len(all) == 0 {
		return false
	}
	last := all[len(all)-1]
	out := corvee.HitDecision{Stands: true, Reason: last.Reason, Actor: last.Actor}
	now, cleared := hashOf(compared(q)), true
	var words []corvee.JudgementWord
	for _, j := range all {
		words = append(words, j.Judgement)
		cleared = cleared && j.Judgement == corvee.JudgementDifferent
		changed := j.changed
		if now != j.QueryHash {
			changed = append(slices.Clone(changed), queryChanges(j.QueryThen, q)...)
		}
		if len(changed) > 0 {
			out.Stands, out.Changed = false, changed
		}
	}
	out.Judgement = together(words)
	h.Decision = &out
	return cleared && out.Stands
}

// together joins the judgements of several people as FollowTheMoney does: same and
// different are different, any other mix is unsure.
func together(words []corvee.JudgementWord) corvee.JudgementWord {
	one := words[0]
	for _, w := range words[1:] {
		switch {
		case w == one:
		case w == corvee.JudgementUnsure || one == corvee.JudgementUnsure:
			return corvee.JudgementUnsure
		default:
			one = corvee.JudgementDifferent
		}
	}
	return one
}

func queryChanges(then *corvee.Query, now corvee.Query) []string {
	if then == nil {
		return []string{"the query has changed"}
	}
	var out []string
	add := func(field, before, after string) {
		if before != after {
			out = append(out, fmt.Sprintf("query %s: %s → %s", field, orNone(before), orNone(after)))
		}
	}
	add("name", then.Name, now.Name)
	add("type", string(then.Type), string(now.Type))
	add("country", then.Country, now.Country)
	add("address", then.Address, now.Address)
	add("numbers", numbers(then.Identifiers), numbers(now.Identifiers))
	return out
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func numbers(ids []corvee.Identifier) string {
	var out []string
	for _, id := range ids {
		out = append(out, id.Type+" "+id.Value)
	}
	return strings.Join(out, ", ")
}
