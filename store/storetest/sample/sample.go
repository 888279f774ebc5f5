// Package sample makes the reports, claims and lists that the suite of the store works on.
//
// What comes in: a name or a number. What goes out: a noun with every field filled and the
// worst bytes in it. Its one idea: what one test of the store finds hard, all meet.
package sample

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corvee"
)

// Moment is a time with microseconds, as a base keeps it.
func Moment(n int) time.Time {
	return time.Date(2026, 11, 24, 9, 0, n, 123456000, time.UTC)
}

// Hard is a text in which each unit of counting differs from each other one: NUL, emoji
// with joiners, Hangul in composed and decomposed form, Hanzi beyond the basic plane, a
// carriage return, a byte-order mark inside, quotes and wildcards of SQL.
const Hard = "\x00Dandong\r\n👩🏽\u200d🏭 \uac01 \u1100\u1161\u11a8 \U00020BB7野家 吉林\ufeff '%_\"\\ ?$1 --;\u2028 about 200 women sew here.\x00"

// The syllable "gak" as one code point and as three: equal to people, not to bytes.
const Composed, Decomposed = "\uac01", "\u1100\u1161\u11a8"

func TextOf(t testing.TB, content string) corvee.Text {
	t.Helper()
	end := strings.IndexByte(content, '\n') + 1
	blocks := []corvee.Block{{Kind: corvee.BlockTitle, Span: corvee.Span{Start: 0, End: end}},
		{Kind: corvee.BlockBody, Span: corvee.Span{Start: end, End: len(content)}}}
	text, err := corvee.NewText(content, blocks)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// ReportOf returns a report of a text; name makes its id.
func ReportOf(text corvee.Text, name string) corvee.Report {
	return corvee.Report{
		ID: corvee.HashID([]byte(name)), Text: text.Hash(), URL: "https://example.org/?q=" + name, Title: "Work in 丹东 \x00 " + name,
		Publisher: "Example Gazette", Byline: "R. Porter", Published: corvee.Date{Year: 2026, Month: 11, Day: 24}, Lang: "en",
		MediaType: "text/plain", Encoding: "utf-8", Bytes: int64(text.Len()), Replaced: 1, CapturedAt: Moment(1),
	}
}

// ClaimOf returns a claim of a kind on the words, which the text must hold.
func ClaimOf(t testing.TB, r corvee.Report, text corvee.Text, kind corvee.Kind, words string) corvee.Claim {
	t.Helper()
	start := strings.Index(text.String(), words)
	if start < 0 {
		t.Fatalf("the text does not hold %q", words)
	}
	quote, err := text.Quote(corvee.Span{Start: start, End: start + len(words)})
	if err != nil {
		t.Fatal(err)
	}
	c := corvee.Claim{
		Report: r.ID, Text: text.Hash(), Kind: kind, Factuality: corvee.Reported, Polarity: corvee.Positive,
		Attribution: []corvee.Attribution{{Role: "trader", Code: "A-1", Speaker: corvee.SpeakerAnonymous}},
		Quote:       quote, Score: 50, Origin: corvee.FromRule, Review: corvee.ReviewUnreviewed,
	}
	if kind == corvee.KindCondition {
		c.Indicator = corvee.IndicatorIsolation
	}
	c.ID = c.NewID()
	return c
}

// FullClaim fills every field that a claim has.
func FullClaim(t testing.TB, r corvee.Report, text corvee.Text, words string) corvee.Claim {
	t.Helper()
	c := ClaimOf(t, r, text, corvee.KindHeadcount, words)
	when := corvee.During(corvee.Date{Year: 2026, Month: 3})
	c.Subject, c.Nationality, c.Site, c.Employer, c.Sector = "women \x00", "KP", "the plant", "Example Textiles", corvee.SectorGarments
	c.Places = []corvee.Place{{ID: "dandong", Name: "丹东", Country: "CN", Precision: corvee.AtCity},
		{ID: "jilin_prov", Name: "Jilin", Country: "CN", Precision: corvee.AtProvince}}
	c.Countries = []string{"CN", "RU"}
	c.Value = &corvee.Value{
		Range: corvee.Range{Low: corvee.MustDecimal("200"), High: corvee.MustDecimal("12345678901234567890.125"), Approx: true, Exclusive: corvee.ExclusiveLow},
		Unit:  corvee.UnitPerson, Per: corvee.PerTotal,
	}
	c.When, c.Label = &when, "80-day battle"
	c.Inferred = []corvee.SlotName{corvee.SlotWhen}
	c.Mentions = []corvee.Quote{c.Quote}
	c.Slots = []corvee.Slot{{Name: corvee.SlotValue, Span: c.Quote.Span, Rung: corvee.RungClause, Rule: "en.count"}}
	c.Rules, c.Score = []string{"en.headcount"}, 87
	c.ID = c.NewID()
	return c
}

func VerdictOn(c corvee.Claim, id string, review corvee.Review) corvee.Verdict {
	return corvee.Verdict{
		ID: id, Report: c.Report, Claim: c.ID, Binding: c.Binding(), Review: review,
		Actor: corvee.LocalActor, Note: "seen \x00 각", At: Moment(5),
	}
}

// Sealed chains an event with a hash of the test's own making: what the hash is made of is
// not the store's concern.
func Sealed(last corvee.Event, subject string) corvee.Event {
	return corvee.Event{
		Seq: last.Seq + 1, At: Moment(int(last.Seq % 60)), Actor: corvee.LocalActor, Collection: corvee.DefaultCollection,
		Verb: "read", Subject: subject, PayloadHash: "p" + subject, Prev: last.Hash, Hash: fmt.Sprintf("h%d-%s", last.Seq+1, subject),
	}
}

func ListingOf(list string, n int) corvee.Listing {
	return corvee.Listing{
		ID: fmt.Sprintf("%s-%06d", list, n), List: list, ListDate: corvee.Date{Year: 2026, Month: 11, Day: 1}, SourceID: fmt.Sprint(n),
		Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation,
		Names:    []corvee.Name{{Value: fmt.Sprintf("Example Trading %d 무역", n), Kind: corvee.NamePrimary}, {Value: "\U00020BB7", Kind: corvee.NameAlias, Lang: "zh"}},
		Programs: []string{"DPRK4"}, Countries: []string{"KP"}, Addresses: []string{"Example Street 1, Dandong"},
		Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600"}}, Remarks: "none \x00",
	}
}

// VersionOf returns what is said of a list of so many listings.
func VersionOf(list string, listings int) corvee.ListVersion {
	return corvee.ListVersion{
		List: list, Date: corvee.Date{Year: 2026, Month: 11, Day: 1}, File: "a \x00 file.csv", SHA256: "00ff",
		Listings: listings, Rejected: 2, Imported: Moment(8),
	}
}

// ListingsOf returns the first n listings of a list.
func ListingsOf(list string, n int) []corvee.Listing {
	var out []corvee.Listing
	for i := range n {
		out = append(out, ListingOf(list, i))
	}
	return out
}
