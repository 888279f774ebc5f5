package main

import (
	"fmt"
	"os"

	"corvee/read"
)

type rulesCmd struct {
	Check rulesCheckCmd `cmd:"" help:"Check a file of rules: its form, its words, its own examples."`
	List  rulesListCmd  `cmd:"" help:"Every rule with what it reads."`
}

type rulesCheckCmd struct {
	File string `arg:"" help:"File of rules (docs/rules.md)." type:"path"`
}

func (c rulesCheckCmd) Run(w *world) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("rules: %w", err)
	}
	faults := read.CheckRules(raw)
	for _, fault := range faults {
		fmt.Fprintf(w.out, "%s: %v\n", c.File, fault)
	}
	if len(faults) > 0 {
		return exitCode(exitFailed)
	}
	fmt.Fprintf(w.out, "%s: every rule reads what it says\n", c.File)
	return nil
}

type rulesListCmd struct{}

func (rulesListCmd) Run(w *world) error {
	reader, err := read.New()
	if err != nil {
		return err
	}
	for _, r := range reader.Rules() {
		fmt.Fprintf(w.out, "%-34s %-10s %s\n", r.ID, r.Kind, r.About)
	}
	return nil
}
