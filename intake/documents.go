package intake

import (
	"context"
	"errors"
	"iter"
	"mime"
	"os"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode"

	"corvee"
	"corvee/intake/internal/wire"
)

// Documents returns what the file at path is and what stands in it: a report alone; a mail
// and then its attachments; the members of an archive and then the archive itself, with
// Contents set. Each has an Origin of its own, and what cannot be read comes as its
// *Rejection while the walk goes on; any other error ends it, as in Read.
func (in *Intake) Documents(ctx context.Context, path string, h Hints) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		src, err := in.open(path)
		if err != nil {
			yield(Document{}, named(err, path))
			return
		}
		in.expand(ctx, src, h, yield)
	}
}

// Bytes is Documents for bytes that are in memory: an answer of the web, an upload. Name
// tells the ending, mediaType is what their carrier declares, both may be empty.
func (in *Intake) Bytes(ctx context.Context, origin, name, mediaType string, raw []byte, h Hints) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		src := source{origin: origin, name: name, raw: raw}
		src.mediaType, src.declared = declaredBy(mediaType)
		switch most := in.limitOf(raw[:min(len(raw), 4<<10)], path.Ext(name)); {
		case len(raw) == 0:
			yield(Document{}, named(refuse(corvee.ErrInvalid, "fetch it again", "it is empty"), origin))
		case int64(len(raw)) > most:
			yield(Document{}, named(tooLarge(int64(len(raw)), most), origin))
		default:
			in.expand(ctx, src, h, yield)
		}
	}
}

func (in *Intake) expand(ctx context.Context, src source, h Hints, yield func(Document, error) bool) {
	x := &expansion{in: in, ctx: ctx, hints: h, yield: yield, bytesLeft: in.config.MaxUnpacked, membersLeft: in.config.MaxMembers}
	x.visit(src)
}

// memberMark parts the place of a member from the file that it stands in.
const memberMark = "!/"

// Outer returns the path of the file that an origin stands in: of "mail.eml!/annex.pdf"
// the mail. A path that names a file itself is returned as it is.
func Outer(origin string) string {
	for i := 0; ; i++ {
		at := strings.Index(origin[i:], memberMark)
		if at < 0 {
			return origin
		}
		i += at
		if info, err := os.Stat(origin[:i]); err == nil && info.Mode().IsRegular() {
			return origin[:i]
		}
	}
}

// expansion is one file with all that stands in it, and what that may still cost.
type expansion struct {
	in          *Intake
	ctx         context.Context
	hints       Hints
	yield       func(Document, error) bool
	bytesLeft   int64
	membersLeft int
	ended       bool
}

// visit yields a source and what is in it; it reports whether it could be read.
func (x *expansion) visit(src source) bool {
	h := x.hints
	if src.depth > 0 { // what is said of a file is not said of each that stands in it
		h.URL, h.Title = "", ""
	}
	doc, a, err := x.in.read(x.ctx, src, h)
	empty := errors.Is(err, errNoText) && len(a.Members) > 0 // a mail of attachments alone
	if empty {
		doc.Contents, err = &Contents{Bytes: int64(len(src.raw))}, nil
	}
	if err != nil {
		x.say(Document{}, named(err, src.origin))
		return false
	}
	if doc.Contents == nil {
		x.say(doc, nil)
	}
	if err := x.members(src, a, doc.Contents); err != nil {
		// The members so far stand; what holds them is not done. A mail that was read is a
		// report already, so the rest of it is an input of its own.
		x.say(Document{}, named(err, src.origin+rest(doc)))
		return false
	}
	if doc.Contents != nil {
		doc.Original = nil
		x.say(doc, nil)
	}
	return true
}

func rest(doc Document) string {
	if doc.Contents != nil {
		return ""
	}
	return memberMark + "…"
}

// say yields once more unless the walk has ended; an error that is no rejection ends it.
func (x *expansion) say(d Document, err error) {
	var r *Rejection
	if !x.ended {
		x.ended = !x.yield(d, err) || err != nil && !errors.As(err, &r)
	}
}

// members visits all that stands in a source, answer by answer.
func (x *expansion) members(src source, a wire.Answer, count *Contents) error {
	if count == nil {
		count = &Contents{}
	}
	names := map[string]int{}
	for cursor := int64(0); ; {
		count.LeftOut += a.LeftOut
		for _, m := range a.Members {
			if err := x.spent(); err != nil || x.ended {
				return err
			}
			if x.member(src, m, names) {
				count.Read++
			} else {
				count.Refused++
			}
		}
		if a.Next <= cursor || x.ended {
			return nil
		}
		cursor = a.Next
		var err error
		if a, err = x.in.ask(x.ctx, src, a.Format, cursor); err != nil {
			return toolOf(err, a.Format)
		}
	}
}

// member visits one member, or says why not.
func (x *expansion) member(src source, m wire.Member, names map[string]int) bool {
	inner := source{raw: m.Raw, url: m.URL, ask: m.Format, depth: src.depth + 1}
	inner.captured, _ = time.Parse(time.RFC3339Nano, m.Captured)
	inner.mediaType, inner.declared = declaredBy(m.MediaType)
	inner.name = label(m.Name)
	names[inner.name]++
	if n := names[inner.name]; n > 1 {
		inner.name = strings.TrimSuffix(inner.name, path.Ext(inner.name)) + "#" + strconv.Itoa(n) + path.Ext(inner.name)
	}
	inner.origin = src.origin + memberMark + inner.name
	if err := x.afford(inner, m); err != nil {
		x.say(Document{}, named(err, inner.origin))
		return false
	}
	return x.visit(inner)
}

// spent says why no more may come out of the file that all of it came from.
func (x *expansion) spent() error {
	switch {
	case x.membersLeft <= 0:
		return refuse(corvee.ErrInvalid, unpack, "it holds more than %d files", x.in.config.MaxMembers)
	case x.bytesLeft <= 0:
		return refuse(corvee.ErrInvalid, unpack, "it holds more than %s", megabytes(x.in.config.MaxUnpacked))
	}
	return nil
}

// afford charges a member to the file that all of it came from.
func (x *expansion) afford(inner source, m wire.Member) error {
	x.membersLeft--
	x.bytesLeft -= int64(len(m.Raw))
	switch {
	case m.Refused != "":
		r := refuse(corvee.ErrInvalid, unpack, "%s", clip(m.Refused))
		r.Retryable = m.Retryable
		return r
	case inner.depth > x.in.config.MaxDepth:
		return refuse(corvee.ErrInvalid, unpack, "it lies more than %d files deep in others", x.in.config.MaxDepth)
	case len(m.Raw) == 0:
		return refuse(corvee.ErrInvalid, "look into the archive", "it is empty")
	case int64(len(m.Raw)) > x.in.limitOf(m.Raw[:min(len(m.Raw), 4<<10)], path.Ext(inner.name)):
		return tooLarge(int64(len(m.Raw)), x.in.config.MaxBytes)
	}
	return nil
}

const unpack = "unpack it yourself and read what you need of it"

// label makes a name that a stranger gave fit to be shown and stored. It is never a path:
// nothing is written under it.
func label(name string) string {
	const longest = 200
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return -1 // marks of direction make "exe" read as "txt"
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(name, "\\", "/"), "\uFFFD"))
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest/2], "") + "…" + strings.ToValidUTF8(name[len(name)-longest/2:], "")
	}
	return first(strings.ReplaceAll(name, memberMark, "!"), "unnamed")
}

// declaredBy parts a Content-Type into its type and charset.
func declaredBy(contentType string) (mediaType, charset string) {
	mediaType, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", ""
	}
	return mediaType, params["charset"]
}
