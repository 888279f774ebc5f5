// Package evidence holds the commands that ask the base what reports say: claims, why they
// were made, who copied whom, a subject with all of it, the law.
//
// What comes in: flags of one question. What goes out: messages, a page, a bag. Its one
// idea: nothing here writes to the base, but that somebody asked to see people.
package evidence

import (
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/present"
	"corvee/read"
	"corvee/store"
)

// Claims is corvee claims.
type Claims struct {
	Report  string `help:"Only of this report (id or its beginning)." placeholder:"ID"`
	Kind    string `help:"Only of this kind: headcount, wage, levy …" placeholder:"KIND"`
	Country string `help:"Only where the work is in this country (ISO 3166, two letters)." placeholder:"CC"`
	Sector  string `help:"Only of this sector." placeholder:"SECTOR"`
	Place   string `help:"Only at this place (id, as the stream shows it)." placeholder:"PLACE"`
}

func (c Claims) Run(w *world.World) error {
	if c.Kind != "" && !corvee.Kind(c.Kind).Valid() {
		return fmt.Errorf("%w: kind %q; one of %v", corvee.ErrInvalid, c.Kind, corvee.Kinds())
	}
	if c.Sector != "" && !corvee.Sector(c.Sector).Valid() {
		return fmt.Errorf("%w: sector %q; one of %v", corvee.ErrInvalid, c.Sector, corvee.Sectors())
	}
	filter := store.ClaimFilter{
		Report: c.Report, Kind: corvee.Kind(c.Kind), Country: strings.ToUpper(c.Country), Sector: corvee.Sector(c.Sector), Place: c.Place,
	}
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err := p.Claims(w.Ctx, filter, emit)
		if err == nil && sum.Claims == 0 {
			fmt.Fprintln(w.Err, "No claim of this base is such; corvee read FILE… brings reports in.")
		}
		return err
	})
}

// Explain is corvee explain.
type Explain struct {
	Claim string `arg:"" help:"Id of the claim, or its beginning (6 characters or more)."`
}

func (c Explain) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	e, err := p.Explain(w.Ctx, c.Claim)
	if err != nil {
		return err
	}
	uncovered := e // its text is the one that places are of
	if e, err = covered(w, p, e); err != nil {
		return err
	}
	if w.Flags.Format != present.Text {
		return w.ShowFrom(p, nil, func(_ *pipeline.Pipeline, emit pipeline.Emit) error {
			return emit(corvee.Message{Claim: &e.Claim})
		})
	}
	places, err := placesOf(w, p, uncovered)
	if err != nil {
		return err
	}
	return explain(w, e, places)
}

// covered covers people in an explanation, unless somebody asked for them.
func covered(w *world.World, p *pipeline.Pipeline, e pipeline.Explanation) (pipeline.Explanation, error) {
	if w.Flags.ShowPeople != "" {
		return e, people.Show(w.Ctx, p, e.Report.ID, w.Flags.ShowPeople)
	}
	v, err := p.Report(w.Ctx, e.Report.ID)
	if err != nil {
		return e, err
	}
	return people.Explanation(e, v)
}

// placesOf returns where the quote stands on the pages of its original. That it cannot be
// told is said and stops nothing.
func placesOf(w *world.World, p *pipeline.Pipeline, e pipeline.Explanation) ([]corvee.Region, error) {
	original, err := p.Vault.Get(w.Ctx, e.Report.ID)
	if errors.Is(err, corvee.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	places, err := p.Intake.Places(w.Ctx, e.Text, e.Report.MediaType, original, e.Claim.Quote.Span)
	if errors.Is(err, corvee.ErrUnsupported) {
		fmt.Fprintln(w.Err, "corvee:", err)
		return nil, nil
	}
	return places, err
}

func explain(w *world.World, e pipeline.Explanation, places []corvee.Region) error {
	c := e.Claim
	say := func(format string, args ...any) { fmt.Fprintf(w.Out, format+"\n", args...) }
	say("%s  %s", present.Short(c.ID), present.Clean(present.Gloss(c)))
	say("  report   %s, %s · %s", present.Clean(e.Report.Publisher), e.Report.Published, present.Short(e.Report.ID))
	say("  quote    “%s” (bytes %d–%d)", present.Clean(c.Quote.Exact), c.Quote.Start, c.Quote.End)
	for _, at := range places {
		say("  place    page %d, %s × %s points from its lower left corner", at.Page, across(at.Box[0], at.Box[2]), across(at.Box[1], at.Box[3]))
	}
	say("  said by  %s · %s", present.Clean(present.SaidBy(c)), c.Factuality)
	say("  made by  %s · score %d · %s", c.Origin, c.Score, c.Review)
	for _, s := range c.Slots {
		words, err := e.Text.Slice(s.Span)
		if err != nil {
			return err
		}
		say("  %-12s “%s”  %s (bytes %d–%d) %s", s.Name, present.Clean(words), s.Rung, s.Start, s.End, s.Rule)
	}
	for _, r := range e.Rules {
		explainRule(say, r)
	}
	return nil
}

// across shows an extent in points; a box counts hundredths.
func across(from, to int) string { return fmt.Sprintf("%d–%d", from/100, (to+99)/100) }

func explainRule(say func(string, ...any), r read.Rule) {
	say("  rule %s: %s", r.ID, r.About)
	for _, example := range r.Reads {
		say("    reads       %s", example)
	}
	for _, example := range r.Leaves {
		say("    leaves out  %s", example)
	}
}

// Inputs is corvee inputs.
type Inputs struct {
	Failed bool `help:"Only those that failed or were rejected."`
	Retry  bool `help:"Try the failed and rejected ones again."`
}

func (c Inputs) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		if c.Retry {
			_, err := p.Retry(w.Ctx, pipeline.IngestOptions{}, emit)
			return err
		}
		return p.Inputs(w.Ctx, c.Failed, emit)
	})
}

// Lineage is corvee lineage.
type Lineage struct {
	Claims bool `help:"Also every claim, with how many separate origins stand behind it."`
}

func (c Lineage) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err := p.Lineage(w.Ctx, c.Claims, emit)
		if err == nil && sum.Reports == 0 {
			fmt.Fprintln(w.Err, "No report of this base was found to depend on another.")
		}
		return err
	})
}
