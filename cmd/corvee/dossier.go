package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/dossier"
	"corvee/present"
	out "corvee/present/dossier"
)

type dossierCmd struct {
	Name        string `arg:"" help:"A site, an organisation, a place or a country, as reports name it."`
	As          string `help:"html, json or bag." enum:"html,json,bag" default:"html"`
	Out         string `short:"o" help:"Where to write: a file, a new folder for a bag; - is standard output." placeholder:"PATH" default:"-"`
	SmallCounts string `help:"Give counts under ten at a named site too, for this reason. Those that an anonymous witness tells stay withheld." placeholder:"REASON"`
}

func (c dossierCmd) Run(w *world) error {
	d, err := w.dossierOf(c.Name, dossier.Leave{SmallCounts: c.SmallCounts})
	if err != nil {
		return err
	}
	for _, h := range d.Withheld {
		fmt.Fprintf(w.err, "withheld: %d × %s (%s)\n", h.Count, h.What, h.Why)
	}
	if c.As == "bag" {
		return c.bag(w, d)
	}
	write := out.HTML
	if c.As == "json" {
		write = out.JSON
	}
	return toPath(w, c.Out, func(to io.Writer) error { return write(to, d) })
}

func (c dossierCmd) bag(w *world, d out.Dossier) error {
	if c.Out == "-" {
		return fmt.Errorf("%w: a bag is a folder; say where with -o", corvee.ErrInvalid)
	}
	n, err := out.WriteBag(c.Out, d)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.err, "%s: a bag of %d files; corvee verify %s checks it without a base\n", c.Out, n, c.Out)
	return nil
}

// dossierOf builds the dossier of a name from the base.
func (w *world) dossierOf(name string, leave dossier.Leave) (out.Dossier, error) {
	p, closeBase, err := w.open()
	if err != nil {
		return out.Dossier{}, err
	}
	defer closeBase()
	return dossier.Build(w.ctx, p, name, corvee.DateOf(w.now()), leave)
}

// toPath writes to a file that must not be there yet, or to standard output. What could not
// be written whole is not left.
func toPath(w *world, path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(w.out)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w; nothing is overwritten: name a new file", err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

type questionCmd struct {
	Name string `arg:"" help:"A site, an organisation, a place or a country, as reports name it."`
}

func (c questionCmd) Run(w *world) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	d, err := dossier.Build(w.ctx, p, c.Name, corvee.DateOf(w.now()), dossier.Leave{})
	if err != nil {
		return err
	}
	if w.cli.Format == present.Text {
		return out.Text(w.out, d)
	}
	return w.presented(p, nil, func(emit pipeline.Emit) error { return out.Emit(d, emit) })
}

type verifyCmd struct {
	Path string `arg:"" help:"Folder of a bag, or the file of a base." type:"path"`
}

// Run checks a bag with nothing but itself, or a base with its originals.
func (c verifyCmd) Run(w *world) error {
	if info, err := os.Stat(c.Path); err == nil && !info.IsDir() {
		originals, err := w.cli.originalsFolder(c.Path)
		if err != nil {
			return err
		}
		return w.checkBase(c.Path, originals, "whole")
	}
	root, err := os.OpenRoot(c.Path)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer root.Close()
	d, err := out.Verify(root.FS())
	if err != nil {
		fmt.Fprintln(w.out, err)
		return exitCode(exitFailed)
	}
	fmt.Fprintf(w.out, "%s: whole. A dossier on %s, made %s: %d claims from %d reports; every file is what its hash says.\n"+
		"The hashes show that nothing was changed since they were made; who made them they do not show.\n",
		c.Path, present.Clean(d.Subject), d.Made, len(d.Claims), len(d.Reports))
	return nil
}
