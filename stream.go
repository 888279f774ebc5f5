package corvee

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Protocol is the version of the stream.
const Protocol = "corvee/1"

// Message is one line of the corvee/1 stream: a JSON object with exactly one key, which
// names what it carries. Unknown keys and fields are ignored; an absent field is unknown.
type Message struct {
	Config   *Config   `json:"config,omitempty"`
	Report   *Report   `json:"report,omitempty"`
	Claim    *Claim    `json:"claim,omitempty"`
	Lineage  *Lineage  `json:"lineage,omitempty"`
	Finding  *Finding  `json:"finding,omitempty"`
	Row      *Row      `json:"row,omitempty"`
	Hit      *Hit      `json:"hit,omitempty"`
	Context  *Context  `json:"context,omitempty"`
	Input    *Input    `json:"input,omitempty"`
	Sealed   *Sealed   `json:"sealed,omitempty"`
	List     *ListInfo `json:"list,omitempty"`
	Change   *Change   `json:"change,omitempty"`
	Rejected *Rejected `json:"rejected,omitempty"`
	Summary  *Summary  `json:"summary,omitempty"`
}

// Config is the first message: what made the stream and what a reader must know.
type Config struct {
	Protocol string            `json:"protocol"`
	Version  string            `json:"version"`
	Rules    string            `json:"rules"`
	Settings map[string]string `json:"settings"`
	Notice   string            `json:"notice"`
}

// Result is what a finding concludes.
type Result string

const (
	ResultAgrees     Result = "agrees"
	ResultDisagrees  Result = "disagrees"
	ResultBounds     Result = "bounds"
	ResultEngaged    Result = "engaged"
	ResultMayBe      Result = "may_be_engaged"
	ResultNotEngaged Result = "not_engaged"
	ResultMet        Result = "met"
	ResultNotMet     Result = "not_met"
	ResultNoEvidence Result = "no_evidence"
)

// Finding is what an assessment concludes, with its rule, its figures and the claims that
// it rests on. Unreviewed counts those of them that no person has judged.
type Finding struct {
	Kind       string           `json:"kind"` // "ledger.total", "ledger.share" …
	Rule       string           `json:"rule"`
	Result     Result           `json:"result"`
	Numbers    map[string]Range `json:"numbers"`
	Needs      []string         `json:"needs,omitempty"`
	Claims     []string         `json:"claims"`
	Unreviewed int              `json:"unreviewed"`
	Text       string           `json:"text"`
}

// RowState is how a screened row ended.
type RowState string

const (
	RowHit      RowState = "hit"
	RowContext  RowState = "context"
	RowClear    RowState = "clear"
	RowRejected RowState = "rejected"
)

// Row is the result of one row of a screened table; rows are counted from 1, after the header.
type Row struct {
	Row    int             `json:"row"`
	ID     string          `json:"id,omitempty"`
	Name   string          `json:"name,omitempty"` // that was screened
	State  RowState        `json:"state"`
	Reason string          `json:"reason,omitempty"`
	Input  json.RawMessage `json:"input,omitempty"` // the row as it came: its cells by header, in the table's order
}

