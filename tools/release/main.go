// Command release builds the binaries of a release: one static file for each system, with
// their checksums and the list of what is in them (an SBOM in CycloneDX 1.6).
//
// What comes in: a version and a folder. What goes out, there: corvee_VERSION_SYSTEM_CPU,
// SHA256SUMS, corvee_VERSION.cdx.json. Its one idea: the same source and compiler give the
// same bytes, so anybody can build them again and compare the sums.
package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"debug/elf"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
)

const targets = "linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64"

func main() {
	version := flag.String("version", "", "version of the release, such as 1.2.0")
	out := flag.String("out", "dist", "folder that is made anew")
	source := flag.String("source", ".", "root of the source")
	which := flag.String("targets", targets, "systems and processors")
	flag.Parse()
	if err := release(*version, *source, *out, strings.Fields(*which)); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func release(version, source, out string, targets []string) error {
	if version == "" || strings.ContainsAny(version, "/\\ ") {
		return fmt.Errorf("give a version, not %q", version)
	}
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o755)); err != nil {
		return err
	}
	var files []string
	for _, target := range targets {
		name, err := build(version, source, out, target)
		if err != nil {
			return fmt.Errorf("%s: %w", target, err)
		}
		files = append(files, name)
	}
	bill := "corvee_" + version + ".cdx.json"
	if err := writeBill(filepath.Join(out, bill), version, filepath.Join(out, files[0])); err != nil {
		return err
	}
	return writeSums(out, append(files, bill))
}

// build makes one binary and checks that it is what its name says.
func build(version, source, out, target string) (name string, err error) {
	system, cpu, ok := strings.Cut(target, "/")
	if !ok {
		return "", errors.New("write a target as system/processor")
	}
	name = fmt.Sprintf("corvee_%s_%s_%s", version, system, cpu)
	if system == "windows" {
		name += ".exe"
	}
	path := filepath.Join(out, name)
	// Neither paths of this machine nor the state of a checkout go into the bytes.
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.version="+version, "-o", path, "./cmd/corvee")
	cmd.Dir = source
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+cpu, "GOFLAGS=")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", err
	}
	fmt.Println(name)
	return name, check(path, system, cpu)
}

func check(path, system, cpu string) error {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return err
	}
	for key, want := range map[string]string{"GOOS": system, "GOARCH": cpu, "CGO_ENABLED": "0", "-trimpath": "true"} {
		if got := setting(info, key); got != want {
			return fmt.Errorf("built with %s=%q, not %q", key, got, want)
		}
	}
	if system != "linux" {
		return nil
	}
	f, err := elf.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if slices.ContainsFunc(f.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		return errors.New("it is not static: it names a loader")
	}
	return nil
}

func setting(info *debug.BuildInfo, key string) string {
	for _, s := range info.Settings {
		if s.Key == key {
			return s.Value
		}
	}
	return ""
}

func writeSums(out string, names []string) error {
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(raw)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), name)
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(b.String()), 0o644)
}

// component is a module in the form of CycloneDX 1.6.
type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref,omitempty"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	URL        string     `json:"purl,omitempty"` // package URL
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// writeBill lists the modules that are linked into a binary, as the binary says itself. It
// holds no time and no random number: the same binary gives the same list.
func writeBill(path, version, binary string) error {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	components := []component{{Type: "platform", Name: "go", Version: info.GoVersion}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		url := "pkg:golang/" + m.Path + "@" + m.Version
		components = append(components, component{
			Type: "library", Ref: url, Name: m.Path, Version: m.Version, URL: url,
			Properties: []property{{"go:sum", m.Sum}},
		})
	}
	bill := map[string]any{
		"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
		"metadata":   map[string]any{"component": component{Type: "application", Name: "corvee", Version: version}},
		"components": components,
	}
	raw, err := json.MarshalIndent(bill, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644)
}
