package corvee_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee"
)

var equalDecimals = cmp.Comparer(func(a, b corvee.Decimal) bool { return a == b })

// everyMessage returns one message of each kind, filled.
func everyMessage() []corvee.Message {
	row := 7
	claim := sample(func(c *corvee.Claim) {
		when := corvee.During(corvee.Date{Year: 2020, Month: 11})
		c.When, c.Inferred, c.Mentions = &when, []corvee.SlotName{corvee.SlotWhen}, []corvee.Quote{c.Quote}
		c.Slots = []corvee.Slot{{Name: corvee.SlotValue, Span: c.Quote.Span, Rung: corvee.RungClause, Rule: "en.wage.paid"}}
		c.Value.Equivalents = []corvee.Equivalent{{Range: corvee.Exactly(corvee.Int(350)), Currency: "USD", Start: 1, End: 4}}
		c.Value.Low, c.Value.Exclusive, c.Label, c.Rules = corvee.Decimal{}, corvee.ExclusiveHigh, "<loyalty & funds>", []string{"en.wage.paid"}
	})
	listed := corvee.ListVersion{List: "Own list", Date: corvee.Date{Year: 2024}, File: "own.csv", SHA256: "aa", Listings: 3, Rejected: 1}
	return []corvee.Message{
		{Config: &corvee.Config{Protocol: corvee.Protocol, Version: "0.1.0", Rules: "1", Settings: map[string]string{"format": "jsonl"}, Notice: corvee.Notice}},
		{Report: &corvee.Report{
			ID: "sha256:aa", Text: "sha256:bb", Publisher: "Invented Post", Published: corvee.Date{Year: 2020, Month: 11}, Lang: "en",
			MediaType: "text/plain", Encoding: "utf-8", Bytes: 12, Replaced: 1,
		}},
		{Report: &corvee.Report{ID: "sha256:ab", Text: "sha256:bb", MediaType: "text/html", Bytes: 12}},
		{Claim: &claim},
		{Lineage: &corvee.Lineage{From: "sha256:aa", To: "sha256:ab", Kind: corvee.LineageReprint, Evidence: []string{"same words"}, Score: 91}},
		{Finding: &corvee.Finding{
			Kind: "ledger.total", Rule: "ledger.total", Result: corvee.ResultAgrees, Claims: []string{claim.ID}, Unreviewed: 1, Text: "adds up",
			Numbers: map[string]corvee.Range{"total": corvee.Exactly(corvee.Int(460000))}, Needs: []string{"headcount"},
		}},
		{Row: &corvee.Row{Row: row, ID: "S-7", State: corvee.RowHit}},
		{Row: &corvee.Row{Row: 8, State: corvee.RowRejected, Reason: "no name"}},
		{Hit: &corvee.Hit{
			Row: row, Query: corvee.Query{ID: "S-7", Name: "Invented Trading", Type: corvee.PartyOrganisation, Country: "CN", Sector: corvee.SectorTrade,
				Identifiers: []corvee.Identifier{{Type: "registration", Value: "91"}}},
			Listing: corvee.ListingRef{
				ID: "l1", List: "Own list", ListDate: corvee.Date{Year: 2024}, SourceID: "3", Kind: corvee.ListingReported,
				Lists: []corvee.ListID{corvee.ListOwn}, Programs: []string{"P"},
			},
			Matched: "Invented Trading Co", Score: 0.93, Band: corvee.BandStrong, Tokens: []corvee.TokenMatch{{Q: "invented", M: "invented", Rule: "exact"}},
			Facts: []corvee.FactEffect{{Name: "country", Effect: "agrees"}}, Evidence: []string{claim.ID}, Unreviewed: 1, Origins: &corvee.OriginCount{Min: 1, Max: 2},
		}},
		{Context: &corvee.Context{Row: row, Claims: []string{claim.ID}, Unreviewed: 1, Why: "sector and place meet"}},
		{Input: &corvee.Input{ID: "i1", Collection: corvee.DefaultCollection, Origin: "a.txt", Report: "sha256:aa", State: corvee.InputDone, Tool: "plain/1", Bytes: 12}},
		{List: &corvee.ListInfo{ListVersion: listed, AgeDays: 3}},
		{Rejected: &corvee.Rejected{Input: "b.csv", Row: &row, Reason: "no name", Remedy: "add a column name"}},
		{Sealed: &corvee.Sealed{Code: "s0123", State: "sealed", At: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}},
		{Rejected: &corvee.Rejected{Input: "c.txt", Reason: "the file is empty", Remedy: "save it again"}},
		{Summary: &corvee.Summary{Reports: 1, Claims: 1, Findings: 1, UnresolvedDates: 1, Unread: 1, Rows: corvee.RowCounts{Hit: 1, Rejected: 1}, Rejected: 1}},
		{Change: &corvee.Change{
			Kind: corvee.ChangeReopened, Row: 2, Query: &corvee.Query{Name: "Hanbit"}, Listing: &corvee.ListingRef{ID: "l1", List: "Own list", SourceID: "3", Kind: corvee.ListingReported},
			Name: "Hanbit Trading", Details: []string{"name: + HANBIT"},
		}},
	}
}

