package lineage

import (
	"bytes"
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"corvee"
	"corvee/internal/hanzi"
)

// mention is an outlet that a report names as where it has something from.
type mention struct {
	outlet string // id in the directory, or the folded name
	name   string // as it is written
	known  bool   // the directory has the name
	role   string // of cues.tsv
	date   corvee.Date
	words  string // the words around, for people
	at     int    // byte of the text
}

type cue struct {
	lang, side string
	reach      int // bytes of folded text
	role       string
	words      []byte
}

//go:embed cues.tsv
var cueTable string

var knownCues = sync.OnceValue(func() []cue {
	var out []cue
	for line := range strings.Lines(cueTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 5 {
			continue
		}
		reach, err := strconv.Atoi(cells[2])
		if err != nil {
			panic("lineage: cues.tsv: " + line)
		}
		if cells[0] != "en" {
			reach *= 3 // bytes of a Hangul or Han character
		}
		out = append(out, cue{cells[0], cells[1], reach, cells[3], []byte(cells[4])})
	}
	return out
})

// scanner looks for mentions in one report.
type scanner struct {
	r      *report
	names  *directory
	text   string
	folded []byte
	from   []int32
	found  []mention
	spans  []corvee.Span // of known names, in folded bytes
	judged int
}

// maxCited is how much of a text is looked through for citations, maxJudged how many names
// in it: a list of ten thousand agencies cites none.
const (
	maxCited  = 1 << 20
	maxJudged = 1000
)

// mentions returns the outlets that a report names as sources, at most one mention of
// each outlet and role, in the order of the text.
func mentions(r *report, names *directory) []mention {
	text := r.Text.String()
	if len(text) > maxCited {
		text = strings.ToValidUTF8(text[:maxCited], "")
	}
	s := &scanner{r: r, names: names, text: text}
	s.folded, s.from = fold(text)
	s.known()
	s.unknown()
	s.own()
	s.agency()
	return tidy(s.found)
}

// known finds the names of the directory, at each place the longest.
func (s *scanner) known() {
	for i := 0; i < len(s.folded); {
		end, id := 0, ""
		if s.mayStart(i) {
			for _, x := range []*nameIndex{s.names.table, s.names.here} {
				value, stop, ok := x.trie.Longest(s.folded, i, s.mayEnd)
				if ok && stop > end && s.written(x, value, i, stop) {
					end, id = stop, x.byName[x.keys[value]]
				}
			}
		}
		if id == "" {
			_, n := utf8.DecodeRune(s.folded[i:])
			i += n
			continue
		}
		s.spans = append(s.spans, corvee.Span{Start: i, End: end})
		s.judge(i, end, id, true)
		i = end
	}
}

// written reports whether the name stands as a name is written: with a capital, or all in
// capitals where it is an acronym.
func (s *scanner) written(x *nameIndex, value, start, end int) bool {
	original := s.text[s.from[start]:s.from[end]]
	if x.upper[x.keys[value]] {
		return strings.ToUpper(original) == original
	}
	first, _ := utf8.DecodeRuneInString(original)
	return !unicode.IsLower(first)
}

func (s *scanner) mayStart(i int) bool {
	r, _ := utf8.DecodeRune(s.folded[i:])
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return false
	}
	before, _ := utf8.DecodeLastRune(s.folded[:i])
	switch {
	case hanzi.Is(r):
		return true
	case isHangul(r):
		return !isHangul(before)
	}
	return !alphabetic(before) && !unicode.IsDigit(before)
}

// particles that may follow a Korean name within its word.
var particles = []string{
	"", "가", "이", "는", "은", "를", "을", "에", "의", "와", "과", "도", "발", "로", "으로", "에서", "에게", "측", "측은", "측이",
	"에다", "에도", "에는", "만", "까지", "부터", "라고", "이라고", "라는", "이라는", "기자", "보도", "한국어판", "에서는",
}

