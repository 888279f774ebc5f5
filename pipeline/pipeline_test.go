package pipeline_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/audit"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/read"
	"corvee/samples"
	"corvee/screen"
	"corvee/store"
	"corvee/store/sqlite"
	"corvee/vault"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "decode" {
		if err := intake.ServeDecoder(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// seeded is a reader of the same bytes in every run, for ids and salts.
type seeded struct{ *rand.PCG }

func (s seeded) Read(p []byte) (int, error) {
	for i := 0; i < len(p); i += 8 {
		var b [8]byte
		binary.LittleEndian.PutUint64(b[:], s.Uint64())
		copy(p[i:], b[:])
	}
	return len(p), nil
}

type desk struct {
	*pipeline.Pipeline
	dir   string
	store store.Store
}

func setup(t *testing.T) desk {
	t.Helper()
	dir := t.TempDir()
	base, err := sqlite.Open(t.Context(), filepath.Join(dir, "base.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = base.Close() })
	return desk{wire(t, base, dir, corvee.LocalActor), dir, base}
}

func wire(t *testing.T, base store.Store, dir, actor string) *pipeline.Pipeline {
	t.Helper()
	archive, err := vault.Open(filepath.Join(dir, "originals"))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := read.New()
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(t.Context(), pipeline.Config{
		Store: base, Vault: archive, Reader: reader, Actor: actor, Version: "test",
		Intake: intake.New(intake.Config{Decoder: []string{self, "decode"}, Timeout: 20 * time.Second, MemoryBytes: 1 << 30, MaxBytes: corvee.MaxTextBytes}),
		Clock:  func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) },
		Random: seeded{rand.NewPCG(1, 2)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// collect runs a use case and returns its messages.
func collect(t *testing.T, useCase func(pipeline.Emit) error) []corvee.Message {
	t.Helper()
	var out []corvee.Message
	if err := useCase(func(m corvee.Message) error { out = append(out, m); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func (d desk) ingest(t *testing.T, h intake.Hints, paths ...string) []corvee.Message {
	t.Helper()
	return collect(t, func(emit pipeline.Emit) error {
		_, err := d.Ingest(t.Context(), paths, pipeline.IngestOptions{Hints: h}, emit)
		return err
	})
}

const mill = `About 120 North Korean workers sew shirts at a garment factory in Dandong, a source in China said.

The factory pays RMB 2,500 a month for each worker, the source said.
`

func (d desk) mill(t *testing.T) pipeline.ReportView {
	t.Helper()
	d.ingest(t, intake.Hints{Published: corvee.Date{Year: 2024, Month: 3, Day: 1}, Publisher: "Invented Post"}, write(t, d.dir, "mill.txt", mill))
	v, err := d.Report(t.Context(), corvee.HashID([]byte(mill)))
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Claims) < 2 {
		t.Fatalf("claims = %v, want a headcount and a wage", v.Claims)
	}
	return v
}

func TestIngestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	d := setup(t)
	path := write(t, d.dir, "mill.txt", mill)
	first := d.ingest(t, intake.Hints{}, path)
	events := len(d.chain(t))
	if diff := cmp.Diff(first, d.ingest(t, intake.Hints{}, path)); diff != "" {
		t.Errorf("second ingest differs:\n%s", diff)
	}
	if again := len(d.chain(t)); again != events {
		t.Errorf("events after the second ingest = %d, want %d: nothing happened", again, events)
	}
}

// chain returns the events after verifying them.
func (d desk) chain(t *testing.T) []corvee.Event {
	t.Helper()
	events, err := d.Events(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := audit.Verify(values(events)); err != nil {
		t.Fatal(err)
	}
	return events
}

func values(events []corvee.Event) iter.Seq2[corvee.Event, error] {
	return func(yield func(corvee.Event, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestLaterMetadataIsReadAgainAndKeepsVerdicts(t *testing.T) {
	t.Parallel()
	d := setup(t)
	const body = "Last month 300 North Korean workers arrived at a seafood plant in Donggang, a source said.\n"
	path := write(t, d.dir, "a.txt", body)
	d.ingest(t, intake.Hints{}, path)
	v, err := d.Report(t.Context(), corvee.HashID([]byte(body)))
	if err != nil || len(v.Claims) == 0 {
		t.Fatalf("Report = %v, %v; want a claim", v.Claims, err)
	}
	judge(t, d.Pipeline, v, v.Claims[0].ID, corvee.ReviewAccepted)
	d.ingest(t, intake.Hints{Published: corvee.Date{Year: 2023, Month: 6, Day: 20}}, path)
	after, err := d.Report(t.Context(), v.Report.ID)
	if err != nil {
		t.Fatal(err)
	}
	c := after.Claims[0]
	if c.When == nil || c.When.String() != "2023-05" || c.ID != v.Claims[0].ID || c.Review != corvee.ReviewAccepted {
		t.Errorf("claim after the date was given = %+v, when %v; want May 2023, same id, accepted", c, c.When)
	}
}

func judge(t *testing.T, p *pipeline.Pipeline, v pipeline.ReportView, claim string, r corvee.Review) corvee.Verdict {
	t.Helper()
	verdict, err := p.Judge(t.Context(), pipeline.Judgement{Report: v.Report.ID, Claim: claim, Review: r, Expected: v.Standing(claim)})
	if err != nil {
		t.Fatal(err)
	}
	return verdict
}

func TestReviewAddUndo(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.mill(t)
	judge(t, d.Pipeline, v, v.Claims[0].ID, corvee.ReviewRejected)
	at := strings.Index(mill, "North Korean workers sew shirts")
	added, err := d.Add(t.Context(), pipeline.Draft{
		Report: v.Report.ID, Span: corvee.Span{Start: at, End: at + len("North Korean workers sew shirts")},
		Claim: corvee.Claim{Kind: corvee.KindActivity, Sector: corvee.SectorPlastics},
	})
	if err != nil {
		t.Fatal(err)
	}
	after, _ := d.Report(t.Context(), v.Report.ID)
	if len(after.Claims) != len(v.Claims)+1 || !slices.ContainsFunc(after.Claims, func(c corvee.Claim) bool {
		return c.ID == added.ID && c.Review == corvee.ReviewAdded && c.Origin == corvee.FromReviewer
	}) {
		t.Fatalf("claims after adding = %v, want %s among them", after.Claims, added.ID)
	}
	for range 2 {
		if _, err := d.Undo(t.Context(), v.Report.ID); err != nil {
			t.Fatal(err)
		}
	}
	back, _ := d.Report(t.Context(), v.Report.ID)
	if diff := cmp.Diff(v.Claims, back.Claims); diff != "" {
		t.Errorf("claims after undoing everything differ:\n%s", diff)
	}
	if _, err := d.Undo(t.Context(), v.Report.ID); !errors.Is(err, corvee.ErrNotFound) {
		t.Errorf("Undo with nothing left = %v, want ErrNotFound", err)
	}
}

func TestTwoReviewersNeverOverwrite(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.mill(t)
	other := wire(t, d.store, d.dir, "other")
	judge(t, d.Pipeline, v, v.Claims[0].ID, corvee.ReviewAccepted)
	_, err := other.Judge(t.Context(), pipeline.Judgement{Report: v.Report.ID, Claim: v.Claims[0].ID, Review: corvee.ReviewRejected, Expected: 0})
	if !errors.Is(err, corvee.ErrConflict) {
		t.Errorf("a verdict on a page that is out of date = %v, want ErrConflict", err)
	}
}

func TestUngroundedEditIsRefused(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.mill(t)
	edited := v.Claims[0]
	edited.Quote.Exact = strings.Repeat("x", len(edited.Quote.Exact))
	_, err := d.Judge(t.Context(), pipeline.Judgement{Report: v.Report.ID, Claim: edited.ID, Review: corvee.ReviewEdited, Edited: &edited})
	if !errors.Is(err, corvee.ErrUngrounded) {
		t.Errorf("edit with a made-up quote = %v, want ErrUngrounded", err)
	}
}

func TestPurgeLeavesNothingButATombstone(t *testing.T) {
	t.Parallel()
	d := setup(t)
	v := d.mill(t)
	judge(t, d.Pipeline, v, v.Claims[0].ID, corvee.ReviewAccepted)
	stone, err := d.Purge(t.Context(), v.Report.ID[:20], "on request")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, canary := range []string{"garment factory in Dandong", v.Report.ID[len("sha256:"):], v.Report.Text[len("sha256:"):], "Invented Post"} {
		if found := grep(t, d.dir, canary, "mill.txt"); found != "" {
			t.Errorf("%q is still in %s after the purge", canary, found)
		}
	}
	base, err := sqlite.Open(t.Context(), filepath.Join(d.dir, "base.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer base.Close()
	again := desk{wire(t, base, d.dir, corvee.LocalActor), d.dir, base}
	stones, err := again.Tombstones(t.Context())
	if err != nil || len(stones) != 1 || stones[0].ID != stone.ID {
		t.Errorf("Tombstones = %v, %v; want %v", stones, err, stone)
	}
	again.chain(t)
}

// grep returns the first file below dir that holds the words, the given name aside.
func grep(t *testing.T, dir, words, except string) (found string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == except {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(words)) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// samplesDesk is a base with every sample, and the messages that reading them made.
func samplesDesk(t *testing.T) (desk, []corvee.Message) {
	t.Helper()
	d := setup(t)
	dir := filepath.Join(d.dir, "samples")
	if err := os.CopyFS(dir, samples.Files); err != nil {
		t.Fatal(err)
	}
	reports, err := samples.Reports()
	if err != nil {
		t.Fatal(err)
	}
	var all []corvee.Message
	for _, r := range reports {
		published, err := corvee.ParseDate(r.Published)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d.ingest(t, intake.Hints{Published: published, Publisher: r.Publisher, URL: r.URL}, filepath.Join(dir, filepath.FromSlash(r.File)))...)
	}
	return d, all
}

// What samples/expected.tsv says of the suppliers is what screening finds.
func TestScreenSamples(t *testing.T) {
	t.Parallel()
	d, _ := samplesDesk(t)
	list, _ := samples.Files.ReadFile("list.csv")
	collect(t, func(emit pipeline.Emit) error {
		_, err := d.ImportLists(t.Context(), []lists.File{{Name: "list.csv", Body: list}}, emit)
		return err
	})
	suppliers, _ := samples.Files.ReadFile("suppliers.csv")
	var run corvee.Run
	messages := collect(t, func(emit pipeline.Emit) (err error) {
		run, err = d.Screen(t.Context(), "suppliers.csv", bytes.NewReader(suppliers), pipeline.ScreenOptions{Match: screen.Options{Limit: 5}}, emit)
		return err
	})
	checkExpected(t, messages)
	kept, result, err := d.Run(t.Context(), run.ID)
	if err != nil || kept.ResultHash != run.ResultHash {
		t.Fatalf("Run(%s) = %v, %v", run.ID, kept, err)
	}
	if diff := cmp.Diff(messages[:len(messages)-1], result); diff != "" {
		t.Errorf("the kept result differs from what was emitted:\n%s", diff)
	}
	if total := run.Rows.Hit + run.Rows.Context + run.Rows.Clear + run.Rows.Rejected; total != bytes.Count(bytes.TrimSpace(suppliers), []byte("\n")) {
		t.Errorf("rows reconcile to %d, the table has %d", total, bytes.Count(bytes.TrimSpace(suppliers), []byte("\n")))
	}
}

func TestHardNegativesHaveNoClaims(t *testing.T) {
	t.Parallel()
	d, _ := samplesDesk(t)
	reports, _ := samples.Reports()
	for _, r := range reports {
		body, _ := samples.Files.ReadFile(r.File)
		v, err := d.Report(context.Background(), corvee.HashID(body))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case r.HardNegative() && len(v.Claims) > 0:
			t.Errorf("%s: %d claims, want none: %q", r.File, len(v.Claims), v.Claims[0].Quote.Exact)
		case r.Lang == "en" && !r.HardNegative() && len(v.Claims) == 0:
			t.Errorf("%s: no claims", r.File)
		case r.Lang != "en" && v.Unread == "" && len(v.Claims) == 0:
			t.Errorf("%s: neither read nor said to be unread", r.File)
		}
	}
}
