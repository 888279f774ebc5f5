// Command testreport reads the JSON of go test on standard input and prints what a person
// wants to know: each package, each failure with its output, each skip with its reason,
// and the totals. With -strict a skip is a failure.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

type event struct {
	Action, Package, ImportPath, Test, Output string
	Elapsed                                   float64
}

type report struct {
	passed, failed, skipped int
	output                  map[string][]string // by package and test
	out                     io.Writer
}

func main() {
	strict := flag.Bool("strict", false, "a skipped test is a failure")
	flag.Parse()
	r := report{output: map[string][]string{}, out: os.Stdout}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) == nil {
			r.take(e)
		}
	}
	fmt.Fprintf(r.out, "%d passed, %d failed, %d skipped\n", r.passed, r.failed, r.skipped)
	if r.failed > 0 || *strict && r.skipped > 0 || r.passed == 0 {
		os.Exit(1)
	}
}

func (r *report) take(e event) {
	key := e.Package + e.ImportPath + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		r.output[key] = append(r.output[key], e.Output)
	case "pass", "fail", "skip":
		r.end(e, key)
		delete(r.output, key)
	case "build-fail":
		r.failed++
		fmt.Fprint(r.out, strings.Join(r.output[key], ""))
	}
}

func (r *report) end(e event, key string) {
	text := strings.Join(r.output[key], "")
	if e.Test == "" {
		r.endPackage(e, text)
		return
	}
	switch e.Action {
	case "pass":
		r.passed++
	case "skip":
		r.skipped++
		fmt.Fprintf(r.out, "SKIPPED %s %s\n%s", e.Package, e.Test, reasons(text))
	case "fail":
		r.failed++
		fmt.Fprintf(r.out, "FAILED  %s %s\n%s", e.Package, e.Test, text)
	}
}

// endPackage shows a package that failed outside any test: it did not build or crashed.
func (r *report) endPackage(e event, text string) {
	if e.Action == "fail" {
		r.failed++
		fmt.Fprintf(r.out, "FAILED  %s\n%s", e.Package, text)
		return
	}
	if e.Action == "pass" {
		fmt.Fprintf(r.out, "ok      %s %.1fs\n", e.Package, e.Elapsed)
	}
}

func reasons(text string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "===") && !strings.HasPrefix(strings.TrimSpace(line), "---") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
