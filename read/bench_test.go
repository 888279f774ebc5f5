package read_test

import (
	"context"
	"strings"
	"testing"

	"corvee"
	"corvee/read"
)

// article is an invented report of the length and density of real ones.
const article = `Workers in Tumen wait for their pay

North Korean workers at two garment factories in Tumen, Jilin Province, have not been paid since March, a source in China told the Example on Thursday.

According to the source, about 300 to 350 women sew sportswear there for 2,400 yuan (about $340) a month each. Two thirds of it goes to the party, and they keep only 500 yuan.

“They are not allowed to leave the dormitory without a minder,” the source said. “They work from seven in the morning until midnight and sleep five hours.”

The town lies on the river and has a railway station, three schools and a market where farmers from the villages around sell cabbage, maize and eggs. In autumn the hills above it are red, and on Sundays families from the county seat climb them with tea and sunflower seeds.

A bridge connects the town with the other bank. Lorries cross it in the morning; in the afternoon the customs house is closed. The mayor says that a second bridge will be built, but nobody has seen a plan, and the shopkeepers do not expect one.

UN Security Council Resolution 2397 required all states to send home North Korean workers by December 2019.

`

func BenchmarkClaims(b *testing.B) {
	r := reader(b)
	text, err := corvee.NewText(strings.Repeat(article, 20), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range r.Claims(context.Background(), corvee.Report{}, text) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := read.New(); err != nil {
			b.Fatal(err)
		}
	}
}
