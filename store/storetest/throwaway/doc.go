// Package throwaway is a PostgreSQL for tests, made of the programs that the system has.
//
// What comes in: a test. What goes out: the address of a new, empty database. Its one
// idea: one server for a whole test binary, started when the first test asks and gone with
// the process, so that nothing is installed and nothing stays.
package throwaway
