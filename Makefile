# Signet. `make` alone explains every target.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8080
BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
SYSTEM := .venv/.system
PAGES := gateway/static/signing.json
NODE := .venv/.node
CONSOLE := gateway/console
PACKAGES := rabbitmq-server postgresql poppler-utils qpdf softhsm2 chromium fonts-noto-cjk

help: ## explain the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: $(RUNTIME) $(PAGES) ## install what is missing and run the whole suite at http://localhost:8080 (PORT=… changes it)
	@PORT=$(PORT) $(BIN)/signet up

demo: $(RUNTIME) $(PAGES) ## take PDF=file.pdf through the whole flow by HTTP and write the results to OUT=folder
	@$(BIN)/signet demo $(if $(PDF),--pdf "$(PDF)") --out "$(or $(OUT),demo-out)" --signers $(or $(SIGNERS),2) --mode $(or $(MODE),ordered)

test: $(DEV) $(SYSTEM) $(PAGES) ## install what is missing and run every test
	@$(BIN)/python -m pytest tests -m "not soak" -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV) $(PAGES) ## lint, types, import boundaries and the fast tests, in under a minute
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/python -m pytest tests -m "not soak and not slow and not suite and not servers" -q -n 2 --dist loadfile $(ARGS)

soak: $(DEV) $(SYSTEM) $(PAGES) ## the long runs: chaos, corpus, load
	@$(BIN)/python -m pytest tests -m soak $(ARGS)

bench: $(DEV) $(SYSTEM) ## measure; every figure in the documentation comes from here
	@$(BIN)/python -m bench && $(BIN)/python -m bench.bus

pages: $(PAGES) ## build the console and the signing page, which `up` and `test` do when their sources changed

docs: $(DEV) ## write the generated documents anew (OpenAPI, AsyncAPI, configuration)
	@$(BIN)/python -m docs.generate

lock: $(DEV) ## resolve the dependencies anew into the two lock files
	@$(BIN)/pip install -q uv && $(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url -q --upgrade -o requirements-dev.lock
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url -q -c requirements-dev.lock -o requirements.lock

clean: ## remove what was built (not var/, where the suite keeps its data)
	@rm -rf .venv gateway/static $(CONSOLE)/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Signet needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing: on Debian and Ubuntu, install python3-venv."; exit 1; }

$(RUNTIME): requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing Signet (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing Signet and its test tools (once) …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ $(RUNTIME)

# Node comes from PyPI into a folder of its own; a machine needs none.
$(NODE): $(CONSOLE)/requirements.txt | .venv/bin/python
	@echo "Installing Node (once) …"
	@$(PYTHON) -m venv $(NODE) && $(NODE)/bin/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(CONSOLE)/node_modules: $(CONSOLE)/package-lock.json | $(NODE)
	@echo "Installing the packages of the web pages (once) …"
	@cd $(CONSOLE) && PATH="$(CURDIR)/$(NODE)/bin:$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

$(PAGES): $(CONSOLE)/node_modules docs/openapi.json $(shell find $(CONSOLE) -type f -not -path '*/node_modules*' -not -name schema.d.ts)
	@echo "Building the web pages …"
	@cd $(CONSOLE) && PATH="$(CURDIR)/$(NODE)/bin:$$PATH" npm run --silent build -- --logLevel warn
	@touch $@

# The test servers come from the distribution; they are run privately, never as the system's own services.
$(SYSTEM): Makefile | .venv/bin/python
	@for package in $(PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing the test servers:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  $$sudo apt-get update -qq && \
	  if [ ! -e /usr/sbin/policy-rc.d ]; then quiet=1; \
	    printf '#!/bin/sh\nexit 101\n' | $$sudo tee /usr/sbin/policy-rc.d >/dev/null; $$sudo chmod +x /usr/sbin/policy-rc.d; fi; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; status=$$?; \
	  if [ -n "$$quiet" ]; then $$sudo rm -f /usr/sbin/policy-rc.d; fi; exit $$status; \
	fi
	@touch $@

.PHONY: help up demo test check soak bench pages docs lock clean
