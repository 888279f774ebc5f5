// Package pdf prints a page by the browser that is on this machine.
//
// What comes in: one page of HTML that loads nothing. What goes out: PDF. Its one idea: the
// browser is a child without a network, without scripts, with an empty folder for a home, and
// what it writes of itself and of this machine into the file is taken out again.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"corvee"
)

// Browsers are the programs that can print, in the order in which they are tried.
func Browsers() []string {
	return []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"}
}

// ErrNoBrowser: nothing on this machine can print.
var ErrNoBrowser = errors.New("no browser that can print was found")

// longest is how long printing may take: a dossier of a thousand claims takes seconds.
const longest = 2 * time.Minute

// Printed is a PDF and what could not be shut while it was made, for people; "" for nothing.
type Printed struct {
	Bytes []byte
	Open  string
}

// Print prints a page. Without a browser it returns ErrNoBrowser with the names that were
// looked for. The dates in the file are the day made, its maker is no more than "Corvee".
func Print(ctx context.Context, page []byte, made corvee.Date) (Printed, error) {
	browser, err := find()
	if err != nil {
		return Printed{}, err
	}
	folder, err := os.MkdirTemp("", "corvee-print-")
	if err != nil {
		return Printed{}, fmt.Errorf("pdf: %w", err)
	}
	defer os.RemoveAll(folder)
	in, to := filepath.Join(folder, "page.html"), filepath.Join(folder, "page.pdf")
	if err := os.WriteFile(in, shut(page), 0o600); err != nil {
		return Printed{}, fmt.Errorf("pdf: %w", err)
	}
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	open, err := run(ctx, browser, folder, in, to)
	if err != nil {
		return Printed{}, err
	}
	raw, err := os.ReadFile(to)
	if err != nil {
		return Printed{}, fmt.Errorf("pdf: %s wrote no file", filepath.Base(browser))
	}
	return Printed{plain(raw, made), open}, nil
}

// policy lets a page show its own words and styles and nothing else: no script (printing does
// not work with scripts switched off in the browser), no frame, no address.
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`

// shut puts the policy before all that a page holds.
func shut(page []byte) []byte {
	const doctype = "<!doctype html>"
	if len(page) >= len(doctype) && strings.EqualFold(string(page[:len(doctype)]), doctype) {
		page = page[len(doctype):]
	}
	return append([]byte(doctype+policy), page...)
}

func find() (string, error) {
	for _, name := range Browsers() {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w (looked for %s)", ErrNoBrowser, strings.Join(Browsers(), ", "))
}

func run(ctx context.Context, browser, folder, in, to string) (open string, err error) {
	said, err := start(ctx, browser, folder, in, to, true)
	if refused(err) {
		open = "this system does not let the browser be cut off the network; it was told to use none"
		said, err = start(ctx, browser, folder, in, to, false)
	}
	if err != nil {
		return "", fmt.Errorf("pdf: %s: %w: %s", filepath.Base(browser), err, lastLine(said))
	}
	return open, nil
}

func start(ctx context.Context, browser, folder, in, to string, confined bool) ([]byte, error) {
	cmd := exec.CommandContext(ctx, browser, append(flags(folder), "--print-to-pdf="+to, "file://"+filepath.ToSlash(in))...)
	cmd.Dir = folder
	// The temporary folder is named from within: Chromium puts a socket there, whose path may
	// have 107 bytes, and dies of a longer one.
	cmd.Env = []string{"HOME=" + folder, "TMPDIR=.", "XDG_CONFIG_HOME=" + folder, "XDG_CACHE_HOME=" + folder, "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = 5 * time.Second
	confine(cmd, confined)
	err := cmd.Run()
	return said.Bytes(), err
}

// flags leave the browser nothing to ask anybody: no resolver, no proxy, no update.
func flags(folder string) []string {
	return append([]string{
		"--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", "--disable-extensions", "--disable-sync", "--disable-background-networking",
		"--disable-component-update", "--disable-domain-reliability", "--disable-client-side-phishing-detection", "--disable-dev-shm-usage", "--mute-audio",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--user-data-dir=" + filepath.Join(folder, "profile"),
	}, asRoot()...)
}

func lastLine(said []byte) string {
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	return lines[len(lines)-1]
}

// plain takes out what the browser says of itself, of this machine and of the time, byte for
// byte, so that every offset of the file holds. Chromium writes these entries uncompressed.
func plain(raw []byte, made corvee.Date) []byte {
	raw = bytes.Clone(raw)
	overwrite(raw, "/Creator (", "Corvee")
	overwrite(raw, "/Producer (", "")
	day := strings.ReplaceAll(made.First().String(), "-", "")
	overwrite(raw, "/CreationDate (", "D:"+day+"000000+00'00'")
	overwrite(raw, "/ModDate (", "D:"+day+"000000+00'00'")
	return raw
}

// overwrite puts words in place of the string behind an entry, with blanks for what is left.
func overwrite(raw []byte, entry, words string) {
	for at := 0; ; {
		n := bytes.Index(raw[at:], []byte(entry))
		if n < 0 {
			return
		}
		start := at + n + len(entry)
		end := start
		for depth := 0; end < len(raw); end++ {
			if raw[end] == '\\' {
				end++
				continue
			}
			if raw[end] == '(' {
				depth++
			}
			if raw[end] == ')' {
				if depth == 0 {
					break
				}
				depth--
			}
		}
		end = min(end, len(raw))
		for i := start; i < end; i++ {
			raw[i] = ' '
		}
		copy(raw[start:end], words)
		at = end
	}
}
