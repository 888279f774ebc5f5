package hangul

import (
	"strings"
	"sync"
)

// letterNames are the names of Latin letters as Korean writes them in company names
// (케이엠에스 = KMS), the longest first.
func letterNames() []struct{ name, letter string } {
	return []struct{ name, letter string }{
		{"더블유", "w"}, {"더블류", "w"}, {"에이치", "h"}, {"에이", "a"}, {"에프", "f"}, {"아이", "i"}, {"제이", "j"}, {"케이", "k"},
		{"에스", "s"}, {"브이", "v"}, {"엑스", "x"}, {"와이", "y"}, {"제트", "z"}, {"앤드", ""}, {"비", "b"}, {"씨", "c"}, {"시", "c"},
		{"디", "d"}, {"이", "e"}, {"지", "g"}, {"쥐", "g"}, {"엘", "l"}, {"엠", "m"}, {"엔", "n"}, {"오", "o"}, {"피", "p"}, {"큐", "q"},
		{"알", "r"}, {"티", "t"}, {"유", "u"}, {"앤", ""}, {"앤", "n"},
	}
}

// Initialism returns the Latin letters that a word names one after another, or "" when
// the word is not made of letter names alone. "And" (앤) is passed over.
func Initialism(word string) string {
	var b strings.Builder
	for word != "" {
		found := false
		for _, l := range letterNames() {
			if rest, ok := strings.CutPrefix(word, l.name); ok {
				b.WriteString(l.letter)
				word, found = rest, true
				break
			}
		}
		if !found {
			return ""
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return b.String()
}

// Loan spellings: how English words come back from the Hangul that transcribes them. The
// first of each is the Revised Romanisation's. Source: National Institute of Korean
// Language, rules for loanwords, read backwards.
var loans = sync.OnceValue(func() letters {
	return letters{
		initial: parse("g,gg,k kk,c,k n d,t tt,t r,l,rr,ll m,mm b,v,p,bb pp,p s,ss,c,th,sh,z ss,s - j,z,g,s,dg,ge jj,z ch,t,c,tch,ts k,c,q,x,ck,ch,cc t,tt,th p,f,ph,pp,ff h,wh"),
		vowel: parse("a,o,u,i ae,a,e,ai ya,ia yae,ye eo,er,u,o,or,ar,e,ur,ir,ou,ea e,a,ai,ea,ei,ey,ay,ie yeo,you,yo,io ye,ye o,au,aw,ow,oh,oa,oo,owe wa,oi,ua wae,wa oe,oi,we " +
			"yo,io u,oo,ou,ue,ew wo,wa,wor,we we,wea,que wi,we,wy,ui yu,u,eu,ew,you,iu eu,-,e,u,o,a,i ui,eui i,y,e,ee,ea,ie,ey,igh"),
		final: parse("- k,c,g,ck,x,ct kk ks n,nn nj n t,d l,r,ll,le,lle,l lk lm lb ls l lp l m,mm,me p,b,f,pp ps t,s,d,th,ts,tt t ng,n,nk t t k t p,f t"),
	}
})

// LoanParts is Parts for a word that transcribes a foreign one: looser, so every spelling
// but the first costs a little, and e may stand silent at the end of a syllable.
func LoanParts(word []rune) [][]Spelling {
	table := loans()
	out := make([][]Spelling, 0, 4*len(word))
	for _, c := range word {
		if !Is(c) {
			return nil
		}
		initial, vowel, final := Letters(c)
		out = append(out, priced(table.initial[initial]), priced(table.vowel[vowel]))
		if final != 0 {
			out = append(out, priced(table.final[final]))
		}
		out = append(out, []Spelling{{"", 0}, {"e", 0.15}, {"r", 0.2}})
	}
	return out
}

func priced(all []Spelling) []Spelling {
	out := make([]Spelling, len(all))
	for i, s := range all {
		out[i] = Spelling{s.Text, min(0.04*float32(i), 0.12)}
	}
	return out
}

// Syllables returns the Hangul syllables that Latin letters may spell, in Unicode's
// order; none when the letters are no Korean syllable.
func Syllables(latin string) []rune {
	table := spellings()
	var out []rune
	for i, initials := range table.initial {
		for _, a := range initials {
			rest, ok := strings.CutPrefix(latin, a.Text)
			if !ok {
				continue
			}
			for v, vowels := range table.vowel {
				for _, b := range vowels {
					if last, ok := strings.CutPrefix(rest, b.Text); ok && b.Text != "" {
						out = appendFinals(out, table, i, v, last)
					}
				}
			}
		}
	}
	return out
}

func appendFinals(out []rune, table letters, initial, vowel int, last string) []rune {
	for f, finals := range table.final {
		for _, s := range finals {
			if s.Text == last && (f == 0) == (last == "") {
				out = append(out, Syllable(initial, vowel, f))
				break
			}
		}
	}
	return out
}
