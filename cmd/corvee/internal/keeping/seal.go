package keeping

import (
	"errors"
	"fmt"
	"os"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/sealing"
	"corvee/present"
	"corvee/vault"
)

// Seal is corvee seal.
type Seal struct {
	To     []string `help:"Who may open it: an age recipient (age1…); several times for several." placeholder:"AGE1" required:""`
	Report string   `arg:"" help:"Id of the report, or its beginning."`
}

// Run seals a report and says what of its file is still readable in the base.
func (c Seal) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	s, err := sealing.Seal(w.Ctx, p, c.Report, c.To)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "sealed as %s\n", s.Code)
	fmt.Fprintln(w.Err, "The file that you read it from, copies of it, exports and earlier backups are as they were.")
	for _, id := range s.Beside {
		fmt.Fprintf(w.Err, "report %s came from the same file and is not sealed\n", present.Short(id))
	}
	return nil
}

// Unseal is corvee unseal.
type Unseal struct {
	Identity string `help:"File with an age identity that opens it." type:"existingfile" placeholder:"FILE" required:""`
	Code     string `arg:"" help:"Code of the sealed report (corvee sealed)."`
}

func (c Unseal) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	identity, err := os.Open(c.Identity)
	if err != nil {
		return fmt.Errorf("unseal: %w", err)
	}
	id, err := sealing.Unseal(w.Ctx, p, c.Code, identity)
	if err = errors.Join(err, identity.Close()); err != nil {
		return err
	}
	fmt.Fprintf(w.Out, "unsealed: report %s is as it was\n", present.Short(id))
	return nil
}

// Sealed is corvee sealed.
type Sealed struct{}

func (Sealed) Run(w *world.World) error {
	return w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		all, err := sealing.List(w.Ctx, p)
		for i := 0; err == nil && i < len(all); i++ {
			err = emit(corvee.Message{Sealed: &corvee.Sealed{Code: all[i].Code, State: string(all[i].State), At: all[i].At}})
		}
		return err
	})
}

// Key is corvee key.
type Key struct {
	File string `arg:"" help:"New file for the key. Who has it can open what is sealed for it; without it nobody can. Keep a copy away from this machine."`
}

func (c Key) Run(w *world.World) error {
	identity, recipient, err := vault.NewKey()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("key: %w; name a new file", err)
	}
	_, err = f.WriteString(identity)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	fmt.Fprintln(w.Out, recipient)
	return nil
}
