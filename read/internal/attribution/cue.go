package attribution

import (
	"corvee"
	"corvee/read/internal/aside"
	"corvee/read/internal/lexicon"
	"corvee/read/internal/segment"
)

// cues finds the words that say who speaks, and what of the sentence they cover.
func (t *Tracker) cues() {
	for i := t.First; i < t.End; i++ {
		if t.InCue(i) {
			continue
		}
		if s, next, ok := t.P.At(i, lexicon.According); ok && next < t.End {
			t.according(i, next, t.P.Item(s).Attr("cites") != "")
			continue
		}
		if s, next, ok := t.P.At(i, lexicon.SpeechVerb); ok && next <= t.End && !t.noun(s, i) {
			t.verb(i, next, s)
		}
	}
	t.apart()
}

// apart ends what somebody says where somebody else begins to: "the ministry put it at 400, and
// experts say that …". What is said to have been said stays whose it was.
func (t *Tracker) apart() {
	for n := range t.regions {
		second := &t.regions[n]
		at := second.CueFirst - 1
		if at <= t.First || second.CueFirst > second.First || !t.P.Says(at, "and") && !t.P.Says(at, "but") && !t.P.Says(at, "while") || !t.P.Mark(at-1, ',') {
			continue
		}
		for k := range t.regions {
			if r := &t.regions[k]; k != n && !r.Quoted && r.CueLast <= at && r.First < at && r.Last > second.First {
				r.Last = at
			}
		}
	}
}

// noun reports whether a form that nouns share with verbs is one here: "the report".
func (t *Tracker) noun(s lexicon.Sense, i int) bool {
	return s.Form&(lexicon.Base|lexicon.Third) != 0 && s.Form&lexicon.Past == 0 && (t.P.Nominal(i) || t.speaks(i))
}

// speaks reports whether a noun at token i says what follows: "a UN report found", "a 2013
// report by experts claims".
func (t *Tracker) speaks(i int) bool {
	if i <= t.First || !t.P.Is(i, lexicon.Document) {
		return false
	}
	return t.P.Is(i+1, lexicon.SpeechVerb) || t.P.Says(i+1, "by") || t.P.Says(i+1, "of") || t.P.Says(i+1, "from")
}

// passive reports whether the verb at token i is said of its subject: "was estimated to bring
// in", "are told to pay".
func (t *Tracker) passive(i, next int) bool {
	if !t.P.Says(next, "to") {
		return false
	}
	for i--; i > t.First && t.P.Is(i, lexicon.Adverb); i-- {
	}
	switch t.P.Word(i) {
	case "is", "are", "was", "were", "been", "being", "be", "get", "got", "gets":
		return true
	}
	return false
}

// according reads "according to X": what it covers is the rest of the sentence when it
// opens it, else what stands before it.
func (t *Tracker) according(i, next int, cites bool) {
	if cites && t.headNear(next) < 0 {
		return // "citing COVID-19" names a reason and nobody
	}
	ph, ok := t.phraseFrom(next, maxDescribers)
	if !ok {
		return
	}
	r := Region{Chain: ph.chain, CueFirst: i, CueLast: ph.last}
	if opens := i-t.First <= 2; opens {
		for r.CueLast < t.End && r.CueLast-ph.last < 25 && !t.P.Mark(r.CueLast, ',') {
			r.CueLast++
		}
		if r.CueLast == t.End || r.CueLast-ph.last >= 25 {
			r.CueLast = ph.last
		}
		r.First, r.Last = r.CueLast, t.End
	} else if (t.P.Says(i-1, "and") || t.P.Says(i-1, "but")) && ph.last < t.End && t.P.Tokens[ph.last].Kind == segment.Word {
		r.First, r.Last = ph.last, t.End // "…, and according to the ministry 400 are left"
	} else {
		r.First, r.Last = t.leftEdge(i), i
		if rest := t.rest(ph.last); rest && !cites { // "citing escapees, researchers and officials"
			r.Last = t.End
		}
	}
	t.Add(r)
}

// rest reports whether the sentence goes on with content after a comma at token i.
func (t *Tracker) rest(i int) bool { return t.P.Mark(i, ',') && i+3 < t.End }

