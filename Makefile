# make demo and make test need Python 3.11 or newer, git and make; the rest they set up themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check clean

demo: $(VENV)/.installed
	@$(BIN)/skillgap demo

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

# What CI runs beside the tests: lint, types, and the taxonomy's own proof.
check: $(VENV)/.dev
	@$(BIN)/ruff check src tests benchmarks hatch_build.py
	@$(BIN)/mypy
	@$(BIN)/skillgap taxonomy check

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "skillgap needs Python 3.11 or newer; say which one: make demo PYTHON=python3.11"; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing skillgap and what it needs (a minute, the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	@echo "Installing skillgap and its test tools (a minute or two, the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
