package storetest

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"corvee"
	"corvee/store"
)

func (b *bench) replace(list string, listings []corvee.Listing) {
	b.Helper()
	b.update(func(tx store.Tx) error {
		return tx.ReplaceList(b.ctx, versionOf(list, len(listings)), slices.Values(listings))
	})
}

func collect[T any](b *bench, ask func(tx store.Tx) iter.Seq2[T, error]) (out []T) {
	b.Helper()
	b.view(func(tx store.Tx) error {
		for v, err := range ask(tx) {
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out
}

func (b *bench) listings() []corvee.Listing {
	b.Helper()
	return collect(b, func(tx store.Tx) iter.Seq2[corvee.Listing, error] { return tx.Listings(b.ctx) })
}

func (b *bench) versions() []corvee.ListVersion {
	b.Helper()
	return read(b, func(tx store.Tx) ([]corvee.ListVersion, error) { return tx.ListVersions(b.ctx) })
}

func testLists(b *bench) {
	sdn, own := listingsOf("OFAC SDN", 3), listingsOf("Own 목록", 2)
	b.replace("Own 목록", []corvee.Listing{own[1], own[0]})
	b.replace("OFAC SDN", sdn)
	b.same("Listings", b.listings(), slices.Concat(sdn, own))
	b.same("ListVersions", b.versions(), []corvee.ListVersion{versionOf("OFAC SDN", 3), versionOf("Own 목록", 2)})
	b.replace("OFAC SDN", sdn[1:])
	b.replace("OFAC SDN", sdn[1:])
	b.same("Listings of the next copy", b.listings(), slices.Concat(sdn[1:], own))
	b.same("ListVersions of the next copy", b.versions(), []corvee.ListVersion{versionOf("OFAC SDN", 2), versionOf("Own 목록", 2)})
	b.same("Listing", read(b, func(tx store.Tx) (corvee.Listing, error) { return tx.Listing(b.ctx, own[0].ID) }), own[0])
	b.absent("Listing", func(tx store.Tx) error { _, err := tx.Listing(b.ctx, sdn[0].ID); return err })
	b.replace("OFAC SDN", nil)
	b.same("Listings of an empty copy", b.listings(), own)
	b.same("ListVersions of an empty copy", b.versions()[0].Listings, 0)

	wrong := versionOf("Own 목록", 99)
	b.update(func(tx store.Tx) error { return tx.ReplaceList(b.ctx, wrong, slices.Values(own)) })
	b.same("the number of listings is what was stored", b.versions()[1].Listings, 2)
}

// testLongList goes over every batch and page that a base might use.
func testLongList(b *bench) {
	list := listingsOf("Long", 3001)
	b.replace("Long", list)
	b.same("Listings", b.listings(), list)
	n := 0
	b.view(func(tx store.Tx) error {
		for l, err := range tx.Listings(b.ctx) {
			check(b, err)
			if n++; n == 700 {
				_, err = tx.Listing(b.ctx, l.ID) // a question inside the answer to another
				check(b, err)
				break
			}
		}
		return nil
	})
	b.same("Listings until the reader had enough", n, 700)
}

func testRefusedLists(b *bench) {
	good := listingsOf("Long", 1200)
	b.replace("Long", good[:3])
	twice, foreign, nameless := slices.Clone(good), slices.Clone(good), slices.Clone(good)
	twice[1100], foreign[1100].List, nameless[1100].ID = twice[0], "Other", ""
	for name, listings := range map[string][]corvee.Listing{"an id twice": twice, "another list's listing": foreign, "a listing without id": nameless} {
		b.refuse("ReplaceList with "+name, corvee.ErrInvalid, func(tx store.Tx) error {
			return tx.ReplaceList(b.ctx, versionOf("Long", 0), slices.Values(listings))
		})
	}
	b.refuse("ReplaceList without a name", corvee.ErrInvalid, func(tx store.Tx) error {
		return tx.ReplaceList(b.ctx, versionOf("", 0), slices.Values(good[:0]))
	})
	b.same("Listings", b.listings(), good[:3])
	b.same("ListVersions", b.versions(), []corvee.ListVersion{versionOf("Long", 3)})
}

func runOf(id string, second int) corvee.Run {
	return corvee.Run{
		ID: id, Collection: corvee.DefaultCollection, Input: "suppliers \x00.csv", InputHash: "00", ResultHash: "ff",
		Lists: []corvee.ListVersion{versionOf("Long", 3)}, Settings: map[string]string{"threshold": "0.5", "": "각"},
		Rows: corvee.RowCounts{Hit: 1, Context: 2, Clear: 3, Rejected: 4}, Actor: corvee.LocalActor, At: moment(second),
	}
}

func resultOf(rows int) []corvee.Message {
	var out []corvee.Message
	for n := range rows {
		out = append(out, corvee.Message{Row: &corvee.Row{Row: n + 1, ID: fmt.Sprint("丹东\x00", n), State: corvee.RowClear}})
	}
	return append(out, corvee.Message{Hit: &corvee.Hit{
		Row: 1, Query: corvee.Query{Name: "\U00020BB7"}, Listing: listingOf("Long", 1).Ref(), Score: 0.875, Band: corvee.BandStrong,
		Tokens: []corvee.TokenMatch{{Q: "a", M: "b", Rule: "typo:1"}}, Origins: &corvee.OriginCount{Min: 1, Max: 2},
	}}, corvee.Message{Rejected: &corvee.Rejected{Input: "x", Reason: "no name", Remedy: "give one"}})
}

func (b *bench) result(id string) []corvee.Message {
	b.Helper()
	return collect(b, func(tx store.Tx) iter.Seq2[corvee.Message, error] { return tx.RunResult(b.ctx, id) })
}

func testRuns(b *bench) {
	early, late, same := runOf("r1", 1), runOf("r2", 2), runOf("r3", 2)
	result := resultOf(1400)
	b.update(func(tx store.Tx) error {
		return errors.Join(
			tx.PutRun(b.ctx, same, slices.Values(result[:0])), tx.PutRun(b.ctx, early, slices.Values(result)),
			tx.PutRun(b.ctx, late, slices.Values(result[1300:])))
	})
	b.same("Runs", read(b, func(tx store.Tx) ([]corvee.Run, error) { return tx.Runs(b.ctx) }), []corvee.Run{late, same, early})
	b.same("Run", read(b, func(tx store.Tx) (corvee.Run, error) { return tx.Run(b.ctx, "r1") }), early)
	b.same("RunResult", b.result("r1"), result)
	b.same("RunResult of another", b.result("r2"), result[1300:])
	b.same("RunResult of one that found nothing", b.result("r3"), []corvee.Message{})
	b.absent("Run", func(tx store.Tx) error { _, err := tx.Run(b.ctx, "r4"); return err })
	b.absent("RunResult", func(tx store.Tx) error {
		for _, err := range tx.RunResult(b.ctx, "r4") {
			return err
		}
		return nil
	})
	b.update(func(tx store.Tx) error {
		return tx.ReplaceList(b.ctx, versionOf("Long", 0), slices.Values(listingsOf("Long", 1)))
	})
	b.same("Run after its list was replaced", read(b, func(tx store.Tx) (corvee.Run, error) { return tx.Run(b.ctx, "r1") }), early)
}

func testRefusedRuns(b *bench) {
	result := resultOf(3)
	b.update(func(tx store.Tx) error { return tx.PutRun(b.ctx, runOf("r1", 1), slices.Values(result)) })
	b.refuse("a run whose id is there", corvee.ErrConflict, func(tx store.Tx) error {
		return tx.PutRun(b.ctx, runOf("r1", 2), slices.Values(result[:1]))
	})
	b.refuse("a run without id", corvee.ErrInvalid, func(tx store.Tx) error {
		return tx.PutRun(b.ctx, runOf("", 2), slices.Values(result))
	})
	b.same("RunResult", b.result("r1"), result)
	b.refuse("a result behind another number of messages", corvee.ErrConflict, func(tx store.Tx) error {
		return tx.AppendResult(b.ctx, "r1", len(result)-1, result[:1])
	})
	b.absent("AppendResult", func(tx store.Tx) error { return tx.AppendResult(b.ctx, "r9", 0, result[:1]) })
	b.absent("UpdateRun", func(tx store.Tx) error { return tx.UpdateRun(b.ctx, runOf("r9", 1)) })
	further := runOf("r1", 1)
	further.State, further.RowsDone = corvee.RunRunning, 7
	b.update(func(tx store.Tx) error {
		return errors.Join(tx.AppendResult(b.ctx, "r1", len(result), result[:2]), tx.UpdateRun(b.ctx, further))
	})
	b.same("RunResult with more behind it", b.result("r1"), append(slices.Clone(result), result[:2]...))
	b.same("Run that has gone on", read(b, func(tx store.Tx) (corvee.Run, error) { return tx.Run(b.ctx, "r1") }), further)
}
