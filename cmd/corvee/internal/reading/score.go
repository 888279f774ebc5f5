package reading

import (
	"bytes"
	"fmt"
	"os"

	"corvee/cmd/corvee/internal/world"
	"corvee/read"
	"corvee/score"
)

// Score is corvee score.
type Score struct {
	Gold   []string `help:"Annotated reports, one a line (score/testdata/gold/README.md); give it again for more." required:"" placeholder:"FILE" type:"existingfile" sep:"none"`
	Texts  string   `help:"Folder of the texts, <id>.txt each." required:"" placeholder:"DIR" type:"existingdir"`
	Found  string   `help:"Annotations of the same texts by somebody else, scored in place of what is read: how far two people agree." placeholder:"FILE" type:"existingfile"`
	Errors bool     `help:"List every error after the table."`
	Seed   uint64   `help:"Of the intervals." default:"1"`
}

func (c Score) Run(w *world.World) error {
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
	fmt.Fprint(w.Out, table)
	if c.Errors {
		fmt.Fprint(w.Out, "\n", table.Listing())
	}
	return nil
}

// table scores what is read, or what somebody else annotated.
func (c Score) table(w *world.World, gold []byte) (score.Table, error) {
	texts := os.DirFS(c.Texts)
	if c.Found != "" {
		second, err := os.ReadFile(c.Found)
		if err != nil {
			return score.Table{}, err
		}
		return score.Agree(w.Ctx, gold, second, texts, c.Seed)
	}
	reader, err := read.New()
	if err != nil {
		return score.Table{}, err
	}
	return score.Run(w.Ctx, gold, texts, reader.Claims, c.Seed)
}
