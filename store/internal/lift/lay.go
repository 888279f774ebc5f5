package lift

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"corvee"
)

// Lay puts back what Rows returned, and returns the numbers of the texts. The inputs have
// kept their places, which inputs and a number name: inputs1, inputs2. It returns
// corvee.ErrConflict if the report is there.
func Lay(ctx context.Context, db DB, raw []byte, inputs string) (texts []int64, err error) {
	var tables []lifted
	if err := json.Unmarshal(raw, &tables); err != nil {
		return nil, fmt.Errorf("%w: unseal: the rows do not decode: %v", corvee.ErrInconsistent, err)
	}
	l := laying{db: db, inputs: inputs, numbers: map[string]map[int64]int64{}}
	for _, p := range parts() {
		at := slices.IndexFunc(tables, func(l lifted) bool { return l.Table == p.table })
		if at < 0 {
			return nil, fmt.Errorf("%w: the sealed report has no %s", corvee.ErrInconsistent, p.table)
		}
		if err := l.part(ctx, p, tables[at]); err != nil {
			return nil, fmt.Errorf("unseal: %s: %w", p.table, err)
		}
	}
	for _, n := range l.numbers["text"] {
		texts = append(texts, n)
	}
	slices.Sort(texts)
	return texts, l.traces(ctx, tables)
}

// laying puts lifted rows back: numbers says which new number an old one has become.
type laying struct {
	db      DB
	inputs  string // begins the ids of the inputs' places
	numbers map[string]map[int64]int64
}

// part checks the columns against ours: whoever knows the public key could have made the
// bundle.
func (l *laying) part(ctx context.Context, p part, rows lifted) error {
	for _, c := range rows.Columns {
		if !slices.Contains(p.columns, c) {
			return fmt.Errorf("%w: it has a column %.40q that this corvee does not know; use the newer one that sealed it", corvee.ErrUnsupported, c)
		}
	}
	for i, row := range rows.Rows {
		if len(row) != len(rows.Columns) {
			return errColumns(len(row), len(rows.Columns))
		}
		values := map[string]any{}
		for j, c := range row {
			values[rows.Columns[j]] = c.value()
		}
		if err := l.row(ctx, p, i, values); err != nil {
			return err
		}
	}
	return nil
}

func errColumns(values, columns int) error {
	return fmt.Errorf("%w: a row of %d values for %d columns", corvee.ErrInconsistent, values, columns)
}

func (l *laying) row(ctx context.Context, p part, i int, values map[string]any) error {
	old, _ := values["n"].(int64)
	delete(values, "n")
	for column, number := range p.points {
		was, ok := values[column].(int64)
		if !ok {
			continue // NULL
		}
		now, ok := l.numbers[number][was]
		if !ok {
			return fmt.Errorf("%w: a row points at %s %d, which is not there", corvee.ErrInconsistent, number, was)
		}
		values[column] = now
	}
	switch p.table {
	case "report":
		if err := l.absent(ctx, values); err != nil {
			return err
		}
	case "input":
		return l.input(ctx, i, values)
	case "seen":
		return l.db.Exec(ctx, `UPDATE seen SET hash = ?, report = ?, purged = ? WHERE watch = ? AND item = ?`,
			values["hash"], values["report"], values["purged"], values["watch"], values["item"])
	}
	return l.insert(ctx, p, old, values)
}

func (l *laying) absent(ctx context.Context, values map[string]any) error {
	var n int
	err := l.db.One(ctx, `SELECT count(*) FROM report WHERE id = ?`, []any{values["id"]}, &n)
	if err == nil && n > 0 {
		err = fmt.Errorf("%w: the same document has been read again since and lies open in the base; purge that report first", corvee.ErrConflict)
	}
	return err
}

func (l *laying) insert(ctx context.Context, p part, old int64, values map[string]any) error {
	var columns []string
	var args []any
	for _, c := range p.columns {
		if v, ok := values[c]; ok {
			columns, args = append(columns, c), append(args, v)
		}
	}
	statement := `INSERT INTO ` + p.table + ` (` + strings.Join(columns, ", ") + `) VALUES (?` + strings.Repeat(", ?", len(columns)-1) + `)`
	if p.number == "" {
		return l.db.Exec(ctx, statement, args...)
	}
	var now int64
	if err := l.db.One(ctx, statement+` RETURNING n`, args, &now); err != nil {
		return err
	}
	if l.numbers[p.number] == nil {
		l.numbers[p.number] = map[int64]int64{}
	}
	l.numbers[p.number][old] = now
	return nil
}

// input puts an input back into its place. A later failure of the same origin has taken its
// id; it is replaced, as a success replaces the failure before.
func (l *laying) input(ctx context.Context, i int, values map[string]any) error {
	if err := l.db.Exec(ctx, `DELETE FROM input WHERE id = ?`, values["id"]); err != nil {
		return err
	}
	return l.db.Exec(ctx, `UPDATE input SET id = ?, report = ?, state = ?, origin = ?, at_us = ?, body = ? WHERE id = ?`,
		values["id"], values["report"], values["state"], values["origin"], values["at_us"], values["body"],
		fmt.Sprint(l.inputs, i+1))
}
