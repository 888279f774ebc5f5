package intake

import (
	"errors"
	"fmt"
	"io/fs"

	"corvee"
	"corvee/intake/internal/wire"
)

// Rejection says why an input cannot become a report and what to do about it. It wraps
// corvee.ErrInvalid for a document that is broken, corvee.ErrUnsupported for a format
// without a part that reads it, corvee.ErrNotFound for a path that leads nowhere.
type Rejection struct {
	Reason    string // lower case, no full stop
	Remedy    string // what the user can do next
	Retryable bool   // the same input may work another time
	Origin    string // the input: a path, or a member's place in it
	Tool      string // the decoder that refused, with its version; "" before one was asked

	kind error
}

// Error returns the reason and the remedy.
func (r *Rejection) Error() string { return r.Reason + " (" + r.Remedy + ")" }

// Unwrap returns the sentinel of the root.
func (r *Rejection) Unwrap() error { return r.kind }

func refuse(kind error, remedy, format string, args ...any) *Rejection {
	return &Rejection{Reason: fmt.Sprintf(format, args...), Remedy: remedy, kind: kind}
}

func failed(remedy, format string, args ...any) *Rejection {
	return &Rejection{Reason: fmt.Sprintf(format, args...), Remedy: remedy, Retryable: true, kind: corvee.ErrInvalid}
}

// named tells a rejection which input it is of.
func named(err error, origin string) error {
	var r *Rejection
	if errors.As(err, &r) {
		r.Origin = origin
	}
	return err
}

// toolOf tells a rejection which decoder it came from.
func toolOf(err error, f wire.Format) error {
	var r *Rejection
	if _, known := formats[f]; known && errors.As(err, &r) {
		r.Tool = tool(f, "")
	}
	return err
}

// fileRejection explains an error of the file system.
func fileRejection(err error) *Rejection {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err // the path is known to whoever reads this
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refuse(corvee.ErrNotFound, "check the path", "there is no such file")
	case errors.Is(err, fs.ErrPermission):
		r := failed("change its permissions, or copy it to a place of your own", "the file may not be read: %v", err)
		return r
	}
	return failed("try again, or copy the file to another disk", "the file cannot be read: %v", err)
}

func tooLarge(size, most int64) *Rejection {
	return refuse(corvee.ErrInvalid, "split it into its reports",
		"the file has %s; the most is %s", megabytes(size), megabytes(most))
}

// megabytes rounds up, so that what is over a limit never looks equal to it.
func megabytes(n int64) string {
	const mega = 1 << 20
	if n < mega {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MB", (n+mega-1)/mega)
}

// NewRejection returns a rejection of the given kind, one of the root's sentinels, for a
// room beside this one that brings inputs in.
func NewRejection(kind error, retryable bool, reason, remedy string) *Rejection {
	return &Rejection{Reason: reason, Remedy: remedy, Retryable: retryable, kind: kind}
}
