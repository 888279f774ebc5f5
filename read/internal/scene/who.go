package scene

import (
	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/lexicon"
)

// resolve decides for each group of the sentence whose workers it is.
func (sc *Scene) resolve() {
	sc.Nations = append(sc.Nations[:0], make([]Nation, len(sc.Mentions))...)
	sc.Topic.prior, sc.Topic.subject = sc.Topic.subject, ""
	named := sc.sending()
	for i, m := range sc.Mentions {
		if m.Kind != entity.Group {
			if m.Kind == entity.Actor && sc.Topic.subject == "" && sc.plural(m) {
				sc.Topic.subject = "actor"
			}
			if (m.Kind == entity.Sector || m.Kind == entity.Label) && m.Nation != "" { // 朝鲜餐厅: who serves there is known
				named = Nation{m.Nation, true, corvee.RungSentence}
			}
			continue
		}
		switch {
		case m.Nation != "":
			sc.Nations[i] = Nation{m.Nation, m.Sender, corvee.RungClause}
			aside := sc.Topic.subject == "group" && !sc.Grammar.Carries() // "they earn less than Mongolian knitters"
			if m.Sender || !aside && !sc.Tracker.InCue(m.Head) {          // a foreign witness is not who it is about
				named = sc.Nations[i]
			}
		case named.Code != "":
			sc.Nations[i] = Nation{named.Code, named.Sender, corvee.RungSentence}
		case sc.sentBy(i).Code != "":
			sc.Nations[i] = sc.sentBy(i)
			named = sc.Nations[i]
		default:
			sc.Nations[i] = Nation{sc.Topic.Last.Code, sc.Topic.Last.Sender, corvee.RungParagraph}
		}
		if sc.Topic.subject == "" && m.ID == "they" && sc.ofWorkers(i) {
			sc.Topic.subject = "group" // whatever the sentence names after them
		}
		if sc.Topic.subject == "" && !m.Weak {
			sc.Topic.subject = "others"
			if sc.ofWorkers(i) {
				sc.Topic.subject = "group"
			}
		}
	}
	if sc.Topic.subject == "" {
		sc.Topic.subject = sc.Topic.prior
	}
	sc.Topic.Since++
	for i, m := range sc.Mentions {
		if m.Kind == entity.Group && sc.Nations[i].Sender && sc.named(i) {
			sc.Topic.Since = 0
		}
	}
	if !sc.Grammar.Carries() && sc.Tracker.WorkerSpeaks(sc.S.Last-1) {
		sc.Topic.Since = 0 // a worker tells of workers
	}
	sc.Topic.one = sc.refersToOne(sc.S.Last)
	sc.learn(named)
}

// named reports whether mention i speaks of the workers: by name, or as "they".
func (sc *Scene) named(i int) bool {
	m := sc.Mentions[i]
	if m.Weak {
		return m.ID == "they" && sc.ofWorkers(i)
	}
	return !m.Generic || sc.people(m, sc.Nations[i])
}

// sentBy returns the sending state that the sentence says deploys the group: "Cuba has
// sent tens of thousands of doctors".
func (sc *Scene) sentBy(i int) Nation {
	sends := false
	for j := sc.S.First; j < sc.Mentions[i].First; j++ {
		sends = sends || sc.P.Is(j, sc.Classes.Move)
	}
	sends = sends || sc.hasAbroad(sc.Mentions[i])
	for j := i - 1; j >= 0 && sends && !sc.Mentions[i].Weak && !sc.Mentions[i].Generic; j-- {
		m := sc.Mentions[j]
		if m.Kind == entity.Place && m.Sender && m.Where.Precision == corvee.AtCountry && m.First <= sc.S.First+maxOpening {
			return Nation{m.Where.Country, true, corvee.RungSentence}
		}
	}
	return Nation{}
}

// maxOpening is how many words may stand before the state that a sentence is about: "The daily
// reported in June 2009 that Cuba had".
const maxOpening = 10

// hasAbroad reports whether the sentence says that somebody has the group in other countries:
// "Cuba had 31,000 doctors in 70 countries".
func (sc *Scene) hasAbroad(m entity.Mention) bool {
	if sc.Grammar.Carries() || m.Count < 0 || m.First < sc.S.First+1 || !sc.P.Says(m.First-1, "has") && !sc.P.Says(m.First-1, "had") && !sc.P.Says(m.First-1, "have") {
		return false
	}
	for i := m.Last; i < sc.S.Last; i++ {
		if sc.P.Is(i, lexicon.Abroad) {
			return true
		}
	}
	return false
}

// sending returns the state that the sentence says sends workers, before any are called its
// own: 朝鲜…派出1.2万名工人.
func (sc *Scene) sending() Nation {
	if !sc.Grammar.Carries() || sc.Topic.Sending() {
		return Nation{}
	}
	state := Nation{}
	for _, m := range sc.Mentions {
		if m.Sender && (m.Kind == entity.Place || m.Kind == entity.Actor) || m.Kind == entity.Place && m.ID == "pyongyang" {
			state = Nation{m.Nation, true, corvee.RungSentence}
			break
		}
	}
	abroad := false
	for _, m := range sc.Mentions {
		abroad = abroad || m.Kind == entity.Place && !m.Sender && m.Where.Country != "" && m.Where.Country != state.Code && sc.Grammar.Inside(&sc.P, m.First, m.Last)
	}
	for i := sc.S.First; i < sc.S.Last; i++ {
		if sc.P.Is(i, sc.Classes.Move) || abroad && sc.P.Is(i, lexicon.Worker) {
			return state
		}
	}
	return Nation{}
}

