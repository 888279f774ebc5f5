package corvee

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Claim is what one report states, with the exact words that state it. Empty means
// unknown everywhere: the report does not say.
type Claim struct {
	ID          string        `json:"id"`
	Report      string        `json:"report"`
	Text        string        `json:"text,omitempty"`
	Kind        Kind          `json:"kind"`
	Subject     string        `json:"subject,omitempty"`     // the worker group, in the report's words
	Nationality string        `json:"nationality,omitempty"` // ISO 3166 alpha-2
	Places      []Place       `json:"places,omitempty"`
	Countries   []string      `json:"countries,omitempty"` // ISO 3166 alpha-2, where the work is
	Site        string        `json:"site,omitempty"`
	Employer    string        `json:"employer,omitempty"`
	Sector      Sector        `json:"sector,omitempty"`
	Value       *Value        `json:"value,omitempty"`
	When        *When         `json:"when,omitempty"`
	Label       string        `json:"label,omitempty"` // campaign, levy, instrument, directive
	Indicator   Indicator     `json:"indicator,omitempty"`
	Attribution []Attribution `json:"attribution"` // who said it first, publisher last
	Factuality  Factuality    `json:"factuality"`
	Polarity    Polarity      `json:"polarity"`
	Inferred    []SlotName    `json:"inferred,omitempty"` // slots filled from beyond the sentence
	Quote       Quote         `json:"quote"`
	Mentions    []Quote       `json:"mentions,omitempty"` // the same claim stated again
	Slots       []Slot        `json:"slots,omitempty"`
	Rules       []string      `json:"rules,omitempty"`
	Score       int           `json:"score"` // 0–100, orders review; not a probability
	Origin      ClaimOrigin   `json:"origin"`
	Review      Review        `json:"review"`
	// Origins says how many separate origins stand behind what the claim states; absent
	// where that was not asked. It is no part of the claim's identity.
	Origins *OriginCount `json:"origins,omitempty"`
}

// SlotName names a slot of a claim by its field in corvee/1.
type SlotName string

// The slots that reading fills.
const (
	SlotSubject     SlotName = "subject"
	SlotNationality SlotName = "nationality"
	SlotPlaces      SlotName = "places"
	SlotSite        SlotName = "site"
	SlotEmployer    SlotName = "employer"
	SlotSector      SlotName = "sector"
	SlotValue       SlotName = "value"
	SlotWhen        SlotName = "when"
	SlotLabel       SlotName = "label"
	SlotIndicator   SlotName = "indicator"
	SlotAttribution SlotName = "attribution"
	SlotFactuality  SlotName = "factuality"
	SlotPolarity    SlotName = "polarity"
)

// Rung is how far from the cue a slot was filled.
type Rung string

// The rungs of the scope ladder, nearest first. Beyond RungSentence a slot is inferred.
const (
	RungClause    Rung = "clause"
	RungSentence  Rung = "sentence"
	RungParagraph Rung = "paragraph"
	RungReport    Rung = "report" // title, dateline, metadata
)

// Slot traces one filled slot: the words that filled it, where, by which rule, how far
// from the cue.
type Slot struct {
	Name SlotName `json:"name"`
	Span
	Rung Rung   `json:"rung"`
	Rule string `json:"rule,omitempty"`
}

// Place is a named place with the precision that the report supports.
type Place struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	Country   string         `json:"country,omitempty"`
	Precision PlacePrecision `json:"precision"`
}

// Attribution is one link of the chain from who said it to who published it. Name is
// kept only for the classes of speaker that may be named; everyone else is a Role and a
// Code per report, so that no base holds the name of a worker or a source.
type Attribution struct {
	Name    string  `json:"name,omitempty"`
	Role    string  `json:"role,omitempty"` // "source", "worker", "official": never a name
	Code    string  `json:"code,omitempty"` // "A-1": the same person within one report
	Country string  `json:"country,omitempty"`
	Speaker Speaker `json:"speaker"`
}

// Named reports whether a speaker of this class may be stored by name.
func (v Speaker) Named() bool { return v != SpeakerAnonymous && v != SpeakerAuthor }

// Validate returns ErrInvalid for an unknown class and for a name that must not be kept.
func (a Attribution) Validate() error {
	if !a.Speaker.Valid() {
		return fmt.Errorf("%w: speaker %q", ErrInvalid, a.Speaker)
	}
	if a.Name != "" && !a.Speaker.Named() {
		return fmt.Errorf("%w: a speaker of class %s is never stored by name", ErrInvalid, a.Speaker)
	}
	return nil
}

