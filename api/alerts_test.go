package api_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAlerts(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for _, key := range []string{"", "Bearer " + key} {
		req, err := http.NewRequest(http.MethodGet, s.URL+"/v1/alerts.atom", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if feed := strings.Contains(string(body), "<feed"); feed != (key != "") || (res.StatusCode == http.StatusOK) != feed {
			t.Errorf("with the key %q: %d %s", key, res.StatusCode, body)
		}
	}
}
