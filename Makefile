# The developer's manual, executable. Everything sets itself up in .venv; nothing is installed by hand.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
STAMP := .venv/.ready

# Where this is set, every process that a test starts compiles the whole of the code anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup run test again soak check bench screenshots train clean browser
.DEFAULT_GOAL := help

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## make .venv with everything in it

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3 -m venv failed; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing into .venv (a minute or two the first time)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

run: setup  ## the demo desk on http://127.0.0.1:8700
	@$(BIN)/guidance demo

browser: setup
	@$(BIN)/python tests/browser.py

test: setup browser  ## everything, the browser stories too, in six to ten minutes
	@$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile --no-loadscope-reorder

again: setup browser  ## only what failed the last time
	@$(BIN)/python -m pytest -m "not soak" --last-failed --last-failed-no-failures none

soak: setup browser  ## the same at the sizes that hurt
	@$(BIN)/python -m pytest -m soak -s --timeout 3600
	@$(BIN)/python -m bench --soak

check: setup  ## ruff, mypy --strict, import contracts, the packs and their examples
	@$(BIN)/ruff check guidance tests bench training
	@$(BIN)/ruff format --check --quiet guidance tests bench training
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/guidance lint

bench: setup  ## microseconds per draft, webhooks per second, webhook to sidebar
	@$(BIN)/python -m bench

train: setup  ## the signal models anew from training/*.jsonl; twice gives the same bytes
	@$(BIN)/python training/train.py

screenshots: setup browser  ## docs/img anew
	@$(BIN)/python -m pytest -m screenshots

clean:  ## forget .venv, caches and what was built; a service's data in var stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
