package watch

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"corvee"
	"corvee/pipeline"
	"corvee/store"
)

// mostEntries is how many alerts the feed holds.
const mostEntries = 100

// Alerts returns the latest alerts of a base, latest first.
func Alerts(ctx context.Context, base *pipeline.Pipeline) (alerts []store.Alert, err error) {
	err = base.Store.View(ctx, func(tx store.Tx) (err error) {
		alerts, err = tx.Alerts(ctx, mostEntries)
		return err
	})
	return alerts, err
}

// Atom types are RFC 4287 as far as it is used.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID       string       `xml:"id"`
	Title    string       `xml:"title"`
	Updated  string       `xml:"updated"`
	Link     *atomLink    `xml:"link"`
	Category atomCategory `xml:"category"`
	Summary  string       `xml:"summary"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// Atom returns alerts, latest first, as an Atom feed. The same alerts give the same bytes.
func Atom(alerts []store.Alert) ([]byte, error) {
	feed := atomFeed{ID: "urn:corvee:alerts", Title: "Corvee: alerts", Author: "Corvee", Updated: stamp(time.Unix(0, 0))}
	for i, a := range alerts {
		if i == 0 {
			feed.Updated = stamp(a.At)
		}
		e := atomEntry{
			ID: "urn:corvee:alert:" + a.ID, Title: readable(a.Kind + ": " + a.Title), Updated: stamp(a.At),
			Category: atomCategory{a.Kind}, Summary: readable(strings.Join(a.Details, "\n")),
		}
		if a.Address != "" {
			e.Link = &atomLink{readable(a.Address)}
		}
		feed.Entries = append(feed.Entries, e)
	}
	raw, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return nil, fmt.Errorf("alerts as a feed: %w", err)
	}
	return append(append([]byte(xml.Header), raw...), '\n'), nil
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// readable drops what XML cannot hold.
func readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// Hook is where alerts are sent and the key that signs them.
type Hook struct {
	Address string
	Key     []byte
}

// MinKey is the shortest key that signs.
const MinKey = 24

// Delivery is the body of a request to a hook.
type delivery struct {
	Type      string      `json:"type"`
	Timestamp string      `json:"timestamp"`
	Data      store.Alert `json:"data"`
	Notice    string      `json:"notice"`
}

// stale is how old an alert may be and still be sent: who names a hook for the first time,
// or after long, is not flooded. The feed has them all.
const stale = 7 * 24 * time.Hour

// Deliver sends the alerts that the hook has not taken, oldest first, until one is
// refused; the rest waits for the next time, in order. It returns how many were taken.
func (w *Watcher) Deliver(ctx context.Context, h Hook) (sent int, err error) {
	if len(h.Key) < MinKey {
		return 0, fmt.Errorf("%w: the key of a webhook needs %d bytes at least", corvee.ErrInvalid, MinKey)
	}
	var waiting []store.Alert
	err = w.base.Store.View(ctx, func(tx store.Tx) (err error) {
		waiting, err = tx.Unsent(ctx)
		return err
	})
	for _, a := range waiting {
		if err != nil {
			break
		}
		if w.now().Sub(a.At) > stale {
			err = w.markSent(ctx, a)
		} else if err = w.deliver(ctx, h, a); err == nil {
			sent++
		}
	}
	return sent, err
}

func (w *Watcher) deliver(ctx context.Context, h Hook, a store.Alert) error {
	body, err := json.Marshal(delivery{"corvee.alert", stamp(a.At), a, corvee.Notice})
	if err != nil {
		return fmt.Errorf("alert %s: %w", a.ID, err)
	}
	if _, err := w.web.Post(ctx, h.Address, h.header(a.ID, w.now(), body), body); err != nil {
		return err
	}
	return w.markSent(ctx, a)
}

func (w *Watcher) markSent(ctx context.Context, a store.Alert) error {
	return w.base.Store.Update(ctx, func(tx store.Tx) error { return tx.MarkSent(ctx, a.Seq) })
}

// header signs a body as Standard Webhooks 1.0 says: an HMAC-SHA-256 over id, time and
// body. A receiver refuses what is older than some minutes and an id that it has seen.
func (h Hook) header(id string, at time.Time, body []byte) map[string]string {
	when := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, h.Key)
	mac.Write([]byte(id + "." + when + "."))
	mac.Write(body)
	return map[string]string{
		"Content-Type": "application/json", "Webhook-Id": id, "Webhook-Timestamp": when,
		"Webhook-Signature": "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	}
}
