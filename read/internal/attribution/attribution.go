// Package attribution finds who says what: sentences in, for each run of tokens the chain
// from who said it first to who published it out.
//
// Its one idea: a speaker is a head word with its describers and, at most, a name; the
// name is kept only where the class of speaker may be named. Everyone else becomes a role
// and a code that is stable within the report, so nothing that this package returns can
// identify a worker or a source.
package attribution

import (
	"slices"
	"strconv"
	"strings"

	"corvee"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
	"corvee/read/internal/turn"
)

// Region is a run of tokens that somebody says: First to Last, half-open.
type Region struct {
	First, Last       int
	Chain             []corvee.Attribution
	Fact              corvee.Factuality // how the verb puts it; "" for plain saying
	CueFirst, CueLast int               // the words that say who, half-open
	Carried           bool              // from a sentence before, with no cue of its own
	Quoted            bool
	Closed            bool // ends with its own cue: the next sentence is nobody's
}

// Dateline reports whether a region is only the words that say who sent the report.
func (r *Region) Dateline() bool { return r.Closed && r.First == r.CueFirst && r.Last == r.CueLast }

// Tracker follows the speakers of one report from block to block. What stands with a
// capital letter is for the rooms of the languages, which read its current sentence and
// Add what they find.
type Tracker struct {
	P          *lexicon.Passage
	First, End int                  // the current sentence, half-open
	Publisher  string               // of the report, "" if unknown
	Met        []Speaker            // whom the report has named or described
	Last       int                  // of Met, the last person-like speaker, -1
	Spoken     []corvee.Attribution // who was quoted last
	Turned     []corvee.Attribution // whom a line of a script names for the next quotation
	Relayed    Relay                // whose report this one passes on
	Blocks     int                  // paragraphs read so far
	own        []string             // the publisher's name, word by word, without its article
	find       Cues
	codes      int
	lastBody   int                  // of Met, the last newsroom or institution, -1
	regions    []Region             // of the current sentence
	all        [][]Region           // of the block, by sentence
	pending    []corvee.Attribution // of a quotation that its paragraph did not close
}

// Relay is the newsroom whose report is passed on, and the paragraph that named it last; the
// zero value is none.
type Relay struct {
	Link  corvee.Attribution
	Block int
	Whole bool // the report as a whole is its: the agency of a dateline
}

// Speaker is somebody the report has named or described.
type Speaker struct {
	Link  corvee.Attribution
	Owner string   // the outlet whose source it is
	Names []string // folded words of its name, for this report alone
	Head  string   // "source", "worker", "person", "official"
}

// Cues finds the speakers of the tracker's current sentence, as a language puts them.
type Cues func(*Tracker)

// English finds speakers by verbs of speaking and "according to".
func English(t *Tracker) { t.cues() }

// NewTracker returns the Tracker of a report by that publisher; "" is unknown.
func NewTracker(publisher string, find Cues) *Tracker {
	own := strings.Fields(fold(publisher))
	if len(own) > 1 && own[0] == "the" {
		own = own[1:]
	}
	return &Tracker{Publisher: publisher, own: own, find: find, Last: -1, lastBody: -1}
}

// WorkerSpeaks reports whether token i is said by a worker, so that "we" are workers.
func (t *Tracker) WorkerSpeaks(i int) bool {
	r := t.At(i)
	return r != nil && len(r.Chain) > 0 && r.Chain[0].Speaker == corvee.SpeakerAnonymous && t.headOf(r.Chain[0]) == "worker"
}

func (t *Tracker) headOf(link corvee.Attribution) string {
	for _, s := range t.Met {
		if s.Link == link {
			return s.Head
		}
	}
	return ""
}

// Block reads all sentences of a paragraph. Nothing is carried into it but an open
// quotation.
func (t *Tracker) Block(p *lexicon.Passage) {
	t.P = p
	t.Blocks++
	t.all = t.all[:0]
	for _, s := range p.Sentences {
		t.First, t.End = s.First, s.Last
		t.regions = nil
		t.find(t)
		t.all = append(t.all, t.regions)
	}
	t.quotations()
	if turn.Answer(p) { // an interview: the worker answers
		t.Spoken = []corvee.Attribution{t.Know(Speaker{Link: corvee.Attribution{Role: "worker", Speaker: corvee.SpeakerAnonymous}, Head: "worker"}, false)}
		t.all[0] = append(t.all[0], Region{First: p.Sentences[0].First, Last: p.Sentences[0].Last, Chain: t.Spoken})
	}
	if t.Turned != nil {
		t.pending = t.Turned
	}
	t.carry()
}

// Author returns the chain of what nobody else says.
func (t *Tracker) Author() []corvee.Attribution {
	return t.published([]corvee.Attribution{{Speaker: corvee.SpeakerAuthor}})
}

// published sets the publisher at the end of a chain, once.
func (t *Tracker) published(chain []corvee.Attribution) []corvee.Attribution {
	if t.Publisher == "" {
		return chain
	}
	for _, link := range chain {
		if link.Speaker == corvee.SpeakerPublisher && SameName(link.Name, t.Publisher) {
			return chain
		}
	}
	return append(slices.Clone(chain), corvee.Attribution{Name: t.Publisher, Speaker: corvee.SpeakerPublisher})
}

