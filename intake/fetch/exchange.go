package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// exchange is one request and its answer.
type exchange struct {
	at           *url.URL
	began        time.Time // when the answer's header had come
	sent, header http.Header
	status       int
	phrase       string
	location     string
	packed, body []byte
	certificates []string
	chain        *tls.ConnectionState
}

func (e exchange) redirects() bool {
	switch e.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

var errTooLong = errors.New("the body is over the limit")

// exchange waits for the host's turn, asks, and reads the answer under every cap.
func (f *Fetcher) exchange(ctx context.Context, at *url.URL, r Request, most int64) (exchange, error) {
	if err := f.pace.turn(ctx, at.Host); err != nil {
		return exchange{}, err
	}
	outer := ctx
	ctx, cancel := context.WithTimeout(ctx, f.config.Timeout)
	defer cancel()
	request, err := f.request(ctx, at, r)
	if err != nil {
		return exchange{}, err
	}
	response, err := f.web.RoundTrip(request)
	if err != nil {
		return exchange{}, f.ended(outer, err, at.Host)
	}
	defer response.Body.Close()
	ex := exchange{
		at: at, began: f.config.Clock().UTC(), sent: request.Header, header: response.Header,
		status: response.StatusCode, phrase: http.StatusText(response.StatusCode), location: response.Header.Get("Location"),
	}
	ex.showWho(response.TLS)
	if ex.redirects() {
		return ex, nil // what it says beside the address is not read
	}
	if err := ex.read(response, most); err != nil {
		return ex, f.ended(outer, err, at.Host)
	}
	return ex, nil
}

// ended tells the end of the caller's context from what went wrong on the way.
func (f *Fetcher) ended(outer context.Context, err error, host string) error {
	if outer.Err() != nil {
		return outer.Err()
	}
	return f.explain(err, host)
}

// request says what is asked and how it can be packed, and nothing of who asks.
func (f *Fetcher) request(ctx context.Context, at *url.URL, r Request) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, refuse("check the address", "this is no address")
	}
	request.Header.Set("User-Agent", f.config.UserAgent)
	request.Header.Set("Accept", "*/*")
	request.Header.Set("Accept-Encoding", "gzip")
	if r.ETag != "" {
		request.Header.Set("If-None-Match", r.ETag)
	}
	if r.LastModified != "" {
		request.Header.Set("If-Modified-Since", r.LastModified)
	}
	return request, nil
}

func (e *exchange) showWho(state *tls.ConnectionState) {
	if e.chain = state; state == nil {
		return
	}
	for _, c := range state.PeerCertificates {
		sum := sha256.Sum256(c.Raw)
		e.certificates = append(e.certificates, hex.EncodeToString(sum[:]))
	}
}

// read takes the body as it is packed, for the archive, and unpacks it, both up to the
// limit: a body that grows without end costs the limit and no more.
func (e *exchange) read(response *http.Response, most int64) error {
	var packed bytes.Buffer
	wire := io.TeeReader(io.LimitReader(response.Body, most+1), &packed)
	unpacked, err := unpack(wire, e.header.Get("Content-Encoding"))
	if err == nil {
		e.body, err = io.ReadAll(io.LimitReader(unpacked, most+1))
	}
	if err == nil { // what stands behind the end of a packed body belongs to the answer
		_, err = io.Copy(io.Discard, wire)
	}
	e.packed = packed.Bytes()
	if int64(len(e.body)) > most || int64(len(e.packed)) > most {
		return errTooLong
	}
	return err
}

func unpack(r io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) {
			return bytes.NewReader(nil), nil // nothing at all, packed
		}
		return z, err
	case "deflate":
		return inflate(r)
	}
	return nil, fmt.Errorf("it is packed by %.20q, which was not asked for", encoding)
}

// inflate takes zlib, as the standard says, and bare deflate, as some servers send it.
func inflate(r io.Reader) (io.Reader, error) {
	head := make([]byte, 2)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	all := io.MultiReader(bytes.NewReader(head[:n]), r)
	if n == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(all)
	}
	return flate.NewReader(all), nil
}
