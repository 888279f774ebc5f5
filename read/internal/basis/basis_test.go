package basis_test

import (
	"testing"

	"corvee"
	"corvee/read/internal/basis"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind corvee.Kind
		unit corvee.Unit
		want corvee.Per
	}{
		{corvee.KindWage, corvee.UnitMoney, corvee.PerPerson},
		{corvee.KindLevy, corvee.UnitPercent, corvee.PerPerson},
		{corvee.KindHeadcount, corvee.UnitPerson, corvee.PerTotal},
		{corvee.KindTransfer, corvee.UnitMoney, corvee.PerTotal},
		{corvee.KindMovement, corvee.UnitPerson, corvee.PerTotal},
		{corvee.KindCondition, corvee.UnitPerson, corvee.PerTotal},
		{corvee.KindCondition, corvee.UnitHour, corvee.PerPerson},
		{corvee.KindCondition, corvee.UnitMoney, ""}, // arrears are told of one and of all
		{corvee.KindOrder, corvee.UnitMoney, ""},
		{corvee.KindOrder, corvee.UnitPerson, ""}, // a quota of heads for an office
	} {
		if got := basis.Of(c.kind, c.unit); got != c.want {
			t.Errorf("Of(%s, %s) = %q, want %q", c.kind, c.unit, got, c.want)
		}
	}
}
