// Package names reads the names of parties and says how likely two of them are of one
// party.
//
// What comes in: a name as somebody wrote it, in any script. What goes out: its parts,
// each with its role (place, trade name, industry, legal form …) and readings; and for
// two names a calibrated score with the reason for every part. Its one idea: a company
// name has structure. The trade name carries the identity and is compared by spelling or
// by reading; place and industry are concepts that are the same in every language; the
// legal form hardly counts.
//
// The way of a name: folded tokens (internal/cut) → roles by the lexicon (lexicon.go,
// parse.go) → what they say together (mend.go) → alignment (align.go) → score (score.go).
package names
