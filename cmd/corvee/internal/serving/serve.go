// Package serving holds the commands that show pages and answer programs until they are
// interrupted.
//
// What comes in: a base and an address. What goes out: HTTP. Its one idea: who may look is
// settled before anything listens.
package serving

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

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
	Fetch         bool     `help:"Let the pages fetch addresses that somebody hands in. Without it nothing goes out."`
	Listen        string   `help:"Address to listen on; port 0 takes a free one. Beyond this machine only with accounts and TLS." default:"127.0.0.1:8765" placeholder:"HOST:PORT"`
	Accounts      bool     `help:"Ask everyone to sign in, on this machine too (corvee users add makes accounts)."`
	Host          []string `help:"Name that people reach the server by; several times for several. Implies --accounts." placeholder:"NAME"`
	TLSCert       string   `name:"tls-cert" help:"File of the certificate, with those above it (PEM). Implies --accounts." type:"existingfile" placeholder:"FILE"`
	TLSKey        string   `name:"tls-key" help:"File of the certificate's key (PEM)." type:"existingfile" placeholder:"FILE"`
	Proxied       bool     `name:"behind-proxy" help:"A proxy on the way does TLS and sets X-Forwarded-Proto; without this flag no such header is believed. Implies --accounts."`
}

// Run shows pages and answers programs until it is interrupted.
func (c Serve) Run(w *world.World) error {
	way, err := c.way()
	if err != nil {
		return err
	}
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	if !c.Fetch {
		return serve(w, p, way, nil)
	}
	web, err := w.Fetcher(c.Outward, 0, 0)
	if err != nil {
		return err
	}
	return serve(w, p, way, remote.New(p, web))
}

// serve shows the pages until it is interrupted. With goes, the pages may fetch addresses.
func serve(w *world.World, p *pipeline.Pipeline, way way, goes *remote.Remote) error {
	log := slog.New(slog.NewTextHandler(w.Err, nil))
	listener, err := net.Listen("tcp", way.listen)
	if err != nil {
		return fmt.Errorf("listen: %w; choose another with --listen 127.0.0.1:0", err)
	}
	tables, bringer, whole := runner.New(p, log), bring.New(p, goes, log), glance.New(p)
	door, err := way.door(w, p, listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	pages, err := web.New(web.Config{
		Pipeline: p, Host: listener.Addr().String(), Key: door.key, Entry: door.entry, Version: w.Version, Log: log, Bringer: bringer, Runner: tables, Glance: whole,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	programs := api.New(api.Config{
		Pipeline: p, Hosts: door.hosts, Key: door.key, Accounts: door.accounts, Version: w.Version, Clock: w.Now, Runner: tables, Glance: whole,
	})
	fmt.Fprint(w.Err, door.hello, "Stop with Ctrl-C.\n")
	ctx, stop := context.WithCancel(w.Ctx)
	worked := make(chan error, 2)
	go func() { worked <- tables.Work(ctx) }()
	go func() { worked <- bringer.Work(ctx) }()
	err = serveUntil(w.Ctx, &http.Server{Handler: both(pages, programs), ReadHeaderTimeout: 10 * time.Second, TLSConfig: way.tls, ErrorLog: silent()}, listener)
	stop()
	return errors.Join(err, <-worked, <-worked)
}

// silent drops what net/http says of connections: it names the addresses of those who came.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }

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

const shutdownGrace = 5 * time.Second

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
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
