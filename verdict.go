package corvee

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Binding ties a verdict to what was judged, so that it survives a change of rules: the
// text, the kind, a span that overlaps by half of the shorter, and what tells claims of
// one kind apart.
type Binding struct {
	Text          string `json:"text"`
	Kind          Kind   `json:"kind"`
	Span          Span   `json:"span"`
	Discriminator string `json:"discriminator"`
}

// Binding returns what a verdict on the claim binds to.
func (c Claim) Binding() Binding {
	return Binding{Text: c.Text, Kind: c.Kind, Span: c.Quote.Span, Discriminator: c.Discriminator()}
}

// Holds reports whether the binding still points at the claim.
func (b Binding) Holds(c Claim) bool {
	shorter := min(b.Span.Len(), c.Quote.Len())
	return b.Text == c.Text && b.Kind == c.Kind && b.Discriminator == c.Discriminator() &&
		2*b.Span.Overlap(c.Quote.Span) >= shorter
}

// Verdict is one person's decision on one claim. Verdicts are appended; an undo marks the
// one that it takes back and deletes nothing.
type Verdict struct {
	ID      string  `json:"id"`
	Seq     int64   `json:"seq"` // order in the base
	Report  string  `json:"report"`
	Claim   string  `json:"claim"` // the id that was on the page
	Binding Binding `json:"binding"`
	// Review is accepted, edited, added, rejected or unsure; unreviewed clears.
	Review Review `json:"review"`
	// Edited is the claim as the reviewer left it, for edited and added.
	Edited *Claim    `json:"edited,omitempty"`
	Actor  string    `json:"actor"`
	Note   string    `json:"note,omitempty"`
	At     time.Time `json:"at"`
	Undone bool      `json:"undone,omitempty"`
}

// Validate returns ErrInvalid for a word that is no decision, and for an edit or an
// addition that does not say what it leaves.
func (v Verdict) Validate() error {
	if !v.Review.Valid() || v.Review == ReviewObsolete {
		return fmt.Errorf("%w: %q is not a decision", ErrInvalid, v.Review)
	}
	if writes := v.Review == ReviewEdited || v.Review == ReviewAdded; writes != (v.Edited != nil) {
		return fmt.Errorf("%w: verdict %s, and edited claim present: %t", ErrInvalid, v.Review, v.Edited != nil)
	}
	if v.Edited != nil {
		return v.Edited.Validate()
	}
	return nil
}

// Reviewed returns the claims as people have left them, in text order: each base claim
// under its last verdict that was not undone, the claims that were added by hand, and a
// claim marked obsolete for each edit whose base claim is gone. An added claim that a
// rule now finds too is merged into the rule's.
func Reviewed(base []Claim, verdicts []Verdict) []Claim {
	standing := slices.DeleteFunc(slices.Clone(verdicts), func(v Verdict) bool { return v.Undone })
	slices.SortStableFunc(standing, func(a, b Verdict) int { return cmp.Compare(a.Seq, b.Seq) })
	s := subjectsOf(base, standing)
	out := make([]Claim, 0, len(base))
	for _, c := range base {
		out = append(out, s.underVerdict(c, standing))
	}
	out = append(out, s.withoutBase(base, standing)...)
	slices.SortStableFunc(out, byText)
	return out
}

// subjects is what verdicts may be about: the ids that still stand in the base, and the
// claims that people wrote.
type subjects struct {
	present map[string]bool
	added   map[string]*Claim
}

func subjectsOf(base []Claim, standing []Verdict) subjects {
	s := subjects{map[string]bool{}, map[string]*Claim{}}
	for _, c := range base {
		s.present[c.ID] = true
	}
	for _, v := range standing {
		if v.Review == ReviewAdded {
			s.added[v.Claim] = v.Edited
		}
	}
	return s
}

// about reports whether a verdict speaks of a base claim: of the very claim that was
// judged; or, that one being gone, of the one that the binding holds for. A claim that
// still stands keeps its verdict to itself, and a claim written by hand merges only into
// one that does not contradict it.
func (s subjects) about(v Verdict, c Claim) bool {
	if v.Claim == c.ID {
		return true
	}
	if s.present[v.Claim] || !v.Binding.Holds(c) {
		return false
	}
	hand := s.added[v.Claim]
	return hand == nil || hand.agrees(c)
}

