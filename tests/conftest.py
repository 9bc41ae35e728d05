"""What several tests use."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import policytext as pt
from chromium import browser, show
from policytext.corpus.corpus import RAISE

__all__ = ["browser", "show"]  # fixtures for whichever test opens a page

# A document at which a finder stops is left out with a warning; here it is to fail the test.
os.environ[RAISE] = "1"

# The same made texts in every run of `make test`; `make test-slow` looks at new ones.
settings.register_profile("same", derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    if "not slow" in config.getoption("markexpr"):
        settings.load_profile("same")


@pytest.fixture(scope="session")
def corpus() -> pt.Corpus:
    """The Wenzhou page."""
    return pt.read_corpus("data/wenzhou-2021")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts and cases that are not part of the project."""
    folder = Path(os.environ.get("SHARED", "../shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there: give its path with make test SHARED=…")
    return folder
