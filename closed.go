// The closed lists of corvee/1, as vocabulary.json has them; TestClosedLists holds the two equal.

package corvee

import "slices"

// Kind is what a claim states.
type Kind string

const (
	KindHeadcount Kind = "headcount"
	KindWage      Kind = "wage"
	KindLevy      Kind = "levy"
	KindNetPay    Kind = "net_pay"
	KindTransfer  Kind = "transfer"
	KindCondition Kind = "condition"
	KindOrder     Kind = "order"
	KindMovement  Kind = "movement"
	KindActivity  Kind = "activity"
	KindLaw       Kind = "law"
	KindDenial    Kind = "denial"
)

// Kinds returns the closed list in its written order.
func Kinds() []Kind {
	return []Kind{
		KindHeadcount, KindWage, KindLevy, KindNetPay, KindTransfer, KindCondition, KindOrder, KindMovement, KindActivity, KindLaw, KindDenial,
	}
}

// Valid reports whether the value is of the closed list.
func (v Kind) Valid() bool { return slices.Contains(Kinds(), v) }

// Indicator is one of the ILO eleven indicators of forced labour.
type Indicator string

const (
	IndicatorAbuseOfVulnerability  Indicator = "abuse_of_vulnerability"
	IndicatorDeception             Indicator = "deception"
	IndicatorRestrictionOfMovement Indicator = "restriction_of_movement"
	IndicatorIsolation             Indicator = "isolation"
	IndicatorViolence              Indicator = "violence"
	IndicatorIntimidationThreats   Indicator = "intimidation_threats"
	IndicatorDocumentRetention     Indicator = "document_retention"
	IndicatorWageWithholding       Indicator = "wage_withholding"
	IndicatorDebtBondage           Indicator = "debt_bondage"
	IndicatorAbusiveConditions     Indicator = "abusive_conditions"
	IndicatorExcessiveOvertime     Indicator = "excessive_overtime"
)

// Indicators returns the closed list in its written order.
func Indicators() []Indicator {
	return []Indicator{
		IndicatorAbuseOfVulnerability, IndicatorDeception, IndicatorRestrictionOfMovement, IndicatorIsolation, IndicatorViolence, IndicatorIntimidationThreats, IndicatorDocumentRetention, IndicatorWageWithholding, IndicatorDebtBondage, IndicatorAbusiveConditions, IndicatorExcessiveOvertime,
	}
}

// Valid reports whether the value is of the closed list.
func (v Indicator) Valid() bool { return slices.Contains(Indicators(), v) }

// Sector is a trade.
type Sector string

const (
	SectorGarments     Sector = "garments"
	SectorTextile      Sector = "textile"
	SectorFootwear     Sector = "footwear"
	SectorSeafood      Sector = "seafood"
	SectorFishing      Sector = "fishing"
	SectorFood         Sector = "food"
	SectorElectronics  Sector = "electronics"
	SectorAutoParts    Sector = "auto_parts"
	SectorPlastics     Sector = "plastics"
	SectorWood         Sector = "wood"
	SectorPharma       Sector = "pharma"
	SectorRestaurant   Sector = "restaurant"
	SectorConstruction Sector = "construction"
	SectorLogging      Sector = "logging"
	SectorShipbuilding Sector = "shipbuilding"
	SectorMining       Sector = "mining"
	SectorMedical      Sector = "medical"
	SectorIT           Sector = "it"
	SectorArms         Sector = "arms"
	SectorArt          Sector = "art"
	SectorAgriculture  Sector = "agriculture"
	SectorTrade        Sector = "trade"
	SectorOther        Sector = "other"
)

// Sectors returns the closed list in its written order.
func Sectors() []Sector {
	return []Sector{
		SectorGarments, SectorTextile, SectorFootwear, SectorSeafood, SectorFishing, SectorFood, SectorElectronics, SectorAutoParts, SectorPlastics, SectorWood, SectorPharma, SectorRestaurant, SectorConstruction, SectorLogging, SectorShipbuilding, SectorMining, SectorMedical, SectorIT, SectorArms, SectorArt, SectorAgriculture, SectorTrade, SectorOther,
	}
}

// Valid reports whether the value is of the closed list.
func (v Sector) Valid() bool { return slices.Contains(Sectors(), v) }

// Unit is what a value counts.
type Unit string

const (
	UnitPerson      Unit = "person"
	UnitMoney       Unit = "money"
	UnitPercent     Unit = "percent"
	UnitHour        Unit = "hour"
	UnitDay         Unit = "day"
	UnitWeek        Unit = "week"
	UnitMonth       Unit = "month"
	UnitYear        Unit = "year"
	UnitTime        Unit = "time"
	UnitSite        Unit = "site"
	UnitKilogram    Unit = "kilogram"
	UnitTonne       Unit = "tonne"
	UnitPiece       Unit = "piece"
	UnitPermit      Unit = "permit"
	UnitVisa        Unit = "visa"
	UnitOuting      Unit = "outing"
	UnitSquareMetre Unit = "square_metre"
)

