package fetch

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"corvee/intake/internal/warc"
)

// keptHeaders are the lines of an answer that an archive keeps: what the document is, and
// when. The rest is left out by name and by default: cookies, what numbers a reader (ETag),
// what repeats the reader's own address or region (Via, X-Forwarded-For, CF-Ray and a
// hundred others that nobody can list).
var keptHeaders = [...]string{
	"Content-Type", "Content-Encoding", "Content-Language", "Content-Disposition",
	"Date", "Last-Modified", "Location", "Memento-Datetime", "Retry-After",
}

// archive returns the exchanges as one WARC file. There is no address of the fetcher in
// it, and none of the server: the one that answers from a worldwide network tells where
// the question came from.
func (f *Fetcher) archive(trail []exchange, ignoredRobots bool) ([]byte, error) {
	robots := "obeyed"
	if ignoredRobots {
		robots = "ignored"
	}
	records := []warc.Record{{
		Type: warc.TypeInfo, Date: trail[0].began, Media: warc.MediaFields, Block: warc.Fields([]warc.Field{
			{Name: "software", Value: f.config.Software}, {Name: "format", Value: "WARC File Format 1.1"},
			{Name: "conformsTo", Value: "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"},
			{Name: "robots", Value: robots},
			{Name: "description", Value: "Headers that could tell of the reader and the bodies of redirects are left out; transfer codings are undone."},
		}),
	}}
	for _, ex := range trail {
		records = append(records, ex.records()...)
	}
	return f.write(records)
}

// write gives each record its id. The request and the metadata that follow a response
// belong to it.
func (f *Fetcher) write(records []warc.Record) ([]byte, error) {
	var out bytes.Buffer
	response := ""
	for _, r := range records {
		id, err := warc.NewID(f.config.Random)
		if err != nil {
			return nil, err
		}
		r.ID = id
		switch r.Type {
		case warc.TypeResponse:
			response = id
		case warc.TypeRequest, warc.TypeMetadata:
			r.Concurrent = response
		}
		if err := warc.Write(&out, r); err != nil {
			return nil, fmt.Errorf("fetch: archive: %w", err)
		}
	}
	return out.Bytes(), nil
}

func (e exchange) records() []warc.Record {
	at := e.at.String()
	out := []warc.Record{
		{Type: warc.TypeResponse, Date: e.began, Target: at, Media: warc.MediaResponse, Payload: e.payload(), Block: e.responseBlock()},
		{Type: warc.TypeRequest, Date: e.began, Target: at, Media: warc.MediaRequest, Block: e.requestBlock()},
	}
	if e.chain == nil {
		return out
	}
	return append(out, warc.Record{
		Type: warc.TypeMetadata, Date: e.began, Target: at, Media: warc.MediaFields, Block: warc.Fields(chainFields(e)),
	})
}

func (e exchange) payload() []byte {
	if e.packed == nil {
		return []byte{}
	}
	return e.packed
}

func (e exchange) requestBlock() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\n", e.at.RequestURI(), e.at.Host)
	for _, name := range []string{"User-Agent", "Accept", "Accept-Encoding"} {
		fmt.Fprintf(&b, "%s: %s\r\n", name, oneLine(e.sent.Get(name)))
	}
	b.WriteString("Connection: close\r\n\r\n")
	return b.Bytes()
}

func (e exchange) responseBlock() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", e.status, e.phrase)
	names := slices.Clone(keptHeaders[:])
	slices.Sort(names)
	for _, name := range names {
		for _, value := range e.header[http.CanonicalHeaderKey(name)] {
			fmt.Fprintf(&b, "%s: %s\r\n", name, oneLine(value))
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(e.packed))
	b.Write(e.packed)
	return b.Bytes()
}

func oneLine(value string) string { return strings.Join(strings.Fields(value), " ") }

// chainFields says which certificates the server showed: enough to find them in the
// public logs of certificates, and to see that they were good at that time.
func chainFields(e exchange) []warc.Field {
	fields := []warc.Field{{Name: "tls-version", Value: tls.VersionName(e.chain.Version)}}
	const stamp = "2006-01-02T15:04:05Z"
	for i, c := range e.chain.PeerCertificates {
		fields = append(fields,
			warc.Field{Name: "certificate-sha256", Value: e.certificates[i]},
			warc.Field{Name: "certificate-subject", Value: c.Subject.String()},
			warc.Field{Name: "certificate-issuer", Value: c.Issuer.String()},
			warc.Field{Name: "certificate-valid", Value: c.NotBefore.UTC().Format(stamp) + "/" + c.NotAfter.UTC().Format(stamp)})
	}
	return fields
}