// learn adds the sentence to what the report is about.
func (sc *Scene) learn(named Nation) {
	if named.Code != "" && (named.Sender || !sc.Grammar.Carries() || sc.Topic.Last.Code == "") {
		sc.Topic.Last = named
		if named.Sender {
			sc.Topic.senders = count(sc.Topic.senders, named.Code)
		}
	}
	for _, m := range sc.Mentions {
		if m.Sector != "" {
			sc.Topic.here = count(sc.Topic.here, string(m.Sector))
			sc.Topic.trades = count(sc.Topic.trades, string(m.Sector))
		}
		if m.Kind == entity.Place && (!m.Sender || sc.AtHome()) && m.Where.Country != "" && !sc.dateline(m) {
			sc.Topic.countries = count(sc.Topic.countries, m.Where.Country)
		}
	}
}

// Eligible reports whether a group may be the subject of a claim: workers of a sending
// state, and people only where they work.
func (sc *Scene) Eligible(i int) bool {
	return !sc.Tracker.InCue(sc.Mentions[i].Head) && sc.ofWorkers(i)
}

// ofWorkers is the same of a group that speaks itself: "the men said that they".
func (sc *Scene) ofWorkers(i int) bool {
	m := sc.Mentions[i]
	n := sc.Nations[i]
	if !n.Sender {
		return false
	}
	if m.ID == "we" || m.ID == "me" {
		return sc.Tracker.WorkerSpeaks(m.First)
	}
	if m.Weak && m.Single && m.ID != "they" {
		return sc.Tracker.WorkerSpeaks(m.First) || sc.refersToOne(m.First) == "worker"
	}
	if m.Weak {
		return sc.refersToGroup(i)
	}
	if m.Generic && sc.Grammar.Carries() {
		return m.Nation != "" || n.Rung != corvee.RungParagraph || sc.Topic.Sending()
	}
	if m.Generic {
		return sc.people(m, n)
	}
	return true
}

// people reports whether people who are not called workers are: of a sending state and
// where the sentence speaks of work, or women and men of it in a report about workers; and
// "the women" of such a report.
func (sc *Scene) people(m entity.Mention, n Nation) bool {
	if m.Nation != "" {
		return sc.works() || sc.Topic.Sending() && (m.ID != "nationals" || sc.Topic.Since <= 4)
	}
	if m.ID == "people" || m.ID == "nationals" {
		return sc.AtHome() && m.Count >= 0 && sc.mobilises()
	}
	return sc.Topic.Sending() || n.Rung != corvee.RungParagraph && sc.works()
}

// mobilises reports whether the sentence speaks of work that a state exacts at home.
func (sc *Scene) mobilises() bool {
	for i := sc.S.First; i < sc.S.Last; i++ {
		if sc.P.Is(i, sc.Classes.Mobilised) {
			return true
		}
	}
	return false
}

// Ordinary reports whether pay that the sentence tells is what people earn at home anyway,
// in a report on work that is exacted there.
func (sc *Scene) Ordinary() bool { return sc.AtHome() && !sc.mobilises() }

// refersToOne returns who "he" before token end is: a worker or somebody else, by the last
// single person that the sentence names before it, else the sentence before.
func (sc *Scene) refersToOne(end int) string {
	for t := end - 1; t >= sc.S.First; t-- {
		for _, c := range [...]lexicon.Class{lexicon.Official, lexicon.Public, lexicon.Ordinary, lexicon.Source} {
			if sc.P.Is(t, c) {
				return "other"
			}
		}
		for j, m := range sc.Mentions {
			if m.Head != t || m.Weak {
				continue
			}
			if m.Kind == entity.Group && m.Single && sc.ofWorkers(j) {
				return "worker"
			}
			if m.Kind == entity.Actor && m.ID == "manager" {
				return "other"
			}
		}
	}
	return sc.Topic.one
}

// refersToGroup decides whether "they" at mention i are workers: the first group or
// authority of the sentence before it, else the subject of the sentence before.
func (sc *Scene) refersToGroup(i int) bool {
	for j := range i {
		switch sc.Mentions[j].Kind {
		case entity.Actor:
			if sc.Grammar.Carries() && sc.P.Tokens[sc.Mentions[j].Head].Clause == sc.P.Tokens[sc.Mentions[i].Head].Clause {
				return sc.Topic.Sending() // 监工殴打他们: not those who do it
			}
			if sc.plural(sc.Mentions[j]) {
				return false
			}
		case entity.Group:
			if !sc.Mentions[j].Weak {
				return sc.ofWorkers(j)
			}
		}
	}
	return sc.Topic.prior == "group"
}

// plural reports whether "they" could be an authority: the managers can, the regime cannot.
func (sc *Scene) plural(m entity.Mention) bool {
	return sc.Grammar.Plural(&sc.P, m.Last-1)
}

// works reports whether the sentence speaks of working, employing or sending.
func (sc *Scene) works() bool {
	for i := sc.S.First; i < sc.S.Last; i++ {
		if sc.P.Is(i, sc.Classes.Work) || sc.P.Is(i, sc.Classes.Move) || sc.plies(i) {
			return true
		}
	}
	return false
}

// plies reports whether a verb at token i names a trade that people of a sending state are
// not also reported for at home: they gut fish and sew, but whoever builds or writes code
// need not work abroad.
func (sc *Scene) plies(i int) bool {
	s, _, ok := sc.P.At(i, sc.Classes.Trade)
	if !ok {
		return false
	}
	sector := corvee.Sector(sc.P.Item(s).Attr("sector"))
	return sector != corvee.SectorConstruction && sector != corvee.SectorIT && sector != corvee.SectorAgriculture
}
