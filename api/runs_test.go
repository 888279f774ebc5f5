package api_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"corvee"
)

const suppliers = "id,supplier name,remark\ns1,Tumen Shuanghe Textile Co. Ltd.,=1+1\ns2,Oakwood Pottery of Leicester,\ns3\n"

// handIn posts a table and waits for its run.
func handIn(t *testing.T, s *httptest.Server, table string) map[string]any {
	t.Helper()
	status, body, header := call{"POST", "/v1/runs?name=suppliers.csv", table, true, ""}.do(t, s)
	if status != http.StatusAccepted || !strings.HasPrefix(header.Get("Location"), "/v1/runs/r") {
		t.Fatalf("handing in a table = %d %v", status, body)
	}
	return finished(t, s, header.Get("Location"))
}

func finished(t *testing.T, s *httptest.Server, address string) map[string]any {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		status, body, _ := call{"GET", address, "", true, ""}.do(t, s)
		if status != http.StatusOK {
			t.Fatalf("GET %s = %d %v", address, status, body)
		}
		if at(t, body, "run", "state") != "running" {
			return body
		}
	}
	t.Fatalf("%s never ended", address)
	return nil
}

func fetch(t *testing.T, s *httptest.Server, path string) (string, http.Header) {
	t.Helper()
	req, err := http.NewRequest("GET", s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v: %s", path, res.StatusCode, err, body)
	}
	return string(body), res.Header
}

