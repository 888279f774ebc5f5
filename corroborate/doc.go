// Package corroborate tells how much stands behind a claim.
//
// What comes in: reports with their texts and claims. What goes out: which of them depend
// on which, and how many separate origins are left behind each claim.
//
// Its one idea: a copy adds nothing. Every edge that takes support away shows its
// evidence, every count is a range, and every collapse says why.
package corroborate
