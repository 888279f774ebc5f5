// Package store is the port to the base: where reports, claims, verdicts, lists and runs
// are kept.
//
// What comes in and goes out: the nouns of package corvee, inside a transaction. Its one
// idea: data, the event that tells of it and the work that it causes are written in one
// transaction, so a crash leaves all of it or nothing. SQLite and PostgreSQL stand behind
// the same port; storetest is the suite that both pass.
package store

import (
	"context"
	"iter"

	"corvee"
)

// Store is a base.
type Store interface {
	// View runs read-only work on one consistent state of the base.
	View(ctx context.Context, work func(Tx) error) error
	// Update runs work that writes. Nothing of it stays if work returns an error, panics
	// or the process dies. Work must have no effect outside Tx: it may be run again after
	// a serialisation failure. There is one writer at a time: an Update within the work of
	// another would wait for itself.
	Update(ctx context.Context, work func(Tx) error) error
	// Erase makes deleted rows unreadable in the raw files, as far as the database can:
	// pages are overwritten, the write-ahead log is emptied. Slow; used by purge.
	Erase(ctx context.Context) error
	// Sweep re-checks that every stored quote is what its text says, and returns the ids
	// of claims that are not.
	Sweep(ctx context.Context) ([]string, error)
	// Name says which database this is, without a password or a path.
	Name() string
	Close() error
}

// Tx is one transaction. Reads return corvee.ErrNotFound for what is not there; lists
// come in a stable order that each method states.
type Tx interface {
	Intake
	Claims
	Subjects
	Judgements
	Who
	Log
	Lists
	Runs
	Rates
	Web
	Sealing
	Accounts
}

// ReportFilter narrows Reports; zero fields do not narrow.
type ReportFilter struct {
	Collection string
	Limit      int
	Offset     int
}

// Intake keeps inputs and reports.
type Intake interface {
	// PutInput adds or replaces an input by its id.
	PutInput(ctx context.Context, in corvee.Input) error
	// Inputs returns inputs in the order they first came, only those in the given states
	// if any are given.
	Inputs(ctx context.Context, states ...corvee.InputState) ([]corvee.Input, error)
	Input(ctx context.Context, id string) (corvee.Input, error)
	// PutReport adds or replaces a report and its text in a collection; "" leaves it where it
	// is, and puts a new one into the default.
	PutReport(ctx context.Context, collection string, r corvee.Report, t corvee.Text) error
	// Report accepts a full id or a unique beginning of at least six characters after
	// "sha256:"; an ambiguous one is corvee.ErrInvalid.
	Report(ctx context.Context, id string) (corvee.Report, error)
	Text(ctx context.Context, report string) (corvee.Text, error)
	// Reports are ordered by published, latest first, then id.
	Reports(ctx context.Context, f ReportFilter) ([]corvee.Report, error)
	CountReports(ctx context.Context) (int, error)
	// DeleteReport removes a report, by its full id, with its text, claims, verdicts and
	// the payloads of its events, and leaves a tombstone without a hash of the document.
	// The inputs that brought it keep their state and lose their id, origin, reason and
	// link, so that totals still reconcile; ask for them before. What rests on its claims, or
	// on the parties that it alone names, leaves too: decisions, alerts and the payloads that
	// tell of them; a message in the result of a run keeps its row and says that it was
	// taken out.
	DeleteReport(ctx context.Context, id string, tombstone Tombstone, parties ...Party) error
	Tombstones(ctx context.Context) ([]Tombstone, error)
}

// Tombstone says that something was purged, when and why, and nothing of what it was.
type Tombstone struct {
	ID     string
	At     int64 // microseconds UTC
	Actor  string
	Reason string
}

// ClaimFilter narrows Claims; zero fields do not narrow.
type ClaimFilter struct {
	Report  string
	Kind    corvee.Kind
	Country string
	Sector  corvee.Sector
	Place   string // place id
	Limit   int
	Offset  int
}

// Claims keeps what rules and reviewers found.
type Claims interface {
	// ReplaceClaims puts the machine's claims of one report in place of its earlier ones.
	// Every quote is checked against the stored text (corvee.ErrUngrounded), here and by
	// a trigger of the database.
	ReplaceClaims(ctx context.Context, report, rules string, claims []corvee.Claim) error
	// Claims are base claims, without verdicts, ordered by report (published, id), then
	// by place in the text.
	Claims(ctx context.Context, f ClaimFilter) ([]corvee.Claim, error)
	// Claim accepts a full id or a unique beginning of at least six characters.
	Claim(ctx context.Context, id string) (corvee.Claim, error)
	CountClaims(ctx context.Context) (int, error)
	// RulesOf returns the version of the rules that last read a report, "" if none did.
	RulesOf(ctx context.Context, report string) (string, error)
}

