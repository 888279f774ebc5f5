package web

import (
	"net/http"
	"sync"

	"corvee/pipeline"
	"corvee/pipeline/people"
)

// shown remembers for which reports somebody asked to see people's names, until the server
// ends. Nothing of it is kept: the log keeps who asked, when and why.
type shown struct {
	sync.Mutex
	reports map[string]bool
}

func (s *shown) has(report string) bool {
	s.Lock()
	defer s.Unlock()
	return s.reports[report]
}

func (s *shown) set(report string, on bool) {
	s.Lock()
	defer s.Unlock()
	if s.reports == nil {
		s.reports = map[string]bool{}
	}
	s.reports[report] = on
}

// peopleBar says whether names are covered on a report's page, and changes it.
type peopleBar struct {
	Action string
	Shown  bool
}

func (s *site) peopleOf(v pipeline.ReportView, covered bool) *peopleBar {
	on := s.shown.has(v.Report.ID)
	if !on && !covered {
		return nil
	}
	return &peopleBar{reportAddress(v.Report.ID) + "/people", on}
}

// look returns a report as a page may show it, people covered unless somebody asked, and
// whether anything is covered.
func (s *site) look(r *http.Request, id string) (pipeline.ReportView, bool, error) {
	v, err := s.pipeline.Report(ctx(r), id)
	if err != nil || s.shown.has(v.Report.ID) {
		return v, false, err
	}
	seen, err := people.Report(v)
	return seen, seen.Text.Hash() != v.Text.Hash(), err
}

func (s *site) seen(r *http.Request, id string) (pipeline.ReportView, error) {
	v, _, err := s.look(r, id)
	return v, err
}

func (s *site) explained(r *http.Request, id string) (pipeline.Explanation, error) {
	e, err := s.pipeline.Explain(ctx(r), id)
	if err != nil || s.shown.has(e.Report.ID) {
		return e, err
	}
	v, err := s.pipeline.Report(ctx(r), e.Report.ID)
	if err != nil {
		return e, err
	}
	return people.Explanation(e, v)
}

// people shows the names of a report for a reason, which is logged, or covers them again.
func (s *site) people(r *http.Request) (view, error) {
	v, err := s.pipeline.Report(ctx(r), r.PathValue("report"))
	if err != nil {
		return view{}, err
	}
	show := r.PostFormValue("show") == "yes"
	if show {
		if err := people.Show(ctx(r), s.pipeline, v.Report.ID, r.PostFormValue("reason")); err != nil {
			return view{}, err
		}
	}
	s.shown.set(v.Report.ID, show)
	return view{To: reportAddress(v.Report.ID)}, nil
}
