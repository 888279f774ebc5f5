// Package words says the closed lists of corvee/1 in words, letters and colour families.
//
// What comes in: a word of a closed list, a date, a count. What goes out: what a person
// reads. Its one idea: each has a letter and a word beside its colour, so that no page
// tells anything by colour alone.
package words

import (
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/internal/country"
	"corvee/pipeline"
	"corvee/present"
	"corvee/web/mark"
)

// Badge is a letter on a colour family, with the word that it stands for.
type Badge struct{ Letter, Family, Word string }

// Kind marks a kind of claim.
func Kind(k corvee.Kind) Badge {
	known := map[corvee.Kind]Badge{
		corvee.KindHeadcount: {"H", "people", ""}, corvee.KindMovement: {"M", "people", ""},
		corvee.KindWage: {"W", "money", ""}, corvee.KindLevy: {"L", "money", ""},
		corvee.KindNetPay: {"N", "money", ""}, corvee.KindTransfer: {"T", "money", ""},
		corvee.KindCondition: {"C", "harm", ""}, corvee.KindOrder: {"O", "rule", ""}, corvee.KindLaw: {"§", "rule", ""},
		corvee.KindActivity: {"A", "work", ""}, corvee.KindDenial: {"D", "denial", ""},
	}
	b := known[k]
	b.Word = present.KindName(k)
	return b
}

// Slot marks a slot of a claim.
func Slot(s corvee.SlotName) Badge {
	known := map[corvee.SlotName]Badge{
		corvee.SlotSubject: {"g", "who", "group"}, corvee.SlotNationality: {"n", "who", "nationality"},
		corvee.SlotPlaces: {"p", "where", "place"}, corvee.SlotSite: {"s", "where", "site"}, corvee.SlotEmployer: {"e", "where", "employer"},
		corvee.SlotSector: {"k", "what", "sector"}, corvee.SlotValue: {"v", "figure", "value"}, corvee.SlotWhen: {"w", "when", "when"},
		corvee.SlotLabel: {"l", "what", "label"}, corvee.SlotIndicator: {"i", "what", "indicator"},
		corvee.SlotAttribution: {"b", "said", "said by"}, corvee.SlotFactuality: {"f", "said", "factuality"},
		corvee.SlotPolarity: {"±", "said", "polarity"},
	}
	b, ok := known[s]
	if !ok {
		return Badge{"·", "what", Plain(string(s))}
	}
	return b
}

// Review marks what people decided.
func Review(r corvee.Review) Badge {
	known := map[corvee.Review]Badge{
		corvee.ReviewUnreviewed: {"○", "todo", "to review"}, corvee.ReviewAccepted: {"✓", "yes", "accepted"},
		corvee.ReviewEdited: {"✎", "yes", "edited"}, corvee.ReviewAdded: {"+", "yes", "added by hand"},
		corvee.ReviewRejected: {"✗", "no", "rejected"}, corvee.ReviewUnsure: {"?", "maybe", "unsure"},
		corvee.ReviewObsolete: {"!", "maybe", "obsolete: the rules no longer find it"},
	}
	return known[r]
}

// Result marks the result of a finding.
func Result(r corvee.Result) Badge {
	known := map[corvee.Result]Badge{
		corvee.ResultAgrees: {"=", "yes", "agrees"}, corvee.ResultDisagrees: {"≠", "no", "disagrees"}, corvee.ResultBounds: {"∴", "figure", "follows"},
	}
	if b, ok := known[r]; ok {
		return b
	}
	return Badge{"·", "maybe", Plain(string(r))}
}

// Band marks how strong a hit is.
func Band(b corvee.Band) Badge {
	known := map[corvee.Band]Badge{
		corvee.BandStrong: {"S", "no", "strong"}, corvee.BandPossible: {"P", "maybe", "possible"},
		corvee.BandWeak: {"W", "todo", "weak"}, corvee.BandRelated: {"R", "rule", "related"},
	}
	return known[b]
}

// HitState marks where a hit stands.
func HitState(s pipeline.HitState) Badge {
	known := map[pipeline.HitState]Badge{
		pipeline.HitOpen: {"○", "todo", "not judged"}, pipeline.HitReopened: {"!", "maybe", "open again: a side has changed"},
		pipeline.HitPending: {"½", "maybe", "same, waits for a second person"}, pipeline.HitDisputed: {"≠", "maybe", "people do not agree"},
		"same": {"✓", "no", "same"}, "different": {"✗", "yes", "different"}, "unsure": {"?", "maybe", "unsure"},
	}
	if b, ok := known[s]; ok {
		return b
	}
	return Badge{"·", "maybe", Plain(string(s))}
}

// Change marks how a hit is different from an earlier run's.
func Change(k corvee.ChangeKind) Badge {
	known := map[corvee.ChangeKind]Badge{
		corvee.ChangeAdded: {"+", "no", "new"}, corvee.ChangeRemoved: {"−", "todo", "gone"},
		corvee.ChangeChanged: {"~", "maybe", "changed"}, corvee.ChangeReopened: {"!", "maybe", "open again"},
	}
	return known[k]
}

