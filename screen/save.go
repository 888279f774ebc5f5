package screen

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"sync"

	"corvee"
	"corvee/internal/names"
	"corvee/screen/internal/flat"
	"corvee/screen/internal/index"
	"corvee/screen/internal/pack"
)

// A saved index is: magic and the version of the layout, the mark of the program that
// parsed the names, the weights, the layers, each as arrays; and a checksum of all of it.
const (
	magic    = "corvee-x"
	layout   = 2
	headSize = 64 // so that what follows begins a line of a processor's cache
	sumSize  = 8
)

// Save writes the index so that Open gives it again.
func (x *Index) Save(w io.Writer) error {
	if !flat.Native() {
		return fmt.Errorf("save index: %w: this machine is not little endian", corvee.ErrUnsupported)
	}
	sum := crc32.New(castagnoli())
	buffered := bufio.NewWriterSize(w, 1<<20)
	if err := x.put(io.MultiWriter(buffered, sum), mark()); err != nil {
		return fmt.Errorf("save index: %w", err)
	}
	if _, err := buffered.Write(binary.LittleEndian.AppendUint64(nil, uint64(sum.Sum32()))); err != nil {
		return fmt.Errorf("save index: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("save index: %w", err)
	}
	return nil
}

func (x *Index) put(to io.Writer, mark []byte) error {
	weights, err := json.Marshal(x.weights)
	if err != nil {
		return err
	}
	head := make([]byte, headSize)
	binary.LittleEndian.PutUint64(head[copy(head, magic):], layout)
	if _, err := to.Write(head); err != nil {
		return err
	}
	w := flat.NewWriter(to)
	flat.Put(w, mark)
	flat.Put(w, weights)
	flat.Put(w, []uint64{uint64(len(x.layers))})
	for _, l := range x.layers {
		l.put(w)
	}
	return w.Err()
}

func (x *layer) put(w *flat.Writer) {
	x.listings.Put(w)
	flat.Put(w, x.first)
	x.index.Put(w)
	x.numbers.Put(w)
}

// Open returns the index that was saved, with the weights that it was built with. It is a
// view of the bytes, which must not change any more: nothing is parsed, so opening takes
// the time of reading the bytes once. It returns ErrUnsupported for an index of another
// layout, or of a program that parses or weighs names otherwise: build anew; and ErrInvalid
// for bytes that are damaged, cut off or something else.
func Open(saved []byte) (*Index, error) {
	if len(saved) < headSize+sumSize || string(saved[:len(magic)]) != magic {
		return nil, fmt.Errorf("open index: %w: not a saved index", corvee.ErrInvalid)
	}
	if v := binary.LittleEndian.Uint64(saved[len(magic):]); v != layout || !flat.Native() {
		return nil, fmt.Errorf("open index: %w: layout %d, not %d", corvee.ErrUnsupported, v, layout)
	}
	body, sum := saved[:len(saved)-sumSize], saved[len(saved)-sumSize:]
	if binary.LittleEndian.Uint64(sum) != uint64(crc32.Checksum(body, castagnoli())) {
		return nil, fmt.Errorf("open index: %w: the checksum differs", corvee.ErrInvalid)
	}
	r := flat.NewReader(body[headSize:])
	if !bytes.Equal(flat.Take[byte](r), mark()) && !r.Bad() {
		return nil, fmt.Errorf("open index: %w: saved by a program that reads names otherwise", corvee.ErrUnsupported)
	}
	x, err := take(r)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	return x, nil
}

func take(r *flat.Reader) (*Index, error) {
	x := newIndex(Weights{})
	if err := json.Unmarshal(flat.Take[byte](r), &x.weights); err != nil {
		return nil, fmt.Errorf("%w: weights: %w", corvee.ErrInvalid, err)
	}
	layers := flat.Take[uint64](r)
	if len(layers) != 1 || layers[0] == 0 {
		return nil, fmt.Errorf("%w: no layers", corvee.ErrInvalid)
	}
	for i := range layers[0] {
		l, ok := takeLayer(r)
		if !ok {
			return nil, fmt.Errorf("%w: layer %d is damaged", corvee.ErrInvalid, i+1)
		}
		x.layers = append(x.layers, l)
	}
	if !r.Spent() {
		return nil, fmt.Errorf("%w: something follows the last layer", corvee.ErrInvalid)
	}
	return x, nil
}

func takeLayer(r *flat.Reader) (x *layer, ok bool) {
	x = &layer{}
	if x.listings, ok = pack.Take(r); !ok {
		return nil, false
	}
	x.first = flat.Take[uint32](r)
	if x.index, ok = index.Take(r); !ok {
		return nil, false
	}
	if x.numbers, ok = index.TakeKeys(r, x.listings.Len()); !ok || !x.sound() {
		return nil, false
	}
	x.own()
	return x, true
}

// sound reports whether the names of the index are those of the listings.
func (x *layer) sound() bool {
	n := x.listings.Len()
	return len(x.first) == n+1 && x.first[0] == 0 && int(x.first[n]) == x.index.Names() && slices.IsSorted(x.first)
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// mark tells programs apart whose indexes are not the same: by the tables that names are
// read by, by the default weights, and by the whole index of some names that have a bit of
// everything, so that a change of the code shows too.
var mark = sync.OnceValue(func() []byte {
	h := sha256.New()
	_ = names.Tables(h) // a hash takes everything
	x := Build(specimens, DefaultWeights())
	_ = x.put(h, nil)
	return h.Sum(nil)
})

// specimens yields invented listings in which each way of reading a name has its turn.
func specimens(yield func(corvee.Listing) bool) {
	for i, l := range []corvee.Listing{
		specimen(corvee.PartyOrganisation, "Dandong Yuanyang Foodstuff Co., Ltd.", "丹东远洋食品有限公司", "丹東遠洋食品有限公司", "단동원양식품유한공사"),
		specimen(corvee.PartyOrganisation, "Korea Taesong No. 2 General Trading Corp. (a.k.a. KTTC)", "조선태성제2무역총회사"),
		specimen(corvee.PartyOrganisation, "ООО «Дальневосточный Рыбный Комбинат»", "OOO Dalnevostochny Rybny Kombinat"),
		specimen(corvee.PartyOrganisation, "Saebyol-Kumsong Gesellschaft für Außenhandel mbH & Co. KG", "Société Générale d'Étoile S.A."),
		specimen(corvee.PartyPerson, "RI, Chol Jin", "리철진", "Lee Chul-jin", "李哲镇", "Dr. Ivan Petrovich SIDOROV", "Мин Ён Хи"),
		specimen(corvee.PartyVessel, "MV Chong Chon 88", "청천 88"),
		specimen("", "Tōkyō Bōeki K.K.", "11420 Corp.", "محمد", ""),
	} {
		l.ID = fmt.Sprint(i)
		if !yield(l) {
			return
		}
	}
}

func specimen(t corvee.PartyType, all ...string) corvee.Listing {
	l := corvee.Listing{
		Type: t, Addresses: []string{"No. 88 Binjiang Middle Road, Dandong 118000"},
		Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600MA0TEST00X"}, {Type: "phone", Value: "+86 415 555 0199"}},
	}
	for _, n := range all {
		l.Names = append(l.Names, corvee.Name{Value: n})
	}
	return l
}
