package main

import (
	"os"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// bar shows how far long work is, on standard error, when a person watches.
type bar struct {
	container *mpb.Progress
	bar       *mpb.Bar
}

// progress starts a bar; total 0 means that the end is not known yet.
func (w *world) progress(what string, total int64) bar {
	if w.cli.Quiet || !isTerminal(w.err) {
		return bar{}
	}
	container := mpb.New(mpb.WithOutput(w.err))
	return bar{container, container.New(total, mpb.SpinnerStyle(),
		mpb.PrependDecorators(decor.Name(what+" "), decor.CurrentNoUnit("%d")),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.0f/s"), decor.Elapsed(decor.ET_STYLE_MMSS, decor.WC{W: 7})))}
}

func isTerminal(out any) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (b bar) step(string) {
	if b.bar != nil {
		b.bar.Increment()
	}
}

func (b bar) row(int) { b.step("") }

func (b bar) done() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.container.Wait()
	}
}
