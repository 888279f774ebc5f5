package mail_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"corvee"
	"corvee/intake/internal/forge"
	"corvee/intake/internal/mail"
	"corvee/intake/internal/wire"
)

func decode(t testing.TB, raw string) wire.Answer {
	t.Helper()
	a, err := mail.Decode(wire.Job{}, []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func text(kind, body string) string { return "Content-Type: " + kind + "\r\n\r\n" + body }

func members(a wire.Answer) []string {
	var out []string
	for _, m := range a.Members {
		out = append(out, fmt.Sprintf("%s %s %q %s", m.Name, m.MediaType, m.Raw, m.Refused))
	}
	return out
}

func TestTextOfAMessage(t *testing.T) {
	t.Parallel()
	const page = "<html><body><h1>Sixty</h1><p>Sixty women knit there, far more than it says beside this.</p></body></html>"
	for name, c := range map[string]struct {
		raw  string
		want []string
	}{
		"plain":                {forge.MailHead("x") + text("text/plain", "Sixty women knit."), []string{"body|Sixty women knit."}},
		"no header of its own": {"Subject: x\n\nSixty women knit.", []string{"body|Sixty women knit."}},
		"quoted-printable": {forge.MailHead("x") + "Content-Type: text/plain; charset=EUC-KR\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\n=BF=A9=BC=BA =\r\n60",
			[]string{"body|여성 60"}},
		"base64 in a wrong dress": {forge.MailHead("x") + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n U2l4 dHkg\r\nd29tZW4=!=",
			[]string{"body|Sixty women"}},
		"flowed": {forge.MailHead("x") + text("text/plain; format=flowed; delsp=no", "Sixty women \r\nknit there.\r\n\r\n They say so."),
			[]string{"body|Sixty women knit there.", "body|They say so."}},
		"the plain one of alternatives": {forge.MailHead("x") + forge.Multipart("alternative", "b", text("text/plain", "Sixty women knit there, far more than it says there."), text("text/html", page)),
			[]string{"body|Sixty women knit there, far more than it says there."}},
		"the page, where the plain one says nothing": {forge.MailHead("x") + forge.Multipart("alternative", "b", text("text/plain", "See page."), text("text/html", page)),
			[]string{"title|Sixty", "body|Sixty women knit there, far more than it says beside this."}},
		"within parts within parts": {forge.MailHead("x") + forge.Multipart("mixed", "a", forge.Multipart("related", "b", forge.Multipart("alternative", "c", text("text/html", page)))),
			[]string{"title|Sixty", "body|Sixty women knit there, far more than it says beside this."}},
		"with a signature": {forge.MailHead("x") + text("text/plain", "Sixty women knit.\r\n\r\n-- \r\nCanary Sender\r\n+00 000"),
			[]string{"body|Sixty women knit.", "boilerplate|-- \r\nCanary Sender\r\n+00 000"}},
		"a boundary that never ends": {forge.MailHead("x") + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + text("text/plain", "Sixty women knit."),
			[]string{"body|Sixty women knit."}},
	} {
		if diff := cmp.Diff(c.want, forge.Lines(*decode(t, c.raw).Page)); diff != "" {
			t.Errorf("%s: blocks (-want +got):\n%s", name, diff)
		}
	}
}

func TestMetadata(t *testing.T) {
	t.Parallel()
	page := decode(t, forge.MailHead("여성 60명, 둥강")+text("text/plain; charset=utf-8", "Sixty women knit in the mill, they say.")).Page
	if page.Title != "여성 60명, 둥강" || page.Published != (corvee.Date{Year: 2020, Month: 11, Day: 19}) || page.Byline != "" || page.Publisher != "" {
		t.Errorf("%+v", page)
	}
	page = decode(t, "Subject: \xbf\xa9\xbc\xba\r\nDate: nonsense\r\nContent-Type: text/plain; charset=euc-kr\r\n\r\nSixty women knit.").Page
	if page.Title != "여성" || page.Published.Known() {
		t.Errorf("%+v", page)
	}
}

func TestAttachments(t *testing.T) {
	t.Parallel()
	inner := "Subject: inner\r\nFrom: x@example.org\r\n\r\nForty men."
	a := decode(t, forge.MailHead("x")+forge.Multipart("mixed", "b", text("text/plain", "See the annex."),
		forge.Attached("application/pdf", "첨부.pdf", []byte("%PDF")),
		text("text/html; charset=euc-kr", "<p>second"),
		"Content-Type: message/rfc822\r\n\r\n"+inner,
		"Content-Type: image/png\r\nContent-ID: <logo>\r\n\r\nx",
		text("application/pgp-signature", "canary"),
		"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nx",
		"Content-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''..%2F..%2Fa.txt\r\n\r\nforty"))
	want := []string{
		`첨부.pdf application/pdf "%PDF" `, `part-3.html text/html; charset=euc-kr "<p>second" `,
		fmt.Sprintf("part-4.eml message/rfc822 %q ", inner), `smime.p7m  "" it is encrypted`, `../../a.txt text/plain "forty" `,
	}
	if diff := cmp.Diff(want, members(a)); diff != "" || a.LeftOut != 2 {
		t.Errorf("left out %d; members (-want +got):\n%s", a.LeftOut, diff)
	}
}

// What is kept of a message is the text and nothing of its sender, and reads the same.
func TestKeptIsTheTextAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := "Sixty women " + rapid.String().Draw(t, "body")
		raw := forge.MailHead(rapid.StringMatching(`[a-z 여성]{1,40}`).Draw(t, "subject")) +
			forge.Multipart("mixed", "=_b", "Content-Type: text/plain; charset=utf-8; name=\"\"\r\nContent-Transfer-Encoding: quoted-printable\r\nX-Canary: canary\r\n\r\n"+forge.Quoted(body),
				forge.Attached("text/plain", "canary.txt", []byte("canary")))
		first, err := mail.Decode(wire.Job{}, []byte(raw))
		if err != nil {
			t.Fatal(err)
		}
		again, err := mail.Decode(wire.Job{}, first.Kept)
		if err != nil {
			t.Fatal(err)
		}
		if again.Page.Text != first.Page.Text || !bytes.Equal(again.Kept, first.Kept) || again.Page.Title != first.Page.Title || again.Page.Published != first.Page.Published {
			t.Errorf("kept\n%s\nreads as %q, not %q", first.Kept, again.Page.Text, first.Page.Text)
		}
		for _, told := range []string{"canary", "Canary", "203.0.113.7", "+0900", "23:10"} {
			if bytes.Contains(first.Kept, []byte(told)) {
				t.Errorf("%q is kept:\n%s", told, first.Kept)
			}
		}
	})
}

