package corroborate

import (
	"fmt"
	"slices"

	"corvee"
	"corvee/corroborate/internal/lineage"
	"corvee/internal/shingle"
)

// trace follows a claim up the edges to where it was said first.
func (base *Base) trace(c corvee.Claim) trace {
	at := [2]string{c.Report, c.ID}
	t, done := base.traces[at]
	if !done {
		t = base.follow(c)
		base.traces[at] = t
	}
	return t
}

// follow looks for the claim in what the report depends on: firmly first, and then what
// stands behind it there stands behind it here; else likely, and then its own source
// counts apart in the upper count.
func (base *Base) follow(c corvee.Claim) trace {
	if c.Review == corvee.ReviewRejected || c.Review == corvee.ReviewObsolete {
		return trace{why: fmt.Sprintf("%s: a reviewer rejected it, or it stands no more; it does not count", c.Report)}
	}
	if from := base.above(c, false); len(from) > 0 {
		t := trace{why: fmt.Sprintf("%s: %s %s, which states the same; it counts once", c.Report, phrase[from[0].kind], from[0].claim.Report)}
		for _, f := range from {
			behind := base.trace(f.claim)
			t.roots, t.soft = append(t.roots, behind.roots...), append(t.soft, behind.soft...)
		}
		return t
	}
	own, why := base.own(c)
	t := trace{roots: own, why: why}
	if from := base.above(c, true); len(from) > 0 && len(own) > 0 {
		t.why = fmt.Sprintf("%s: likely %s %s, which states the same; apart in the upper count only", c.Report, phrase[from[0].kind], from[0].claim.Report)
		for _, f := range from {
			t.soft = append(t.soft, base.trace(f.claim).roots...)
		}
	}
	return t
}

var phrase = map[corvee.LineageKind]string{
	corvee.LineageReprint: "a reprint of", corvee.LineageAbridgement: "an abridgement of", corvee.LineageTranslation: "a translation of",
	corvee.LineageRetelling: "a retelling of", corvee.LineageCitation: "it cites",
}

// source is a claim that another repeats, and how its report is depended on.
type source struct {
	claim corvee.Claim
	kind  corvee.LineageKind
}

// above returns the claims that a claim repeats most closely in the nearest reports up the
// firm edges, or up all, that state it. A report in between that leaves it out is passed.
func (base *Base) above(c corvee.Claim, soft bool) []source {
	var out []source
	best := 0
	seen := map[string]bool{c.Report: true}
	queue := base.parents[c.Report]
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		_, there := base.docs[p.id]
		if seen[p.id] || !there || !soft && !base.firm(c, p) {
			continue
		}
		seen[p.id] = true
		claims, n := base.stated(c, p.id)
		if n == 0 {
			queue = slices.Concat(queue, base.parents[p.id])
			continue
		}
		if n > best {
			best, out = n, nil
		}
		for _, d := range claims {
			if n == best {
				out = append(out, source{d, p.kind})
			}
		}
	}
	return out
}

// firm reports whether an edge shows that a claim comes from there. A retelling is only
// likely, and so is a citation for a claim that somebody told the citing report itself.
func (base *Base) firm(c corvee.Claim, p parent) bool {
	return !p.soft && (p.kind != corvee.LineageCitation || !base.ownSource(c))
}

// stated returns the claims of a report that c repeats, and how closely; where reading has
// not found it and its words stand there all the same, c itself as that report's.
func (base *Base) stated(c corvee.Claim, id string) ([]corvee.Claim, int) {
	if claims, n := nearest(&c, base.docs[id].Claims); n > 0 {
		return claims, n
	}
	if !base.holds(id, c.Quote) {
		return nil, 0
	}
	c.Report = id
	return []corvee.Claim{c}, 1
}

