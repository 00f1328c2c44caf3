# K-City Network. `make help` lists what can be done; `make run` and `make test` need nothing before them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help
help: ## Show what each command does
	@awk -v bold="$$(test -t 1 && tput bold 2>/dev/null)" -v plain="$$(test -t 1 && tput sgr0 2>/dev/null)" 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %s%-12s%s %s\n", bold, $$1, plain, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY) ## Build the environment in .venv from the hashed locks

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-uv.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --exact --require-hashes -r requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -qq -j 0 $(VENV)/lib shared services deploy || true # a process starts in half the time
	@touch $@

.PHONY: lock
lock: ## Refresh the hashed locks (never names a registry)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade requirements.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade -c requirements.lock requirements-dev.in -o requirements-dev.lock
	grep -A 99 '^uv==' requirements-dev.lock | awk 'NR > 1 && !/^ /{exit} /^ *#/{next} {print}' > requirements-uv.lock

# Tests that play the whole system run last and alone; the others share the two halves of a small machine.
PYTEST := $(BIN)/pytest --quiet
WORKERS ?= 2

.PHONY: run
run: $(READY) ## Start everything on this machine and, the first time, play a whole call (ONCE=1: end after it)
	@$(BIN)/python -m deploy.local.run $(if $(ONCE),--once)

.PHONY: rehearse
rehearse: $(READY) ## Play the whole 2025 call again, on the stack that `make run` keeps up
	@$(BIN)/python -m deploy.local.rehearsal

.PHONY: sandbox
sandbox: $(READY) ## Put sample data of every state into the stack that `make run` keeps up, and show who may see it
	@$(BIN)/python -m deploy.sandbox

.PHONY: test
test: $(READY) ## Run the tests on the embedded PostgreSQL and broker (all but the minutes of make chaos and make bench)
	$(PYTEST) -m "not journey and not kafka and not keycloak" -n $(WORKERS) --dist loadscope
	$(PYTEST) -m "journey and not kafka and not chaos and not bench"

.PHONY: test-kafka
test-kafka: $(READY) ## Run the bus suite and the whole journey on real Apache Kafka
	KCITY_TEST_BROKER=kafka $(PYTEST) -m "kafka or (bus and not journey)" -n $(WORKERS) --dist loadscope
	KCITY_TEST_BROKER=kafka $(PYTEST) -m "bus and journey and not kafka"

.PHONY: check
check: $(READY) ## Check format, lint, types, import rules, migrations, contracts and containers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m deploy.checks.migrations
	$(BIN)/python -m shared.http.openapi --check
	$(BIN)/python -m shared.contracts.generate --check
	$(BIN)/python -m clients.generate --check
	$(BIN)/python -m deploy.checks.access --check
	$(BIN)/python -m deploy.contract check $(if $(KCITY_EVERY_TOOL),,--skip-missing-tools)
	$(BIN)/python -m deploy.docker.check
	$(BIN)/python -m deploy.checks.addresses

.PHONY: format
format: $(READY) ## Format the code and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: kafka
kafka: $(READY) ## Run real Apache Kafka 4 in the foreground, without Docker
	@$(BIN)/python -m deploy.kafka

.PHONY: test-keycloak
test-keycloak: $(READY) ## Try the realm of docker compose on a real Keycloak (Java and Maven; half a minute to start)
	$(PYTEST) -m keycloak

.PHONY: bench
bench: $(READY) ## Measure: ratios of one run against pgbench, a bare twin and the raw bus
	@$(BIN)/python -m deploy.bench

.PHONY: chaos
chaos: $(READY) ## See every fault bite and heal, then let them loose under load on both brokers, and check (PROFILE=long SEED=n)
	@$(PYTEST) deploy/chaos/faults/tests/test_faults.py
	@$(BIN)/python -m deploy.chaos --profile $(or $(PROFILE),ci) --broker $(or $(BROKER),both) $(if $(SEED),--seed $(SEED))

.PHONY: fuzz
fuzz: $(READY) ## Fuzz every operation through the front door of a stack of its own, and report (SEED=n CASES=1000 MINUTES=180)
	@$(BIN)/python -m deploy.fuzz --cases $(or $(CASES),1000) --minutes $(or $(MINUTES),180) $(if $(SEED),--seed $(SEED)) $(if $(OPERATION),--operation $(OPERATION))

.PHONY: openapi
openapi: $(READY) ## Write the OpenAPI, AsyncAPI and JSON Schema contracts, and the clients made from them
	$(BIN)/python -m shared.http.openapi
	$(BIN)/python -m shared.contracts.generate
	$(BIN)/python -m deploy.checks.access
	$(BIN)/python -m clients.generate

.PHONY: contract
contract: $(READY) ## Lint the merged contract by public rules and compare it with the released one (Node and Go)
	@$(BIN)/python -m deploy.contract check

.PHONY: clients
clients: $(READY) ## Generate the Python and TypeScript clients from the merged contract, and build them (Node 20)
	@$(BIN)/python -m clients.generate --build

MOCK := deploy/mock/node_modules/.package-lock.json
$(MOCK): deploy/mock/package-lock.json
	@command -v npm >/dev/null || { echo "the mock needs Node 20 or newer, with npm"; exit 2; }
	@cd deploy/mock && npm ci --silent && touch node_modules/.package-lock.json

.PHONY: mock
mock: $(MOCK) ## Answer the whole contract from its examples, without the stack, with Node alone (PORT=4010 DYNAMIC=1)
	@cd deploy/mock && exec node mock.mjs --port $(or $(PORT),4010) $(if $(DYNAMIC),--dynamic)

.PHONY: screenshots
screenshots: $(READY) ## Take the pictures of the sample front end again, on the running stack with the sandbox (Chromium)
	@$(BIN)/python -m deploy.visit.screenshots

.PHONY: catalogue-screenshots
catalogue-screenshots: $(READY) ## Take the pictures of the catalogue's public page again, on the running stack (Chromium)
	@$(BIN)/python -m deploy.visit.catalogue_screenshots

.PHONY: browser
browser: ## Install Debian's Chromium, for the tests that open pages (as root; nothing to do where it is)
	@test -x "$${KCITY_CHROMIUM:-/usr/bin/chromium}" || \
	{ apt-get update --quiet --quiet && apt-get install --quiet --quiet --yes --no-install-recommends chromium; }

.PHONY: token
token: $(READY) ## Print a token of the running local issuer, e.g. make token ROLE=ministry_officer
	@$(BIN)/kcity token $(ROLE)

.PHONY: accept
accept: $(READY) ## Run an issue's acceptance, one test per numbered item, e.g. make accept TOPIC=spine
	@test -n "$(TOPIC)" || { echo "say which: make accept TOPIC=$$(ls tests/acceptance | grep -v __ | tr _ - | paste -sd'|')"; exit 2; }
	KCITY_EVERY_TOOL=1 $(PYTEST) --verbose tests/acceptance/$(subst -,_,$(TOPIC))
