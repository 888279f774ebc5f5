package intake

import (
	"context"
	"iter"
	"path"

	"corvee"
)

// Bytes returns what a document in memory is: an answer of the web, an upload. Name tells
// the ending, mediaType is what the carrier declares; both may be empty. What cannot be
// read comes as its *Rejection.
func (in *Intake) Bytes(ctx context.Context, origin, name, mediaType string, raw []byte, h Hints) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) { yield(in.fromBytes(ctx, name, mediaType, raw, h)) }
}

func (in *Intake) fromBytes(ctx context.Context, name, mediaType string, raw []byte, h Hints) (Document, error) {
	switch {
	case ctx.Err() != nil:
		return Document{}, ctx.Err()
	case len(raw) == 0:
		return Document{}, refuse(corvee.ErrInvalid, "fetch it again", "it is empty")
	case int64(len(raw)) > in.config.MaxBytes:
		return Document{}, tooLarge(int64(len(raw)), in.config.MaxBytes)
	}
	ending := path.Ext(name)
	if len(mediaType) >= 9 && mediaType[:9] == "text/html" {
		ending = ".html"
	}
	f, err := recognise(raw, ending)
	if err != nil {
		return Document{}, err
	}
	page, err := f.decode(ctx, in, raw)
	if err != nil {
		return Document{}, err
	}
	return assemble(raw, f, page, h)
}
