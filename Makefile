# `make` lists the verbs. The first verb that needs it builds the virtual environment.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# `make run` remembers which lake it filled, so that `make dev` and `make app` open the same one.
RUN_HOME := $(if $(CALLS),$(CURDIR)/var/own,$(CURDIR)/var/demo)
LAST_HOME = $(shell cat var/last 2>/dev/null || echo $(CURDIR)/var/demo)

.DEFAULT_GOAL := help
.PHONY: help run dev app check test docs compare eval bench clean

help:  ## List the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet -c constraints.txt -e . --group dev
	@touch $@

run: $(READY)  ## Process a night: the demonstration, or CALLS=<folder> for your own
	@mkdir -p var && echo "$${COACHLAKE_HOME:-$(RUN_HOME)}" > var/last
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(RUN_HOME)} $(BIN)/coachlake run $(if $(CALLS),"$(CALLS)")

dev: $(READY)  ## Open Dagster on the lake of the last run (port 3000)
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(LAST_HOME)} $(BIN)/coachlake dev

app: $(READY)  ## Open the dashboards on the lake of the last run (port 8501)
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(LAST_HOME)} $(BIN)/coachlake app

compare: $(READY)  ## Pipeline against the demonstration's gold labels
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(CURDIR)/var/demo} $(BIN)/coachlake demo compare

docs: $(READY)  ## Build the dbt documentation and list the Data Docs
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(LAST_HOME)} $(BIN)/coachlake docs

check: $(READY)  ## Format, lint, types, import layers, SQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models

test: check  ## Everything CI runs
	$(BIN)/pytest

clean:  ## Remove the lakes and landing zones under var/ (not the virtual environment)
	rm -rf var
