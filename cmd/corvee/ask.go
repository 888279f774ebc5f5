package main

import (
	"errors"
	"fmt"
	"strings"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/present"
	"corvee/read"
	"corvee/store"
)

type claimsCmd struct {
	Report  string `help:"Only of this report (id or its beginning)." placeholder:"ID"`
	Kind    string `help:"Only of this kind: headcount, wage, levy …" placeholder:"KIND"`
	Country string `help:"Only where the work is in this country (ISO 3166, two letters)." placeholder:"CC"`
	Sector  string `help:"Only of this sector." placeholder:"SECTOR"`
	Place   string `help:"Only at this place (id, as the stream shows it)." placeholder:"PLACE"`
}

func (c claimsCmd) Run(w *world) error {
	if c.Kind != "" && !corvee.Kind(c.Kind).Valid() {
		return fmt.Errorf("%w: kind %q; one of %v", corvee.ErrInvalid, c.Kind, corvee.Kinds())
	}
	if c.Sector != "" && !corvee.Sector(c.Sector).Valid() {
		return fmt.Errorf("%w: sector %q; one of %v", corvee.ErrInvalid, c.Sector, corvee.Sectors())
	}
	filter := store.ClaimFilter{
		Report: c.Report, Kind: corvee.Kind(c.Kind), Country: strings.ToUpper(c.Country), Sector: corvee.Sector(c.Sector), Place: c.Place,
	}
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err := p.Claims(w.ctx, filter, emit)
		if err == nil && sum.Claims == 0 {
			fmt.Fprintln(w.err, "No claim of this base is such; corvee read FILE… brings reports in.")
		}
		return err
	})
}

type explainCmd struct {
	Claim string `arg:"" help:"Id of the claim, or its beginning (6 characters or more)."`
}

func (c explainCmd) Run(w *world) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	e, err := p.Explain(w.ctx, c.Claim)
	if err != nil {
		return err
	}
	uncovered := e // its text is the one that places are of
	if e, err = w.covered(p, e); err != nil {
		return err
	}
	if w.cli.Format != present.Text {
		return w.showFrom(p, nil, func(_ *pipeline.Pipeline, emit pipeline.Emit) error {
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
func (w *world) covered(p *pipeline.Pipeline, e pipeline.Explanation) (pipeline.Explanation, error) {
	if w.cli.ShowPeople != "" {
		return e, people.Show(w.ctx, p, e.Report.ID, w.cli.ShowPeople)
	}
	v, err := p.Report(w.ctx, e.Report.ID)
	if err != nil {
		return e, err
	}
	return people.Explanation(e, v)
}

// placesOf returns where the quote stands on the pages of its original. That it cannot be
// told is said and stops nothing.
func placesOf(w *world, p *pipeline.Pipeline, e pipeline.Explanation) ([]intake.Region, error) {
	original, err := p.Vault.Get(w.ctx, e.Report.ID)
	if errors.Is(err, corvee.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	places, err := p.Intake.Places(w.ctx, e.Text, e.Report.MediaType, original, e.Claim.Quote.Span)
	if errors.Is(err, corvee.ErrUnsupported) {
		fmt.Fprintln(w.err, "corvee:", err)
		return nil, nil
	}
	return places, err
}

func explain(w *world, e pipeline.Explanation, places []intake.Region) error {
	c := e.Claim
	say := func(format string, args ...any) { fmt.Fprintf(w.out, format+"\n", args...) }
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

type inputsCmd struct {
	Failed bool `help:"Only those that failed or were rejected."`
	Retry  bool `help:"Try the failed and rejected ones again."`
}

func (c inputsCmd) Run(w *world) error {
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		if c.Retry {
			_, err := p.Retry(w.ctx, pipeline.IngestOptions{}, emit)
			return err
		}
		return p.Inputs(w.ctx, c.Failed, emit)
	})
}

type purgeCmd struct {
	Yes    bool   `help:"Do not ask."`
	Reason string `help:"Why; kept in the tombstone. Name nobody." default:"unspecified"`
	Erase  bool   `help:"Only overwrite the traces of earlier purges again, after one said that it could not."`
	Report string `arg:"" optional:"" help:"Id of the report, or its beginning."`
}

func (c purgeCmd) Run(w *world) error {
	if (c.Report == "") != c.Erase {
		return fmt.Errorf("%w: give the report to remove, or --erase alone", corvee.ErrInvalid)
	}
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	if c.Erase {
		return p.Erase(w.ctx)
	}
	return c.purge(w, p)
}

func (c purgeCmd) purge(w *world, p *pipeline.Pipeline) error {
	view, err := p.Report(w.ctx, c.Report)
	if err != nil {
		return err
	}
	if !c.Yes && !w.confirm(fmt.Sprintf("Remove report %s with %d claims and its original, for good?", present.Short(view.Report.ID), len(view.Claims))) {
		fmt.Fprintln(w.err, "Nothing was removed.")
		return exitCode(exitFailed)
	}
	stone, err := p.Purge(w.ctx, view.Report.ID, c.Reason)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "purged; tombstone %s\n", stone.ID)
	return nil
}

func (w *world) confirm(question string) bool {
	fmt.Fprintf(w.err, "%s Type yes: ", question)
	var answer string
	_, _ = fmt.Fscanln(w.in, &answer)
	return answer == "yes"
}

type lineageCmd struct {
	Claims bool `help:"Also every claim, with how many separate origins stand behind it."`
}

func (c lineageCmd) Run(w *world) error {
	return w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		sum, err := p.Lineage(w.ctx, c.Claims, emit)
		if err == nil && sum.Reports == 0 {
			fmt.Fprintln(w.err, "No report of this base was found to depend on another.")
		}
		return err
	})
}
