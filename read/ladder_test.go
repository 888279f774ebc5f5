package read_test

import (
	"slices"
	"testing"

	"corvee"
	"corvee/read"
)

// TestLadder: what a sentence does not say is taken from the nearest place that does, and
// from nowhere where several would do.
func TestLadder(t *testing.T) {
	t.Parallel()
	r := reader(t)
	for name, c := range map[string]struct {
		text string
		kind corvee.Kind
		want []string // in the summary; ! in front: not in it
	}{
		"the title's place holds": {
			"Garment workers of Hunchun wait for pay\n\nNorth Korean workers sew shirts at a plant.\n\nThey work 14 hours a day.",
			corvee.KindCondition, []string{"hunchun", "CN"},
		},
		"a flow elsewhere does not move the rest": {
			"In a villa in Vientiane, 20 North Korean workers write code.\n\nThe man said that there are four such teams in Laos. A fifth team of workers went to Dandong last winter.\n\nThey work 14 hours a day.",
			corvee.KindCondition, []string{"vientiane", "LA"},
		},
		"a city around a city is no second place": {
			"More than one factory in Zhuanghe City, Dalian is using North Korean workers. They work 14 hours a day.",
			corvee.KindCondition, []string{"zhuanghe", "!dalian"},
		},
		"of a list both are": {
			"Factories in Zhuanghe, Dalian and Dandong use North Korean workers. They work 14 hours a day.",
			corvee.KindCondition, []string{"zhuanghe", "dalian", "dandong"},
		},
		"the paragraph's trade": {
			"North Korean women sew shirts at garment plants in Hunchun. They work 14 hours a day.",
			corvee.KindCondition, []string{"garments"},
		},
		"no trade of several": {
			"North Korean women work in garment, seafood and electronics plants in Hunchun. They work 14 hours a day.",
			corvee.KindCondition, []string{"!garments", "!seafood", "!electronics"},
		},
		"a sum for the state is not of one place": {
			"North Korean workers sew shirts in Hunchun.\n\nSuch workers earn $200 million a year for the state.",
			corvee.KindTransfer, []string{"!hunchun", "!CN"},
		},
		"a flow is of the country that the report has been about": {
			"North Korean workers build flats in Mongolia. Mongolia has 1,900 of them.\n\nPyongyang has never ordered its workers there to come home.",
			corvee.KindMovement, []string{"MN"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := claims(t, r, corvee.Report{Publisher: "The Example"}, c.text)
			i := slices.IndexFunc(got, func(x corvee.Claim) bool { return x.Kind == c.kind })
			if i < 0 {
				t.Fatalf("no %s among %d claims", c.kind, len(got))
			}
			if have := read.Summary(got[i]); !agree(have, c.want) {
				t.Errorf("%v, want %v", have, c.want)
			}
		})
	}
}

func agree(have, want []string) bool {
	for _, w := range want {
		if w[0] == '!' && slices.Contains(have, w[1:]) || w[0] != '!' && !slices.Contains(have, w) {
			return false
		}
	}
	return true
}
