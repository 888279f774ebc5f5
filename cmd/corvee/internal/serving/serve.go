// Package serving holds the commands that show pages and answer programs until they are
// interrupted.
//
// What comes in: a base and an address. What goes out: HTTP. Its one idea: who may look is
// settled before anything listens.
package serving

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"corvee"
	"corvee/api"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/pipeline/bring"
	"corvee/pipeline/glance"
	"corvee/pipeline/remote"
	"corvee/pipeline/runner"
	"corvee/web"
)

// Serve is corvee serve.
type Serve struct {
	world.Outward `embed:""`
	Fetch         bool   `help:"Let the pages fetch addresses that somebody hands in. Without it nothing goes out."`
	Listen        string `help:"Address on this machine; port 0 takes a free one." default:"127.0.0.1:8765" placeholder:"HOST:PORT"`
}

func (c Serve) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	if !c.Fetch {
		return serve(w, p, c.Listen, nil)
	}
	web, err := w.Fetcher(c.Outward, 0, 0)
	if err != nil {
		return err
	}
	return serve(w, p, c.Listen, remote.New(p, web))
}

// serve shows the pages until it is interrupted. Without accounts it listens on loopback
// only, and only a browser that was given this launch's key may look. With goes, the pages
// may fetch addresses.
func serve(w *world.World, p *pipeline.Pipeline, address string, goes *remote.Remote) error {
	if err := loopbackOnly(address); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen: %w; choose another with --listen 127.0.0.1:0", err)
	}
	key, err := launchKey(w.Random)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(w.Err, nil))
	tables, bringer, whole := runner.New(p, log), bring.New(p, goes, log), glance.New(p)
	pages, err := web.New(web.Config{
		Pipeline: p, Host: listener.Addr().String(), Key: key, Version: w.Version, Log: log, Bringer: bringer, Runner: tables, Glance: whole,
	})
	if err != nil {
		return err
	}
	programs := api.New(api.Config{Pipeline: p, Hosts: ownHosts(listener.Addr().String()), Key: key, Version: w.Version, Clock: w.Now, Runner: tables, Glance: whole})
	fmt.Fprintf(w.Err, "Open in the browser of this machine: http://%s/?key=%s\nPrograms: http://%s/docs, with Authorization: Bearer %s\nStop with Ctrl-C.\n",
		listener.Addr(), key, listener.Addr(), key)
	ctx, stop := context.WithCancel(w.Ctx)
	worked := make(chan error, 2)
	go func() { worked <- tables.Work(ctx) }()
	go func() { worked <- bringer.Work(ctx) }()
	err = serveUntil(w.Ctx, &http.Server{Handler: both(pages, programs), ReadHeaderTimeout: 10 * time.Second}, listener)
	stop()
	return errors.Join(err, <-worked, <-worked)
}

// both sends a request to the API or to the pages.
func both(pages, programs http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api.Serves(r.URL.Path) {
			programs.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

func ownHosts(address string) []string {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	return []string{address, net.JoinHostPort("localhost", port), net.JoinHostPort("127.0.0.1", port), net.JoinHostPort("::1", port)}
}

func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%w: --listen %q: %v", corvee.ErrInvalid, address, err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%w: --listen %s reaches beyond this machine, and without accounts anyone there could read the base; use 127.0.0.1", corvee.ErrUnsupported, address)
}

func launchKey(random io.Reader) (string, error) {
	raw := make([]byte, 16)
	_, err := io.ReadFull(random, raw)
	return hex.EncodeToString(raw), err
}

const shutdownGrace = 5 * time.Second

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownGrace)
	defer cancel()
	err := server.Shutdown(grace)
	if serveErr := <-failed; !errors.Is(serveErr, http.ErrServerClosed) {
		return serveErr
	}
	return err
}
