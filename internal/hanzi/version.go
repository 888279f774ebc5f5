package hanzi

import "io"

// Tables writes the tables that the package reads by, so that what is kept of readings can
// be told from what other tables would give.
func Tables(w io.Writer) error {
	for _, t := range []string{table, meaningTable} {
		if _, err := io.WriteString(w, t); err != nil {
			return err
		}
	}
	return nil
}
