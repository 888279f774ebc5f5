package evidence

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/corroborate"
	"corvee/pipeline/who"
	"corvee/present"
	"corvee/store"
)

// Who is corvee who.
type Who struct {
	Show      WhoShow   `cmd:"" default:"withargs" help:"Whom reports name, all that they are called, and who may be whom."`
	Merge     WhoMerge  `cmd:"" help:"Say that two are one; the first keeps its id, and the other's leads to it."`
	Different WhoApart  `cmd:"" help:"Say that two are not the same; it holds against every rule and later proposal."`
	Unsure    WhoUnsure `cmd:"" help:"Say that nobody can tell yet: no rule joins the two, and they are not proposed."`
	Undo      WhoUndo   `cmd:"" help:"Take back your last judgement, or one by its id."`
}

// WhoShow is corvee who [NAME].
type WhoShow struct {
	Name   string `arg:"" optional:"" help:"A name as reports write it, or an id (CV-…)."`
	Places bool   `help:"Places too."`
}

func (c WhoShow) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	base, err := who.Open(w.Ctx, p)
	if err != nil {
		return err
	}
	v := base.View(c.Places)
	if c.Name != "" {
		e, err := base.Find(c.Name)
		if err != nil {
			return err
		}
		v = base.ViewOf(e)
	}
	if w.Flags.Format == present.JSONL {
		return whoLines(w.Out, v)
	}
	_, err = io.WriteString(w.Out, whoText(v, c.Name != ""))
	return err
}

// whoLines writes one object a line, with the key that names it.
func whoLines(to io.Writer, v who.View) error {
	lines := json.NewEncoder(to)
	lines.SetEscapeHTML(false)
	for _, p := range v.Parties {
		if err := lines.Encode(map[string]any{"party": p}); err != nil {
			return err
		}
	}
	for _, p := range v.Proposals {
		if err := lines.Encode(map[string]any{"proposal": p}); err != nil {
			return err
		}
	}
	for _, h := range v.Held {
		if err := lines.Encode(map[string]any{"held": h}); err != nil {
			return err
		}
	}
	return nil
}

func whoText(v who.View, whole bool) string {
	var b strings.Builder
	for _, p := range v.Parties {
		fmt.Fprintf(&b, "%s  %s%s, %s in %s\n", p.ID, present.Clean(p.Name), in(p.Place), count(p.Claims, "claim"), count(p.Reports, "report"))
		for _, name := range p.Names {
			fmt.Fprintf(&b, "    also %s\n", present.Clean(name))
		}
		if whole {
			whoWhy(&b, p)
		}
	}
	if len(v.Proposals) > 0 {
		fmt.Fprintf(&b, "\nMay be one: corvee who merge A B, or corvee who different A B\n")
	}
	for _, p := range v.Proposals {
		fmt.Fprintf(&b, "%.2f  %s %s%s  ?  %s %s%s\n", p.Score, p.A, present.Clean(p.Left), in(p.LeftPlace), p.B, present.Clean(p.Right), in(p.RightPlace))
		fmt.Fprintf(&b, "      %s\n", p.Words)
		for _, r := range p.Reasons {
			if r.Effect != "unknown" {
				fmt.Fprintf(&b, "      %s %s: %s\n", r.Fact, r.Effect, present.Clean(r.Words))
			}
		}
	}
	for _, h := range v.Held {
		fmt.Fprintf(&b, "\nheld apart: %s and %s (%s), since %s judged: %s (corvee who undo %s)\n", h.A, h.B, present.Clean(h.Why), h.By, present.Clean(h.Reason), h.Judgement)
	}
	return b.String()
}

// whoWhy says why the names of a party are one, and what people judged of it.
func whoWhy(b *strings.Builder, p who.Party) {
	for _, m := range p.Members {
		fmt.Fprintf(b, "    %s  %s%s, as %s\n", m.ID, present.Clean(m.Name), in(m.Place), strings.Join(m.As, " and "))
	}
	for _, j := range p.Joins {
		fmt.Fprintf(b, "    %s = %s: %s\n", j.A, j.B, present.Clean(j.Why))
	}
	for _, not := range p.Not {
		fmt.Fprintf(b, "    is not %s\n", not)
	}
}

func in(place string) string {
	if place == "" {
		return ""
	}
	return " (" + present.Clean(place) + ")"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// two are the arguments of a judgement.
type two struct {
	A      string `arg:"" name:"A" help:"An id, or a name that one party bears."`
	B      string `arg:"" name:"B" help:"An id, or a name that one party bears."`
	Reason string `help:"Why, so that another person can check it." placeholder:"TEXT"`
}

// WhoMerge is corvee who merge.
type WhoMerge struct {
	two
	Anyway bool `help:"Although somebody judged them not the same: as long as both stand, they stay apart."`
}

func (c WhoMerge) Run(w *world.World) error {
	return c.judge(w, corvee.JudgementSame, c.Anyway)
}

// WhoApart is corvee who different.
type WhoApart struct{ two }

func (c WhoApart) Run(w *world.World) error { return c.judge(w, corvee.JudgementDifferent, false) }

// WhoUnsure is corvee who unsure.
type WhoUnsure struct{ two }

func (c WhoUnsure) Run(w *world.World) error { return c.judge(w, corvee.JudgementUnsure, false) }

func (c two) judge(w *world.World, word corvee.JudgementWord, anyway bool) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	r, err := who.Judge(w.Ctx, p, c.A, c.B, who.Say{Word: word, Reason: c.Reason, Anyway: anyway})
	if err != nil {
		return err
	}
	fmt.Fprintf(w.Err, "%s is kept as %s: %s\n", word, r.Judgement.ID, outcome(r))
	for _, h := range r.Held {
		fmt.Fprintf(w.Err, "held apart since: %s and %s (%s)\n", h.A, h.B, heldBy(h))
	}
	return nil
}

// outcome says where the two now stand.
func outcome(r who.Result) string {
	if r.Left.ID == r.Right.ID {
		return fmt.Sprintf("%s is one party of %s, and %s leads to it", r.Left.ID, count(len(r.Left.Members), "name"), r.Judgement.Right.ID)
	}
	return fmt.Sprintf("%s and %s are two", r.Left.ID, r.Right.ID)
}

func heldBy(h corroborate.PartyHeld) string {
	return fmt.Sprintf("%s of %s: %s", h.Apart.ID, h.Apart.Actor, present.Clean(h.Apart.Reason))
}

// WhoUndo is corvee who undo.
type WhoUndo struct {
	Judgement string `arg:"" optional:"" help:"The judgement's id; your last without."`
}

func (c WhoUndo) Run(w *world.World) error {
	p, closeBase, err := w.Open()
	if err != nil {
		return err
	}
	defer closeBase()
	j, err := who.Undo(w.Ctx, p, c.Judgement)
	if err != nil {
		return err
	}
	fmt.Fprintln(w.Err, takenBack(j))
	return nil
}

func takenBack(j store.PartyJudgement) string {
	return fmt.Sprintf("%s of %s is taken back (%s): %s and %s are as if it had not been said. The log keeps both.",
		j.Judgement, j.Actor, j.ID, present.Clean(j.Left.Name), present.Clean(j.Right.Name))
}
