package reading

import (
	"strings"
	"sync"

	"corvee/internal/hangul"
)

// cyrillicSpellings maps a letter to its Latin spellings, the usual one first.
var cyrillicSpellings = sync.OnceValue(func() map[rune][]hangul.Spelling {
	const table = "а a|б b|в v,w,ff,f|г g,gh,h|д d|е e,ye,ie,yo,je,jo|ж zh,j,z|з z,s|и i,y,ee|й y,i,j,|к k,c|л l|м m|н n|о o,a|п p|р r|с s,ss,c,ce|т t|у u,ou|ф f,ph|х kh,h,ch,x|ц ts,c,tz,z|ч ch,tch,c,tsch|ш sh,s,sch|щ shch,sch,sh,shh,sc|ъ ,y|ы y,i|ь ,y,i|э e,eh,a|ю yu,iu,u,ju,y|я ya,ia,a,ja|і i|ї yi,i|є ye,ie,e|ґ g|ў u,w,v|ј j|љ lj,l|њ nj,n|ћ c|ђ dj,d|џ dz"
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

// StemCyrillic takes the ending off a Russian word, so that its cases and genders are
// looked up as one. It is applied to the lexicon and to names alike, so it need not be
// right, only the same.
func StemCyrillic(word string) string {
	runes := []rune(word)
	for _, end := range cyrillicEndings() {
		e := []rune(end)
		if len(runes)-len(e) >= 3 && string(runes[len(runes)-len(e):]) == end {
			return string(runes[:len(runes)-len(e)])
		}
	}
	return word
}

// cyrillicEndings are tried in order, the longest first.
var cyrillicEndings = sync.OnceValue(func() []string {
	return strings.Fields("ями ами ого его ому ему ыми ими иями ской ская ское ский ских ском скую ской ием иях иям ость ости ия ии ию ие ий ая яя ое ее ые ой ый ых их ую юю ов ев ей ам ям ах ях ом ем а я о е и ы у ю ь й")
})

// cyrillicForms returns the word and what it may be without an adjective's ending, for
// reading: Хабаровский is read as Khabarovsk, Дегтярева as Degtyarev.
func cyrillicForms(word string) []string {
	out := []string{word}
	for _, end := range []string{"ский", "ская", "ское", "ского", "ской", "скии"} {
		if base, ok := strings.CutSuffix(word, end); ok && len([]rune(base)) >= 3 {
			return append(out, base+"ск", base)
		}
	}
	for _, end := range []string{"ого", "ая", "ое", "ий", "ый", "а", "я", "ы", "и", "у", "о", "ь"} {
		if base, ok := strings.CutSuffix(word, end); ok && len([]rune(base)) >= 4 {
			return append(out, base)
		}
	}
	return out
}
