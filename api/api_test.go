package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"corvee"
	"corvee/api"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/pipeline/runner"
	"corvee/read"
	"corvee/samples"
	"corvee/store/sqlite"
	"corvee/vault"
)

const key = "0123456789abcdef"

// random feeds ids and salts; what they are does not matter here.
type random struct{ *rand.ChaCha8 }

// setup serves a base with the sample list.
func setup(t *testing.T) *httptest.Server {
	t.Helper()
	return serve(t, filled(t))
}

// filled is a base with the sample list.
func filled(t *testing.T) *pipeline.Pipeline {
	t.Helper()
	dir := t.TempDir()
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Intake: intake.New(intake.Config{}), Actor: corvee.LocalActor, Version: "test",
		Clock: func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }, Random: random{rand.NewChaCha8([32]byte{1})},
	})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, p)
	return p
}

// serve answers for a base, and works through the tables that are handed in.
func serve(t *testing.T, p *pipeline.Pipeline) *httptest.Server {
	t.Helper()
	tables := runner.New(p, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(context.Background())
	worked := make(chan error, 1)
	go func() { worked <- tables.Work(ctx) }()
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = api.New(api.Config{Pipeline: p, Hosts: []string{server.Listener.Addr().String()}, Key: key, Version: "test", Clock: time.Now, Runner: tables})
	server.Start()
	t.Cleanup(func() {
		server.Close()
		stop()
		if err := <-worked; err != nil {
			t.Error(err)
		}
	})
	return server
}

func fill(t *testing.T, p *pipeline.Pipeline) {
	t.Helper()
	list, err := samples.Files.ReadFile("list.csv")
	if err != nil {
		t.Fatal(err)
	}
	quiet := func(corvee.Message) error { return nil }
	if _, err := p.ImportLists(t.Context(), []lists.File{{Name: "list.csv", Body: list}}, quiet); err != nil {
		t.Fatal(err)
	}
}

type call struct {
	method, path, body string
	key                bool
	host               string
}

func (c call) do(t *testing.T, s *httptest.Server) (int, map[string]any, http.Header) {
	t.Helper()
	req, err := http.NewRequest(c.method, s.URL+c.path, strings.NewReader(c.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	if c.host != "" {
		req.Host = c.host
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body map[string]any
	_ = json.NewDecoder(res.Body).Decode(&body)
	return res.StatusCode, body, res.Header
}

const question = `{"queries":{
 "a":{"schema":"Company","properties":{"name":["Tumen Shuangghe Textle Co., Ltd."],"country":["cn"]}},
 "b":{"schema":"Company","properties":{"name":"Oakwood Pottery of Leicester"}},
 "c":{"schema":"Company","properties":{"country":["cn"]}},
 "d":{"schema":"LegalEntity","properties":{"name":["图们霜禾纺织有限公司"]}}}}`

// at walks a decoded answer.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch s := step.(type) {
		case string:
			v = v.(map[string]any)[s]
		case int:
			v = v.([]any)[s]
		}
	}
	return v
}

// What a client of yente sends and reads, request for request.
func TestMatchAsAClientOfYente(t *testing.T) {
	t.Parallel()
	s := setup(t)
	status, body, _ := call{"POST", "/match/default?limit=5&threshold=0.7&algorithm=logic-v1", question, true, ""}.do(t, s)
	if status != http.StatusOK {
		t.Fatalf("status %d: %v", status, body)
	}
	best := at(t, body, "responses", "a", "results", 0)
	for field, want := range map[string]any{"caption": "Tumen Shuanghe Textile Co., Ltd.", "schema": "Company", "match": true} {
		if got := at(t, best, field); got != want {
			t.Errorf("%s = %v, want %v", field, got, want)
		}
	}
	for _, field := range []string{"id", "properties", "datasets", "referents", "score", "features", "explanations", "target"} {
		if at(t, best, field) == nil {
			t.Errorf("result has no %s: %v", field, best)
		}
	}
	if detail := fmt.Sprint(at(t, best, "explanations", "name", "detail")); !strings.Contains(detail, "typo:1") {
		t.Errorf("explanation = %q, want the typing errors named", detail)
	}
	if n := at(t, body, "responses", "b", "total", "value"); n != 0.0 {
		t.Errorf("an unlisted name has %v results, want 0", n)
	}
	if got := at(t, body, "responses", "c", "status"); got != 400.0 {
		t.Errorf("a query without a name has status %v, want 400 beside the others' 200", got)
	}
	if got := at(t, body, "responses", "d", "results", 0, "caption"); got != "Tumen Shuanghe Textile Co., Ltd." {
		t.Errorf("the Hanzi name found %v", got)
	}
}

// Without the key there is a band and a coarse score, and no rule that teaches evasion.
func TestWithoutKeyNoRules(t *testing.T) {
	t.Parallel()
	s := setup(t)
	_, body, _ := call{"POST", "/match/default", question, false, ""}.do(t, s)
	best := at(t, body, "responses", "a", "results", 0)
	if features := at(t, best, "features").(map[string]any); len(features) != 0 {
		t.Errorf("features without a key = %v, want none", features)
	}
	if detail := at(t, best, "explanations").(map[string]any); len(detail) != 0 {
		t.Errorf("explanations without a key = %v, want none", detail)
	}
	if score := at(t, best, "score").(float64); score*10 != float64(int(score*10)) {
		t.Errorf("score without a key = %v, want one digit", score)
	}
	if band := at(t, best, "band"); band != "strong" {
		t.Errorf("band = %v, want strong", band)
	}
}

func TestStatuses(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for name, c := range map[string]struct {
		call
		want int
	}{
		"unknown dataset":     {call{"POST", "/match/nosuch", question, true, ""}, 404},
		"no JSON":             {call{"POST", "/match/default", "{", true, ""}, 400},
		"no queries":          {call{"POST", "/match/default", "{}", true, ""}, 422},
		"limit out of range":  {call{"POST", "/match/default?limit=9999", question, true, ""}, 422},
		"one list":            {call{"POST", "/match/list", question, true, ""}, 200},
		"search":              {call{"GET", "/search/default?q=Shuanghe", "", false, ""}, 200},
		"search without q":    {call{"GET", "/search/default", "", false, ""}, 422},
		"unknown entity":      {call{"GET", "/entities/nobody", "", false, ""}, 404},
		"algorithms":          {call{"GET", "/algorithms", "", false, ""}, 200},
		"catalog":             {call{"GET", "/catalog", "", false, ""}, 200},
		"healthz":             {call{"GET", "/healthz", "", false, ""}, 200},
		"readyz":              {call{"GET", "/readyz", "", false, ""}, 200},
		"openapi":             {call{"GET", "/openapi.json", "", false, ""}, 200},
		"docs":                {call{"GET", "/docs", "", false, ""}, 200},
		"claims without key":  {call{"GET", "/v1/claims", "", false, ""}, 401},
		"reports without key": {call{"GET", "/v1/reports", "", false, ""}, 401},
		"run without key":     {call{"GET", "/v1/runs/x", "", false, ""}, 401},
		"screen without key":  {call{"POST", "/v1/screen", "{}", false, ""}, 401},
		"upload without key":  {call{"POST", "/v1/runs", "name\nx\n", false, ""}, 401},
		"result without key":  {call{"GET", "/v1/runs/x/result", "", false, ""}, 401},
		"hits without key":    {call{"GET", "/v1/runs/x/hits", "", false, ""}, 401},
		"decide without key":  {call{"POST", "/v1/runs/x/decisions", `{"row":1,"listing":"l","judgement":"unsure"}`, false, ""}, 401},
		"undo without key":    {call{"DELETE", "/v1/runs/x/decisions", "", false, ""}, 401},
		"setting without key": {call{"PUT", "/v1/settings", `{"two_for_same":true}`, false, ""}, 401},
		"verify without key":  {call{"POST", "/v1/runs/x/verify", "", false, ""}, 401},
		"no table":            {call{"POST", "/v1/runs", "", true, ""}, 422},
		"table without names": {call{"POST", "/v1/runs", "a,b\n1,2\n", true, ""}, 422},
		"bad threshold":       {call{"POST", "/v1/runs?threshold=NaN", "name\nx\n", true, ""}, 422},
		"bad column":          {call{"POST", "/v1/runs?column.nosuch=a", "name\nx\n", true, ""}, 422},
		"unknown run":         {call{"GET", "/v1/runs/r0", "", true, ""}, 404},
		"result of no run":    {call{"GET", "/v1/runs/r0/result", "", true, ""}, 404},
		"bad format":          {call{"GET", "/v1/runs/r0/result?format=pdf", "", true, ""}, 422},
		"hits of no run":      {call{"GET", "/v1/runs/r0/hits", "", true, ""}, 404},
		"no such view":        {call{"GET", "/v1/runs/r0/hits?show=nonsense", "", true, ""}, 422},
		"verify no run":       {call{"POST", "/v1/runs/r0/verify", "", true, ""}, 404},
		"rescreen no run":     {call{"POST", "/v1/runs/r0/rescreen", "", true, ""}, 404},
		"a whole entity":      {call{"POST", "/match/default?fuzzy=False&cutoff=0.9", `{"queries":{"entity":{"id":"x","schema":"Company","caption":"c","datasets":["d"],"referents":[],"properties":{"name":["x"]}}},"config":{}}`, true, ""}, 200},
		"claims":              {call{"GET", "/v1/claims", "", true, ""}, 200},
		"unknown report":      {call{"GET", "/v1/reports/0000000000", "", true, ""}, 404},
		"rebinding":           {call{"GET", "/catalog", "", true, "evil.example"}, 421},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if status, body, _ := c.do(t, s); status != c.want {
				t.Errorf("%s %s = %d %v, want %d", c.method, c.path, status, body, c.want)
			}
		})
	}
}

