package resolve_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"corvee/corroborate/internal/resolve"
)

// The worked id of docs/terms.md is the program's.
func TestTermsWorkAnID(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../docs/terms.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(string(raw), "```id of a party\n")
	page, _, _ = strings.Cut(page, "```")
	said := map[string]string{}
	for line := range strings.Lines(page) {
		what, is, _ := strings.Cut(strings.TrimSpace(line), " ")
		said[what] = strings.TrimSpace(is)
	}
	id := resolve.NewID(strings.ReplaceAll(said["key"], "·", "\x00"))
	plain := strings.ReplaceAll(id, "-", "")
	if id != said["id"] || plain != "CV"+said["payload"]+said["check"] {
		t.Errorf("NewID = %s, the page says %v", id, said)
	}
	if got := resolve.IDOf(firm("r", "Tumen Shuanghe Textile Co., Ltd.", tumen)); got != id {
		t.Errorf("the party's id is %s, the page says %s", got, id)
	}
}

// An id is read back however it is typed; no single wrong character passes.
func TestLawIDs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		id := resolve.NewID(rapid.String().Draw(rt, "key"))
		if strings.ContainsAny(id[3:], "ILOU") {
			rt.Fatalf("%s has a letter that is read for a digit", id)
		}
		typed := strings.NewReplacer("-", rapid.SampledFrom([]string{"", " ", "-", "‑"}).Draw(rt, "for hyphens"), "0", "o", "1", rapid.SampledFrom([]string{"l", "I"}).Draw(rt, "for 1")).Replace(strings.ToLower(id))
		if got, ok := resolve.ParseID(typed); !ok || got != id {
			rt.Fatalf("ParseID(%q) = %q, %t; want %q", typed, got, ok, id)
		}
		plain := []byte(strings.ReplaceAll(id, "-", ""))
		at := rapid.IntRange(2, len(plain)-1).Draw(rt, "at")
		wrong := append([]byte(nil), plain...)
		wrong[at] = rapid.SampledFrom([]byte("0123456789ABCDEFGHJKMNPQRSTVWXYZ")).Draw(rt, "wrong")
		if _, ok := resolve.ParseID(string(wrong)); ok && wrong[at] != plain[at] {
			rt.Fatalf("%s passes for %s", wrong, plain)
		}
	})
}

// Of the swaps of two neighbours, one in 640 passes: the hybrid systems of the norm miss those
// about a remainder of 0.
func TestSwappedNeighbours(t *testing.T) {
	t.Parallel()
	passed, all := 0, 0
	for n := range 2000 {
		plain := strings.ReplaceAll(resolve.NewID(fmt.Sprint(n)), "-", "")
		for at := 2; at < len(plain)-1; at++ {
			if plain[at] == plain[at+1] {
				continue
			}
			all++
			if _, ok := resolve.ParseID(plain[:at] + string(plain[at+1]) + string(plain[at]) + plain[at+2:]); ok {
				passed++
			}
		}
	}
	if passed == 0 || all/passed < 400 || all/passed > 1000 {
		t.Errorf("%d of %d swaps pass, want about one in 640", passed, all)
	}
}

func FuzzParseID(f *testing.F) {
	for _, s := range []string{"", "CV-51KD-09SW-GKYH-2", "cv51kd09swgkyh2", "CV-", "CV\x00", "ＣＶ51KD09SWGKYH2", "CV-51KD-09SW-GKYH-U"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		id, ok := resolve.ParseID(typed)
		if again, still := resolve.ParseID(id); ok && (!still || again != id) {
			t.Errorf("ParseID(%q) = %q, which is read as %q, %t", typed, id, again, still)
		}
	})
}
