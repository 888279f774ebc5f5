package read_test

import (
	"slices"
	"testing"

	"corvee"
)

// TestWhen: which of the times of a report is that of a claim.
func TestWhen(t *testing.T) {
	t.Parallel()
	r := reader(t)
	published := corvee.Date{Year: 2023, Month: 10, Day: 23}
	for text, c := range map[string]struct {
		kind corvee.Kind
		want string // "" for none
	}{
		"Every Saturday North Korean workers in Hunchun have a lesson which lasts until midnight.":                                           {corvee.KindCondition, ""},
		"North Korean workers in Hunchun have been waiting for their wages since spring.":                                                    {corvee.KindCondition, "2023-03/2023-10"},
		"Between May and November 2020, 1,260 North Korean workers were sent to Hunchun.":                                                    {corvee.KindMovement, "2020-05/2020-11"},
		"North Korea will send 300 workers to Hunchun by the end of the year.":                                                               {corvee.KindMovement, "2023-10-23/2023-12-31"},
		"Last winter 300 North Korean workers were sent to Hunchun.":                                                                         {corvee.KindMovement, "2022-12/2023-02"},
		"In the winter of 2019, 300 North Korean workers were sent to Hunchun.":                                                              {corvee.KindMovement, "2019-12/2020-02"},
		"HUNCHUN, China, July 8 - North Korean workers were told to work 14 hours a day.":                                                    {corvee.KindCondition, ""},
		"UN Security Council Resolution 2397, adopted in December 2017, required states to send North Korean workers home by Dec. 22, 2019.": {corvee.KindLaw, "2019-12-22"},
		"North Korean workers in Hunchun struck in September. The manager beat two of them.":                                                 {corvee.KindCondition, "2023-09"},
	} {
		got := claims(t, r, corvee.Report{Publisher: "The Example", Published: published}, text)
		i := slices.IndexFunc(got, func(x corvee.Claim) bool { return x.Kind == c.kind })
		if i < 0 {
			t.Errorf("no %s in %q", c.kind, text)
			continue
		}
		have := ""
		if got[i].When != nil {
			have = got[i].When.String()
		}
		if have != c.want {
			t.Errorf("%q is of %q, want %q", text, have, c.want)
		}
	}
}