// Sentence selects the n-th sentence of the block for the questions below.
func (t *Tracker) Sentence(n int) {
	s := t.P.Sentences[n]
	t.First, t.End, t.regions = s.First, s.Last, t.all[n]
}

// carry gives a sentence without a speaker that of the one before it, within the
// paragraph.
func (t *Tracker) carry() {
	var chain []corvee.Attribution
	for n, s := range t.P.Sentences {
		t.Sentence(n)
		if len(t.regions) == 0 && chain != nil {
			t.all[n] = []Region{{First: s.First, Last: s.Last, Chain: chain, Carried: true}}
			continue
		}
		if len(t.regions) == 0 {
			continue
		}
		last := t.regions[len(t.regions)-1]
		if r := t.At(s.Last - 1); r != nil {
			last = *r
		}
		if chain = last.Chain; last.Closed {
			chain = nil
		}
	}
}

// At returns the innermost region that holds token i, nil when the author speaks.
func (t *Tracker) At(i int) *Region {
	var best *Region
	for n := range t.regions {
		r := &t.regions[n]
		if r.First <= i && i < r.Last && (best == nil || r.Last-r.First < best.Last-best.First) {
			best = r
		}
	}
	return best
}

// Chain returns who says token i, first speaker first, publisher last.
func (t *Tracker) Chain(i int) []corvee.Attribution {
	var within []*Region
	for n := range t.regions {
		if r := &t.regions[n]; r.First <= i && i < r.Last {
			within = append(within, r)
		}
	}
	if len(within) == 0 {
		return t.Author()
	}
	slices.SortStableFunc(within, func(a, b *Region) int { return (a.Last - a.First) - (b.Last - b.First) })
	var chain []corvee.Attribution
	for _, r := range within {
		for _, link := range r.Chain {
			if !slices.Contains(chain, link) {
				chain = append(chain, link)
			}
		}
	}
	return t.published(chain)
}

// InCue reports whether token i belongs to the words that say who speaks: its places and
// times are the speaker's, not the claim's.
func (t *Tracker) InCue(i int) bool { return t.Cue(i) != nil }

// Cue returns the region whose words that say who hold token i, nil without.
func (t *Tracker) Cue(i int) *Region {
	for n := range t.regions {
		if t.regions[n].CueFirst <= i && i < t.regions[n].CueLast {
			return &t.regions[n]
		}
	}
	return nil
}

// Local reports whether a person or body speaks in the sentence and no newsroom or paper:
// where a source stands may be a place of work, a newspaper's country is none.
func (t *Tracker) Local() bool {
	for _, r := range t.regions {
		if len(r.Chain) == 0 {
			continue
		}
		switch r.Chain[0].Speaker {
		case corvee.SpeakerPublisher, corvee.SpeakerAgency, corvee.SpeakerDocument, corvee.SpeakerAuthor:
		default:
			return true
		}
	}
	return false
}

// Know returns the speaker as the report has it, new or met before.
func (t *Tracker) Know(s Speaker, fresh bool) corvee.Attribution {
	if !fresh {
		for i := range t.Met {
			if t.same(t.Met[i], s) {
				t.Last = i
				return t.Met[i].Link
			}
		}
	}
	if s.Link.Speaker == corvee.SpeakerAnonymous {
		t.codes++
		s.Link.Code = "A-" + strconv.Itoa(t.codes)
	}
	t.Met = append(t.Met, s)
	t.Last = len(t.Met) - 1
	return s.Link
}

func (t *Tracker) same(a, b Speaker) bool {
	if a.Link.Speaker != b.Link.Speaker || a.Link.Name != b.Link.Name || a.Link.Role != b.Link.Role {
		return false
	}
	if b.Link.Country != "" && a.Link.Country != "" && a.Link.Country != b.Link.Country {
		return false
	}
	return (a.Owner == b.Owner || b.Owner == "") && SharesName(a.Names, b.Names)
}

// SharesName reports whether two sets of name words could be one person's.
func SharesName(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	return slices.ContainsFunc(b, func(n string) bool { return slices.Contains(a, n) })
}

// TheSource returns whom "the source" means: the newsroom's own source if there is one, else
// the last that was met.
func (t *Tracker) TheSource() (corvee.Attribution, bool) {
	best := -1
	for i, s := range t.Met {
		if s.Head != "source" {
			continue
		}
		if best < 0 || s.Owner != "" || t.Met[best].Owner == "" {
			best = i
		}
	}
	if best < 0 {
		return corvee.Attribution{}, false
	}
	t.Last = best
	return t.Met[best].Link, true
}

func (t *Tracker) ownerOf(link corvee.Attribution) string {
	for _, s := range t.Met {
		if s.Link == link {
			return s.Owner
		}
	}
	return ""
}

// SameName reports whether two names differ in nothing but case, width or dashes.
func SameName(a, b string) bool {
	return fold(a) == fold(b)
}

func fold(s string) string {
	var v segment.View
	v.Fold(s, 0)
	return string(v.Bytes)
}
