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
	reader, err := read.New()
	if err != nil {
		return err
	}
	table, err := score.Run(w.ctx, gold.Bytes(), os.DirFS(c.Texts), reader.Claims, c.Seed)
	if err != nil {
		return err
	}
	fmt.Fprint(w.out, table)
	if c.Errors {
		fmt.Fprint(w.out, "\n", table.Listing())
	}
	return nil
}
