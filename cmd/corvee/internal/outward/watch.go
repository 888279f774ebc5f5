package outward

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/retention"
	"corvee/pipeline/watch"
	"corvee/present"
	"corvee/screen"
	"corvee/store"
)

// Watch is corvee watch.
type Watch struct {
	Run      watchRun      `cmd:"" default:"withargs" help:"Look at what is due, until you stop it; the default."`
	Page     watchWeb      `cmd:"" help:"Follow a page: its words, not its bytes."`
	Feed     watchWeb      `cmd:"" help:"Follow a feed (RSS, Atom)."`
	Sitemap  watchWeb      `cmd:"" help:"Follow the pages of a sitemap."`
	Supplier watchSupplier `cmd:"" help:"Be told when lists or evidence change for a party."`
	Table    watchTable    `cmd:"" help:"Be told when lists or evidence change for a row of a table of suppliers."`
	Question watchQuestion `cmd:"" help:"Be told when claims of a kind, country, sector or place change."`
	List     watchList     `cmd:"" help:"What is followed, and when it is due."`
	Remove   watchRemove   `cmd:"" help:"Follow something no longer."`
}

// watcher wires the watches of the base. The caller closes it.
func watcher(w *world.World, o world.Outward) (*watch.Watcher, *pipeline.Pipeline, func(), error) {
	web, err := w.Fetcher(o, 0, 0)
	if err != nil {
		return nil, nil, nil, err
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return nil, nil, nil, err
	}
	return watch.New(p, web), p, closeBase, nil
}

func addWatch(w *world.World, want store.Watch) error {
	watcher, _, closeBase, err := watcher(w, world.Outward{})
	if err != nil {
		return err
	}
	defer closeBase()
	one, err := watcher.Add(w.Ctx, want)
	if err == nil {
		fmt.Fprintf(w.Out, "%s  %s, every %s\n", one.ID, present.Clean(watch.Title(one)), one.Every)
	}
	return err
}

type watchWeb struct {
	Every   time.Duration `help:"How often to look (page 6h, feed 1h, sitemap 24h)." placeholder:"TIME"`
	Read    bool          `help:"Read what is new into the base."`
	Address string        `arg:"" name:"URL" help:"Its address."`
}

// Run takes the kind from the command's own name.
func (c watchWeb) Run(w *world.World) error {
	return addWatch(w, store.Watch{Kind: w.Command, Address: c.Address, Every: c.Every, Read: c.Read})
}

type watchSupplier struct {
	Every   time.Duration `help:"How often to look (1h); nothing goes out." placeholder:"TIME"`
	Country string        `help:"Country of the party (ISO 3166, two letters)." placeholder:"CC"`
	Number  string        `help:"Registration number." placeholder:"NUMBER"`
	Name    string        `arg:"" help:"Name of the party, in any script."`
}

func (c watchSupplier) Run(w *world.World) error {
	return addWatch(w, store.Watch{Kind: store.WatchSupplier, Every: c.Every, Terms: given("name", c.Name, "country", c.Country, "number", c.Number)})
}

type watchTable struct {
	Every     time.Duration     `help:"How often to look (1h); nothing goes out, and nothing is screened while the base stays as it is." placeholder:"TIME"`
	Column    map[string]string `help:"Take a column for what you say, as in corvee screen." placeholder:"WHAT=HEADER"`
	Threshold float64           `help:"Least score of a hit, 0 to 1." default:"0"`
	Limit     int               `help:"Most hits for a row." default:"10"`
	File      string            `arg:"" help:"Table of suppliers: CSV, Excel (XLSX) or JSON lines. The base keeps it." type:"existingfile"`
}

func (c watchTable) Run(w *world.World) error {
	table, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("table: %w", err)
	}
	watcher, _, closeBase, err := watcher(w, world.Outward{})
	if err != nil {
		return err
	}
	defer closeBase()
	one, run, err := watcher.AddTable(w.Ctx, filepath.Base(c.File), table, pipeline.ScreenOptions{
		Table: screen.TableOptions{Columns: c.Column}, Match: screen.Options{Limit: c.Limit, Threshold: c.Threshold},
	}, c.Every)
	if err == nil {
		fmt.Fprintf(w.Out, "%s  %s, every %s; run %s: %d rows with hits\n", one.ID, present.Clean(watch.Title(one)), one.Every, run.ID, run.Rows.Hit)
	}
	return err
}

type watchQuestion struct {
	Every   time.Duration `help:"How often to look (1h); nothing goes out." placeholder:"TIME"`
	Kind    string        `help:"Kind of claim: headcount, wage, levy …" placeholder:"KIND"`
	Country string        `help:"Country of the work (ISO 3166, two letters)." placeholder:"CC"`
	Sector  string        `help:"Sector." placeholder:"SECTOR"`
	Place   string        `help:"Place (id, as the stream shows it)." placeholder:"PLACE"`
}

func (c watchQuestion) Run(w *world.World) error {
	return addWatch(w, store.Watch{Kind: store.WatchQuestion, Every: c.Every, Terms: given("kind", c.Kind, "country", c.Country, "sector", c.Sector, "place", c.Place)})
}

// given keeps the terms that have a value. Words come in pairs.
func given(pairs ...string) map[string]string {
	terms := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			terms[pairs[i]] = pairs[i+1]
		}
	}
	return terms
}

type watchList struct{}

