# Two commands do everything: `make` runs the notebooks and writes figures/, `make test` tests.
# PYTHON chooses the interpreter; every other than python3 gets an environment of its own.
PYTHON ?= python3
SHARED ?= ../shared
VENV   := $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
NOTEBOOKS := $(sort $(wildcard notebooks/[0-8]*.ipynb))
# Notebooks keep the kernel's name and the cells' tags, no version of the interpreter.
NO_VERSIONS := --ClearMetadataPreprocessor.enabled=True \
  --ClearMetadataPreprocessor.preserve_nb_metadata_mask="{'kernelspec',('language_info','name')}" \
  --ClearMetadataPreprocessor.preserve_cell_metadata_mask="{'tags'}"
REDRAWN := $(CURDIR)/.cache/redrawn

export SHARED
# The same text and numbers on every machine; no notice of a newer pip.
export PYTHONHASHSEED = 0
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: figures test lint notebooks-test lab lock score bench clean

# With CORPUS=path/to/texts on the command line, the notebooks run on that corpus, into out/.
ifeq ($(origin CORPUS),command line)
figures: $(READY)
	$(BIN)/python -m policytext.batch "$(CORPUS)" $(if $(GROUP),--set GROUP "$(GROUP)")
else
figures: $(READY)
	$(BIN)/jupyter nbconvert --log-level=WARN --to notebook --execute --inplace \
	  --ExecutePreprocessor.record_timing=False $(NO_VERSIONS) $(NOTEBOOKS)
endif

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt -e .
	touch $@

test: lint notebooks-test
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Strict comparison with the stored outputs; what the notebooks draw meanwhile is thrown away, for
# tests/test_figures.py draws the figures that it compares with the committed ones.
notebooks-test: $(READY)
	rm -rf $(REDRAWN)
	POLICYTEXT_FIGURES=$(REDRAWN) $(BIN)/python -m pytest --nbval --nbval-current-env \
	  -p no:cacheprovider -n 2 --dist loadfile $(NOTEBOOKS)

lab: $(READY)
	$(BIN)/jupyter lab notebooks/00-contents.ipynb

score: $(READY)
	$(BIN)/python -m policytext.scoring

bench: $(READY)
	$(BIN)/python tests/bench.py

# Universal: one lock for Python 3.11 to 3.13 and every system; it names no host.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
  --no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) --group dev --output-file requirements.txt
	$(LOCK) --extra rjieba --constraint requirements.txt --output-file requirements-rjieba.txt
	$(LOCK) --extra import --constraint requirements.txt --output-file requirements-import.txt
	$(LOCK) --extra peers --constraint requirements.txt --output-file requirements-peers.txt

clean:
	rm -rf .venv* .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
