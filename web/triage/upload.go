package triage

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/bring"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/words"
)

// maxTable bounds a table that a browser hands in.
const maxTable = 256 << 20

// mostPending is how many tables wait for somebody to say what their columns hold; the
// earliest makes way.
const mostPending = 4

// pending holds tables between their two steps. They lie in memory only: a table that
// nobody goes on with leaves nothing behind.
type pending struct {
	mu     sync.Mutex
	last   int
	tables []table
}

type table struct {
	id, name string
	by       string // who handed it in, and alone may go on with it
	body     []byte
}

func (p *pending) add(by, name string, body []byte) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last++
	id := strconv.Itoa(p.last)
	p.tables = append(p.tables, table{id, name, by, body})
	if len(p.tables) > mostPending {
		p.tables = slices.Clone(p.tables[1:])
	}
	return id
}

func (p *pending) get(by, id string) (table, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.tables {
		if t.id == id && t.by == by {
			return t, nil
		}
	}
	return table{}, fmt.Errorf("%w: this table was not kept; hand it in again", corvee.ErrNotFound)
}

func (p *pending) drop(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tables = slices.DeleteFunc(p.tables, func(t table) bool { return t.id == id })
}

// upload takes a table and goes on to its columns.
func (s *room) upload(r *http.Request) (frame.View, error) {
	if s.runner == nil {
		return frame.View{}, fmt.Errorf("%w: no table is taken here; use corvee screen FILE", corvee.ErrUnsupported)
	}
	name, body, err := uploaded(r)
	if err != nil {
		return frame.View{}, err
	}
	if _, err := bring.Look(name, body, nil); err != nil {
		return s.refuseTable(r, err)
	}
	return frame.View{To: "/tables/" + s.tables.add(s.pipeline.By(r.Context()), name, body)}, nil
}

func (s *room) refuseTable(r *http.Request, err error) (frame.View, error) {
	if !errors.Is(err, corvee.ErrInvalid) && !errors.Is(err, corvee.ErrUnsupported) {
		return frame.View{}, err
	}
	v, failed := s.runs(r)
	if failed != nil {
		return v, failed
	}
	body := v.Body.(runsPage)
	body.Problem = frame.Sentence(err)
	v.Body, v.Status = body, http.StatusUnprocessableEntity
	return v, nil
}

func uploaded(r *http.Request) (name string, body []byte, err error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return "", nil, frame.Invalid("the form is not whole; open the page again")
	}
	for {
		part, err := reader.NextPart()
		if err != nil {
			return "", nil, frame.Invalid("no table was chosen")
		}
		if part.FormName() != "table" || part.FileName() == "" {
			continue
		}
		body, err := io.ReadAll(part)
		return path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), body, err
	}
}

// columnsPage asks what the columns of a table hold.
type columnsPage struct {
	Action, Name, Encoding string
	Problem                string
	Header                 []string
	Rows                   [][]string
	Fields                 []columnField
}

type columnField struct {
	Name, Label, Says string
	Options           []columnOption
}

type columnOption struct {
	Value, Label string
	Selected     bool
}

func (s *room) columns(r *http.Request) (frame.View, error) {
	t, err := s.tables.get(s.pipeline.By(r.Context()), r.PathValue("table"))
	if err != nil {
		return frame.View{}, err
	}
	look, err := bring.Look(t.name, t.body, nil)
	if err != nil {
		return frame.View{}, err
	}
	return columnsView(t, look, look.Columns, ""), nil
}

