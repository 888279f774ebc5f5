package keeping

import (
	"fmt"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/store/move"
)

// Move is corvee move.
type Move struct {
	From          string `arg:"" name:"FROM" help:"Base to move: a file, or postgres://…"`
	To            string `arg:"" name:"TO" help:"Where to: a file that is not there yet, or an empty database."`
	FromOriginals string `help:"Folder of the originals of FROM (default: beside the base)." type:"path" placeholder:"DIR"`
	ToOriginals   string `help:"Folder for the originals of TO (default: beside the base)." type:"path" placeholder:"DIR"`
}

// Run copies a base with its originals, and checks the copy as verify does. What is moved
// from stays as it is.
func (c Move) Run(w *world.World) error {
	if c.From == c.To {
		return fmt.Errorf("%w: FROM and TO are the same base; name a new one to move to", corvee.ErrInvalid)
	}
	from, closeFrom, err := c.open(w, c.From, c.FromOriginals)
	if err != nil {
		return err
	}
	defer closeFrom()
	to, closeTo, err := c.open(w, c.To, c.ToOriginals)
	if err != nil {
		return err
	}
	copied, err := move.Base(w.Ctx, from.Store, to.Store)
	originals := 0
	if err == nil {
		originals, err = copyOriginals(w, from, to)
	}
	closeTo()
	if err != nil {
		return err
	}
	for _, one := range copied {
		fmt.Fprintf(w.Err, "%-16s %d\n", one.Table, one.Rows)
	}
	folder, err := folderOf(w, c.To, c.ToOriginals)
	if err != nil {
		return err
	}
	return checkBase(w, c.To, folder, fmt.Sprintf("moved with %d originals", originals))
}

func (c Move) open(w *world.World, address, originals string) (*pipeline.Pipeline, func(), error) {
	folder, err := folderOf(w, address, originals)
	if err != nil {
		return nil, nil, err
	}
	return w.OpenAt(address, folder)
}

func folderOf(w *world.World, address, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if w.Flags.Originals != "" {
		return "", fmt.Errorf("%w: --originals is of one base, and two are moved; give --from-originals and --to-originals", corvee.ErrInvalid)
	}
	return w.OriginalsFolder(address)
}

func copyOriginals(w *world.World, from, to *pipeline.Pipeline) (n int, err error) {
	for id, err := range from.Vault.All(w.Ctx) {
		if err != nil {
			return n, err
		}
		original, err := from.Vault.Get(w.Ctx, id)
		if err != nil {
			return n, err
		}
		if _, err := to.Vault.Put(w.Ctx, original); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
