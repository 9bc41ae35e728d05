"""Read the coded tables of the reports, and the reports that their offsets point into.

The tables hold offsets and labels only: the reports are not part of the project.
``scripts/check_gold.py`` lays them beside the texts.
"""

import os
import warnings
from functools import lru_cache
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusWarning
from policytext.paths import HOME

GOLD = HOME / "data" / "gold"


def read_gold(name: str, folder: Path = GOLD) -> pd.DataFrame:
    """Read a coded table, .jsonl or .csv, with its own column names.

    Args:
        name: A file of ``folder``.
        folder: Where the coded tables lie.

    Raises:
        FileNotFoundError: With the path that was tried.

    >>> len(read_gold("quantities.jsonl"))
    270
    """
    path = folder / name
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such coded table; check the name")
    if path.suffix == ".jsonl":
        return pd.read_json(path, lines=True, dtype=False)
    return pd.read_csv(path, dtype={"doc": str}, encoding="utf-8-sig")


def shared_folder() -> Path:
    """Folder that holds the reports: the variable SHARED, or ``shared`` beside the project."""
    return Path(os.environ.get("SHARED", HOME.parent / "shared"))


@lru_cache(maxsize=8)  # two tables of scores point into the 12,000 items of news
def read_reports(shared: Path, name: str = "shenzhen-districts") -> Corpus:
    """Read texts that coded tables point into.

    Args:
        shared: The folder that holds ``corpora``.
        name: A folder or table in there; by default the district reports of Shenzhen.

    Raises:
        FileNotFoundError: With what is missing and how to name it.
    """
    path = shared / "corpora" / name
    if not path.exists():
        raise FileNotFoundError(
            f"{path} is not there: the coded offsets point into texts that are not part of "
            "this project; name the folder above them in SHARED"
        )
    with warnings.catch_warnings():
        # The traps of these corpora are known; data/README.md names them.
        warnings.simplefilter("ignore", CorpusWarning)
        return read_corpus(path)


def read_coded(name: str, coded: str = "shenzhen") -> pd.DataFrame:
    """Read one of the coded tables of the reports as it is on disk.

    Args:
        name: Which table.
        coded: "shenzhen", what rules are developed on, or "heldout", what they are not.

    >>> list(read_coded("quotes").columns)
    ['doc', 'start', 'end', 'label', 'reason', 'mentions']
    """
    folder = GOLD.parent if name == "gdp-targets" else GOLD
    return read_gold(f"{coded}-{name}.csv", folder)
