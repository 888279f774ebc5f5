package forge

import "corvee/intake/internal/layout"

// Lines lists the blocks of a page, one a line: kind and words.
func Lines(p layout.Page) []string {
	var out []string
	for _, b := range p.Blocks {
		out = append(out, string(b.Kind)+"|"+p.Text[b.Start:b.End])
	}
	return out
}
