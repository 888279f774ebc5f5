package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/internal/signature"
	"corvee/pipeline"
	"corvee/pipeline/dossier"
	"corvee/pipeline/sealing"
	"corvee/present"
	out "corvee/present/dossier"
	"corvee/present/pdf"
)

// Dossier is corvee dossier.
type Dossier struct {
	Name        string `arg:"" help:"A site, an organisation, a place or a country, as reports name it."`
	As          string `help:"html, json, bag, or pdf (by the browser that is on this machine, without a network)." enum:"html,json,bag,pdf" default:"html"`
	Out         string `short:"o" help:"Where to write: a file, a new folder for a bag; - is standard output." placeholder:"PATH" default:"-"`
	Sign        string `help:"Sign the bag by this key (corvee signer new)." type:"existingfile" placeholder:"FILE"`
	SmallCounts string `help:"Give counts under ten at a named site too, for this reason. Those that an anonymous witness tells stay withheld." placeholder:"REASON"`
}

func (c Dossier) Run(w *world.World) error {
	if c.Sign != "" && c.As != "bag" {
		return fmt.Errorf("%w: a bag is signed, not %s; write --as bag", corvee.ErrInvalid, c.As)
	}
	d, err := dossierOf(w, c.Name, dossier.Leave{SmallCounts: c.SmallCounts})
	if err != nil {
		return err
	}
	for _, h := range d.Withheld {
		fmt.Fprintf(w.Err, "withheld: %d × %s (%s)\n", h.Count, h.What, h.Why)
	}
	switch c.As {
	case "bag":
		return c.bag(w, d)
	case "pdf":
		return c.pdf(w, d)
	}
	write := out.HTML
	if c.As == "json" {
		write = out.JSON
	}
	return w.ToPath(c.Out, func(to io.Writer) error { return write(to, d) })
}

func (c Dossier) bag(w *world.World, d out.Dossier) error {
	if c.Out == "-" {
		return fmt.Errorf("%w: a bag is a folder; say where with -o", corvee.ErrInvalid)
	}
	write := out.WriteBag
	if c.Sign != "" {
		secret, err := world.SecretKey(c.Sign)
		if err != nil {
			return err
		}
		write = func(folder string, d out.Dossier) (int, error) { return out.WriteSignedBag(folder, d, secret) }
	}
	n, err := write(c.Out, d)
	if errors.Is(err, signature.ErrSignature) {
		return fmt.Errorf("%w: %s: %w", corvee.ErrInvalid, c.Sign, err)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(w.Err, "%s: a bag of %d files; corvee verify %s checks it without a base\n", c.Out, n, c.Out)
	return nil
}

// pdf prints the page; what the system could not shut while it did is said.
func (c Dossier) pdf(w *world.World, d out.Dossier) error {
	var page bytes.Buffer
	if err := out.HTML(&page, d); err != nil {
		return err
	}
	printed, err := pdf.Print(w.Ctx, page.Bytes(), d.Made)
	if errors.Is(err, pdf.ErrNoBrowser) {
		return fmt.Errorf("%w: %w; install Chromium, or write --as html and print that page", corvee.ErrUnsupported, err)
	} else if err != nil {
		return err
	}
	if printed.Open != "" {
		fmt.Fprintln(w.Err, "corvee:", printed.Open)
	}
	return w.ToPath(c.Out, func(to io.Writer) error { _, err := to.Write(printed.Bytes); return err })
}

// dossierOf builds the dossier of a name from the base.
func dossierOf(w *world.World, name string, leave dossier.Leave) (out.Dossier, error) {
	p, closeBase, err := w.Open()
	if err != nil {
		return out.Dossier{}, err
	}
	defer closeBase()
	if err := sayWhatIsSealed(w, p); err != nil {
		return out.Dossier{}, err
	}
	return dossier.Build(w.Ctx, p, name, corvee.DateOf(w.Now()), leave)
}

// sayWhatIsSealed tells the person at the terminal, not whoever gets the dossier, that
// there are reports that it does not count.
func sayWhatIsSealed(w *world.World, p *pipeline.Pipeline) error {
	notice, err := sealing.Notice(w.Ctx, p)
	if notice != "" {
		fmt.Fprintln(w.Err, notice)
	}
	return err
}

// Question is corvee question.
type Question struct {
	Name string `arg:"" help:"A site, an organisation, a place or a country, as reports name it."`
}

func (c Question) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	if err := sayWhatIsSealed(w, p); err != nil {
		return err
	}
	d, err := dossier.Build(w.Ctx, p, c.Name, corvee.DateOf(w.Now()), dossier.Leave{})
	if err != nil {
		return err
	}
	if w.Flags.Format == present.Text {
		return out.Text(w.Out, d)
	}
	return w.Presented(p, nil, func(emit pipeline.Emit) error { return out.Emit(d, emit) })
}
