# Every target does its own set-up: system libraries where it may, .venv, locked dependencies. See README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo run build windows windows-tests test check lint types layers covered unit frozen bench torture screenshots licences policies audit lock clean

PY := .venv/bin/python
TOMSAPP := $(PY) -m tomsapp
FROZEN := dist/tomsapp/tomsapp
# A window needs a display; the tests and the checks of the frozen program draw without one.
DISPLAYED := $(or $(DISPLAY),$(WAYLAND_DISPLAY))
OFFSCREEN := QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
# Every branch of these packages is run by their own tests, or make test fails.
FULLY_COVERED := domain reading menufiles exchange
# A worker for each processor, from two to four: each takes up to a gigabyte, and a PostgreSQL server of its own.
WORKERS := $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n < 2 ? 2 : n > 4 ? 4 : n)))
PYTEST := $(OFFSCREEN) $(PY) -m pytest -n $(WORKERS) --dist worksteal

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

demo: ## make the example council, its PDF valuations, and open the window where there is a display
	@.ci/setup run
	$(TOMSAPP) demo example
	@if [ -n "$(DISPLAYED)" ]; then $(TOMSAPP) example/council.tomsdb; \
	else echo "There is no display here, so no window is opened. The example is in the folder example."; fi

run: ## open the program
	@.ci/setup run
	$(TOMSAPP)

build: ## freeze the program into dist/tomsapp and let it check itself
	@.ci/setup build
	@$(MAKE) --no-print-directory frozen

# The files stand in build/windows/out. What is downloaded is kept between runs in build/windows, which W=… moves.
windows: ## make the installers, the portable folder, sums and notes for Windows, and try them (LZMA=1: a smaller setup)
	@.ci/setup windows
	$(PY) .ci/windows/release.py $(if $(LZMA),--lzma)

windows-tests: ## run the tests under Python for Windows but PostgreSQL's and what only Linux has (ONLY='tests/config -k …')
	@.ci/setup windows
	$(PY) .ci/windows/suite.py $(ONLY)

# Types, layers and the frozen program take one processor for minutes, which the tests leave unused at their ends.
test: ## set up, then lint, and the tests while types and layers are looked at and the program is frozen
	@.ci/setup test
	@$(MAKE) --no-print-directory lint
	@mkdir -p build
	@$(MAKE) --no-print-directory types layers frozen >build/beside.txt 2>&1 & beside=$$!; \
	trap 'kill $$beside 2>/dev/null || true' INT TERM; \
	failed=0; $(MAKE) --no-print-directory --keep-going covered unit || failed=$$?; \
	wait $$beside || failed=$$?; \
	echo; echo "Types, layers and the frozen program:"; cat build/beside.txt; \
	exit $$failed
	@tail -qn 1 build/covered.txt build/unit.txt

check: ## lint, types and layers
	@.ci/setup test
	@$(MAKE) --no-print-directory lint types layers

bench: ## measure the speeds that the program promises, as ratios
	@.ci/setup test
	@missed=0; for file in tests/benchmarks/bench_*.py; do \
		echo; echo "$$(basename $$file .py)"; $(OFFSCREEN) $(PY) -m tests.benchmarks.$$(basename $$file .py) || missed=1; \
	done; \
	$(OFFSCREEN) $(PY) -m tests.benchmarks.bench_start frozen || missed=1; exit $$missed

# How long all parts of the torture may take together. What comes after every statement of every service, of which
# make test tries one in a few, takes half an hour beside that.
MINUTES ?= 30

torture: ## end the program while it saves, spoil files, turn bits of papers, read files made to harm; at most MINUTES=30
	@.ci/setup test
	$(OFFSCREEN) $(PY) -m tests.torture --minutes $(MINUTES)
	TOMSAPP_TEST_EVERY_STATEMENT=1 $(PYTEST) tests/services/test_between_statements.py

screenshots: ## draw the pictures of the user guide again
	@.ci/setup test
	$(OFFSCREEN) $(PY) -m docs.make_screenshots

licences: ## list the licences of everything shipped again
	@.ci/setup test
	$(PY) docs/make_licences.py

policies: ## write the policy templates of Windows again
	@.ci/setup test
	$(PY) -m docs.make_policies

audit: ## look for known faults of what is shipped, and list its parts in build/sbom.cdx.json (ADVISORIES=… for a copy)
	@.ci/setup build
	$(PY) -m docs.make_sbom
	@.ci/audit $(ADVISORIES)

lock: ## choose the dependencies' versions again from pyproject.toml
	.ci/lock --upgrade

clean: ## remove what was made here, the environment included
	rm -rf .venv .tools build dist example .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*

# The steps below expect the set-up to be done.
lint:
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types:
	$(PY) -m mypy

layers:
	.venv/bin/lint-imports

# Coverage makes tests slow, so that only those that it is asked of run with it.
covered:
	@mkdir -p build
	$(PYTEST) $(FULLY_COVERED:%=tests/%) $(FULLY_COVERED:%=--cov=tomsapp/%) --cov-report= | tee build/covered.txt
	$(PY) -m coverage report --show-missing --skip-covered --fail-under=100

unit:
	@mkdir -p build
	$(PYTEST) $(FULLY_COVERED:%=--ignore=tests/%) | tee build/unit.txt

frozen:
	$(PY) -m PyInstaller --noconfirm --log-level WARN --workpath build/pyinstaller --distpath dist build.spec
	$(OFFSCREEN) $(FROZEN) self-check
