package forge

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// Lures are what a hostile file reaches for: a file that holds a secret, and an address
// where somebody listens.
type Lures struct{ File, URL string }

// Hostile returns the file of a number: the same for the same number, each of another
// kind than its neighbours. Small files on purpose: what matters is how many there are.
func Hostile(number uint64, l Lures) (name string, raw []byte) {
	d := dice(number*0x9E3779B97F4A7C15 + 1)
	kinds := []func(*dice, Lures) (string, []byte){
		damaged, damaged, damaged, spliced, disguised, packed, nested, overlapping, reaching, reaching,
		scripted, tricked, bidi, misencoded, mailed, recorded, ringed, deepXML, lied, overstated,
	}
	return kinds[number%uint64(len(kinds))](&d, l)
}

// dice is a small generator of numbers (splitmix64): the corpus must be the same on every
// machine and in every version of Go.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9E3779B97F4A7C15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (d *dice) below(n int) int { return int(d.next() % uint64(max(n, 1))) }

func pick[T any](d *dice, of ...T) T { return of[d.below(len(of))] }

func (d *dice) bytes(n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(d.next())
	}
	return out
}

// sound returns a document of any format with nothing wrong about it.
func sound(d *dice) (string, []byte) {
	r := Report{"Sixty at the Invented Mill", "Sixty women knit at the mill in Hunchun, a neighbour said.", "각자 월 2,300위안을 받는다.", "工人每月只拿到三百元。"}
	for range d.below(8) {
		r = append(r, fmt.Sprintf("They are paid %d yuan a month & told to be thankful.", d.below(5000)))
	}
	record := WARC("response", "https://example.org/a", "application/http; msgtype=response", Answer("200 OK", "text/html", string(r.HTML())))
	type made struct {
		name string
		raw  func() []byte
	}
	m := pick(d,
		made{"a.txt", r.TXT}, made{"a.html", r.HTML}, made{"a.docx", r.DOCX}, made{"a.odt", r.ODT}, made{"a.hwpx", r.HWPX},
		made{"a.eml", r.EML}, made{"a.mhtml", r.MHTML}, made{"a.pdf", r.PDF}, made{"a.pdf", r.PDF},
		made{"a.xml", func() []byte { return RSS("2020-11-19", r, r) }}, made{"a.warc", func() []byte { return []byte(record + record) }},
		made{"a.warc.gz", func() []byte { return slices.Concat(Gzip([]byte(record)), Gzip([]byte(record))) }},
		made{"a.zip", func() []byte { return ZIP(Part{"a.html", string(r.HTML())}, Part{"b.docx", string(r.DOCX())}) }},
		made{"a.mbox", func() []byte {
			return []byte("From x Thu\n" + strings.ReplaceAll(string(r.EML()), "\r", "") + "\nFrom y Thu\nSubject: x\n\nSixty.\n")
		}})
	return m.name, m.raw()
}

func damaged(d *dice, _ Lures) (string, []byte) {
	name, raw := sound(d)
	for range 1 + d.below(20) {
		at := d.below(len(raw))
		switch d.below(6) {
		case 0:
			raw = raw[:at]
		case 1:
			raw[min(at, max(len(raw)-1, 0))] ^= 1 << d.below(8)
		case 2:
			raw = slices.Concat(raw[:at], d.bytes(d.below(40)), raw[at:])
		case 3:
			raw = slices.Concat(raw[:at], raw[min(len(raw), at+d.below(200)):])
		case 4:
			raw = slices.Concat(raw[:at], raw[max(0, at-d.below(400)):])
		case 5:
			copy(raw[at:], pick(d, "\x00\x00\x00\x00", "\xff\xff\xff\xff", "\x7f\xff\xff\xff", "<!--", "]]>", "%%EOF", "PK\x03\x04", "\r\n\r\n"))
		}
		if len(raw) == 0 {
			break
		}
	}
	return name, raw
}

func spliced(d *dice, _ Lures) (string, []byte) {
	name, a := sound(d)
	_, b := sound(d)
	return name, slices.Concat(a[:d.below(len(a))], b[d.below(len(b)):], a)
}

