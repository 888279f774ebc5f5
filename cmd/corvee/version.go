package main

import (
	"fmt"
	"runtime"

	"corvee"
	"corvee/intake"
	"corvee/read"
)

type versionCmd struct {
	Safety bool `help:"Say what protects the decoding of untrusted files here, and what is missing."`
}

func (c versionCmd) Run(w *world) error {
	reader, err := read.New()
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "corvee %s · %s · rules %s · %s/%s\n", version, corvee.Protocol, reader.Version(), runtime.GOOS, runtime.GOARCH)
	if c.Safety {
		for _, line := range intake.Safety() {
			fmt.Fprintln(w.out, line)
		}
	}
	return nil
}

type decodeCmd struct{}

// Run is the child: it knows no base, reads one file on standard input, writes what it
// made of it on standard output.
func (decodeCmd) Run(w *world) error { return intake.ServeDecoder(w.in, w.out) }
