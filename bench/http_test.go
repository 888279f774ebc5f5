package bench_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"corvee"
	"corvee/api"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/read"
	"corvee/samples"
	"corvee/store/sqlite"
	"corvee/vault"
)

const key = "0123456789abcdef"

// serve answers over HTTP from the saved index, as a base does whose lists were indexed
// before. The base itself holds a small list, so that nothing but matching is measured.
func (x *base) serve(b *testing.B) *httptest.Server {
	b.Helper()
	dir := b.TempDir()
	base, err := sqlite.Open(b.Context(), filepath.Join(dir, "base.sqlite"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = base.Close() })
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	if err != nil {
		b.Fatal(err)
	}
	reader, err := read.New()
	if err != nil {
		b.Fatal(err)
	}
	p, err := pipeline.New(b.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Intake: intake.New(intake.Config{}), Actor: corvee.LocalActor, Version: "bench",
		Clock: time.Now, Random: rand.NewChaCha8([32]byte{1}),
		LoadIndex: func(string) ([]byte, bool) { return x.raw, true },
	})
	if err != nil {
		b.Fatal(err)
	}
	list, err := samples.Files.ReadFile("list.csv")
	if err != nil {
		b.Fatal(err)
	}
	quiet := func(corvee.Message) error { return nil }
	if _, err := p.ImportLists(b.Context(), []lists.File{{Name: "list.csv", Body: list}}, quiet); err != nil {
		b.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = api.New(api.Config{Pipeline: p, Hosts: []string{server.Listener.Addr().String()}, Key: key, Version: "bench", Clock: time.Now})
	server.Start()
	b.Cleanup(server.Close)
	return server
}

// http asks one name a request, as clients of yente do, one request after another on one
// connection; client and server share the processors.
func (x *base) http(b *testing.B) {
	s := x.serve(b)
	asked := x.mix()
	took := make([]time.Duration, 0, 1<<16)
	i := 0
	for b.Loop() {
		name, _ := json.Marshal(asked[i%len(asked)]) // a text
		body := fmt.Sprintf(`{"queries":{"q":{"schema":"LegalEntity","properties":{"name":[%s]}}}}`, name)
		start := time.Now()
		post(b, s, body)
		took = append(took, time.Since(start))
		i++
	}
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "requests/s")
	if warm := took[min(len(took)/4, 500):]; len(warm) > 0 {
		slices.Sort(warm)
		b.ReportMetric(float64(warm[len(warm)/2])/1e6, "p50-ms")
		b.ReportMetric(float64(warm[len(warm)*99/100])/1e6, "p99-ms")
	}
}

func post(b *testing.B, s *httptest.Server, body string) {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, s.URL+"/match/default", bytes.NewReader([]byte(body)))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+key)
	answer, err := s.Client().Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		b.Fatal(answer.Status, err)
	}
}
