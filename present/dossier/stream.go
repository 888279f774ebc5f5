package dossier

import "corvee"

// Emit passes on what a dossier holds as messages of corvee/1, in order: reports, claims with
// how many origins stand behind what they state, findings, and the summary.
func Emit(d Dossier, emit func(corvee.Message) error) error {
	for _, m := range messages(d) {
		if err := emit(m); err != nil {
			return err
		}
	}
	return nil
}

func messages(d Dossier) []corvee.Message {
	behind := map[int]corvee.OriginCount{}
	for _, q := range d.Questions {
		for _, p := range q.Positions {
			for _, n := range p.Claims {
				behind[n] = p.Origins
			}
		}
	}
	var out []corvee.Message
	sum := corvee.Summary{Reports: len(d.Reports), Claims: len(d.Claims)}
	for _, r := range d.Reports {
		out = append(out, corvee.Message{Report: &corvee.Report{ID: r.ID, URL: r.URL, Title: r.Title, Publisher: r.Publisher, Published: r.Published, Lang: r.Lang}})
		for _, c := range d.Claims {
			if c.Report != r.No {
				continue
			}
			claim := c.Claim
			if n, ok := behind[c.No]; ok {
				claim.Origins = &n
			}
			out = append(out, corvee.Message{Claim: &claim})
		}
	}
	for _, list := range [][]corvee.Finding{d.Ledger, d.Conversions, d.Headcounts} {
		for i := range list {
			out = append(out, corvee.Message{Finding: &list[i]})
			sum.Findings++
		}
	}
	return append(out, corvee.Message{Summary: &sum})
}
