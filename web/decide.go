package web

import (
	"errors"
	"fmt"
	"net/http"

	"corvee"
	"corvee/pipeline"
	"corvee/web/hits"
	"corvee/web/words"
)

// decide keeps what a person says of a hit and goes back to the view that they work through;
// what they have decided leaves it, and the next row stands where it was.
func (s *site) decide(r *http.Request) (view, error) {
	if err := r.ParseForm(); err != nil {
		return view{}, err
	}
	f := hits.Parse(r.PostForm)
	if f.Problem != "" {
		return view{}, invalid(f.Problem)
	}
	run := r.PathValue("run")
	_, err := s.pipeline.Decide(ctx(r), pipeline.OnHit{Run: run, Row: f.Row, Listing: f.Listing}, pipeline.Say{Judgement: f.Judgement, Reason: f.Said(), By: f.By})
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrConflict) {
		f.Problem = sentence(err)
		return s.runView(r, &f)
	}
	if err != nil {
		return view{}, err
	}
	return view{To: hits.Address(run, f, string(f.Judgement))}, nil
}

// undo takes back a person's decision: on the hit that the form names, else their last one in
// the run.
func (s *site) undoDecision(r *http.Request) (view, error) {
	if err := r.ParseForm(); err != nil {
		return view{}, err
	}
	f, run := hits.Parse(r.PostForm), r.PathValue("run")
	on := pipeline.OnHit{Run: run, Row: f.Row, Listing: f.Listing}
	if f.Problem != "" {
		var err error
		if on, err = s.pipeline.LastDecided(ctx(r), run, f.By); errors.Is(err, corvee.ErrNotFound) {
			return view{To: hits.Address(run, f, "")}, nil // nothing is left to take back
		} else if err != nil {
			return view{}, err
		}
	}
	if _, err := s.pipeline.TakeBack(ctx(r), on, f.By); err != nil {
		return view{}, err
	}
	f.Row, f.Next = on.Row, on.Row
	return view{To: hits.Address(run, f, "undone")}, nil
}

// setTwo asks for two people before "same" counts, or no longer.
func (s *site) setTwo(r *http.Request) (view, error) {
	value := r.PostFormValue("two")
	if value != "on" && value != "off" {
		return view{}, invalid(fmt.Sprintf("%q is neither on nor off", words.Excerpt(value, 20)))
	}
	return view{To: "/runs"}, s.pipeline.SetTwoForSame(ctx(r), value == "on")
}