func (s *scanner) mayEnd(end int) bool {
	last, _ := utf8.DecodeLastRune(s.folded[:end])
	next, _ := utf8.DecodeRune(s.folded[end:])
	switch {
	case hanzi.Is(last):
		return true
	case isHangul(last):
		rest := end
		for rest < len(s.folded) {
			r, n := utf8.DecodeRune(s.folded[rest:])
			if !isHangul(r) {
				break
			}
			rest += n
		}
		return slices.Contains(particles, string(s.folded[end:rest]))
	}
	return !alphabetic(next) && !unicode.IsDigit(next)
}

// judge keeps a name as a mention if a cue or its place makes it a source.
func (s *scanner) judge(start, end int, id string, known bool) {
	if s.judged++; s.judged > maxJudged {
		return
	}
	left, right := s.sentence(start, end)
	role, cueEnd := s.cued(left, start, end, right)
	if role == "" {
		role = s.placed(start, end)
	}
	if id == s.r.outlet {
		if role != "earlier" {
			return // its own name is no citation
		}
	}
	if role == "earlier" && id != s.r.outlet {
		role = "cite"
	}
	if role == "" || role == "photo" || role == "stands" {
		return
	}
	s.found = append(s.found, mention{
		outlet: id, name: s.text[s.from[start]:s.from[end]], known: known, role: role,
		date:  citedDate(string(s.folded[start:min(right, max(end, cueEnd)+40)]), s.r.Report.Published),
		words: excerpt(s.text, int(s.from[left]), int(s.from[start]), int(s.from[max(end, cueEnd)])),
		at:    int(s.from[start]),
	})
}

// sentence returns the ends of the sentence that holds start:end, in folded bytes.
func (s *scanner) sentence(start, end int) (left, right int) {
	for left = start; left > 0 && start-left < 600 && !s.stops(left); left-- {
	}
	for right = end; right < len(s.folded) && right-end < 600 && !s.stops(right); right++ {
	}
	return s.whole(left, -1), s.whole(right, +1)
}

func (s *scanner) whole(i, step int) int {
	for i > 0 && i < len(s.folded) && !utf8.RuneStart(s.folded[i]) {
		i += step
	}
	return i
}

// stops reports whether a sentence ends before byte i. A stop after a short word with a
// capital ("Nov.", "U.N.") ends none.
func (s *scanner) stops(i int) bool {
	switch s.folded[i-1] {
	case '\n', '!', '?':
		return true
	case '.':
		word := i - 1
		for word > 0 && i-word < 5 && s.folded[word-1] != ' ' && s.folded[word-1] != '\n' {
			word--
		}
		first := s.text[s.from[word]]
		short := i-word < 5 && first >= 'A' && first <= 'Z'
		return !short && (i == len(s.folded) || s.folded[i] == ' ' || s.folded[i] == '\n')
	}
	return strings.HasSuffix(string(s.folded[max(0, i-3):i]), "。")
}

// strength orders the roles: what stands first rules out what stands after it.
var strength = []string{"photo", "translate", "credit", "stands", "earlier", "told", "cite"}

// cued returns the strongest role that the words around a name give it, and where the
// words end.
func (s *scanner) cued(left, start, end, right int) (role string, cueEnd int) {
	best := len(strength)
	before, after := string(s.folded[left:start]), string(s.folded[end:right])
	for _, c := range knownCues() {
		rank := slices.Index(strength, c.role)
		if rank >= best {
			continue
		}
		at := -1
		if c.side == "before" {
			at = strings.LastIndex(before, string(c.words))
			if at < 0 || len(before)-at-len(c.words) > c.reach || c.lang == "en" && !wordAt(before, at, len(c.words)) {
				continue
			}
			at = left + at + len(c.words)
		} else {
			at = strings.Index(after, string(c.words))
			if at < 0 || at > c.reach || c.lang == "en" && !wordAt(after, at, len(c.words)) {
				continue
			}
			at = end + at + len(c.words)
		}
		best, role, cueEnd = rank, c.role, at
	}
	return role, cueEnd
}

// wordAt reports whether the bytes at:at+n are not part of a longer word.
func wordAt(s string, at, n int) bool {
	letter := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= 'a' && s[i] <= 'z' }
	return (!letter(at-1) || !letter(at)) && (!letter(at+n-1) || !letter(at+n))
}

