package parts

import "strings"

// addressDigits is how much of a hash stands in an address: short enough to read, long
// enough that two reports of a base never share it.
const addressDigits = 16

// ReportAddress is where a report is shown.
func ReportAddress(id string) string {
	digits := strings.TrimPrefix(id, "sha256:")
	return "/reports/" + digits[:min(len(digits), addressDigits)]
}

// ClaimAddress is where a claim is shown in its report.
func ClaimAddress(report, claim string) string {
	return ReportAddress(report) + "?claim=" + claim + "#" + claim
}

// RunAddress is where a screening run is worked through.
func RunAddress(id string) string { return "/runs/" + id }
