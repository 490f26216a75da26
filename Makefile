# `make` lists the verbs. The first verb that needs it builds the virtual environment.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Every file that is installed, and what builds a wheel of it where there is none, by its hash.
LOCKED := install --quiet --require-hashes --build-constraint locks/coachlake.txt
SUPPLY := .venv-supply
SUPPLY_READY := $(SUPPLY)/.ready
# `make run` remembers which lake it filled, so that `make dev` and `make app` open the same one.
RUN_HOME := $(if $(CALLS),$(CURDIR)/var/own,$(CURDIR)/var/demo)
LAST_HOME = $(shell cat var/last 2>/dev/null || echo $(CURDIR)/var/demo)
ON_LAST = COACHLAKE_HOME=$${COACHLAKE_HOME:-$(LAST_HOME)} $(BIN)/coachlake
ON_DEMO = COACHLAKE_HOME=$${COACHLAKE_HOME:-$(CURDIR)/var/demo} $(BIN)/coachlake
EVAL ?= ../shared/eval
MOMENTS ?= 20
FAULTS ?= var/faults.json

.DEFAULT_GOAL := help
.PHONY: help run dev app compare eval bench calibrate faults docs check lock sbom audit browser test clean

help:  ## List the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(READY): pyproject.toml locks/pip.txt locks/coachlake.txt locks/torch_cuda.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV): a few minutes and about 4 GB the first time"
	$(BIN)/python -m pip install --quiet --require-hashes -r locks/pip.txt
	@$(BIN)/python -m pip install --quiet --no-index --no-deps --require-hashes -r locks/torch_cpu.txt 2> /dev/null || true
	$(BIN)/python -m pip $(LOCKED) -r locks/coachlake.txt -c locks/torch_cuda.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(SUPPLY_READY): locks/pip.txt locks/supply.txt
	@test -x $(SUPPLY)/bin/python || $(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet --require-hashes -r locks/pip.txt
	$(SUPPLY)/bin/python -m pip install --quiet --require-hashes -r locks/supply.txt
	@touch $@

run: $(READY)  ## Process a night: the demonstration, or CALLS=<folder> for your own
	@mkdir -p var && echo "$${COACHLAKE_HOME:-$(RUN_HOME)}" > var/last
	@COACHLAKE_HOME=$${COACHLAKE_HOME:-$(RUN_HOME)} $(BIN)/coachlake run $(if $(CALLS),"$(CALLS)")

dev: $(READY)  ## Open Dagster on the lake of the last run (port 3000)
	@$(ON_LAST) dev

app: $(READY)  ## Open the dashboards on the lake of the last run (port 8501)
	@$(ON_LAST) app

compare: $(READY)  ## Pipeline against the demonstration's gold labels
	@$(ON_DEMO) demo compare

eval: $(READY)  ## Measure every signal on labelled sets: EVAL=<folder>
	@$(BIN)/coachlake eval "$(EVAL)"

bench: $(READY)  ## A night against the recogniser alone and what teams write: CALLS=<folder> for your own, BENCH="--help"
	@$(BIN)/python -m benchmarks.bench $(if $(CALLS),--calls "$(CALLS)") $(BENCH)

calibrate: $(READY)  ## Agreement of scores with human reviews on the lake of the last run
	@$(ON_LAST) calibrate

faults: $(READY)  ## Break real parts and misfeed them on purpose, compare: MOMENTS=20 a kind, FAULTS=<json>
	@$(BIN)/python -m evaluation.faults.campaign --moments $(MOMENTS) --json $(FAULTS); broken=$$?; \
	 $(BIN)/python -m evaluation.faults.inputs --json $(FAULTS:.json=-inputs.json) && exit $$broken

docs: $(READY)  ## Build the dbt documentation and list the Data Docs
	@$(ON_LAST) docs

check: $(READY)  ## Format, lint, types, import layers, SQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 dbt_project/models

lock: $(SUPPLY_READY)  ## Make the lock files again: NEWER="package package" for those that may move
	@$(SUPPLY)/bin/python -m supply_chain.lock $(NEWER)

sbom: $(READY) $(SUPPLY_READY)  ## List what is installed, models too, as CycloneDX: var/sbom.json
	@mkdir -p var && $(BIN)/python -m supply_chain.sbom var/sbom.json

audit: $(READY) $(SUPPLY_READY)  ## Look the locked packages up in the advisory databases
	@$(BIN)/python -m supply_chain.audit

# The app's tests drive a real Chromium: Debian's, or the one COACHLAKE_CHROMIUM names.
browser:
	@test -n "$$COACHLAKE_CHROMIUM" || command -v chromium > /dev/null \
	  || (apt-get update -qq && apt-get install -y -qq chromium) \
	  || (echo "tests need Chromium: install it, or name one in COACHLAKE_CHROMIUM" && exit 1)

test: check browser  ## Everything CI runs
	$(BIN)/pytest --numprocesses 2 --dist loadfile

clean:  ## Remove the lakes and landing zones under var/ (not the virtual environment)
	rm -rf var
