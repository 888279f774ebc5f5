package intake_test

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"corvee/intake"
)

// The test binary is its own decoder child: an honest one, or one that lies.
const (
	childArg = "corvee-test-decode"
	lieArg   = "corvee-test-lie"
)

func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == childArg:
		if err := intake.ServeDecoder(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case len(os.Args) > 2 && os.Args[1] == lieArg:
		lie(os.Args[2])
		os.Exit(0)
	}
	os.Exit(run(m))
}

// compiled keeps the reader of PDF between the children of one run of the tests.
var compiled string

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "corvee-test-compiled-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	compiled = dir
	return m.Run()
}

// setup returns an Intake whose child is this test binary, under the bounds of the test.
func setup(t testing.TB, change func(*intake.Config)) *intake.Intake {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := intake.Config{Decoder: []string{self, childArg}, TempDir: t.TempDir(), CacheDir: compiled}
	if change != nil {
		change(&c)
	}
	return intake.New(c)
}

// lie is a child that was taken over.
func lie(how string) {
	const good = `{"format":"html","page":{"blocks":[{"kind":"body","start":0,"end":1}]},"text_bytes":1}`
	_, _ = io.Copy(io.Discard, os.Stdin)
	switch how {
	case "die":
		os.Exit(3)
	case "panic":
		panic("taken over")
	case "hang":
		time.Sleep(time.Hour)
	case "babble":
		fmt.Print("\x00\x00\x00\x05hello and more")
	case "endless-header":
		_, _ = os.Stdout.Write([]byte{0xff, 0xff, 0xff, 0xff})
	case "short-body":
		say(strings.Replace(good, `"text_bytes":1`, `"text_bytes":60000000`, 1), "a")
	case "negative-body":
		say(strings.Replace(good, `"text_bytes":1`, `"text_bytes":-1`, 1), "a")
	case "bad-utf8":
		say(good, "\xff")
	case "bad-blocks":
		say(strings.Replace(good, `"end":1`, `"end":99`, 1), "a")
	case "bad-kind":
		say(strings.Replace(good, `"body"`, `"headline"`, 1), "a")
	case "flood":
		for chunk := []byte(strings.Repeat("a", 1<<20)); ; {
			if _, err := os.Stdout.Write(chunk); err != nil {
				os.Exit(1)
			}
		}
	case "complain":
		for range 100 {
			fmt.Fprintln(os.Stderr, strings.Repeat("\x1b[31mwoe", 10_000))
		}
		os.Exit(1)
	case "refuse":
		say(`{"refused":"no page here \u001b[31m\n`+strings.Repeat("é", 1000)+`"}`, "")
	case "metadata":
		say(`{"format":"html","page":{"blocks":[{"kind":"body","start":0,"end":1}],"title":"\u001b[2J\n`+strings.Repeat("é", 9000)+
			`","byline":"a\u0000b","url":"javascript:alert(1)","published":"2020"},"text_bytes":1}`, "a")
	}
}

func say(header, body string) {
	_ = binary.Write(os.Stdout, binary.BigEndian, uint32(len(header)))
	fmt.Print(header, body)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
