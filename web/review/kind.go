package review

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"corvee"
	"corvee/present"
	"corvee/web/frame"
	"corvee/web/parts"
	"corvee/web/review/form"
	"corvee/web/words"
)

// kindKey is one kind with the key that sets it.
type kindKey struct{ Key, Value, Label string }

// kindKeys gives each kind a key: the digits in the order of the closed list, "-" for a
// denial.
func kindKeys() (out []kindKey) {
	keys := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}
	for _, k := range corvee.Kinds() {
		if k == corvee.KindDenial {
			out = append(out, kindKey{"-", string(k), present.KindName(k)})
			continue
		}
		if len(keys) == 0 {
			break // a kind without a key is set in the form
		}
		out = append(out, kindKey{keys[0], string(k), present.KindName(k)})
		keys = keys[1:]
	}
	return out
}

// setKind edits nothing of a claim but its kind. A kind that wants more than the claim
// holds opens the form with what is missing.
func (s *room) setKind(r *http.Request) (frame.View, error) {
	v, at, expected, err := s.sent(r)
	if err != nil {
		return frame.View{}, err
	}
	kind := corvee.Kind(r.PostFormValue("kind"))
	if !slices.Contains(corvee.Kinds(), kind) {
		return frame.View{}, frame.Invalid(fmt.Sprintf("%q is not a kind", words.Excerpt(string(kind), 20)))
	}
	c := v.Claims[at]
	if c.Kind == kind { // nothing to change
		return frame.View{To: parts.ClaimAddress(c.Report, c.ID)}, nil
	}
	fields := form.Of(c)
	fields.Kind = string(kind)
	return s.saveEdit(r, v, at, fields, c.Quote.Span, expected)
}

// neighbours are the reports before and after one in the list of reports; "" at its ends.
func (s *room) neighbours(ctx context.Context, id string) (before, after string) {
	now, err := s.glance.Now(ctx)
	if err != nil {
		return "", "" // the page is shown without a way on
	}
	for i, r := range now.Reports {
		if r.ID != id {
			continue
		}
		if i > 0 {
			before = parts.ReportAddress(now.Reports[i-1].ID)
		}
		if i+1 < len(now.Reports) {
			after = parts.ReportAddress(now.Reports[i+1].ID)
		}
	}
	return before, after
}
