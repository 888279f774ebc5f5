package index

// Keys maps plain keys (numbers, pairs of words of an address) to listings. Two keys of one
// hash are not told apart: whoever asks compares the facts.
type Keys struct{ table multi }

// KeyBuilder collects keys.
type KeyBuilder struct{ pile pile }

// NewKeyBuilder returns an empty KeyBuilder.
func NewKeyBuilder() *KeyBuilder { return &KeyBuilder{} }

// Add notes that a key leads to a listing.
func (b *KeyBuilder) Add(key string, listing uint32) { b.pile.add(hash(wayText, key), listing) }

// Build returns the keys. The builder is spent.
func (b *KeyBuilder) Build() *Keys { return &Keys{b.pile.sorted()} }

// Most is how many listings a key may lead to before it tells nothing.
const Most = 50

// Of returns the listings of a key, in order, however many.
func (k *Keys) Of(key string) []uint32 { return k.table.of(hash(wayText, key)) }