func (watchList) Run(w *world.World) error {
	watcher, _, closeBase, err := watcher(w, world.Outward{})
	if err != nil {
		return err
	}
	defer closeBase()
	all, err := watcher.Watches(w.Ctx)
	for _, one := range all {
		fmt.Fprintf(w.Out, "%s  %s, every %s, due %s\n", one.ID, present.Clean(watch.Title(one)), one.Every, one.Next.Format("2006-01-02 15:04 UTC"))
		if one.Failure != "" {
			fmt.Fprintf(w.Out, "      failed %d times: %s\n", one.Tries, present.Clean(one.Failure))
		}
	}
	if err == nil && len(all) == 0 {
		fmt.Fprintln(w.Err, "Nothing is followed; corvee watch page URL, feed URL, supplier NAME or question begins.")
	}
	return err
}

type watchRemove struct {
	ID string `arg:"" help:"Id of the watch, as corvee watch list shows it."`
}

func (c watchRemove) Run(w *world.World) error {
	watcher, _, closeBase, err := watcher(w, world.Outward{})
	if err != nil {
		return err
	}
	defer closeBase()
	return watcher.Remove(w.Ctx, c.ID)
}

type watchRun struct {
	world.Outward `embed:""`
	Once          bool   `help:"Look once at what is due and end."`
	All           bool   `help:"Look at what is not due as well, the first time."`
	Alerts        string `help:"Keep an Atom feed of the alerts in this file." type:"path" placeholder:"FILE"`
	Webhook       string `help:"Send each alert to this address, signed (Standard Webhooks)." placeholder:"URL"`
	Retention     bool   `help:"After each look, purge for good what the rules of corvee retention say is due."`
	WebhookKey    string `help:"File with the key that signs, 24 bytes or more." type:"existingfile" placeholder:"FILE"`
}

func (c watchRun) Run(w *world.World) error {
	hook, err := c.hook()
	if err != nil {
		return err
	}
	watcher, p, closeBase, err := watcher(w, c.Outward)
	if err != nil {
		return err
	}
	defer closeBase()
	err = w.ShowFrom(p, nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		for all := c.All; ; all = false {
			if err := c.round(w, watcher, p, hook, all, c.quietly(emit)); err != nil || c.Once {
				return err
			}
			if err := untilDue(w, watcher); err != nil {
				return err
			}
		}
	})
	if errors.Is(err, watch.ErrNothing) {
		fmt.Fprintln(w.Err, "Nothing is followed; corvee watch page URL, feed URL, supplier NAME or question begins.")
		return nil
	}
	return err
}

// quietly drops the summary of a round that found nothing, of which there is one a minute.
func (c watchRun) quietly(emit pipeline.Emit) pipeline.Emit {
	return func(m corvee.Message) error {
		if !c.Once && m.Summary != nil && *m.Summary == (corvee.Summary{}) {
			return nil
		}
		return emit(m)
	}
}

// hook reads the key; an address without one, or a key without an address, is wrong use.
func (c watchRun) hook() (watch.Hook, error) {
	if (c.Webhook == "") != (c.WebhookKey == "") {
		return watch.Hook{}, fmt.Errorf("%w: --webhook and --webhook-key go together: what receives an alert must be able to tell that it is yours", corvee.ErrInvalid)
	}
	if c.Webhook == "" {
		return watch.Hook{}, nil
	}
	key, err := os.ReadFile(c.WebhookKey)
	if err != nil {
		return watch.Hook{}, fmt.Errorf("key of the webhook: %w", err)
	}
	return watch.Hook{Address: c.Webhook, Key: bytes.TrimSpace(key)}, nil
}

// round looks, then tells. That an alert cannot be delivered is said and ends nothing: it
// is sent again in the next round.
func (c watchRun) round(w *world.World, watcher *watch.Watcher, p *pipeline.Pipeline, hook watch.Hook, all bool, emit pipeline.Emit) error {
	if _, err := watcher.Run(w.Ctx, all, emit); err != nil {
		return err
	}
	if c.Retention {
		if err := retention.Retire(w.Ctx, p, emit); err != nil {
			return err
		}
	}
	if c.Alerts != "" {
		if err := writeAlerts(w, p, c.Alerts); err != nil {
			return err
		}
	}
	if hook.Address == "" {
		return nil
	}
	sent, err := watcher.Deliver(w.Ctx, hook)
	if w.Ctx.Err() != nil || errors.Is(err, corvee.ErrInvalid) && len(hook.Key) < watch.MinKey {
		return err
	}
	if err != nil {
		fmt.Fprintf(w.Err, "corvee: %d alerts delivered, then: %v; the rest is sent again\n", sent, err)
		if c.Once {
			return world.ExitFailed
		}
	}
	return nil
}

// writeAlerts never shows half a feed: readers may come at any time.
func writeAlerts(w *world.World, p *pipeline.Pipeline, path string) error {
	alerts, err := watch.Alerts(w.Ctx, p)
	if err != nil {
		return err
	}
	raw, err := watch.Atom(alerts)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".alerts-*")
	if err != nil {
		return fmt.Errorf("alerts: %w", err)
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("alerts: %w", err), os.Remove(f.Name()))
	}
	return nil
}

// untilDue sleeps until the next look; a new watch is noticed within a minute.
func untilDue(w *world.World, watcher *watch.Watcher) error {
	next, _, err := watcher.NextDue(w.Ctx)
	if err != nil {
		return err
	}
	pause := time.NewTimer(max(time.Second, min(next.Sub(w.Now()), time.Minute)))
	defer pause.Stop()
	select {
	case <-pause.C:
		return nil
	case <-w.Ctx.Done():
		return w.Ctx.Err()
	}
}
