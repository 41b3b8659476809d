# `make demo` and `make test` do all the set-up themselves; `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
DEMO := build/demo
# One process more than there are processors: browsers and servers are waited for a third of the time.
PROCESSES := $(shell expr $$(nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2) + 1)
# A file of tests stays in one process, so that what a module builds or starts is built once; their order is
# that of tests/conftest.py.
PARALLEL := --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder --durations 15
LEARNING_LOCKER := tests/lrs/learning_locker
SOURCES := cli.py programme scorm_builder xapi_lrs_reports tests benchmarks

.PHONY: help demo test test-all lint types player-tests pytest setup setup-all installed tools screenshots pictures format clean

help:
	@echo 'make demo         build the real course for a sample chain, simulate it, report, certify'
	@echo 'make test         every check and test, real browser and real LRS included'
	@echo 'make test-all     the same and what is slower'
	@echo 'make setup        everything the tests need: .venv, node_modules, the LRS, three browsers'
	@echo 'make setup-all    the same, with PostgreSQL, Spark and Learning Locker for test-all'
	@echo 'make screenshots  every screen, six ways and in two directions: build/screenshots/index.html'
	@echo 'make pictures     the pictures of the README, anew'
	@echo 'make format       format the Python'
	@echo 'make clean        remove what was made'

.venv/.runtime: setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'noroom needs Python 3.11 or newer; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/.dev: .venv/.runtime
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

.venv-ralph/.installed: tests/lrs/ralph-requirements.txt
	$(PYTHON) -m venv .venv-ralph
	.venv-ralph/bin/pip install --quiet --requirement $<
	@touch $@

tools:
	@sh tests/setup_tools.sh

node_modules/.installed: package.json package-lock.json | tools
	npm ci --no-audit --no-fund --silent
	@touch $@

# Three installations at once: each of them waits for the network or for the disk most of the time.
setup:
	@$(MAKE) --no-print-directory --jobs 3 installed

installed: tools .venv/.dev .venv-ralph/.installed node_modules/.installed

demo: .venv/.runtime
	@rm -rf $(DEMO)
	$(BIN)/noroom simulate --hotels 12 --seed 7 --faults --out $(DEMO)/programme
	$(BIN)/noroom build courses/no-room --programme $(DEMO)/programme --chain zilverbrug \
	  --allow-draft --out $(DEMO)/packages
	$(BIN)/noroom import $(DEMO)/programme/statements* --programme $(DEMO)/programme \
	  2> $(DEMO)/not-usable.txt
	$(BIN)/noroom register keys new --programme $(DEMO)/programme --out $(DEMO)/signing-key.pem
	NOROOM_SIGNING_KEY_FILE=$(DEMO)/signing-key.pem $(BIN)/noroom certify --programme $(DEMO)/programme
	NOROOM_SIGNING_KEY_FILE=$(DEMO)/signing-key.pem $(BIN)/noroom register publish \
	  --programme $(DEMO)/programme --out $(DEMO)/register
	$(BIN)/noroom site courses/no-room --programme $(DEMO)/programme --chain zilverbrug \
	  --register $(DEMO)/register/register.json --allow-draft --out $(DEMO)/site
	$(BIN)/noroom report --programme $(DEMO)/programme
	$(BIN)/noroom report --programme $(DEMO)/programme --format html --out $(DEMO)/report.html
	@echo
	@echo 'Packages for the LMS           $(DEMO)/packages/zilverbrug'
	@echo 'The public site                $(DEMO)/site/index.html'
	@echo 'Report                         $(DEMO)/report.html'
	@echo 'Certificates                   $(DEMO)/programme/certificates'
	@echo 'Statements of no use, and why  $(DEMO)/not-usable.txt'
	@echo 'The command                    $(BIN)/noroom'

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: .venv/.dev node_modules/.installed
	$(BIN)/mypy $(wildcard $(SOURCES))
	npm run --silent types
	npm run --silent lint

player-tests: node_modules/.installed
	npm test --silent

pytest: setup
	$(BIN)/python -m pytest $(PARALLEL)

test: setup lint types player-tests pytest

.venv/.spark: .venv/.dev
	$(BIN)/pip install --quiet --editable '.[dev,spark,spark-tests]'
	@touch $@

# No scripts of its packages are run: it needs none of them.
$(LEARNING_LOCKER)/node_modules/.installed: $(LEARNING_LOCKER)/package-lock.json | tools
	npm ci --prefix $(LEARNING_LOCKER) --ignore-scripts --no-audit --no-fund --silent
	@touch $@

setup-all: setup .venv/.spark $(LEARNING_LOCKER)/node_modules/.installed
	@sh tests/setup_tools.sh all

test-all: setup-all test
	NOROOM_CHROMIUM=chromium $(BIN)/python -m pytest -m slow $(PARALLEL)

screenshots: setup
	$(BIN)/python tests/browser/screenshots.py

pictures: setup demo
	$(BIN)/python tests/browser/readme_pictures.py

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf build dist .venv .venv-ralph node_modules $(LEARNING_LOCKER)/node_modules
