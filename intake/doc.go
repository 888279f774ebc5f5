// Package intake turns bytes into faithful text.
//
// What comes in: a path, and what the caller knows about the document (Hints). What goes
// out: a Document (the untouched original, its Text in blocks, the Report's metadata), or
// a Rejection that says why not and what to do about it.
//
// Its one idea: a document is hostile until it is text. Plain text is decoded here;
// everything that needs a parser is decoded in a child process that has no network, no
// files, little memory and little time, and whose answer is checked as if an enemy had
// written it. The worst file costs itself alone.
//
// Each format is a folder under internal/ and one row in the table of formats.
package intake
