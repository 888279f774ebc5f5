package pipeline

import (
	"context"
	"slices"

	"corvee"
	"corvee/pipeline/internal/evident"
	"corvee/screen"
)

// MatchOptions narrow the hits of one party: most hits, least score.
type MatchOptions = screen.Options

// Screener checks parties one at a time against the base of one moment. It is safe for
// concurrent use and reads nothing from the base.
type Screener struct{ now *moment }

// Screener returns the screener of the base as it now stands.
func (p *Pipeline) Screener(ctx context.Context) (Screener, error) {
	now, err := p.moment(ctx)
	return Screener{now}, err
}

// Lists returns the lists that the screener knows, and when it knows reported parties the
// evidence base as one of them.
func (s Screener) Lists() []corvee.ListVersion {
	lists := slices.Clone(s.now.lists)
	if n := len(s.now.evidence.Parties()); n > 0 {
		lists = append(lists, corvee.ListVersion{List: evident.List, Listings: n})
	}
	return lists
}

// wider is how many more hits are asked for when only those on some lists are wanted.
const wider = 20

// Match returns the hits of a party, best first, only those on the given lists if any are
// given, each with the claims behind a reported party.
func (s Screener) Match(q corvee.Query, o MatchOptions, lists ...string) []corvee.Hit {
	if o.Limit <= 0 {
		o.Limit = screen.DefaultLimit
	}
	most := o.Limit
	if len(lists) > 0 {
		o.Limit *= wider
	}
	hits := slices.DeleteFunc(s.now.index.Match(q, o), func(h corvee.Hit) bool {
		return len(lists) > 0 && !slices.Contains(lists, h.Listing.List)
	})
	hits = hits[:min(most, len(hits))]
	for i := range hits {
		hits[i].Query = q
		s.now.evidence.Attach(&hits[i])
	}
	return hits
}

// Cleared tells a hit what people have decided about it, and reports whether it is cleared:
// everybody who judged it says different, and neither side has changed since.
func (s Screener) Cleared(q corvee.Query, h *corvee.Hit) bool { return s.now.decided.Mark(q, h) }

// Party returns a party that reports name, as a listing of the evidence base.
func (s Screener) Party(id string) (corvee.Listing, bool) { return s.now.evidence.Party(id) }
