// Package retention says how long the reports of a collection are kept, and purges what is
// due.
//
// What comes in: a rule for a collection, with the harm that a person weighed; the day. What
// goes out: what is due and why; after an order, tombstones. Its one idea: nothing goes
// because a rule exists, only because somebody, or a loop that somebody started for it,
// says so; a rule without a person's reason is no rule.
package retention

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/sealing"
	"corvee/store"
)

// Rule is how long the reports of one collection are kept: for Days after they were brought
// in, until the end of a day, or for ever. Harm is what a person wrote about what keeping
// and losing them can do.
type Rule struct {
	Collection string      `json:"collection"`
	Days       int         `json:"days,omitempty"`
	Until      corvee.Date `json:"until,omitzero"`
	Never      bool        `json:"never,omitempty"` // are they purged
	Harm       string      `json:"harm"`
	By         string      `json:"by"`
	On         corvee.Date `json:"on"` // when it was set
}

// setting is how the name of a rule begins among what the base asks of people.
const setting = "retention:"

const fewestWords = 3 // a harm note of fewer says nothing that another person can weigh

// Check returns corvee.ErrInvalid for a rule that is none or several, or that nobody gave a
// reason for.
func (r Rule) Check() error {
	kinds := 0
	for _, is := range []bool{r.Days != 0, r.Until.Known(), r.Never} {
		if is {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return fmt.Errorf("%w: one of days, until or never", corvee.ErrInvalid)
	case r.Days < 0:
		return fmt.Errorf("%w: %d days", corvee.ErrInvalid, r.Days)
	case len(strings.Fields(r.Harm)) < fewestWords:
		return fmt.Errorf("%w: say in a sentence what keeping these reports can do to somebody, and what losing them can", corvee.ErrInvalid)
	}
	return nil
}

// String says a rule in words.
func (r Rule) String() string {
	switch {
	case r.Never:
		return "never purged"
	case r.Until.Known():
		return "kept until " + r.Until.String()
	case r.Days == 1:
		return "kept for 1 day"
	}
	return fmt.Sprintf("kept for %d days", r.Days)
}

// ends returns the first day on which what came on a day is due; unknown for never.
func (r Rule) ends(came corvee.Date) corvee.Date {
	switch {
	case r.Never:
		return corvee.Date{}
	case r.Until.Known():
		return r.Until.After()
	}
	return came.AddDays(r.Days)
}

// Set keeps a rule in place of the collection's earlier one. The collection must be there.
func Set(ctx context.Context, p *pipeline.Pipeline, r Rule) error {
	r.By, r.On = p.Actor, today(p)
	if err := r.Check(); err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("retention: %w", err)
	}
	return p.Store.Update(ctx, func(tx store.Tx) error {
		all, err := tx.Collections(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(c corvee.Collection) bool { return c.ID == r.Collection }) {
			return fmt.Errorf("retention: collection %q: %w", r.Collection, corvee.ErrNotFound)
		}
		if err := tx.PutSetting(ctx, setting+r.Collection, string(raw)); err != nil {
			return err
		}
		return p.Record(ctx, tx, "setting.retention", r.Collection, "", r)
	})
}

// Rules returns the rules of the base, by collection.
func Rules(ctx context.Context, p *pipeline.Pipeline) (rules []Rule, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) (err error) {
		rules, err = rulesIn(ctx, tx)
		return err
	})
	return rules, err
}

func rulesIn(ctx context.Context, tx store.Tx) (rules []Rule, err error) {
	all, err := tx.Settings(ctx)
	if err != nil {
		return nil, err
	}
	for name, value := range all {
		if !strings.HasPrefix(name, setting) {
			continue
		}
		var r Rule
		if err := json.Unmarshal([]byte(value), &r); err != nil {
			return nil, fmt.Errorf("retention: %w: the rule of %s does not decode: %v", corvee.ErrInconsistent, strings.TrimPrefix(name, setting), err)
		}
		rules = append(rules, r)
	}
	slices.SortFunc(rules, func(a, b Rule) int { return strings.Compare(a.Collection, b.Collection) })
	return rules, nil
}

// Due is a report that a rule says should go. Of a sealed one only the code is known, and
// its time counts from the sealing.
type Due struct {
	Report   corvee.Report
	Sealed   string // the code, "" for an open report
	Came     corvee.Date
	Verdicts int // of people, that go with it
	Rule     Rule
}

// Why says what made it due, and since when.
func (d Due) Why() string {
	came := "brought in"
	if d.Sealed != "" {
		came = "sealed"
	}
	return fmt.Sprintf("collection %s is %s; %s %s, due since %s", d.Rule.Collection, d.Rule, came, d.Came, d.Rule.ends(d.Came))
}

// List returns what is due today, in the order of the reports of each collection, sealed
// ones last. It changes nothing.
func List(ctx context.Context, p *pipeline.Pipeline) (due []Due, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		rules, err := rulesIn(ctx, tx)
		if err != nil {
			return err
		}
		due = nil
		for _, r := range rules {
			some, err := dueIn(ctx, tx, r, today(p))
			if err != nil {
				return err
			}
			due = append(due, some...)
		}
		return nil
	})
	return due, err
}

func dueIn(ctx context.Context, tx store.Tx, r Rule, now corvee.Date) (due []Due, err error) {
	over := func(came corvee.Date) bool {
		end := r.ends(came)
		return end.Known() && end.Compare(now) <= 0
	}
	reports, err := tx.Reports(ctx, store.ReportFilter{Collection: r.Collection})
	if err != nil {
		return nil, err
	}
	for _, report := range reports {
		came := corvee.DateOf(report.CapturedAt.UTC())
		if !over(came) {
			continue
		}
		verdicts, err := tx.Verdicts(ctx, report.ID)
		if err != nil {
			return nil, err
		}
		due = append(due, Due{Report: report, Came: came, Verdicts: len(verdicts), Rule: r})
	}
	sealed, err := tx.Sealed(ctx)
	for _, s := range sealed {
		if came := corvee.DateOf(s.At.UTC()); s.Collection == r.Collection && over(came) {
			due = append(due, Due{Sealed: s.Code, Came: came, Rule: r})
		}
	}
	return due, err
}

// Apply purges what is due today and tells of each when it is gone. What is cut off goes on
// with the next one that is due.
func Apply(ctx context.Context, p *pipeline.Pipeline, gone func(Due, store.Tombstone) error) error {
	due, err := List(ctx, p)
	if err != nil {
		return err
	}
	for _, d := range due {
		reason := "retention: " + d.Rule.String()
		var stone store.Tombstone
		if d.Sealed != "" {
			stone, err = sealing.Purge(ctx, p, d.Sealed, reason)
		} else {
			stone, err = p.Purge(ctx, d.Report.ID, reason)
		}
		if err != nil {
			return fmt.Errorf("retention: %w", err)
		}
		if err := gone(d, stone); err != nil {
			return err
		}
	}
	return nil
}

func today(p *pipeline.Pipeline) corvee.Date { return corvee.DateOf(p.Clock().UTC()) }