// Add notes that somebody speaks in the current sentence.
func (t *Tracker) Add(r Region) {
	if r.First < r.Last {
		t.regions = append(t.regions, r)
	}
}

// leftEdge returns where the content before a cue at i begins: at the sentence, or behind
// another cue.
func (t *Tracker) leftEdge(i int) int {
	first := t.First
	for n := range t.regions {
		if r := &t.regions[n]; r.CueLast <= i && r.CueLast > first && r.First >= r.CueLast && !r.Quoted {
			first = t.First // an outer cue covers this one too
		}
	}
	return first
}

// phraseFrom reads the speaker that begins at token i: describers, then a head.
func (t *Tracker) phraseFrom(i, most int) (phrase, bool) {
	first := i
	for n := 0; n < most && i < t.End; n++ {
		if t.P.Tokens[i].Kind == segment.Mark && !t.P.Mark(i, '"') && !t.P.Mark(i, '-') || t.P.Is(i, lexicon.SpeechVerb) && i > first {
			return phrase{}, false
		}
		if ph, ok := t.readAhead(i); ok {
			ph.first = min(ph.first, first)
			t.trailing(&ph)
			return ph, true
		}
		i = t.P.After(i)
	}
	return phrase{}, false
}

// headNear returns the token of the first head from token i on, -1 without.
func (t *Tracker) headNear(i int) int {
	for n := 0; n < maxDescribers && i < t.End; n++ {
		if _, _, _, ok := t.head(i); ok {
			return i
		}
		if t.P.Tokens[i].Kind == segment.Mark {
			return -1
		}
		i = t.P.After(i)
	}
	return -1
}

// maxDescribers is how many words may stand before a speaker's head: "a high-ranking
// trade official based in".
const maxDescribers = 8

// readAhead reads a head at token i; a nationality, a newsroom or a body that only
// describes what follows is passed over.
func (t *Tracker) readAhead(i int) (phrase, bool) {
	_, class, next, ok := t.head(i)
	if !ok {
		if t.isName(i) {
			if n := t.headWithin(i); n >= 0 {
				return t.read(n)
			}
			return t.person(i)
		}
		if t.P.Is(i, lexicon.Pronoun) {
			return t.person(i)
		}
		return phrase{}, false
	}
	switch class {
	case lexicon.Country, lexicon.Institution, lexicon.Place, lexicon.Outlet, lexicon.Actor, lexicon.Worker, lexicon.Person, lexicon.Public, lexicon.Official, lexicon.Ordinary:
		if _, _, _, more := t.headAfter(next); more {
			return phrase{}, false
		}
	}
	return t.read(i)
}

// headAfter reports whether another head follows directly, perhaps after a possessive.
func (t *Tracker) headAfter(i int) (lexicon.Sense, lexicon.Class, int, bool) {
	if t.P.Says(i, "'s") || t.P.Mark(i, '\'') || t.P.Is(i, lexicon.GroupMod) {
		i++
	}
	if i >= t.End {
		return lexicon.Sense{}, 0, i, false
	}
	return t.head(i)
}

// headWithin returns the token of a title or role in apposition to a name at i: "Kim
// Tae-san, a defector"; -1 without.
func (t *Tracker) headWithin(i int) int {
	j := i
	for j < t.End && (t.isName(j) || t.joins(j) || t.P.Tokens[j].Glued && t.P.Tokens[j].Kind == segment.Word) && j-i < MaxPerson {
		j++
	}
	if !t.P.Mark(j, ',') && !t.P.Mark(j, '(') {
		return -1
	}
	for n := j + 1; n < min(j+9, t.End); n++ {
		if t.P.Mark(n, ',') || t.P.Mark(n, '.') || t.P.Says(n, "who") || t.P.Says(n, "whose") || t.P.Is(n, lexicon.SpeechVerb) || t.P.Is(n, lexicon.Auxiliary) {
			return -1
		}
		if _, class, _, ok := t.head(n); ok && class != lexicon.Country && class != lexicon.Place && class != lexicon.Institution && class != lexicon.Outlet && class != lexicon.OrgEnd {
			return n
		}
	}
	return -1
}

