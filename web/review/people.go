package review

import (
	"context"
	"net/http"

	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/web/frame"
	"corvee/web/parts"
)

// peopleBar says whether names are covered on a report's page, and changes it.
type peopleBar struct {
	Action string
	Shown  bool
}

func (s *room) peopleOf(ctx context.Context, v pipeline.ReportView, covered bool) *peopleBar {
	on := s.eyes.See(ctx, v.Report.ID)
	if !on && !covered {
		return nil
	}
	return &peopleBar{parts.ReportAddress(v.Report.ID) + "/people", on}
}

// people shows the names of a report for a reason, which is logged, or covers them again.
func (s *room) people(r *http.Request) (frame.View, error) {
	v, err := s.pipeline.Report(r.Context(), r.PathValue("report"))
	if err != nil {
		return frame.View{}, err
	}
	show := r.PostFormValue("show") == "yes"
	if show {
		if err := people.Show(r.Context(), s.pipeline, v.Report.ID, r.PostFormValue("reason")); err != nil {
			return frame.View{}, err
		}
	}
	s.eyes.Set(r.Context(), v.Report.ID, show)
	return frame.View{To: parts.ReportAddress(v.Report.ID)}, nil
}
