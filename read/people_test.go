package read_test

import (
	"encoding/json"
	"strings"
	"testing"

	"corvee"
)

// TestNoNameOfAWorkerOrSource: names of people who may not be named stay in the quote
// alone, whatever stands around them.
func TestNoNameOfAWorkerOrSource(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for _, sentence := range []string{
		"Ri Song Hui, a seamstress, said North Korean workers in Dandong earn 2,300 yuan a month.",
		"North Korean workers in Dandong earn 2,300 yuan a month, said Ri Song Hui, a seamstress.",
		"“North Korean workers in Dandong earn 2,300 yuan a month,” Ri Song Hui said.",
		"According to Ri Song Hui, who sews coats, North Korean workers in Dandong earn 2,300 yuan a month.",
		"A defector named Ri Song Hui told The Example that North Korean workers in Dandong earn 2,300 yuan a month.",
		"Trader Ri Song Hui said that North Korean workers in Dandong earn 2,300 yuan a month.",
		"Ri Song Hui, 34, a North Korean worker, earns 2,300 yuan a month in Dandong.",
		"Worker Ri Song Hui said North Korean workers at the Ri Song Hui shop earn 2,300 yuan a month.",
		"The factory manager, Ri Song Hui, told Radio Free Asia that North Korean workers in Dandong earn 2,300 yuan a month. She said that 200 North Korean workers are employed there.",
		"Ri Song Hui is a seamstress. Ri said North Korean workers in Dandong earn 2,300 yuan a month.",
	} {
		got := claims(t, r, corvee.Report{Publisher: "The Example"}, subject+sentence)
		if len(got) == 0 {
			t.Errorf("no claim in %q", sentence)
		}
		for _, c := range got {
			c.Quote, c.Mentions = corvee.Quote{}, nil
			raw, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"Ri Song", "Song Hui", "Hui", "\"Ri\""} {
				if strings.Contains(string(raw), name) {
					t.Errorf("%q is in the claim of %q:\n%s", name, sentence, raw)
				}
			}
		}
	}
}

// TestSpeakers: who may be named is named, everyone else has a role and a code.
func TestSpeakers(t *testing.T) {
	t.Parallel()
	r := reader(t)
	const content = " North Korean workers in Dandong earn 2,300 yuan a month"
	for sentence, want := range map[string]corvee.Attribution{
		"The Foreign Ministry said that" + content + ".":              {Name: "Foreign Ministry", Speaker: corvee.SpeakerInstitution},
		"Reuters reported that" + content + ".":                       {Name: "Reuters", Speaker: corvee.SpeakerAgency},
		"Asahi Shimbun reported that" + content + ".":                 {Name: "Asahi Shimbun", Speaker: corvee.SpeakerPublisher},
		"The Harbour Gazette reported that" + content + ".":           {Name: "Harbour Gazette", Speaker: corvee.SpeakerPublisher},
		"According to a source in China," + content + ".":             {Role: "source", Code: "A-1", Country: "CN", Speaker: corvee.SpeakerAnonymous},
		"A diplomatic source told The Example that" + content + ".":   {Role: "diplomatic source", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"“" + content + ",” said Jan Kowalski, a professor.":          {Name: "Jan Kowalski", Role: "expert", Speaker: corvee.SpeakerNamedPublicPerson},
		"“" + content + ",” said Jan Kowalski, a ministry spokesman.": {Name: "Jan Kowalski", Role: "official", Speaker: corvee.SpeakerNamedOfficial},
		"“" + content + ",” said Jan Kowalski, a driver.":             {Role: "resident", Code: "A-1", Speaker: corvee.SpeakerAnonymous},
		"A Chinese trader said" + content + ".":                       {Role: "trader", Code: "A-1", Country: "CN", Speaker: corvee.SpeakerAnonymous},
		"Daily NK believes that" + content + ".":                      {Name: "Daily NK", Speaker: corvee.SpeakerPublisher},
		content[1:] + ".":                                             {Speaker: corvee.SpeakerAuthor},
	} {
		got := claims(t, r, corvee.Report{Publisher: "The Example"}, subject+sentence)
		if len(got) == 0 {
			t.Errorf("no claim in %q", sentence)
			continue
		}
		if root := got[0].Root(); root != want {
			t.Errorf("root of %q = %+v, want %+v", sentence, root, want)
		}
		last := got[0].Attribution[len(got[0].Attribution)-1]
		if last.Speaker != corvee.SpeakerPublisher || last.Name == "" {
			t.Errorf("last of %q = %+v, want a publisher", sentence, last)
		}
	}
}

// TestCodesAreStable: the same person has one code, another has another.
func TestCodesAreStable(t *testing.T) {
	t.Parallel()
	got := claims(t, reader(t), corvee.Report{}, subject+
		"A source in China said that North Korean workers in Dandong earn 2,300 yuan a month.\n\n"+
		"Another source in China said that North Korean workers in Tumen earn 1,900 yuan a month.\n\n"+
		"“North Korean workers in Hunchun earn 1,700 yuan a month,” a defector said.")
	var codes []string
	for _, c := range got {
		codes = append(codes, c.Root().Code)
	}
	if strings.Join(codes, " ") != "A-1 A-2 A-3" {
		t.Errorf("codes = %v, want A-1 A-2 A-3", codes)
	}
}