// trailing widens a phrase over what follows its head: places, times, a clause about the
// speaker up to its comma.
func (t *Tracker) trailing(ph *phrase) {
	ph.last = t.after(ph.last, new(corvee.Attribution))
	if t.P.Says(ph.last, "who") || t.P.Says(ph.last, "familiar") || t.P.Says(ph.last, "with") || t.P.Says(ph.last, "on") || t.P.Says(ph.last, "close") || t.P.Says(ph.last, "for") {
		for n := 0; n < 18 && ph.last < t.End && !t.P.Mark(ph.last, ',') && !t.P.Mark(ph.last, '.') && !t.P.Is(ph.last, lexicon.SpeechVerb); n++ {
			ph.last++
		}
	}
}

// verb reads a verb of speaking with its speaker before or after it.
func (t *Tracker) verb(i, next int, s lexicon.Sense) {
	fact := corvee.Factuality(t.P.Item(s).Attr("fact"))
	if t.passive(i, next) {
		return
	}
	if ph, ok := t.subjectOf(i); ok {
		if t.P.Item(s).Attr("within") != "" {
			next = i // "put the number at 300": the verb is part of what is said
		}
		t.withSubject(ph, i, next, fact)
		return
	}
	if !t.mayInvert(i) || s.Form == lexicon.Base || t.P.Item(s).Attr("within") != "" {
		return
	}
	ph, ok := t.phraseFrom(next, maxInverted)
	if !ok {
		return
	}
	r := Region{Chain: ph.chain, Fact: fact, CueFirst: i, CueLast: ph.last, First: t.leftEdge(i), Last: i}
	for r.CueLast < t.End && r.CueLast-ph.last < 20 && !t.P.Mark(r.CueLast, ',') && !t.P.Mark(r.CueLast, '"') {
		r.CueLast++
	}
	if t.rest(r.CueLast) {
		r.Last = t.End
	}
	t.Add(r)
}

// maxInverted is how many words may stand between a verb and the head of the speaker
// behind it: "said the second source".
const maxInverted = 4

// mayInvert reports whether the verb at i can stand before its speaker: after a quotation
// or a comma ("…," said the source).
func (t *Tracker) mayInvert(i int) bool {
	return t.P.Mark(i-1, '"') || t.P.Mark(i-1, ',') || t.P.Mark(i-1, '\'')
}

// MaxSubject is how far left of its verb a speaker's head may stand: "A source in the
// province who asked not to be named for safety told".
const MaxSubject = 28

// subjectOf finds the speaker to the left of a verb: the nearest head that no preposition
// governs.
func (t *Tracker) subjectOf(i int) (phrase, bool) {
	if t.P.Mark(i-1, '"') {
		return phrase{}, false // "…," said a driver: the speaker stands behind the verb
	}
	for j := t.beforeRelative(i) - 1; j >= max(t.First, i-MaxSubject); j-- {
		if t.stops(j, i) {
			return phrase{}, false
		}
		if t.InCue(j) {
			return phrase{}, false
		}
		if t.inside(j) {
			continue // the first token of the name is tried
		}
		ph, ok := t.read1(j, i)
		if ok {
			return ph, true
		}
	}
	return t.someone(i)
}

// beforeRelative returns where a clause about the speaker begins that ends with a comma
// before the verb at i: "Gulf Watch, which spoke to 23 workers, estimated"; i without one.
func (t *Tracker) beforeRelative(i int) int {
	if !t.P.Mark(i-1, ',') {
		return i
	}
	for j := i - 2; j > max(t.First, i-MaxSubject); j-- {
		if t.P.Mark(j, '"') || t.P.Mark(j, ';') {
			return i
		}
		if t.P.Mark(j-1, ',') && (t.P.Says(j, "which") || t.P.Says(j, "who") || t.P.Says(j, "whose")) {
			return j - 1
		}
	}
	return i
}

