package pipeline

import (
	"context"

	"corvee/store"
)

// Settings are what a base asks of the people who work on it.
type Settings struct {
	// TwoForSame asks for two people before "same" of a hit counts.
	TwoForSame bool
}

// twoForSame is the name of the setting in the base and in the log.
const twoForSame = "two-for-same"

func settingsOf(ctx context.Context, tx store.Tx) (Settings, error) {
	kept, err := tx.Settings(ctx)
	return Settings{TwoForSame: kept[twoForSame] == "on"}, err
}

// Settings returns what the base asks for.
func (p *Pipeline) Settings(ctx context.Context) (s Settings, err error) {
	err = p.Store.View(ctx, func(tx store.Tx) error {
		s, err = settingsOf(ctx, tx)
		return err
	})
	return s, err
}

// SetTwoForSame says whether two people must say "same" of a hit before it counts. What was
// decided before is held to it too.
func (p *Pipeline) SetTwoForSame(ctx context.Context, on bool) error {
	value := map[bool]string{true: "on", false: "off"}[on]
	return p.Store.Update(ctx, func(tx store.Tx) error {
		if err := tx.PutSetting(ctx, twoForSame, value); err != nil {
			return err
		}
		return p.record(ctx, tx, "setting.changed", twoForSame, "", value)
	})
}
