package corroborate_test

import (
	"context"
	"strings"
	"testing"

	"corvee/corroborate"
	"corvee/read"
)

// TestLineageAsRead takes the claims that the reader finds in the place of the annotated
// ones. A report in a language that it does not read has none, and then copies and
// citations must still be found.
func TestLineageAsRead(t *testing.T) {
	t.Parallel()
	docs := readDocuments(t)
	got := tallies(t, corroborate.Lineage(docs), goldEdges(readGold(t)))
	if c := got["reprint"]; c.precision() < 0.98 || c.recall() < 1 {
		t.Errorf("reprint: P %.2f R %.2f: copies need no claims", c.precision(), c.recall())
	}
	for _, e := range corroborate.Lineage(docs) {
		if strings.HasPrefix(e.From, "hn_") && strings.HasPrefix(e.To, "hn_") {
			t.Errorf("%s → %s %s %q", e.From, e.To, e.Kind, e.Evidence)
		}
	}
}

// readDocuments are the reports of the gold with the claims that the reader finds.
func readDocuments(t *testing.T) []corroborate.Document {
	t.Helper()
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	docs := goldDocuments(t)
	for i := range docs {
		docs[i].Claims = nil
		for c, err := range reader.Claims(context.Background(), docs[i].Report, docs[i].Text) {
			if err != nil {
				t.Logf("%s is not read: %v", docs[i].Report.ID, err)
				break
			}
			docs[i].Claims = append(docs[i].Claims, c)
		}
	}
	return docs
}
