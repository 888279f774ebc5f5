# Two commands do all the set-up on a fresh machine with Go: make demo, make test.
SHELL := /bin/bash -o pipefail
export CGO_ENABLED = 0
GO ?= go
SHARED ?= ../shared
STRICT ?=

.PHONY: help build release demo test check shared score bench fuzz soak schema closed hooks clean

help: ## what each command does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

build: ## one static binary: bin/corvee
	@mkdir -p bin
	$(GO) build -trimpath -o bin/corvee ./cmd/corvee

release: ## static binaries for Linux, macOS and Windows, checksums and SBOM: dist/ (VERSION=1.2.0)
	$(GO) -C tools run ./release -version $(or $(VERSION),0.1.0-dev) -source .. -out ../dist $(if $(TARGETS),-targets "$(TARGETS)")

demo: build ## read the samples, print findings and hits, serve the pages (DEMO_SERVE=0 ends instead)
	@bin/corvee demo

test: check ## every test; says plainly what it skipped
	@mkdir -p bin
	@$(GO) test -json -timeout 15m ./... > bin/test.json 2> bin/test.err; status=$$?; \
	cat bin/test.err >&2; \
	$(GO) -C tools run ./testreport $(if $(STRICT),-strict) < bin/test.json && exit $$status

check: ## gofmt, vet, staticcheck
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	@$(GO) vet ./...
	@$(GO) tool -modfile=tools/go.mod staticcheck ./...

shared: ## the checks that read ../shared, where it is
	@if test -d $(SHARED); then \
		mkdir -p bin; \
		CORVEE_SHARED=$(abspath $(SHARED)) $(GO) test -json -tags shared -run Shared -timeout 15m ./... > bin/shared.json; status=$$?; \
		$(GO) -C tools run ./testreport $(if $(STRICT),-strict) < bin/shared.json && exit $$status; \
	else echo "SKIPPED: $(SHARED) is not here; nothing was checked"; test -z "$(STRICT)"; fi

score: ## read the gold and compare names; print the scores and write the ledger anew (score/testdata/scores.txt)
	@UPDATE=1 $(GO) test -count=1 -run '^TestLedger$$' ./score > /dev/null && cat score/testdata/scores.txt
	@UPDATE=1 $(GO) test -count=1 -run '^TestLineageLedger$$' ./corroborate > /dev/null && cat score/testdata/lineage.txt
	@$(GO) test -count=1 -v -run '^TestOwnPairs$$' ./internal/names | grep -E '^ +pairs_test'
	@if test -d $(SHARED); then CORVEE_SHARED=$(abspath $(SHARED)) $(GO) test -count=1 -v -tags shared \
		-run 'SharedCrossScript|SharedNameBench|SharedPerturbed|SharedReliability' ./internal/names ./screen | grep -E '^ +shared_test'; fi

bench: ## benchmarks, for benchstat; LARGE=1 for five million names too, REAL=1 for a real list's names
	@LARGE=$(LARGE) CORVEE_SHARED=$(abspath $(SHARED)) $(GO) test -run '^$$' -bench . -benchmem -timeout 120m \
		$(if $(REAL),-tags shared) -count $${COUNT:-1} ./...

fuzz: ## each fuzz target for FUZZTIME (default 20s)
	@for pkg in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $${FUZZTIME:-20s} $$pkg || exit 1; \
		done; done

soak: ## 10,000 hostile files through the decoder (SOAK of them), 200 rounds of each fault (FAULTS of them); takes hours
	@CORVEE_FAULTS=$${FAULTS:-200} $(GO) test -run 'Killed|FullDisk' -count=1 -v -timeout 6h ./cmd/corvee ./store/...
	@CORVEE_SOAK=$${SOAK:-10000} $(GO) test -run '^TestHostileFiles$$' -count=1 -v -timeout 3h ./intake

schema: ## write docs/corvee-1.schema.json anew from the Go types
	@UPDATE=1 $(GO) test -run Schema . > /dev/null && echo docs/corvee-1.schema.json

closed: ## write closed.go anew from vocabulary.json
	@$(GO) -C tools run ./closedlists ../vocabulary.json ../closed.go && echo closed.go

hooks: ## run gofmt and the architecture test before each commit
	@git config core.hooksPath .githooks

clean: ## remove what was built
	@rm -rf bin dist
