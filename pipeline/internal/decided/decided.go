// Package decided holds what people decided about hits against what the base now says.
//
// What comes in: decisions, and each listing as it now stands. What goes out: whether a hit
// is cleared, what stands and what is different. Its one idea: a decision is about two
// contents, a query and a listing, not about two ids; it stands for as long as neither
// content changes, from one table and one copy of a list to the next.
package decided

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/lists"
)

// Decisions are what people have decided, against the listings as they now stand.
type Decisions struct {
	of      map[pair][]judged
	digest  string
	twoSame bool
}

type pair struct{ query, listing string }

// judged is a decision and what is different about its listing now.
type judged struct {
	corvee.Decision
	changed []string
}

// New returns the decisions of a base, given in the order of their time; of one person's on
// one pair the last counts. now returns a listing as it stands, false for one that is gone.
// twoSame asks for two people before "same" counts.
func New(all []corvee.Decision, now func(id string) (corvee.Listing, bool), twoSame bool) Decisions {
	d := Decisions{of: map[pair][]judged{}, digest: hashOf([]any{append([]corvee.Decision{}, all...), twoSame}), twoSame: twoSame}
	for _, one := range Last(all) {
		j := judged{Decision: one}
		if l, ok := now(one.Listing); ok && HashListing(l) != one.ListingHash {
			j.changed = listingChanges(one.ListingThen, l) // one that is gone can have no hit
		}
		at := pair{one.Query, one.Listing}
		d.of[at] = append(d.of[at], j)
	}
	return d
}

// Last keeps each person's last decision on each pair, in the order of time.
func Last(all []corvee.Decision) []corvee.Decision {
	at := map[[3]string]int{}
	for i, d := range all {
		at[[3]string{d.Query, d.Listing, d.Actor}] = i
	}
	var out []corvee.Decision
	for i, d := range all {
		if at[[3]string{d.Query, d.Listing, d.Actor}] == i {
			out = append(out, d)
		}
	}
	return out
}

// Digest stands for all of them: two runs under the same decisions have the same.
func (d Decisions) Digest() string { return d.digest }

// On returns what counts on a pair of a query and a listing: one decision of each person, in
// the order of time.
func (d Decisions) On(q corvee.Query, listing string) []corvee.Decision {
	var out []corvee.Decision
	for _, j := range d.of[pair{QueryKey(q), listing}] {
		out = append(out, j.Decision)
	}
	return out
}

// Mark tells a hit what people have decided about it, and whether that still stands. It
// reports whether the hit is cleared: everybody who judged it says different, and neither
// side has changed.
func (d Decisions) Mark(q corvee.Query, h *corvee.Hit) (cleared bool) {
	h.Decision = nil
	all := d.of[pair{QueryKey(q), h.Listing.ID}]
	if len(all) == 0 {
		return false
	}
	last := all[len(all)-1]
	out := corvee.HitDecision{Stands: true, Reason: last.Reason, Actor: last.Actor}
	now, cleared := HashQuery(q), true
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
	out.Pending = d.twoSame && out.Judgement == corvee.JudgementSame && len(words) < 2
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

// Asked is the part of a query that a decision is about; goods, place and date of one
// shipment are not.
func Asked(q corvee.Query) corvee.Query {
	q.Sector, q.Place, q.When = "", "", nil
	return q
}

// compared leaves the table's own id of the party out: it says which party, not what.
func compared(q corvee.Query) corvee.Query {
	q = Asked(q)
	q.ID = ""
	return q
}

// QueryKey tells parties apart from one table to the next: by the id that the table gives
// them, else by their name.
func QueryKey(q corvee.Query) string {
	if q.ID != "" {
		return "id:" + q.ID
	}
	return "name:" + strings.ToLower(strings.Join(strings.Fields(q.Name), " "))
}

// HashQuery is of what a query says of its party.
func HashQuery(q corvee.Query) string { return hashOf(compared(q)) }

// HashListing is of what a listing says; the date of the copy that it came in says nothing.
func HashListing(l corvee.Listing) string {
	l.ListDate = corvee.Date{}
	return hashOf(l)
}

func hashOf(v any) string {
	raw, _ := json.Marshal(v) // the nouns marshal without fail
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
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
