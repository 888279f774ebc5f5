package score

import "math"

// assign returns for each row the column that it takes, or -1, so that the sum of the
// weights is the greatest; a weight of zero is no edge. Components of the graph are solved
// apart, since a claim competes with its neighbours only. Each is the Hungarian method with
// potentials (Kuhn 1955, Munkres 1957; the O(n³) form with shortest augmenting paths).
func assign(weights [][]int64) []int {
	taken := make([]int, len(weights))
	for i := range taken {
		taken[i] = -1
	}
	for _, part := range components(weights) {
		for i, j := range hungarian(weights, part.rows, part.columns) {
			taken[i] = j
		}
	}
	return taken
}

type component struct{ rows, columns []int }

func components(weights [][]int64) []component {
	var out []component
	rowSeen, columnSeen := make([]bool, len(weights)), []bool(nil)
	if len(weights) > 0 {
		columnSeen = make([]bool, len(weights[0]))
	}
	for start := range weights {
		if rowSeen[start] {
			continue
		}
		rowSeen[start] = true
		part := component{rows: []int{start}}
		for next := 0; next < len(part.rows); next++ {
			part.grow(weights, part.rows[next], rowSeen, columnSeen)
		}
		if len(part.columns) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// grow adds the columns that a row reaches and the rows that reach them.
func (p *component) grow(weights [][]int64, row int, rowSeen, columnSeen []bool) {
	for j, w := range weights[row] {
		if w == 0 || columnSeen[j] {
			continue
		}
		columnSeen[j] = true
		p.columns = append(p.columns, j)
		for i := range weights {
			if weights[i][j] != 0 && !rowSeen[i] {
				rowSeen[i] = true
				p.rows = append(p.rows, i)
			}
		}
	}
}

// hungarian solves one component, padded to a square with edges of weight zero, and
// returns the columns of the rows that got a real edge.
func hungarian(weights [][]int64, rows, columns []int) map[int]int {
	n := max(len(rows), len(columns))
	cost := func(i, j int) int64 { // 1-based; the least cost is the greatest weight
		if i > len(rows) || j > len(columns) {
			return 0
		}
		return -weights[rows[i-1]][columns[j-1]]
	}
	rowOf := solve(n, cost)
	out := map[int]int{}
	for j := 1; j <= len(columns); j++ {
		if i := rowOf[j]; i <= len(rows) && cost(i, j) != 0 {
			out[rows[i-1]] = columns[j-1]
		}
	}
	return out
}

// solve returns the row of each column, 1-based, in an assignment of least cost.
func solve(n int, cost func(i, j int) int64) []int {
	u, v := make([]int64, n+1), make([]int64, n+1)
	rowOf, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		rowOf[0] = i
		at := 0
		least, used := make([]int64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = math.MaxInt64
		}
		for rowOf[at] != 0 {
			used[at] = true
			row, delta, next := rowOf[at], int64(math.MaxInt64), 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if reduced := cost(row, j) - u[row] - v[j]; reduced < least[j] {
					least[j], way[j] = reduced, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if used[j] {
					u[rowOf[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[way[at]]
			at = way[at]
		}
	}
	return rowOf
}
