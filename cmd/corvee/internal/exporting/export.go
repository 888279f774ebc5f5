// Package exporting holds the commands by which something leaves a base for other programs.
//
// What comes in: arguments and the world. What goes out: a file, and on standard error what
// was withheld. Its one idea: what is withheld is said before anything is written, and
// --preview says it and writes nothing.
package exporting

import (
	"fmt"
	"io"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline/dossier"
	"corvee/pipeline/export"
	out "corvee/present/export"
)

// Export is corvee export.
type Export struct {
	Name        string     `arg:"" optional:"" help:"A site, an organisation, a place or a country, as reports name it; without it all that the base holds."`
	As          out.Format `help:"csv: a row for each claim. xlsx: claims, findings, questions, sources, notice. geojson: areas, never points. ftm: FollowTheMoney entities, one a line. ftm-statements: a row for each value." enum:"csv,xlsx,geojson,ftm,ftm-statements" required:""`
	Out         string     `short:"o" help:"File to write; - is standard output." placeholder:"PATH" default:"-"`
	Preview     bool       `help:"Say what would be withheld and write nothing."`
	SmallCounts string     `help:"Give counts under ten at a named site too, for this reason. Those that an anonymous witness tells stay withheld." placeholder:"REASON"`
}

func (c Export) Run(w *world.World) error {
	if c.As == out.XLSX && c.Out == "-" && !c.Preview {
		return fmt.Errorf("%w: a workbook is a file; say where with -o", corvee.ErrInvalid)
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	o := export.Options{
		About: c.Name, Made: corvee.DateOf(w.Now()), Leave: dossier.Leave{SmallCounts: c.SmallCounts},
		Listings: c.As == out.FTM || c.As == out.Statements,
	}
	s, err := export.Build(w.Ctx, p, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Err, "%s: %d claims from %d reports\n", s.Subject, len(s.Claims), len(s.Reports))
	for _, h := range s.Withheld {
		fmt.Fprintf(w.Err, "withheld: %d × %s (%s)\n", h.Count, h.What, h.Why)
	}
	if c.Preview {
		return nil
	}
	if err := w.ToPath(c.Out, func(to io.Writer) error { return out.Write(to, c.As, s) }); err != nil {
		return err
	}
	return export.Log(w.Ctx, p, c.As, s, o)
}
