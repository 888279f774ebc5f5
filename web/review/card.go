package review

import (
	"strings"

	"corvee"
	"corvee/internal/country"
	"corvee/pipeline"
	"corvee/present"

	"corvee/web/parts"
	"corvee/web/words"
)

// card is one claim beside the text.
type card struct {
	ID, Href, Report string
	Number           int
	On               bool
	Kind             words.Badge
	Rest             string // the gloss without its kind
	Negated          bool
	State            words.Badge
	Quote, Lang      string
	Chain            []string
	Publisher        string // where it was published, if the chain does not say
	Slots            []slotRow
	Rules            []string
	Score            int
	Origin           corvee.ClaimOrigin
	Factuality       string
	Inferred         []string
	Expected         int64
	Verdicts         []choice
	Edit             *editForm
	Pages            string // of the original, "" for what has none
	Next             string // address of the claim after it, "" for the last
}

// slotRow is one slot of a claim: what it holds and the words that filled it.
type slotRow struct {
	words.Badge
	Name     corvee.SlotName
	Value    string
	Words    string
	Rung     corvee.Rung
	Inferred bool
}

// choice is one button of a decision.
type choice struct {
	Review  corvee.Review
	Label   string
	Key     string
	Pressed bool
}

const quoteShown = 600

func cardOf(v pipeline.ReportView, i int, selected bool) card {
	c := v.Claims[i]
	k := card{
		ID: c.ID, Href: parts.ClaimAddress(c.Report, c.ID), Report: parts.ReportAddress(c.Report), Number: i + 1, On: selected,
		Kind: words.Kind(c.Kind), Rest: glossRest(c), Negated: c.Polarity == corvee.Negative, State: words.Review(c.Review),
		Quote: words.Excerpt(c.Quote.Exact, quoteShown), Lang: v.Report.Lang, Chain: chain(c), Slots: slotRows(v.Text, c), Rules: cleaned(c.Rules),
		Score: c.Score, Origin: c.Origin, Factuality: string(c.Factuality), Expected: v.Standing(c.ID), Verdicts: choices(c.Review),
		Pages: present.Pages(v.Text.Places(c.Quote.Span)),
	}
	if n := len(c.Attribution); n == 0 || c.Attribution[n-1].Speaker != corvee.SpeakerPublisher {
		k.Publisher = words.Publisher(v.Report)
	}
	for _, s := range c.Inferred {
		k.Inferred = append(k.Inferred, words.Slot(s).Word)
	}
	return k
}

func cleaned(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = present.Clean(w)
	}
	return out
}

// glossRest is the gloss after the kind, which the words.Badge says.
func glossRest(c corvee.Claim) string {
	rest := strings.TrimPrefix(present.Gloss(c), present.KindName(c.Kind))
	rest = strings.TrimPrefix(rest, " (negated)")
	return present.Clean(strings.TrimPrefix(rest, ", "))
}

// chain is who said it first, then who passed it on.
func chain(c corvee.Claim) []string {
	var out []string
	for _, link := range c.Attribution {
		out = append(out, present.Clean(present.SaidBy(corvee.Claim{Attribution: []corvee.Attribution{link}})))
	}
	return out
}

// choices are the buttons for a claim. The decision that stands is pressed; pressing it
// again clears it. An edit stands in for its acceptance.
func choices(standing corvee.Review) []choice {
	out := []choice{{corvee.ReviewAccepted, "Accept", "a", false}, {corvee.ReviewRejected, "Reject", "x", false}, {corvee.ReviewUnsure, "Unsure", "u", false}}
	if standing == corvee.ReviewEdited {
		out[0] = choice{corvee.ReviewEdited, "Edited", "a", false}
	}
	for i := range out {
		if out[i].Review == standing {
			out[i].Review, out[i].Pressed = corvee.ReviewUnreviewed, true
		}
	}
	return out
}

// slotRows lists what a claim holds, in the order of its fields, with the words for each.
// A slot that no words filled is there too: a person or another slot gave it.
func slotRows(t corvee.Text, c corvee.Claim) []slotRow {
	var out []slotRow
	for _, held := range holdings(c) {
		row := slotRow{Badge: words.Slot(held.name), Name: held.name, Value: present.Clean(held.value)}
		for _, name := range c.Inferred {
			row.Inferred = row.Inferred || name == held.name
		}
		for _, s := range c.Slots {
			if s.Name != held.name {
				continue
			}
			if filled, err := t.Slice(s.Span); err == nil {
				row.Words, row.Rung = words.Excerpt(filled, 120), s.Rung
			}
		}
		out = append(out, row)
	}
	return out
}

type holding struct {
	name  corvee.SlotName
	value string
}

func holdings(c corvee.Claim) []holding {
	var places []string
	for _, p := range c.Places {
		places = append(places, p.Name+" ("+words.Plain(string(p.Precision))+")")
	}
	all := []holding{
		{corvee.SlotSubject, c.Subject}, {corvee.SlotNationality, country.Name(c.Nationality)},
		{corvee.SlotValue, amount(c.Value)}, {corvee.SlotIndicator, words.Plain(string(c.Indicator))}, {corvee.SlotLabel, c.Label},
		{corvee.SlotSector, words.Plain(string(c.Sector))}, {corvee.SlotSite, c.Site}, {corvee.SlotEmployer, c.Employer},
		{corvee.SlotPlaces, whereabouts(places, c.Countries)}, {corvee.SlotWhen, whenWords(c.When)},
		{corvee.SlotAttribution, present.SaidBy(c)}, {corvee.SlotFactuality, string(c.Factuality)},
	}
	if c.Polarity == corvee.Negative {
		all = append(all, holding{corvee.SlotPolarity, "negated"})
	}
	var out []holding
	for _, h := range all {
		if h.value != "" {
			out = append(out, h)
		}
	}
	return out
}

func amount(v *corvee.Value) string {
	if v == nil {
		return ""
	}
	return present.Amount(*v)
}

func whereabouts(places, countries []string) string {
	if len(places) > 0 {
		return strings.Join(places, "; ")
	}
	var names []string
	for _, code := range countries {
		names = append(names, words.Country(code))
	}
	return strings.Join(names, "; ")
}

func whenWords(w *corvee.When) string {
	if w == nil {
		return ""
	}
	if w.Relative && w.Known() {
		return w.String() + ", reckoned from the report’s date"
	}
	return w.String()
}
