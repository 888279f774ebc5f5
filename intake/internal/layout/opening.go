package layout

import (
	"regexp"
	"strings"

	"corvee"
)

// openings are the datelines that open a paragraph of wire copy: a place in capitals with
// a date or an agency before a dash; (place=agency) in Korean; agency, place and day
// before 电 or 讯 in Chinese.
var openings = []*regexp.Regexp{
	regexp.MustCompile(`^\p{Lu}[\p{Lu} .'’-]{2,40}(, [\p{L} .]{2,30}?)?(, [A-Z][a-z]{2,8}\.? \d{1,2}(, \d{4})?)?( \([^()\n]{2,40}\))? ?(--|—|–| - )\s*`),
	regexp.MustCompile(`^\([가-힣]{2,10}=[^()\n]{2,30}\)(\s*[가-힣]{2,4}\s?(특파원|기자)\s*=)?\s*`),
	regexp.MustCompile(`^[【\[]?\p{Han}{2,12}(\d{1,2}月)?\d{1,2}日(电|電|讯|訊)[】\]]?(\s*[(（](记者|記者)[^()（）\n]{2,12}[)）])?[：: ]?\s*`),
}

// Opening cuts the dateline off a paragraph of body that opens with one; it returns the
// paragraph alone when there is none, or when nothing would be left of it.
func Opening(text string, b corvee.Block, at Where) []corvee.Block {
	if b.Kind != corvee.BlockBody || !at.Head {
		return []corvee.Block{b}
	}
	paragraph := text[b.Start:b.End]
	for _, opening := range openings {
		found := opening.FindString(paragraph)
		if found == "" || len(found) == len(paragraph) {
			continue
		}
		dateline := corvee.Span{Start: b.Start, End: b.Start + len(strings.TrimRight(found, " \t\r\n"))}
		body := corvee.Span{Start: b.Start + len(found), End: b.End}
		return []corvee.Block{{Kind: corvee.BlockDateline, Span: dateline}, {Kind: corvee.BlockBody, Span: body}}
	}
	return []corvee.Block{b}
}

// Doubles makes a paragraph a caption when the one after it is a caption in much the same
// words: pages print a picture's text twice, once with the credit.
func Doubles(text string, blocks []corvee.Block) {
	for i := range len(blocks) - 1 {
		a, b := blocks[i], blocks[i+1]
		if a.Kind != corvee.BlockBody || b.Kind != corvee.BlockCaption || a.Len() > maxAside {
			continue
		}
		words := text[a.Start:a.End]
		if !sentenceEnd.MatchString(words) && repeated(strings.Fields(words), strings.Fields(text[b.Start:b.End])) {
			blocks[i].Kind = corvee.BlockCaption
		}
	}
}

// repeated reports whether three of four words stand in the other text.
func repeated(words, other []string) bool {
	in := map[string]bool{}
	for _, w := range other {
		in[strings.Trim(w, ".,'’\"")] = true
	}
	same := 0
	for _, w := range words {
		if in[strings.Trim(w, ".,'’\"")] {
			same++
		}
	}
	return len(words) > 2 && 4*same >= 3*len(words)
}
