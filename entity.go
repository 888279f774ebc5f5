package corvee

import "time"

// Site is a workplace: a factory, restaurant, farm, camp. FollowTheMoney has no schema
// for it, so it is Corvee's own and exported as an Address.
type Site struct {
	ID       string     `json:"id"`
	Names    []Name     `json:"names"`
	Operator string     `json:"operator,omitempty"`
	Sector   Sector     `json:"sector,omitempty"`
	Place    Place      `json:"place"`
	Status   SiteStatus `json:"status"`
	AsOf     Date       `json:"as_of"`
}

// SiteStatus is whether a site works; the zero value is unknown.
type SiteStatus string

const (
	SiteActive SiteStatus = "active"
	SiteClosed SiteStatus = "closed"
)

// Organisation is a company or body: an employer, a dispatcher, a buyer.
type Organisation struct {
	ID      string `json:"id"`
	Names   []Name `json:"names"`
	Country string `json:"country,omitempty"`
}

// NameKind is how a party bears a name.
type NameKind string

// The kinds of name, after FollowTheMoney: name, alias, weakAlias, previousName.
const (
	NamePrimary  NameKind = "name"
	NameAlias    NameKind = "alias"
	NameWeak     NameKind = "weak_alias"
	NamePrevious NameKind = "previous_name"
)

// Name is one name of a party in one script.
type Name struct {
	Value string   `json:"value"`
	Kind  NameKind `json:"kind"`
	Lang  string   `json:"lang,omitempty"`
}

// PartyType is what a listing names.
type PartyType string

const (
	PartyPerson       PartyType = "person"
	PartyOrganisation PartyType = "organisation"
	PartyVessel       PartyType = "vessel"
	PartyAircraft     PartyType = "aircraft"
)

// Identifier is a number that an authority gave a party.
type Identifier struct {
	Type  string `json:"type"` // registration, lei, imo, tax, passport, other
	Value string `json:"value"`
}

// Listing is one entry on an official list.
type Listing struct {
	ID       string      `json:"id"`
	List     string      `json:"list"`      // the list's own name: "OFAC SDN"
	ListDate Date        `json:"list_date"` // of the file that it came from
	SourceID string      `json:"source_id"` // the list's own number
	Kind     ListingKind `json:"kind"`
	Type     PartyType   `json:"type,omitempty"`
	Names    []Name      `json:"names"`
	// Lists are the ids of the closed list that the entry's programmes map to.
	Lists       []ListID     `json:"lists,omitempty"`
	Programs    []string     `json:"programs,omitempty"`
	Topics      []string     `json:"topics,omitempty"`
	Countries   []string     `json:"countries,omitempty"`
	Addresses   []string     `json:"addresses,omitempty"`
	Identifiers []Identifier `json:"identifiers,omitempty"`
	Dates       []Date       `json:"dates,omitempty"` // of birth or incorporation
	Remarks     string       `json:"remarks,omitempty"`
}

// ListVersion is one imported copy of a list, so that a run can be proved later.
type ListVersion struct {
	List     string    `json:"list"`
	Date     Date      `json:"date"`
	File     string    `json:"file"`
	SHA256   string    `json:"sha256"`
	Listings int       `json:"listings"`
	Rejected int       `json:"rejected"`
	Unread   []string  `json:"unread,omitempty"` // columns or elements that its layout does not have
	Imported time.Time `json:"-"`
}

// Actor is who acts: the local user until there are accounts.
type Actor struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LocalActor is the one user of a base on a laptop.
const LocalActor = "local"

// Event is one act, appended and chained: ids and a verb, the salted hash of its
// payload, and the hash of the event before. The payload lies apart, so that a purge can
// empty it and the chain still verifies.
type Event struct {
	Seq         int64     `json:"seq"`
	At          time.Time `json:"at"`
	Actor       string    `json:"actor"`
	Collection  string    `json:"collection"`
	Verb        string    `json:"verb"`
	Subject     string    `json:"subject"`
	PayloadHash string    `json:"payload_hash"`
	Prev        string    `json:"prev"`
	Hash        string    `json:"hash"`
}

// RunState is whether a run has come to its end; one that was cut off is gone on with. The zero value is done.
type RunState string

// The states of a run.
const (
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunFailed  RunState = "failed" // its settings say why
)

// Run is one screening of one table: what was asked, against which lists, with which
// settings. It is kept even when nothing was found, so that an absence can be shown.
type Run struct {
	ID         string            `json:"id"`
	State      RunState          `json:"state,omitempty"`
	RowsDone   int               `json:"rows_done,omitempty"`
	Key        string            `json:"key,omitempty"` // of input, lists, settings and version
	Collection string            `json:"collection"`
	Input      string            `json:"input"`        // file name as given
	InputHash  string            `json:"input_sha256"` // of its bytes
	Lists      []ListVersion     `json:"lists"`
	Settings   map[string]string `json:"settings"`
	Rows       RowCounts         `json:"rows"`
	ResultHash string            `json:"result_sha256"`
	Actor      string            `json:"actor"`
	At         time.Time         `json:"at"`
}
