package frame

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"unicode"
	"unicode/utf8"

	"corvee"
	"corvee/web/door"
	"corvee/web/words"
)

// Trouble is a page that says what went wrong and what to do next.
type Trouble struct {
	Heading, What string
	Next          []Step
}

// Step is a way on.
type Step struct{ Href, Label string }

// StatusOf maps each sentinel of the root once.
func StatusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, corvee.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, corvee.ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, corvee.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUngrounded), errors.Is(err, corvee.ErrInconsistent):
		return http.StatusBadRequest
	case errors.Is(err, corvee.ErrUnsupported):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

func (s *Site) failure(r *http.Request, err error) View {
	if errors.Is(err, context.Canceled) {
		return oops()
	}
	next := []Step{{"/", "Home"}, {"/reports", "All reports"}, {"/runs", "All screening runs"}}
	v := View{Status: StatusOf(err), Template: "trouble", Nav: r.URL.Path}
	switch v.Status {
	case http.StatusNotFound:
		v.Title = "Not found"
		v.Body = Trouble{"This is not in the base", "The address may be cut off, or what it named was purged. " + Sentence(err), next}
	case http.StatusConflict:
		v.Title = "Already there"
		v.Body = Trouble{"Nothing was changed", Sentence(err), next}
	case http.StatusInternalServerError:
		s.Log.Error("request failed", "error", err)
		return oops()
	default:
		v.Title = "This cannot be done"
		v.Body = Trouble{"Nothing was changed", Sentence(err), next}
	}
	return v
}

func oops() View {
	return View{
		Status: http.StatusInternalServerError, Template: "trouble", Title: "Something failed",
		Body: Trouble{
			"Something failed inside Corvee",
			"What was saved before is safe: nothing is ever written by half. Go back and try again; if it fails again, stop Corvee, start it anew and read what it prints.",
			[]Step{{"/", "Home"}},
		},
	}
}

// longestError bounds what is shown of an error: it may repeat what was asked.
const longestError = 300

// Sentence makes an error a sentence: errors are written in lower case, without an end.
func Sentence(err error) string {
	s := words.Excerpt(err.Error(), longestError)
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:] + "."
}

// Refuse writes the page of somebody who was turned away at the door.
func (s *Site) Refuse(w http.ResponseWriter, why door.Refusal) {
	body := Trouble{Heading: why.Heading, What: why.What}
	if why.Again != "" {
		body.Next = []Step{{why.Again, "I came by a link and was let in before: open this page again"}}
	}
	s.write(w, View{Status: why.Status, Template: "trouble", Title: why.Title, Nav: NavNone, Body: body})
}

// Invalid is the error of a form or an address that asks for what is not there to be had.
func Invalid(what string) error { return fmt.Errorf("%w: %s", corvee.ErrInvalid, what) }

// Number reads a whole number of a form.
func Number(r *http.Request, name string) (int64, error) {
	n, err := strconv.ParseInt(r.PostFormValue(name), 10, 64)
	if err != nil {
		return 0, Invalid("the form is not whole: " + name + " is missing; open the page again")
	}
	return n, nil
}
