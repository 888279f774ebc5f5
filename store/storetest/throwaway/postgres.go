//go:build unix

package throwaway

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// cluster is a PostgreSQL server of its own in a folder of its own, reached by a socket.
type cluster struct {
	dir  string
	err  error
	made atomic.Int64 // databases
	keep io.Closer    // the server lives as long as this is open
}

// shared is the one cluster of a test binary: making one takes seconds, and the server
// ends by itself when the binary does.
var shared = sync.OnceValue(startCluster)

// Postgres returns the URL of an empty database on a throw-away cluster that all tests of
// the binary share. Without PostgreSQL's initdb on the machine the test is skipped.
func Postgres(t testing.TB) (url string) {
	t.Helper()
	return PostgresLocale(t, "C.UTF-8")
}

// PostgresLocale is Postgres for a database under another locale, "C" for one.
func PostgresLocale(t testing.TB, locale string) (url string) {
	t.Helper()
	if tool("initdb") == "" {
		t.Skip("SKIPPED: PostgreSQL's initdb not found (install postgresql)")
	}
	c := shared()
	if c.err != nil {
		t.Fatalf("start PostgreSQL: %v", c.err)
	}
	name := fmt.Sprintf("t%d", c.made.Add(1))
	c.run(t, fmt.Sprintf(`CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE '%s'`, name, locale))
	t.Cleanup(func() { c.run(t, fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name)) })
	return c.url(name)
}

// PostgresFiles returns the folder that holds the files of the tables, after a checkpoint
// has written them.
func PostgresFiles(t testing.TB) string {
	t.Helper()
	c := shared()
	c.run(t, `CHECKPOINT`)
	return filepath.Join(c.dir, "data", "base")
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres://corvee@/%s?host=%s&sslmode=disable", database, c.dir)
}

func (c *cluster) run(t testing.TB, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// tool finds a program of PostgreSQL on the path or where Debian and others keep it.
func tool(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return real
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/", "/usr/pgsql-*/bin/", "/usr/local/pgsql/bin/", "/opt/homebrew/opt/postgresql*/bin/"} {
		if found, _ := filepath.Glob(pattern + name); len(found) > 0 {
			return found[len(found)-1]
		}
	}
	return ""
}

func startCluster() *cluster {
	c := &cluster{}
	c.dir, c.err = os.MkdirTemp("", "corvee-pg-") // short: a socket's path has 107 bytes at most
	if c.err == nil {
		c.err = c.start()
	}
	return c
}

func (c *cluster) start() error {
	as, err := c.servant()
	if err != nil {
		return err
	}
	initdb := exec.Command(tool("initdb"), "-D", filepath.Join(c.dir, "data"), "-U", "corvee", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = as, c.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if err := c.serve(as); err != nil {
		return err
	}
	return c.await()
}

// servant returns whom the server runs as: it refuses to run as root.
func (c *cluster) servant() (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return as, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(who.Uid)
	gid, _ := strconv.Atoi(who.Gid)
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(c.dir, uid, gid)
}

// keeper runs the server until its standard input closes, which happens when the test
// binary ends, however it ends; then it stops the server and removes the folder.
const keeper = `
"$1" -D "$2/data" -k "$2" -c listen_addresses='' -c fsync=off -c max_connections=60 >"$2/log" 2>&1 &
server=$!
read -r line
kill -INT $server
wait $server
rm -rf "$2"
`

func (c *cluster) serve(as *syscall.SysProcAttr) error {
	keep := exec.Command("sh", "-c", keeper, "sh", tool("postgres"), c.dir)
	keep.SysProcAttr, keep.Dir = as, c.dir
	var err error
	if c.keep, err = keep.StdinPipe(); err != nil {
		return err
	}
	return keep.Start()
}

func (c *cluster) await() error {
	db, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 200 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("%w: %s", err, log)
}
