package api

import (
	"fmt"
	"net/http"
	"runtime/metrics"
	"strings"

	"corvee/store"
)

const metricsPath = "/metrics"

// figures answers Prometheus in its text format: how much the base holds and what the
// process takes. It names no report and nobody, and needs the key or a token all the same.
func (s *server) figures(w http.ResponseWriter, r *http.Request) {
	if !signed(r.Context()) {
		fail(w, http.StatusUnauthorized, "send Authorization: Bearer KEY; corvee serve prints the key of this launch")
		return
	}
	var reports, claims int
	var events int64
	ctx := r.Context()
	err := s.Pipeline.Store.View(ctx, func(tx store.Tx) (err error) {
		if reports, err = tx.CountReports(ctx); err != nil {
			return err
		}
		if claims, err = tx.CountClaims(ctx); err != nil {
			return err
		}
		last, err := tx.LastEvent(ctx)
		events = last.Seq
		return err
	})
	if err != nil {
		fail(w, http.StatusServiceUnavailable, "the base could not answer")
		return
	}
	process := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/sched/goroutines:goroutines"}}
	metrics.Read(process)
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	say := func(name, kind, help string, value any) {
		fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n%s %v\n", name, help, name, kind, name, value)
	}
	say("corvee_reports", "gauge", "Reports in the base.", reports)
	say("corvee_claims", "gauge", "Claims that rules have read.", claims)
	say("corvee_events_total", "counter", "Events in the log.", events)
	say("corvee_memory_bytes", "gauge", "Memory that the process has from the system.", process[0].Value.Uint64())
	say("corvee_goroutines", "gauge", "Goroutines.", process[1].Value.Uint64())
	version := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s.Version)
	fmt.Fprintf(w, "# HELP corvee_build_info Version of the binary.\n# TYPE corvee_build_info gauge\ncorvee_build_info{version=\"%s\"} 1\n", version)
}
