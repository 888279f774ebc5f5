package reading

import (
	"fmt"
	"os"

	"corvee/cmd/corvee/internal/world"
	"corvee/read"
)

// Rules is corvee rules.
type Rules struct {
	Check rulesCheck `cmd:"" help:"Check a file of rules: its form, its words, its own examples."`
	List  rulesList  `cmd:"" help:"Every rule with what it reads."`
}

type rulesCheck struct {
	File string `arg:"" help:"File of rules (docs/rules.md)." type:"path"`
}

func (c rulesCheck) Run(w *world.World) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	faults := read.CheckRules(raw)
	for _, fault := range faults {
		fmt.Fprintf(w.Out, "%s: %v\n", c.File, fault)
	}
	if len(faults) > 0 {
		return world.ExitFailed
	}
	fmt.Fprintf(w.Out, "%s: every rule reads what it says\n", c.File)
	return nil
}

type rulesList struct{}

func (rulesList) Run(w *world.World) error {
	reader, err := read.New()
	if err != nil {
		return err
	}
	for _, r := range reader.Rules() {
		fmt.Fprintf(w.Out, "%-34s %-10s %s\n", r.ID, r.Kind, r.About)
	}
	return nil
}
