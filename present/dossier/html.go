package dossier

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"corvee"
	"corvee/present"
)

//go:embed dossier.html
var page string

//go:embed dossier.css
var style string

// HTML writes a dossier as one page that loads nothing, runs nothing and prints well.
func HTML(w io.Writer, d Dossier) error {
	t, err := template.New("dossier").Funcs(template.FuncMap{
		"words": func(v any) string { return strings.ReplaceAll(fmt.Sprint(v), "_", " ") },
		"clean": present.Clean, "refs": refs, "origins": origins, "said": present.SaidBy, "pages": Cited.pages,
		"style": func() template.CSS { return template.CSS(style) },
		"kind":  present.KindName,
		"cites": func(f corvee.Finding) template.HTML { return refs(d.numbers(f.Claims)) },
	}).Parse(page)
	if err != nil {
		return err
	}
	return t.Execute(w, d)
}

// refs links numbers of claims to their quotes.
func refs(numbers []int) template.HTML {
	var b strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&b, ` <a class="ref" href="#c%d">[%d]</a>`, n, n)
	}
	return template.HTML(b.String())
}

func origins(o corvee.OriginCount) string {
	switch {
	case o.Min == o.Max && o.Max == 1:
		return "1 origin"
	case o.Min == o.Max:
		return fmt.Sprintf("%d origins", o.Max)
	}
	return fmt.Sprintf("%d to %d origins", o.Min, o.Max)
}

// numbers returns the numbers of claims by id; a claim that was withheld has none.
func (d Dossier) numbers(ids []string) []int {
	var out []int
	for _, c := range d.Claims {
		for _, id := range ids {
			if c.Claim.ID == id {
				out = append(out, c.No)
			}
		}
	}
	return out
}
