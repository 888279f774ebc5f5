// Command corvee turns reports on state-imposed labour into evidence and checks supply
// chains against it.
//
// What comes in: arguments, files, a base. What goes out: the corvee/1 stream or its text
// on standard output, messages for people on standard error, an exit code. Its one idea:
// this is the only place that wires; it holds a file for each subcommand and no rule of
// the domain.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"corvee"
	"corvee/intake/fetch"
	"corvee/present"
)

// version is the version of the binary; the release build sets it.
var version = "0.1.0-dev"

// The exit codes that scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2 // wrong use, or every input was bad
	exitFound  = 3 // only with --fail-on
)

type cli struct {
	Base       string          `help:"Base: a file, or postgres://… (default: $$CORVEE_DATABASE_URL, then a file in your data directory)." placeholder:"FILE|URL"`
	Originals  string          `help:"Folder of the archived originals (default: beside the base)." type:"path" placeholder:"DIR"`
	Format     present.Format  `help:"Output: text, jsonl (the corvee/1 stream) or csv." enum:"text,jsonl,csv" default:"text"`
	Config     kong.ConfigFlag `help:"Settings file (TOML), keys named as the flags." placeholder:"FILE"`
	ShowPeople string          `help:"Show people's names in quotes, for this reason. They are covered otherwise; the reason is logged." placeholder:"REASON"`
	Quiet      bool            `help:"No progress on standard error."`
	Uncaged    bool            `help:"Decode PDF, office files, mail and archives although this system cannot shut the decoder in (corvee version --safety)."`

	Read     readCmd     `cmd:"" help:"Archive, read and store reports; print claims and findings."`
	Fetch    fetchCmd    `cmd:"" help:"Save pages of the web as WARC files; needs no base."`
	Captures capturesCmd `cmd:"" help:"How a report was fetched, and the archived exchange."`
	Claims   claimsCmd   `cmd:"" help:"Claims of the base, as people have left them."`
	Explain  explainCmd  `cmd:"" help:"Why a claim was made: words, slots, rules."`
	Lineage  lineageCmd  `cmd:"" help:"Which reports depend on which, and how many origins stand behind a claim."`
	Inputs   inputsCmd   `cmd:"" help:"Every input with its state and reason."`
	Purge    purgeCmd    `cmd:"" help:"Remove a report for good; a tombstone stays."`
	Import   importCmd   `cmd:"" help:"Bring in what others have compiled."`
	Question questionCmd `cmd:"" help:"What has been reported about a site, organisation, place or country, by how many origins, and whether they agree."`
	Dossier  dossierCmd  `cmd:"" help:"All of it on one subject, to leave the base: a page, JSON, or a bag that anyone can verify."`
	Verify   verifyCmd   `cmd:"" help:"Check a bag or a base: no server, no network."`
	Lists    listsCmd    `cmd:"" help:"Official lists."`
	Screen   screenCmd   `cmd:"" help:"Check a table of suppliers against lists and evidence."`
	Match    matchCmd    `cmd:"" help:"Check one name."`
	Decide   decideCmd   `cmd:"" help:"Say of a hit that the two are the same, different, or that it is unsure."`
	Settings settingsCmd `cmd:"" help:"What the base asks of people, such as two for \"same\"."`
	Rescreen rescreenCmd `cmd:"" help:"Do a run again and say what is different since."`
	Law      lawCmd      `cmd:"" help:"Which legal instruments may be engaged by facts that you name."`
	Watch    watchCmd    `cmd:"" help:"Follow pages, feeds, suppliers and questions; say what is new."`
	Backup   backupCmd   `cmd:"" help:"Base and originals in one sealed file."`
	Restore  restoreCmd  `cmd:"" help:"A sealed file back into a new base, checked."`
	Serve    serveCmd    `cmd:"" help:"The pages, on this machine only."`
	Demo     demoCmd     `cmd:"" help:"Read invented samples, screen invented suppliers, serve the pages."`
	Score    scoreCmd    `cmd:"" help:"How well reports are read, against annotated ones."`
	Rules    rulesCmd    `cmd:"" help:"The rules of reading, for people who write them."`
	Version  versionCmd  `cmd:"" help:"Version; with --safety what protects the decoding of files."`
	Decode   decodeCmd   `cmd:"" hidden:"" help:"The decoder child; started by corvee itself."`
}

// world is what differs from run to run, in one place.
type world struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
	now      func() time.Time
	random   io.Reader
	cli      *cli
	command  string         // the last word of the command's name
	network  *fetch.Network // nil, the public internet, but in tests
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, nil)) }

func run(args []string, in io.Reader, out, errOut io.Writer, network *fetch.Network) int {
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
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help has been shown
		return code
	}
	if err != nil {
		fmt.Fprintf(errOut, "corvee: %v\nSee corvee --help.\n", err)
		return exitUsage
	}
	w := &world{ctx: ctx, in: in, out: out, err: errOut, now: time.Now, random: rand.Reader, cli: &c, network: network}
	w.command = parsed.Selected().Name
	return report(w, parsed.Run(w))
}

// exitCode is an error that carries its exit code and says nothing more.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// report tells an error to a person, once, with the next step, and returns the exit code.
func report(w *world, err error) int {
	var code exitCode
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w.err, "corvee: interrupted; what was done is kept, the same command goes on")
		return exitFailed
	}
	fmt.Fprintf(w.err, "corvee: %v\n", err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintln(w.err, hint)
	}
	if errors.Is(err, corvee.ErrInvalid) || errors.Is(err, corvee.ErrUnsupported) || errors.Is(err, fs.ErrNotExist) {
		return exitUsage
	}
	return exitFailed
}

func hintFor(err error) string {
	switch {
	case errors.Is(err, corvee.ErrConflict):
		return "Somebody else was using the same thing; try again (after a purge: corvee purge --erase)."
	case errors.Is(err, corvee.ErrNotFound):
		return "Nothing in this base has that id; see corvee claims, corvee inputs, or choose another --base."
	case errors.Is(err, fs.ErrNotExist):
		return "Check the path; nothing was changed."
	case errors.Is(err, fs.ErrPermission):
		return "The file or folder may not be read or written by this user; change its rights or choose another --base."
	}
	return ""
}
