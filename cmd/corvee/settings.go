package main

import (
	"fmt"
	"io"

	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"
)

// tomlSettings lets a settings file stand in for flags: base = "…", quiet = true.
func tomlSettings(r io.Reader) (kong.Resolver, error) {
	var values map[string]any
	if err := toml.NewDecoder(r).Decode(&values); err != nil {
		return nil, fmt.Errorf("settings file: %w", err)
	}
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		return values[flag.Name], nil
	}), nil
}
