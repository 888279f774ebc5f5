// Package corvee is the vocabulary of Corvee: the nouns of reported state-imposed
// labour and their invariants, and corvee/1, the stream that carries them.
//
// What comes in: nothing. The package reads no file, knows no database and no clock.
// What goes out: values. Every other room takes and returns these nouns, so a reader
// who knows this package can read the whole house.
//
// Its one idea: a statement about the world keeps its doubt and its source. A [Range]
// may be open and is never a float; an unknown is not a zero; a [Claim] holds the exact
// [Quote] that it came from; a number that was computed is a [Finding] and names the
// claims that it rests on.
//
// The names are the field's own: FollowTheMoney for entities and lists, W3C Web
// Annotation for quotes, the ILO's eleven indicators for conditions, ISO 3166 and
// ISO 4217 for places and money. docs/terms.md lists each noun with its standard.
package corvee
