package world

import (
	"fmt"
	"os"
	"time"

	"corvee"
	"corvee/intake"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/pipeline/sealing"
	"corvee/present"
	"corvee/read"
	"corvee/store"
	"corvee/store/postgres"
	"corvee/store/sqlite"
	"corvee/vault"
)

// The bounds of one decoding: an honest article needs a second and a few megabytes.
const (
	decodeTimeout = 30 * time.Second
	decodeMemory  = 1 << 30
)

// Open wires a pipeline onto the base. The caller closes it.
func (w *World) Open() (*pipeline.Pipeline, func(), error) {
	address, err := w.BaseAddress()
	if err != nil {
		return nil, nil, err
	}
	originals, err := w.OriginalsFolder(address)
	if err != nil {
		return nil, nil, err
	}
	return w.OpenAt(address, originals)
}

// OpenAt is Open for a base that no flag names.
func (w *World) OpenAt(address, originals string) (*pipeline.Pipeline, func(), error) {
	base, err := w.openStore(address)
	if err != nil {
		return nil, nil, err
	}
	closeBase := func() {
		if err := base.Close(); err != nil {
			fmt.Fprintln(w.Err, "corvee: closing the base:", err)
		}
	}
	p, err := w.wire(base, originals, keptIndex{indexFile(address), w.Err})
	if err == nil {
		err = w.settle(p)
	}
	if err != nil {
		closeBase()
		return nil, nil, err
	}
	return p, closeBase, nil
}

// settle closes what an interrupted sealing left open.
func (w *World) settle(p *pipeline.Pipeline) error {
	closed, err := sealing.Settle(w.Ctx, p)
	if closed > 0 {
		fmt.Fprintf(w.Err, "corvee: %d sealed reports lay open after an interrupted command; they are closed again\n", closed)
	}
	return err
}

func (w *World) openStore(address string) (store.Store, error) {
	if IsPostgres(address) {
		return postgres.Open(w.Ctx, address)
	}
	return sqlite.Open(w.Ctx, address)
}

func (w *World) wire(base store.Store, originals string, kept keptIndex) (*pipeline.Pipeline, error) {
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
		Uncaged: w.Flags.Uncaged, CacheDir: cacheDirectory("decoder"),
	})
	return pipeline.New(w.Ctx, pipeline.Config{
		Store: base, Vault: archive, Intake: decoder, Reader: reader,
		Clock: w.Now, Random: w.Random, Actor: corvee.LocalActor, Version: w.Version,
		LoadIndex: kept.load, SaveIndex: kept.save,
	})
}

// Show runs a use case on the base and presents its messages, the configuration first.
func (w *World) Show(settings map[string]string, useCase func(*pipeline.Pipeline, pipeline.Emit) error) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	return w.ShowFrom(p, settings, useCase)
}

// ShowFrom is Show on a base that is open already. People are covered, unless somebody
// asked for them with a reason.
func (w *World) ShowFrom(p *pipeline.Pipeline, settings map[string]string, useCase func(*pipeline.Pipeline, pipeline.Emit) error) error {
	return w.Presented(p, settings, func(emit pipeline.Emit) error {
		emit = sealing.Saying(w.Ctx, p, emit)
		if w.Flags.ShowPeople == "" {
			return useCase(p, people.Covering(w.Ctx, p, emit))
		}
		if err := people.Show(w.Ctx, p, "", w.Flags.ShowPeople); err != nil {
			return err
		}
		return useCase(p, emit)
	})
}

// Presented presents what a use case emits, as it is.
func (w *World) Presented(p *pipeline.Pipeline, settings map[string]string, useCase func(pipeline.Emit) error) error {
	presenter, err := present.New(w.Flags.Format, w.Out)
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
