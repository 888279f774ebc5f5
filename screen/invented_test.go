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
