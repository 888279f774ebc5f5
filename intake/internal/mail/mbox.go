package mail

import (
	"bytes"
	"fmt"

	"corvee/intake/internal/wire"
)

// Mailbox returns the messages of a mailbox (RFC 4155) from the cursor on, about as many
// bytes as the job asks for. They are named by their number: a subject may name a person.
func Mailbox(job wire.Job, raw []byte) (wire.Answer, error) {
	out := wire.Answer{Format: wire.MBOX}
	number, sum := 0, int64(0)
	for at := next(raw, 0); at < len(raw); {
		end := next(raw, at+1)
		number++
		if int64(at) >= job.Cursor {
			if sum > job.Most || len(out.Members) >= wire.MaxMembers {
				out.Next = int64(at)
				break
			}
			sum += int64(end - at)
			out.Members = append(out.Members, wire.Member{
				Name: fmt.Sprintf("message-%d.eml", number), Format: wire.Mail, Raw: unquote(raw[at:end]),
			})
		}
		at = end
	}
	return out, nil
}

// next returns where the next message begins at or after from: a line "From " behind an
// empty one or at the start of the file.
func next(raw []byte, from int) int {
	for at := from; at < len(raw); {
		i := bytes.Index(raw[at:], []byte("From "))
		if i < 0 {
			return len(raw)
		}
		at += i
		if at == 0 || bytes.HasSuffix(raw[:at], []byte("\n\n")) || bytes.HasSuffix(raw[:at], []byte("\r\n\r\n")) {
			return at
		}
		at += len("From ")
	}
	return len(raw)
}

// unquote drops the line of the mailbox and one ">" before each "From " that was quoted.
func unquote(raw []byte) []byte {
	var out bytes.Buffer
	_, rest, _ := bytes.Cut(raw, []byte("\n"))
	for line := range bytes.Lines(rest) {
		if line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			line = line[1:]
		}
		out.Write(line)
	}
	return bytes.TrimRight(out.Bytes(), "\r\n")
}
