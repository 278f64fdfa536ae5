# `make run` and `make test` need Python 3.11 or later and make; everything else goes into .venv.

VENV := .venv
PYTHON := $(VENV)/bin/python
# An editable install holds this folder's path: after a move it is made again.
PLACE := $(shell pwd | cksum | cut -d' ' -f1)
INSTALLED := $(VENV)/installed-$(PLACE)
INSTALLED_DEV := $(VENV)/installed-dev-$(PLACE)
# Two processes a core, for half of the time a test waits for a screen or a worker; the tests of a
# file stay together, for they share what they trained.
PROCESSES := $(shell expr 2 '*' $$(getconf _NPROCESSORS_ONLN))
PYTEST := $(PYTHON) -m pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check
# Where it is set, every process of the tests compiles the program and its tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run install dev format lint check test verify course kill faults bench clean

run: $(INSTALLED)  ## train LeNet-5: live on a terminal, as lines of text without one
	@$(VENV)/bin/tui-dl train lenet5

install: $(INSTALLED)  ## what `make run` needs

dev: $(INSTALLED_DEV)  ## what `make check` and `make test` need

format: $(INSTALLED_DEV)
	$(PYTHON) -m ruff format
	$(PYTHON) -m ruff check --fix

check: $(INSTALLED_DEV) lint  ## format, lint, types, import contracts and the quick tests
	$(PYTEST) -m "not slow"

test: $(INSTALLED_DEV) lint  ## the same with all tests
	$(PYTEST)

verify: $(INSTALLED_DEV)  ## train all presets with three seeds, and test what their lessons claim
	$(VENV)/bin/tui-dl verify --seeds 3

course: $(INSTALLED_DEV)  ## the same, and write docs/course.md and course.ko.md with the figures
	rm -rf build/course
	mkdir -p build/course
	$(VENV)/bin/tui-dl verify --seeds 3 --json --keep build/course > build/figures.jsonl
	mv build/figures.jsonl docs/course/figures.jsonl
	$(PYTHON) docs/make_course.py --runs build/course

kill: $(INSTALLED_DEV)  ## kill -9 fifty workers at random moments and resume them: a few minutes
	TUI_DL_KILLS=50 $(PYTHON) -m pytest tests/e2e/test_kill.py

faults: $(INSTALLED_DEV)  ## every fault at 60 calls of each kind, 1,000 damaged folders: half an hour
	TUI_DL_FAULTS=1 $(PYTHON) -m pytest tests/faults

bench: $(INSTALLED_DEV)  ## all benchmarks; PyTorch has to be installed for two of them: torch==2.13.0
	$(PYTHON) -m bench

lint: $(INSTALLED_DEV)
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check
	$(PYTHON) -m mypy

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(INSTALLED): pyproject.toml | $(PYTHON)
	@echo "Installing tui-dl and its libraries into $(VENV) (once) ..."
	@$(PIP) --editable .
	@rm -f $(VENV)/installed-*
	@touch $@

$(INSTALLED_DEV): pyproject.toml | $(PYTHON)
	@echo "Installing tui-dl and its development tools into $(VENV) (once) ..."
	@$(PIP) --editable '.[dev]'
	@rm -f $(VENV)/installed-*
	@touch $(INSTALLED) $@

# Not a file to be compared by age: it is a link to the system's Python, which may be newer or gone.
$(PYTHON):
	@for python in python3 python3.13 python3.12 python3.11; do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        rm -rf $(VENV); \
	        $$python -m venv $(VENV) && exit 0; \
	        rm -rf $(VENV); \
	        echo "tui-dl: $$python cannot make virtual environments: install its venv package" \
	            "(on Debian and Ubuntu: apt install python3-venv)" >&2; \
	        exit 1; \
	    fi; \
	done; \
	echo "tui-dl: Python 3.11 or later is needed, and none is on the PATH" >&2; exit 1