// Root returns the link that said it first; the zero Attribution for an empty chain.
func (c Claim) Root() Attribution {
	if len(c.Attribution) == 0 {
		return Attribution{}
	}
	return c.Attribution[0]
}

// Validate returns ErrInvalid for the first invariant of a claim that does not hold. That
// its quote is in the text is Text.Ground's to say.
func (c Claim) Validate() error {
	switch {
	case !c.Kind.Valid():
		return fmt.Errorf("%w: kind %q", ErrInvalid, c.Kind)
	case (c.Kind == KindCondition) != (c.Indicator != ""):
		return fmt.Errorf("%w: a condition, and nothing else, names an indicator", ErrInvalid)
	case c.Indicator != "" && !c.Indicator.Valid():
		return fmt.Errorf("%w: indicator %q", ErrInvalid, c.Indicator)
	case c.Sector != "" && !c.Sector.Valid():
		return fmt.Errorf("%w: sector %q", ErrInvalid, c.Sector)
	case !c.Factuality.Valid() || !c.Polarity.Valid():
		return fmt.Errorf("%w: factuality %q, polarity %q", ErrInvalid, c.Factuality, c.Polarity)
	case !c.Origin.Valid() || !c.Review.Valid():
		return fmt.Errorf("%w: origin %q, review %q", ErrInvalid, c.Origin, c.Review)
	case c.Quote.Exact == "" || c.Quote.Len() != len(c.Quote.Exact):
		return fmt.Errorf("%w: quote of %d bytes at %d:%d", ErrInvalid, len(c.Quote.Exact), c.Quote.Start, c.Quote.End)
	case c.Score < 0 || c.Score > 100:
		return fmt.Errorf("%w: score %d", ErrInvalid, c.Score)
	}
	return c.validateParts()
}

func (c Claim) validateParts() error {
	if c.Value != nil {
		if err := c.Value.Validate(); err != nil {
			return err
		}
	}
	for _, a := range c.Attribution {
		if err := a.Validate(); err != nil {
			return err
		}
	}
	for _, p := range c.Places {
		if !p.Precision.Valid() {
			return fmt.Errorf("%w: precision %q of place %s", ErrInvalid, p.Precision, p.ID)
		}
	}
	return nil
}

// NewID returns the claim's identity: a hash of its text, kind, span, value and slots
// (FORMATS: sector, indicator, label, places, site, employer, root source, polarity).
// When is left out on purpose: a report's date that is learnt later must not orphan the
// verdicts. docs/terms.md works one example per kind.
func (c Claim) NewID() string {
	raw, err := json.Marshal(c.identity())
	if err != nil {
		panic(err) // strings always marshal
	}
	sum := sha256.Sum256(raw)
	return "c" + hex.EncodeToString(sum[:16])
}

func (c Claim) identity() []string {
	root := c.Root()
	parts := []string{
		"corvee/1", c.Text, string(c.Kind), strconv.Itoa(c.Quote.Start), strconv.Itoa(c.Quote.End),
		c.valueKey(), string(c.Sector), string(c.Indicator), c.Label, c.Site, c.Employer,
		string(root.Speaker), root.Name, root.Role, root.Code, string(c.Polarity),
	}
	return append(parts, c.placeIDs()...)
}

func (c Claim) valueKey() string {
	if c.Value == nil {
		return ""
	}
	v := c.Value
	raw, _ := json.Marshal([]string{
		v.Low.String(), v.High.String(), string(v.Exclusive), string(v.Unit),
		v.Of, v.Currency, string(v.Per), string(v.Period),
	})
	return string(raw)
}

func (c Claim) placeIDs() []string {
	ids := make([]string, 0, len(c.Places))
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	return ids
}

// Discriminator tells claims of one kind over one span apart: the indicator, else the
// sector, else the label, else the value.
func (c Claim) Discriminator() string {
	switch {
	case c.Indicator != "":
		return "indicator:" + string(c.Indicator)
	case c.Sector != "" && c.Kind == KindActivity:
		return "sector:" + string(c.Sector)
	case c.Value != nil:
		return "value:" + c.Value.Low.String() + ".." + c.Value.High.String() + " " + c.Value.Currency
	case c.Label != "":
		return "label:" + c.Label
	}
	return ""
}

// Before orders claims as they stand in their text: by start, end, kind, then id.
func (c Claim) Before(other Claim) bool {
	switch {
	case c.Quote.Start != other.Quote.Start:
		return c.Quote.Start < other.Quote.Start
	case c.Quote.End != other.Quote.End:
		return c.Quote.End < other.Quote.End
	case c.Kind != other.Kind:
		return slices.Index(Kinds(), c.Kind) < slices.Index(Kinds(), other.Kind)
	}
	return c.ID < other.ID
}