// Units returns the closed list in its written order.
func Units() []Unit {
	return []Unit{
		UnitPerson, UnitMoney, UnitPercent, UnitHour, UnitDay, UnitWeek, UnitMonth, UnitYear, UnitTime, UnitSite, UnitKilogram, UnitTonne, UnitPiece, UnitPermit, UnitVisa, UnitOuting, UnitSquareMetre,
	}
}

// Valid reports whether the value is of the closed list.
func (v Unit) Valid() bool { return slices.Contains(Units(), v) }

// Per is whom a rate is for.
type Per string

const (
	PerPerson    Per = "person"
	PerHousehold Per = "household"
	PerSite      Per = "site"
	PerTotal     Per = "total"
	PerUnknown   Per = "unknown"
)

// Pers returns the closed list in its written order.
func Pers() []Per {
	return []Per{
		PerPerson, PerHousehold, PerSite, PerTotal, PerUnknown,
	}
}

// Valid reports whether the value is of the closed list.
func (v Per) Valid() bool { return slices.Contains(Pers(), v) }

// RatePeriod is how often a rate falls due.
type RatePeriod string

const (
	EveryHour  RatePeriod = "hour"
	EveryDay   RatePeriod = "day"
	EveryWeek  RatePeriod = "week"
	EveryMonth RatePeriod = "month"
	EveryYear  RatePeriod = "year"
	EveryOnce  RatePeriod = "once"
)

// RatePeriods returns the closed list in its written order.
func RatePeriods() []RatePeriod {
	return []RatePeriod{
		EveryHour, EveryDay, EveryWeek, EveryMonth, EveryYear, EveryOnce,
	}
}

// Valid reports whether the value is of the closed list.
func (v RatePeriod) Valid() bool { return slices.Contains(RatePeriods(), v) }

// Factuality is how sure the report is of what it says, after FactBank.
type Factuality string

const (
	Asserted  Factuality = "asserted"
	Reported  Factuality = "reported"
	Estimated Factuality = "estimated"
	Believed  Factuality = "believed"
	Planned   Factuality = "planned"
	Denied    Factuality = "denied"
)

// Factualities returns the closed list in its written order.
func Factualities() []Factuality {
	return []Factuality{
		Asserted, Reported, Estimated, Believed, Planned, Denied,
	}
}

// Valid reports whether the value is of the closed list.
func (v Factuality) Valid() bool { return slices.Contains(Factualities(), v) }

// Polarity is whether a claim affirms or negates.
type Polarity string

const (
	Positive Polarity = "positive"
	Negative Polarity = "negative"
)

// Polarities returns the closed list in its written order.
func Polarities() []Polarity {
	return []Polarity{
		Positive, Negative,
	}
}

// Valid reports whether the value is of the closed list.
func (v Polarity) Valid() bool { return slices.Contains(Polarities(), v) }

// PlacePrecision is how exactly a place is known.
type PlacePrecision string

const (
	AtExact      PlacePrecision = "exact"
	AtVicinity   PlacePrecision = "vicinity"
	AtLocality   PlacePrecision = "locality"
	AtCity       PlacePrecision = "city"
	AtCounty     PlacePrecision = "county"
	AtPrefecture PlacePrecision = "prefecture"
	AtProvince   PlacePrecision = "province"
	AtRegion     PlacePrecision = "region"
	AtCountry    PlacePrecision = "country"
)

// PlacePrecisions returns the closed list in its written order.
func PlacePrecisions() []PlacePrecision {
	return []PlacePrecision{
		AtExact, AtVicinity, AtLocality, AtCity, AtCounty, AtPrefecture, AtProvince, AtRegion, AtCountry,
	}
}

// Valid reports whether the value is of the closed list.
func (v PlacePrecision) Valid() bool { return slices.Contains(PlacePrecisions(), v) }

// Speaker is the class of one link of an attribution.
type Speaker string

const (
	SpeakerAuthor            Speaker = "author"
	SpeakerPublisher         Speaker = "publisher"
	SpeakerAgency            Speaker = "agency"
	SpeakerNamedOfficial     Speaker = "named_official"
	SpeakerNamedPublicPerson Speaker = "named_public_person"
	SpeakerInstitution       Speaker = "institution"
	SpeakerDocument          Speaker = "document"
	SpeakerAnonymous         Speaker = "anonymous"
)

// Speakers returns the closed list in its written order.
func Speakers() []Speaker {
	return []Speaker{
		SpeakerAuthor, SpeakerPublisher, SpeakerAgency, SpeakerNamedOfficial, SpeakerNamedPublicPerson, SpeakerInstitution, SpeakerDocument, SpeakerAnonymous,
	}
}

// Valid reports whether the value is of the closed list.
func (v Speaker) Valid() bool { return slices.Contains(Speakers(), v) }

// Review is what people have decided on a claim.
type Review string

