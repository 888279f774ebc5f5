// Package made writes invented reports by the thousand, as large as a base may become.
//
// What comes in: a seed and how many. What goes out: that many reports, the same ones each
// time. Its one idea: a world of invented plants in real cities is fixed first, and every
// report tells of it in English, Korean or Chinese, so that the reports agree, copy,
// translate, cite and contradict one another as real ones do. Nothing in it is true but
// the cities and the deadline.
package made

import (
	"fmt"
	"iter"
	"strings"
	"time"
)

// Report is one invented report. Published is "2006-01-02".
type Report struct {
	Name, Lang, Title, Body, Publisher, URL, Published string
}

// Reports yields n reports of the world that the seed makes. A report's text depends on
// the seed and its number alone, so the first thousand of a million are the thousand.
func Reports(seed uint64, n int) iter.Seq[Report] {
	return func(yield func(Report) bool) {
		for i := range n {
			if !yield(reportOf(seed, i)) {
				return
			}
		}
	}
}

// window is how far back a copy reaches for its original.
const window = 400

func reportOf(seed uint64, i int) Report {
	d := newDice(seed, uint64(i), "report")
	if i > 0 {
		earlier := i - 1 - d.below(min(i, window))
		switch roll := d.below(100); {
		case roll < 12:
			return reprint(seed, i, earlier, d)
		case roll < 20:
			return retold(seed, i, earlier, d)
		}
	}
	lang := languages[d.weighted(5, 3, 2)]
	if d.below(100) < 12 {
		return dressed(seed, i, lang, neutral(lang, d))
	}
	return dressed(seed, i, lang, story(lang, seed, plantsOf(d, i), d))
}

// plantsOf are the numbers of the plants that a report tells of: mostly one, at times a
// round of five. There is a plant for every six reports.
func plantsOf(d *dice, i int) []int {
	numbers := make([]int, 1+d.weighted(4, 3, 2, 1, 1))
	for k := range numbers {
		numbers[k] = d.below(1 + i/6)
	}
	return numbers
}

var languages = []string{"en", "ko", "zh"}

// tale is what a report says, before it has an outlet and a day.
type tale struct {
	title string
	body  []string
}

// dressed gives a tale its outlet, day and address.
func dressed(seed uint64, i int, lang string, t tale) Report {
	d := newDice(seed, uint64(i), "dress")
	outlet := outlets[lang][d.below(len(outlets[lang]))]
	day := firstDay.AddDate(0, 0, d.below(days))
	published := day.Format(time.DateOnly)
	paragraphs := append([]string{t.title, dateline(lang, outlet, day)}, t.body...)
	return Report{
		Name: fmt.Sprintf("%07d-%s.txt", i, lang), Lang: lang, Title: t.title, Publisher: outlet, Published: published,
		URL:  fmt.Sprintf("https://made.example.org/%s/%s/%d", lang, strings.ReplaceAll(published, "-", "/"), i),
		Body: strings.Join(append(paragraphs, invented[lang]), "\n\n") + "\n",
	}
}

// The years that the reports tell of.
var firstDay = time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)

const days = 8 * 365

// reprint is the earlier report, or its beginning, in another outlet.
func reprint(seed uint64, i, earlier int, d *dice) Report {
	original := reportOf(seed, earlier)
	paragraphs := strings.Split(strings.TrimSpace(original.Body), "\n\n")
	body := paragraphs[2 : len(paragraphs)-1]
	if d.below(3) == 0 && len(body) > 4 {
		body = body[:len(body)/2+1]
	}
	return dressed(seed, i, original.Lang, tale{original.Title, body})
}

// retold tells of the earlier report's plant in another language, from the same dice.
func retold(seed uint64, i, earlier int, d *dice) Report {
	e := newDice(seed, uint64(earlier), "report")
	lang := languages[d.below(len(languages))]
	return dressed(seed, i, lang, story(lang, seed, plantsOf(e, earlier), newDice(seed, uint64(earlier), "retold")))
}

// story is what one report says of its plants, one after the other.
func story(lang string, seed uint64, plants []int, d *dice) tale {
	var t tale
	for _, number := range plants {
		facts := plantOf(seed, number).facts(lang, d)
		if t.title == "" {
			t.title = facts.fill(titles[lang][d.below(len(titles[lang]))])
		}
		for _, topic := range topics[lang] {
			if d.below(100) < topic.chance {
				before, behind := asides[lang][0], asides[lang][1]
				says := facts.fill(topic.says[d.below(len(topic.says))])
				t.body = append(t.body, before[d.below(len(before))]+says+behind[d.below(len(behind))])
			}
		}
	}
	return t
}

// neutral is a report that no claim may be read from.
func neutral(lang string, d *dice) tale {
	p := plantOf(1, d.below(500))
	facts := p.facts(lang, d)
	says := neutrals[lang]
	first := d.below(len(says))
	t := tale{title: facts.fill(says[first].title)}
	for k := range 3 {
		t.body = append(t.body, facts.fill(says[(first+k)%len(says)].body))
	}
	return t
}
