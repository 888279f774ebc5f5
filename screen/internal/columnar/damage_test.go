package columnar_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go"

	"corvee/screen/internal/columnar"
)

// Thousands of damaged files, by a fixed seed: each is read to an end or refused.
func TestDamagedFilesEnd(t *testing.T) {
	t.Parallel()
	seeds := [][]byte{file(t, suppliers(), parquet.Compression(&parquet.Snappy)), file(t, suppliers()[1:], parquet.DataPageVersion(1)), file(t, suppliers())}
	random := rand.New(rand.NewPCG(7, 2))
	read, refused := 0, 0
	for i := range 4000 {
		body := damage(random, seeds[i%len(seeds)])
		r, err := columnar.Open(body)
		for range 100 {
			if err != nil {
				break
			}
			_, _, err = r.Next()
		}
		if err != nil {
			refused++
		} else {
			read++
		}
	}
	if refused == 0 {
		t.Errorf("%d damaged files were read and none refused", read)
	}
}

func damage(random *rand.Rand, whole []byte) []byte {
	body := slices.Clone(whole)
	for range 1 + random.IntN(4) {
		at := random.IntN(len(body))
		switch random.IntN(4) {
		case 0:
			body = slices.Delete(body, at, min(len(body), at+random.IntN(8)))
		case 1:
			body = slices.Insert(body, at, slices.Clone(body[at:min(len(body), at+random.IntN(8))])...)
		case 2:
			body[at] ^= 1 << random.IntN(8)
		default:
			body[at] = byte(random.IntN(256))
		}
	}
	return body
}
