package scene

import (
	"strings"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/lexicon"
)

// coin gives money whose name several states use, francs or dinars, the currency of the
// country that the text is in. The row's "by" holds them: "DZ:DZD,LY:LYD".
func (sc *Scene) coin() {
	for i := range sc.Quantities {
		q := &sc.Quantities[i]
		if q.Value.Unit != corvee.UnitMoney {
			continue
		}
		for t := q.First; t < q.Last; t++ {
			s, _, ok := sc.P.At(t, lexicon.Currency)
			if !ok || sc.P.Item(s).Attr("by") == "" {
				continue
			}
			if code := coined(sc.P.Item(s).Attr("by"), sc.country()); code != "" {
				q.Value.Currency = code
			}
		}
	}
}

// country returns where the sentence is, by the sentence, its paragraph or the report so far.
func (sc *Scene) country() string {
	for _, m := range sc.Mentions {
		if m.Kind == entity.Place && !m.Sender && m.Where.Country != "" {
			return m.Where.Country
		}
	}
	for _, places := range [...][]corvee.Place{sc.Topic.Places, sc.Topic.Standing()} {
		if len(places) > 0 {
			return places[0].Country
		}
	}
	return sc.Topic.Country()
}

func coined(by, country string) string {
	for pair := range strings.SplitSeq(by, ",") {
		if at, code, ok := strings.Cut(pair, ":"); ok && at == country {
			return code
		}
	}
	return ""
}
