# make run      install, index ARTICLES and serve the page on http://127.0.0.1:$(PORT)/
# make test     install with the test extras and a Chromium, run the whole suite
# make fuzz     the tests of properties, on TIMES=20 times as many random inputs
# make soak     an index that follows a changing archive for MINUTES=10, and is killed now and then
# make bench    measure beside tantivy, SQLite and stock Whoosh, on POSTS=100000 and MILLION=1000000
# make bench-page     the page: on the server, under load and in Chromium, on what make bench has left
# make relevance    how well things are found, beside plain baselines, on POSTS=10000 for known items
# make screenshots  pictures of the main pages into docs/screenshots
# make lint format types clean

.DEFAULT_GOAL := help
.PHONY: help run test fuzz soak bench bench-page relevance screenshots chromium lint format types clean

export ARTICLES ?= seeds
HOST ?= 127.0.0.1
PORT ?= 8000
TIMES ?= 20
MINUTES ?= 10
MILLION ?= 1000000
SEED ?= 1
QUERIES ?= 200
ROUNDS ?= 1

ifndef POSTS
bench: POSTS = 100000
relevance: POSTS = 10000
endif

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# Python does this itself when a module is first imported, unless PYTHONDONTWRITEBYTECODE forbids it;
# without, each command compiles all that it imports: a fifth of the time of a search.
COMPILE := $(BIN)/python -m compileall -q search web

# The newest that fits, or one that is clearly faster.
PYTHON ?= $(shell sh .ci/find-python)

# seeds go where every command looks by default; another folder has an index of its own, named by
# the check sum of its path: var/index-1a2b3c4d.
CHECK_SUM := import pathlib, sys, zlib; \
	print(f"{zlib.crc32(bytes(pathlib.Path(sys.argv[1]).resolve())):08x}")

help:
	@sed -n 's/^# make/make/p' Makefile

run: $(VENV)/installed
	@index=var/index; \
	test "$${ARTICLES%/}" = seeds || \
	index="var/index-$$($(BIN)/python -c '$(CHECK_SUM)' "$$ARTICLES")"; \
	$(BIN)/wensou index "$$ARTICLES" --index "$$index" && \
	exec $(BIN)/wensou serve --index "$$index" --host "$(HOST)" --port "$(PORT)"

test: $(VENV)/installed-test chromium
	$(BIN)/pytest -n auto --maxprocesses 4

fuzz: $(VENV)/installed-test
	WENSOU_FUZZ="$(TIMES)" $(BIN)/pytest -n auto --maxprocesses 4 -m hypothesis

soak: $(VENV)/installed-test
	$(BIN)/python -m tests.soak --minutes "$(MINUTES)" --seed "$(SEED)"

# The posts are made by ../shared; results, with a picture, are left in var/bench. STOCK is how many
# articles stock Whoosh is given, MILLION how many are dealt anew (0: none), PLOT where the picture goes.
bench: $(VENV)/installed-bench
	$(COMPILE)
	$(BIN)/python -m tests.bench --posts "$(POSTS)" --million "$(MILLION)" --seed "$(SEED)" \
	--queries "$(QUERIES)" --rounds "$(ROUNDS)" $(if $(STOCK),--stock "$(STOCK)") $(if $(PLOT),--plot "$(PLOT)")

# On the index and the questions that make bench has left; results are left beside them.
bench-page: $(VENV)/installed-test chromium
	$(COMPILE)
	$(BIN)/python -m tests.bench.page --seed "$(SEED)"

# The sets of ../shared, and known items of posts made by it; results are left in var/relevance.
relevance: $(VENV)/installed-test
	$(BIN)/python -m tests.relevance --posts "$(POSTS)" --seed "$(SEED)"

screenshots: $(VENV)/installed-test chromium
	$(BIN)/python -m tests.screenshots

# Without a Chromium the suite still runs; its browser tests then fail and say what to install.
chromium: $(VENV)/installed-test
	@.ci/install-chromium $(BIN)/python

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/installed-test
	$(BIN)/mypy

clean:
	rm -rf $(VENV) var build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@python="$(PYTHON)"; test -n "$$python" || { \
	echo "No Python 3.11, 3.12 or 3.13 with venv was found. Install one," \
	"such as: apt-get install python3 python3-venv; or name it: make run PYTHON=/path/to/python3" \
	>&2; exit 1; }; \
	"$$python" -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable .
	$(COMPILE)
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable '.[test]'
	$(COMPILE)
	@touch $@ $(VENV)/installed

$(VENV)/installed-bench: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable '.[test,bench]'
	$(COMPILE)
	@touch $@ $(VENV)/installed-test $(VENV)/installed
