# Two commands do everything: `make` runs the notebooks and writes figures/, `make test` tests.
# PYTHON chooses the interpreter; every other than python3 gets an environment of its own.
PYTHON ?= python3
SHARED ?= ../shared
VENV   := $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
NOTEBOOKS := $(sort $(wildcard notebooks/[0-8]*.ipynb))
REDRAWN := $(CURDIR)/.cache/redrawn
RUN_JOBS = $(if $(JOBS),--jobs $(JOBS))

export SHARED
# The same text and numbers on every machine; no notice of a newer pip.
export PYTHONHASHSEED = 0
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: figures report test test-slow lint notebooks-test browser lab lock score bench clean

# With CORPUS=path/to/texts on the command line, the notebooks run on that corpus, into out/.
# JOBS=1 runs one notebook at a time, as is done anyway where there is one core.
ifeq ($(origin CORPUS),command line)
figures: $(READY)
	@$(BIN)/policytext run "$(CORPUS)" $(if $(GROUP),--group "$(GROUP)") \
		$(if $(COLUMNS),--columns "$(COLUMNS)") $(if $(LEVEL),--level "$(LEVEL)") \
		$(if $(LEXICON),--lexicon "$(LEXICON)") $(RUN_JOBS)
else
figures: $(READY)
	@$(BIN)/python scripts/run_notebooks.py $(NOTEBOOKS) $(RUN_JOBS)
endif

$(READY): requirements.txt requirements-uv.txt pyproject.toml
	@scripts/install.sh $(PYTHON) $(VENV)

test: lint notebooks-test
	$(BIN)/python -m pytest -n $(or $(JOBS),auto) --dist loadfile

# Thousands of made texts for each finder, some ten minutes; see tests/test_offsets.py.
test-slow: $(READY)
	$(BIN)/python -m pytest -m slow

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/mypy

# Strict comparison with the stored outputs; what the notebooks draw meanwhile is thrown away, for
# tests/test_figures.py draws the figures that it compares with the committed ones.
notebooks-test: $(READY)
	rm -rf $(REDRAWN)
	POLICYTEXT_FIGURES=$(REDRAWN) PYTHONPATH=scripts $(BIN)/python -m pytest -p notebook_lines \
	  --nbval --nbval-current-env --nbval-sanitize-with scripts/nbval.cfg \
	  -p no:cacheprovider -n $(or $(JOBS),auto) --dist loadfile $(NOTEBOOKS)

# Pages and notebooks in a real Chromium, some five minutes; pictures of all go to out/pictures.
# BROWSER=tests/browser/test_pages.py opens the pages alone, which takes one.
# axe looks for what shuts readers out; it is fetched where npm is, and never committed.
browser: $(READY)
	@if command -v chromium chromium-browser google-chrome >/dev/null; then \
	  $(BIN)/python -m pip install --quiet -r requirements-browser.txt && \
	  scripts/fetch_axe.sh .cache/axe && \
	  $(BIN)/python -m pytest -m browser $(or $(BROWSER),tests/browser); \
	else echo "no chromium, so nothing was opened; apt-get install chromium fonts-noto-cjk"; fi

lab: $(READY)
	$(BIN)/jupyter lab --KernelManager.transport_encryption=auto notebooks/00-contents.ipynb

# One page about the corpus, or about CORPUS=path, by GROUP=column if given.
report: $(READY)
	@$(BIN)/policytext report "$(or $(CORPUS),data/wenzhou-2021)" -o report.html \
	  $(if $(GROUP),--group "$(GROUP)") $(if $(COLUMNS),--columns "$(COLUMNS)")

score: $(READY)
	$(BIN)/policytext score

bench: $(READY)
	$(BIN)/python benchmarks/bench.py

# Universal: one lock for Python 3.11 to 3.13 and every system; it names no host.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(READY)
	$(BIN)/python -m pip install --quiet -r requirements-uv.txt
	$(LOCK) --group dev --output-file requirements.txt
	$(LOCK) --extra rjieba --constraint requirements.txt --output-file requirements-rjieba.txt
	$(LOCK) --extra ocr --constraint requirements.txt --output-file requirements-ocr.txt
	$(LOCK) --extra opencc --constraint requirements.txt --output-file requirements-opencc.txt
	$(LOCK) --extra browser --constraint requirements.txt --output-file requirements-browser.txt
	$(LOCK) --extra peers --constraint requirements.txt --output-file requirements-peers.txt

clean:
	rm -rf .venv* .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
