# GNU make 3.81 or newer, Linux and macOS. On Windows: docs/windows.md says the same commands without make.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PYTHONS := python3.13 python3.12 python3.11 python3
YAML_LANGUAGE_SERVER := yaml-language-server@1.25.0
AXE := playwright-core@1.65.1 axe-core@4.14.1
UV := uv==0.13.9

RUN_STAMP := $(VENV)/.stamp-run
DEV_STAMP := $(VENV)/.stamp-dev
EMPTY :=
NODE_STAMP := .node/.stamp-$(subst $(EMPTY) $(EMPTY),+,$(YAML_LANGUAGE_SERVER) $(AXE))
PACKAGE := pyproject.toml src/forvaltning/__init__.py requirements/build.in

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint types imports format generate bench lock build clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUN_STAMP) ## Set everything up and check the registry that comes with the project
	@$(BIN)/forvaltning check

test: $(DEV_STAMP) $(NODE_STAMP) ## Set everything up and run all tests
	@$(BIN)/python -m pytest -n 2 -q

check: lint types imports ## All that CI runs: format, style, types, rooms, tests
	@$(MAKE) --no-print-directory test

lint: $(DEV_STAMP) ## Format and style
	@$(BIN)/ruff format --check --quiet --output-format concise . || { echo "make format mends this" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .

types: $(DEV_STAMP) ## Types
	@$(BIN)/mypy --no-error-summary

imports: $(DEV_STAMP) ## Which room may import which
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

format: $(DEV_STAMP) ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

generate: $(DEV_STAMP) ## Rewrite the files that are made from the code
	@$(BIN)/python -m forvaltning.generate

bench: $(DEV_STAMP) ## Measure speed and memory beside the floor and a peer
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/historie.py

lock: ## Lock the dependencies anew (newest that pyproject.toml allows)
	@scripts/lock.sh "$(UV)"

build: $(DEV_STAMP) ## Build the sdist and the wheel into dist/
	@rm -rf dist
	@$(BIN)/hatchling build

clean: ## Remove all that make has made, the environment too
	@rm -rf $(VENV) .venv-lock .node build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find src tests benchmarks scripts -type d -name __pycache__ -prune -exec rm -rf {} +

# --- What the above needs: each step leaves a stamp when it has succeeded, so the next run skips it ---

$(VENV)/.stamp-venv:
	@scripts/venv.sh $(VENV) $(PYTHONS)
	@touch $@

$(RUN_STAMP): $(VENV)/.stamp-venv requirements/run.txt $(PACKAGE)
	@if ! [ -e $(DEV_STAMP) ]; then echo "installing what forvaltning needs ..." >&2; fi
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEV_STAMP): $(VENV)/.stamp-venv requirements/dev.txt $(PACKAGE)
	@echo "installing what forvaltning and its tests need ..." >&2
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q src
	@touch $(RUN_STAMP) $@

# The editor test drives the real language server, the accessibility test a real browser (Chromium, if it is
# there); without Node they are skipped and say so.
$(NODE_STAMP):
	@if command -v node > /dev/null && command -v npm > /dev/null; then \
	  echo "installing $(YAML_LANGUAGE_SERVER) $(AXE) ..." >&2; \
	  mkdir -p .node && rm -f .node/.stamp-*; \
	  npm install --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
	    --prefix .node $(YAML_LANGUAGE_SERVER) $(AXE) > .node/install.log 2>&1 \
	    || { cat .node/install.log >&2; exit 1; }; \
	  touch $@; \
	else \
	  echo "no node and npm here: the editor and accessibility tests are skipped" >&2; \
	fi
