package score

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"corvee"
)

// Record is one annotated report in the layout of the annotation guide. Fields that it
// does not know are ignored.
type Record struct {
	ID           string      `json:"id"`
	URL          string      `json:"url"`
	Title        string      `json:"title"`
	Lang         string      `json:"lang"`
	Publisher    string      `json:"publisher"`
	Published    corvee.Date `json:"published"`
	Group        string      `json:"group"` // reports of one story; empty stands alone
	HardNegative bool        `json:"hard_negative"`
	TextChars    int         `json:"text_chars"`  // code points of the annotated opening; 0 is all
	TextSHA256   string      `json:"text_sha256"` // of that opening
	Claims       []Gold      `json:"claims"`
}

// Gold is one annotated claim. Per, Polarity, Speaker and Via may be absent and are then
// not scored. Spans count code points of the body, end-exclusive.
type Gold struct {
	Kind        corvee.Kind       `json:"kind"`
	Also        []corvee.Kind     `json:"also"` // kinds that are right as well
	Subject     string            `json:"subject"`
	Place       string            `json:"place"`   // several are parted by "; "
	Country     string            `json:"country"` // English names, parted likewise
	Sector      string            `json:"sector"`
	Value       *Figure           `json:"value"`
	Per         corvee.Per        `json:"per"`
	Date        corvee.Date       `json:"date"`
	DateRange   []corvee.Date     `json:"date_range"` // first and last
	Label       string            `json:"label"`
	Indicator   corvee.Indicator  `json:"indicator"`
	Attribution string            `json:"attribution"`
	Speaker     corvee.Speaker    `json:"speaker"`
	Via         string            `json:"via"` // outlet, if not the publisher
	Hedge       corvee.Factuality `json:"hedge"`
	Polarity    corvee.Polarity   `json:"polarity"`
	Span        [2]int            `json:"span"`
	AltSpans    [][2]int          `json:"alt_spans"`
}

// Figure is an annotated value; an absent end is open.
type Figure struct {
	Low      corvee.Decimal    `json:"low"`
	High     corvee.Decimal    `json:"high"`
	Unit     string            `json:"unit"`
	Currency string            `json:"currency"`
	Period   corvee.RatePeriod `json:"period"`
}

// ParseGold reads records, one a line. It returns ErrInvalid, naming record and claim, for
// what the closed lists do not hold.
func ParseGold(raw []byte) ([]Record, error) {
	var records []Record
	seen := map[string]bool{}
	line := 0
	for text := range bytes.Lines(raw) {
		line++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		var r Record
		if err := json.Unmarshal(text, &r); err != nil {
			return nil, fmt.Errorf("score: gold line %d: %w: %v", line, corvee.ErrInvalid, err)
		}
		if r.ID == "" || seen[r.ID] {
			return nil, fmt.Errorf("score: gold line %d: %w: id %q is empty or stands twice", line, corvee.ErrInvalid, r.ID)
		}
		seen[r.ID] = true
		for i, g := range r.Claims {
			if err := g.validate(); err != nil {
				return nil, fmt.Errorf("score: %s claim %d: %w", r.ID, i+1, err)
			}
		}
		records = append(records, r)
	}
	return records, nil
}

func (g Gold) validate() error {
	switch {
	case !g.Kind.Valid() || slices.ContainsFunc(g.Also, func(k corvee.Kind) bool { return !k.Valid() }):
		return fmt.Errorf("%w: kind %q also %q", corvee.ErrInvalid, g.Kind, g.Also)
	case !g.Hedge.Valid() || g.Polarity != "" && !g.Polarity.Valid():
		return fmt.Errorf("%w: hedge %q, polarity %q", corvee.ErrInvalid, g.Hedge, g.Polarity)
	case g.Indicator != "" && !g.Indicator.Valid():
		return fmt.Errorf("%w: indicator %q", corvee.ErrInvalid, g.Indicator)
	case g.Speaker != "" && !g.Speaker.Valid() || g.Per != "" && !g.Per.Valid():
		return fmt.Errorf("%w: speaker %q, per %q", corvee.ErrInvalid, g.Speaker, g.Per)
	case len(g.DateRange) != 0 && len(g.DateRange) != 2:
		return fmt.Errorf("%w: date_range of %d dates", corvee.ErrInvalid, len(g.DateRange))
	case g.Value != nil && g.Value.Period != "" && !g.Value.Period.Valid():
		return fmt.Errorf("%w: period %q", corvee.ErrInvalid, g.Value.Period)
	}
	return nil
}