func encode(t testing.TB, messages ...corvee.Message) string {
	t.Helper()
	var b bytes.Buffer
	enc := corvee.NewEncoder(&b)
	for _, m := range messages {
		if err := enc.Encode(m); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func decode(stream string) (messages []corvee.Message, errs []error) {
	dec := corvee.NewDecoder(strings.NewReader(stream))
	for {
		m, err := dec.Decode()
		switch {
		case errors.Is(err, io.EOF):
			return messages, errs
		case err != nil:
			errs = append(errs, err)
		default:
			messages = append(messages, m)
		}
	}
}

func TestStreamRoundTrips(t *testing.T) {
	t.Parallel()
	messages := everyMessage()
	stream := encode(t, messages...)
	if lines := strings.Count(stream, "\n"); lines != len(messages) {
		t.Fatalf("%d messages on %d lines", len(messages), lines)
	}
	got, errs := decode(stream)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if diff := cmp.Diff(messages, got, equalDecimals); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := encode(t, got...); again != stream {
		t.Error("the same messages gave other bytes")
	}
	if !strings.Contains(stream, "<loyalty & funds>") {
		t.Error("words are escaped as if for HTML")
	}
}

func TestDecoderIgnoresWhatIsNew(t *testing.T) {
	t.Parallel()
	stream := "\n" + `{"omen":{"of":"later"}}` + "\n\n" +
		`{"row":{"row":3,"state":"clear","mood":"fine","reason":null}}` + "\r\n" +
		`{"summary":{"reports":1}}`
	got, errs := decode(stream)
	want := []corvee.Message{{}, {Row: &corvee.Row{Row: 3, State: corvee.RowClear}}, {Summary: &corvee.Summary{Reports: 1}}}
	if diff := cmp.Diff(want, got, equalDecimals); diff != "" || len(errs) > 0 {
		t.Errorf("%v (-want +got):\n%s", errs, diff)
	}
}

// A broken line is named and the next one is read.
func TestDecoderNamesTheBrokenLine(t *testing.T) {
	t.Parallel()
	good := `{"row":{"row":1,"state":"clear"}}`
	for name, bad := range map[string]string{
		"cut short":    `{"row":{"row":1`,
		"no object":    `[1]`,
		"two in one":   good + good,
		"wrong type":   `{"row":{"row":"one"}}`,
		"a float date": `{"report":{"id":"a","published":2020.5}}`,
		"no number":    `{"claim":{"value":{"low":"many","unit":"person"}}}`,
		"no date":      `{"report":{"published":"2020-02-30"}}`,
		"binary":       "\x00\x01\x02",
	} {
		got, errs := decode(good + "\n\n" + bad + "\n" + good + "\n")
		if len(got) != 2 || len(errs) != 1 || !errors.Is(errs[0], corvee.ErrInvalid) || !strings.Contains(errs[0].Error(), "line 3") {
			t.Errorf("%s: %d messages, %v; want 2 and an error that names line 3", name, len(got), errs)
		}
	}
}

func TestDecoderRefusesATooLongLine(t *testing.T) {
	t.Parallel()
	line := `{"claim":{"subject":"` + strings.Repeat("a", 9<<20) + `"}}`
	dec := corvee.NewDecoder(strings.NewReader("{}\n" + line + "\n" + `{"row":{"row":3,"state":"clear"}}`))
	if _, err := dec.Decode(); err != nil {
		t.Fatal(err)
	}
	if _, err := dec.Decode(); !errors.Is(err, corvee.ErrInvalid) || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("Decode of 9 MB = %v, want ErrInvalid that names line 2", err)
	}
	if m, err := dec.Decode(); err != nil || m.Row == nil || m.Row.Row != 3 {
		t.Errorf("the line after it = %+v, %v, want row 3", m, err)
	}
	if _, err := dec.Decode(); !errors.Is(err, io.EOF) {
		t.Errorf("the end = %v, want io.EOF", err)
	}
}

func TestDecoderPassesOnAReadError(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	dec := corvee.NewDecoder(io.MultiReader(strings.NewReader("{}\n"), failing{broken}))
	if _, err := dec.Decode(); err != nil {
		t.Fatal(err)
	}
	if _, err := dec.Decode(); !errors.Is(err, broken) {
		t.Errorf("Decode = %v, want %v", err, broken)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func FuzzDecoder(f *testing.F) {
	for _, m := range everyMessage() {
		f.Add(encode(f, m))
	}
	f.Add(`{"claim":null}` + "\n" + `{"claim":{"when":{"from":"2020","precision":"day"}}}`)
	f.Fuzz(func(t *testing.T, stream string) {
		messages, errs := decode(stream)
		for _, err := range errs {
			if !errors.Is(err, corvee.ErrInvalid) {
				t.Fatalf("error without a sentinel: %v", err)
			}
		}
		// What was read is written the same way ever after.
		once := encode(t, messages...)
		again, errs := decode(once)
		if len(errs) > 0 || encode(t, again...) != once {
			t.Fatalf("written, read and written again differs: %v\n%s\n%s", errs, once, encode(t, again...))
		}
		for _, m := range messages {
			if m.Claim != nil {
				_ = fmt.Sprint(m.Claim.NewID(), m.Claim.Discriminator(), m.Claim.Validate(), m.Claim.When)
			}
		}
	})
}
