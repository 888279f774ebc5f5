package present

import (
	"fmt"
	"strings"

	"corvee"
)

// Pages says on which pages of an original some regions lie: "page 3", "pages 3 and 4"; ""
// for what has no pages.
func Pages(regions []corvee.Region) string {
	var pages []string
	for _, r := range regions {
		if n := fmt.Sprint(r.Page); len(pages) == 0 || pages[len(pages)-1] != n {
			pages = append(pages, n)
		}
	}
	switch len(pages) {
	case 0:
		return ""
	case 1:
		return "page " + pages[0]
	}
	last := len(pages) - 1
	return "pages " + strings.Join(pages[:last], ", ") + " and " + pages[last]
}
