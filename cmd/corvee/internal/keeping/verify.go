package keeping

import (
	"fmt"
	"os"

	"corvee/cmd/corvee/internal/world"
	"corvee/present"
	out "corvee/present/dossier"
)

// Verify is corvee verify.
type Verify struct {
	Path string `arg:"" help:"Folder of a bag, or the file of a base." type:"path"`
}

// Run checks a bag with nothing but itself, or a base with its originals.
func (c Verify) Run(w *world.World) error {
	if info, err := os.Stat(c.Path); err == nil && !info.IsDir() {
		originals, err := w.OriginalsFolder(c.Path)
		if err != nil {
			return err
		}
		return checkBase(w, c.Path, originals, "whole")
	}
	root, err := os.OpenRoot(c.Path)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer root.Close()
	d, err := out.Verify(root.FS())
	if err != nil {
		fmt.Fprintln(w.Out, err)
		return world.ExitFailed
	}
	fmt.Fprintf(w.Out, "%s: whole. A dossier on %s, made %s: %d claims from %d reports; every file is what its hash says.\n"+
		"The hashes show that nothing was changed since they were made; who made them they do not show.\n",
		c.Path, present.Clean(d.Subject), d.Made, len(d.Claims), len(d.Reports))
	return nil
}
