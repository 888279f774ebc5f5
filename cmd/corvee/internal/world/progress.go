package world

import (
	"os"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Bar shows how far long work is, on standard error, when a person watches.
type Bar struct {
	container *mpb.Progress
	bar       *mpb.Bar
}

// Progress starts a bar; total 0 means that the end is not known yet.
func (w *World) Progress(what string, total int64) Bar {
	if w.Flags.Quiet || !isTerminal(w.Err) {
		return Bar{}
	}
	container := mpb.New(mpb.WithOutput(w.Err))
	return Bar{container, container.New(total, mpb.SpinnerStyle(),
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

// Step counts one more.
func (b Bar) Step(string) {
	if b.bar != nil {
		b.bar.Increment()
	}
}

// Row counts one more row.
func (b Bar) Row(int) { b.Step("") }

// Done ends the bar.
func (b Bar) Done() {
	if b.bar != nil {
		b.bar.SetTotal(-1, true)
		b.container.Wait()
	}
}