// disguised is a sound file under another's name, or behind another's first bytes.
func disguised(d *dice, _ Lures) (string, []byte) {
	_, raw := sound(d)
	magic := pick(d, "", "", "%PDF-1.7\n", "PK\x03\x04", "\x1f\x8b\x08", "WARC/1.0\r\n", "<rss>", "From x\n", "\xFF\xFE", "\xEF\xBB\xBF", "<!doctype html>", "MIME-Version: 1.0\r\nFrom: x\r\nTo: y\r\n\r\n")
	return "a" + pick(d, ".txt", ".html", ".docx", ".pdf", ".eml", ".mht", ".xml", ".warc", ".gz", ".zip", ".hwpx", ".odt", ".mbox", ".rss", ""), append([]byte(magic), raw...)
}

// packed is a bomb: what packs far better than text does.
func packed(d *dice, _ Lures) (string, []byte) {
	flat := bytes.Repeat(pick(d, []byte{0}, []byte("<p>"), []byte("a ")), 1<<(18+d.below(7)))
	switch d.below(6) {
	case 0:
		return "a.gz", Gzip(flat)
	case 1:
		return "a.gz", Gzip(Gzip(flat))
	case 2:
		return "a.docx", Word(string(flat))
	case 3:
		return "a.hwpx", Hangul(string(flat))
	case 4:
		return "a.eml", []byte(MailHead("x") + Multipart("mixed", "b", Attached("application/zip", "a.zip", ZIP(Part{"a.txt", string(flat)}))))
	}
	return "a.zip", ZIP(Part{"a.txt", string(flat)}, Part{"b.html", string(flat)})
}

// nested is files in files, up to fifty deep.
func nested(d *dice, _ Lures) (string, []byte) {
	name, raw := sound(d)
	for range 2 + d.below(49) {
		switch d.below(4) {
		case 0:
			name, raw = "a.gz", Gzip(raw)
		case 1:
			if len(raw) < 1<<20 { // base64 makes it grow by a third each time
				name, raw = "a.eml", []byte(MailHead("x")+Multipart("mixed", "b", Attached("application/octet-stream", name, raw)))
			}
		default:
			name, raw = "a.zip", ZIP(Part{name, string(raw)}, Part{"b" + name, "Sixty women."})
		}
	}
	return name, raw
}