// holds reports whether the words of a quote, a shingle of them at least, stand in a report.
func (base *Base) holds(id string, q corvee.Quote) bool {
	words := shingle.Tokens(nil, q.Exact, 0, len(q.Exact))
	if shingle.Weight(words) < 40 {
		return false // a few words stand anywhere
	}
	text, done := base.tokens[id]
	if !done {
		content := base.docs[id].Text.String()
		text = shingle.Tokens(nil, content, 0, len(content))
		base.tokens[id] = text
	}
	for i := 0; i+len(words) <= len(text); i++ {
		if text[i].Hash == words[0].Hash && slices.EqualFunc(text[i:i+len(words)], words, func(a, b shingle.Token) bool { return a.Hash == b.Hash }) {
			return true
		}
	}
	return false
}

// nearest returns those claims of a report that a claim repeats most closely, and how
// closely; 0 for none.
func nearest(c *corvee.Claim, claims []corvee.Claim) (out []corvee.Claim, best int) {
	for i := range claims {
		d := &claims[i]
		if n := closeness(c, d); n > best {
			best, out = n, []corvee.Claim{*d}
		} else if n == best && n > 0 {
			out = append(out, *d)
		}
	}
	return out, best
}

// closeness is 0 where one claim does not repeat the other; the same first speaker and the
// same words weigh more than a place or a figure.
func closeness(c, d *corvee.Claim) int {
	if c.Kind != d.Kind && c.ID != d.ID {
		return 0
	}
	repeated, same := repeats(c, d)
	if !repeated {
		return 0
	}
	n := 2
	for weight, alike := range []bool{
		c.Value != nil && d.Value != nil && c.Value.Range == d.Value.Range, same, c.Quote.Exact == d.Quote.Exact, c.Root() == d.Root(),
	} {
		if alike {
			n += 2 << weight
		}
	}
	return n
}

// ownSource reports whether somebody told the claim to this report's publisher.
func (base *Base) ownSource(c corvee.Claim) bool {
	return c.Root().Speaker == corvee.SpeakerAnonymous && base.via(c) == ""
}

// via returns the identity of the outlet, other than the publisher, that a claim's chain
// names, or "".
func (base *Base) via(c corvee.Claim) string {
	publisher := lineage.OutletID(base.docs[c.Report].Report.Publisher)
	for _, link := range c.Attribution {
		if link.Speaker != corvee.SpeakerPublisher && link.Speaker != corvee.SpeakerAgency {
			continue
		}
		if id := lineage.OutletID(link.Name); id != "" && id != publisher {
			return id
		}
	}
	return ""
}

// own returns the roots of a claim by what its own report says, and why there are none. A
// copy that says more than its original does not say whence.
func (base *Base) own(c corvee.Claim) ([]root, string) {
	if why := derived(c, base.docs[c.Report].Claims); why != "" {
		return nil, fmt.Sprintf("%s: derived (%s); it does not count", c.Report, why)
	}
	r := base.named(c)
	r.known = r.known && !base.copied(c.Report)
	return []root{r}, ""
}

// copied reports whether a report is a copy or translation of another.
func (base *Base) copied(id string) bool {
	return slices.ContainsFunc(base.parents[id], func(p parent) bool {
		_, there := base.docs[p.id]
		return there && !p.soft && p.kind != corvee.LineageCitation
	})
}

func (base *Base) named(c corvee.Claim) root {
	said := c.Root()
	public := said.Speaker == corvee.SpeakerInstitution || said.Speaker == corvee.SpeakerNamedOfficial ||
		said.Speaker == corvee.SpeakerNamedPublicPerson || said.Speaker == corvee.SpeakerDocument
	if public && said.Name != "" {
		// one key for a body that publishes and that others quote
		return root{"source:" + lineage.OutletID(said.Name), said.Speaker, true}
	}
	if via := base.via(c); via != "" {
		return root{"source:" + via, corvee.SpeakerPublisher, true}
	}
	known := said.Speaker == corvee.SpeakerAnonymous || said.Speaker == corvee.SpeakerPublisher
	if id := lineage.OutletID(base.docs[c.Report].Report.Publisher); id != "" {
		return root{"source:" + id, corvee.SpeakerPublisher, known}
	}
	return root{"report:" + c.Report, said.Speaker, false}
}
