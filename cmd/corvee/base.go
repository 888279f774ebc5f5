package main

import (
	"fmt"
	"os"
	"time"

	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/present"
	"corvee/read"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/sqlite"
	"corvee/vault"

	"corvee"
)

// The bounds of one decoding: an honest article needs a second and a few megabytes.
const (
	decodeTimeout = 30 * time.Second
	decodeMemory  = 1 << 30
)

// open wires a pipeline onto the base. The caller closes it.
func (w *world) open() (*pipeline.Pipeline, func(), error) {
	address, err := w.cli.baseAddress()
	if err != nil {
		return nil, nil, err
	}
	originals, err := w.cli.originalsFolder(address)
	if err != nil {
		return nil, nil, err
	}
	return w.openAt(address, originals)
}

func (w *world) openAt(address, originals string) (*pipeline.Pipeline, func(), error) {
	base, err := w.openStore(address)
	if err != nil {
		return nil, nil, err
	}
	closeBase := func() {
		if err := base.Close(); err != nil {
			fmt.Fprintln(w.err, "corvee: closing the base:", err)
		}
	}
	p, err := w.wire(base, originals, keptIndex{indexFile(address), w.err})
	if err != nil {
		closeBase()
		return nil, nil, err
	}
	return p, closeBase, nil
}

func (w *world) openStore(address string) (store.Store, error) {
	if isPostgres(address) {
		return postgres.Open(w.ctx, address)
	}
	return sqlite.Open(w.ctx, address)
}

func (w *world) wire(base store.Store, originals string, kept keptIndex) (*pipeline.Pipeline, error) {
	archive, err := vault.Open(originals)
	if err != nil {
		return nil, err
	}
	reader, err := read.New()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("the decoder child is this program, which cannot be found: %w", err)
	}
	decoder := intake.New(intake.Config{
		Decoder: []string{self, "decode"}, Timeout: decodeTimeout, MemoryBytes: decodeMemory, MaxBytes: corvee.MaxTextBytes,
		Uncaged: w.cli.Uncaged, CacheDir: cacheDirectory("decoder"),
	})
	return pipeline.New(w.ctx, pipeline.Config{
		Store: base, Vault: archive, Intake: decoder, Reader: reader,
		Clock: w.now, Random: w.random, Actor: corvee.LocalActor, Version: version,
		LoadIndex: kept.load, SaveIndex: kept.save,
	})
}

// show runs a use case on the base and presents its messages, the configuration first.
func (w *world) show(settings map[string]string, useCase func(*pipeline.Pipeline, pipeline.Emit) error) error {
	p, closeBase, err := w.open()
	if err != nil {
		return err
	}
	defer closeBase()
	return w.showFrom(p, settings, useCase)
}

func (w *world) showFrom(p *pipeline.Pipeline, settings map[string]string, useCase func(*pipeline.Pipeline, pipeline.Emit) error) error {
	return w.presented(p, settings, func(emit pipeline.Emit) error {
		if w.cli.ShowPeople == "" {
			return useCase(p, people.Covering(w.ctx, p, emit))
		}
		if err := people.Show(w.ctx, p, "", w.cli.ShowPeople); err != nil {
			return err
		}
		return useCase(p, emit)
	})
}

// presented presents what a use case emits, as it is.
func (w *world) presented(p *pipeline.Pipeline, settings map[string]string, useCase func(pipeline.Emit) error) error {
	presenter, err := present.New(w.cli.Format, w.out)
	if err != nil {
		return err
	}
	if err := presenter.Present(p.Configuration(settings)); err != nil {
		return err
	}
	useCaseErr := useCase(presenter.Present)
	if err := presenter.Close(); err != nil && useCaseErr == nil {
		return err
	}
	return useCaseErr
}
