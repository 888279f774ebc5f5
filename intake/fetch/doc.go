// Package fetch brings one document from the web.
//
// What comes in: an address that a person, a feed or a page named. What goes out: the
// body, what the server said of it, and the exchange as a WARC file; or a Failure that
// says why not, and when to come again.
//
// Its one idea: every name, address, redirect and length comes from an enemy. Which
// machine is reached is decided on the address that the system is about to connect to, not
// on the name, so that no answer of a name server can turn a fetch inward. Nothing says
// who asks: no cookie, no referrer, no header but those listed here, and through a proxy
// not even the question for a name.
package fetch
