package lexicon

import (
	"strings"
	"unicode/utf8"

	"corvee/read/internal/segment"
)

// Korean vowels and finals by their number in a syllable.
const (
	vowelA, vowelAe, vowelEo, vowelE, vowelYeo = 0, 1, 4, 5, 6
	vowelO, vowelWa, vowelWae, vowelOe         = 8, 9, 10, 11
	vowelU, vowelWo, vowelWi, vowelEu, vowelI  = 13, 14, 16, 18, 20
	finalN, finalL, finalM, finalB             = 4, 8, 16, 17
	finalSs                                    = 20
	finalD, finalS, finalH                     = 7, 19, 27
	leadR                                      = 5
)

// conjugate returns the forms of a Korean verb's stem that endings can follow, or that
// stand by themselves: the stem (Base), the past (Past), what describes a noun (Participle
// for what is or was, Ing for what will be), the linking form (Third) and the noun of it
// (Singular). irregular is the final that the stem loses or changes: "b", "d", "s" or "".
func conjugate(stem, irregular string) []Inflected {
	if strings.HasSuffix(stem, "하") {
		return withHa(strings.TrimSuffix(stem, "하"))
	}
	last, size := utf8.DecodeLastRuneInString(stem)
	head := stem[:len(stem)-size]
	if !segment.IsSyllable(last) {
		return []Inflected{{stem, Base}}
	}
	lead, vowel, final := segment.Parts(last)
	with := func(f int) string { return head + string(segment.Syllable(lead, vowel, f)) }
	switch {
	case final == 0:
		return append(openStem(head, lead, vowel), Inflected{stem, Base}, Inflected{with(finalN), Participle},
			Inflected{with(finalL), Ing}, Inflected{with(finalM), Singular}, Inflected{with(finalB), Base})
	case final == finalL:
		out := joined(stem, vowel)
		return append(out, Inflected{stem, Base | Ing}, Inflected{with(0), Base}, Inflected{with(finalN), Participle}, Inflected{with(finalB), Base}, Inflected{stem + "음", Singular})
	case irregular == "b" && final == finalB:
		return withW(with(0), stem)
	case irregular == "d" && final == finalD:
		l := with(finalL)
		return append(joined(l, vowel), Inflected{stem, Base}, Inflected{l + "은", Participle}, Inflected{l + "을", Ing}, Inflected{l + "음", Singular})
	case irregular == "s" && final == finalS:
		o := with(0)
		return append(joined(o, vowel), Inflected{stem, Base}, Inflected{o + "은", Participle}, Inflected{o + "을", Ing}, Inflected{o + "음", Singular})
	}
	out := joined(stem, vowel)
	if final == finalH && vowel == vowelO { // 털어놓: 털어놔, 털어놨
		out = append(out, Inflected{head + string(segment.Syllable(lead, vowelWa, 0)), Third}, Inflected{head + string(segment.Syllable(lead, vowelWa, finalSs)), Past})
	}
	return append(out, Inflected{stem, Base}, Inflected{stem + "은", Participle}, Inflected{stem + "을", Ing}, Inflected{stem + "음", Singular})
}

// withHa returns the forms of a verb in -하.
func withHa(head string) []Inflected {
	return []Inflected{
		{head + "하", Base}, {head + "합", Base}, {head + "했", Past}, {head + "하였", Past}, {head + "한", Participle},
		{head + "할", Ing}, {head + "해", Third}, {head + "하여", Third}, {head + "함", Singular},
	}
}

// joined returns the linking form and the past of a stem that 아 or 어 follows by itself.
func joined(stem string, vowel int) []Inflected {
	if vowel == vowelA || vowel == vowelO {
		return []Inflected{{stem + "아", Third}, {stem + "았", Past}}
	}
	return []Inflected{{stem + "어", Third}, {stem + "었", Past}}
}

// withW returns the forms of a stem whose ㅂ turns into 우: 어렵, 어려운, 어려워.
func withW(open, stem string) []Inflected {
	return []Inflected{
		{stem, Base}, {open + "운", Participle}, {open + "울", Ing}, {open + "워", Third}, {open + "웠", Past}, {open + "움", Singular},
	}
}

// openStem returns the linking form and the past of a stem that ends in a vowel.
func openStem(head string, lead, vowel int) []Inflected {
	fused := func(v int) []Inflected {
		return []Inflected{
			{head + string(segment.Syllable(lead, v, 0)), Third}, {head + string(segment.Syllable(lead, v, finalSs)), Past},
		}
	}
	own := head + string(segment.Syllable(lead, vowel, 0))
	apart := []Inflected{{own + "어", Third}, {own + "었", Past}}
	switch vowel {
	case vowelA, vowelAe, vowelEo, vowelE, vowelYeo:
		if vowel == vowelA {
			return fused(vowel)
		}
		return append(fused(vowel), apart...)
	case vowelO:
		return append(fused(vowelWa), Inflected{own + "아", Third}, Inflected{own + "았", Past})
	case vowelU:
		return append(fused(vowelWo), apart...)
	case vowelOe:
		return append(fused(vowelWae), apart...)
	case vowelI:
		return append(fused(vowelYeo), apart...)
	case vowelEu:
		return eu(head, lead)
	}
	return apart
}

// eu returns the forms of a stem in ㅡ, which drops before 아 or 어; 르 doubles its ㄹ but in
// 따르, 치르 and 들르.
func eu(head string, lead int) []Inflected {
	before, size := utf8.DecodeLastRuneInString(head)
	vowel := vowelEo
	if segment.IsSyllable(before) {
		if _, v, _ := segment.Parts(before); v == vowelA || v == vowelO {
			vowel = vowelA
		}
	}
	if lead == leadR && segment.IsSyllable(before) && before != '따' && before != '치' && before != '들' {
		if l, v, f := segment.Parts(before); f == 0 {
			head = head[:len(head)-size] + string(segment.Syllable(l, v, finalL))
		}
	}
	return []Inflected{
		{head + string(segment.Syllable(lead, vowel, 0)), Third}, {head + string(segment.Syllable(lead, vowel, finalSs)), Past},
	}
}
