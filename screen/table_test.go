package screen_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"corvee"
	"corvee/screen"
)

func open(t *testing.T, body string, o screen.TableOptions) *screen.Table {
	t.Helper()
	table, err := screen.OpenTable("suppliers.csv", strings.NewReader(body), o)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// outline returns each row as "number name" or "number !reason".
func outline(t *testing.T, table *screen.Table) []string {
	t.Helper()
	var out []string
	for row := range table.Rows() {
		text := row.Query.Name
		if row.Rejected != nil {
			text = "!" + row.Rejected.Reason
			if *row.Rejected.Row != row.Number || row.Rejected.Remedy == "" {
				t.Errorf("rejected line %+v of row %d", row.Rejected, row.Number)
			}
		}
		out = append(out, string(rune('0'+row.Number))+" "+text)
	}
	if err := table.Err(); err != nil {
		t.Error(err)
	}
	return out
}

func encoded(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const chinese = "供应商编号,供应商名称,国家,地址,统一社会信用代码,货物名称,城市,装运日期\n" +
	"S1,丹东海丰食品有限公司,中国,辽宁省丹东市滨江路12号,91210600MA0QCT1X0X,冷冻水产品,东港,2023年5月3日\n" +
	"S2,延吉金华服装有限公司,中国,,,服装,延吉,2023-06\n"

const hangul = "관리번호,업체명,국가,주소,품목,도시\nK1,단동해풍식품,중국,료녕성 단동시,수산물,단동\nK2,연길금화복장,중국,,의류,연길\n"

func TestTableEncodings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ body, encoding, first string }{
		"UTF-8":             {chinese, "utf-8", "1 丹东海丰食品有限公司"},
		"UTF-8 with a mark": {"\ufeff" + chinese, "utf-8", "1 丹东海丰食品有限公司"},
		"GB18030":           {encoded(t, simplifiedchinese.GB18030, chinese), "gb18030", "1 丹东海丰食品有限公司"},
		"EUC-KR":            {encoded(t, korean.EUCKR, hangul), "euc-kr", "1 단동해풍식품"},
		"UTF-16 LE":         {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), hangul), "utf-16le", "1 단동해풍식품"},
		"UTF-16 BE":         {encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), chinese), "utf-16be", "1 丹东海丰食品有限公司"},
		"UTF-16, no mark":   {encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "name,country\nDandong Haifeng Food,CN\n"), "utf-16le", "1 Dandong Haifeng Food"},
		"Windows-1252":      {"name;country\nCaf\xe9 Montr\xe9al;CA\n", "windows-1252", "1 Café Montréal"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			table := open(t, c.body, screen.TableOptions{})
			if table.Encoding() != c.encoding {
				t.Errorf("encoding %s, want %s", table.Encoding(), c.encoding)
			}
			if got := outline(t, table); len(got) == 0 || got[0] != c.first {
				t.Errorf("rows %q, want %q first", got, c.first)
			}
		})
	}
}