// agrees reports whether no slot that both claims fill differs.
func (c Claim) agrees(other Claim) bool {
	same := func(a, b string) bool { return a == "" || b == "" || a == b }
	return c.Polarity == other.Polarity && same(c.valueKey(), other.valueKey()) &&
		same(string(c.Sector), string(other.Sector)) && same(string(c.Indicator), string(other.Indicator)) &&
		same(c.Label, other.Label) && same(c.Site, other.Site) && same(c.Employer, other.Employer) &&
		same(c.Root().key(), other.Root().key()) &&
		(within(c.placeIDs(), other.placeIDs()) || within(other.placeIDs(), c.placeIDs()))
}

// key tells roots apart; an anonymous link without role and code says nothing.
func (a Attribution) key() string {
	if a.Name == "" && a.Role == "" && a.Code == "" {
		return ""
	}
	return string(a.Speaker) + "\x00" + a.Name + "\x00" + a.Role + "\x00" + a.Code
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(id string) bool { return !slices.Contains(all, id) })
}

func byText(a, b Claim) int {
	if a.Before(b) {
		return -1
	}
	if b.Before(a) {
		return 1
	}
	return 0
}

// underVerdict prefers a verdict on the very claim to one that only overlaps it.
func (s subjects) underVerdict(c Claim, standing []Verdict) Claim {
	last, exact := -1, false
	for i, v := range standing {
		same := v.Claim == c.ID
		if same || !exact && s.about(v, c) {
			last, exact = i, exact || same
		}
	}
	if last < 0 {
		return c
	}
	return overlaid(c, standing[last])
}

func overlaid(c Claim, v Verdict) Claim {
	if v.Edited == nil || v.Review == ReviewAdded {
		c.Review = v.Review
		return c
	}
	edited := *v.Edited
	edited.ID, edited.Report, edited.Text = c.ID, c.Report, c.Text
	edited.Origin, edited.Review, edited.Rules, edited.Score = c.Origin, ReviewEdited, c.Rules, c.Score
	return edited
}

func (s subjects) withoutBase(base []Claim, standing []Verdict) []Claim {
	var out []Claim
	last := map[string]int{}
	for i, v := range standing {
		last[v.Claim] = i
	}
	for i, v := range standing {
		if last[v.Claim] != i || slices.ContainsFunc(base, func(c Claim) bool { return s.about(v, c) }) {
			continue
		}
		if c, ok := kept(v, standing[:i]); ok {
			out = append(out, c)
		}
	}
	return out
}

// kept returns what stays of a verdict whose base claim is not there: the added claim,
// under any later decision on it, or the edit, marked obsolete.
func kept(v Verdict, earlier []Verdict) (Claim, bool) {
	if v.Review == ReviewAdded {
		c := *v.Edited
		c.ID, c.Origin, c.Review = v.Claim, FromReviewer, ReviewAdded
		return c, true
	}
	for _, before := range earlier {
		if before.Claim == v.Claim && before.Review == ReviewAdded {
			c, _ := kept(before, nil)
			return overlaid(c, v), true
		}
	}
	if v.Edited == nil {
		return Claim{}, false
	}
	c := *v.Edited
	c.ID, c.Review = v.Claim, ReviewObsolete
	return c, true
}

// JudgementWord is what a person decided about a hit.
type JudgementWord string

// The judgements, named as people press them; FollowTheMoney's positive, negative and
// unsure.
const (
	JudgementSame      JudgementWord = "same"
	JudgementDifferent JudgementWord = "different"
	JudgementUnsure    JudgementWord = "unsure"
)

// Decision is one person's judgement on a hit. It stands until either side changes.
type Decision struct {
	ID          string        `json:"id"`
	Query       string        `json:"query"`   // key of the screened party
	Listing     string        `json:"listing"` // id of the listing
	Judgement   JudgementWord `json:"judgement"`
	Reason      string        `json:"reason,omitempty"`
	QueryHash   string        `json:"query_hash"`
	ListingHash string        `json:"listing_hash"`
	QueryThen   *Query        `json:"query_then,omitempty"` // as judged, so that a change can be shown
	ListingThen *Listing      `json:"listing_then,omitempty"`
	Actor       string        `json:"actor"`
	At          time.Time     `json:"at"`
}

// HitDecision is what people have decided about a hit, as a later run finds it. When either
// side has changed since, it stands no more, and Changed says how.
type HitDecision struct {
	Judgement JudgementWord `json:"judgement"`
	Stands    bool          `json:"stands"`
	Changed   []string      `json:"changed,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Actor     string        `json:"actor,omitempty"`
	Pending   bool          `json:"pending,omitempty"` // one person says same, and the base asks for two
}
