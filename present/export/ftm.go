package export

import (
	"cmp"
	"crypto/sha1" // #nosec: the key of a statement, as FollowTheMoney makes it
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"corvee"
	"corvee/internal/country"
	"corvee/internal/gazetteer"
	"corvee/internal/names"
	"corvee/present"
	"corvee/present/dossier"
)

// dataset names what Corvee exports among the data sets of others.
const dataset = "corvee"

// value is one value of a property, with who made it: the reading rules, a person, a table
// of facts, an official list.
type value struct {
	prop, value, lang, origin string
}

// entity is one FollowTheMoney entity while it is built. Values come in the order of their
// making, each once.
type entity struct {
	id, schema string
	values     []value
	known      map[[2]string]bool
}

func (e *entity) add(prop, v, origin string) { e.addIn(prop, v, "", origin) }

func (e *entity) addIn(prop, v, lang, origin string) {
	key := [2]string{prop, v}
	if v == "" || e.known[key] {
		return
	}
	if e.known == nil {
		e.known = map[[2]string]bool{}
	}
	e.known[key] = true
	e.values = append(e.values, value{prop, v, lang, origin})
}

// entityID is stable: the same thing has the same id in every export.
func entityID(kind string, parts ...string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(parts, "\x00")))
	return "corvee-" + kind + "-" + hex.EncodeToString(sum[:10])
}

// graph collects entities by id, in the order in which they were first met.
type graph struct {
	set      Set
	origin   string // of what the rules read
	entities []*entity
	byID     map[string]*entity
}

func (g *graph) entity(id, schema string) *entity {
	if e, ok := g.byID[id]; ok {
		return e
	}
	e := &entity{id: id, schema: schema}
	g.entities, g.byID[id] = append(g.entities, e), e
	return e
}

// graphOf turns a Set into entities: documents, the parties that claims name, where they are,
// the mentions that join them, and the listings that their names meet. Levies, wages and
// headcounts have no schema in FollowTheMoney and are not forced into one that says something
// else (Employment needs a named person): they stand as notes of the party.
func graphOf(s Set) *graph {
	g := &graph{set: s, origin: "corvee@" + s.Version, byID: map[string]*entity{}}
	for _, r := range s.Reports {
		g.document(r)
	}
	for _, r := range s.rows() {
		g.claim(r)
	}
	for _, l := range s.Listings {
		g.listed(l)
	}
	return g
}

func documentID(r dossier.Source) string { return entityID("doc", r.ID) }

// document is an Article where it was published on the web, else a Document. The file name is
// the name of the original in a base, which is its SHA-256: contentHash is for SHA-1.
func (g *graph) document(r dossier.Source) {
	schema := "Document"
	if strings.HasPrefix(r.URL, "http://") || strings.HasPrefix(r.URL, "https://") {
		schema = "Article"
	}
	e := g.entity(documentID(r), schema)
	lang := languages[r.Lang]
	e.add("name", cmp.Or(r.Title, strings.TrimSpace(r.Publisher+" "+r.Published.String()), "report "+fmt.Sprint(r.No)), g.origin)
	e.add("fileName", strings.ReplaceAll(r.ID, ":", "-"), g.origin)
	e.addIn("title", r.Title, lang, g.origin)
	e.add("publisher", r.Publisher, g.origin)
	e.add("publishedAt", r.Published.String(), g.origin)
	e.add("language", lang, g.origin)
	if schema == "Article" {
		e.add("sourceUrl", r.URL, g.origin)
	}
	if !r.Archived {
		e.add("notes", "Known by what others wrote of it; its text is not archived.", g.origin)
	}
	for _, d := range r.DependsOn {
		e.add("notes", "Depends on another: "+d+".", g.origin)
	}
}

// languages are ISO 639-3, as FollowTheMoney writes them.
var languages = map[string]string{"en": "eng", "ko": "kor", "zh": "zho", "ru": "rus", "ja": "jpn", "fr": "fra", "es": "spa", "de": "deu", "pl": "pol", "cs": "ces"}

