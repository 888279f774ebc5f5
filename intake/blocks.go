package intake

import (
	"corvee"
	"corvee/intake/internal/plain"
)

// Blocks returns the blocks of a plain text in reading order, as Read makes them. It is
// for texts that are in memory already and must be read as an archived one would be.
func Blocks(text string) []corvee.Block { return plain.Blocks(text) }