// someone reads a speaker whose trade no row names, as an article and small letters before
// a verb of telling: "a beekeeper said", "one diver in the port wrote". It is a person and
// nothing more; its words only serve to find the same person again in this report.
func (t *Tracker) someone(i int) (phrase, bool) {
	if !tells(t.P.Word(i)) {
		return phrase{}, false
	}
	last := i
	for last > t.First && (t.P.Is(last-1, lexicon.Adverb) || t.P.Is(last-1, lexicon.Auxiliary)) {
		last--
	}
	at := last
	for at > t.First && t.P.Tokens[at-1].Kind == segment.Word && t.P.Tokens[at-1].Capital {
		at--
	}
	if at < last && at > t.First && t.P.Is(at-1, lexicon.Preposition) {
		last = at - 1
	}
	for first := last - 1; first >= max(t.First, last-4); first-- {
		tok := t.P.Tokens[first]
		if tok.Kind != segment.Word || tok.Capital && first > t.First {
			return phrase{}, false
		}
		if t.P.Is(first, lexicon.Determiner) || t.P.Says(first, "one") {
			if first == last-1 || t.governed(first) || !t.someoneNoun(last-1) {
				return phrase{}, false
			}
			sp := Speaker{Link: corvee.Attribution{Role: "person", Speaker: corvee.SpeakerAnonymous}, Head: "person", Names: []string{t.P.Word(last - 1)}}
			if t.P.Is(last-1, lexicon.Site) { // "the yard said"
				sp = Speaker{Link: corvee.Attribution{Name: t.P.Source(last-1, last), Speaker: corvee.SpeakerInstitution}}
			}
			return phrase{first, last, []corvee.Attribution{t.Know(sp, t.fresh(first))}}, true
		}
		if t.P.Is(first, lexicon.Preposition) || t.P.Is(first, lexicon.SpeechVerb) || t.P.Is(first, lexicon.Relative) || t.P.Is(first, lexicon.Auxiliary) {
			return phrase{}, false
		}
	}
	return phrase{}, false
}

// someoneNoun reports whether the word at token i may be a person: no law, trade, time or
// place.
func (t *Tracker) someoneNoun(i int) bool {
	for _, c := range [...]lexicon.Class{lexicon.Instrument, lexicon.Sector, lexicon.Site, lexicon.Directive, lexicon.Relative, lexicon.PeriodNoun, lexicon.Pronoun, lexicon.Measure} {
		if t.P.Is(i, c) {
			return false
		}
	}
	return true
}

// tells reports whether only people do what the verb says; papers and signs also say and
// show.
func tells(verb string) bool {
	switch verb {
	case "said", "told", "added", "wrote", "recalled", "explained", "says":
		return true
	}
	return false
}

// inside reports whether token j lies within a name and does not begin it.
func (t *Tracker) inside(j int) bool {
	return t.P.Tokens[j].Within >= 0 && t.P.Tokens[j].Lexeme < 0
}

// stops reports whether the search for a subject may not go left past token j.
func (t *Tracker) stops(j, i int) bool {
	if t.P.Mark(j, ';') || t.P.Mark(j, '.') {
		return true
	}
	if t.P.Mark(j, '"') {
		return j != i-1
	}
	return t.P.Is(j, lexicon.SpeechVerb) && j < i-1 && !t.relative(j) && !t.speaks(j) || t.P.Says(j, "that") && j < i-1
}

// relative reports whether the verb at j stands in a clause about the speaker: "who said".
func (t *Tracker) relative(j int) bool { return t.P.Says(j-1, "who") }

func (t *Tracker) read1(j, i int) (phrase, bool) {
	_, class, next, ok := t.head(j)
	if !ok {
		near := i-j <= 3
		if t.P.Is(j, lexicon.Pronoun) && near || t.isName(j) && near && j > t.First {
			return t.person(j)
		}
		if t.isName(j) && near {
			return t.person(j)
		}
		return phrase{}, false
	}
	if t.governed(t.start(j)) {
		return phrase{}, false
	}
	if (class == lexicon.Country || class == lexicon.Place || class == lexicon.Actor || class == lexicon.Person || class == lexicon.Worker) && !t.adjacent(next, i) {
		return phrase{}, false
	}
	return t.read(j)
}

// governed reports whether a preposition stands before token i: its noun is no subject.
func (t *Tracker) governed(i int) bool {
	if t.P.Says(i-1, "of") && i-2 >= t.First && (t.P.Says(i-2, "one") || t.P.Is(i-2, lexicon.Determiner) || t.P.Is(i-2, lexicon.Num)) {
		return false // one of the workers
	}
	return i > t.First && (t.P.Is(i-1, lexicon.Preposition) || t.P.Is(i-1, lexicon.TimePrep))
}

