// Package hwpx reads documents of Hangul, the word processor of Korea (OWPML, KS X 6101).
//
// What comes in: an open ZIP. What goes out: the text of its sections in the order of the
// spine, with all changes accepted; hidden comments are not looked at.
//
// Its one idea: the same as any other document to package flow, under other names. The
// namespaces carry a year that changes, so only their last part is believed.
package hwpx

import (
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"corvee/intake/internal/flow"
	"corvee/intake/internal/layout"
	"corvee/intake/internal/pack"
	"corvee/intake/internal/paper"
	"corvee/intake/internal/wire"
)

const spine = "Contents/content.hpf"

// Is reports whether an archive is a document of Hangul.
func Is(a *pack.Archive) bool {
	kind, err := a.Part("mimetype")
	return err == nil && strings.HasPrefix(string(kind), "application/hwp+zip") || a.Has(spine)
}

// Decode returns the page of the document.
func Decode(a *pack.Archive) (layout.Page, error) {
	names, err := sections(a)
	if err != nil {
		return layout.Page{}, err
	}
	var to paper.Paper
	for _, name := range names {
		raw, err := a.Part(name)
		if err != nil {
			return layout.Page{}, err
		}
		if raw == nil {
			return layout.Page{}, wire.Refuse("save it again in Hangul", "a section of it is missing")
		}
		if err := flow.Read(raw, words, flow.Options{}, &to); err != nil {
			return layout.Page{}, err
		}
	}
	return to.Page(), nil
}

// sections returns the parts of the text in the order of the spine, each once.
func sections(a *pack.Archive) ([]string, error) {
	raw, err := a.Part(spine)
	if err != nil {
		return nil, err
	}
	places, order := map[string]string{}, []string{}
	for d := flow.Decoder(raw); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, wire.Refuse("save it again in Hangul", "its table of parts is damaged: %v", err)
		}
		e, ok := token.(xml.StartElement)
		switch {
		case ok && e.Name.Local == "item":
			places[flow.Attr(e, "id")] = flow.Attr(e, "href")
		case ok && e.Name.Local == "itemref":
			order = append(order, flow.Attr(e, "idref"))
		}
	}
	var out []string
	for _, id := range order {
		place := strings.TrimPrefix(path.Clean("/"+places[id]), "/")
		if !a.Has(place) {
			place = "Contents/" + path.Base(place)
		}
		if strings.HasPrefix(path.Base(place), "section") && !slices.Contains(out, place) {
			out = append(out, place)
		}
	}
	if len(out) == 0 && a.Has("Contents/section0.xml") {
		out = []string{"Contents/section0.xml"}
	}
	if len(out) == 0 {
		return nil, wire.Refuse("save it again in Hangul", "it has no section of text")
	}
	return out, nil
}

func words(e xml.StartElement) flow.Step {
	if !strings.HasSuffix(e.Name.Space, "/paragraph") {
		return flow.Step{}
	}
	switch e.Name.Local {
	case "p":
		return flow.Step{Do: flow.Para}
	case "run":
		return flow.Step{Do: flow.Run}
	case "t":
		return flow.Step{Do: flow.Text}
	case "lineBreak":
		return flow.Step{Do: flow.Insert, Words: "\n"}
	case "tab":
		return flow.Step{Do: flow.Insert, Words: "\t"}
	case "nbSpace":
		return flow.Step{Do: flow.Insert, Words: "\u00A0"}
	case "fwSpace":
		return flow.Step{Do: flow.Insert, Words: "\u3000"}
	case "hyphen":
		return flow.Step{Do: flow.Insert, Words: "-"}
	case "tbl":
		return flow.Step{Do: flow.Table}
	case "tr":
		return flow.Step{Do: flow.Row}
	case "tc":
		return flow.Step{Do: flow.Cell}
	case "footNote", "endNote":
		return flow.Step{Do: flow.Note}
	case "header", "footer":
		return flow.Step{Do: flow.Aside}
	case "deleteBegin":
		return flow.Step{Do: flow.Mute, Key: flow.Attr(e, "Id")}
	case "deleteEnd":
		return flow.Step{Do: flow.Unmute, Key: flow.Attr(e, "Id")}
	case "hiddenComment", "secPr", "fieldBegin", "shapeComment", "script", "titleMark", "indexmark", "dutmal":
		return flow.Step{Do: flow.Skip}
	}
	return flow.Step{}
}
