package corroborate_test

import (
	"testing"

	"corvee/corroborate"
)

func BenchmarkLineageOfOne(b *testing.B) {
	docs := goldDocuments(b)[:1]
	for b.Loop() {
		corroborate.Lineage(docs)
	}
}

func BenchmarkLineageOfGold(b *testing.B) {
	docs := goldDocuments(b)
	for b.Loop() {
		corroborate.Lineage(docs)
	}
}
