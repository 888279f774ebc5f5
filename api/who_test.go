package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
)

// take brings in a text as a document that was decoded.
func take(t *testing.T, p *pipeline.Pipeline, content string) {
	t.Helper()
	text, err := corvee.NewText(content, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := corvee.Report{ID: corvee.HashID([]byte(content)), Text: text.Hash(), Publisher: "Invented Post", MediaType: "text/plain", Bytes: int64(len(content)), Lang: "en"}
	doc := intake.Document{Origin: r.ID, Report: r, Text: text, Original: []byte(content), Tool: "test/1"}
	var sum corvee.Summary
	if _, err := p.Take(t.Context(), r.ID, doc, nil, intake.Hints{}, &sum, func(corvee.Message) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

// Who is who over the API: whom reports name, what may be one, a judgement and its undo.
func TestWho(t *testing.T) {
	t.Parallel()
	p := filled(t)
	take(t, p, "TUMEN — The plant of Tumen Qiaolan Textile Co., Ltd. in Tumen employs 180 North Korean workers who sew garments, a worker named Ryom Chol Hui said.")
	take(t, p, "DONGGANG — Donggang Haisui Foodstuff Co., Ltd. in Donggang employs 40 North Korean workers who pack food, a trader said.")
	s := serve(t, p)
	status, all, _ := call{method: http.MethodGet, path: "/v1/who", key: true}.do(t, s)
	if status != http.StatusOK || len(at(t, all, "parties").([]any)) < 2 {
		t.Fatalf("%d %v", status, all)
	}
	if raw, err := json.Marshal(all); err != nil || strings.Contains(string(raw), "Ryom") {
		t.Errorf("a worker is named, or %v", err)
	}
	var ids []string
	for _, p := range at(t, all, "parties").([]any) {
		ids = append(ids, at(t, p, "id").(string))
	}
	for name, c := range map[string]struct {
		call
		want int
	}{
		"no key":         {call{method: http.MethodGet, path: "/v1/who"}, http.StatusUnauthorized},
		"no key, judged": {call{method: http.MethodPost, path: "/v1/who/judgements", body: `{"a":"x","b":"y","judgement":"same"}`}, http.StatusUnauthorized},
		"no key, undone": {call{method: http.MethodDelete, path: "/v1/who/judgements/x"}, http.StatusUnauthorized},
		"no key, list":   {call{method: http.MethodGet, path: "/v1/who/judgements"}, http.StatusUnauthorized},
		"by id":          {call{method: http.MethodGet, path: "/v1/who?name=" + strings.ToLower(ids[0]), key: true}, http.StatusOK},
		"nobody":         {call{method: http.MethodGet, path: "/v1/who?name=No+Such+Works", key: true}, http.StatusNotFound},
		"a wrong id":     {call{method: http.MethodGet, path: "/v1/who?name=CV-0000-0000-0000-0", key: true}, http.StatusUnprocessableEntity},
		"another word":   {call{method: http.MethodPost, path: "/v1/who/judgements", body: `{"a":"x","b":"y","judgement":"perhaps"}`, key: true}, http.StatusUnprocessableEntity},
		"no judgement":   {call{method: http.MethodDelete, path: "/v1/who/judgements/x", key: true}, http.StatusNotFound},
	} {
		if status, body, _ := c.do(t, s); status != c.want {
			t.Errorf("%s: %d %v, want %d", name, status, body, c.want)
		}
	}
	body, err := json.Marshal(map[string]string{"a": ids[0], "b": ids[1], "judgement": "different", "reason": "two towns"})
	if err != nil {
		t.Fatal(err)
	}
	status, said, _ := call{method: http.MethodPost, path: "/v1/who/judgements", body: string(body), key: true}.do(t, s)
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, said)
	}
	same := strings.Replace(string(body), "different", "same", 1)
	if status, body, _ := (call{method: http.MethodPost, path: "/v1/who/judgements", body: same, key: true}).do(t, s); status != http.StatusConflict {
		t.Errorf("a merge across a judgement: %d %v", status, body)
	}
	undo := "/v1/who/judgements/" + at(t, said, "judgement", "id").(string)
	if status, body, _ := (call{method: http.MethodDelete, path: undo, key: true}).do(t, s); status != http.StatusOK || at(t, body, "judgement", "undone") != true {
		t.Errorf("undo: %d %v", status, body)
	}
	if _, body, _ := (call{method: http.MethodGet, path: "/v1/who/judgements", key: true}).do(t, s); len(at(t, body, "judgements").([]any)) != 1 {
		t.Errorf("the log keeps both: %v", body)
	}
	if status, body, _ := (call{method: http.MethodPost, path: "/v1/who/judgements", body: same, key: true}).do(t, s); status != http.StatusOK {
		t.Errorf("a merge after the undo: %d %v", status, body)
	}
}
