package corroborate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"corvee"
	"corvee/corroborate"
)

// firms are n namings of about n/3 parties in 40 towns, in two scripts: what claims of a
// base of five times as many tell.
func firms(n int) []corroborate.Naming {
	source := rand.New(rand.NewPCG(1, 2))
	syllables := []string{"Qiao", "Lan", "Hai", "Sui", "Tong", "Bei", "Feng", "Yun", "Shan", "Jin", "Hua", "Mei", "Ning", "Rui", "Long", "Zhen", "Xin", "De", "Kang", "Wei"}
	han := []string{"桥", "兰", "海", "穗", "通", "北", "丰", "云", "山", "金", "华", "梅", "宁", "瑞", "龙", "珍", "新", "德", "康", "伟"}
	trades := [][2]string{{"Textile", "纺织"}, {"Foodstuff", "食品"}, {"Electronics", "电子"}, {"Garment", "服装"}, {"Trading", "贸易"}}
	var out []corroborate.Naming
	for i := range n {
		party := rand.New(rand.NewPCG(uint64(source.IntN(n/3+1)), 3))
		a, b, c, trade := party.IntN(20), party.IntN(20), party.IntN(20), trades[party.IntN(5)]
		town := fmt.Sprintf("town%02d", party.IntN(40))
		name := fmt.Sprintf("%s%s%s %s Co., Ltd.", syllables[a], syllables[b], syllables[c], trade[0])
		if i%4 == 0 {
			name = han[a] + han[b] + han[c] + trade[1] + "有限公司"
		}
		naming := corroborate.Naming{Report: fmt.Sprintf("r%06d", i), Kind: corroborate.KindParty, Name: name, As: []corroborate.NamedAs{"employer"}, Claims: []string{fmt.Sprint(i)}}
		if i%5 != 0 {
			naming.Places = []corvee.Place{{ID: town, Name: town, Country: "CN", Precision: corvee.AtCity}}
		}
		out = append(out, naming)
	}
	return out
}

func BenchmarkWhoIsWho(b *testing.B) {
	for _, n := range []int{2000, 20000} {
		named := firms(n)
		b.Run(fmt.Sprintf("parties/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				corroborate.PartiesOf(named, nil)
			}
		})
		b.Run(fmt.Sprintf("proposals/%d", n), func(b *testing.B) {
			b.ReportAllocs()
			var who *corroborate.Parties
			for b.Loop() {
				who = corroborate.WhoIsWho(named, nil)
			}
			b.ReportMetric(float64(len(who.Entities())), "entities")
			b.ReportMetric(float64(len(who.Proposals())), "proposals")
			b.ReportMetric(float64(who.Crowded()), "crowded")
		})
	}
}
