package names

import (
	"strings"
	"sync"

	"corvee/internal/hangul"
)

// cyrillicSpellings maps a letter to its Latin spellings, the usual one first.
var cyrillicSpellings = sync.OnceValue(func() map[rune][]hangul.Spelling {
	const table = "а a|б b|в v,w,ff,f|г g,gh,h|д d|е e,ye,ie,yo,je,jo|ж zh,j,z|з z,s|и i,y,ee|й y,i,j,|к k,c|л l|м m|н n|о o,a|п p|р r|с s,ss,c|т t|у u,ou|ф f,ph|х kh,h,ch,x|ц ts,c,tz,z|ч ch,tch,c,tsch|ш sh,s,sch|щ shch,sch,sh,shh,sc|ъ ,y|ы y,i|ь ,y,i|э e,eh|ю yu,iu,u,ju,y|я ya,ia,a,ja|і i|ї yi,i|є ye,ie,e|ґ g|ў u,w,v|ј j|љ lj,l|њ nj,n|ћ c|ђ dj,d|џ dz"
	out := map[rune][]hangul.Spelling{}
	for _, row := range strings.Split(table, "|") {
		letter, spellings, _ := strings.Cut(row, " ")
		for i, s := range strings.Split(spellings, ",") {
			cost := float32(0)
			if i > 0 {
				cost = 0.03
			}
			out[[]rune(letter)[0]] = append(out[[]rune(letter)[0]], hangul.Spelling{Text: s, Cost: cost})
		}
	}
	return out
})
