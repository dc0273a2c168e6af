# Every target that appears here works. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m pipeline
# A file's tests stay together: they share what was computed once.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo report explore validate test campaign check fix docs bench clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.product: requirements.lock
	@echo "==> Installing the product into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m compileall -q $(VENV)/lib || true
	@touch $@

$(VENV)/.test: requirements-test.lock requirements-data.lock $(VENV)/.product
	@echo "==> Installing what the tests need"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-test.lock
	@$(PIP) install --require-hashes --no-deps --only-binary :all: -r requirements-data.lock
	@touch $@

setup: $(VENV)/.product ## build the environment in .venv

demo: setup ## write the synthetic demo delivery to data/raw/demo
	@$(RUN) demo

report: setup ## bring everything up to date and build the report (demo delivery if there is no other)
	@$(RUN) report --demo-wenn-leer

explore: setup ## the explorer over the unsuppressed figures, for internal use only
	@$(RUN) explore

validate: setup ## run all rules again on the tables that are there
	@$(RUN) validate

test: $(VENV)/.test ## install what the tests need and run them
	@$(BIN)/python tests/browser/install.py
	@$(PYTEST)

campaign: $(VENV)/.test ## the tests with the full numbers of every campaign
	@$(BIN)/python tests/browser/install.py
	@KAMPAGNE=voll $(PYTEST)

check: $(VENV)/.test ## linter, formatter and type checker; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python docs/erzeugen.py --pruefen

fix: $(VENV)/.test ## let the linter mend what it can
	@$(BIN)/ruff check --fix .

docs: $(VENV)/.test ## write the generated pages of docs/ anew
	@$(BIN)/python docs/erzeugen.py

bench: $(VENV)/.test ## measure against pandas, Polars and the bare scan, how fast deliveries are read, and rules judged
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.ingest
	@$(BIN)/python -m benchmarks.rules

clean: ## delete curated tables, reports and caches; never deliveries or releases
	@find data/curated reports -mindepth 1 ! -name README.md -delete
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache
