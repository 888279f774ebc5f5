package resolve

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed rules.tsv
var ruleTable string

// Rule is a row of the table of rules.
type Rule struct {
	ID    string
	Joins bool // without asking; else it proposes
	Score float64
	Words string
	rank  int
}

var ruleRows = sync.OnceValue(func() map[string]Rule {
	out := map[string]Rule{}
	for line := range strings.Lines(ruleTable) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 4 {
			continue
		}
		least, _ := strconv.Atoi(cells[2]) // "-" asks for none
		out[cells[0]] = Rule{cells[0], cells[1] == "join", float64(least) / 100, cells[3], len(out)}
	}
	return out
})

// Words are the words of a rule by its id.
func Words(id string) string { return rule(id).Words }

// Rules returns the rules, in the order of their table.
func Rules() []Rule {
	out := make([]Rule, len(ruleRows()))
	for _, r := range ruleRows() {
		out[r.rank] = r
	}
	return out
}

func rule(id string) Rule { return ruleRows()[id] }