// A table goes in, its run is looked at, its result fetched in every format, done again and
// proved.
func TestTableInResultOut(t *testing.T) {
	t.Parallel()
	s := setup(t)
	done := handIn(t, s, suppliers)
	address := "/v1/runs/" + at(t, done, "run", "id").(string)
	rows := at(t, done, "run", "rows").(map[string]any)
	if rows["hit"] != 1.0 || rows["clear"] != 1.0 || rows["rejected"] != 1.0 || at(t, done, "views", "wanting") != 2.0 {
		t.Errorf("rows %v, views %v", rows, done["views"])
	}
	lines, _ := fetch(t, s, address+"/result")
	if !strings.Contains(lines, `"input":{"id":"s1","supplier name":"Tumen Shuanghe Textile Co. Ltd.","remark":"=1+1"}`) || strings.Count(lines, `{"row":{"row"`) != 3 || !strings.HasPrefix(lines, `{"config"`) || !strings.HasSuffix(lines, "\"rejected\":0}}\n") {
		t.Errorf("the result as JSON lines: %s", lines)
	}
	table, header := fetch(t, s, address+"/result?format=csv")
	cells, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil || len(cells) != 4 || !strings.Contains(table, "'=1+1") || !strings.Contains(header.Get("Content-Disposition"), ".csv") {
		t.Errorf("the result as CSV: %v, %v, %s", header, err, table)
	}
	sheet, _ := fetch(t, s, address+"/result?format=xlsx")
	book, err := excelize.OpenReader(bytes.NewReader([]byte(sheet)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if rows, err := book.GetRows("Result"); err != nil || len(rows) != 4 {
		t.Errorf("the result as XLSX: %d rows, %v", len(rows), err)
	}
	if status, proof, _ := (call{"POST", address + "/verify", "", true, ""}).do(t, s); status != 200 || proof["identical"] != true || proof["kept"] != true {
		t.Errorf("verify = %d %v", status, proof)
	}
	status, again, header := call{"POST", address + "/rescreen", "", true, ""}.do(t, s)
	if status != http.StatusAccepted {
		t.Fatalf("rescreen = %d %v, %v", status, again, header)
	}
	later := "/v1/runs/" + at(t, again, "run", "id").(string)
	if later == address || at(t, finished(t, s, later), "run", "state") != "done" {
		t.Errorf("done again: %v", again)
	}
	if status, changes, _ := (call{"GET", later + "/changes", "", true, ""}).do(t, s); status != 200 || "/v1/runs/"+changes["since"].(string) != address || len(changes["changes"].([]any)) != 0 {
		t.Errorf("changes = %d %v", status, changes)
	}
	if status, same, _ := (call{"POST", later + "/resume", "", true, ""}).do(t, s); status != http.StatusAccepted || at(t, same, "run", "state") != "done" {
		t.Errorf("resuming what is done = %d %v", status, same)
	}
}

// Hits are listed, decided, told apart in the next run, taken back; two people where asked.
func TestDecisionsOverHTTP(t *testing.T) {
	t.Parallel()
	s := setup(t)
	id := at(t, handIn(t, s, suppliers), "run", "id").(string)
	address := "/v1/runs/" + id
	hits := func(show string) []any {
		t.Helper()
		status, body, _ := call{"GET", address + "/hits?show=" + show, "", true, ""}.do(t, s)
		if status != http.StatusOK {
			t.Fatalf("hits = %d %v", status, body)
		}
		return body["hits"].([]any)
	}
	open := hits("wanting")
	if len(open) != 1 || at(t, open[0], "state") != "open" || at(t, open[0], "tokens") == nil {
		t.Fatalf("open hits: %v", open)
	}
	listing := at(t, open[0], "listing", "id").(string)
	say := func(judgement, reason, by string) (int, map[string]any) {
		t.Helper()
		status, body, _ := call{"POST", address + "/decisions", fmt.Sprintf(`{"row":1,"listing":%q,"judgement":%q,"reason":%q,"by":%q}`, listing, judgement, reason, by), true, ""}.do(t, s)
		return status, body
	}
	if status, body := say("same", "", ""); status != 422 || !strings.Contains(fmt.Sprint(body), "reason") {
		t.Errorf("same without a reason = %d %v", status, body)
	}
	if status, body := say("perhaps", "x", ""); status != 422 {
		t.Errorf("no judgement = %d %v", status, body)
	}
	if status, body := say("different", "another town", ""); status != 200 || at(t, body, "hit", "state") != "different" {
		t.Errorf("different = %d %v", status, body)
	}
	if len(hits("wanting")) != 0 || len(hits("different")) != 1 {
		t.Error("what was told apart still wants somebody")
	}
	if cleared := at(t, handIn(t, s, suppliers), "run", "rows", "hit"); cleared != 0.0 {
		t.Errorf("the next run has %v rows with hits, want 0", cleared)
	}
	if status, body, _ := (call{"DELETE", address + "/decisions", "", true, ""}).do(t, s); status != 200 || at(t, body, "hit", "state") != "open" {
		t.Errorf("taking back the last = %d %v", status, body)
	}
	if status, _, _ := (call{"DELETE", address + "/decisions", "", true, ""}).do(t, s); status != 404 {
		t.Errorf("taking back nothing = %d", status)
	}
	if status, body, _ := (call{"PUT", "/v1/settings", `{"two_for_same":true}`, true, ""}).do(t, s); status != 200 || body["two_for_same"] != true {
		t.Fatalf("the setting = %d %v", status, body)
	}
	for _, c := range []struct{ by, want string }{{"Ana", "pending"}, {"Ana", "pending"}, {"Boris", "same"}} {
		if _, body := say("same", "its papers", c.by); at(t, body, "hit", "state") != c.want {
			t.Errorf("after %s: %v, want %s", c.by, at(t, body, "hit", "state"), c.want)
		}
	}
	_, body, _ := call{"GET", "/v1/decisions", "", true, ""}.do(t, s)
	if all := body["decisions"].([]any); len(all) != 2 {
		t.Errorf("%d decisions count, want one of each of two people", len(all))
	}
}

// A query of the stream that people have told apart is clear.
func TestStreamKnowsDecisions(t *testing.T) {
	t.Parallel()
	s := setup(t)
	id := at(t, handIn(t, s, suppliers), "run", "id").(string)
	_, body, _ := call{"GET", "/v1/runs/" + id + "/hits", "", true, ""}.do(t, s)
	listing := at(t, body, "hits", 0, "listing", "id").(string)
	call{"POST", "/v1/runs/" + id + "/decisions", fmt.Sprintf(`{"row":1,"listing":%q,"judgement":"different","reason":"another town"}`, listing), true, ""}.do(t, s)
	req, _ := http.NewRequest("POST", s.URL+"/v1/screen", strings.NewReader(`{"id":"s1","name":"Tumen Shuanghe Textile Co. Ltd."}`+"\n"))
	req.Header.Set("Authorization", "ApiKey "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	m, err := corvee.NewDecoder(res.Body).Decode()
	if err != nil || m.Row == nil || m.Row.State != corvee.RowClear {
		t.Errorf("the row is %+v, %v; want clear", m.Row, err)
	}
}

// The page of the calls names each of them and loads nothing from elsewhere.
func TestDocsPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	page, header := fetch(t, s, "/docs")
	for _, want := range []string{"POST /match/{dataset}", "POST /v1/runs", "DELETE /v1/runs/{id}/decisions", "PUT /v1/settings", "GET /v1/runs/{id}/result", "judgement", "same, different, unsure"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	for _, bad := range []string{"<script", "//cdn", "https://", "style=", "onclick"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if policy := header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "style-src 'self'") {
		t.Errorf("policy %q", policy)
	}
	description, _ := fetch(t, s, "/openapi.json")
	if !strings.Contains(description, `"openapi":"3.1`) || !strings.Contains(description, "/v1/runs/{id}/hits") {
		t.Error("/openapi.json is not the description")
	}
}