// originOf says who made a claim.
func (g *graph) originOf(c corvee.Claim) string {
	switch {
	case c.Origin == corvee.FromReviewer || c.Review == corvee.ReviewEdited || c.Review == corvee.ReviewAdded:
		return "reviewer"
	case c.Origin == corvee.FromFact:
		return "facts"
	}
	return g.origin
}

func (g *graph) claim(r row) {
	for _, name := range []string{r.Claim.Employer, r.Claim.Site} {
		if name == "" {
			continue
		}
		party := g.party(name, r, name == r.Claim.Site)
		g.mention(name, party, r)
		for _, p := range r.Claim.Places {
			party.add("addressEntity", g.address(p, r), g.originOf(r.Claim))
		}
	}
}

// party is a Company where the name has a legal form, a LegalEntity where it has none, and an
// Organization where it is known as a workplace alone: FollowTheMoney has no schema for one.
func (g *graph) party(name string, r row, site bool) *entity {
	schema := "LegalEntity"
	if site && name != r.Claim.Employer {
		schema = "Organization"
	}
	if slices.ContainsFunc(names.Parse(name, names.Company).Units, func(u names.Unit) bool { return u.Role == names.Form }) {
		schema = "Company"
	}
	origin := g.originOf(r.Claim)
	e := g.entity(partyID(name), schema)
	e.add("name", name, origin)
	for _, code := range r.Claim.Countries {
		e.add("country", strings.ToLower(code), origin)
	}
	e.add("sector", strings.ReplaceAll(string(r.Claim.Sector), "_", " "), origin)
	e.add("proof", documentID(r.source), origin)
	e.add("notes", fmt.Sprintf("Reported, not proven: %s. [claim %s, %s]", r.Gloss, r.Claim.ID, r.Claim.Review), origin)
	return e
}

func partyID(name string) string { return entityID("party", strings.Join(strings.Fields(name), " ")) }

// mention joins a document to the party that it names. It holds no offsets: those of the
// quote stand in the table of claims and in a bag's annotations.
func (g *graph) mention(name string, party *entity, r row) {
	doc := documentID(r.source)
	e := g.entity(entityID("mention", doc, party.id), "Mention")
	origin := g.originOf(r.Claim)
	e.add("document", doc, origin)
	e.add("name", name, origin)
	e.add("resolved", party.id, origin)
	e.add("detectedSchema", party.schema, origin)
	for _, code := range r.Claim.Countries {
		e.add("contextCountry", strings.ToLower(code), origin)
	}
}

// address is a place as precise as its claims tell it; it has no coordinates, since a point
// would say more.
func (g *graph) address(p corvee.Place, r row) string {
	id := entityID("place", p.ID)
	e := g.entity(id, "Address")
	up, _ := gazetteer.Find(p.ID)
	parent, _ := gazetteer.Find(up.Parent)
	parts := []string{p.Name}
	if parent.Name != "" {
		parts = append(parts, parent.Name)
	}
	code := cmp.Or(p.Country, up.Country)
	if n := country.Name(code); n != "" && n != p.Name {
		parts = append(parts, n)
	}
	full := strings.Join(parts, ", ")
	e.add("name", full, g.origin)
	e.add("full", full, g.origin)
	e.add("country", strings.ToLower(code), g.origin)
	if slices.Contains([]corvee.PlacePrecision{corvee.AtLocality, corvee.AtCity, corvee.AtCounty}, p.Precision) {
		e.add("city", p.Name, g.origin)
	}
	e.add("state", parent.Name, g.origin)
	e.add("remarks", "known to the "+string(p.Precision), g.origin)
	e.add("proof", documentID(r.source), g.originOf(r.Claim))
	return id
}

