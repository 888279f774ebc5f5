package pack_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/screen/internal/flat"
	"corvee/screen/internal/pack"
)

// fill sets every part of a value, so that a field that was forgotten shows.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.String:
		v.SetString("text " + string(rune('가'+*n)))
	case reflect.Int:
		v.SetInt(int64(*n) * 100)
	default:
		panic("a listing has a " + v.Kind().String() + ": pack it, and fill it here")
	}
}

func TestEveryField(t *testing.T) {
	t.Parallel()
	var full corvee.Listing
	n := 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	all := []corvee.Listing{{}, full, {ID: "b", Dates: []corvee.Date{{Year: -1}}}}
	packed := pack.Of(all)
	for i, want := range all {
		if diff := cmp.Diff(want, packed.At(i)); diff != "" {
			t.Error(diff)
		}
		if packed.ID(i) != want.ID {
			t.Errorf("id %q, want %q", packed.ID(i), want.ID)
		}
	}
}

// Whatever the bytes of a block are, At gives something and does not panic.
func TestDamaged(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOf(rapid.Byte()).Draw(t, "raw")
		var file bytes.Buffer
		w := flat.NewWriter(&file)
		flat.Put(w, []uint64{0, uint64(len(raw) / 2), uint64(len(raw))})
		flat.Put(w, raw)
		packed, ok := pack.Take(flat.NewReader(file.Bytes()))
		if !ok || packed.Len() != 2 {
			t.Fatal("a block that fits is refused")
		}
		packed.At(0)
		packed.At(1)
	})
}
