package web

import (
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/internal/country"
	"corvee/present"
	"corvee/web/mark"
)

// badge is a letter on a colour family, with the word that it stands for: colour is never
// the only cue.
type badge struct{ Letter, Family, Word string }

func kindBadge(k corvee.Kind) badge {
	known := map[corvee.Kind]badge{
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

func slotBadge(s corvee.SlotName) badge {
	known := map[corvee.SlotName]badge{
		corvee.SlotSubject: {"g", "who", "group"}, corvee.SlotNationality: {"n", "who", "nationality"},
		corvee.SlotPlaces: {"p", "where", "place"}, corvee.SlotSite: {"s", "where", "site"}, corvee.SlotEmployer: {"e", "where", "employer"},
		corvee.SlotSector: {"k", "what", "sector"}, corvee.SlotValue: {"v", "figure", "value"}, corvee.SlotWhen: {"w", "when", "when"},
		corvee.SlotLabel: {"l", "what", "label"}, corvee.SlotIndicator: {"i", "what", "indicator"},
		corvee.SlotAttribution: {"b", "said", "said by"}, corvee.SlotFactuality: {"f", "said", "factuality"},
		corvee.SlotPolarity: {"±", "said", "polarity"},
	}
	b, ok := known[s]
	if !ok {
		return badge{"·", "what", words(string(s))}
	}
	return b
}

func reviewBadge(r corvee.Review) badge {
	known := map[corvee.Review]badge{
		corvee.ReviewUnreviewed: {"○", "todo", "to review"}, corvee.ReviewAccepted: {"✓", "yes", "accepted"},
		corvee.ReviewEdited: {"✎", "yes", "edited"}, corvee.ReviewAdded: {"+", "yes", "added by hand"},
		corvee.ReviewRejected: {"✗", "no", "rejected"}, corvee.ReviewUnsure: {"?", "maybe", "unsure"},
		corvee.ReviewObsolete: {"!", "maybe", "obsolete: the rules no longer find it"},
	}
	return known[r]
}

func resultBadge(r corvee.Result) badge {
	known := map[corvee.Result]badge{
		corvee.ResultAgrees: {"=", "yes", "agrees"}, corvee.ResultDisagrees: {"≠", "no", "disagrees"}, corvee.ResultBounds: {"∴", "figure", "follows"},
	}
	if b, ok := known[r]; ok {
		return b
	}
	return badge{"·", "maybe", words(string(r))}
}

func bandBadge(b corvee.Band) badge {
	known := map[corvee.Band]badge{
		corvee.BandStrong: {"S", "no", "strong"}, corvee.BandPossible: {"P", "maybe", "possible"},
		corvee.BandWeak: {"W", "todo", "weak"}, corvee.BandRelated: {"R", "rule", "related"},
	}
	return known[b]
}

// A designation, an import order, an advisory and a press report bind differently and are
// never shown alike.
func listingBadge(k corvee.ListingKind) badge {
	known := map[corvee.ListingKind]badge{
		corvee.ListingDesignation: {"D", "designation", "designation"}, corvee.ListingImportOrder: {"I", "import", "import order"},
		corvee.ListingAdvisory: {"A", "advisory", "advisory, not a sanctions list"}, corvee.ListingExportControl: {"E", "export", "export control"},
		corvee.ListingReported: {"R", "reported", "reported, not a designation"},
	}
	return known[k]
}

func effectBadge(effect string) badge {
	known := map[string]badge{"agrees": {"=", "yes", "agrees"}, "conflicts": {"≠", "no", "conflicts"}}
	if b, ok := known[effect]; ok {
		return b
	}
	return badge{"?", "maybe", words(effect)}
}

// words makes an id of a closed list readable.
func words(id string) string { return strings.ReplaceAll(id, "_", " ") }

func langName(tag string) string {
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

func countryName(code string) string {
	if name := country.Name(code); name != "" {
		return name
	}
	return code
}

// clock writes a moment in UTC: the base keeps no time zone of its reader.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

func titleOf(r corvee.Report) string {
	switch {
	case strings.TrimSpace(r.Title) != "":
		return present.Clean(r.Title)
	case r.URL != "":
		return present.Clean(r.URL)
	}
	return "Untitled report " + present.Short(r.ID)
}

func publisherOf(r corvee.Report) string {
	if r.Publisher == "" {
		return "publisher unknown"
	}
	return present.Clean(r.Publisher)
}

// unread says why nothing was read, without the names of rooms and sentinels that an error
// carries.
func unread(why string) string {
	why = strings.TrimPrefix(why, "read: ")
	return present.Clean(strings.TrimPrefix(why, corvee.ErrUnsupported.Error()+": "))
}

// addressDigits is how much of a hash stands in an address: short enough to read, long
// enough that two reports of a base never share it.
const addressDigits = 16

func reportAddress(id string) string {
	digits := strings.TrimPrefix(id, "sha256:")
	return "/reports/" + digits[:min(len(digits), addressDigits)]
}

func claimAddress(report, claim string) string {
	return reportAddress(report) + "?claim=" + claim + "#" + claim
}

// plural counts a thing: "1 claim", "2 claims", "no claims".
func plural(n int, one, many string) string {
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands groups digits by a thin space, so that no comma is read as a decimal.
func thousands(n int) string {
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

// excerpt shortens a text to one clean line.
func excerpt(s string, most int) string {
	runes := []rune(present.Clean(mark.Visible(s)))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