// adjacent reports whether only adverbs, auxiliaries and a clause about it stand between
// a speaker and the verb.
func (t *Tracker) adjacent(from, i int) bool {
	from = t.besides(from, i)
	for j := from; j < i; j++ {
		if !t.P.Is(j, lexicon.Adverb) && !t.P.Is(j, lexicon.Auxiliary) && !t.P.Is(j, lexicon.Relative) && !t.P.Is(j, lexicon.Weekday) && !t.P.Says(j, "on") && !t.P.Mark(j, ',') {
			return false
		}
	}
	return true
}

// besides skips what may stand behind a speaker before the verb at i: where they are, what
// they know: "in Benguela", "familiar with the plants".
func (t *Tracker) besides(from, i int) int {
	if t.P.Says(from, "familiar") || t.P.Says(from, "close") {
		for n := 0; n < 8 && from < i && t.P.Tokens[from].Kind == segment.Word; n++ {
			from++
		}
		return from
	}
	if t.P.Says(from, "in") || t.P.Says(from, "at") || t.P.Says(from, "near") {
		j := from + 1
		for j < i && t.P.Tokens[j].Kind == segment.Word && t.P.Tokens[j].Capital {
			j++
		}
		if j > from+1 {
			return j
		}
	}
	return from
}

// withSubject decides what a verb with its speaker before it covers: what follows, unless
// the sentence ends there and the content stands before.
func (t *Tracker) withSubject(ph phrase, i, next int, fact corvee.Factuality) {
	chain := ph.chain
	next, chain = t.listener(next, chain)
	r := Region{Chain: chain, Fact: fact, CueFirst: ph.first, CueLast: next}
	if that := t.findThat(next); that > 0 {
		r.CueLast, r.First, r.Last = that, that, t.End
		t.Add(r)
		return
	}
	before := ph.first > t.First && (t.P.Mark(ph.first-1, ',') || t.P.Mark(ph.first-1, '"')) && ph.first-t.First > 3
	ends := t.ends(next)
	switch {
	case before && ends:
		r.First, r.Last, r.CueLast = t.First, ph.first, max(next, t.endOf(next))
	case before && (t.P.Mark(t.endOf(next), ',') || t.P.Mark(next, '.')):
		r.First, r.Last = t.First, t.End
	default:
		r.First, r.Last = next, t.End
		if fact == corvee.Denied { // what is denied ends with its clause
			for r.Last = next; r.Last < t.End && t.P.Tokens[r.Last].Clause == t.P.Tokens[i].Clause; {
				r.Last++
			}
		}
	}
	t.Add(r)
}

// listener reads whom a speaker told: a newsroom there is a link of the chain.
func (t *Tracker) listener(i int, chain []corvee.Attribution) (int, []corvee.Attribution) {
	start := i
	for n := 0; n < 4 && i < t.End; n++ {
		if s, class, next, ok := t.head(i); ok && class == lexicon.Outlet {
			outlet := t.Outlet(s, i, next)
			if t.Last >= 0 && t.Met[t.Last].Owner == "" {
				t.Met[t.Last].Owner = outlet.Name
			}
			return next, append(append([]corvee.Attribution(nil), chain...), outlet)
		}
		if t.P.Tokens[i].Kind != segment.Word {
			break
		}
		i++
	}
	return start, chain
}

// findThat returns the token after the "that" which opens the content, 0 without. Times
// and asides may stand before it.
func (t *Tracker) findThat(i int) int {
	for n := 0; n < 12 && i+n < t.End; n++ {
		if t.P.Says(i+n, "that") {
			return i + n + 1
		}
		if t.P.Mark(i+n, ',') || t.P.Mark(i+n, '"') || t.P.Is(i+n, lexicon.Auxiliary) {
			return 0
		}
	}
	return 0
}

// ends reports whether nothing but times, places and asides follows token i.
func (t *Tracker) ends(i int) bool { return t.endOf(i) >= t.End-1 }

func (t *Tracker) endOf(i int) int {
	if i = aside.End(t.P, i, t.End); i < t.End {
		i = t.after(i, new(corvee.Attribution))
	}
	for i < t.End && t.P.Tokens[i].Kind == segment.Mark && !t.P.Mark(i, ',') {
		i++
	}
	return i
}
