// Package odt reads OpenDocument texts (OASIS OpenDocument 1.3 part 3).
//
// What comes in: an open ZIP. What goes out: the text that a reader sees with all changes
// accepted; comments and what was deleted are not looked at.
//
// Its one idea: the same as any other document to package flow, under other names.
package odt

import (
	"encoding/xml"
	"strconv"
	"strings"

	"corvee"
	"corvee/intake/internal/flow"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pack"
	"corvee/intake/internal/paper"
)

// Is reports whether an archive is an OpenDocument text.
func Is(a *pack.Archive) bool {
	kind, err := a.Part("mimetype")
	return err == nil && strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.text") && a.Has("content.xml")
}

// Decode returns the page of the document.
func Decode(a *pack.Archive) (layout.Page, error) {
	content, err := a.Part("content.xml")
	if err != nil {
		return layout.Page{}, err
	}
	var to paper.Paper
	if err := flow.Read(content, words, flow.Options{Collapse: true}, &to); err != nil {
		return layout.Page{}, err
	}
	return to.Page(), nil
}

func words(e xml.StartElement) flow.Step {
	switch {
	case strings.Contains(e.Name.Space, "opendocument:xmlns:text"):
		return text(e)
	case strings.Contains(e.Name.Space, "opendocument:xmlns:table"):
		return table(e)
	case strings.Contains(e.Name.Space, "opendocument:xmlns:office") && (e.Name.Local == "annotation" || e.Name.Local == "automatic-styles"):
		return flow.Step{Do: flow.Skip}
	case strings.Contains(e.Name.Space, "svg-compatible") && (e.Name.Local == "title" || e.Name.Local == "desc"):
		return flow.Step{Do: flow.Skip}
	}
	return flow.Step{}
}

func text(e xml.StartElement) flow.Step {
	switch e.Name.Local {
	case "p", "h":
		kind := corvee.BlockKind("")
		if flow.Attr(e, "style-name") == "Title" {
			kind = corvee.BlockTitle
		}
		return flow.Step{Do: flow.Para, Kind: kind, Text: true}
	case "s":
		return flow.Step{Do: flow.Insert, Words: strings.Repeat(flow.HardSpace, spaces(e))}
	case "tab":
		return flow.Step{Do: flow.Insert, Words: "\t"}
	case "line-break":
		return flow.Step{Do: flow.Insert, Words: flow.LineEnd}
	case "note":
		return flow.Step{Do: flow.Note}
	case "tracked-changes", "note-citation", "sequence-decls", "hidden-text", "hidden-paragraph", "ruby-text":
		return flow.Step{Do: flow.Skip}
	}
	return flow.Step{}
}

func spaces(e xml.StartElement) int {
	const most = 1000
	n, err := strconv.Atoi(flow.Attr(e, "c"))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func table(e xml.StartElement) flow.Step {
	switch e.Name.Local {
	case "table":
		return flow.Step{Do: flow.Table}
	case "table-row":
		return flow.Step{Do: flow.Row}
	case "table-cell":
		return flow.Step{Do: flow.Cell}
	case "covered-table-cell":
		return flow.Step{Do: flow.Skip}
	}
	return flow.Step{}
}
