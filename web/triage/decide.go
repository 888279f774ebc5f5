package triage

import (
	"errors"
	"fmt"
	"net/http"

	"corvee"
	"corvee/pipeline"
	"corvee/web/frame"
	"corvee/web/triage/hits"
	"corvee/web/words"
)

// decide keeps what a person says of a hit and goes back to the view that they work through;
// what they have decided leaves it, and the next row stands where it was.
func (s *room) decide(r *http.Request) (frame.View, error) {
	if err := r.ParseForm(); err != nil {
		return frame.View{}, err
	}
	f := hits.Parse(r.PostForm)
	if f.Problem != "" {
		return frame.View{}, frame.Invalid(f.Problem)
	}
	run := r.PathValue("run")
	_, err := s.pipeline.Decide(r.Context(), pipeline.OnHit{Run: run, Row: f.Row, Listing: f.Listing}, pipeline.Say{Judgement: f.Judgement, Reason: f.Said(), By: f.By})
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrConflict) {
		f.Problem = frame.Sentence(err)
		return s.runView(r, &f)
	}
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: hits.Address(run, f, string(f.Judgement))}, nil
}

// undo takes back a person's decision: on the hit that the form names, else their last one in
// the run.
func (s *room) undoDecision(r *http.Request) (frame.View, error) {
	if err := r.ParseForm(); err != nil {
		return frame.View{}, err
	}
	f, run := hits.Parse(r.PostForm), r.PathValue("run")
	on := pipeline.OnHit{Run: run, Row: f.Row, Listing: f.Listing}
	if f.Problem != "" {
		var err error
		if on, err = s.pipeline.LastDecided(r.Context(), run, f.By); errors.Is(err, corvee.ErrNotFound) {
			return frame.View{To: hits.Address(run, f, "")}, nil // nothing is left to take back
		} else if err != nil {
			return frame.View{}, err
		}
	}
	if _, err := s.pipeline.TakeBack(r.Context(), on, f.By); err != nil {
		return frame.View{}, err
	}
	f.Row, f.Next = on.Row, on.Row
	return frame.View{To: hits.Address(run, f, "undone")}, nil
}

// setTwo asks for two people before "same" counts, or no longer.
func (s *room) setTwo(r *http.Request) (frame.View, error) {
	value := r.PostFormValue("two")
	if value != "on" && value != "off" {
		return frame.View{}, frame.Invalid(fmt.Sprintf("%q is neither on nor off", words.Excerpt(value, 20)))
	}
	return frame.View{To: "/runs"}, s.pipeline.SetTwoForSame(r.Context(), value == "on")
}
