package read

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"unicode/utf8"

	"corvee"
	"corvee/read/internal/about"
	"corvee/read/internal/attribution"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/quantity"
	"corvee/read/internal/segment"
	"corvee/read/internal/when"
)

// rulesDate is the date of the rules; a hash of all data stands behind it.
const rulesDate = "2026-11-24"

func versionOf() string {
	h := sha256.New()
	var dirs []string
	for _, g := range grammars() {
		dirs = append(dirs, "lexicon/"+g.code, "rules/"+g.code)
	}
	files, err := contents(dirs...)
	if err != nil {
		return rulesDate
	}
	for _, f := range files {
		h.Write([]byte(f))
	}
	return rulesDate + "+" + hex.EncodeToString(h.Sum(nil))[:8]
}

// classes are the classes of the rows that assembly asks for.
type classes struct {
	work, move, wage, goods, deploy, trade, held lexicon.Class
}

// noClass is no row's: a language that has no words of a class asks for it in vain.
const noClass = lexicon.Class(255)

func classesOf(lex *lexicon.Lexicon) (classes, error) {
	c := classes{goods: noClass, deploy: noClass, trade: noClass, held: noClass}
	for name, to := range map[string]*lexicon.Class{"work": &c.work, "dispatch": &c.move, "wage": &c.wage, "goods": &c.goods, "deploy": &c.deploy, "trade": &c.trade, "held": &c.held} {
		class, ok := lex.Class(name)
		if !ok && *to != noClass {
			return c, errNoClass(name)
		}
		if ok {
			*to = class
		}
	}
	return c, nil
}

// document is one report while it is read. Its arrays serve one block after another.
type document struct {
	r       *reader
	report  corvee.Report
	text    corvee.Text
	blocks  []corvee.Block
	p       lexicon.Passage
	finder  entity.Finder
	tracker *attribution.Tracker
	topic   topic
	drafts  []draft

	kind       corvee.BlockKind
	s          segment.Sentence
	sentence   int
	times      []when.Time
	timed      []bool // per token of the block: part of a time
	quantities []quantity.Quantity
	mentions   []entity.Mention
	nations    []nation // of the mentions that are groups
	frames     frame.Sentence
	matches    []frame.Match
	kept       []winner
	far        bool // the last places came from an earlier paragraph
}

func newDocument(r *reader, report corvee.Report, text corvee.Text) *document {
	d := &document{r: r, report: report, text: text, blocks: segment.Blocks(text)}
	d.tracker = attribution.NewTracker(report.Publisher, r.grammar.Speakers())
	d.topic.since = maxSince
	d.prime()
	return d
}

// primed is how much of a text is looked through for what it is about before it is read;
// titles and first paragraphs name the workers' country.
const primed = 6000

// prime sets whose workers a report is about, so that "the waitress" of a first sentence is
// known.
func (d *document) prime() {
	c := d.r.classes
	primer := about.Primer{Deploy: c.deploy, Move: c.move, Held: c.held, Work: c.work, Wage: c.wage, Stays: d.r.grammar.Stays()}
	read := 0
	for _, b := range d.blocks {
		if read > primed {
			break
		}
		end := min(b.End, b.Start+primed)
		for end < d.text.Len() && !utf8.RuneStart(d.text.String()[end]) {
			end--
		}
		d.about(&primer, d.text.String()[b.Start:end])
		read += b.Len()
	}
	d.about(&primer, d.report.Title)
	if code, ok := primer.State(); ok {
		d.topic.last = nation{code, true, corvee.RungReport}
		d.topic.senders = count(d.topic.senders, code)
	}
}

func (d *document) about(primer *about.Primer, words string) {
	d.p.Load(d.r.lex, words, 0)
	for _, s := range d.p.Sentences {
		primer.Sentence(&d.p, s.First, s.Last)
	}
}

// block reads one paragraph, sentence by sentence.
func (d *document) block(_ int, b corvee.Block) {
	d.kind = b.Kind
	d.p.Load(d.r.lex, d.text.String()[b.Start:b.End], b.Start)
	d.timed = slices.Grow(d.timed[:0], len(d.p.Tokens))[:len(d.p.Tokens)]
	clear(d.timed)
	for _, s := range d.p.Sentences {
		d.p.Clauses(s.First, s.Last)
	}
	d.tracker.Block(&d.p)
	d.topic.paragraph()
	for n, s := range d.p.Sentences {
		d.s, d.sentence = s, n
		d.tracker.Sentence(n)
		d.analyse()
		d.match()
		d.remember()
		d.located()
	}
}

