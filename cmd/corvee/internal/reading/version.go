package reading

import (
	"fmt"
	"runtime"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/intake"
	"corvee/read"
)

// Version is corvee version.
type Version struct {
	Safety bool `help:"Say what protects the decoding of untrusted files here, and what is missing."`
}

func (c Version) Run(w *world.World) error {
	reader, err := read.New()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "corvee %s · %s · rules %s · %s/%s\n", w.Version, corvee.Protocol, reader.Version(), runtime.GOOS, runtime.GOARCH)
	if c.Safety {
		for _, line := range intake.Safety() {
			fmt.Fprintln(w.Out, line)
		}
	}
	return nil
}

// Decode is corvee decode.
type Decode struct{}

// Run is the child: it knows no base, reads one file on standard input, writes what it
// made of it on standard output.
func (Decode) Run(w *world.World) error { return intake.ServeDecoder(w.In, w.Out) }