func TestSavedPage(t *testing.T) {
	t.Parallel()
	a := decode(t, string(forge.Report{"Sixty", "Sixty women knit at the mill."}.MHTML()))
	if a.Format != wire.MHTML || a.Kept != nil || a.LeftOut != 1 || len(a.Members) != 0 || a.Page.URL != "https://example.org/mill" || a.Page.Title != "Sixty" {
		t.Errorf("%+v", a)
	}
	// A mail that looks like a saved page has a sender all the same.
	sent := "To: reader@example.org\r\n" + string(forge.Report{"Sixty", "Sixty women knit at the mill."}.MHTML())
	if a := decode(t, sent); a.Format != wire.Mail || bytes.Contains(a.Kept, []byte("reader")) {
		t.Errorf("%s %s", a.Format, a.Kept)
	}
}

func TestMailbox(t *testing.T) {
	t.Parallel()
	box := "From canary@example.org Thu Nov 19 2020\nSubject: one\n\nSixty.\n>From the cook.\nFrom here they go.\n\n" +
		"From x Thu\nSubject: two\n\nForty.\n"
	var got []string
	for cursor := int64(0); ; {
		a, err := mail.Mailbox(wire.Job{Cursor: cursor}, []byte(box))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, members(a)...)
		if cursor = a.Next; cursor == 0 {
			break
		}
	}
	want := []string{`message-1.eml  "Subject: one\n\nSixty.\nFrom the cook.\nFrom here they go." `, `message-2.eml  "Subject: two\n\nForty." `}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
}

// The worst mails cost about what they weigh.
func TestWorstMails(t *testing.T) {
	t.Parallel()
	deep := text("text/plain", "bottom")
	for i := range 5_000 {
		deep = forge.Multipart("mixed", fmt.Sprint("b", i), deep)
	}
	for name, raw := range map[string]string{
		"nested deep":             deep,
		"one boundary for all":    strings.Repeat("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", 20_000) + "x",
		"100,000 parts":           "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 100_000),
		"100,000 alternatives":    "Content-Type: multipart/alternative; boundary=b\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n", 100_000),
		"a header of 8 MB":        "X: " + strings.Repeat("a", 8<<20) + "\r\n\r\nx",
		"a field of 1 M lines":    "X: a\r\n" + strings.Repeat(" a\r\n", 1<<20) + "\r\nx",
		"a million fields":        strings.Repeat("X: a\r\n", 1<<20) + "\r\nx",
		"an empty boundary":       "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\nx",
		"a million encoded words": "Subject: " + strings.Repeat("=?utf-8?q?a?= ", 60_000) + "\r\n\r\nx",
		"encoded in nothing":      "Content-Type: text/plain; charset=\"\x00\x01\"\r\nContent-Transfer-Encoding: \xff\r\n\r\nx",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a, err := mail.Decode(wire.Job{}, []byte(raw))
			t.Logf("%d kB in %s: %d members, %v", len(raw)>>10, time.Since(start).Round(time.Millisecond), len(a.Members), err)
			if len(a.Members) > wire.MaxMembers {
				t.Errorf("%d members", len(a.Members))
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(forge.MailHead("x") + forge.Multipart("mixed", "b", text("text/plain", "a"), forge.Attached("text/html", "x.html", []byte("<p>a")))))
	f.Add([]byte("Content-Type: text/plain; format=flowed; delsp=yes\nContent-Transfer-Encoding: base64\n\nYWJj"))
	f.Add(forge.Report{"Sixty", "Sixty women."}.MHTML())
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := mail.Decode(wire.Job{}, raw)
		if err != nil || a.Page == nil {
			return
		}
		if _, err := corvee.NewText(a.Page.Text, a.Page.Blocks); err != nil {
			t.Error(err)
		}
		if a.Kept == nil {
			return
		}
		again, err := mail.Decode(wire.Job{}, a.Kept)
		if err != nil || again.Page == nil || again.Page.Text != a.Page.Text || !bytes.Equal(again.Kept, a.Kept) {
			t.Errorf("kept %q reads as %+v, %v", a.Kept, again.Page, err)
		}
	})
}
