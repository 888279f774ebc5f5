// Package bench_test measures screening at the sizes that lists have and will have:
//
//	make bench                 26,000 and 1,000,000 names
//	make bench LARGE=1         5,000,000 names too: it takes long and 8 GB
//	make bench REAL=1          the names that are looked for are those of OFAC's list
//
// The names are invented with a fixed seed (names_test.go): 26,000 that are looked for, and
// as many more as make the list as long as it shall be. So one set of queries meets lists of
// every size, and what is lost on the way is the size's doing.
package bench_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"corvee"
	"corvee/screen"
)

// kernelNames is how many names are looked for.
const kernelNames = 26_000

// base is one list and what it took to make.
type base struct {
	kernel                []corvee.Listing
	size, names           int
	raw                   []byte
	index                 *screen.Index
	build, buildCPU, open time.Duration
}

// clocked returns how long something takes by the clock and by its processor time.
func clocked(do func()) (wall, used time.Duration) {
	start, before := time.Now(), cpuTime()
	do()
	return time.Since(start), cpuTime() - before
}

func newBase(b *testing.B, size int) *base {
	b.Helper()
	x := &base{kernel: kernel(b), size: size}
	all := slices.Concat(x.kernel, newMaker(2).listings("padding", max(0, size-names(x.kernel))))
	var built *screen.Index
	x.build, x.buildCPU = clocked(func() { built = screen.Build(slices.Values(all), screen.DefaultWeights()) })
	x.names = built.Names()
	var out bytes.Buffer
	if err := built.Save(&out); err != nil {
		b.Fatal(err)
	}
	x.raw, all, built = out.Bytes(), nil, nil
	runtime.GC()
	x.open, _ = clocked(func() {
		var err error
		if x.index, err = screen.Open(x.raw); err != nil {
			b.Fatal(err)
		}
	})
	return x
}

func names(listings []corvee.Listing) (n int) {
	for _, l := range listings {
		n += len(l.Names)
	}
	return n
}

func BenchmarkScreen(b *testing.B) {
	for _, size := range []int{26_000, 1_000_000, 5_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			if size > 100_000 && testing.Short() || size > 1_000_000 && os.Getenv("LARGE") == "" {
				b.Skip("too large for this run")
			}
			x := newBase(b, size)
			b.Run("Build", x.reportBuild)
			b.Run("Open", x.reportOpen)
			b.Run("Match", x.match)
			b.Run("Undisturbed", x.undisturbed)
			b.Run("HTTP", x.http)
			b.Run("Negative", x.negative)
			for _, class := range classes {
				b.Run("Recall/"+class, func(b *testing.B) { x.recall(b, class) })
			}
		})
	}
}

// reportBuild reports the one build of this size: it is too long to repeat.
func (x *base) reportBuild(b *testing.B) {
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(x.build.Seconds(), "build-s")
	b.ReportMetric(float64(x.names)/x.buildCPU.Seconds(), "names/cpu-s")
	b.ReportMetric(float64(len(x.raw))/float64(x.names), "bytes/name")
}

// reportOpen reports the best of three openings, the first of which was to be used.
func (x *base) reportOpen(b *testing.B) {
	best := x.open
	for range 2 {
		wall, _ := clocked(func() {
			if _, err := screen.Open(x.raw); err != nil {
				b.Fatal(err)
			}
		})
		best = min(best, wall)
	}
	for b.Loop() {
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(best.Seconds(), "open-s")
	b.ReportMetric(float64(len(x.raw))/(1<<20), "MB")
}

// queries is how many different names are asked: more than fit a processor's caches with
// what they touch.
const queries = 20_000

// mix is what the speed is measured on: half true names, half of those perturbed; half
// names of the same making that nobody listed has; one in five in Han or Hangul.
func (x *base) mix() []string {
	m := newMaker(3)
	others := m.listings("other", queries*4)
	draw := func(from []corvee.Listing, eastern bool) string {
		for {
			l := from[m.IntN(len(from))]
			if n := l.Names[m.IntN(len(l.Names))].Value; strings.ContainsFunc(n, east) == eastern {
				return n
			}
		}
	}
	hasEast := slices.ContainsFunc(x.kernel, func(l corvee.Listing) bool {
		return slices.ContainsFunc(l.Names, func(n corvee.Name) bool { return strings.ContainsFunc(n.Value, east) })
	})
	out := make([]string, queries)
	for i := range out {
		eastern := i%5 == 4
		switch i / 5 % 4 {
		case 0:
			out[i] = draw(x.kernel, eastern && hasEast)
		case 1:
			out[i] = draw(x.kernel, eastern && hasEast)
			if s := m.perturb(classes[1+m.IntN(len(classes)-1)], out[i]); s != "" {
				out[i] = s
			}
		default:
			out[i] = draw(others, eastern)
		}
	}
	return out
}

func east(c rune) bool { return unicode.In(c, unicode.Han, unicode.Hangul) }

// match asks the mix, ten best and explained, one after another on one goroutine.
func (x *base) match(b *testing.B) {
	asked := x.mix()
	took := make([]time.Duration, 0, 1<<16)
	b.ReportAllocs()
	i, used := 0, cpuTime()
	for b.Loop() {
		start := time.Now()
		x.index.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
		if took = append(took, time.Since(start)); i == len(asked) {
			took = took[:0] // the first round warms up
		}
		i++
	}
	if used = cpuTime() - used; used > 0 {
		b.ReportMetric(float64(b.N)/used.Seconds(), "names/cpu-s")
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100])/1e3, "p99-µs")
}

