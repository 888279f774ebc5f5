package retention

import (
	"context"
	"fmt"

	"corvee"
	"corvee/pipeline"
	"corvee/pipeline/people"
	"corvee/present"
	"corvee/store"
)

// Preview emits what is due, as changes, and why. It changes nothing.
func Preview(ctx context.Context, p *pipeline.Pipeline, emit pipeline.Emit) error {
	due, err := List(ctx, p)
	if err != nil {
		return err
	}
	for _, d := range due {
		if err := emit(changeOf(d, "would be purged")); err != nil {
			return err
		}
	}
	return emit(corvee.Message{Summary: &corvee.Summary{Changes: len(due)}})
}

// Retire purges what is due and emits what went; nothing when nothing was due.
func Retire(ctx context.Context, p *pipeline.Pipeline, emit pipeline.Emit) error {
	var sum corvee.Summary
	err := Apply(ctx, p, func(d Due, stone store.Tombstone) error {
		sum.Changes++
		return emit(changeOf(d, "purged; tombstone "+stone.ID))
	})
	if err != nil || sum.Changes == 0 {
		return err
	}
	return emit(corvee.Message{Summary: &sum})
}

// changeOf names a report so that the person at the desk knows which it is; people in its
// title are covered.
func changeOf(d Due, what string) corvee.Message {
	name, details := "sealed report "+d.Sealed, []string{what, d.Why()}
	if d.Sealed == "" {
		name = present.Short(d.Report.ID) + " " + people.Titled(d.Report).Title
	}
	if d.Verdicts > 0 {
		details = append(details, fmt.Sprintf("verdicts of people that go with it: %d", d.Verdicts))
	}
	return corvee.Message{Change: &corvee.Change{Kind: corvee.ChangeRemoved, Name: name, Details: details}}
}
