package lineage

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"corvee/internal/hanzi"
	"corvee/internal/trie"
)

//go:embed outlets.tsv
var outletTable string

// outlet is one publisher, agency or organisation whose reports others repeat.
type outlet struct {
	id, kind string
	names    []string
}

var knownOutlets = sync.OnceValue(func() []outlet {
	var out []outlet
	for line := range strings.Lines(outletTable) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) < 5 {
			continue
		}
		o := outlet{id: cells[0], kind: cells[1]}
		for _, cell := range cells[2:] {
			o.names = append(o.names, nonEmpty(strings.Split(cell, "|"))...)
		}
		out = append(out, o)
	}
	return out
})

func nonEmpty(in []string) []string {
	return slices.DeleteFunc(in, func(s string) bool { return s == "" })
}

// nameIndex finds names in folded text.
type nameIndex struct {
	byName map[string]string // folded name → id
	upper  map[string]bool   // folded names that are matched in capitals only
	keys   []string
	trie   *trie.Trie
}

// add keeps the first owner of a name.
func (x *nameIndex) add(name, id string) {
	key := foldName(name)
	if key == "" || x.byName[key] != "" {
		return
	}
	x.byName[key] = id
	x.upper[key] = utf8.RuneCountInString(name) <= 6 && strings.ToUpper(name) == name && strings.ToLower(name) != name
}

func (x *nameIndex) build() *nameIndex {
	for name := range x.byName {
		x.keys = append(x.keys, name)
	}
	slices.Sort(x.keys)
	built, err := trie.Build(x.keys)
	if err != nil {
		panic(err) // the keys are those of a map and not empty
	}
	x.trie = built
	return x
}

func newNameIndex() *nameIndex {
	return &nameIndex{byName: map[string]string{}, upper: map[string]bool{}}
}

// tableIndex is the index of the table, made once.
var tableIndex = sync.OnceValue(func() *nameIndex {
	x := newNameIndex()
	for _, o := range knownOutlets() {
		for _, name := range o.names {
			x.add(name, o.id)
		}
	}
	return x.build()
})

// directory knows every name of an outlet: those of the table, and the publishers of the
// reports at hand. A name in both is the table's.
type directory struct{ table, here *nameIndex }

func newDirectory(docs []Document) *directory {
	d := &directory{table: tableIndex(), here: newNameIndex()}
	for _, doc := range sortedByID(docs) {
		id := d.publisher(doc)
		for _, name := range append([]string{bare(doc.Report.Publisher)}, doc.Meta.Names...) {
			if id != "" && telling(name) && d.table.byName[foldName(name)] == "" {
				d.here.add(name, id)
			}
		}
	}
	d.here.build()
	return d
}

// id returns the identity that a folded name belongs to, or "".
func (d *directory) id(folded string) string {
	if id := d.table.byName[folded]; id != "" {
		return id
	}
	return d.here.byName[folded]
}

func sortedByID(docs []Document) []Document {
	out := slices.Clone(docs)
	slices.SortStableFunc(out, func(a, b Document) int {
		return strings.Compare(a.Report.ID+a.Report.Publisher, b.Report.ID+b.Report.Publisher)
	})
	return out
}

// publisher returns the identity of a document's publisher: its id in the table, or its
// name folded; "" when there is none. "Paper (Agency)" is Paper.
func (d *directory) publisher(doc Document) string {
	key := foldName(bare(doc.Report.Publisher))
	if id := d.id(key); id != "" {
		return id
	}
	for _, name := range doc.Meta.Names {
		if id := d.id(foldName(name)); id != "" {
			return id
		}
	}
	return slug(key)
}

// bare is a publisher's name without what stands in brackets after it.
func bare(name string) string {
	if at := strings.IndexAny(name, "(（"); at > 0 {
		name = name[:at]
	}
	return strings.TrimSpace(name)
}

// telling reports whether a name can be looked for in running text: one short word would
// be found everywhere.
func telling(name string) bool {
	name = strings.TrimSpace(name)
	n := utf8.RuneCountInString(name)
	if strings.Contains(name, " ") {
		return n >= 5
	}
	first, _ := utf8.DecodeRuneInString(name)
	if alphabetic(first) {
		return n >= 5
	}
	return n >= 4
}

func alphabetic(r rune) bool { return unicode.IsLetter(r) && !isHangul(r) && !hanzi.Is(r) }

func isHangul(r rune) bool { return r >= 0xAC00 && r <= 0xD7A3 }

func slug(folded string) string { return strings.ReplaceAll(folded, " ", "-") }

// foldName folds a name for comparison: without an article before it.
func foldName(name string) string {
	folded, _ := fold(strings.Join(strings.Fields(name), " "))
	return strings.TrimPrefix(string(folded), "the ")
}

// fold returns text in lower case, composed, in one width, with simplified characters and
// plain apostrophes, and for each of its bytes the byte of text that it came from; one
// more offset stands at the end.
func fold(text string) ([]byte, []int32) {
	out := make([]byte, 0, len(text))
	from := make([]int32, 0, len(text)+1)
	put := func(r rune, at int) {
		before := len(out)
		out = utf8.AppendRune(out, foldRune(r))
		for range len(out) - before {
			from = append(from, int32(at))
		}
	}
	if norm.NFC.IsNormalString(text) {
		for i, r := range text {
			put(r, i)
		}
	} else {
		var iter norm.Iter
		iter.InitString(norm.NFC, text)
		for !iter.Done() {
			at := iter.Pos()
			for _, r := range string(iter.Next()) {
				put(r, at)
			}
		}
	}
	return out, append(from, int32(len(text)))
}

func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		r -= 0xFEE0
	case r == 0x3000, r == 0xA0:
		return ' '
	case r == '’':
		return '\''
	}
	return hanzi.Simplify(unicode.ToLower(r))
}

// OutletID returns the identity of an outlet by one of its names: its id in the table, else
// the name folded; "" for no name.
func OutletID(name string) string {
	folded := foldName(bare(name))
	if id := tableIndex().byName[folded]; id != "" {
		return id
	}
	return slug(folded)
}
