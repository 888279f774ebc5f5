package made

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// plant is an invented workplace in a real city.
type plant struct {
	city            city
	trade           trade
	firm            [3]string // en, ko, zh
	workers         int
	wage, levy, net int // a month, in the currency of reports on that country
}

// city is a real city with its country, as the three languages write them.
type city struct {
	name, country [3]string
	currency      [3]string
	wages         [2]int // plausible monthly pay, low and high
}

type trade struct{ plant, work [3]string }

// plantOf is the plant with this number in the world of the seed.
func plantOf(seed uint64, number int) plant {
	d := newDice(seed, uint64(number), "plant")
	p := plant{city: cities[d.below(len(cities))], trade: trades[d.below(len(trades))]}
	first, second := syllables[d.below(len(syllables))], syllables[d.below(len(syllables))]
	for i, city := range p.city.name {
		p.firm[i] = firmName(i, city, first[i], second[i])
	}
	p.workers = d.between(20, 900, 10)
	p.wage = d.between(p.city.wages[0], p.city.wages[1], 50)
	p.levy = p.wage * d.between(60, 85, 5) / 100 / 10 * 10
	p.net = p.wage - p.levy
	return p
}

// FirmName is the name, in English, of the firm of a plant of the world that the seed makes.
func FirmName(seed uint64, plant int) string { return plantOf(seed, plant).firm[0] }

func firmName(lang int, city, first, second string) string {
	switch lang {
	case 0:
		return fmt.Sprintf("%s %s%s Co., Ltd.", city, first, strings.ToLower(second))
	case 1:
		return city + first + second + "유한공사"
	}
	return city + first + second + "有限公司"
}

// facts are the words that stand for the braces of a sentence.
type facts struct{ words *strings.Replacer }

func (f facts) fill(sentence string) string { return f.words.Replace(sentence) }

// facts are what one report has heard of the plant: near what is so, and not always the
// same.
func (p plant) facts(lang string, d *dice) facts {
	i := map[string]int{"en": 0, "ko": 1, "zh": 2}[lang]
	workers := p.workers + d.between(-20, 40, 10)
	workers = max(20, workers)
	month := firstDay.AddDate(0, d.below(days/31), 0)
	return facts{strings.NewReplacer(
		"{firm}", p.firm[i], "{city}", p.city.name[i], "{country}", p.city.country[i], "{plant}", p.trade.plant[i], "{work}", p.trade.work[i],
		"{workers}", strconv.Itoa(workers), "{more}", strconv.Itoa(workers+d.between(20, 120, 10)), "{some}", strconv.Itoa(d.between(12, 90, 1)),
		"{money}", p.city.currency[i], "{wage}", grouped(i, p.wage), "{wage2}", grouped(i, p.wage+200), "{levy}", grouped(i, p.levy), "{net}", grouped(i, p.net),
		"{total}", grouped(i, p.levy*workers), "{hours}", strconv.Itoa(d.between(11, 16, 1)), "{month}", monthName(i, month), "{year}", strconv.Itoa(month.Year()),
		"{campaign}", campaigns[d.below(len(campaigns))][i],
	)}
}

func grouped(lang, n int) string {
	digits := strconv.Itoa(n)
	if lang == 2 || len(digits) < 4 {
		return digits
	}
	if len(digits) > 6 {
		return digits[:len(digits)-6] + "," + digits[len(digits)-6:len(digits)-3] + "," + digits[len(digits)-3:]
	}
	return digits[:len(digits)-3] + "," + digits[len(digits)-3:]
}

func monthName(lang int, month time.Time) string {
	switch lang {
	case 0:
		return month.Format("January 2006")
	case 1:
		return month.Format("2006년 1월")
	}
	return month.Format("2006年1月")
}

func dateline(lang, outlet string, day time.Time) string {
	switch lang {
	case "en":
		return outlet + ", " + day.Format("2 January 2006")
	case "ko":
		return outlet + " " + day.Format("2006년 1월 2일")
	}
	return outlet + " " + day.Format("2006年1月2日")
}
