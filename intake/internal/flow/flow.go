// Package flow reads the running text out of the XML of an office file.
//
// What comes in: XML and a vocabulary that says what each element means for the text. What
// goes out: paragraphs, cells and notes on a paper.
//
// Its one idea: word processors differ in the names of things, not in the things. The
// engine knows paragraphs, tables, notes and what is hidden; a format is a function from
// an element to one of these.
package flow

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"corvee"
	"corvee/intake/internal/charset"
	"corvee/intake/internal/paper"
	"corvee/intake/internal/wire"
)

// Action is what an element means.
type Action int

// The meanings. Descend looks inside, Skip does not. Characters count inside Text only.
// Insert stands for Words. Hide hides the run that it stands in; Mute and Unmute hide all
// between them. Note and Aside hold paragraphs of their own: a note follows the paragraph
// that has it, an aside (a header or footer) is boilerplate. Refer calls for the note Key
// of another part, where Part wraps each note. Style says of the paragraph around what it
// is.
const (
	Descend Action = iota
	Skip
	Para
	Run
	Text
	Insert
	Hide
	Mute
	Unmute
	Table
	Row
	Cell
	Note
	Aside
	Refer
	Part
	Style
)

// Step is the meaning of one element.
type Step struct {
	Do    Action
	Words string
	Key   string
	Kind  corvee.BlockKind
	// Text makes the characters of a paragraph count where they stand in it bare.
	Text bool
}

// Vocabulary says what an element means.
type Vocabulary func(xml.StartElement) Step

// Options tell apart how formats treat white space and notes.
type Options struct {
	Collapse bool                // white space is collapsed, as in XML that is indented
	Notes    map[string][]string // paragraphs of notes by key, for Refer
	Parts    map[string][]string // filled with the paragraphs of each Part by its key
	Kind     corvee.BlockKind    // what every paragraph is, if that is known
}

// The bounds of one part: deeper nesting and larger tables are not of this world.
const (
	deepest     = 400
	longestCell = 500 // bytes: a cell with more only arranges a page
)

// Read sets the text of a part on paper.
func Read(raw []byte, v Vocabulary, o Options, to *paper.Paper) error {
	w := &walker{vocabulary: v, options: o, to: to}
	d := Decoder(raw)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return w.end()
		}
		if err != nil {
			return wire.Refuse("save it again from the program that made it", "its XML is damaged: %v", err)
		}
		if err := w.take(token); err != nil {
			return err
		}
	}
}

// Decoder returns a reader of XML that knows no entity but the five and loads nothing.
func Decoder(raw []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		raw, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		decoded, err := charset.DecodeAs(raw, label)
		return strings.NewReader(decoded.Text), err
	}
	return d
}

// frame is an open element.
type frame struct {
	step   Step
	hidden bool // of a run: from Hide on
	// of a cell: its paragraphs so far; of a table: whether a cell has come, and in this row
	words             []string
	nested            bool
	anyCell, rowBegun bool
}

// walker turns elements into blocks.
type walker struct {
	vocabulary Vocabulary
	options    Options
	to         *paper.Paper
	open       []frame
	paras      []*para // open paragraphs, one in another through boxes and notes
	skipping   int     // depth of what is skipped
	texts      int     // open elements whose characters count
	muted      map[string]bool
	later      []later // what follows the outermost paragraph or table
}

type para struct {
	words strings.Builder
	kind  corvee.BlockKind
}

type later struct {
	kind  corvee.BlockKind
	words string
}

func (w *walker) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.start(t)
	case xml.EndElement:
		w.close()
	case xml.CharData:
		if w.texts > 0 && w.skipping == 0 && w.visible() {
			w.write(string(t))
		}
	}
	return nil
}

var errDeep = wire.Refuse("save it as text", "its elements are nested more than %d deep", deepest)

func (w *walker) start(t xml.StartElement) error {
	if len(w.open)+w.skipping >= deepest {
		return errDeep
	}
	if w.skipping > 0 {
		w.skipping++
		return nil
	}
	step := w.vocabulary(t)
	if step.Do == Skip {
		w.skipping = 1
		return nil
	}
	w.open = append(w.open, frame{step: step})
	w.begin(step)
	return nil
}