// Query is one party to screen.
type Query struct {
	ID          string       `json:"id,omitempty"`
	Name        string       `json:"name"`
	Type        PartyType    `json:"type,omitempty"`
	Country     string       `json:"country,omitempty"` // ISO 3166 alpha-2
	Address     string       `json:"address,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	// Sector, Place and When meet the evidence base; they are never part of a name match.
	Sector Sector `json:"sector,omitempty"`
	Place  string `json:"place,omitempty"`
	When   *When  `json:"when,omitempty"`
}

// Band is how strong a hit is, for people.
type Band string

// The bands. Related is a lead to an affiliate, not the party itself.
const (
	BandStrong   Band = "strong"
	BandPossible Band = "possible"
	BandWeak     Band = "weak"
	BandRelated  Band = "related"
)

// TokenMatch explains one token of the query: what it met in the listing's name, by which
// rule (exact, typo:1, legal-form …). An empty M was not met, an empty Q was not asked.
type TokenMatch struct {
	Q    string `json:"q"`
	M    string `json:"m"`
	Rule string `json:"rule"`
}

// FactEffect is what a fact other than the name says about a hit.
type FactEffect struct {
	Name   string `json:"name"`   // country, identifier, address, type
	Effect string `json:"effect"` // agrees, conflicts, unknown
	Detail string `json:"detail,omitempty"`
}

// ListingRef names a listing in a hit.
type ListingRef struct {
	ID       string      `json:"id"`
	List     string      `json:"list"`
	ListDate Date        `json:"list_date"`
	SourceID string      `json:"source_id"`
	Kind     ListingKind `json:"kind"`
	Lists    []ListID    `json:"lists,omitempty"`
	Programs []string    `json:"programs,omitempty"`
}

// Ref returns the reference of a listing.
func (l Listing) Ref() ListingRef {
	return ListingRef{l.ID, l.List, l.ListDate, l.SourceID, l.Kind, l.Lists, l.Programs}
}

// Hit is a listing that a query may be, and why. It is never proof: HitNotice says so and
// goes with every hit that is shown to people.
type Hit struct {
	Row        int          `json:"row,omitempty"`
	Query      Query        `json:"query"`
	Listing    ListingRef   `json:"listing"`
	Matched    string       `json:"matched"` // the listing's name that met the query
	Score      float64      `json:"score"`   // calibrated probability, 0 to 1
	Band       Band         `json:"band"`
	Tokens     []TokenMatch `json:"tokens"`
	Facts      []FactEffect `json:"facts,omitempty"`
	Evidence   []string     `json:"evidence,omitempty"` // claim ids
	Unreviewed int          `json:"unreviewed"`
	Origins    *OriginCount `json:"origins,omitempty"`
	Decision   *HitDecision `json:"decision,omitempty"` // a standing "different" of all leaves the row clear
}

// HitNotice is what every reader of a hit must know.
const HitNotice = "A name match is not proof that two parties are one. Ask for a second identifier. " +
	"Before ending a relation, ask and seek remedy: workers pay for a hasty exit."

// Notice is what every reader of claims and findings must know.
const Notice = "Claims are what reports state, not proven facts and not legal advice. " +
	"Unreviewed claims were read by rules and judged by nobody."

// Context says that claims of the evidence base meet a row by sector, place and period.
// It is never called a match.
type Context struct {
	Row        int      `json:"row"`
	Claims     []string `json:"claims"`
	Unreviewed int      `json:"unreviewed"`
	Why        string   `json:"why"`
}

// ListInfo is the state of one list in the base.
type ListInfo struct {
	ListVersion
	AgeDays int    `json:"age_days"`         // of an undated list since its import
	Stale   bool   `json:"stale,omitempty"`  // older than such a list should be
	Source  string `json:"source,omitempty"` // the publisher's page
}

// ChangeKind is how something is different from an earlier state. A hit that a person had
// judged is reopened when either side of it has changed since.
type ChangeKind string

const (
	ChangeAdded    ChangeKind = "added"
	ChangeRemoved  ChangeKind = "removed"
	ChangeChanged  ChangeKind = "changed"
	ChangeReopened ChangeKind = "reopened"
)

// Change is what is different: of a list, one entry; of a run, one hit, with row and query.
type Change struct {
	Kind    ChangeKind  `json:"kind"`
	Row     int         `json:"row,omitempty"`
	Query   *Query      `json:"query,omitempty"`
	Listing *ListingRef `json:"listing,omitempty"`
	Name    string      `json:"name"` // of the listing
	Details []string    `json:"details,omitempty"`
}

// Rejected is one input or row that could not be used, why, and what to do next.
type Rejected struct {
	Input  string `json:"input"`
	Row    *int   `json:"row,omitempty"`
	Reason string `json:"reason"`
	Remedy string `json:"remedy"`
}

// RowCounts are the totals of a screened table.
type RowCounts struct {
	Hit      int `json:"hit"`
	Context  int `json:"context"`
	Clear    int `json:"clear"`
	Rejected int `json:"rejected"`
}

// Summary is the last message. UnresolvedDates counts claims whose relative dates want
// the report's own date; Unread counts reports in a language without a reader.
type Summary struct {
	Reports         int       `json:"reports"`
	Claims          int       `json:"claims"`
	Findings        int       `json:"findings,omitempty"`
	UnresolvedDates int       `json:"unresolved_dates,omitempty"`
	Unread          int       `json:"unread,omitempty"`
	Changes         int       `json:"changes,omitempty"`
	Rows            RowCounts `json:"rows"`
	Rejected        int       `json:"rejected"`
	// Sealed counts the sealed reports of the base: what they state is not in this stream.
	Sealed int `json:"sealed,omitempty"`
}

// Encoder writes a stream, one message a line.
type Encoder struct{ json *json.Encoder }

// NewEncoder returns an Encoder onto w.
func NewEncoder(w io.Writer) *Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &Encoder{enc}
}

// Encode writes one message.
func (e *Encoder) Encode(m Message) error { return e.json.Encode(m) }

// maxLine bounds one message; the longest is a claim with a quote of a whole paragraph.
const maxLine = 8 << 20

// Decoder reads a stream.
type Decoder struct {
	in   *bufio.Reader
	held []byte
	line int
}

// NewDecoder returns a Decoder of r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{in: bufio.NewReaderSize(r, 64<<10)} }

// Decode returns the next message, io.EOF after the last, or ErrInvalid naming the line;
// the call after that goes on with the next line. A message of a kind that this version
// does not know comes back empty.
func (d *Decoder) Decode() (Message, error) {
	for {
		line, err := d.next()
		if err != nil {
			return Message{}, err
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var m Message
		if err := json.Unmarshal(line, &m); err != nil {
			return Message{}, fmt.Errorf("%w: stream line %d: %v", ErrInvalid, d.line, err)
		}
		return m, nil
	}
}

// next returns a line with its end; one that is over the limit is read to its end and
// dropped, so that what comes after it is not lost.
func (d *Decoder) next() ([]byte, error) {
	d.held = d.held[:0]
	d.line++
	for size := 0; ; {
		part, err := d.in.ReadSlice('\n')
		if size += len(part); size <= maxLine {
			d.held = append(d.held, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case err != nil && size == 0:
			return nil, io.EOF
		case size > maxLine:
			return nil, fmt.Errorf("%w: stream line %d is over %d bytes", ErrInvalid, d.line, maxLine)
		}
		return d.held, nil
	}
}
