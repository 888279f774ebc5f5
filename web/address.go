package web

import (
	"strings"
)

// addressDigits is how much of a hash stands in an address: short enough to read, long
// enough that two reports of a base never share it.
const addressDigits = 16

func reportAddress(id string) string {
	digits := strings.TrimPrefix(id, "sha256:")
	return "/reports/" + digits[:min(len(digits), addressDigits)]
}

func claimAddress(report, claim string) string {
	return reportAddress(report) + "?claim=" + claim + "#" + claim
}