func columnsView(t table, look bring.Preview, chosen map[string]int, problem string) frame.View {
	p := columnsPage{Action: "/tables/" + t.id, Name: present.Clean(t.name), Encoding: look.Encoding, Problem: problem}
	for i, h := range look.Header {
		p.Header = append(p.Header, headerName(h, i))
	}
	for _, row := range look.Rows {
		cells := make([]string, len(look.Header))
		for i := range cells {
			if i < len(row) {
				cells[i] = words.Excerpt(row[i], 60)
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	for _, f := range bring.Fields() {
		at, ok := chosen[f]
		field := columnField{Name: f, Label: words.Column(f), Options: []columnOption{{"-", "no column", !ok}}}
		if f == "name" {
			field.Options[0].Label = "choose"
		}
		for i := range look.Header {
			field.Options = append(field.Options, columnOption{strconv.Itoa(i + 1), p.Header[i], ok && at == i})
		}
		if by := look.By[f]; by != "" && ok {
			field.Says = "found by its " + by
		}
		p.Fields = append(p.Fields, field)
	}
	v := frame.View{Template: "columns", Title: "Columns of " + p.Name, Nav: "/runs", Body: p}
	if problem != "" {
		v.Status = http.StatusUnprocessableEntity
	}
	return v
}

func headerName(h string, at int) string {
	if h = words.Excerpt(h, 60); strings.TrimSpace(h) == "" {
		return "column " + strconv.Itoa(at+1)
	}
	return h
}

// begin starts the run of a table with the columns that somebody confirmed.
func (s *room) begin(r *http.Request) (frame.View, error) {
	t, err := s.tables.get(s.pipeline.By(r.Context()), r.PathValue("table"))
	if err != nil {
		return frame.View{}, err
	}
	columns, chosen := map[string]string{}, map[string]int{}
	for _, f := range bring.Fields() {
		columns[f] = "-"
		if n, err := strconv.Atoi(r.PostFormValue(f)); err == nil {
			columns[f], chosen[f] = strconv.Itoa(n), n-1
		}
	}
	look, err := bring.Look(t.name, t.body, nil)
	if err != nil {
		return frame.View{}, err
	}
	if problem := columnsProblem(chosen, len(look.Header)); problem != "" {
		return columnsView(t, look, chosen, problem), nil
	}
	o := pipeline.ScreenOptions{}
	o.Table.Columns = columns
	run, err := s.pipeline.Begin(r.Context(), t.name, t.body, o)
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrUnsupported) {
		return columnsView(t, look, chosen, frame.Sentence(err)), nil
	}
	if err != nil {
		return frame.View{}, err
	}
	s.tables.drop(t.id)
	if run.State == corvee.RunRunning {
		s.runner.Add(run.ID)
	}
	return frame.View{To: parts.RunAddress(run.ID)}, nil
}

func columnsProblem(chosen map[string]int, width int) string {
	if _, ok := chosen["name"]; !ok {
		return "Say which column holds the names."
	}
	taken := map[int]string{}
	for _, f := range bring.Fields() {
		at, ok := chosen[f]
		switch {
		case !ok:
		case at < 0 || at >= width:
			return "The form is not whole; open the page again."
		case taken[at] != "":
			return fmt.Sprintf("One column is given two meanings: %s and %s.", words.Column(taken[at]), words.Column(f))
		default:
			taken[at] = f
		}
	}
	return ""
}

// underway is how far a run is.
type underway struct {
	Waiting   bool
	Stopped   bool // nothing here works on it
	Rows      int
	PerSecond string
	Left      string
}

// progress says of a run that has not ended how far it is, and asks the browser to come
// again.
func (s *room) progress(run corvee.Run, p *runPage, v *frame.View) {
	switch run.State {
	case corvee.RunFailed:
		p.Failed = present.Clean(run.Settings["failed because"])
	case corvee.RunRunning:
		p.Under = &underway{Stopped: true, Rows: run.RowsDone}
		if s.runner == nil {
			return
		}
		if at, ok := s.runner.Progress(run.ID); ok {
			p.Under = &underway{Waiting: at.Waiting, Rows: max(at.Rows, run.RowsDone)}
			if at.PerSecond > 0 {
				p.Under.PerSecond, p.Under.Left = words.Thousands(at.PerSecond), words.Plural(max(1, at.Seconds), "second", "seconds")
			}
			v.Refresh = 2
		}
	}
}
