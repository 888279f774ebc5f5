package triage

import (
	"errors"
	"fmt"
	"net/http"

	"corvee"
	"corvee/present"
	"corvee/web/frame"
)

// formats are the files that a result can be fetched as.
func formats() map[present.Format]string {
	return map[present.Format]string{
		present.CSV: "text/csv; charset=utf-8", present.JSONL: "application/jsonl", present.Parquet: "application/vnd.apache.parquet",
		present.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}
}

// errBegun ends a result at its first message: there is one.
var errBegun = errors.New("begun")

// result streams a run's result as a file. What fails behind its beginning cuts it off: a
// file that is not whole must not look like one.
func (s *room) result(w http.ResponseWriter, r *http.Request) error {
	run, format := r.PathValue("run"), present.Format(r.PathValue("format"))
	media, known := formats()[format]
	_, err := s.pipeline.RunResult(r.Context(), run, func(corvee.Message) error { return errBegun })
	if !known {
		err = frame.ErrNoPage
	}
	if err != nil && !errors.Is(err, errBegun) {
		return err
	}
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "screening-"+run+"."+string(format)))
	out, err := present.New(format, w)
	if err == nil {
		if _, err = s.pipeline.RunResult(r.Context(), run, out.Present); err == nil {
			err = out.Close()
		}
	}
	if err != nil {
		s.log.Error("result cut off", "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}
