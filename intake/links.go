package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"corvee"
	"corvee/intake/internal/wire"
)

// Link is one item of a feed or a sitemap.
type Link struct {
	Address string // as it is written there; it may be relative, or empty
	Title   string
	ID      string // by which the feed knows it again, "" when only by its address
	Changed string // differs when the item says something else
	Map     bool   // a further sitemap
}

// maxPacking is how often a list of addresses may be packed in itself.
const maxPacking = 2

// Links returns what a feed (RSS, Atom) or a sitemap lists, in its order. The bytes are
// decoded in the child, packed or not; what is neither is a *Rejection.
func (in *Intake) Links(ctx context.Context, raw []byte, mediaType string) ([]Link, error) {
	src := source{raw: raw}
	src.mediaType, src.declared = declaredBy(mediaType)
	for range maxPacking {
		if f, ok := packedAs(src.raw); !ok || f != wire.Gzip {
			break
		}
		a, err := in.ask(ctx, src, wire.Gzip, 0)
		if err != nil {
			return nil, err
		}
		if len(a.Members) != 1 {
			return nil, refuse(corvee.ErrInvalid, "name another address", "there is not one file in the packed one")
		}
		src.raw = a.Members[0].Raw
	}
	ask := wire.Sitemap
	if looksFeed(src.raw) {
		ask = wire.Feed
	}
	return in.links(ctx, src, ask)
}

func (in *Intake) links(ctx context.Context, src source, ask wire.Format) (all []Link, err error) {
	for cursor := int64(0); ; {
		a, err := in.ask(ctx, src, ask, cursor)
		if err != nil {
			return nil, err
		}
		for _, m := range a.Members {
			if m.Refused == "" {
				all = append(all, linkOf(ask, m))
			}
		}
		if a.Next <= cursor {
			return all, nil
		}
		cursor = a.Next
	}
}

// linkOf trusts nothing of a member but that it is words.
func linkOf(ask wire.Format, m wire.Member) Link {
	l := Link{Address: clean(m.URL), Title: clean(m.Title)}
	if ask == wire.Feed {
		sum := sha256.Sum256(m.Raw)
		l.ID, l.Changed = clean(m.Name), hex.EncodeToString(sum[:])
		return l
	}
	l.Changed, l.Map = clean(m.Captured), m.Name == "map"
	return l
}
