package lexicon

// The classes that the grammar of numbers, times, entities, speech and doubt asks for by
// name. Rows use the names of knownNames.
const (
	Plain Class = iota // a word that only a rule names
	// numbers
	Num        // a number word; value
	Scale      // thousand, million; value
	Vague      // hundreds, dozens; value = the low end
	Fraction   // half, two thirds; value in percent, approx
	Few        // several, a few: before a scale
	Approx     // about
	ApproxPost // or so
	AtLeast
	MoreThan
	AtMost
	LessThan
	OrMore
	OrLess
	Percent
	Currency // code; side = before, after, both
	Measure  // hours, days, tonnes; unit
	Counter  // people, head: what persons are counted in
	PerWord  // per, a, each, every: before a period or a person
	EachPost // each, apiece, per head: after an amount; per
	PeriodNoun
	PeriodAdj // monthly, a month; period
	// time
	Month
	Weekday
	TimePrep // in, by, since, until
	Relative // today, last year; shift
	Season
	// entities
	Place
	Country
	Demonym
	Region
	Worker   // the head of a worker group
	Person   // people, women, nationals: a worker group only with a cue
	GroupMod // female, overseas, dispatched: before a worker noun
	Actor    // the authorities, managers, the party
	Sector
	Site
	Institution
	Campaign
	LevyName
	Instrument // a law or a ban; label
	CompanyEnd // Co., Ltd, Group
	SiteName   // Zone, Factory: ends a site's own name
	Directive  // what an order is about; label
	Abroad     // overseas, abroad: a place that is none in particular
	BackRef    // the city, there, this factory: a place that was named before
	// speech
	SpeechVerb
	SpeechNoun // statement, report: "in a statement"
	According
	Source    // source, informant
	Outlet    // a news outlet; speaker
	OutletEnd // Journal, Post: ends a newsroom's name
	Official  // a title of office
	Public    // a title of a public role: professor, analyst
	Ordinary  // a role whose bearer is never named: trader, defector, resident
	Document  // a report, a contract
	OrgEnd    // Institute, Foundation: ends an organisation's own name
	Honorific // Mr., Dr.
	// doubt
	Reportedly
	Belief
	Estimate
	Plan
	Deny
	Negation
	NegQuantifier // no, none of, few
	Hypothetical  // if, whether, would
	Restates      // that is to say: what was said, again
	// syntax
	Determiner
	Pronoun
	Possessive
	Auxiliary
	Subordinator
	Coordinator
	Preposition
	Adverb
	Abbreviation
	// parts of words
	Particle // after a noun; after = c or v: the final it needs
	Ending   // after a verb's form; after = the forms
	Light    // a verb that a noun stands before without a space
	Ordinal  // after a figure that counts nothing: a number, a floor, an age
	// what Chinese needs besides
	Half       // 半
	Subunit    // 角, 分: a part of the unit of money; value
	Feast      // a day of the year; id = month-day
	Surname    // a family name
	OutletWord // 外媒, 韩媒: some newsroom, not named
	Filler     // 约合: before a conversion
	RangeWord  // 至, 到: between the ends of a range
	Reporter   // 记者, 本报: who writes the report
	knownClasses
)

// namingMask is the classes whose forms are names: the longest is taken and hides what
// lies within it. All others may overlap.
var namingMask = namesOf(
	Num, Scale, Vague, Few, Fraction, Approx, ApproxPost, AtLeast, MoreThan, AtMost, LessThan, OrMore, OrLess,
	Percent, Currency, Measure, Month, Weekday, Relative, Place, Country, Demonym, Region, Worker, Person, Actor, Sector,
	Site, Institution, Campaign, LevyName, Directive, Instrument, Abroad, Source, According, Outlet, Official, Public,
	Ordinary, Document,
)

func namesOf(classes ...Class) ClassSet {
	var m ClassSet
	for _, c := range classes {
		m.Add(c)
	}
	return m
}

var knownNames = [knownClasses]string{
	"plain", "num", "scale", "vague", "fraction", "few", "approx", "approx_post", "at_least", "more_than", "at_most",
	"less_than", "or_more", "or_less", "percent", "currency", "measure", "counter", "per", "each_post", "period", "periodic",
	"month", "weekday", "time_prep", "relative", "season",
	"place", "country", "demonym", "region", "worker", "person", "group_mod", "actor", "sector", "site", "institution",
	"campaign", "levy_name", "instrument", "company_end", "site_name", "directive", "abroad", "back_ref",
	"speech", "speech_noun", "according", "source", "outlet", "outlet_end", "official", "public", "ordinary", "document", "org_end", "honorific",
	"reportedly", "belief", "estimate", "plan", "deny", "negation", "neg_quantifier", "hypothetical", "restates",
	"determiner", "pronoun", "possessive", "auxiliary", "subordinator", "coordinator", "preposition", "adverb", "abbreviation",
	"particle", "ending", "light", "ordinal",
	"half", "subunit", "feast", "surname", "outlet_word", "filler", "range", "reporter",
}
