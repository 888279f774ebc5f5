// Package world is what differs from run to run of the command, in one place: clock,
// randomness, environment, where the base is, where output and progress go, the way out.
//
// What comes in: the flags that all commands share. What goes out: a base that is open, a
// presenter that covers people, an exit code. Its one idea: a room of commands asks the
// world for everything that is not its own argument, so that no command reads a clock or
// an environment variable by itself.
package world

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/alecthomas/kong"

	"corvee/intake/fetch"
	"corvee/present"
)

// Flags are those that every command has.
type Flags struct {
	Base       string          `help:"Base: a file, or postgres://… (default: $$CORVEE_DATABASE_URL, then a file in your data directory)." placeholder:"FILE|URL"`
	Originals  string          `help:"Folder of the archived originals (default: beside the base)." type:"path" placeholder:"DIR"`
	Format     present.Format  `help:"Output: text, jsonl (the corvee/1 stream) or csv." enum:"text,jsonl,csv" default:"text"`
	Config     kong.ConfigFlag `help:"Settings file (TOML), keys named as the flags." placeholder:"FILE"`
	ShowPeople string          `help:"Show people's names in quotes, for this reason. They are covered otherwise; the reason is logged." placeholder:"REASON"`
	Quiet      bool            `help:"No progress on standard error."`
	Uncaged    bool            `help:"Decode PDF, office files, mail and archives although this system cannot shut the decoder in (corvee version --safety)."`
}

// World is handed to every command.
type World struct {
	Ctx      context.Context
	In       io.Reader
	Out, Err io.Writer
	Now      func() time.Time
	Random   io.Reader
	Flags    *Flags
	Version  string         // of the binary
	Command  string         // the last word of the command's name
	Network  *fetch.Network // nil, the public internet, but in tests
}

// ToPath writes to a file that must not be there yet, or to standard output. What could not
// be written whole is not left.
func (w *World) ToPath(path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(w.Out)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w; nothing is overwritten: name a new file", err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
