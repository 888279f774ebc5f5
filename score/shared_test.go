//go:build shared

package score_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"corvee/read"
	"corvee/score"
)

func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	folder := os.Getenv("CORVEE_SHARED")
	if folder == "" {
		t.Fatal("CORVEE_SHARED names no folder")
	}
	raw, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The annotated reports are read as they are: every claim has its words in the contract.
// Without the right texts they are compared as facts.
func TestSharedGoldIsReadAsItIs(t *testing.T) {
	t.Parallel()
	gold := sharedFile(t, "gold/dev.jsonl")
	records, err := score.ParseGold(gold)
	if err != nil {
		t.Fatal(err)
	}
	texts := fstest.MapFS{}
	claims := 0
	for _, r := range records {
		texts[r.ID+".txt"] = &fstest.MapFile{Data: []byte(r.URL + "\n" + plant)}
		claims += len(r.Claims)
	}
	table, err := score.Run(t.Context(), gold, texts, says(nil), 1)
	if err != nil {
		t.Fatal(err)
	}
	all := table.Languages[len(table.Languages)-1]
	if all.Lang != "all" || all.Reports != len(records) || all.AsFacts != len(records) || all.Rows[0].Gold != claims || claims < 300 {
		t.Errorf("%d reports, %d as facts, %d claims; want %d, all of them, %d", all.Reports, all.AsFacts, all.Rows[0].Gold, len(records), claims)
	}
}

// The one annotated report whose text is at hand is compared by its spans.
func TestSharedSeedIsComparedBySpan(t *testing.T) {
	t.Parallel()
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	texts := fstest.MapFS{"seed.txt": {Data: sharedFile(t, "seed/daily-nk-2020-11.txt")}}
	table, err := score.Run(t.Context(), sharedFile(t, "gold/dev.jsonl"), texts, reader.Claims, 1)
	if err != nil {
		t.Fatal(err)
	}
	seed := table.Languages[0]
	if seed.Reports != 1 || seed.AsFacts != 0 || table.Absent == 0 || table.Ungrounded() != 0 {
		t.Fatalf("%d reports, %d as facts, %d absent, %d ungrounded", seed.Reports, seed.AsFacts, table.Absent, table.Ungrounded())
	}
	// That the reader reads it well is the reader's test; here its spans must meet.
	if found := seed.Rows[0].Scores[score.Detect].Right; found < 25 {
		t.Errorf("%d of 28 claims found\n%s", found, table.Listing())
	}
}
