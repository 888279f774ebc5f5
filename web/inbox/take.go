package inbox

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"corvee"
	"corvee/pipeline/bring"
	"corvee/web/frame"
)

const (
	maxGiven = 256 << 20 // of one form, all files together
	maxFiles = 1000
	maxField = 64 << 20 // a pasted text: the largest text
)

// take hands over what a form holds. A form that cannot be taken comes back with what was
// typed; files must be chosen again, since a browser does not let a page fill them in.
func (s *room) take(r *http.Request) (frame.View, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return frame.View{}, frame.Invalid("the form is not whole; open the page again")
	}
	given, p, err := read(reader)
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		p.Problem = fmt.Sprintf("Together these are more than %d MB. Hand them in by parts, or use corvee read, which has no limit.", maxGiven>>20)
		v := s.formView(p)
		v.Status = http.StatusRequestEntityTooLarge
		return v, nil
	}
	if err != nil {
		return frame.View{}, err
	}
	known, err := p.Filled.known()
	var batch string
	if err == nil {
		batch, err = s.bringer.Add(r.Context(), given, known)
	}
	if errors.Is(err, corvee.ErrInvalid) {
		p.Problem = frame.Sentence(err)
		return s.formView(p), nil
	}
	if err != nil {
		return frame.View{}, err
	}
	return frame.View{To: "/bring/" + batch}, nil
}

func (f filled) known() (bring.Known, error) {
	k := bring.Known{Publisher: f.Publisher, Lang: f.Lang, URL: f.URL}
	if f.Published == "" {
		return k, nil
	}
	date, err := corvee.ParseDate(f.Published)
	if err != nil {
		return k, fmt.Errorf("%w: the date of publication is written 2024-03-14, 2024-03 or 2024", corvee.ErrInvalid)
	}
	k.Published = date
	return k, nil
}

// read takes a form apart as it comes, so that nothing of it touches a disk.
func read(reader *multipart.Reader) (given []bring.Given, p formPage, err error) {
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return withTyped(given, &p), p, nil
		}
		if err != nil {
			return given, p, partError(err)
		}
		body, err := io.ReadAll(io.LimitReader(part, maxGiven+1))
		if err != nil {
			return given, p, partError(err)
		}
		switch {
		case part.FormName() != "files":
			p.fill(part.FormName(), string(body[:min(len(body), maxField)]))
		case part.FileName() == "" && len(body) == 0: // no file was chosen
		case len(given) == maxFiles:
			return given, p, frame.Invalid(fmt.Sprintf("a form takes %d files; use corvee read for a folder", maxFiles))
		default:
			given = append(given, bring.Given{Name: fileName(part.FileName()), Media: part.Header.Get("Content-Type"), Bytes: body})
		}
	}
}

func partError(err error) error {
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return err
	}
	return frame.Invalid("the form did not arrive whole; send it again")
}

// fileName leaves out folders: where a file lies on somebody's machine is nobody's business.
func fileName(s string) string {
	if s = path.Base(strings.ReplaceAll(s, `\`, "/")); s == "." || s == "/" {
		return "unnamed file"
	}
	return s
}

func (p *formPage) fill(name, value string) {
	switch one := strings.TrimSpace(value); name {
	case "text":
		p.Text = strings.ReplaceAll(value, "\r\n", "\n")
	case "publisher":
		p.Filled.Publisher = one
	case "published":
		p.Filled.Published = one
	case "lang":
		p.Filled.Lang = one
	case "url":
		p.Filled.URL = one
	case "address":
		p.Filled.Address = one
	}
}

// withTyped adds the pasted text and the address to the files.
func withTyped(given []bring.Given, p *formPage) []bring.Given {
	if strings.TrimSpace(p.Text) != "" {
		given = append(given, bring.Given{Name: "pasted text", Media: "text/plain; charset=utf-8", Bytes: []byte(p.Text)})
	}
	if p.Filled.Address != "" {
		given = append(given, bring.Given{Address: p.Filled.Address})
	}
	return given
}