const (
	ReviewUnreviewed Review = "unreviewed"
	ReviewAccepted   Review = "accepted"
	ReviewEdited     Review = "edited"
	ReviewAdded      Review = "added"
	ReviewRejected   Review = "rejected"
	ReviewUnsure     Review = "unsure"
	ReviewObsolete   Review = "obsolete"
)

// Reviews returns the closed list in its written order.
func Reviews() []Review {
	return []Review{
		ReviewUnreviewed, ReviewAccepted, ReviewEdited, ReviewAdded, ReviewRejected, ReviewUnsure, ReviewObsolete,
	}
}

// Valid reports whether the value is of the closed list.
func (v Review) Valid() bool { return slices.Contains(Reviews(), v) }

// ListingKind is what an entry on an official list is; a designation, an import order, an advisory and a press report are never mixed up.
type ListingKind string

const (
	ListingDesignation   ListingKind = "designation"
	ListingImportOrder   ListingKind = "import_order"
	ListingAdvisory      ListingKind = "advisory"
	ListingExportControl ListingKind = "export_control"
	ListingReported      ListingKind = "reported"
)

// ListingKinds returns the closed list in its written order.
func ListingKinds() []ListingKind {
	return []ListingKind{
		ListingDesignation, ListingImportOrder, ListingAdvisory, ListingExportControl, ListingReported,
	}
}

// Valid reports whether the value is of the closed list.
func (v ListingKind) Valid() bool { return slices.Contains(ListingKinds(), v) }

// Level is how well an indicator is supported; "proven" is left to authorities.
type Level string

const (
	LevelNone          Level = "none"
	LevelPossible      Level = "possible"
	LevelReasonable    Level = "reasonable"
	LevelSubstantiated Level = "substantiated"
)

// Levels returns the closed list in its written order.
func Levels() []Level {
	return []Level{
		LevelNone, LevelPossible, LevelReasonable, LevelSubstantiated,
	}
}

// Valid reports whether the value is of the closed list.
func (v Level) Valid() bool { return slices.Contains(Levels(), v) }

// Support is how many origins stand behind a claim.
type Support string

const (
	SingleOrigin Support = "single_origin"
	Corroborated Support = "corroborated"
	Contested    Support = "contested"
	Retracted    Support = "retracted"
)

// Supports returns the closed list in its written order.
func Supports() []Support {
	return []Support{
		SingleOrigin, Corroborated, Contested, Retracted,
	}
}

// Valid reports whether the value is of the closed list.
func (v Support) Valid() bool { return slices.Contains(Supports(), v) }

// ClaimOrigin is who made a claim.
type ClaimOrigin string

const (
	FromRule     ClaimOrigin = "rule"
	FromReviewer ClaimOrigin = "reviewer"
	FromFact     ClaimOrigin = "fact"
)

// ClaimOrigins returns the closed list in its written order.
func ClaimOrigins() []ClaimOrigin {
	return []ClaimOrigin{
		FromRule, FromReviewer, FromFact,
	}
}

// Valid reports whether the value is of the closed list.
func (v ClaimOrigin) Valid() bool { return slices.Contains(ClaimOrigins(), v) }

// ListID is an official list.
type ListID string

const (
	ListUN1718         ListID = "UN-1718"
	ListOFACDPRK       ListID = "OFAC-DPRK"
	ListOFACDPRK2      ListID = "OFAC-DPRK2"
	ListOFACDPRK3      ListID = "OFAC-DPRK3"
	ListOFACDPRK4      ListID = "OFAC-DPRK4"
	ListOFACDPRKNKSPEA ListID = "OFAC-DPRK-NKSPEA"
	ListOFACOther      ListID = "OFAC-OTHER"
	ListUFLPA          ListID = "UFLPA"
	ListCBPCAATSA      ListID = "CBP-CAATSA"
	ListCBPWRO         ListID = "CBP-WRO"
	ListEUDPRK         ListID = "EU-DPRK"
	ListUKDPRK         ListID = "UK-DPRK"
	ListKRDPRK         ListID = "KR-DPRK"
	ListJPDPRK         ListID = "JP-DPRK"
	ListUNOther        ListID = "UN-OTHER"
	ListEUOther        ListID = "EU-OTHER"
	ListUKOther        ListID = "UK-OTHER"
	ListOwn            ListID = "OWN"
)

// ListIDs returns the closed list in its written order.
func ListIDs() []ListID {
	return []ListID{
		ListUN1718, ListOFACDPRK, ListOFACDPRK2, ListOFACDPRK3, ListOFACDPRK4, ListOFACDPRKNKSPEA, ListOFACOther, ListUFLPA, ListCBPCAATSA, ListCBPWRO, ListEUDPRK, ListUKDPRK, ListKRDPRK, ListJPDPRK, ListUNOther, ListEUOther, ListUKOther, ListOwn,
	}
}

// Valid reports whether the value is of the closed list.
func (v ListID) Valid() bool { return slices.Contains(ListIDs(), v) }
