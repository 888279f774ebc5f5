package screen_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"corvee"
	"corvee/screen"
)

// invented returns n listings with names built like those of real lists: a place, one to
// three syllables joined to a trade name, a trade, a legal form; and people. The same n
// gives the same names.
func invented(n int) []corvee.Listing {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	syllables := strings.Fields("ba bei chang cheng da dong fa feng gang guo hai heng hong hua hui ji jia jin kang li lian long ming nan ning ping qing rong rui sheng shun tai tian tong wan wei xin xing yang yi yong yuan yun zheng zhong al mar ker sol dan vor tek nor sil bren")
	places := strings.Fields("Dandong Dalian Shenyang Yanji Hunchun Pyongyang Rason Beijing Shanghai Vladivostok Moscow Singapore Dubai Jilin Tianjin")
	trades := []string{"Trading", "Foodstuff", "Seafood", "Garment", "Electronics", "Import and Export", "Shipping", "Construction", "Technology", "Logistics", "Machinery", "Mining"}
	forms := []string{"Co., Ltd.", "Corporation", "Limited", "Company", "LLC", "Group"}
	word := func(k int) string {
		var b strings.Builder
		for range k {
			b.WriteString(pick(syllables))
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	out := make([]corvee.Listing, n)
	for i := range out {
		l := corvee.Listing{ID: fmt.Sprintf("test:%08d", i), List: "test", SourceID: fmt.Sprint(i), Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation, Countries: []string{"CN"}}
		name := pick(places) + " " + word(2+r.IntN(2)) + " " + pick(trades) + " " + pick(forms)
		if i%4 == 0 {
			l.Type, name = corvee.PartyPerson, strings.ToUpper(word(1))+", "+word(1)+" "+word(1+r.IntN(2))
		}
		l.Names = []corvee.Name{{Value: name, Kind: corvee.NamePrimary}}
		out[i] = l
	}
	return out
}

// queries are half true names, half of those with a letter wrong, and names of nobody on
// the list; one in five in Han.
func queries(listings []corvee.Listing) []string {
	r := rand.New(rand.NewPCG(2, 2))
	other := invented(len(listings) + 1)
	han := []string{"丹东海丰食品有限公司", "大连永新贸易有限公司", "延吉金华服装有限公司", "珲春东洋水产有限公司"}
	out := make([]string, 1000)
	for i := range out {
		name := listings[r.IntN(len(listings))].Names[0].Value
		switch {
		case i%5 == 4:
			name = han[r.IntN(len(han))]
		case i%2 == 0:
			name = other[r.IntN(len(other))].Names[0].Value
		case i%4 == 1:
			at := 1 + r.IntN(len(name)-2)
			name = name[:at] + name[at+1:]
		}
		out[i] = name
	}
	return out
}

// sizes are the numbers of listings that are measured: the lists of today, and a million
// or five. The largest needs 8 GB and is asked for by name: -bench /5000000.
func sizes(b *testing.B, run func(b *testing.B, listings []corvee.Listing)) {
	for _, n := range []int{26_000, 1_000_000, 5_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			asked := flag.Lookup("test.bench").Value.String()
			if n > 100_000 && testing.Short() || n > 1_000_000 && !strings.HasSuffix(asked, fmt.Sprint(n)) {
				b.Skip("too large for this run")
			}
			run(b, invented(n))
		})
	}
}

// perSecond reports how many names were done in a second, by the clock and by the time of
// one processor, from when it is called to when what it returns is called.
func perSecond(b *testing.B, names int) (done func()) {
	used := cpuTime()
	return func() {
		n := float64(b.N * names)
		b.ReportMetric(n/b.Elapsed().Seconds(), "names/s")
		if used = cpuTime() - used; used > 0 {
			b.ReportMetric(n/used.Seconds(), "names/cpu-s")
		}
	}
}

// reopened saves and opens an index, so that nothing but the index is in memory.
func reopened(b *testing.B, listings []corvee.Listing) *screen.Index {
	return opened(b, saved(b, build(listings...)))
}

func BenchmarkMatch(b *testing.B) {
	sizes(b, func(b *testing.B, listings []corvee.Listing) {
		asked := queries(listings)
		x := reopened(b, listings)
		b.ReportAllocs()
		i := 0
		done := perSecond(b, 1)
		for b.Loop() {
			x.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
			i++
		}
		done()
	})
}

// Each processor matches for itself: names/s is of all of them together.
func BenchmarkMatchParallel(b *testing.B) {
	sizes(b, func(b *testing.B, listings []corvee.Listing) {
		asked := queries(listings)
		x := reopened(b, listings)
		b.ResetTimer()
		done := perSecond(b, 1)
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				x.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
			}
		})
		done()
	})
}

// A thousand parties that reports name lie over the lists.
func BenchmarkMatchWith(b *testing.B) {
	sizes(b, func(b *testing.B, listings []corvee.Listing) {
		asked := queries(listings)
		x := reopened(b, listings).With(slices.Values(invented(1000)))
		i := 0
		done := perSecond(b, 1)
		for b.Loop() {
			x.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
			i++
		}
		done()
	})
}

func BenchmarkBuild(b *testing.B) {
	sizes(b, func(b *testing.B, listings []corvee.Listing) {
		done := perSecond(b, len(listings))
		for b.Loop() {
			build(listings...)
		}
		done()
	})
}

// BenchmarkWith adds a thousand listings to an index.
func BenchmarkWith(b *testing.B) {
	x, more := build(invented(26_000)...), invented(1000)
	done := perSecond(b, len(more))
	for b.Loop() {
		x.With(slices.Values(more))
	}
	done()
}

// BenchmarkOpen opens the bytes of a saved index. A name's bytes are those of its listing
// too, and all that is in memory once the index is open, but for four bytes a name.
func BenchmarkOpen(b *testing.B) {
	sizes(b, func(b *testing.B, listings []corvee.Listing) {
		raw := saved(b, build(listings...))
		for b.Loop() {
			opened(b, raw)
		}
		b.ReportMetric(float64(len(raw))/float64(len(listings)), "bytes/name")
		b.ReportMetric(float64(len(raw))/(1<<20), "MB")
	})
}
