package intake

import (
	"context"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"corvee"
)

// Files returns every file under the paths, in the order given and each folder in sorted
// order. A path that cannot be walked comes with its *Rejection and the walk goes on.
// Names that begin with a dot are left out inside a folder. A link inside a folder is
// never followed: one that leads out is an error of its own, one that leads to a place
// inside is left out, since that place is walked anyway.
func (in *Intake) Files(ctx context.Context, paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, root := range paths {
			if !walk(ctx, root, yield) {
				return
			}
		}
	}
}

func walk(ctx context.Context, root string, yield func(string, error) bool) bool {
	// A root is named by the user, so a link there is meant; WalkDir would not enter it.
	info, err := os.Stat(root)
	if err != nil {
		return yield(root, fileRejection(err))
	}
	if !info.IsDir() {
		return yield(root, nil)
	}
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return yield(root, fileRejection(err))
	}
	goOn := true
	_ = filepath.WalkDir(real, func(path string, d fs.DirEntry, err error) error {
		shown := filepath.Join(root, strings.TrimPrefix(path, real))
		switch {
		case ctx.Err() != nil:
			goOn = false
		case err != nil:
			goOn = yield(shown, fileRejection(err))
		case path != real && strings.HasPrefix(d.Name(), "."):
			return skip(d)
		case d.Type()&fs.ModeSymlink != 0:
			goOn = visitLink(real, path, shown, yield)
		case !d.IsDir():
			goOn = yield(shown, nil)
		}
		if !goOn {
			return fs.SkipAll
		}
		return nil
	})
	return goOn
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func visitLink(root, path, shown string, yield func(string, error) bool) bool {
	target, err := filepath.EvalSymlinks(path)
	if err == nil && (target == root || strings.HasPrefix(target, root+string(filepath.Separator))) {
		return true
	}
	return yield(shown, refuse(corvee.ErrInvalid, "name the place it leads to, if you mean it",
		"this is a link that leads out of the folder or nowhere"))
}
