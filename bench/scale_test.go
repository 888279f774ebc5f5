package bench_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"corvee/samples/made"
)

// BenchmarkScale fills a base with made reports and asks it what people ask: each page, in
// a running server, and each question on the command line. SIZES (default 1000) says how
// many reports, KEEP where the bases stay for the next time:
//
//	SIZES=10000,100000 KEEP=/var/tmp/bases go test -run '^$' -bench Scale -timeout 10h ./bench
func BenchmarkScale(b *testing.B) {
	program := built(b)
	for size := range strings.SplitSeq(orElse(os.Getenv("SIZES"), "1000"), ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatalf("SIZES: %v", err)
		}
		b.Run(size, func(b *testing.B) {
			s := scale{program: program, folder: orElse(os.Getenv("KEEP"), b.TempDir()), size: n}
			b.Run("Read", s.fill)
			for name, args := range commands {
				b.Run("Command/"+name, func(b *testing.B) { s.command(b, args) })
			}
			s.pages(b)
		})
	}
}

// scale is one base of a size, and the program that works on it.
type scale struct {
	program, folder string
	size            int
}

func orElse(value, otherwise string) string {
	if value != "" {
		return value
	}
	return otherwise
}

func built(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "corvee")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", program, "corvee/cmd/corvee").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

func (s scale) base() string { return filepath.Join(s.folder, fmt.Sprintf("made-%d.sqlite", s.size)) }

func (s scale) run(args ...string) *exec.Cmd {
	return exec.Command(s.program, append([]string{"--quiet", "--base", s.base()}, args...)...)
}

const world = 7 // seed of the made world

// commands are what is asked of the base at a prompt; the firms are the made
// world's.
var commands = map[string][]string{
	"question-firm":    {"question", made.FirmName(world, 40)},
	"question-city":    {"question", "Dandong"},
	"question-country": {"question", "China"},
	"dossier":          {"dossier", made.FirmName(world, 41), "--as", "json"},
	"match":            {"match", made.FirmName(world, 40)},
	"inputs":           {"inputs", "--failed"},
	"screen":           {"screen", "../samples/suppliers.csv"},
}

// fill reads the reports in, once: a base that was kept is taken as it is.
func (s scale) fill(b *testing.B) {
	if _, err := os.Stat(s.base()); err == nil {
		b.Skip("this base was kept from before")
	}
	reports := b.TempDir()
	var bytes int64
	for r := range made.Reports(world, s.size) {
		bytes += int64(len(r.Body))
		if err := os.WriteFile(filepath.Join(reports, r.Name), []byte(r.Body), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	cmd := s.run("read", "--format", "jsonl", reports)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		b.Fatal(err)
	}
	took := time.Since(start).Seconds()
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(s.size)/took, "reports/s")
	b.ReportMetric(float64(bytes)/took/1e6, "MB/s")
	b.ReportMetric(float64(sizeOf(s.base()))/float64(s.size), "bytes/report")
}

func sizeOf(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}

func (s scale) command(b *testing.B, args []string) {
	for b.Loop() {
		if out, err := s.run(args...).CombinedOutput(); err != nil {
			b.Fatalf("corvee %v: %v\n%.300s", args, err, out)
		}
	}
}

// paths are the pages that a person opens; what a base does not show yet is skipped.
var paths = []string{
	"/", "/reports", "/review", "/questions", "/questions?name=Dandong", "/sites", "/organisations", "/dossiers", "/map", "/timeline", "/money",
	"/lists", "/runs", "/jobs", "/people", "/audit", "/find?q=%E4%B8%B9%E4%B8%9C", "/find?q=loyalty+funds", "/find?q=%EC%B6%A9%EC%84%B1%EC%9E%90%EA%B8%88",
}

func (s scale) pages(b *testing.B) {
	server := s.run("serve", "--listen", "127.0.0.1:0")
	messages, err := server.StderrPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() })
	entry := entrance(b, messages)
	jar, _ := cookiejar.New(nil)
	browser := &http.Client{Jar: jar, Timeout: 5 * time.Minute}
	if code, _, _ := visit(b, browser, entry); code != http.StatusOK {
		b.Fatalf("%s: %d", entry, code)
	}
	at, err := url.Parse(entry)
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range slices.Concat(paths, s.deep(b, browser, at)) {
		b.Run("Page"+strings.ReplaceAll(path, "/", "-"), func(b *testing.B) { measure(b, browser, at.Scheme+"://"+at.Host+path) })
	}
}

var address = regexp.MustCompile(`http://\S+/\?key=\S+`)

func entrance(b *testing.B, messages io.Reader) string {
	b.Helper()
	lines := bufio.NewScanner(messages)
	for lines.Scan() {
		if found := address.FindString(lines.Text()); found != "" {
			go func() { _, _ = io.Copy(io.Discard, messages) }()
			return found
		}
	}
	b.Fatal("the server said no address")
	return ""
}

var reportLink = regexp.MustCompile(`href="(/reports/[^"?#]+)"`)

// deep is a report and its review, as the list of reports links them.
func (s scale) deep(b *testing.B, browser *http.Client, at *url.URL) []string {
	_, _, body := visit(b, browser, at.Scheme+"://"+at.Host+"/reports")
	if found := reportLink.FindStringSubmatch(body); found != nil {
		return []string{found[1]}
	}
	return nil
}

func visit(b *testing.B, browser *http.Client, address string) (int, time.Duration, string) {
	b.Helper()
	start := time.Now()
	response, err := browser.Get(address)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.Fatal(err)
	}
	return response.StatusCode, time.Since(start), string(body)
}

// measure opens a page again and again; the first time is said apart, for nothing is warm.
func measure(b *testing.B, browser *http.Client, address string) {
	code, first, body := visit(b, browser, address)
	if code != http.StatusOK {
		b.Skipf("answers %d", code)
	}
	var took []time.Duration
	for b.Loop() {
		_, d, _ := visit(b, browser, address)
		took = append(took, d)
	}
	slices.Sort(took)
	b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(len(body))/1000, "kB")
}
