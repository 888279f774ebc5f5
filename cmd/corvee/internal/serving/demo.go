package serving

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/intake"
	"corvee/lists"
	"corvee/pipeline"
	"corvee/present"
	"corvee/samples"
	"corvee/screen"
)

// Demo is corvee demo.
type Demo struct {
	Serve  bool   `help:"Serve the pages at the end." negatable:"" default:"true" env:"DEMO_SERVE"`
	Listen string `help:"Address of the pages; port 0 takes a free one." default:"127.0.0.1:0"`
}

// Run does the main job once, on invented samples in a base of its own that is removed at
// the end: reports in, claims and findings out; a list and suppliers in, hits out.
func (c Demo) Run(w *world.World) error {
	dir, err := os.MkdirTemp("", "corvee-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, closeBase, err := w.OpenAt(filepath.Join(dir, "base.sqlite"), filepath.Join(dir, "originals"))
	if err != nil {
		return err
	}
	defer closeBase()
	presenter, err := present.New(w.Flags.Format, w.Out)
	if err != nil {
		return err
	}
	if err := demo(w, p, dir, presenter.Present); err != nil {
		return err
	}
	if err := presenter.Close(); err != nil || !c.Serve {
		return err
	}
	way, err := Serve{Listen: c.Listen}.way()
	if err != nil {
		return err
	}
	return serve(w, p, way, nil)
}

func demo(w *world.World, p *pipeline.Pipeline, dir string, emit pipeline.Emit) error {
	if err := os.CopyFS(dir, samples.Files); err != nil {
		return err
	}
	reports, err := samples.Reports()
	if err != nil {
		return err
	}
	say(w, "\nInvented samples: real cities, made-up firms and events.\n\n1 · Reports in, quoted claims and findings out")
	if err := demoRead(w, p, dir, reports, emit); err != nil {
		return err
	}
	say(w, "\n2 · A list and 200 suppliers in, explained hits out\n")
	return demoScreen(w, p, emit)
}

// say writes a heading of the demo, in text only: the stream holds nothing but messages.
func say(w *world.World, heading string) {
	if w.Flags.Format == present.Text {
		fmt.Fprintln(w.Out, heading)
	}
}

func demoRead(w *world.World, p *pipeline.Pipeline, dir string, reports []samples.Report, emit pipeline.Emit) error {
	var total corvee.Summary
	for _, r := range reports {
		published, err := corvee.ParseDate(r.Published)
		if err != nil {
			return err
		}
		hints := intake.Hints{Published: published, Publisher: r.Publisher, URL: r.URL}
		sum, err := p.Ingest(w.Ctx, []string{filepath.Join(dir, filepath.FromSlash(r.File))}, pipeline.IngestOptions{Hints: hints}, withoutSummary(emit))
		if err != nil {
			return err
		}
		total = added(total, sum)
	}
	return emit(corvee.Message{Summary: &total})
}

func withoutSummary(emit pipeline.Emit) pipeline.Emit {
	return func(m corvee.Message) error {
		if m.Summary != nil {
			return nil
		}
		return emit(m)
	}
}

func added(a, b corvee.Summary) corvee.Summary {
	a.Reports += b.Reports
	a.Claims += b.Claims
	a.Findings += b.Findings
	a.Unread += b.Unread
	a.UnresolvedDates += b.UnresolvedDates
	a.Rejected += b.Rejected
	return a
}

func demoScreen(w *world.World, p *pipeline.Pipeline, emit pipeline.Emit) error {
	list, err := fs.ReadFile(samples.Files, "list.csv")
	if err != nil {
		return err
	}
	if _, err := p.ImportLists(w.Ctx, []lists.File{{Name: "list.csv", Body: list}}, withoutSummary(emit)); err != nil {
		return err
	}
	suppliers, err := fs.ReadFile(samples.Files, "suppliers.csv")
	if err != nil {
		return err
	}
	_, err = p.Screen(w.Ctx, "suppliers.csv", bytes.NewReader(suppliers), pipeline.ScreenOptions{Match: screen.Options{Limit: 3}}, emit)
	if err == nil {
		say(w, "\n"+corvee.HitNotice)
	}
	return err
}
