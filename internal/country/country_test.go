package country_test

import (
	"testing"

	"corvee/internal/country"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Korea, North": "KP", "DPRK": "KP", "조선": "KP", "朝鲜": "KP", "kp": "KP", "PRK": "KP",
		"China": "CN", "P.R. China": "CN", "中国": "CN", "중국": "CN", "RUSSIA": "RU", "Россия": "RU",
		"Burma": "MM", "Hong Kong": "HK", "Congo, Democratic Republic of the": "CD",
		"Congo": "", "": "", "Atlantis": "", "undetermined": "",
	} {
		if got := country.Code(name); got != want {
			t.Errorf("Code(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestIn(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"12 Binjiang Road, Dandong, Liaoning, China":   "CN",
		"Potonggang District, Pyongyang, Korea, North": "", // the comma splits the name: not guessed
		"Binjiang Road 12":                             "",
		"Main Street, IN":                              "", // a state's letters are no country
		"Vladivostok, Russia, 690091":                  "RU",
	} {
		if got := country.In(address); got != want {
			t.Errorf("In(%q) = %q, want %q", address, got, want)
		}
	}
}
