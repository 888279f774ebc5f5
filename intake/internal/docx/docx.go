// Package docx reads Word documents (ECMA-376 part 1, WordprocessingML).
//
// What comes in: an open ZIP. What goes out: the text that a reader of the document sees
// with all changes accepted: insertions stand, deletions do not, comments do not.
//
// Its one idea: only what is printed is text. Authors of changes and comments, revision
// ids, and the properties that name people are never looked at.
package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"corvee"
	"corvee/intake/internal/flow"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pack"
	"corvee/intake/internal/paper"
	"corvee/intake/internal/wire"
)

// Is reports whether an archive is a Word document.
func Is(a *pack.Archive) bool {
	return a.Has("[Content_Types].xml") && (a.Has("word/document.xml") || a.Has("word/document2.xml"))
}

// Decode returns the page of the document.
func Decode(a *pack.Archive) (layout.Page, error) {
	main := "word/document.xml"
	if !a.Has(main) {
		main = "word/document2.xml"
	}
	body, err := a.Part(main)
	if err != nil {
		return layout.Page{}, err
	}
	related, err := relations(a, main)
	if err != nil {
		return layout.Page{}, err
	}
	notes, err := allNotes(a, related)
	if err != nil {
		return layout.Page{}, err
	}
	var to paper.Paper
	if err := asides(a, related["header"], &to); err != nil {
		return layout.Page{}, err
	}
	if err := flow.Read(body, words, flow.Options{Notes: notes}, &to); err != nil {
		return layout.Page{}, err
	}
	if err := asides(a, related["footer"], &to); err != nil {
		return layout.Page{}, err
	}
	return to.Page(), nil
}

// relations returns the parts that belong to a part, by the last word of their kind.
func relations(a *pack.Archive, part string) (map[string][]string, error) {
	raw, err := a.Part(path.Dir(part) + "/_rels/" + path.Base(part) + ".rels")
	if err != nil || raw == nil {
		return nil, err
	}
	out := map[string][]string{}
	for d := flow.Decoder(raw); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, wire.Refuse("save it again in Word", "its table of parts is damaged: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "Relationship" && flow.Attr(e, "TargetMode") != "External" {
			kind := path.Base(flow.Attr(e, "Type"))
			out[kind] = append(out[kind], target(part, flow.Attr(e, "Target")))
		}
	}
}

// target resolves a part's name; a name is only looked up in the archive.
func target(from, to string) string {
	if strings.HasPrefix(to, "/") {
		return strings.TrimPrefix(path.Clean(to), "/")
	}
	return path.Join(path.Dir(from), to)
}

// asides sets headers or footers, each text once, however many sections repeat it.
func asides(a *pack.Archive, parts []string, to *paper.Paper) error {
	seen := map[string]bool{}
	for _, part := range parts {
		raw, err := a.Part(part)
		if err != nil {
			return err
		}
		if raw == nil || seen[string(raw)] {
			continue
		}
		seen[string(raw)] = true
		if err := flow.Read(raw, words, flow.Options{Kind: corvee.BlockBoilerplate}, to); err != nil {
			return err
		}
	}
	return nil
}

func allNotes(a *pack.Archive, related map[string][]string) (map[string][]string, error) {
	notes := map[string][]string{}
	for _, kind := range []string{"footnote", "endnote"} {
		for _, part := range related[kind+"s"] {
			raw, err := a.Part(part)
			if err != nil {
				return nil, err
			}
			if raw == nil {
				continue
			}
			to := paper.Paper{} // what stands outside the notes, which is nothing
			if err := flow.Read(raw, noteOf(kind), flow.Options{Parts: notes}, &to); err != nil {
				return nil, err
			}
		}
	}
	return notes, nil
}

// noteOf is the vocabulary of a part of notes. The notes that draw the line above the real
// ones have a type.
func noteOf(kind string) flow.Vocabulary {
	return func(e xml.StartElement) flow.Step {
		if e.Name.Local != kind || !strings.Contains(e.Name.Space, "wordprocessingml") {
			return words(e)
		}
		if t := flow.Attr(e, "type"); t != "" && t != "normal" {
			return flow.Step{Do: flow.Skip}
		}
		return flow.Step{Do: flow.Part, Key: kind + flow.Attr(e, "id")}
	}
}

// words is the vocabulary of WordprocessingML.
func words(e xml.StartElement) flow.Step {
	switch {
	case strings.Contains(e.Name.Space, "wordprocessingml"):
		return word(e)
	case e.Name.Local == "Fallback": // the same again, for programs that are older
		return flow.Step{Do: flow.Skip}
	case strings.HasSuffix(e.Name.Space, "/math") && e.Name.Local == "t":
		return flow.Step{Do: flow.Text}
	}
	return flow.Step{}
}

func word(e xml.StartElement) flow.Step {
	switch e.Name.Local {
	case "p":
		return flow.Step{Do: flow.Para}
	case "r":
		return flow.Step{Do: flow.Run}
	case "t":
		return flow.Step{Do: flow.Text}
	case "tab", "ptab":
		return flow.Step{Do: flow.Insert, Words: "\t"}
	case "br", "cr":
		return flow.Step{Do: flow.Insert, Words: "\n"}
	case "noBreakHyphen":
		return flow.Step{Do: flow.Insert, Words: "\u2011"}
	case "tbl":
		return flow.Step{Do: flow.Table}
	case "tr":
		return flow.Step{Do: flow.Row}
	case "tc":
		return flow.Step{Do: flow.Cell}
	case "vanish", "webHidden", "specVanish":
		if off := flow.Attr(e, "val"); off != "0" && off != "false" && off != "off" {
			return flow.Step{Do: flow.Hide}
		}
	case "pStyle":
		return style(flow.Attr(e, "val"))
	case "footnoteReference", "endnoteReference":
		return flow.Step{Do: flow.Refer, Key: strings.TrimSuffix(e.Name.Local, "Reference") + flow.Attr(e, "id")}
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "comment", "annotationRef", "tabs",
		"tblPr", "trPr", "tcPr", "sectPr", "pPrChange", "rPrChange", "sdtPr":
		return flow.Step{Do: flow.Skip}
	}
	return flow.Step{}
}

// style tells a title and a caption by the names that Word gives to these styles in any
// language of its own.
func style(id string) flow.Step {
	switch strings.ToLower(id) {
	case "title":
		return flow.Step{Do: flow.Style, Kind: corvee.BlockTitle}
	case "caption":
		return flow.Step{Do: flow.Style, Kind: corvee.BlockCaption}
	case "quote", "intensequote":
		return flow.Step{Do: flow.Style, Kind: corvee.BlockQuotation}
	}
	return flow.Step{}
}
