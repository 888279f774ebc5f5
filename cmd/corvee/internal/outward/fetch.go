// Package outward holds the commands that go out to the web: fetch, the archived exchanges,
// and what is followed.
//
// What comes in: addresses and the flags of the way out. What goes out: archives, alerts.
// Its one idea: every command here goes out by the world's one Fetcher.
package outward

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/intake/fetch"
	"corvee/pipeline/remote"
	"corvee/present"
)

// Fetch is corvee fetch.
type Fetch struct {
	world.Outward `embed:""`
	Out           string   `short:"o" help:"Folder for the WARC files." default:"." type:"existingdir" placeholder:"DIR"`
	IgnoreRobots  bool     `help:"Fetch what a site's robots.txt forbids: for pages that you ask for one by one."`
	Addresses     []string `arg:"" name:"URL" help:"Addresses."`
}

// Run saves each answer as a WARC file and knows no base.
func (c Fetch) Run(w *world.World) error {
	web, err := w.Fetcher(c.Outward, 0, 0)
	if err != nil {
		return err
	}
	presenter, err := present.New(w.Flags.Format, w.Out)
	if err != nil {
		return err
	}
	var sum corvee.Summary
	for _, address := range c.Addresses {
		got, err := web.Get(w.Ctx, fetch.Request{URL: address, IgnoreRobots: c.IgnoreRobots})
		m, err := c.keep(address, got, err)
		if err == nil {
			err = presenter.Present(m)
		}
		if err != nil {
			return err
		}
		if m.Rejected != nil {
			sum.Rejected++
		}
	}
	if err := presenter.Close(); err != nil {
		return err
	}
	if sum.Rejected == len(c.Addresses) {
		return world.ExitUsage
	}
	return nil
}

// keep writes an archive for its owner alone and says where.
func (c Fetch) keep(address string, got fetch.Response, failure error) (corvee.Message, error) {
	if rejection := remote.RejectionOf(failure); rejection != nil {
		return corvee.Message{Rejected: &corvee.Rejected{Input: address, Reason: rejection.Reason, Remedy: rejection.Remedy}}, nil
	}
	if failure != nil {
		return corvee.Message{}, failure
	}
	id := corvee.HashID(got.Archive)
	name := archiveName(got.At, got.Address, id)
	if err := os.WriteFile(filepath.Join(c.Out, name), got.Archive, 0o600); err != nil {
		return corvee.Message{}, fmt.Errorf("archive: %w", err)
	}
	return corvee.Message{Input: &corvee.Input{
		ID: id, Origin: address, State: corvee.InputDone, Tool: "fetch/1", Bytes: int64(len(got.Body)),
		Reason: fmt.Sprintf("%s from %s, saved as %s", got.MediaType, got.Address, name),
	}}, nil
}

// archiveName names a WARC file by time, host and content. An address of IPv6 has colons,
// which some file systems do not take.
func archiveName(at time.Time, address, id string) string {
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = strings.ReplaceAll(u.Hostname(), ":", "_")
	}
	return fmt.Sprintf("%s-%s-%s.warc", at.Format("20060102T150405Z"), host, id[len("sha256:"):][:12])
}