// undisturbed asks some of the mix in several rounds and takes of each name its quickest
// round: what the program does when no other one has the processor. On a machine that is
// idle it is what Match says.
func (x *base) undisturbed(b *testing.B) {
	asked := x.mix()[:4000]
	best := make([]time.Duration, len(asked))
	for range 8 {
		for i, name := range asked {
			start := time.Now()
			x.index.Match(corvee.Query{Name: name}, screen.Options{})
			if took := time.Since(start); best[i] == 0 || took < best[i] {
				best[i] = took
			}
		}
	}
	for b.Loop() {
	}
	var all time.Duration
	for _, took := range best {
		all += took
	}
	slices.Sort(best)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(len(best))/all.Seconds(), "names/s")
	b.ReportMetric(float64(best[len(best)/2])/1e3, "p50-µs")
	b.ReportMetric(float64(best[len(best)*99/100])/1e3, "p99-µs")
}

// negative reports how many names of nobody listed are flagged: by a listing that is looked
// for, and by any, since a list of millions has a namesake for many. Leads to affiliates are
// no flags.
func (x *base) negative(b *testing.B) {
	asked := negatives(b)
	byKernel, byAny := 0, 0
	for _, name := range asked {
		flagged, kernel := false, false
		for _, h := range x.index.Match(corvee.Query{Name: name}, screen.Options{}) {
			if h.Band != corvee.BandRelated {
				flagged, kernel = true, kernel || h.Listing.List == x.kernel[0].List
			}
		}
		byAny += one(flagged)
		byKernel += one(kernel)
	}
	i := 0
	for b.Loop() {
		x.index.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
		i++
	}
	b.ReportMetric(100*float64(byKernel)/float64(len(asked)), "%flagged")
	b.ReportMetric(100*float64(byAny)/float64(len(asked)), "%flagged-by-any")
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// bare is a name without its legal form: two firms that differ by it alone are namesakes.
func bare(name string) string {
	if s := formless(name); s != "" {
		return s
	}
	return name
}

// recall reports how many perturbed names of the kernel lead to their listing, or to one of
// the same name.
func (x *base) recall(b *testing.B, class string) {
	m := newMaker(5)
	var asked, want, ids []string
	for len(asked) < 1500 {
		l := x.kernel[m.IntN(len(x.kernel))]
		n := l.Names[m.IntN(len(l.Names))]
		if class == "translit" && len(l.Countries) == 0 && !strings.HasPrefix(n.Value, "AL-") || n.Kind == corvee.NameWeak {
			continue
		}
		if q := m.perturb(class, n.Value); q != "" {
			asked, want, ids = append(asked, q), append(want, bare(n.Value)), append(ids, l.ID)
		}
	}
	found := 0
	for i, q := range asked {
		hits := x.index.Match(corvee.Query{Name: q}, screen.Options{Limit: 100}) // namesakes are many
		found += one(slices.ContainsFunc(hits, func(h corvee.Hit) bool { return h.Listing.ID == ids[i] || bare(h.Matched) == want[i] }))
	}
	i := 0
	for b.Loop() {
		x.index.Match(corvee.Query{Name: asked[i%len(asked)]}, screen.Options{})
		i++
	}
	b.ReportMetric(100*float64(found)/float64(len(asked)), "%recall")
}
