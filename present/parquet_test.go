package present_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"corvee"
	"corvee/present"
)

func TestParquet(t *testing.T) {
	t.Parallel()
	messages := append(hitOn("=1+1"), rowWith(3, corvee.RowClear, ``))
	messages[0].Row.Input = []byte(`{"name":"=1+1","z":"007","a":"x"}`)
	raw := shown(t, present.Parquet, messages...)
	if raw != shown(t, present.Parquet, messages...) {
		t.Error("the same messages gave other bytes")
	}
	f, err := parquet.OpenFile(bytes.NewReader([]byte(raw)), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range f.Schema().Columns() {
		names = append(names, path[0])
	}
	want := []string{"row", "id", "state", "reason", "name", "band", "score", "matched", "list", "list_date", "source_id", "listing_kind",
		"programs", "tokens", "facts", "evidence", "unreviewed", "decision", "input name", "z", "a", "input beyond header"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	reader := f.RowGroups()[0].Rows()
	defer reader.Close()
	rows := make([]parquet.Row, 3)
	if n, _ := reader.ReadRows(rows); n != 3 {
		t.Fatalf("%d rows, want 3", n)
	}
	first := fmt.Sprintf("%v %v %v %v %v", rows[0][0], rows[0][1], rows[0][4], rows[0][6], rows[0][19])
	if first != "1 00042 =1+1 0.9312 007" || rows[0][6].Kind() != parquet.Double || rows[0][0].Kind() != parquet.Int64 || !rows[1][5].IsNull() {
		t.Errorf("the first row is %s", first)
	}
	if empty := shown(t, present.Parquet); len(empty) == 0 {
		t.Error("a stream without rows makes no file")
	}
}
