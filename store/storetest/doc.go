// Package storetest is the suite that every base must pass.
//
// What comes in: a way to open an empty base. What goes out: a verdict. Its one idea: the
// port is what this suite holds, word for word, so that two databases cannot drift apart.
package storetest
