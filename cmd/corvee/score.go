package main

import (
	"bytes"
	"fmt"
	"os"

	"corvee/read"
	"corvee/score"
)

type scoreCmd struct {
	Gold   []string `help:"Annotated reports, one a line (score/testdata/gold/README.md); give it again for more." required:"" placeholder:"FILE" type:"existingfile" sep:"none"`
	Texts  string   `help:"Folder of the texts, <id>.txt each." required:"" placeholder:"DIR" type:"existingdir"`
	Found  string   `help:"Annotations of the same texts by somebody else, scored in place of what is read: how far two people agree." placeholder:"FILE" type:"existingfile"`
	Errors bool     `help:"List every error after the table."`
	Seed   uint64   `help:"Of the intervals." default:"1"`
}

func (c scoreCmd) Run(w *world) error {
	var gold bytes.Buffer
	for _, path := range c.Gold {
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		gold.Write(append(raw, '\n'))
	}
	table, err := c.table(w, gold.Bytes())
	if err != nil {
		return err
	}
	fmt.Fprint(w.out, table)
	if c.Errors {
		fmt.Fprint(w.out, "\n", table.Listing())
	}
	return nil
}

// table scores what is read, or what somebody else annotated.
func (c scoreCmd) table(w *world, gold []byte) (score.Table, error) {
	texts := os.DirFS(c.Texts)
	if c.Found != "" {
		second, err := os.ReadFile(c.Found)
		if err != nil {
			return score.Table{}, err
		}
		return score.Agree(w.ctx, gold, second, texts, c.Seed)
	}
	reader, err := read.New()
	if err != nil {
		return score.Table{}, err
	}
	return score.Run(w.ctx, gold, texts, reader.Claims, c.Seed)
}
