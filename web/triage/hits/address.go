package hits

import (
	"fmt"
	"net/url"
	"strconv"

	"corvee"
)

// Address is the place in a run that somebody works at.
func Address(run string, f Form, said string) string {
	q := url.Values{}
	for name, value := range map[string]string{"show": f.Show, "page": f.Page, "by": f.By, "saved": said} {
		if value != "" {
			q.Set(name, value)
		}
	}
	address := "/runs/" + url.PathEscape(run)
	if said != "" {
		q.Set("at", strconv.Itoa(f.Row))
	}
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	if said != "" {
		address += "#row" + strconv.Itoa(f.Next)
	}
	return address
}

// Saved says what was just kept, from the address; "" for any other.
func Saved(q url.Values) string {
	row, err := strconv.Atoi(q.Get("at"))
	if err != nil {
		return ""
	}
	switch said := q.Get("saved"); corvee.JudgementWord(said) {
	case corvee.JudgementSame, corvee.JudgementDifferent, corvee.JudgementUnsure:
		return fmt.Sprintf("Saved: row %d, %s", row, said)
	case "undone":
		return fmt.Sprintf("Taken back: row %d", row)
	}
	return ""
}
