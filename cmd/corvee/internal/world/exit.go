package world

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"corvee"
)

// ExitCode is an error that carries its exit code and says nothing more.
type ExitCode int

// The exit codes that scripts rely on.
const (
	ExitDone   ExitCode = 0
	ExitFailed ExitCode = 1
	ExitUsage  ExitCode = 2 // wrong use, or every input was bad
	ExitFound  ExitCode = 3 // only with --fail-on
)

func (e ExitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Report tells an error to a person, once, with the next step, and returns the exit code.
func (w *World) Report(err error) ExitCode {
	var code ExitCode
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &code):
		return code
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w.Err, "corvee: interrupted; what was done is kept, the same command goes on")
		return ExitFailed
	}
	fmt.Fprintf(w.Err, "corvee: %v\n", err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintln(w.Err, hint)
	}
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrUnsupported) || errors.Is(err, fs.ErrNotExist) {
		return ExitUsage
	}
	return ExitFailed
}

func hintFor(err error) string {
	switch {
	case errors.Is(err, corvee.ErrConflict):
		return "Somebody else was using the same thing; try again (after a purge: corvee purge --erase)."
	case errors.Is(err, corvee.ErrNotFound):
		return "Nothing in this base has that id; see corvee claims, corvee inputs, or choose another --base."
	case errors.Is(err, fs.ErrNotExist):
		return "Check the path; nothing was changed."
	case errors.Is(err, fs.ErrPermission):
		return "The file or folder may not be read or written by this user; change its rights or choose another --base."
	}
	return ""
}
