// Package basis tells for whom an amount counts where its words do not say: the kind of a
// claim and its unit in, one of each worker or all of them together out.
//
// Its one idea: kinds are defined by it. Pay and what is taken from it are of one worker, or
// else they would be a transfer; a stock or flow of people is of all who are meant; hours and
// days are of each who works them.
package basis

import "corvee"

// Of returns the basis of a kind of claim in a unit, "" where the kind leaves it open.
func Of(kind corvee.Kind, unit corvee.Unit) corvee.Per {
	switch kind {
	case corvee.KindWage, corvee.KindLevy, corvee.KindNetPay:
		return corvee.PerPerson
	case corvee.KindTransfer, corvee.KindHeadcount:
		return corvee.PerTotal
	case corvee.KindMovement, corvee.KindCondition:
		return ofPeople(unit)
	}
	return ""
}

func ofPeople(unit corvee.Unit) corvee.Per {
	switch unit {
	case corvee.UnitPerson:
		return corvee.PerTotal
	case corvee.UnitHour, corvee.UnitDay, corvee.UnitTime:
		return corvee.PerPerson
	}
	return ""
}
