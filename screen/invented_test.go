package screen_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"corvee"
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