// RowsView marks a view of a run's rows.
func RowsView(v pipeline.RowsView) Badge {
	known := map[pipeline.RowsView]Badge{
		"": {Word: "wants a look"}, "all": {Word: "all"}, "context": {"C", "work", "context"}, "rejected": {"!", "maybe", "rejected"}, "clear": {"–", "todo", "clear"},
	}
	if b, ok := known[v]; ok {
		return b
	}
	if b := Band(corvee.Band(v)); b.Word != "" {
		return b
	}
	b := HitState(pipeline.HitState(v))
	b.Word = string(v)
	return b
}

// OnlyIfAny reports whether a view is shown only when it has rows: what people decided.
func OnlyIfAny(v pipeline.RowsView) bool {
	return RowsView(v).Word == string(v) && Band(corvee.Band(v)).Word == "" && v != "all" && v != "context" && v != "rejected" && v != "clear"
}

// Listing marks what an entry of a list is. A designation, an import order, an advisory and a press report bind differently and are
// never shown alike.
func Listing(k corvee.ListingKind) Badge {
	known := map[corvee.ListingKind]Badge{
		corvee.ListingDesignation: {"D", "designation", "designation"}, corvee.ListingImportOrder: {"I", "import", "import order"},
		corvee.ListingAdvisory: {"A", "advisory", "advisory, not a sanctions list"}, corvee.ListingExportControl: {"E", "export", "export control"},
		corvee.ListingReported: {"R", "reported", "reported, not a designation"},
	}
	return known[k]
}

// Effect marks what a fact says about a hit.
func Effect(effect string) Badge {
	known := map[string]Badge{"agrees": {"=", "yes", "agrees"}, "conflicts": {"≠", "no", "conflicts"}}
	if b, ok := known[effect]; ok {
		return b
	}
	return Badge{"?", "maybe", Plain(effect)}
}

// Plain makes an id of a closed list readable.
func Plain(id string) string { return present.Clean(strings.ReplaceAll(id, "_", " ")) }

// Input marks how far an input is, and how it ended.
func Input(s corvee.InputState) Badge {
	known := map[corvee.InputState]Badge{
		"waiting": {"…", "todo", "waits"}, "reading": {"▸", "figure", "being read"}, corvee.InputDone: {"✓", "yes", "done"},
		corvee.InputDuplicate: {"=", "todo", "duplicate"}, corvee.InputRejected: {"✗", "no", "rejected"}, corvee.InputFailed: {"!", "no", "failed"},
	}
	if b, ok := known[s]; ok {
		return b
	}
	return Badge{"·", "maybe", Plain(string(s))}
}

// Column says what a column of a table holds.
func Column(field string) string {
	known := map[string]string{
		"name": "Name", "id": "Your number", "country": "Country", "address": "Address", "registration": "Registration number", "lei": "LEI",
		"imo": "IMO number", "phone": "Phone", "goods": "Goods", "hs": "HS code", "place": "Place", "date": "Date", "type": "Kind of party",
	}
	if word, ok := known[field]; ok {
		return word
	}
	return Plain(field)
}

// Languages are those that a reader may say a text is in, by tag; the first three are read.
func Languages() map[string]string {
	return map[string]string{"en": "English", "ko": "Korean", "zh": "Chinese", "ja": "Japanese", "ru": "Russian"}
}

// Language names a language in English.
func Language(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	known := map[string]string{
		"": "language unknown", "en": "English", "ko": "Korean", "zh": "Chinese", "ru": "Russian", "ja": "Japanese", "de": "German",
		"fr": "French", "es": "Spanish", "pl": "Polish", "mn": "Mongolian", "ar": "Arabic", "pt": "Portuguese", "it": "Italian",
	}
	if name, ok := known[strings.ToLower(base)]; ok {
		return name
	}
	return tag
}

// Country names a country in English, by its code if it is known.
func Country(code string) string {
	if name := country.Name(code); name != "" {
		return name
	}
	return code
}

// Clock writes a moment in UTC: the base keeps no time zone of its reader.
func Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

// Title is a report's title, else what else names it.
func Title(r corvee.Report) string {
	switch {
	case strings.TrimSpace(r.Title) != "":
		return present.Clean(r.Title)
	case r.URL != "":
		return present.Clean(r.URL)
	}
	return "Untitled report " + present.Short(r.ID)
}

// Publisher is who published a report, as far as is known.
func Publisher(r corvee.Report) string {
	if r.Publisher == "" {
		return "publisher unknown"
	}
	return present.Clean(r.Publisher)
}

// Unread says why nothing was read, without the names of rooms and sentinels that an error
// carries.
func Unread(why string) string {
	why = strings.TrimPrefix(why, "read: ")
	return present.Clean(strings.TrimPrefix(why, corvee.ErrUnsupported.Error()+": "))
}

// Plural counts a thing: "1 claim", "2 claims", "no claims".
func Plural(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Thousands groups digits by a thin space, so that no comma is read as a decimal.
func Thousands(n int) string {
	digits := []byte{}
	s := []byte(strconv.Itoa(n))
	for i, d := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			digits = append(digits, "\u202f"...)
		}
		digits = append(digits, d)
	}
	return string(digits)
}

// Excerpt shortens a text to one clean line.
func Excerpt(s string, most int) string {
	runes := []rune(present.Clean(mark.Visible(s)))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
