# Wadah: `make run` shows it, `make test` proves it. `make help` lists the rest.
SHELL := /bin/sh
PORT ?= 8000
HOST ?= 127.0.0.1
SHARED ?= ../shared
N ?= 20000
REQUESTS ?= 200
OFFERS ?= 1000
ROOMS ?= 200
RACERS ?= 50
ROWS ?= 50000
KINDS ?= members rates parts
SEQUENCES ?= 10000
STEPS ?= 1000000
KILLS ?= 500
TRIALS ?= 1000
POSTINGS ?= 1000000
SEED ?= 1
SEEDS ?= 101
tiny: N = 2000
MEMBERS ?= 10000
BASE_PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RUN_HASH := $(shell cksum requirements/run.txt pyproject.toml | cksum | cut -d' ' -f1)
DEV_HASH := $(shell cksum requirements/dev.txt pyproject.toml | cksum | cut -d' ' -f1)
RUN_STAMP := .venv/.run-$(RUN_HASH)
DEV_STAMP := .venv/.dev-$(DEV_HASH)
# Two workers: the browser and the solver's children run beside them.
JOBS ?= 2

# The pip of the system's own Python: neither ensurepip nor a pip inside the environment is needed.
INSTALL = $(BASE_PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check

.PHONY: help setup setup-dev setup-browser run test test-sqlite test-postgres test-long check bench bench-full bench-report page-speed settle-speed share-speed shared fuzz tiny screens promises race crash conserve real-data programme-bench verify-speed simulate tamper crash-ledger messages lock clean

help: ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

setup: $(RUN_STAMP) ## the environment that runs Wadah, in .venv
	@$(BIN)/python -c 'from wadah.base.messages import messages_compile; messages_compile()'
	@$(BIN)/python -m wadah.planning.warm

setup-dev: $(DEV_STAMP) ## the environment with the tools that test it
	@$(BIN)/python -c 'from wadah.base.messages import messages_compile; messages_compile()'
	@$(BIN)/python -m wadah.planning.warm

$(BIN)/python:
	@$(BASE_PYTHON) -c 'import sys; sys.exit("Wadah needs Python 3.11 or newer: make BASE_PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@$(BASE_PYTHON) -m pip --version >/dev/null 2>&1 || { echo "Wadah needs pip for $(BASE_PYTHON): apt-get install python3-pip" >&2; exit 1; }
	$(BASE_PYTHON) -m venv --without-pip .venv

$(RUN_STAMP): requirements/run.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f .venv/.run-*; touch $@

$(DEV_STAMP): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes -r requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@rm -f .venv/.dev-*; touch $@

setup-browser: ## a Chromium for the browser tests (Debian's; asks apt only if none is there)
	@tools/browser.sh

run: setup ## load the examples, start a plan, open the pages at http://127.0.0.1:$(PORT)
	@$(BIN)/wadah demo
	@exec $(BIN)/wadah serve --host $(HOST) --port $(PORT)

test: test-sqlite test-postgres ## all tests on SQLite, then what touches rows again on PostgreSQL

test-sqlite: setup-dev setup-browser ## all tests on SQLite
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m "not shared"

test-postgres: setup-dev setup-browser ## the tests that touch rows, on a PostgreSQL of their own
	$(BIN)/python tests/postgres.py -q -n $(JOBS) --dist worksteal -m "not shared" --rows

test-long: setup-dev setup-browser ## the tests that take half a minute or more, whole journeys among them, on both databases
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal --long
	$(BIN)/python tests/postgres.py -q -n $(JOBS) --dist worksteal --long --rows

check: setup-dev ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-dev ## measure a sample of instances, 90 minutes at most (SHARED=folder of the published instances)
	$(BIN)/python -m benchmarks.run sample --bench $(SHARED)/bench
	$(BIN)/python -m benchmarks.report

bench-full: setup-dev ## measure all instances, for days; started again it goes on where it stopped
	$(BIN)/python -m benchmarks.run full --bench $(SHARED)/bench
	$(BIN)/python -m benchmarks.report

bench-report: setup-dev ## write the sums of benchmarks/results into docs/benchmarks.md
	$(BIN)/python -m benchmarks.report

programme-bench: setup-dev ## chosen packages of support against simpler rules, on cities of 300 and 1,000 workshops (SEEDS="101 102"); started again it goes on
	$(BIN)/python -m benchmarks.programme --workshops 1000 --seeds $(SEEDS) & $(BIN)/python -m benchmarks.programme --workshops 300 --seeds $(SEEDS); wait $$!

page-speed: setup-dev ## how long each page takes with MEMBERS=10000, against its budget; the database is made once
	$(BIN)/python -m benchmarks.pages --database var/page-speed-$(MEMBERS).sqlite3 --members $(MEMBERS)

settle-speed: setup-dev ## a year's settlements of MEMBERS=10000 with four lots a month, on both databases
	$(BIN)/python -m benchmarks.settling --members $(MEMBERS)

share-speed: setup-dev ## closing, sharing and paying a year's surplus among MEMBERS=10000, and its reports, on both databases
	$(BIN)/python -m benchmarks.sharing --members $(MEMBERS)

verify-speed: setup-dev ## how long `wadah verify` takes for POSTINGS=1000000, on both databases
	$(BIN)/python -m benchmarks.verifying --postings $(POSTINGS)

shared: setup-dev ## tests that read whole files of a data folder: make shared SHARED=folder
	WADAH_SHARED=$(SHARED) $(BIN)/python -m pytest -q -m shared

fuzz: setup-dev ## the importer against N files gone wrong: make fuzz N=20000 SEED=7
	WADAH_FUZZ=$(N) WADAH_FUZZ_SEED=$(SEED) $(BIN)/python -m pytest -q tests/fuzz

tiny: setup-dev ## N tiny problems solved, promised from and replanned, against a second formulation: make tiny N=2000
	WADAH_TINY=$(N) $(BIN)/python -m pytest -q -n $(JOBS) tests/planning/test_tiny_problems.py tests/planning/test_promise.py tests/planning/test_repair.py

screens: setup-dev setup-browser ## axe on every page of every role, in both languages, 360 and 1280 px wide
	WADAH_SCREENS=all $(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal tests/web/test_budgets.py

promises: setup-dev ## whether plans keep what was promised for random requests: make promises REQUESTS=200
	WADAH_PROMISES=$(REQUESTS) $(BIN)/python -m pytest -q tests/plans/test_offers_kept.py

race: setup-dev ## 50 racers at 1,000 offers and 200 rooms over HTTP, on both databases: make race OFFERS=1000 ROOMS=200 RACERS=50
	WADAH_RACE=$(OFFERS) WADAH_RACERS=$(RACERS) WADAH_ROOMS=$(ROOMS) $(BIN)/python -m pytest -q -s tests/work/test_race.py tests/forum/test_booking_race.py
	WADAH_RACE=$(OFFERS) WADAH_RACERS=$(RACERS) WADAH_ROOMS=$(ROOMS) $(BIN)/python tests/postgres.py -q -s tests/work/test_race.py tests/forum/test_booking_race.py

crash: setup-dev ## kill -9 each writing command of work at each of its SQL statements, on both databases
	WADAH_CRASH=all $(BIN)/python -m pytest -q -s tests/work/test_killed.py
	WADAH_CRASH=all $(BIN)/python tests/postgres.py -q -s tests/work/test_killed.py

conserve: setup-dev ## random sequences of work against a plain model, all through the database: make conserve SEQUENCES=10000
	WADAH_CONSERVATION=$(SEQUENCES) $(BIN)/python -m pytest -q tests/work/test_conservation.py

simulate: setup-dev ## random acts with money against a plain model: make simulate STEPS=1000000 SEED=1; started again it goes on
	WADAH_SIMULATE=$(STEPS) WADAH_SIMULATE_SEED=$(SEED) $(BIN)/python -m pytest -q -n $(JOBS) tests/ledger/test_money_simulated.py -k for_long

tamper: setup-dev ## TRIALS=1000 changes of postings and lines, each of which `wadah verify` has to find
	WADAH_TAMPER=$(TRIALS) WADAH_TAMPER_SEED=$(SEED) $(BIN)/python -m pytest -q tests/ledger/test_tampering.py

crash-ledger: setup-dev ## kill -9 the writing commands of the ledger KILLS=500 times, at statements drawn by SEED, on both databases
	WADAH_CRASH_KILLS=$(KILLS) WADAH_CRASH_SEED=$(SEED) $(BIN)/python -m pytest -q tests/ledger/test_money_killed.py
	WADAH_CRASH_KILLS=$(KILLS) WADAH_CRASH_SEED=$(SEED) $(BIN)/python tests/postgres.py -q tests/ledger/test_money_killed.py

real-data: setup-dev ## published registers, and all schools with their heads, through the importer: make real-data SHARED=folder
	$(BIN)/python tools/real_data.py $(SHARED)/data

import-speed: setup-dev ## how long large files take the importer: make import-speed ROWS=50000 KINDS="members rates parts"
	$(BIN)/python tools/import_speed.py $(ROWS) $(KINDS)

messages: setup-dev ## gather the words of all screens, and compile them
	$(BIN)/python tools/messages.py extract
	$(BIN)/python tools/messages.py compile

lock: ## write requirements/*.txt anew from pyproject.toml (needs uv)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header --group build pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --no-header --extra parquet --group build --group dev pyproject.toml -o requirements/dev.txt

clean: ## throw away the environment and what was made (never var/, where your data are)
	rm -rf .venv build dist .mypy_cache .ruff_cache .hypothesis
