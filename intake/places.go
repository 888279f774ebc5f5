package intake

import (
	"context"
	"fmt"

	"corvee"
	"corvee/intake/internal/wire"
)

// Places returns where on its pages a span of a report's text stands: the lines that it
// touches, in text order; none for a format without pages. A text that was stored before
// places were is decoded anew from its original; then it returns ErrUnsupported when this
// version makes another text than the one that the span is of.
func (in *Intake) Places(ctx context.Context, text corvee.Text, mediaType string, original []byte, span corvee.Span) ([]corvee.Region, error) {
	if len(text.Regions()) > 0 {
		return text.Places(span), nil
	}
	if mediaType != formats[wire.PDF].mediaType {
		return nil, nil
	}
	doc, _, err := in.read(ctx, source{raw: original, ask: wire.PDF}, Hints{})
	if err != nil {
		return nil, err
	}
	if doc.Text.Hash() != text.Hash() {
		return nil, fmt.Errorf("%w: the text was made by another version of the reader of PDF; places are not known", corvee.ErrUnsupported)
	}
	return doc.Text.Places(span), nil
}
