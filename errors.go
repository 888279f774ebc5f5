package corvee

import "errors"

// The sentinels that callers may test for. Each is mapped once to an HTTP status and
// once to an exit code; text for people is made where it is shown.
var (
	// ErrNotFound: what was named is not in the base.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: a value breaks an invariant of its noun.
	ErrInvalid = errors.New("invalid")
	// ErrUngrounded: a quote is not what its text says at that span.
	ErrUngrounded = errors.New("quote is not in the text")
	// ErrInconsistent: stated figures contradict one another.
	ErrInconsistent = errors.New("inconsistent")
	// ErrUnsupported: a language, format or system that Corvee has no part for.
	ErrUnsupported = errors.New("unsupported")
	// ErrConflict: somebody else changed the same thing first.
	ErrConflict = errors.New("conflict")
	// ErrForbidden: who asks has no right to it.
	ErrForbidden = errors.New("not allowed")
)
