package names

import (
	"io"

	"corvee/internal/hanzi"
)

// Tables writes the tables by which names are parsed, so that parsed names that were kept
// can be told from what other tables would give.
func Tables(w io.Writer) error {
	for _, t := range []string{wordTable, formTable, commonTable, surnameTable} {
		if _, err := io.WriteString(w, t); err != nil {
			return err
		}
	}
	return hanzi.Tables(w)
}
