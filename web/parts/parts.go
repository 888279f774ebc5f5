// Package parts makes what pages of several rooms show alike: a line of a report, a run or
// a list, a link to a claim, the way through a long table.
//
// What comes in: values of the base. What goes out: what the shared templates print, every
// text made harmless and people's names covered. Its one idea: the same thing looks the
// same on every page, with the same way to it.
package parts

import (
	"embed"
	"strings"

	"corvee"
	"corvee/pipeline/people"
	"corvee/present"
	"corvee/web/words"
)

// Templates are the shared parts, as templates/part_*.html.
//
//go:embed templates
var Templates embed.FS

// Report is one row of a list of reports.
type Report struct {
	Href, Title, Lang, Publisher, Published, Language string
	Claims, Unreviewed                                int
	Unread                                            string
}

// ReportOf makes the row of a report; why says why nothing was read, "" if it was.
func ReportOf(r corvee.Report, claims, unreviewed int, why string) Report {
	r = people.Titled(r)
	return Report{
		Href: ReportAddress(r.ID), Title: words.Title(r), Lang: r.Lang, Publisher: words.Publisher(r), Published: r.Published.String(),
		Language: words.Language(r.Lang), Claims: claims, Unreviewed: unreviewed, Unread: words.Unread(why),
	}
}

// Run is one screening run in a list.
type Run struct {
	Href, Input, At, Actor string
	Rows                   corvee.RowCounts
	Total                  int
	Lists                  int
}

// RunOf makes the row of a run.
func RunOf(run corvee.Run) Run {
	return Run{
		Href: RunAddress(run.ID), Input: present.Clean(run.Input), At: words.Clock(run.At), Actor: present.Clean(run.Actor),
		Rows: run.Rows, Total: run.Rows.Hit + run.Rows.Context + run.Rows.Clear + run.Rows.Rejected, Lists: len(run.Lists),
	}
}

// List is one official list with its age.
type List struct {
	Name, Date, File, Hash, FullHash, Imported string
	Age                                        string
	Stale                                      bool
	Listings, Rejected                         int
}

// ListOf makes the row of a list.
func ListOf(l corvee.ListInfo) List {
	line := List{
		Name: present.Clean(l.List), Date: l.Date.String(), File: present.Clean(l.File), Hash: shortHash(l.SHA256), FullHash: l.SHA256,
		Imported: words.Clock(l.Imported), Listings: l.Listings, Rejected: l.Rejected,
	}
	if l.Date.Known() {
		line.Age = words.Plural(max(l.AgeDays, 0), "day old", "days old")
		if l.AgeDays < 1 {
			line.Age = "of today"
		}
		line.Stale = l.Stale
	}
	return line
}

// shortHash shows the beginning of each hash of a list that came in several files.
func shortHash(hashes string) string {
	var out []string
	for h := range strings.SplitSeq(hashes, "+") {
		out = append(out, present.Short(strings.TrimSpace(h))+"…")
	}
	return strings.Join(out, " + ")
}

// Fact is a word and what is known of it.
type Fact struct{ Name, Value, Lang, Note string }

// Link leads to a claim.
type Link struct {
	Href string
	words.Badge
	Gloss string
}

// LinkTo makes the link to a claim in its report.
func LinkTo(c corvee.Claim) Link {
	return Link{Href: ClaimAddress(c.Report, c.ID), Badge: words.Kind(c.Kind), Gloss: present.Clean(present.Gloss(c))}
}

// Origin is where an input came from, with people in it covered: a file's name may hold one.
func Origin(s string) string { return present.Clean(people.Titled(corvee.Report{Title: s}).Title) }