func TestTableQueries(t *testing.T) {
	t.Parallel()
	for row := range open(t, chinese, screen.TableOptions{}).Rows() {
		if row.Number > 1 {
			break
		}
		when := corvee.During(corvee.Date{Year: 2023, Month: 5, Day: 3})
		want := corvee.Query{
			ID: "S1", Name: "丹东海丰食品有限公司", Country: "CN", Address: "辽宁省丹东市滨江路12号",
			Identifiers: []corvee.Identifier{{Type: "registration", Value: "91210600MA0QCT1X0X"}},
			Sector:      corvee.SectorSeafood, Place: "东港", When: &when,
		}
		if diff := cmp.Diff(want, row.Query); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTableDelimitersAndColumns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		o    screen.TableOptions
		want []screen.Column
	}{
		"semicolons": {"Vendor;Land;HS Code\nHanbit Co., Ltd.;CN;0306.17\n", screen.TableOptions{},
			[]screen.Column{{Field: "name", Header: "Vendor", By: "header"}, {Field: "hs", Header: "HS Code", By: "header"}}},
		"tabs":  {"id\tsupplier\tcountry\n1\tHanbit\tCN\n", screen.TableOptions{}, []screen.Column{{Field: "name", Header: "supplier", By: "header"}, {Field: "id", Header: "id", By: "header"}, {Field: "country", Header: "country", By: "header"}}},
		"pipes": {"supplier|city\nHanbit|Dandong\n", screen.TableOptions{}, []screen.Column{{Field: "name", Header: "supplier", By: "header"}, {Field: "place", Header: "city", By: "header"}}},
		"by content": {"A,B\nHanbit Trading Co Ltd,CN\nSaebyol Food Limited,KP\n", screen.TableOptions{},
			[]screen.Column{{Field: "name", Header: "A", By: "content"}, {Field: "country", Header: "B", By: "content"}}},
		"set by header": {"A,B\nHanbit,x\n", screen.TableOptions{Columns: map[string]string{"name": "B"}}, []screen.Column{{Field: "name", Header: "B", By: "set"}}},
		"set by number": {"A,B\nHanbit,x\n", screen.TableOptions{Columns: map[string]string{"name": "1"}}, []screen.Column{{Field: "name", Header: "A", By: "set"}}},
		"the plainer header": {"Customer,Supplier name,Contact\nus,Hanbit,x\n", screen.TableOptions{},
			[]screen.Column{{Field: "name", Header: "Supplier name", By: "header"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, open(t, c.body, c.o).Columns()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBadRowsAreRows(t *testing.T) {
	t.Parallel()
	got := outline(t, open(t, "name,country\n\"Broken,CN\nHanbit,CN\nshort\nHanbit,CN,more\n,CN\nBad \xff,CN\n\"Two\nlines\",KP\n丹东海丰食品有限公司,中国\n", screen.TableOptions{}))
	want := []string{
		"1 !line 2: a quote is opened and not closed", "2 Hanbit", "3 !line 4: 1 cells where the header has 2",
		"4 !line 5: 3 cells where the header has 2", "5 !the name is empty", "6 !line 7: bytes that are not utf-8", "7 Two\nlines", "8 丹东海丰食品有限公司",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNamesThatTellNothingAreRejected(t *testing.T) {
	t.Parallel()
	got := outline(t, open(t, "name,registration\n4420118,\n\"Co., Ltd.\",\n...,\n11420 Corp.,\n4420118,91210600MA0QCT1X0X\n", screen.TableOptions{}))
	const why = "the name is only a number, a legal form or marks"
	if diff := cmp.Diff([]string{"1 !" + why, "2 !" + why, "3 !" + why, "4 11420 Corp.", "5 4420118"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnreadableTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		o    screen.TableOptions
		want error
		say  string
	}{
		"empty":            {"", screen.TableOptions{}, corvee.ErrInvalid, "empty"},
		"a workbook":       {"PK\x03\x04....", screen.TableOptions{}, corvee.ErrInvalid, "save the sheet as CSV"},
		"a PDF":            {"%PDF-1.7\n\x00", screen.TableOptions{}, corvee.ErrUnsupported, "a PDF"},
		"no name":          {"id,weight\n1,20\n", screen.TableOptions{}, corvee.ErrInvalid, `"id", "weight"; say which one with --column name=HEADER`},
		"no such column":   {"name\nx\n", screen.TableOptions{Columns: map[string]string{"name": "firm"}}, corvee.ErrInvalid, `no column "firm"`},
		"no such field":    {"name\nx\n", screen.TableOptions{Columns: map[string]string{"colour": "name"}}, corvee.ErrInvalid, `no field "colour"`},
		"no such encoding": {"name\nx\n", screen.TableOptions{Encoding: "rot13"}, corvee.ErrUnsupported, "known are utf-8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := screen.OpenTable("s.csv", strings.NewReader(c.body), c.o)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), "s.csv") {
				t.Errorf("OpenTable = %v, want %v that names s.csv and says %q", err, c.want, c.say)
			}
		})
	}
	broken := errors.New("the disk is gone")
	if _, err := screen.OpenTable("s.csv", iotest.ErrReader(broken), screen.TableOptions{}); !errors.Is(err, broken) {
		t.Errorf("OpenTable of a broken disk = %v", err)
	}
}

func TestSectors(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]corvee.Sector{
		"Frozen squid": corvee.SectorSeafood, "冷冻鱿鱼": corvee.SectorSeafood, "오징어": corvee.SectorSeafood,
		"men's jackets": corvee.SectorGarments, "防护服": corvee.SectorGarments, "Widgets": "", "": "", "garments": corvee.SectorGarments,
	} {
		body := "name,goods\nHanbit," + cell + "\n"
		for row := range open(t, body, screen.TableOptions{}).Rows() {
			if row.Query.Sector != want {
				t.Errorf("sector of %q = %q, want %q", cell, row.Query.Sector, want)
			}
		}
	}
	for hs, want := range map[string]corvee.Sector{
		"0306.17.00": corvee.SectorSeafood, "306170000": corvee.SectorSeafood, "6210": corvee.SectorGarments, "5208": corvee.SectorTextile,
		"6403": corvee.SectorFootwear, "99": "", "abc": "", "": "",
	} {
		for row := range open(t, "name,HS code\nHanbit,"+hs+"\n", screen.TableOptions{}).Rows() {
			if row.Query.Sector != want {
				t.Errorf("sector of HS %q = %q, want %q", hs, row.Query.Sector, want)
			}
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"2023-05-03": "2023-05-03", "2023/5/3": "2023-05-03", "20230503": "2023-05-03", "2023-05": "2023-05", "2023": "2023",
		"2023年5月": "2023-05", "2023년 5월 3일": "2023-05-03", "31/12/2023": "2023-12-31", "12/31/2023": "2023-12-31",
		"03/04/2023": "2023", "2023-05-03T10:00:00Z": "2023-05-03", "soon": "", "2023-13-45": "", "1": "",
	} {
		for row := range open(t, "name,date\nHanbit,"+cell+"\n", screen.TableOptions{}).Rows() {
			got := ""
			if row.Query.When != nil {
				got = row.Query.When.String()
			}
			if got != want {
				t.Errorf("date %q = %q, want %q", cell, got, want)
			}
		}
	}
}

// endless yields rows for ever: memory must not grow with the table.
type endless struct{ sent bool }

func (e *endless) Read(p []byte) (int, error) {
	if !e.sent {
		e.sent = true
		return copy(p, "name,country\n"), nil
	}
	n := copy(p, strings.Repeat("Hanbit Trading,CN\n", len(p)/18))
	if n == 0 {
		n = copy(p, "\n")
	}
	return n, nil
}

func TestTableIsAStream(t *testing.T) {
	t.Parallel()
	table, err := screen.OpenTable("endless.csv", &endless{}, screen.TableOptions{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range table.Rows() {
		if n++; n == 50_000 {
			return
		}
	}
	t.Errorf("only %d rows", n)
}

func FuzzOpenTable(f *testing.F) {
	f.Add([]byte(chinese))
	f.Add([]byte("name\n\"x"))
	f.Add([]byte("\xff\xfen\x00a\x00m\x00e\x00"))
	f.Add([]byte("\xb8\xed\xc3\xfb,a\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		table, err := screen.OpenTable("f", io.LimitReader(strings.NewReader(string(body)), 1<<20), screen.TableOptions{})
		if err != nil {
			return
		}
		next := 1
		for row := range table.Rows() {
			if row.Number != next {
				t.Fatalf("row %d after %d", row.Number, next-1)
			}
			if row.Rejected == nil && strings.TrimSpace(row.Query.Name) == "" {
				t.Fatal("a row without a name was not rejected")
			}
			next++
		}
	})
}
