package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/runner"
	"corvee/present"
)

// Runs: a table is handed in, screened in the background, looked at, fetched, done again,
// proved. It shows the base, so every call needs the key.

const runsPath = "/v1/runs"

// maxTable bounds a table that is handed in: about two million rows of CSV.
const maxTable = 256 << 20

func (s *server) runsAPI(surface huma.API) {
	huma.Get(surface, runsPath, s.runs, keyed)
	huma.Get(surface, runsPath+"/{id}", s.run, keyed)
	huma.Get(surface, runsPath+"/{id}/changes", s.changes, keyed)
	accepted := func(o *huma.Operation) { o.DefaultStatus = http.StatusAccepted }
	huma.Post(surface, runsPath+"/{id}/resume", s.resume, keyed, accepted)
	huma.Post(surface, runsPath+"/{id}/rescreen", s.rescreen, keyed, accepted)
	huma.Post(surface, runsPath+"/{id}/verify", s.verify, keyed)
	text := func(name, says string) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: says, Schema: &huma.Schema{Type: "string"}}
	}
	number := func(name, says string) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: says, Schema: &huma.Schema{Type: "number"}}
	}
	files := map[string]*huma.MediaType{"text/csv": {}, "application/jsonl": {}, sheet: {}, "application/octet-stream": {}}
	surface.OpenAPI().AddOperation(&huma.Operation{
		Method: http.MethodPost, Path: runsPath, Summary: "Hand in a table", OperationID: "post-v1-runs", Security: []map[string][]string{{"key": {}}},
		Description: "The body is the table, at most 256 MB: CSV in any delimiter and encoding, XLSX, JSON lines, Parquet, told by its content. " +
			"It is kept, and screened in the background: ask for the run until its state is done. The same table, settings and base are one run.",
		Parameters: []*huma.Param{
			text("name", "file name, for people"), number("threshold", "least score of a hit, 0 to 1"), number("limit", "most hits for a row"),
			text("column.name", "the header that holds the names; so column.id, column.country and the others"),
		},
		RequestBody: &huma.RequestBody{Required: true, Content: files},
		Responses: map[string]*huma.Response{
			"202": {Description: "the run, not finished; Location names it", Content: map[string]*huma.MediaType{"application/json": {}}},
			"422": {Description: "no table that can be read, with the remedy"},
		},
	})
	surface.OpenAPI().AddOperation(&huma.Operation{
		Method: http.MethodGet, Path: runsPath + "/{id}/result", Summary: "Fetch the result", OperationID: "get-v1-run-result", Security: []map[string][]string{{"key": {}}},
		Description: "Every row as it came with its hits; of a run that is under way, the rows that are done. It is the run's own result: what people decided since is at /hits.",
		Parameters: []*huma.Param{
			{Name: "id", In: "path", Required: true, Schema: &huma.Schema{Type: "string"}}, text("format", "jsonl (default), csv, xlsx or parquet"),
		},
		Responses: map[string]*huma.Response{"200": {Description: "the result, as a stream", Content: files}},
	})
}

type runsAnswer struct {
	Runs []corvee.Run `json:"runs"`
}

