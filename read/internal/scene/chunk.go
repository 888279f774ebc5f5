package scene

import (
	"slices"

	"corvee"
	"corvee/read/internal/entity"
	"corvee/read/internal/frame"
	"corvee/read/internal/quantity"
)

// chunks returns what patterns can ask for, by first token, longer ones before shorter.
func (sc *Scene) chunks(out []frame.Chunk) []frame.Chunk {
	for i, m := range sc.Mentions {
		out = sc.mentionChunks(out, i, m)
	}
	for i, q := range sc.Quantities {
		if typ := quantityType(q); typ != frame.NoType {
			out = append(out, frame.Chunk{Type: typ, First: q.First, Last: q.Last, ID: string(q.Value.Per), Ref: i})
		}
	}
	for i, t := range sc.Times {
		out = append(out, frame.Chunk{Type: frame.TimeType, First: t.First, Last: t.Last, Ref: i})
	}
	slices.SortStableFunc(out, func(a, b frame.Chunk) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return b.Last - a.Last
	})
	return out
}

func quantityType(q quantity.Quantity) frame.Type {
	switch q.Value.Unit {
	case corvee.UnitMoney:
		return frame.Money
	case corvee.UnitPercent:
		return frame.Share
	case corvee.UnitHour:
		return frame.Hours
	case corvee.UnitDay:
		return frame.Days
	case corvee.UnitYear, corvee.UnitMonth, corvee.UnitWeek:
		return frame.Years
	case corvee.UnitKilogram, corvee.UnitTonne:
		return frame.Weight
	}
	return frame.Count
}

var mentionTypes = map[entity.Kind]frame.Type{
	entity.Place: frame.PlaceType, entity.Sector: frame.SectorType, entity.Site: frame.SiteType,
	entity.Employer: frame.EmployerType, entity.Law: frame.LawType, entity.Label: frame.LabelType,
	entity.Directive: frame.DirectiveType, entity.Abroad: frame.AbroadType,
}

func (sc *Scene) mentionChunks(out []frame.Chunk, i int, m entity.Mention) []frame.Chunk {
	c := frame.Chunk{First: m.First, Last: m.Last, ID: m.ID, Ref: i}
	switch m.Kind {
	case entity.Group:
		if !sc.Eligible(i) {
			return out
		}
		c.Type = frame.Group
		out = append(out, c)
		if m.Count >= 0 && !m.Told {
			c.Type = frame.Persons
			out = append(out, c)
		}
		return out
	case entity.Actor:
		c.Type, c.ID = frame.Actor, sc.actorID(m)
		return append(out, c)
	case entity.Place:
		if m.Weak {
			return out
		}
		if m.Sender || m.ID == "pyongyang" {
			out = append(out, frame.Chunk{Type: frame.Actor, First: m.First, Last: m.Last, ID: "state", Ref: i})
		}
	}
	c.Type = mentionTypes[m.Kind]
	return append(out, c)
}

// actorID returns "host" for the authorities of a state that sends no workers.
func (sc *Scene) actorID(m entity.Mention) string {
	if m.ID == "state" && m.Nation != "" && !m.Sender {
		return "host"
	}
	return m.ID
}
