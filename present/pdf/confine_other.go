//go:build !linux

package pdf

import (
	"errors"
	"os/exec"
)

// errNoNamespaces: this system has none, so the browser keeps its network and is told to use
// none.
var errNoNamespaces = errors.New("no namespaces on this system")

func confine(cmd *exec.Cmd, namespaces bool) {
	if namespaces {
		cmd.Err = errNoNamespaces
	}
}

func refused(err error) bool { return errors.Is(err, errNoNamespaces) }

func asRoot() []string { return nil }