// placed returns credit for a name that stands where an agency stands: alone in brackets
// at the head of a line, before a dash, or on a line of its own; or after "=" in a Korean
// dateline.
func (s *scanner) placed(start, end int) string {
	before := strings.TrimRight(string(s.folded[max(0, start-3):start]), " ")
	after := string(s.folded[end:min(len(s.folded), end+12)])
	lineStart := bytes.LastIndexByte(s.folded[:start], '\n') + 1
	if strings.HasSuffix(before, "=") && strings.HasPrefix(strings.TrimSpace(after), ")") && start-lineStart < 90 {
		return "credit"
	}
	if !strings.HasSuffix(before, "(") && !strings.HasSuffix(before, "[") {
		return ""
	}
	rest, closed := strings.CutPrefix(strings.TrimSpace(after), string(closer(before)))
	rest = strings.TrimLeft(rest, " ")
	switch {
	case !closed:
		return ""
	case rest == "" || rest[0] == '\n': // a line that ends with the agency
		return "credit"
	case start-lineStart < 90 && (rest[0] == '-' || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, "–")):
		return "credit"
	}
	return ""
}

func closer(before string) byte {
	if strings.HasSuffix(before, "[") {
		return ']'
	}
	return ')'
}

// Names that no directory has are found by their form.
var (
	englishOutlet = regexp.MustCompile(`(?:\p{Lu}[\p{L}\p{N}'’&.-]*\s){1,4}(?:Post|Times|Journal|News|Newswire|Wire|Ledger|Weekly|Daily|Herald|Observer|Monitor|Watch|Review|Gazette|Tribune|Chronicle|Digest|Dispatch|Courier|Press|Radio|Television|Magazine|Shimbun|Sinmun|Ilbo|Sentinel|Bulletin|Telegraph|Mail|Standard|Broadcasting|Project|Institute|Foundation|Forum)\b`)
	koreanOutlet  = regexp.MustCompile(`\p{Hangul}{1,10}(?:신문|일보|통신|방송|저널|뉴스|와이어|석간|조간|타임스|포스트|데일리|위클리|라디오|텔레비전|매거진|미디어|레저)`)
	koreanQuoted  = regexp.MustCompile(`(?:단체|매체|언론|신문|방송|통신사|주간지|언론사|연구소|사이트)\s?(?:인\s?)?[‘'“"「]([^’'”"」\n]{4,60})[’'”"」]`)
	chineseMarked = regexp.MustCompile(`[《“「]([^《》“”「」\n]{4,48})[》”」]`)
	chinesePlain  = regexp.MustCompile(`据(\p{Han}{2,10}?(?:通讯社|电视台|电台|日报|晚报|周刊|周报|时报|新闻网|新闻|报))`)
	chineseEnds   = regexp.MustCompile(`(?:报|刊|社|网|台|新闻|电讯|杂志|通讯|观察|周报|评论)$`)
)

// plainWords look like outlets and are none.
var plainWords = []string{
	"이동통신", "정보통신", "무선통신", "위성통신", "위성방송", "인터넷방송", "대북방송", "인터넷신문", "가짜뉴스", "소셜미디어", "대중미디어", "외신", "현지신문",
	"breaking news", "latest news", "fake news", "good news",
}

// unknown finds names by their form where a cue makes them a source.
func (s *scanner) unknown() {
	for _, m := range englishOutlet.FindAllStringIndex(s.text, -1) {
		for _, lead := range []string{"The ", "According ", "Citing ", "In ", "But ", "A ", "An "} {
			if strings.HasPrefix(s.text[m[0]:], lead) {
				m[0] += len(lead)
			}
		}
		if strings.ContainsAny(s.text[m[0]:m[1]], " \n") {
			s.judgeOriginal(m[0], m[1])
		}
	}
	for _, pattern := range []*regexp.Regexp{koreanOutlet, koreanQuoted, chineseMarked, chinesePlain} {
		for _, m := range pattern.FindAllSubmatchIndex(s.folded, -1) {
			start, end := m[0], m[1]
			if len(m) > 2 {
				start, end = m[2], m[3]
			}
			if s.outletLike(pattern, start, end) {
				s.judgeFolded(start, end)
			}
		}
	}
}

