package corvee

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Report is one published document at one moment. Its original bytes are never changed;
// ID is "sha256:" and their hash, Text the hash of the text that was made from them.
type Report struct {
	ID        string `json:"id"`
	Text      string `json:"text"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Publisher string `json:"publisher,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Published Date   `json:"published"`
	Lang      string `json:"lang,omitempty"` // BCP 47: en, ko, zh
	MediaType string `json:"media_type"`
	Encoding  string `json:"encoding,omitempty"` // of the original, by its IANA name
	Bytes     int64  `json:"bytes"`              // of the original
	// Replaced counts the invalid byte sequences that were decoded to U+FFFD.
	Replaced int `json:"replaced,omitempty"`
	// CapturedAt is kept in the base and left out of the stream: the same input must give
	// the same bytes.
	CapturedAt time.Time `json:"-"`
}

// HashID returns "sha256:" and the hash of the bytes.
func HashID(original []byte) string {
	sum := sha256.Sum256(original)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// InputState is where an input ended.
type InputState string

// The states of an input. Every input is in one of them and the totals reconcile.
const (
	InputDone      InputState = "done"
	InputDuplicate InputState = "duplicate_of" // another input brought the same bytes
	InputRejected  InputState = "rejected"     // cannot become a report; Reason says why
	InputFailed    InputState = "failed"       // may work another time if Retryable
)

// Input is one thing that was brought in: a file, an address, a row.
type Input struct {
	ID         string     `json:"id"`
	Collection string     `json:"collection,omitempty"`
	Origin     string     `json:"origin"` // path or address as it was given
	Report     string     `json:"report,omitempty"`
	State      InputState `json:"state"`
	Reason     string     `json:"reason,omitempty"`
	Remedy     string     `json:"remedy,omitempty"`
	Retryable  bool       `json:"retryable,omitempty"`
	Tool       string     `json:"tool,omitempty"` // decoder and version
	Bytes      int64      `json:"bytes"`
	At         time.Time  `json:"-"`
}

// Sealed is all that shows of a sealed report without the key: a code and a state.
type Sealed struct {
	Code  string    `json:"code"`
	State string    `json:"state"` // sealed; closing or opening while a command is at it
	At    time.Time `json:"at"`    // when it was sealed
}

// Collection holds reports, sites and runs that belong together.
type Collection struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// DefaultCollection is where things go that name no other.
const DefaultCollection = "default"

// LineageKind is how one report depends on another.
type LineageKind string

// The kinds of dependence. A copy adds nothing to what a claim rests on.
const (
	LineageReprint     LineageKind = "reprint"
	LineageAbridgement LineageKind = "abridgement"
	LineageTranslation LineageKind = "translation"
	LineageRetelling   LineageKind = "retelling"
	LineageCitation    LineageKind = "citation"
)

// Lineage is a directed edge: the report From depends on the report To.
type Lineage struct {
	From     string      `json:"from"`
	To       string      `json:"to"`
	Kind     LineageKind `json:"kind"`
	Evidence []string    `json:"evidence"`
	Score    int         `json:"score"` // 0–100
}

// Origin is a root source that is left after lineage is collapsed.
type Origin struct {
	ID      string   `json:"id"`
	Speaker Speaker  `json:"speaker"`
	Reports []string `json:"reports"`
}

// OriginCount is how many independent origins stand behind something: Min with unknown
// lineage collapsed, Max without.
type OriginCount struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Reliability is the Admiralty grade of a source, A to F; F cannot be judged.
type Reliability string

// Credibility is the Admiralty grade of a claim, 1 to 6; 1 needs two origins in
// different lineage groups, 6 cannot be judged.
type Credibility int

// Evidence is what stands behind one question: claims and facts about the same kind,
// scope and period, with the origins that are left.
type Evidence struct {
	ID          string      `json:"id"`
	Kind        Kind        `json:"kind"`
	Claims      []string    `json:"claims"`
	Origins     OriginCount `json:"origins"`
	Support     Support     `json:"support"`
	Credibility Credibility `json:"credibility,omitempty"`
}
