// Command corvee turns reports on state-imposed labour into evidence and checks supply
// chains against it.
//
// What comes in: arguments, files, a base. What goes out: the corvee/1 stream or its text
// on standard output, messages for people on standard error, an exit code. Its one idea:
// this is the only place that wires. Each family of commands has a room under internal/;
// here are the table of commands and the start, and no rule of the domain.
package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"corvee/cmd/corvee/internal/evidence"
	"corvee/cmd/corvee/internal/exporting"
	"corvee/cmd/corvee/internal/keeping"
	"corvee/cmd/corvee/internal/listing"
	"corvee/cmd/corvee/internal/outward"
	"corvee/cmd/corvee/internal/reading"
	"corvee/cmd/corvee/internal/screening"
	"corvee/cmd/corvee/internal/serving"
	"corvee/cmd/corvee/internal/team"
	"corvee/cmd/corvee/internal/world"
	"corvee/intake/fetch"
)

// version is the version of the binary; the release build sets it.
var version = "0.1.0-dev"

// cli is the table of commands. A family stands by itself, so that a new one moves no other.
type cli struct {
	world.Flags

	Read     reading.Read     `cmd:"" help:"Archive, read and store reports; print claims and findings."`
	Fetch    outward.Fetch    `cmd:"" help:"Save pages of the web as WARC files; needs no base."`
	Captures outward.Captures `cmd:"" help:"How a report was fetched, and the archived exchange."`
	Import   reading.Import   `cmd:"" help:"Bring in what others have compiled."`
	FX       reading.FX       `cmd:"" name:"fx" help:"Exchange rates, and amounts at the rate of their time."`

	Claims   evidence.Claims   `cmd:"" help:"Claims of the base, as people have left them."`
	Explain  evidence.Explain  `cmd:"" help:"Why a claim was made: words, slots, rules."`
	Lineage  evidence.Lineage  `cmd:"" help:"Which reports depend on which, and how many origins stand behind a claim."`
	Inputs   evidence.Inputs   `cmd:"" help:"Every input with its state and reason."`
	Question evidence.Question `cmd:"" help:"What has been reported about a site, organisation, place or country, by how many origins, and whether they agree."`
	Dossier  evidence.Dossier  `cmd:"" help:"All of it on one subject, to leave the base: a page, JSON, or a bag that anyone can verify."`
	Export   exporting.Export  `cmd:"" help:"Claims for other programs: a table, a workbook, a map, FollowTheMoney entities."`
	Law      evidence.Law      `cmd:"" help:"Which legal instruments may be engaged by facts that you name."`

	Screen   screening.Screen   `cmd:"" help:"Check a table of suppliers against lists and evidence."`
	Match    screening.Match    `cmd:"" help:"Check one name."`
	Decide   screening.Decide   `cmd:"" help:"Say of a hit that the two are the same, different, or that it is unsure."`
	Settings screening.Settings `cmd:"" help:"What the base asks of people, such as two for \"same\"."`
	Rescreen screening.Rescreen `cmd:"" help:"Do a run again and say what is different since."`
	Lists    listing.Lists      `cmd:"" help:"Official lists."`

	Watch outward.Watch `cmd:"" help:"Follow pages, feeds, suppliers and questions; say what is new."`

	Purge     keeping.Purge     `cmd:"" help:"Remove a report for good; a tombstone stays."`
	Seal      keeping.Seal      `cmd:"" help:"Make a report unreadable to all but the holders of a key; a code stays."`
	Unseal    keeping.Unseal    `cmd:"" help:"Bring a sealed report back with its key."`
	Sealed    keeping.Sealed    `cmd:"" help:"The sealed reports of the base: code and state."`
	Key       keeping.Key       `cmd:"" help:"Make a key of your own for sealing and backups: a file for you alone, and the age1… to give."`
	Retention keeping.Retention `cmd:"" help:"How long reports are kept, and what is due to go."`

	Verify  keeping.Verify  `cmd:"" help:"Check a bag or a base, and who signed it: no server, no network."`
	Signer  keeping.Signer  `cmd:"" help:"Keys that sign bags and heads of the log."`
	Audit   keeping.Audit   `cmd:"" help:"The log of events."`
	Backup  keeping.Backup  `cmd:"" help:"Base and originals in one sealed file."`
	Restore keeping.Restore `cmd:"" help:"A sealed file back into a new base, checked."`
	Move    keeping.Move    `cmd:"" help:"A whole base from a file to PostgreSQL, or back, checked."`

	Users       team.Users       `cmd:"" help:"Who may sign in to corvee serve, with which roles; tokens for programs."`
	Collections team.Collections `cmd:"" help:"Collections, in which roles are given."`

	Serve serving.Serve `cmd:"" help:"The pages: on this machine, or for people with accounts."`
	Demo  serving.Demo  `cmd:"" help:"Read invented samples, screen invented suppliers, serve the pages."`

	Score   reading.Score   `cmd:"" help:"How well reports are read, against annotated ones."`
	Rules   reading.Rules   `cmd:"" help:"The rules of reading, for people who write them."`
	Version reading.Version `cmd:"" help:"Version; with --safety what protects the decoding of files."`
	Decode  reading.Decode  `cmd:"" hidden:"" help:"The decoder child; started by corvee itself."`

	Who evidence.Who `cmd:"" help:"Who is who: sites and organisations across reports and scripts, and what you judge of them."`
}

func main() { os.Exit(int(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, nil))) }

func run(args []string, in io.Reader, out, errOut io.Writer, network *fetch.Network) world.ExitCode {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("corvee"), kong.Writers(out, errOut), kong.Exit(func(n int) { code = n }),
		kong.Description("Reports in → quoted claims → weighed evidence → findings; names and shipments in → explained hits."),
		kong.Configuration(tomlSettings), kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(errOut, "corvee:", err)
		return world.ExitFailed
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help has been shown
		return world.ExitCode(code)
	}
	if err != nil {
		fmt.Fprintf(errOut, "corvee: %v\nSee corvee --help.\n", err)
		return world.ExitUsage
	}
	w := &world.World{
		Ctx: ctx, In: in, Out: out, Err: errOut, Now: time.Now, Random: rand.Reader,
		Flags: &c.Flags, Version: version, Command: parsed.Selected().Name, Network: network,
	}
	return w.Report(parsed.Run(w))
}
