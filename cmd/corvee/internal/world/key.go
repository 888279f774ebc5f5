package world

import (
	"fmt"
	"os"
	"strings"
)

// SecretKey reads the file of a key that signs (corvee signer new).
func SecretKey(path string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("key: %w", err)
	}
	return strings.TrimSpace(string(raw)), nil
}
