package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/intake"
)

// Failure says why an address brought nothing. It is an *intake.Rejection to whoever asks.
type Failure struct {
	*intake.Rejection
	// Status is what the server answered, 0 when it did not.
	Status int
	// Until is before when the server wants no further request; zero when it did not say.
	Until time.Time
}

// Unwrap returns the rejection.
func (f *Failure) Unwrap() error { return f.Rejection }

var errUse = corvee.ErrInvalid

// refuse is a failure that will be the same another time.
func refuse(remedy, format string, args ...any) *Failure {
	return &Failure{Rejection: intake.NewRejection(corvee.ErrInvalid, false, fmt.Sprintf(format, args...), remedy)}
}

// failed is a failure that may pass.
func failed(remedy, format string, args ...any) *Failure {
	return &Failure{Rejection: intake.NewRejection(corvee.ErrInvalid, true, fmt.Sprintf(format, args...), remedy)}
}

const saveIt = "open it in a browser, save the page and read that"

// explain turns what went wrong on the way into a failure. The words of the system are
// kept out where they name addresses of this machine.
func (f *Fetcher) explain(err error, host string) error {
	var dns *net.DNSError
	var op *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errInward):
		return refuse("name the public address of the page", "%s is not fetched: %v", host, inwardOnly(err))
	case errors.Is(err, errTooLong):
		return refuse("fetch it by hand and read the part that matters", "%s sends more than %d MB", host, f.config.MaxBytes>>20)
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return failed("try again later", "%s takes too long; the most is %s", host, f.config.Timeout)
	case errors.As(err, &certificate):
		return refuse("do not trust what this address sends; ask the site, or use an archive of the page", "%s cannot show who it is: %v", host, certificate.Err)
	case errors.As(err, &dns):
		return failed("check the address and the connection", "the name %s is not known", host)
	case f.proxy != nil && errors.As(err, &op) && (op.Op == "dial" || strings.Contains(op.Op, "proxy") || op.Op == "socks connect"):
		return failed("check that the proxy runs, and --proxy", "%s is not reached through the proxy", host)
	case errors.As(err, &op) && op.Op == "dial":
		return failed("try again later", "%s does not answer", host)
	}
	return failed("try again later; if it stays so, "+saveIt, "%s breaks off: %v", host, innermost(err))
}

func inwardOnly(err error) error {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), errInward.Error()) {
			return err
		}
	}
	return errInward
}

// innermost drops the wrapping that names local addresses.
func innermost(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// ofStatus is the failure of an answer that brings no document.
func (f *Fetcher) ofStatus(status int, until time.Time, host string) error {
	out := failed("try again later", "%s answers %d %s", host, status, strings.ToLower(http.StatusText(status)))
	kind, remedy, again := corvee.ErrInvalid, "", false
	switch {
	case status == http.StatusNotFound || status == http.StatusGone:
		kind, remedy = corvee.ErrNotFound, "check the address, or use an archive of the page"
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusPaymentRequired || status == http.StatusUnavailableForLegalReasons:
		remedy = saveIt
	case status == http.StatusTooManyRequests || status >= 500 || status == http.StatusRequestTimeout:
		again, remedy = true, "try again later"
		if !until.IsZero() {
			remedy = "try again after " + until.UTC().Format("2006-01-02 15:04 UTC")
		}
	default:
		remedy = saveIt
	}
	out.Rejection = intake.NewRejection(kind, again, out.Reason, remedy)
	out.Status, out.Until = status, until
	return out
}

// maxRetryAfter is the longest wait that a server is granted.
const maxRetryAfter = 7 * 24 * time.Hour

// retryAfter reads the header of that name (RFC 9110 §10.2.3): seconds or a date.
func retryAfter(value string, now time.Time) time.Time {
	if value == "" {
		return time.Time{}
	}
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 {
		return now.Add(min(time.Duration(min(seconds, 1<<30))*time.Second, maxRetryAfter))
	}
	at, err := http.ParseTime(value)
	if err != nil || !at.After(now) {
		return time.Time{}
	}
	if at.Sub(now) > maxRetryAfter {
		return now.Add(maxRetryAfter)
	}
	return at
}
