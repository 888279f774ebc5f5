package read

import (
	"corvee"
	"corvee/read/internal/script"
)

// Language returns en, ko, zh, ja or ru by the scripts of a text's letters, "" when it
// cannot be known. Latin script is taken for English: other Latin languages have no
// reader and are few among the reports. A name or two in another script do not count.
func Language(t corvee.Text) string { return script.Language(t.String()) }
