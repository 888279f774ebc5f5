package dossier

import (
	"fmt"
	"io"
	"strings"

	"corvee/present"
)

// Text writes the questions of a dossier and the words that they rest on, for a terminal.
func Text(w io.Writer, d Dossier) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s) · %d claims from %d reports · %s\n", present.Clean(d.Subject), d.Kind, len(d.Claims), len(d.Reports), d.Reviewed)
	for _, q := range d.Questions {
		q.text(&b)
	}
	b.WriteByte('\n')
	for _, c := range d.Claims {
		fmt.Fprintf(&b, "[%d] “%s” (report %d, %s)\n", c.No, present.Clean(c.Claim.Quote.Exact), c.Report, c.Claim.Review)
	}
	fmt.Fprintln(&b, d.Notice)
	_, err := io.WriteString(w, b.String())
	return err
}

func (q Question) text(b *strings.Builder) {
	about := strings.Join(strings.Fields(strings.Join([]string{present.KindName(q.Kind), q.About, "·", present.Clean(q.Scope), q.When}, " ")), " ")
	fmt.Fprintf(b, "\n%s  [%s, %s]\n", about, strings.ReplaceAll(string(q.Support), "_", " "), origins(q.Origins))
	for _, p := range q.Positions {
		against := ""
		if p.Against {
			against = "against: "
		}
		fmt.Fprintf(b, "  %s%s  %v\n", against, present.Clean(p.Gloss), p.Claims)
		for _, why := range p.Why {
			fmt.Fprintf(b, "    %s\n", present.Clean(why))
		}
	}
	for _, s := range q.Superseded {
		fmt.Fprintf(b, "  superseded: %s\n", present.Clean(s))
	}
}