// analyse finds times, amounts and entities of the sentence and turns them into chunks.
func (d *document) analyse() {
	first, last := d.s.First, d.s.Last
	d.times = d.r.grammar.Times(&d.p, first, last, d.report.Published, d.future, d.times[:0])
	for _, t := range d.times {
		for i := t.First; i < t.Last; i++ {
			d.timed[i] = true
		}
	}
	d.quantities = d.r.grammar.Quantities(&d.p, first, last, func(i int) bool { return d.timed[i] }, d.quantities[:0])
	d.mentions = d.r.grammar.Mentions(&d.finder, &d.p, first, last, d.quantities, d.mentions[:0])
	d.resolve()
	d.frames.P, d.frames.First, d.frames.Last, d.frames.Strict = &d.p, first, last, d.r.grammar.Carries()
	d.frames.Chunks = d.chunks(d.frames.Chunks[:0])
	d.frames.Prepare(d.r.set)
}

// future reports whether a plan stands before token i in its clause.
func (d *document) future(i int) bool {
	for j := i - 1; j >= d.s.First && d.p.Tokens[j].Clause == d.p.Tokens[i].Clause; j-- {
		if d.p.Is(j, lexicon.Plan) {
			return true
		}
	}
	return false
}

// chunks returns what patterns can ask for, by first token, longer ones before shorter.
func (d *document) chunks(out []frame.Chunk) []frame.Chunk {
	for i, m := range d.mentions {
		out = d.mentionChunks(out, i, m)
	}
	for i, q := range d.quantities {
		if typ := quantityType(q); typ != frame.NoType {
			out = append(out, frame.Chunk{Type: typ, First: q.First, Last: q.Last, ID: string(q.Value.Per), Ref: i})
		}
	}
	for i, t := range d.times {
		out = append(out, frame.Chunk{Type: frame.TimeType, First: t.First, Last: t.Last, Ref: i})
	}
	slices.SortStableFunc(out, func(a, b frame.Chunk) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	return out
}

func quantityType(q quantity.Quantity) frame.Type {
	switch q.Value.Unit {
	case corvee.UnitMoney:
		return frame.Money
	case corvee.UnitPercent:
		return frame.Share
	case corvee.UnitHour:
		return frame.Hours
	case corvee.UnitDay:
		return frame.Days
	case corvee.UnitYear, corvee.UnitMonth, corvee.UnitWeek:
		return frame.Years
	case corvee.UnitKilogram, corvee.UnitTonne:
		return frame.Weight
	}
	return frame.Count
}

var mentionTypes = map[entity.Kind]frame.Type{
	entity.Place: frame.PlaceType, entity.Sector: frame.SectorType, entity.Site: frame.SiteType,
	entity.Employer: frame.EmployerType, entity.Law: frame.LawType, entity.Label: frame.LabelType,
	entity.Directive: frame.DirectiveType, entity.Abroad: frame.AbroadType,
}

func (d *document) mentionChunks(out []frame.Chunk, i int, m entity.Mention) []frame.Chunk {
	c := frame.Chunk{First: m.First, Last: m.Last, ID: m.ID, Ref: i}
	switch m.Kind {
	case entity.Group:
		if !d.eligible(i) {
			return out
		}
		c.Type = frame.Group
		out = append(out, c)
		if m.Count >= 0 {
			c.Type = frame.Persons
			out = append(out, c)
		}
		return out
	case entity.Actor:
		c.Type, c.ID = frame.Actor, d.actorID(m)
		return append(out, c)
	case entity.Place:
		if m.Weak {
			return out
		}
		if m.Sender || m.ID == "pyongyang" {
			out = append(out, frame.Chunk{Type: frame.Actor, First: m.First, Last: m.Last, ID: "state", Ref: i})
		}
	}
	c.Type = mentionTypes[m.Kind]
	return append(out, c)
}

// actorID returns "host" for the authorities of a state that sends no workers.
func (d *document) actorID(m entity.Mention) string {
	if m.ID == "state" && m.Nation != "" && !m.Sender {
		return "host"
	}
	return m.ID
}
