package names

import (
	"corvee/internal/names/internal/cut"
	"corvee/internal/reading"
	"corvee/internal/script"
)

// Script is the writing system of a part of a name.
type Script = script.Script

// The scripts that a comparison tells apart.
const (
	Other    = script.Other
	Latin    = script.Latin
	Cyrillic = script.Cyrillic
	Han      = script.Han
	Hangul   = script.Hangul
	Kana     = script.Kana
	Digits   = script.Digits
)

// MaxRunes is how much of a name is read.
const MaxRunes = cut.MaxRunes

// Flags tell what was wrong with the writing of a name and was folded away.
type Flags = cut.Flags

// Spelt returns the Latin letters that a word is most often written with, one for each way
// to read it.
func Spelt(text string, s Script) []string { return reading.Spelt(text, s) }

// Skeleton returns a key under which spellings of one sound meet.
func Skeleton(latin string) string { return reading.Skeleton(latin) }

// AppendSkeleton is Skeleton, written behind what is passed.
func AppendSkeleton[T string | []byte](into []byte, latin T) []byte {
	return reading.AppendSkeleton(into, latin)
}