// An entity that a match returned is found again under its id.
func TestEntityOfAMatch(t *testing.T) {
	t.Parallel()
	s := setup(t)
	_, body, _ := call{"POST", "/match/default", question, true, ""}.do(t, s)
	id := at(t, body, "responses", "a", "results", 0, "id").(string)
	status, entity, _ := call{"GET", "/entities/" + id, "", false, ""}.do(t, s)
	if status != 200 || entity["id"] != id {
		t.Errorf("GET /entities/%s = %d %v", id, status, entity)
	}
}

// A batch has no ceiling and answers line by line; a bad line is a row.
func TestStreamOfAThousand(t *testing.T) {
	t.Parallel()
	s := setup(t)
	var batch bytes.Buffer
	for i := range 1000 {
		name := "Oakwood Pottery of Leicester"
		if i%100 == 0 {
			name = "Tumen Shuanghe Textile"
		}
		fmt.Fprintf(&batch, "{\"id\":\"q%d\",\"name\":%q}\n", i, name)
	}
	batch.WriteString("not json\n")
	req, _ := http.NewRequest("POST", s.URL+"/v1/screen", &batch)
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	states := map[corvee.RowState]int{}
	stream := corvee.NewDecoder(bufio.NewReader(res.Body))
	for m, err := stream.Decode(); err == nil; m, err = stream.Decode() {
		if m.Row != nil {
			states[m.Row.State]++
		}
	}
	if states["hit"] != 10 || states["clear"] != 990 || states["rejected"] != 1 {
		t.Errorf("states = %v, want 10 hits, 990 clear, 1 rejected", states)
	}
}

func TestRateLimitSparesTheKey(t *testing.T) {
	t.Parallel()
	s := setup(t)
	limited := 0
	for range 80 {
		if status, _, _ := (call{"GET", "/healthz", "", false, ""}).do(t, s); status == http.StatusTooManyRequests {
			limited++
		}
	}
	if limited == 0 {
		t.Error("80 requests without a key at once: none was refused")
	}
	if status, _, _ := (call{"GET", "/healthz", "", true, ""}).do(t, s); status != 200 {
		t.Errorf("with the key = %d, want 200", status)
	}
}
