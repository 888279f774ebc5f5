package cut

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The quick way through ASCII gives what the way for all scripts gives.
func TestPlainTokensAreTokens(t *testing.T) {
	t.Parallel()
	name := rapid.StringOfN(rapid.RuneFrom([]rune("abZ 019.,'()-&/")), 0, 24, -1)
	rapid.Check(t, func(t *rapid.T) {
		text := name.Draw(t, "name")
		var c cutter
		for _, r := range text {
			c.take(r)
		}
		c.close()
		got := plainTokens(text)
		if len(got) == 0 && len(c.tokens) == 0 {
			return
		}
		if diff := cmp.Diff(c.tokens, got); diff != "" {
			t.Fatalf("tokens of %q: %s", text, diff)
		}
	})
}
