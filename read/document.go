package read

import (
	"crypto/sha256"
	"encoding/hex"

	"corvee"
	"corvee/read/internal/frame"
	"corvee/read/internal/scene"
	"corvee/read/internal/segment"
	"corvee/read/internal/slot"
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

// document is one report while it is read: the scene of its current sentence, and the
// drafts of claims so far.
type document struct {
	scene.Scene
	fill    slot.Filler
	r       *reader
	text    corvee.Text
	blocks  []corvee.Block
	drafts  []draft
	matches []frame.Match
	kept    []winner
}

// draft is a claim before the end of the report: some of its slots may still be filled
// from what the whole report is about.
type draft struct {
	claim   corvee.Claim
	rule    *frame.Rule
	carried bool   // places come from an earlier paragraph
	wide    bool   // of a whole country: the report's trade is not its own
	noted   bool   // places are settled; the report may not add a country
	heading bool   // stands in a title
	again   bool   // the sentence says that it says something again
	country string // that the report was about when it said so
	window  int
	value   int // token of the amount, to tell rivals
}

func newDocument(r *reader, report corvee.Report, text corvee.Text) *document {
	d := &document{r: r, text: text, blocks: segment.Blocks(text)}
	d.Language, d.Report = r.lang, report
	d.fill.Scene = &d.Scene
	d.Open(text.String(), d.blocks)
	return d
}

// block reads one paragraph, sentence by sentence.
func (d *document) block(b corvee.Block) {
	d.Block(d.text.String(), b)
	for n := range d.P.Sentences {
		d.Sentence(n)
		d.match()
		d.Close()
	}
}