func (s *server) runs(ctx context.Context, _ *struct{}) (*answer[runsAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	runs, err := s.Pipeline.Runs(ctx)
	if err != nil {
		return nil, internal(err)
	}
	return &answer[runsAnswer]{runsAnswer{append([]corvee.Run{}, runs...)}}, nil
}

type runAnswer struct {
	Run      corvee.Run                `json:"run"`
	Progress *runner.Progress          `json:"progress,omitempty" doc:"of a run that is under way here"`
	Views    map[pipeline.RowsView]int `json:"views" doc:"rows of each view of /hits, by now"`
}

func (s *server) run(ctx context.Context, in *entityRequest) (*answer[runAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	run, page, err := s.Pipeline.RunRows(ctx, in.ID, pipeline.RowChoice{Limit: 1})
	if err != nil {
		return nil, missing(err, "run", in.ID)
	}
	return &answer[runAnswer]{s.runAnswer(run, page.Counts)}, nil
}

func (s *server) runAnswer(run corvee.Run, views map[pipeline.RowsView]int) runAnswer {
	out := runAnswer{Run: run, Views: map[pipeline.RowsView]int{}}
	for v, n := range views {
		if v == "" {
			v = wanting
		}
		out.Views[v] = n
	}
	if s.Runner != nil {
		if p, ok := s.Runner.Progress(run.ID); ok {
			out.Progress = &p
		}
	}
	return out
}

type changesAnswer struct {
	Since   string          `json:"since" doc:"the run that was done again; empty for a first run"`
	Changes []corvee.Change `json:"changes"`
}

func (s *server) changes(ctx context.Context, in *entityRequest) (*answer[changesAnswer], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	run, err := s.Pipeline.RunResult(ctx, in.ID, func(corvee.Message) error { return errEnough })
	if err != nil && !errors.Is(err, errEnough) {
		return nil, missing(err, "run", in.ID)
	}
	since, changes, err := s.Pipeline.Since(ctx, run)
	if err != nil {
		return nil, missing(err, "run", since)
	}
	return &answer[changesAnswer]{changesAnswer{since, append([]corvee.Change{}, changes...)}}, nil
}

// errEnough ends a result early.
var errEnough = errors.New("enough")

func (s *server) resume(ctx context.Context, in *entityRequest) (*answer[runAnswer], error) {
	if err := s.needRunner(ctx); err != nil {
		return nil, err
	}
	run, _, err := s.Pipeline.RunRows(ctx, in.ID, pipeline.RowChoice{Limit: 1})
	if err != nil {
		return nil, missing(err, "run", in.ID)
	}
	if run.State == corvee.RunRunning {
		s.Runner.Add(run.ID)
	}
	return &answer[runAnswer]{s.runAnswer(run, nil)}, nil
}

func (s *server) needRunner(ctx context.Context) error {
	if err := needKey(ctx); err != nil {
		return err
	}
	if s.Runner == nil {
		return huma.Error503ServiceUnavailable("no table is taken here")
	}
	return nil
}

func (s *server) rescreen(ctx context.Context, in *entityRequest) (*answer[runAnswer], error) {
	if err := s.needRunner(ctx); err != nil {
		return nil, err
	}
	run, err := s.Pipeline.BeginAgain(ctx, in.ID)
	if err != nil {
		return nil, refusal(err)
	}
	s.Runner.Add(run.ID)
	return &answer[runAnswer]{s.runAnswer(run, nil)}, nil
}

func (s *server) verify(ctx context.Context, in *entityRequest) (*answer[pipeline.Proof], error) {
	if err := needKey(ctx); err != nil {
		return nil, err
	}
	proof, err := s.Pipeline.Verify(ctx, in.ID, nil)
	if err != nil {
		return nil, refusal(err)
	}
	proof.Changed, proof.Differences = append([]string{}, proof.Changed...), append([]corvee.Change{}, proof.Differences...)
	return &answer[pipeline.Proof]{proof}, nil
}

// refusal answers with the error's own words where they are for the caller.
func refusal(err error) error {
	switch {
	case errors.Is(err, corvee.ErrNotFound):
		return huma.Error404NotFound(err.Error())
	case errors.Is(err, corvee.ErrConflict):
		return huma.Error409Conflict(err.Error())
	case errors.Is(err, corvee.ErrInvalid), errors.Is(err, corvee.ErrUnsupported):
		return huma.Error422UnprocessableEntity(err.Error())
	}
	return internal(err)
}

// upload takes a table and begins its run.
func (s *server) upload(w http.ResponseWriter, r *http.Request) {
	if !signed(r.Context()) {
		fail(w, http.StatusUnauthorized, "send Authorization: Bearer KEY; corvee serve prints the key of this launch")
		return
	}
	if s.Runner == nil {
		fail(w, http.StatusServiceUnavailable, "no table is taken here")
		return
	}
	name, options, err := uploadOf(r)
	if err != nil {
		fail(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	table, err := io.ReadAll(r.Body)
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		fail(w, http.StatusRequestEntityTooLarge, "the table is over 256 MB: hand it in by parts, or use corvee screen FILE, which has no limit")
		return
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "the table did not arrive whole")
		return
	}
	run, err := s.Pipeline.Begin(r.Context(), name, table, options)
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrUnsupported) {
		fail(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	if err != nil {
		fail(w, http.StatusInternalServerError, "the base could not answer")
		return
	}
	if run.State == corvee.RunRunning {
		s.Runner.Add(run.ID)
	}
	w.Header().Set("Location", runsPath+"/"+run.ID)
	reply(w, http.StatusAccepted, s.runAnswer(run, nil))
}

func uploadOf(r *http.Request) (name string, o pipeline.ScreenOptions, err error) {
	q := r.URL.Query()
	if name = strings.TrimSpace(q.Get("name")); name == "" {
		name = "table"
	}
	o.Table.Columns = map[string]string{}
	for key := range q {
		if field, ok := strings.CutPrefix(key, "column."); ok {
			o.Table.Columns[field] = q.Get(key)
		}
	}
	if v := q.Get("threshold"); v != "" {
		if o.Match.Threshold, err = strconv.ParseFloat(v, 64); err != nil || !(o.Match.Threshold >= 0 && o.Match.Threshold <= 1) {
			return name, o, fmt.Errorf("threshold %q is not between 0 and 1", v)
		}
	}
	if v := q.Get("limit"); v != "" {
		if o.Match.Limit, err = strconv.Atoi(v); err != nil || o.Match.Limit < 1 || o.Match.Limit > 500 {
			return name, o, fmt.Errorf("limit %q is not between 1 and 500", v)
		}
	}
	return name, o, nil
}

const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// download streams a result. A failure after the first row can only cut the answer off.
func (s *server) download(w http.ResponseWriter, r *http.Request) {
	if !signed(r.Context()) {
		fail(w, http.StatusUnauthorized, "send Authorization: Bearer KEY; corvee serve prints the key of this launch")
		return
	}
	format := present.Format(r.URL.Query().Get("format"))
	if format == "" {
		format = present.JSONL
	}
	media, ok := map[present.Format]string{present.JSONL: "application/jsonl", present.CSV: "text/csv; charset=utf-8", present.XLSX: sheet, present.Parquet: "application/vnd.apache.parquet"}[format]
	if !ok {
		fail(w, http.StatusUnprocessableEntity, fmt.Sprintf("format %q: jsonl, csv, xlsx or parquet", format))
		return
	}
	id := r.PathValue("id")
	body := &late{ResponseWriter: w, header: func(h http.Header) {
		h.Set("Content-Type", media)
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "screening-"+id+"."+string(format)))
	}}
	err := s.result(r.Context(), id, format, body)
	switch {
	case err == nil:
	case body.begun: // what is sent is sent: the connection says that it is not whole
		panic(http.ErrAbortHandler)
	case errors.Is(err, corvee.ErrNotFound):
		fail(w, http.StatusNotFound, fmt.Sprintf("no run %q", id))
	default:
		fail(w, http.StatusInternalServerError, "the base could not answer")
	}
}

// result writes a whole stream: what it is made with, the rows, how they ended.
func (s *server) result(ctx context.Context, id string, format present.Format, w io.Writer) error {
	run, err := s.Pipeline.RunResult(ctx, id, func(corvee.Message) error { return errEnough })
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	out, err := present.New(format, w)
	if err != nil {
		return err
	}
	if err := out.Present(s.Pipeline.Configuration(run.Settings)); err != nil {
		return err
	}
	if run, err = s.Pipeline.RunResult(ctx, id, out.Present); err != nil {
		return err
	}
	if err := out.Present(corvee.Message{Summary: &corvee.Summary{Rows: run.Rows}}); err != nil {
		return err
	}
	return out.Close()
}

// late sets the headers of a file when its first byte is there.
type late struct {
	http.ResponseWriter
	header func(http.Header)
	begun  bool
}

func (l *late) Write(p []byte) (int, error) {
	if !l.begun {
		l.header(l.Header())
		l.begun = true
	}
	return l.ResponseWriter.Write(p)
}
