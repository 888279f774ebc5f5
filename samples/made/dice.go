package made

// dice is a stream of numbers that a seed, a number and a purpose fix: SplitMix64 (Steele,
// Lea and Flood, 2014), which needs no state but one word.
type dice struct{ state uint64 }

func newDice(seed, number uint64, purpose string) *dice {
	d := &dice{seed*0x9e3779b97f4a7c15 ^ number*0xd1b54a32d192ed03}
	for _, b := range []byte(purpose) {
		d.state = (d.state ^ uint64(b)) * 0x100000001b3
	}
	d.next()
	return d
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1; n is at least 1.
func (d *dice) below(n int) int { return int(d.next() % uint64(n)) }

// between returns a multiple of step from low to high.
func (d *dice) between(low, high, step int) int { return low + step*d.below((high-low)/step+1) }

// weighted returns an index, as often as its weight says.
func (d *dice) weighted(weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	roll := d.below(sum)
	for i, w := range weights {
		if roll -= w; roll < 0 {
			return i
		}
	}
	return 0
}
