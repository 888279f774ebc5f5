package pack_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee/intake/internal/forge"
	"corvee/intake/internal/pack"
	"corvee/intake/internal/wire"
)

func open(t testing.TB, raw []byte) *pack.Archive {
	t.Helper()
	a, err := pack.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// listed shows the members of an answer: name, bytes, why refused.
func listed(a wire.Answer) []string {
	var out []string
	for _, m := range a.Members {
		out = append(out, fmt.Sprintf("%s %d %s", m.Name, len(m.Raw), m.Refused))
	}
	return out
}

func TestMembers(t *testing.T) {
	t.Parallel()
	raw := forge.ZIP(forge.Part{Name: "a.txt", Content: "one"}, forge.Part{Name: "folder/"}, forge.Part{Name: ".hidden", Content: "x"},
		forge.Part{Name: "__MACOSX/._a.txt", Content: "x"}, forge.Part{Name: "b/Thumbs.db", Content: "x"}, forge.Part{Name: "../../b.txt", Content: "two"},
		forge.Part{Name: "bomb.txt", Content: strings.Repeat("\x00", 30<<20)}, forge.Part{Name: "\xb0\xf8\xc0\xe5\xbf\xa9\xbc\xba.txt", Content: "3"})
	got := open(t, raw).Members(wire.Job{Most: 1 << 30})
	want := []string{"a.txt 3 ", "../../b.txt 3 ", "bomb.txt 0 it unpacks to over 150 times its size, as only a bomb does", "공장여성.txt 1 "}
	if diff := cmp.Diff(want, listed(got)); diff != "" || got.LeftOut != 4 || got.Next != 0 {
		t.Errorf("left out %d, next %d; members (-want +got):\n%s", got.LeftOut, got.Next, diff)
	}
}

// However small the answers, together they are all members, each once.
func TestAnswersTogetherAreTheArchive(t *testing.T) {
	t.Parallel()
	var parts []forge.Part
	var want []string
	for i := range 25 {
		parts = append(parts, forge.Part{Name: fmt.Sprintf("%d.txt", i), Content: strings.Repeat("a", i)})
		want = append(want, fmt.Sprintf("%d.txt %d ", i, i))
	}
	a := open(t, forge.ZIP(parts...))
	var got []string
	for cursor, answers := int64(0), 0; ; answers++ {
		answer := a.Members(wire.Job{Most: 40, Cursor: cursor})
		got = append(got, listed(answer)...)
		if cursor = answer.Next; cursor == 0 {
			break
		}
		if answers > 25 {
			t.Fatal("it does not end")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}

func TestWorstArchives(t *testing.T) {
	t.Parallel()
	whole := forge.ZIP(forge.Part{Name: "a.txt", Content: strings.Repeat("sixty women ", 100)})
	patch := func(find string, skip int, value []byte) []byte {
		at := bytes.LastIndex(whole, []byte(find)) + skip
		out := bytes.Clone(whole)
		copy(out[at:], value)
		return out
	}
	const directory = "PK\x01\x02"
	for name, c := range map[string]struct {
		raw       []byte
		unopened  bool
		wantInOut string
	}{
		"cut short":                 {raw: whole[:len(whole)-30], unopened: true},
		"only the end":              {raw: []byte("PK\x05\x06" + strings.Repeat("\x00", 18))},
		"a directory from nowhere":  {raw: patch("PK\x05\x06", 16, []byte{0xff, 0xff, 0xff, 0x7f})},
		"a million entries claimed": {raw: patch("PK\x05\x06", 8, []byte{0xff, 0xff, 0xff, 0xff}), unopened: true},
		"a lie about its size":      {raw: patch(directory, 24, binary.LittleEndian.AppendUint32(nil, 3)), wantInOut: "a.txt 0"},
		"a lie about its checksum":  {raw: patch(directory, 16, []byte{1, 2, 3, 4}), wantInOut: "checksum"},
		"a password":                {raw: patch(directory, 8, []byte{1, 0}), wantInOut: "password"},
		"an unknown packing":        {raw: patch(directory, 10, []byte{99, 0}), wantInOut: "a.txt 0"},
		"a local header elsewhere":  {raw: patch(directory, 42, []byte{0xff, 0xff, 0, 0}), wantInOut: "a.txt 0"},
	} {
		a, err := pack.Open(c.raw)
		if (err != nil) != c.unopened {
			t.Errorf("%s: Open = %v", name, err)
		}
		if err == nil {
			if got := strings.Join(listed(a.Members(wire.Job{Most: 1 << 30})), "\n"); !strings.Contains(got, c.wantInOut) {
				t.Errorf("%s: members %q, want %q", name, got, c.wantInOut)
			}
		}
	}
}

func FuzzMembers(f *testing.F) {
	f.Add(forge.ZIP(forge.Part{Name: "a.txt", Content: "one"}, forge.Part{Name: "b/c", Content: strings.Repeat("two", 100)}))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := pack.Open(raw)
		if err != nil {
			return
		}
		sum := 0
		for _, m := range a.Members(wire.Job{Most: 1 << 20}).Members {
			if sum += len(m.Raw); m.Refused != "" && m.Raw != nil {
				t.Errorf("%q is refused and given", m.Name)
			}
		}
		if sum > 65<<20 {
			t.Errorf("%d bytes in one answer", sum)
		}
	})
}
