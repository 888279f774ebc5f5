package intake

import (
	"context"
	"fmt"

	"corvee"
	"corvee/intake/internal/wire"
)

// Places returns where on its pages a span of a report's text stands: the lines that it
// touches, in text order; none for a format without pages. The original is decoded anew,
// so nothing about places has to be stored. It returns ErrUnsupported when this version
// makes another text of the original than the one that the span is of.
func (in *Intake) Places(ctx context.Context, text corvee.Text, mediaType string, original []byte, span corvee.Span) ([]Region, error) {
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
	var out []Region
	for _, r := range doc.Regions {
		if r.Overlap(span) > 0 {
			out = append(out, r)
		}
	}
	return out, nil
}
