package who

import (
	"fmt"
	"slices"

	"corvee/corroborate"
)

// View is who is who as a page, a terminal or the API shows it.
type View struct {
	Parties   []Party    `json:"parties"`
	Proposals []Proposal `json:"proposals"`
	Held      []Held     `json:"held"`
}

// Party is an entity for people. Names are the others that it is called.
type Party struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Name    string   `json:"name"`
	Names   []string `json:"names"`
	Place   string   `json:"place,omitempty"`
	Sectors []string `json:"sectors"`
	Claims  int      `json:"claims"`
	Reports int      `json:"reports"`
	Members []Member `json:"members"`
	Joins   []Joined `json:"joins"`
	Not     []string `json:"not"` // entities that people judged it not to be
}

// Member is one name at one place. Its id leads to the party.
type Member struct {
	ID    string   `json:"id"`
	Name  string   `json:"name"`
	Place string   `json:"place,omitempty"`
	As    []string `json:"as"`
}

// Joined says why two members are one: by a rule, or by a person's judgement.
type Joined struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Rule      string `json:"rule,omitempty"`
	Judgement string `json:"judgement,omitempty"`
	Why       string `json:"why"`
}

// Proposal is two parties that may be one, for a person to judge.
type Proposal struct {
	A          string   `json:"a"`
	B          string   `json:"b"`
	Left       string   `json:"left"`
	LeftPlace  string   `json:"left_place,omitempty"`
	Right      string   `json:"right"`
	RightPlace string   `json:"right_place,omitempty"`
	Rule       string   `json:"rule"`
	Words      string   `json:"words"`
	Score      float64  `json:"score"` // how likely names that agree so well are of one party
	Reasons    []Reason `json:"reasons"`
}

// Reason is one fact for or against: agrees, differs or unknown.
type Reason struct {
	Fact   string `json:"fact"`
	Effect string `json:"effect"`
	Words  string `json:"words,omitempty"`
}

// Held is a join that a "not the same" holds apart.
type Held struct {
	A         string `json:"a"`
	B         string `json:"b"`
	Why       string `json:"why"` // of the join
	Judgement string `json:"judgement"`
	By        string `json:"by"`
	Reason    string `json:"reason,omitempty"`
}

// View shows all parties, and places too if they are asked for, those with most claims first.
func (b Base) View(places bool) View {
	v := View{Parties: []Party{}, Proposals: []Proposal{}, Held: []Held{}}
	for _, e := range b.Entities() {
		if places || e.Kind == corroborate.KindParty {
			v.Parties = append(v.Parties, partyOf(e))
		}
	}
	slices.SortStableFunc(v.Parties, func(x, y Party) int { return y.Claims - x.Claims })
	for _, p := range b.Proposals() {
		if places || p.Left.Kind == corroborate.KindParty {
			v.Proposals = append(v.Proposals, proposalOf(p))
		}
	}
	for _, h := range b.Held() {
		v.Held = append(v.Held, heldOf(h))
	}
	return v
}

// ViewOf shows one entity, and who may be it.
func (b Base) ViewOf(e corroborate.Entity) View {
	all := b.View(true)
	v := View{Parties: []Party{partyOf(e)}, Proposals: []Proposal{}, Held: []Held{}}
	for _, p := range all.Proposals {
		if p.A == e.ID || p.B == e.ID {
			v.Proposals = append(v.Proposals, p)
		}
	}
	for _, h := range all.Held {
		a, _ := b.Entity(h.A)
		c, _ := b.Entity(h.B)
		if a.ID == e.ID || c.ID == e.ID {
			v.Held = append(v.Held, h)
		}
	}
	return v
}

// View shows the one or two parties that a judgement was about, as they now are.
func (r Result) View() View {
	v := View{Parties: []Party{partyOf(r.Left)}, Proposals: []Proposal{}, Held: []Held{}}
	if r.Right.ID != r.Left.ID {
		v.Parties = append(v.Parties, partyOf(r.Right))
	}
	for _, h := range r.Held {
		v.Held = append(v.Held, heldOf(h))
	}
	return v
}

func partyOf(e corroborate.Entity) Party {
	p := Party{
		ID: e.ID, Kind: string(e.Kind), Name: e.Name, Names: []string{}, Place: e.Place, Sectors: texts(e.Sectors),
		Claims: len(e.Claims), Reports: len(e.Reports), Members: []Member{}, Joins: []Joined{}, Not: append([]string{}, e.Not...),
	}
	for _, name := range e.Names {
		if name != e.Name {
			p.Names = append(p.Names, name)
		}
	}
	for _, h := range e.Members {
		p.Members = append(p.Members, Member{ID: h.ID, Name: h.Name, Place: h.Place(), As: texts(h.As)})
	}
	for _, j := range e.Joins {
		p.Joins = append(p.Joins, joinedOf(j))
	}
	return p
}

func joinedOf(j corroborate.PartyJoin) Joined {
	out := Joined{A: j.A, B: j.B, Rule: j.Rule, Why: why(j)}
	if j.By != nil {
		out.Judgement = j.By.ID
	}
	return out
}

// why says in words what joined two.
func why(j corroborate.PartyJoin) string {
	if j.By != nil {
		return fmt.Sprintf("%s judged them the same: %s", j.By.Actor, j.By.Reason)
	}
	return corroborate.PartyRuleWords(j.Rule)
}

func proposalOf(p corroborate.PartyProposal) Proposal {
	out := Proposal{
		A: p.A, B: p.B, Left: p.Left.Name, LeftPlace: p.Left.Place(), Right: p.Right.Name, RightPlace: p.Right.Place(),
		Rule: p.Rule, Words: corroborate.PartyRuleWords(p.Rule), Score: p.Score, Reasons: []Reason{},
	}
	for _, r := range p.Reasons {
		out.Reasons = append(out.Reasons, Reason{r.Fact, string(r.Effect), r.Words})
	}
	return out
}

func heldOf(h corroborate.PartyHeld) Held {
	return Held{A: h.A, B: h.B, Why: why(h.Join), Judgement: h.Apart.ID, By: h.Apart.Actor, Reason: h.Apart.Reason}
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = string(t)
	}
	return out
}