func (w *walker) begin(s Step) {
	switch s.Do {
	case Para:
		w.paras = append(w.paras, &para{kind: s.Kind})
		if s.Text {
			w.texts++
		}
	case Text:
		w.texts++
	case Insert:
		if w.visible() {
			w.write(s.Words)
		}
	case Hide:
		if run := w.nearest(Run); run != nil {
			run.hidden = true
		}
	case Mute:
		if w.muted == nil {
			w.muted = map[string]bool{}
		}
		w.muted[s.Key] = true
	case Unmute:
		delete(w.muted, s.Key)
	case Table:
		if cell := w.nearest(Cell); cell != nil {
			cell.nested = true
			w.release(cell)
		}
	case Row:
		if table := w.nearest(Table); table != nil {
			table.rowBegun = false
		}
	case Refer:
		for _, words := range w.options.Notes[s.Key] {
			w.later = append(w.later, later{"", words})
		}
	case Part:
		w.to = &paper.Paper{}
	case Style:
		if n := len(w.paras); n > 0 {
			w.paras[n-1].kind = s.Kind
		}
	}
}

func (w *walker) close() {
	if w.skipping > 0 {
		w.skipping--
		return
	}
	n := len(w.open) // the reader of XML has seen to it that elements match
	f := w.open[n-1]
	w.open = w.open[:n-1]
	switch f.step.Do {
	case Para:
		if f.step.Text {
			w.texts--
		}
		w.endPara()
	case Text:
		w.texts--
	case Cell:
		w.endCell(f)
	case Table:
		w.flush()
	case Part:
		w.flush()
		w.options.Parts[f.step.Key] = w.to.Words()
	}
}

// end takes what a damaged file left open for an error.
func (w *walker) end() error {
	if len(w.open) > 0 || w.skipping > 0 {
		return wire.Refuse("save it again from the program that made it", "its XML is cut short")
	}
	w.flush()
	return nil
}

func (w *walker) visible() bool {
	if len(w.muted) > 0 {
		return false
	}
	run := w.nearest(Run)
	return run == nil || !run.hidden
}

// nearest returns the innermost open element of an action within the innermost paragraph,
// or for what holds paragraphs, at all.
func (w *walker) nearest(a Action) *frame {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i].step.Do == a {
			return &w.open[i]
		}
		if a == Run && w.open[i].step.Do == Para {
			return nil
		}
		if (a == Cell || a == Table) && (w.open[i].step.Do == Note || w.open[i].step.Do == Aside) {
			return nil
		}
	}
	return nil
}

func (w *walker) write(words string) {
	n := len(w.paras)
	if n == 0 {
		return
	}
	w.paras[n-1].words.WriteString(words)
}

// endPara places the paragraph: in its cell, after the paragraph around, or on paper.
func (w *walker) endPara() {
	n := len(w.paras)
	p := w.paras[n-1]
	w.paras = w.paras[:n-1]
	words := p.words.String()
	if w.options.Collapse {
		words = collapse(words)
	}
	if strings.TrimSpace(words) == "" {
		if n == 1 && w.nearest(Cell) == nil {
			w.flush()
		}
		return
	}
	kind := p.kind
	if w.options.Kind != "" {
		kind = w.options.Kind
	}
	if w.nearest(Aside) != nil {
		w.later = append(w.later, later{corvee.BlockBoilerplate, words})
	} else if cell := w.nearest(Cell); cell != nil && w.nearest(Note) == nil {
		cell.words = append(cell.words, words)
	} else if n > 1 || w.nearest(Note) != nil {
		w.later = append(w.later, later{kind, words})
	} else {
		w.to.Para(kind, words)
		w.flush()
	}
}

// endCell places a cell. One that holds a table or running text only arranges the page,
// so its paragraphs are paragraphs.
func (w *walker) endCell(f frame) {
	words := strings.Join(f.words, "\n")
	table := w.nearest(Table)
	if table == nil || f.nested || len(words) > longestCell {
		w.release(&f)
		if table != nil {
			table.anyCell, table.rowBegun = false, false
		}
		return
	}
	w.to.Cell(words, !table.anyCell, !table.rowBegun)
	table.anyCell, table.rowBegun = true, true
}

func (w *walker) release(cell *frame) {
	for _, one := range cell.words {
		w.to.Para("", one)
	}
	cell.words = nil
}

func (w *walker) flush() {
	if w.nearest(Cell) != nil {
		return
	}
	for _, l := range w.later {
		w.to.Para(l.kind, l.words)
	}
	w.later = nil
}

// collapse makes one space of each run of white space but keeps inserted line ends.
func collapse(s string) string {
	lines := strings.Split(s, LineEnd)
	for i, line := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\n' || r == '\r' || r == '\t' }), " ")
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), HardSpace, " ")
}

// LineEnd and HardSpace stand for a line end and a space that collapsing must keep; XML
// holds neither character.
const (
	LineEnd   = "\x00"
	HardSpace = "\x01"
)

// Attr returns an attribute by its local name, whatever its prefix.
func Attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