// listed writes a listing with its designation. It stays an entity of its own, beside the
// party whose name it meets: that the two are one is for a person to say.
func (g *graph) listed(l Listed) {
	origin := strings.TrimSpace("list " + l.Listing.List + " " + l.Listing.ListDate.String())
	of := present.EntityOf(l.Listing)
	id := entityID("listing", l.Listing.ID)
	e := g.entity(id, of.Schema)
	for _, prop := range sortedKeys(of.Properties) {
		for _, v := range of.Properties[prop] {
			e.add(prop, v, origin)
		}
	}
	if len(of.Properties["name"]) == 0 {
		e.add("name", of.Caption, origin)
	}
	e.add("notes", meets(l), origin)
	s := g.entity(entityID("sanction", l.Listing.ID), "Sanction")
	s.add("entity", id, origin)
	s.add("authority", l.Listing.List, origin)
	s.add("authorityId", l.Listing.SourceID, origin)
	for _, p := range l.Listing.Programs {
		s.add("program", p, origin)
	}
	s.add("status", statusOf(l.Listing.Kind), origin)
}

func statusOf(k corvee.ListingKind) string {
	if k == corvee.ListingDesignation {
		return "listed on the date of the file"
	}
	return strings.ReplaceAll(string(k), "_", " ") + ": not a designation"
}

func meets(l Listed) string {
	if l.Same {
		return fmt.Sprintf("A person decided that this is %q, which reports name.", l.Party)
	}
	return fmt.Sprintf("Its name meets %q, which reports name. A name match is not proof that two parties are one.", l.Party)
}

func sortedKeys(m map[string][]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// writeFTM writes one entity a line, as FollowTheMoney's tools read them.
func writeFTM(w io.Writer, s Set) error {
	e := printer{w: w}
	for _, x := range graphOf(s).entities {
		properties := map[string][]string{}
		for _, v := range x.values {
			properties[v.prop] = append(properties[v.prop], v.value)
		}
		e.value(struct {
			ID         string              `json:"id"`
			Schema     string              `json:"schema"`
			Properties map[string][]string `json:"properties"`
			Datasets   []string            `json:"datasets"`
		}{x.id, x.schema, properties, []string{dataset}})
		e.print("\n")
	}
	return e.err
}

// ftmColumns are those of FollowTheMoney's statements, in its order.
func ftmColumns() []string {
	return []string{"canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value", "external", "first_seen", "last_seen", "id"}
}

// writeStatements writes FollowTheMoney's statements: a row for each value, with who made it.
// These rows go into programs; still no cell of them is a formula where a spreadsheet opens
// them, so a value that begins with a sign of one has an apostrophe before it.
func writeStatements(w io.Writer, s Set) error {
	out := csv.NewWriter(w)
	if err := out.Write(ftmColumns()); err != nil {
		return err
	}
	for _, x := range graphOf(s).entities {
		for _, v := range x.values {
			row := []string{
				x.id, x.id, v.prop, propertyType(v.prop), x.schema, v.value, dataset, v.origin, v.lang, "", "f", s.Made.String(), s.Made.String(), statementID(x.id, v),
			}
			for i := range row {
				row[i] = present.Cell(row[i])
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// propertyType names the FollowTheMoney type of a property that is written here.
func propertyType(prop string) string {
	switch prop {
	case "name", "alias", "weakAlias", "previousName":
		return "name"
	case "country", "contextCountry":
		return "country"
	case "proof", "document", "resolved", "entity", "addressEntity":
		return "entity"
	case "registrationNumber", "idNumber", "taxNumber", "leiCode", "imoNumber", "passportNumber", "authorityId":
		return "identifier"
	case "publishedAt", "incorporationDate", "birthDate":
		return "date"
	case "address", "full":
		return "address"
	case "notes":
		return "text"
	case "sourceUrl":
		return "url"
	case "topics":
		return "topic"
	case "language":
		return "language"
	}
	return "string"
}

// statementID is SHA-1 over data set, entity, property and value with points between, and the
// language behind an at sign, as FollowTheMoney makes it.
func statementID(entity string, v value) string {
	key := strings.Join([]string{dataset, entity, v.prop, v.value}, ".")
	if v.lang != "" {
		key += "@" + v.lang
	}
	sum := sha1.Sum([]byte(key))
	return hex.EncodeToString(sum[:])
}
