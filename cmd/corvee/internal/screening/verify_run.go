package screening

import (
	"fmt"
	"io"

	"corvee"
	"corvee/cmd/corvee/internal/world"
	"corvee/pipeline"
)

// verifyRun proves a run from its table, or says what is in the way.
func verifyRun(w *world.World, id string, table io.ReadSeeker) error {
	var proof pipeline.Proof
	err := w.Show(nil, func(p *pipeline.Pipeline, emit pipeline.Emit) (err error) {
		if proof, err = p.Verify(w.Ctx, id, table); err != nil {
			return err
		}
		for i := range proof.Differences {
			if err := emit(corvee.Message{Change: &proof.Differences[i]}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	run := proof.Run
	if proof.Kept {
		fmt.Fprintf(w.Err, "run %s of %s: the base holds the result that it came to, SHA-256 %s\n", run.ID, run.At.Format("2006-01-02 15:04 UTC"), run.ResultHash)
	} else {
		fmt.Fprintf(w.Err, "run %s: THE RESULT IN THE BASE IS NOT WHAT THE RUN CAME TO, SHA-256 %s: somebody changed it, or the base is damaged\n", run.ID, run.ResultHash)
	}
	if proof.Identical {
		fmt.Fprintln(w.Err, "done again: the same to the byte")
	} else {
		fmt.Fprintf(w.Err, "done again: another result, %d hits are different\n", len(proof.Differences))
	}
	for _, side := range proof.Changed {
		fmt.Fprintln(w.Err, "changed since:", side)
	}
	if !proof.Kept || !proof.Identical {
		return world.ExitFailed
	}
	return nil
}
