# Linkwell. `make demo` to see it, `make test` to check it; everything else is for those who build it.
PYTHON ?= python3
PEOPLE ?= 200
PORT ?= 8000
WORKERS ?= auto
BIN := .venv/bin
# The locks name everything, so nothing is left to work out; Python compiles what it comes to use.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile

.PHONY: help demo test tests test-spark check setup assets chromium prove bench lock docs welsh screenshot clean
.DEFAULT_GOAL := help

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: .venv/run.stamp ## Make .venv with the linkwell command in it

assets: .venv/run.stamp ## Build the styles and scripts of the pages
	@$(BIN)/python -m linkwell.web.build_assets

demo: assets ## Make a fictional place and open it (PEOPLE=200 PORT=8000)
	@$(BIN)/linkwell demo --people $(PEOPLE) --port $(PORT)

test: ## Everything that guards the house, browser tests included
	@$(MAKE) --no-print-directory -j3 .venv/dev.stamp chromium
	@$(MAKE) --no-print-directory -j2 check tests

# Beside the gates: at first the tests make their tables, which keeps one core busy and no more.
tests: .venv/dev.stamp
	@$(BIN)/python -m linkwell.web.build_assets
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder --ignore=tests/gates || \
		{ echo "Once more, alone: those that failed beside others must pass by themselves"; $(BIN)/pytest -n0 --last-failed --last-failed-no-failures none; }

test-spark: .venv/dev.stamp ## The rules on Spark beside DuckDB; says what it lacks (Java 17)
	@$(PIP) --require-hashes -r requirements/spark.lock
	@$(BIN)/python -m tests.bench.spark

check: .venv/dev.stamp ## The fast gates: layers, types, style, size
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check src tests
	@$(BIN)/lint-imports
	@LINKWELL_HOME=build/types LINKWELL_DATABASE_URL=postgresql:/// LINKWELL_DATABASE_ADMIN_URL=postgresql:/// $(BIN)/mypy
	@$(BIN)/pytest -n0 tests/gates

prove: .venv/dev.stamp ## The long proofs: kill points, full fuzz; results into docs/reference/proofs.md
	@$(BIN)/python -m linkwell.web.build_assets
	@$(BIN)/python -m tests.prove

bench: .venv/dev.stamp ## Benchmarks as ratios of one run; results into docs/reference/benchmarks.md
	@$(BIN)/python -m linkwell.web.build_assets
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.finding $(if $(FEED),--feed $(FEED))
	@$(BIN)/python -m tests.bench.hospital
	@$(BIN)/python -m tests.bench.cohorts
	@$(BIN)/python -m tests.bench.live
	@$(BIN)/python -m tests.bench.matching

docs: .venv/run.stamp ## Write the generated reference pages
	@$(BIN)/linkwell docs

welsh: .venv/dev.stamp ## Gather what we say to people, and compile its Welsh
	@$(BIN)/python -m tests.welsh

lock: .venv/dev.stamp ## Choose package versions anew and lock them with hashes
	@requirements/lock

clean: ## Remove what was built here (never your data)
	rm -rf .venv node_modules src/linkwell/web/static/build

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Linkwell needs Python 3.11 or later.")'
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.lock pyproject.toml | .venv/bin/python
	@echo "Installing packages, each checked against its hash (a few minutes the first time)"
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/tools.stamp: requirements/tools.lock | .venv/bin/python
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements/tools.lock
	@touch $@

.venv/dev.stamp: .venv/run.stamp .venv/tools.stamp
	@touch $@

# The browser of the tests, where there is none.
chromium:
	@$(PYTHON) tests/chromium.py