// Judgements keeps verdicts on claims and decisions on hits.
type Judgements interface {
	// AddVerdict appends a verdict and returns it with its Seq. If the last standing
	// verdict on the same claim is not the one numbered expected (0 for none), nothing is
	// written and corvee.ErrConflict is returned.
	AddVerdict(ctx context.Context, v corvee.Verdict, expected int64) (corvee.Verdict, error)
	// Verdicts of a report in order of Seq, undone ones included.
	Verdicts(ctx context.Context, report string) ([]corvee.Verdict, error)
	// UndoVerdict marks the actor's last standing verdict on a report as undone and
	// returns it; corvee.ErrNotFound if there is none.
	UndoVerdict(ctx context.Context, report, actor string) (corvee.Verdict, error)
	// PutDecision adds or replaces a decision by its id.
	PutDecision(ctx context.Context, d corvee.Decision) error
	// DeleteDecision removes a decision; corvee.ErrNotFound if it is not there.
	DeleteDecision(ctx context.Context, id string) error
	// Decisions are ordered by time, then id.
	Decisions(ctx context.Context) ([]corvee.Decision, error)
	// PutSetting adds or replaces what the base asks of people.
	PutSetting(ctx context.Context, name, value string) error
	// Settings returns the settings that were put, by name.
	Settings(ctx context.Context) (map[string]string, error)
}

// Log keeps actors, collections and the chain of events.
type Log interface {
	PutActor(ctx context.Context, a corvee.Actor) error
	Actors(ctx context.Context) ([]corvee.Actor, error)
	PutCollection(ctx context.Context, c corvee.Collection) error
	Collections(ctx context.Context) ([]corvee.Collection, error)
	// LastEvent returns the head of the chain and locks it until the transaction ends;
	// the zero Event for an empty chain.
	LastEvent(ctx context.Context) (corvee.Event, error)
	// AppendEvent adds a sealed event with its payload and salt, which lie in a table of
	// their own. report says whose purge empties the payload: the id of a report, or of an
	// input that has brought none yet and whose report it then is; "" for none. An event
	// that does not follow the last is corvee.ErrConflict.
	AppendEvent(ctx context.Context, e corvee.Event, report string, salt, payload []byte) error
	// Events yields the chain in order, from the event after seq.
	Events(ctx context.Context, seq int64) iter.Seq2[corvee.Event, error]
	// Payload returns an event's salt and payload; corvee.ErrNotFound when purged.
	Payload(ctx context.Context, seq int64) (salt, payload []byte, err error)
}

// Lists keeps official lists.
type Lists interface {
	// ReplaceList puts a new copy of a list in place of the earlier one.
	ReplaceList(ctx context.Context, v corvee.ListVersion, listings iter.Seq[corvee.Listing]) error
	// ListVersions are ordered by name.
	ListVersions(ctx context.Context) ([]corvee.ListVersion, error)
	// Listings yields all listings, ordered by list, then id.
	Listings(ctx context.Context) iter.Seq2[corvee.Listing, error]
	Listing(ctx context.Context, id string) (corvee.Listing, error)
}

// Runs keeps screening runs with their whole result.
type Runs interface {
	// PutRun adds a run and its messages (rows, hits, contexts, rejected) in order.
	PutRun(ctx context.Context, r corvee.Run, result iter.Seq[corvee.Message]) error
	// AppendResult adds messages behind the first after ones of a run; corvee.ErrConflict,
	// and nothing written, if the run has another number of them.
	AppendResult(ctx context.Context, run string, after int, more []corvee.Message) error
	// UpdateRun replaces what is said of a run, not its result.
	UpdateRun(ctx context.Context, r corvee.Run) error
	// Runs are ordered latest first.
	Runs(ctx context.Context) ([]corvee.Run, error)
	Run(ctx context.Context, id string) (corvee.Run, error)
	// RunResult yields the messages of a run in their order.
	RunResult(ctx context.Context, id string) iter.Seq2[corvee.Message, error]
}