// overlapping is a ZIP whose directory names one member many times over.
func overlapping(d *dice, _ Lures) (string, []byte) {
	whole := ZIP(Part{"a.txt", strings.Repeat("Sixty women knit there. ", 1<<d.below(14))})
	at, end := bytes.Index(whole, []byte("PK\x01\x02")), bytes.LastIndex(whole, []byte("PK\x05\x06"))
	entry, n := whole[at:end], 2+d.below(3_000)
	out := append(slices.Clone(whole[:at]), bytes.Repeat(entry, n)...)
	tail := slices.Clone(whole[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(n))
	binary.LittleEndian.PutUint16(tail[10:], uint16(n))
	binary.LittleEndian.PutUint32(tail[12:], uint32(n*len(entry)))
	return "a.zip", append(out, tail...)
}

// reaching asks for a file or an address by every way that a format has.
func reaching(d *dice, l Lures) (string, []byte) {
	target := pick(d, "file://"+l.File, l.File, l.URL, l.URL+"/x.dtd", `\\`+strings.TrimPrefix(l.URL, "http://")+`\x`)
	entity := pick(d,
		`<!DOCTYPE x [<!ENTITY e SYSTEM "`+target+`">]>`,
		`<!DOCTYPE x SYSTEM "`+target+`">`,
		`<!DOCTYPE x [<!ENTITY % p SYSTEM "`+target+`"> %p;]>`,
		`<!DOCTYPE x [<!ENTITY e PUBLIC "a" "`+target+`">]>`,
		`<?xml-stylesheet href="`+target+`"?>`)
	use := pick(d, "&e;", `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="`+target+`"/>`, "x")
	text := Report{"Sixty", "Sixty women knit there."}
	switch d.below(7) {
	case 0:
		return "a.docx", ZIP(Part{"[Content_Types].xml", entity + "<x/>"}, Part{"word/document.xml", entity + strings.TrimPrefix(WordBegin, `<?xml version="1.0" encoding="UTF-8"?>`) +
			`<w:p><w:r><w:t>Sixty ` + use + `</w:t></w:r></w:p>` + WordEnd},
			Part{"word/_rels/document.xml.rels", `<Relationships><Relationship Type="x/header" Target="` + target + `"/><Relationship Type="x/attachedTemplate" TargetMode="External" Target="` + target + `"/></Relationships>`})
	case 1:
		return "a.xml", []byte(entity + "<rss><item><title>Sixty " + use + "</title><link>" + target + "</link></item></rss>")
	case 2:
		return "a.html", []byte(entity + `<!doctype html><base href="` + target + `"><link rel=stylesheet href="` + target + `"><img src="` + target + `"><iframe src="` + target +
			`"></iframe><object data="` + target + `"></object><meta http-equiv=refresh content="0;url=` + target + `"><p>Sixty women.` + use)
	case 3:
		whole := string(PDF(Sheet{{72, 700, 11, "Sixty women."}}))
		return "a.pdf", []byte(pick(d,
			strings.Replace(whole, "<</Length", "<</F("+target+")/FFilter/None/Length", 1),
			strings.Replace(whole, "/Type/Catalog", "/Type/Catalog/OpenAction<</S/URI/URI("+target+")>>", 1),
			strings.Replace(whole, "/Type/Catalog", "/Type/Catalog/OpenAction<</S/GoToR/F("+target+")>>", 1),
			strings.Replace(whole, "/Type/Catalog", "/Type/Catalog/AcroForm<</XFA("+entity+use+")>>", 1)))
	case 4:
		return "a.eml", []byte(MailHead("x") + "Content-Type: message/external-body; access-type=local-file; name=\"" + l.File + "\"\r\n\r\nContent-Type: text/plain\r\n\r\n" + target)
	case 5:
		return "a.hwpx", ZIP(Part{"mimetype", "application/hwp+zip"}, Part{"Contents/content.hpf", `<p><item id="a" href="` + target + `"/><itemref idref="a"/></p>`},
			Part{"Contents/section0.xml", entity + `<s xmlns:hp="x/paragraph"><hp:p><hp:t>Sixty ` + use + `</hp:t></hp:p></s>`})
	}
	return "a.mhtml", bytes.ReplaceAll(text.MHTML(), []byte("https://example.org/mill"), []byte(target))
}

func scripted(d *dice, l Lures) (string, []byte) {
	script := pick(d, `<script>document.title="9,999 workers"</script>`, `<svg onload=alert(1)><script>9,999</script></svg>`, `<math><mtext><script>9,999</script></mtext></math>`,
		`<noscript><p title="</noscript><script>9,999</script>">`, `<template><script>9,999</script></template>`, `<style><!--</style><script>9,999</script>-->`,
		`<img src=x onerror="fetch('`+l.URL+`')">`, `<a href="javascript:fetch('`+l.URL+`')">Sixty</a>`, `<iframe srcdoc="<script>9,999</script>">`)
	if d.below(3) == 0 {
		return "a.pdf", bytes.Replace(PDF(Sheet{{72, 700, 11, "Sixty women."}}), []byte("/Type/Catalog"),
			[]byte("/Type/Catalog/OpenAction<</S/JavaScript/JS("+strings.Repeat("app.launchURL\\('"+l.URL+"'\\);", 1+d.below(50))+")>>"), 1)
	}
	return "a.html", []byte("<!doctype html><p>Sixty women knit." + strings.Repeat(script, 1+d.below(200)))
}

// tricked gives members names that lead out, hide what they are, or drive a terminal.
func tricked(d *dice, l Lures) (string, []byte) {
	var parts []Part
	for i := range 1 + d.below(12) {
		name := pick(d, "../../../../../../../../tmp/", l.File, "/etc/", `..\..\`, `C:\`, "\u202Etxt.exe", "\x1b[2J\x1b[31m", strings.Repeat("a/", 2_000), "a\x00b", "\xff\xfe", "con", "...", "!/", "a!/b!/", "\n\r", ".", "~/.ssh/", "$(touch x)", "'; drop table inputs; --")
		parts = append(parts, Part{name + fmt.Sprint(i%3) + pick(d, ".txt", ".html", ""), "Sixty women knit."})
	}
	if d.below(2) == 0 {
		var files []string
		for _, p := range parts {
			files = append(files, Attached("text/plain", p.Name, []byte(p.Content)))
		}
		return "a.eml", []byte(MailHead("x") + Multipart("mixed", "b", files...))
	}
	return "a.zip", ZIP(parts...)
}

func bidi(d *dice, _ Lures) (string, []byte) {
	marks := []string{"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\u200B", "\u200D", "\uFEFF", "\u00AD", "\u0300", "\u1160", "\U000E0041", "\x1b[31m", "\x07", "\b"}
	var b strings.Builder
	for range 20 + d.below(2_000) {
		b.WriteString(pick(d, marks...) + pick(d, "Sixty ", "women ", "300", "\n\n", " yuan"))
	}
	r := Report{b.String(), b.String()}
	switch d.below(4) {
	case 0:
		return "a.html", r.HTML()
	case 1:
		return "a.eml", r.EML()
	case 2:
		return "a.pdf", r.PDF()
	}
	return "a.txt", r.TXT()
}

func misencoded(d *dice, _ Lures) (string, []byte) {
	text := "Sixty women knit. 각자 월 2,300위안을 받는다. 工人每月只拿到三百元。"
	label := pick(d, "utf-16", "utf-7", "utf-32", "iso-2022-kr", "hz-gb-2312", "euc-kr", "gb18030", "big5", "x-user-defined", "\x00", strings.Repeat("a", 5_000))
	switch d.below(5) {
	case 0:
		return "a.txt", d.bytes(1 + d.below(20_000))
	case 1:
		return "a.html", append([]byte("<!doctype html><meta charset=\""+label+"\"><p>"+text), d.bytes(d.below(500))...)
	case 2:
		return "a.eml", []byte("Subject: =?" + label + "?b?" + strings.Repeat("/", d.below(300)) + "?=\r\nContent-Type: text/plain; charset=\"" + label + "\"\r\n\r\n" + text + string(d.bytes(d.below(500))))
	case 3:
		return "a.txt", []byte(strings.Repeat("\xed\xa0\x80\xc0\x80\xf8\x88\x80\x80\x80"+text, 1+d.below(50)))
	}
	return "a.xml", []byte(`<?xml version="1.0" encoding="` + label + `"?><rss><item><title>` + text + `</title></item></rss>`)
}

func mailed(d *dice, _ Lures) (string, []byte) {
	boundary := pick(d, "b", "", "--", strings.Repeat("b", 10_000), "b b", "\xff")
	part := pick(d, "Content-Type: text/html\r\n\r\n<p>Sixty", "Content-Transfer-Encoding: base64\r\n\r\n====", "Content-Transfer-Encoding: quoted-printable\r\n\r\n=ZZ=", "\r\n", "no header at all", "Content-Type: multipart/mixed; boundary="+boundary+"\r\n\r\n--"+boundary)
	kind := pick(d, "mixed", "alternative", "related", "digest", "signed", "encrypted", "x")
	raw := MailHead(strings.Repeat("x", d.below(5_000))) + "Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\r\n\r\n" +
		strings.Repeat("--"+boundary+"\r\n"+part+"\r\n", 1+d.below(1_500)) + pick(d, "", "--"+boundary+"--")
	return pick(d, "a.eml", "a.mht", "a.mbox", "a"), []byte(raw)
}

func recorded(d *dice, _ Lures) (string, []byte) {
	record := WARC(pick(d, "response", "revisit", "resource", "continuation", ""), pick(d, "https://example.org/a", "", "<x>", "urn:x", strings.Repeat("a", 3_000)),
		pick(d, "application/http; msgtype=response", "text/html", ""), pick(d, Answer("200 OK", "text/html", "<p>Sixty"), "HTTP/1.1 200", "", "x"))
	record = strings.Replace(record, "Content-Length: ", pick(d, "Content-Length: ", "Content-Length: -", "Content-Length: 9", "Content-Length: 99999999999", "Content-Length:\t", "X: "), 1)
	raw := []byte(strings.Repeat(record, 1+d.below(300)))
	if d.below(2) == 0 {
		return "a.warc.gz", Gzip(raw)
	}
	return "a.warc", raw
}

// ringed refers to itself.
func ringed(d *dice, _ Lures) (string, []byte) {
	whole := string(PDF(Sheet{{72, 700, 11, "Sixty women."}}, Sheet{{72, 700, 11, "Forty men."}}))
	object := func() string { return fmt.Sprintf("%d 0 R", 1+d.below(10)) }
	for range 1 + d.below(4) {
		from := pick(d, "/Pages 2 0 R", "/Parent 2 0 R", "7 0 R 9 0 R", "/Contents 8 0 R", "/DescendantFonts[4 0 R]", "/ToUnicode 6 0 R", "/F 3 0 R", "/FontDescriptor 5 0 R", "/Root 1 0 R")
		key, _, _ := strings.Cut(from, " ")
		whole = strings.Replace(whole, from, strings.TrimRight(key, "0123456789")+" "+object()+pick(d, "", " "+object()), 1)
	}
	return "a.pdf", []byte(whole)
}

func deepXML(d *dice, _ Lures) (string, []byte) {
	n := 50 << d.below(8)
	switch d.below(6) {
	case 0:
		return "a.docx", Word(strings.Repeat("<w:tbl><w:tr><w:tc>", n) + WordPara("Sixty") + strings.Repeat("</w:tc></w:tr></w:tbl>", n))
	case 1:
		return "a.hwpx", Hangul(strings.Repeat("<hp:p><hp:run>", n) + "<hp:t>Sixty</hp:t>" + strings.Repeat("</hp:run></hp:p>", n))
	case 2:
		return "a.html", []byte("<!doctype html>" + strings.Repeat(pick(d, "<div>", "<b><i>", "<table><tr><td>", "<svg><foreignobject>", "<ul><li>"), n) + "Sixty")
	case 3:
		return "a.xml", []byte("<rss>" + strings.Repeat("<item><a>", n) + "Sixty")
	case 4:
		return "a.pdf", bytes.Replace(PDF(Sheet{{72, 700, 11, "Sixty"}}), []byte("/Type/Catalog"), []byte("/Type/Catalog/X"+strings.Repeat(pick(d, "[", "<<"), n)), 1)
	}
	return "a.odt", OpenText(strings.Repeat("<text:p><text:note>", n) + "Sixty" + strings.Repeat("</text:note></text:p>", n))
}

// lied is a ZIP whose headers say what is not so.
func lied(d *dice, _ Lures) (string, []byte) {
	raw := ZIP(Part{"a.txt", strings.Repeat("Sixty women knit. ", 200)}, Part{"b.html", "<p>Forty men load."})
	for range 1 + d.below(3) {
		at := bytes.LastIndex(raw, []byte(pick(d, "PK\x01\x02", "PK\x05\x06", "PK\x03\x04"))) + 4 + d.below(42)
		if at < len(raw) {
			raw[at] = byte(d.next())
		}
	}
	return pick(d, "a.zip", "a.docx", "a"), raw
}

// overstated claims numbers that nothing could hold.
func overstated(d *dice, _ Lures) (string, []byte) {
	huge := pick(d, "999999999", "2147483648", "18446744073709551616", "-1", "1e308")
	whole := string(PDF(Sheet{{72, 700, 11, "Sixty women."}}))
	switch d.below(6) {
	case 0:
		return "a.pdf", []byte(strings.Replace(whole, "/Count 1", "/Count "+huge, 1))
	case 1:
		return "a.pdf", []byte(strings.Replace(whole, "/Length ", "/Length "+huge, 1))
	case 2:
		return "a.pdf", []byte(strings.Replace(whole, "[0 0 595", "[0 0 "+huge, 1))
	case 3:
		return "a.odt", OpenText(`<text:p>Sixty<text:s text:c="` + huge + `"/></text:p><table:table><table:table-row table:number-rows-repeated="` + huge + `"><table:table-cell table:number-columns-repeated="` + huge + `"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`)
	case 4:
		return "a.html", []byte(`<!doctype html><table><tr><td colspan=` + huge + ` rowspan=` + huge + `>Sixty women</table><ol start=` + huge + `><li>x</ol>`)
	}
	return "a.pdf", []byte(strings.Replace(whole, "startxref\n", "startxref\n"+huge, 1))
}
