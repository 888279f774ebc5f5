// Package team holds the commands for who works on a base: accounts, roles, tokens, and the
// collections that roles are given in.
//
// What comes in: names and roles. What goes out: lines for people, and a secret, once. Its
// one idea: whoever has the base's file or its address may do all of this; that is how the
// first account comes to be without a password that everybody knows.
package team

import (
	"fmt"
	"strings"
	"time"

	"corvee/account"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
	"corvee/present"
	"corvee/store"
)

// Users is corvee users.
type Users struct {
	Add     usersAdd     `cmd:"" help:"Make an account; prints a set-up secret, once."`
	List    usersList    `cmd:"" help:"Accounts with their roles, sessions and tokens."`
	Grant   usersGrant   `cmd:"" help:"Give a role in a collection, in place of the one there."`
	Revoke  usersRevoke  `cmd:"" help:"Take the role in a collection away."`
	Reset   usersReset   `cmd:"" help:"Take password, code, sessions and tokens away; prints a new set-up secret."`
	Disable usersDisable `cmd:"" help:"Shut an account out at once."`
	Enable  usersEnable  `cmd:"" help:"Let it in again."`
	SignOut usersSignOut `cmd:"" help:"End the sessions of an account, or of all (--all)."`
	Token   usersToken   `cmd:"" help:"Make a token for a program; printed once."`
	Drop    usersDrop    `cmd:"" help:"End a token."`
}

// on runs work on the accounts of the base.
func on(w *world.World, work func(p *pipeline.Pipeline, a *account.Accounts) error) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	return work(p, account.New(account.Config{Store: p.Store, Clock: w.Now, Random: w.Random}))
}

type where struct {
	Collection string `help:"Collection of the role; all, those to come included, without it." placeholder:"ID"`
}

func (c where) collection() string {
	if c.Collection == "" {
		return store.AllCollections
	}
	return c.Collection
}

type usersAdd struct {
	where
	Role string `help:"reader sees; reviewer judges; editor reads in, screens and shows people; admin sets what the base asks of people." enum:"reader,reviewer,editor,admin" default:"reader"`
	Name string `arg:"" help:"3 to 32 of a-z, 0-9, dot, dash and line. It stands in the log for good: a pseudonym does."`
}

func (c usersAdd) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		secret, err := a.Add(w.Ctx, p.By(w.Ctx), c.Name, c.collection(), account.Role(c.Role))
		if err != nil {
			return err
		}
		return tell(w, c.Name, secret)
	})
}

// tell prints a secret to standard output and what to do with it beside it.
func tell(w *world.World, name, secret string) error {
	fmt.Fprintf(w.Err, "Set-up secret of %s. It works once, within seven days, at /setup of the server; it is not kept and cannot be shown again:\n", name)
	_, err := fmt.Fprintln(w.Out, secret)
	return err
}

type usersList struct{}

func (usersList) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		all, err := a.All(w.Ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Fprintln(w.Err, "No account; corvee users add NAME --role admin makes the first.")
		}
		for _, one := range all {
			fmt.Fprintf(w.Out, "%s  %s%s\n", one.ID, roles(one), state(one))
			passes, err := a.Passes(w.Ctx, one.ID)
			if err != nil {
				return err
			}
			for _, pass := range passes {
				fmt.Fprintf(w.Out, "    %s\n", describe(pass))
			}
		}
		return nil
	})
}

func roles(one store.Account) string {
	var said []string
	for _, r := range account.Roles() {
		for _, collection := range one.In(string(r)) {
			if collection == store.AllCollections {
				collection = "all collections"
			}
			said = append(said, string(r)+" in "+present.Clean(collection))
		}
	}
	if len(said) == 0 {
		return "no role"
	}
	return strings.Join(said, ", ")
}

func state(one store.Account) string {
	switch {
	case one.Disabled:
		return " · disabled"
	case one.Password == "":
		return " · not set up yet"
	}
	return ""
}

func describe(p store.Pass) string {
	line := p.Kind + " " + p.ID + " until " + p.Until.Format("2006-01-02 15:04 UTC")
	if len(p.Scopes) > 0 {
		line += " for " + strings.Join(p.Scopes, ", ")
	}
	if p.Note != "" {
		line += ": " + present.Clean(p.Note)
	}
	return line
}

type named struct {
	Name string `arg:"" help:"Name of the account."`
}

type usersGrant struct {
	where
	named
	Role string `arg:"" enum:"reader,reviewer,editor,admin" help:"reader, reviewer, editor or admin."`
}

func (c usersGrant) Run(w *world.World) error { return c.grant(w, c.Name, account.Role(c.Role)) }

func (c where) grant(w *world.World, name string, role account.Role) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		return a.Grant(w.Ctx, p.By(w.Ctx), name, c.collection(), role)
	})
}

type usersRevoke struct {
	where
	named
}

func (c usersRevoke) Run(w *world.World) error { return c.grant(w, c.Name, "") }

type usersReset struct{ named }

func (c usersReset) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		secret, err := a.Reset(w.Ctx, p.By(w.Ctx), c.Name)
		if err != nil {
			return err
		}
		return tell(w, c.Name, secret)
	})
}

type usersDisable struct{ named }

func (c usersDisable) Run(w *world.World) error { return disable(w, c.Name, true) }

type usersEnable struct{ named }

func (c usersEnable) Run(w *world.World) error { return disable(w, c.Name, false) }

func disable(w *world.World, name string, out bool) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error { return a.Disable(w.Ctx, p.By(w.Ctx), name, out) })
}

type usersSignOut struct {
	All  bool   `help:"The sessions of every account."`
	Name string `arg:"" optional:"" help:"Name of the account."`
}

func (c usersSignOut) Run(w *world.World) error {
	if c.All == (c.Name != "") {
		fmt.Fprintln(w.Err, "corvee: name an account, or --all")
		return world.ExitUsage
	}
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		n, err := a.EndSessions(w.Ctx, p.By(w.Ctx), c.Name)
		if err == nil {
			fmt.Fprintf(w.Err, "%d sessions ended\n", n)
		}
		return err
	})
}

type usersToken struct {
	named
	Scope []string `help:"What it is good for: read, screen, review; several times for several." enum:"read,screen,review" required:""`
	Days  int      `help:"Days until it ends by itself, 366 at most." default:"90"`
	For   string   `help:"What it is for, so that it can be told from others." placeholder:"TEXT"`
}

func (c usersToken) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error {
		token, err := a.Token(w.Ctx, p.By(w.Ctx), c.Name, c.Scope, time.Duration(c.Days)*24*time.Hour, c.For)
		if err != nil {
			return err
		}
		fmt.Fprintln(w.Err, "Programs send it as Authorization: Bearer TOKEN. It is not kept and cannot be shown again:")
		_, err = fmt.Fprintln(w.Out, token)
		return err
	})
}

type usersDrop struct {
	ID string `arg:"" help:"Id of the token, as corvee users list shows it."`
}

func (c usersDrop) Run(w *world.World) error {
	return on(w, func(p *pipeline.Pipeline, a *account.Accounts) error { return a.DropToken(w.Ctx, p.By(w.Ctx), c.ID) })
}
