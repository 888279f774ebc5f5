package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"corvee"
	"corvee/intake/fetch"
	"corvee/pipeline"
	"corvee/pipeline/remote"
	"corvee/present"
)

// outward is how a command that goes out goes out. Nothing else in the program does.
type outward struct {
	Proxy     string        `help:"Send everything through this proxy, questions for names too: socks5h://HOST:PORT (Tor) or http://HOST:PORT." env:"CORVEE_PROXY" placeholder:"URL"`
	UserAgent string        `help:"What to say of yourself to a site; the default says nothing." env:"CORVEE_USER_AGENT" placeholder:"TEXT"`
	Pace      time.Duration `help:"Least time between two requests to one host." default:"1s"`
}

// fetcher wires the one way out. most bounds a body; 0 takes the default.
func (w *world) fetcher(o outward, most int64, timeout time.Duration) (*fetch.Fetcher, error) {
	return fetch.New(fetch.Config{
		Proxy: o.Proxy, UserAgent: o.UserAgent, Pace: o.Pace, MaxBytes: most, Timeout: timeout,
		Clock: w.now, Random: w.random, Software: "corvee/" + version, Network: w.network,
	})
}

type fetchCmd struct {
	outward      `embed:""`
	Out          string   `short:"o" help:"Folder for the WARC files." default:"." type:"existingdir" placeholder:"DIR"`
	IgnoreRobots bool     `help:"Fetch what a site's robots.txt forbids: for pages that you ask for one by one."`
	Addresses    []string `arg:"" name:"URL" help:"Addresses."`
}

// Run saves each answer as a WARC file and knows no base.
func (c fetchCmd) Run(w *world) error {
	web, err := w.fetcher(c.outward, 0, 0)
	if err != nil {
		return err
	}
	presenter, err := present.New(w.cli.Format, w.out)
	if err != nil {
		return err
	}
	var sum corvee.Summary
	for _, address := range c.Addresses {
		got, err := web.Get(w.ctx, fetch.Request{URL: address, IgnoreRobots: c.IgnoreRobots})
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
		return exitCode(exitUsage)
	}
	return nil
}

// keep writes an archive for its owner alone and says where.
func (c fetchCmd) keep(address string, got fetch.Response, failure error) (corvee.Message, error) {
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

// The bounds of one file of a list: the largest public one is 120 MB.
const (
	mostListBytes = 512 << 20
	listTimeout   = 10 * time.Minute
)

type listsUpdateCmd struct {
	outward        `embed:""`
	AcceptShrunken bool              `help:"Take a list that lost more than a fifth of its entries, or that has changed its shape."`
	From           map[string]string `help:"Fetch a list from another address: --from NAME=URL." placeholder:"NAME=URL"`
	Names          []string          `arg:"" optional:"" name:"NAME" help:"Lists: ofac, un, uk, eu; or one that --from names. All that have a file, without one."`
}

func (c listsUpdateCmd) Run(w *world) error {
	sources, err := remote.Chosen(c.Names, c.From)
	if err != nil {
		return err
	}
	web, err := w.fetcher(c.outward, mostListBytes, listTimeout)
	if err != nil {
		return err
	}
	failed := 0
	told := func(source, how string) {
		if how == remote.Failed {
			failed++
		}
		fmt.Fprintf(w.err, "%s: %s\n", source, how)
	}
	err = w.show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) error {
		_, err := remote.New(p, web).UpdateLists(w.ctx, sources, remote.UpdateOptions{AcceptShrunken: c.AcceptShrunken, Told: told}, emit)
		return err
	})
	if err == nil && failed > 0 {
		return exitCode(exitFailed)
	}
	return err
}