func (s *scanner) outletLike(pattern *regexp.Regexp, start, end int) bool {
	switch pattern {
	case koreanOutlet:
		before, _ := utf8.DecodeLastRune(s.folded[:start])
		return !isHangul(before) && s.mayEnd(end)
	case chineseMarked:
		before := string(s.folded[max(0, start-18):start])
		return chineseEnds.Match(s.folded[start:end]) || strings.Contains(before, "媒体") || strings.Contains(before, "报纸") || strings.Contains(before, "网站")
	}
	return true
}

func (s *scanner) judgeOriginal(start, end int) {
	from, _ := slices.BinarySearch(s.from, int32(start))
	to, _ := slices.BinarySearch(s.from, int32(end))
	if from < to {
		s.judgeFolded(from, to)
	}
}

func (s *scanner) judgeFolded(start, end int) {
	name := foldName(string(s.folded[start:end]))
	if s.names.id(name) != "" || name == "" || slices.Contains(plainWords, name) || slug(name) == s.r.outlet {
		return
	}
	at := corvee.Span{Start: start, End: end}
	if slices.ContainsFunc(s.spans, func(known corvee.Span) bool { return known.Overlap(at) > 0 }) {
		return // a known name in it has been judged
	}
	s.judge(start, end, slug(name), false)
}

// selves are the words by which a report means its own publisher.
var selves = []string{"본지", "본보", "본사", "本报", "本台", "本网", "本刊", "this newspaper", "this website"}

// own finds references to the publisher's earlier reports.
func (s *scanner) own() {
	for _, word := range selves {
		for at, tried := 0, 0; tried < maxJudged; tried++ {
			i := bytes.Index(s.folded[at:], []byte(word))
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(word)
			if left, right := s.sentence(start, end); s.r.outlet != "" {
				if role, cueEnd := s.cued(left, start, end, right); role == "earlier" {
					s.found = append(s.found, mention{
						outlet: s.r.outlet, name: s.r.Report.Publisher, known: true, role: role,
						words: excerpt(s.text, int(s.from[left]), int(s.from[start]), int(s.from[cueEnd])), at: int(s.from[start]),
					})
					return
				}
			}
			at = end
		}
	}
}

// agency reads what metadata says.
func (s *scanner) agency() {
	for _, name := range []string{s.r.Meta.Agency, bracketed(s.r.Report.Publisher), s.r.Report.Byline} {
		id := s.names.id(foldName(name))
		if id != "" && id != s.r.outlet {
			s.found = append(s.found, mention{outlet: id, name: name, known: true, role: "credit", words: name, at: -1})
		}
	}
}

func bracketed(name string) string {
	open, shut := strings.IndexAny(name, "(（"), strings.LastIndexAny(name, ")）")
	if open < 0 || shut < open {
		return ""
	}
	return strings.Trim(name[open:shut], "(（ ")
}

// excerpt is the words of a citation for people: from the start of the sentence, or from
// near the name, to the end of the cue.
func excerpt(text string, left, name, end int) string {
	if name-left > 60 {
		left = name
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune(")]}»”’\"》」』〉）】", r) {
			break
		}
		end += n
	}
	return strings.Join(strings.Fields(text[left:end]), " ")
}

// tidy keeps one mention of each outlet and role, the one with a date if there is one.
func tidy(found []mention) []mention {
	slices.SortStableFunc(found, func(a, b mention) int { return a.at - b.at })
	var out []mention
	for _, m := range found {
		i := slices.IndexFunc(out, func(o mention) bool { return o.outlet == m.outlet && (o.role == "earlier") == (m.role == "earlier") })
		switch {
		case i < 0:
			out = append(out, m)
		case !out[i].date.Known() && m.date.Known():
			out[i].date = m.date
			fallthrough
		default:
			if slices.Index(strength, m.role) < slices.Index(strength, out[i].role) {
				out[i].role = m.role
			}
		}
	}
	return out
}
