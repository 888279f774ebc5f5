package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// derived says why a figure is computed and not observed, or "". A figure is derived if
// its rule says so, or if the report itself states it, of nobody else's mouth, and it is
// the product of a rate for each person and a headcount of the same report: a product
// confirms neither.
func derived(c corvee.Claim, of []corvee.Claim) string {
	if slices.ContainsFunc(c.Rules, func(rule string) bool { return slices.Contains(strings.Split(rule, "."), "derived") }) {
		return "its rule computes it"
	}
	if c.Value == nil || c.Value.Unit != corvee.UnitMoney || c.Value.Per == corvee.PerPerson || !unsourced(c) {
		return ""
	}
	for _, heads := range of {
		if heads.Kind != corvee.KindHeadcount || heads.Value == nil {
			continue
		}
		for _, rate := range of {
			if rate.Value == nil || rate.Value.Per != corvee.PerPerson || rate.Value.Currency != c.Value.Currency || rate.Value.Unit != corvee.UnitMoney {
				continue
			}
			product := rate.Value.Mul(heads.Value.Range)
			if closed(product) && product.Low == c.Value.Low && product.High == c.Value.High {
				return fmt.Sprintf("%s × %s of the same report", rate.Value.Range, heads.Value.Range)
			}
		}
	}
	return ""
}

// unsourced reports whether a claim is the report's own narration.
func unsourced(c corvee.Claim) bool {
	return len(c.Attribution) == 0 || c.Root().Speaker == corvee.SpeakerAuthor || c.Root().Speaker == corvee.SpeakerPublisher
}
