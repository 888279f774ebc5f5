package lists_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"corvee"
	"corvee/lists"
)

const sdnRow = `101,"HANBIT TRADING CORPORATION",-0- ,"DPRK3] [DPRK-NKSPEA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,` +
	`"a.k.a. 'HANBIT'; Registration Number 210600400000001 (China); DOB 30 Jul 1966; nationality Korea, North."`

// bad makes n rows that are no rows.
func repeated(row string, n int) string { return strings.Repeat(row+"\n", n) }

func read(t *testing.T, files ...lists.File) lists.Import {
	t.Helper()
	got, err := lists.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func file(name, body string) lists.File { return lists.File{Name: name, Body: []byte(body)} }

func TestOFAC(t *testing.T) {
	t.Parallel()
	header := "ID,Name,Type,Country,Title,Col_F,Col_G,Col_H,Col_I,Col_J,Col_K,Details\n"
	want := corvee.Listing{
		ID: "ofac-sdn:101", List: "OFAC SDN", ListDate: corvee.Date{Year: 2023, Month: 1, Day: 21}, SourceID: "101",
		Kind: corvee.ListingDesignation, Type: corvee.PartyOrganisation,
		Names: []corvee.Name{
			{Value: "HANBIT TRADING CORPORATION", Kind: corvee.NamePrimary}, {Value: "HANBIT", Kind: corvee.NameWeak},
			{Value: "HANBIT MUYOK", Kind: corvee.NameAlias}, {Value: "SAEBYOL TRADING", Kind: corvee.NamePrevious},
		},
		Lists: []corvee.ListID{corvee.ListOFACDPRK3, corvee.ListOFACDPRKNKSPEA}, Programs: []string{"DPRK3", "DPRK-NKSPEA"},
		Countries:   []string{"CN", "KP"},
		Addresses:   []string{"12 Binjiang Road, Dandong, China"},
		Identifiers: []corvee.Identifier{{Type: "registration", Value: "210600400000001"}},
		Dates:       []corvee.Date{{Year: 1966, Month: 7, Day: 30}},
		Remarks:     "a.k.a. 'HANBIT'; Registration Number 210600400000001 (China); DOB 30 Jul 1966; nationality Korea, North.",
	}
	alt := file("alt_2023-01-21.csv", "101,1,\"aka\",\"HANBIT MUYOK\",-0- \r\n101,2,\"fka\",\"SAEBYOL TRADING\",-0- \r\n999,3,\"aka\",\"NOBODY\",-0- \r\n\x1a")
	add := file("add_2023-01-21.csv", "101,1,\"12 Binjiang Road\",\"Dandong\",\"China\",-0- \n998,2,-0- ,-0- ,\"China\",-0- \n")
	for name, body := range map[string]string{"with a header": header + sdnRow + "\n\x1a,,,,,,,,,,,", "official layout": sdnRow + "\r\n\x1a\r\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := read(t, alt, file("sdn_2023-01-21.csv", body), add)
			if diff := cmp.Diff([]corvee.Listing{want}, got.Listings); diff != "" {
				t.Error(diff)
			}
			if len(got.Rejected) != 2 || !strings.Contains(got.Rejected[0].Reason, "entry 999 is not in the SDN file") {
				t.Errorf("rejected %+v, want the two rows without a parent", got.Rejected)
			}
			counts := [][2]int{}
			for _, v := range got.Versions {
				counts = append(counts, [2]int{v.Listings, v.Rejected})
			}
			if diff := cmp.Diff([][2]int{{1, 0}, {0, 1}, {0, 1}}, counts); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFollowTheMoney(t *testing.T) {
	t.Parallel()
	got := read(t, file("kp_rusi_reports.ftm.json", `{"id":"kp-1","schema":"Company","caption":"Hanbit","datasets":["kp_rusi_reports"],"properties":{"name":["Hanbit Trading"],"alias":["한빛무역"],"weakAlias":["HB"],"country":["kp"],"topics":["sanction"],"programId":["UN-SC1718"],"registrationNumber":["77"],"leiCode":["5493001KJTIIGC8Y1R12"],"imoNumber":["9314650"],"address":["Pyongyang"]}}
{"id":"addr-1","schema":"Address","properties":{"full":["Pyongyang"]}}
{"id":"kp-2","schema":"Vessel","caption":"Chon Song 7","properties":{"flag":["kp"]}}
not json
{"id":"kp-1","schema":"Company","properties":{"name":["again"]}}
{"id":"s-1","schema":"Sanction","properties":{"entity":["kp-2"],"programId":["US-NK"]}}
`))
	first := got.Listings[0]
	if first.Kind != corvee.ListingReported || first.List != "kp_rusi_reports" || !cmp.Equal(first.Topics, []string{"sanction"}) ||
		!cmp.Equal(first.Lists, []corvee.ListID{corvee.ListUN1718}) || len(first.Names) != 3 || len(first.Identifiers) != 3 {
		t.Errorf("first listing %+v", first)
	}
	second := got.Listings[1]
	if second.Type != corvee.PartyVessel || second.Kind != corvee.ListingDesignation || !cmp.Equal(second.Lists, []corvee.ListID{corvee.ListOFACDPRK}) {
		t.Errorf("a Sanction entity lends its programme to the vessel it names: %+v", second)
	}
	if len(got.Listings) != 2 || len(got.Rejected) != 2 {
		t.Errorf("%d listings, %d rejected, want 2 and 2", len(got.Listings), len(got.Rejected))
	}
}

func TestKindsWearDifferentLabels(t *testing.T) {
	t.Parallel()
	for dataset, want := range map[string]corvee.ListingKind{
		"us_nk_jointventures": corvee.ListingAdvisory, "us_dhs_uflpa": corvee.ListingImportOrder,
		"us_ofac_sdn": corvee.ListingDesignation, "kp_rusi_reports": corvee.ListingReported, "us_bis_denied": corvee.ListingExportControl,
	} {
		got := read(t, file("x.json", `{"id":"1","schema":"Company","datasets":["`+dataset+`"],"properties":{"name":["X Trading"],"topics":["sanction"]}}`))
		if got.Listings[0].Kind != want {
			t.Errorf("an entry of %s is %s, want %s", dataset, got.Listings[0].Kind, want)
		}
	}
}

func TestOwnList(t *testing.T) {
	t.Parallel()
	got := read(t, file("watch 2024-05-01.csv", "\ufeffid;name;alias;kind;country;program;registration\r\n"+
		"7;Hanbit Trading;한빛무역|韩光贸易;reported;North Korea;DPRK4;91210600MA0QCT1X0X\r\n"+
		"8;No Kind;;;CN;;\r\n9;\"Broken;x;reported;CN;;\r\n10;Short;reported\r\n11;Atlantis Co;;advisory;Atlantis;;\r\n7;Twice;;advisory;CN;;\r\n"))
	if len(got.Listings) != 1 {
		t.Fatalf("%d listings, want 1: %+v", len(got.Listings), got.Listings)
	}
	l := got.Listings[0]
	if l.ID != "watch:7" || l.List != "watch" || l.Kind != corvee.ListingReported || len(l.Names) != 3 || l.Countries[0] != "KP" ||
		!cmp.Equal(l.Lists, []corvee.ListID{corvee.ListOwn, corvee.ListOFACDPRK4}) || l.ListDate.String() != "2024-05-01" {
		t.Errorf("%+v", l)
	}
	if len(got.Rejected) != 5 {
		t.Errorf("%d rejected, want 5: %+v", len(got.Rejected), got.Rejected)
	}
	for _, r := range got.Rejected {
		if r.Row == nil || r.Reason == "" || r.Remedy == "" {
			t.Errorf("a rejected line names row, reason and remedy: %+v", r)
		}
	}
}

func TestBrokenListsAreErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want error
		say  string
	}{
		"empty":          {"", corvee.ErrInvalid, "empty"},
		"only a mark":    {"\ufeff \n", corvee.ErrInvalid, "empty"},
		"a web page":     {"<!DOCTYPE html><html><body>503</body></html>", corvee.ErrInvalid, "web page"},
		"a workbook":     {"PK\x03\x04\x14\x00", corvee.ErrUnsupported, "binary"},
		"zero bytes":     {"1,a\x00b", corvee.ErrUnsupported, "binary"},
		"not UTF-8":      {"1,\xff\xfe,x", corvee.ErrInvalid, "first wrong byte at 2"},
		"other columns":  {"name,country\nX,CN\n", corvee.ErrUnsupported, "line 1"},
		"other JSON":     {`{"results":[]}`, corvee.ErrUnsupported, "FollowTheMoney"},
		"changed layout": {sdnRow + "\n" + repeated("102,NAME,x", 9), corvee.ErrInvalid, "row 2"},
		"cut off":        {repeated(sdnRow, 3)[:len(sdnRow)+20], corvee.ErrInvalid, "row 2"},
		"header only":    {"name,kind\n", corvee.ErrInvalid, "no row"},
		"no usable row":  {"name,kind\nX,wish\n", corvee.ErrInvalid, "column kind"},
		"no party":       {`{"id":"a","schema":"Address","properties":{}}`, corvee.ErrInvalid, "no party"},
		"names without":  {"101,1,\"aka\",\"HANBIT\",-0- \n", corvee.ErrInvalid, "SDN.CSV"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := lists.Read([]lists.File{file("list.csv", c.body)})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.say) || !strings.Contains(err.Error(), "list.csv") {
				t.Errorf("Read = %v, want %v that names list.csv and says %q", err, c.want, c.say)
			}
			if len(got.Listings) > 0 {
				t.Errorf("%d listings of a broken list", len(got.Listings))
			}
		})
	}
	if _, err := lists.Read(nil); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("Read() = %v, want ErrInvalid", err)
	}
	if _, err := lists.Recognise([]lists.File{file("a.csv", sdnRow), file("b.csv", "name,kind\nX,reported\n")}); !errors.Is(err, corvee.ErrInvalid) {
		t.Errorf("two formats together: %v, want ErrInvalid", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sdnRow))
	f.Add([]byte("101,1,\"aka\",\"X\",-0- \n\x1a"))
	f.Add([]byte(`{"id":"a","schema":"Person","properties":{"name":["X"],"birthDate":["1966-13"]}}`))
	f.Add([]byte("name,kind,alias\n\"X,reported,a|b\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := lists.Read([]lists.File{{Name: "f", Body: body}})
		if err != nil {
			return
		}
		for _, l := range got.Listings {
			if l.ID == "" || len(l.Names) == 0 || l.Names[0].Value == "" || !l.Kind.Valid() {
				t.Fatalf("a listing without id, name or kind: %+v", l)
			}
		}
	})
}
