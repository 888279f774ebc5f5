package names_test

import (
	"testing"

	"corvee/internal/names"
)

func BenchmarkParse(b *testing.B) {
	for name, text := range map[string]string{"latin": "Dandong Haifeng Foodstuff Co., Ltd.", "han": "丹东海丰食品有限公司", "hangul": "조선태성무역회사"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				names.Parse(text, names.Unknown)
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	for name, pair := range map[string][2]string{
		"same":    {"Dandong Haifeng Foodstuff Co., Ltd.", "DANDONG HAIFENG FOODSTUFF CO LTD"},
		"typo":    {"Dandong Haifnge Foodstuff Co., Ltd.", "DANDONG HAIFENG FOODSTUFF CO LTD"},
		"other":   {"Dandong Haifeng Foodstuff Co., Ltd.", "Dandong Jinhui Garment Corporation"},
		"han":     {"丹东海丰食品有限公司", "Dandong Haifeng Foodstuff Co., Ltd."},
		"han not": {"丹东海丰食品有限公司", "Dandong Jinhui Garment Corporation"},
	} {
		q, m := names.Parse(pair[0], names.Unknown), names.Parse(pair[1], names.Company)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				names.Compare(q, m, names.DefaultWeights())
			}
		})
	}
}
