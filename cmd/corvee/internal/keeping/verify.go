package keeping

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/internal/signature"
	"corvee/pipeline/kept"
	"corvee/present"
	out "corvee/present/dossier"
)

// Verify is corvee verify.
type Verify struct {
	Path string   `arg:"" help:"Folder of a bag, the file of a base, or an exported head." type:"path"`
	Key  []string `help:"Public key of who should have signed, or a file of them; several times for several. Without that signature it fails." placeholder:"KEY|FILE"`
	Head string   `help:"A head of the log that was kept elsewhere: the log of the base must pass through it." type:"existingfile" placeholder:"FILE"`
}

// Run checks a bag with nothing but itself, a base with its originals, or a head by who
// signed it.
func (c Verify) Run(w *world.World) error {
	keys, err := publicKeys(c.Key)
	if err != nil {
		return err
	}
	info, err := os.Stat(c.Path)
	switch {
	case err == nil && info.IsDir():
		return c.bag(w, keys)
	case err == nil && begins(c.Path):
		_, err := openHead(w, c.Path, keys)
		return err
	}
	return c.base(w, keys)
}

func (c Verify) base(w *world.World, keys []string) error {
	originals, err := w.OriginalsFolder(c.Path)
	if err != nil {
		return err
	}
	if err := checkBase(w, c.Path, originals, "whole"); err != nil || c.Head == "" {
		return err
	}
	head, err := openHead(w, c.Head, keys)
	if err != nil {
		return err
	}
	p, closeBase, err := w.OpenAt(c.Path, originals)
	if err != nil {
		return err
	}
	defer closeBase()
	since, err := kept.Passes(w.Ctx, p, head)
	if errors.Is(err, corvee.ErrInconsistent) {
		fmt.Fprintln(w.Out, err)
		return world.ExitFailed
	}
	if err == nil {
		_, err = fmt.Fprintf(w.Out, "The log passes through the head in %s and has gone on by %d events since.\n", c.Head, since)
	}
	return err
}

// openHead returns the text of an exported head and says who signed it. A head that should
// be signed and is not is a failure.
func openHead(w *world.World, path string, keys []string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("verify: %w", err)
	}
	if !bytes.Contains(raw, []byte("\n\n")) { // no signature follows
		fmt.Fprintf(w.Out, "%s: nobody signed it.\n", path)
		return string(raw), missing(w, keys, nil)
	}
	text, by, err := signature.Open(raw, keys...)
	if err != nil {
		fmt.Fprintf(w.Out, "%s: %v\n", path, err)
		return "", world.ExitFailed
	}
	fmt.Fprintf(w.Out, "%s: %s\n", path, whoSigned(by))
	return text, missing(w, keys, by)
}

func begins(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start, _ := io.ReadAll(io.LimitReader(f, 64))
	return kept.IsHead(start)
}

func (c Verify) bag(w *world.World, keys []string) error {
	root, err := os.OpenRoot(c.Path)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer root.Close()
	d, by, err := out.VerifySigned(root.FS(), keys...)
	if err != nil {
		fmt.Fprintln(w.Out, err)
		return world.ExitFailed
	}
	fmt.Fprintf(w.Out, "%s: whole. A dossier on %s, made %s: %d claims from %d reports; every file is what its hash says.\n",
		c.Path, present.Clean(d.Subject), d.Made, len(d.Claims), len(d.Reports))
	if len(by) == 0 {
		fmt.Fprintln(w.Out, "The hashes show that nothing was changed since they were made; who made them they do not show: nobody signed it.")
	} else {
		fmt.Fprintln(w.Out, whoSigned(by))
	}
	return missing(w, keys, by)
}

// whoSigned says what a signature shows and what it does not.
func whoSigned(by []signature.Signer) string {
	s := by[0]
	if s.Known {
		return fmt.Sprintf("Signed by %s, whose public key you gave.", present.Clean(s.String()))
	}
	return fmt.Sprintf("Signed under the name %s; that this key is theirs only its owner can tell you: ask for the public key by another way, and give it with --key.", present.Clean(s.String()))
}

// missing fails where somebody should have signed and did not.
func missing(w *world.World, keys []string, by []signature.Signer) error {
	if len(keys) == 0 || slices.ContainsFunc(by, func(s signature.Signer) bool { return s.Known }) {
		return nil
	}
	fmt.Fprintln(w.Out, "None of the keys that you gave signed it.")
	return world.ExitFailed
}
