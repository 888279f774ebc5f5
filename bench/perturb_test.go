package bench_test

import (
	"slices"
	"strings"
	"unicode"
)

// classes are the ways in which people get a listed name wrong.
var classes = []string{"exact", "swap", "typo1", "typo2", "form", "translit", "space", "initial", "homoglyph"}

// perturb returns the name as somebody of the class would write it, or "" where the class
// has nothing to do: no legal form to lose, no space.
func (m maker) perturb(class, name string) string {
	words := strings.Fields(name)
	switch class {
	case "exact":
		return name
	case "swap":
		if len(words) > 1 {
			i := m.IntN(len(words) - 1)
			words[i], words[i+1] = words[i+1], words[i]
			return strings.Join(words, " ")
		}
	case "typo1":
		return m.slip(name)
	case "typo2":
		return m.slip(m.slip(name))
	case "form":
		return formless(name)
	case "translit":
		return m.otherwise(name)
	case "space":
		if len(words) > 1 {
			i := m.IntN(len(words) - 1)
			return strings.Join(words[:i+1], " ") + strings.Join(words[i+1:], " ")
		}
	case "initial":
		if len(words) == 3 && strings.HasSuffix(words[0], ",") && latin(name) && len(words[2]) > 2 { // a person's second given name
			return words[0] + " " + words[1] + " " + words[2][:1] + "."
		}
	case "homoglyph":
		if s := strings.NewReplacer("A", "А", "O", "О", "a", "а", "o", "о", "e", "е").Replace(name); latin(name) && s != name {
			return s
		}
	}
	return ""
}

// slip leaves a letter out, adds one, swaps two or writes another; of Latin names only,
// since a character of Han or a syllable of Hangul is another name.
func (m maker) slip(name string) string {
	var at []int
	for i, c := range name {
		if c < 128 && unicode.IsLetter(c) {
			at = append(at, i)
		}
	}
	if len(at) < 8 || !latin(name) {
		return ""
	}
	i, c := at[m.IntN(len(at))], string(rune('a'+m.IntN(26)))
	switch m.IntN(4) {
	case 0:
		return name[:i] + name[i+1:]
	case 1:
		return name[:i] + c + name[i:]
	case 2:
		if next := i + 1; slices.Contains(at, next) {
			return name[:i] + name[next:next+1] + name[i:next] + name[next+1:]
		}
	}
	return name[:i] + c + name[i+1:]
}

func latin(name string) bool {
	return !strings.ContainsFunc(name, func(c rune) bool { return c > 0x24F })
}

func formless(name string) string {
	for _, form := range []string{" Co., Ltd.", " Company Limited", " Limited", " Ltd", " LLC", " Inc.", " Corporation", " Corp.", " S.A.", " GmbH", " B.V.", " S.r.l.", " FZE", "集团有限公司", "有限公司", "유한공사", "회사", "LIMITED", " LTD.", " CORP."} {
		if s, ok := strings.CutSuffix(name, form); ok {
			return s
		}
	}
	return ""
}

// otherwise spells one sound of a romanised name in another way that is in use.
func (m maker) otherwise(name string) string {
	pairs := [][2]string{
		{"zh", "ch"}, {"xi", "hsi"}, {"qi", "ch'i"}, {"eo", "o"}, {"eu", "u"}, {"gang", "kang"}, {"hae", "hai"}, {"ae", "ai"}, {"Mohammed", "Muhammad"}, {"Hussein", "Husayn"},
		{"ii", "iy"}, {"iu", "yu"}, {"ia", "ya"}, {"kh", "h"}, {"Yousef", "Youssef"}, {"ou", "u"}, {"Ri ", "Li "}, {"ü", "ue"}, {"ö", "oe"}, {"Abdullah", "Abdallah"}, {"bong", "pong"},
	}
	m.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	for _, p := range pairs {
		if strings.Contains(name, p[0]) {
			return strings.Replace(name, p[0], p[1], 1)
		}
	}
	return ""
}
