"""Read the coded tables, and the texts that their offsets point into.

Those of reports hold offsets and labels only: the reports are not part of the project.
``scripts/check_gold.py`` lays them beside the texts.
"""

import os
import warnings
from functools import lru_cache
from pathlib import Path

import pandas as pd

from policytext.corpus.corpus import Corpus, read_corpus
from policytext.corpus.issues import CorpusWarning
from policytext.evaluation.metrics import SPAN
from policytext.paths import HOME

GOLD = HOME / "data" / "gold"
# The articles of the page, less its masthead A0, which stands in no document.
_ARTICLES = {
    "A1": "ouhai",
    "A2": "dongtou",
    "A3": "policy-research",
    "A4": "reform-office",
    "A5": "poetry-prize",
    "A6": "pingyang-mortgage",
    "A7": "cangnan-water",
    "A8": "yueqing-village",
}
_ESSAYS = ("A1", "A2", "A3", "A4")  # the slogans of the others were not coded
_FILES = {"reports": "shenzhen", "held out": "heldout"}


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


def coded_quantities() -> pd.DataFrame:
    """The coded mentions of the page's articles, with ``doc``."""
    return _of_the_page(read_gold("quantities.jsonl"))


def coded_slogans() -> pd.DataFrame:
    """The coded mentions of the four essays, with ``doc``; ``name`` says which slogan it is."""
    table = read_gold("slogans.jsonl")
    table = _of_the_page(table[table["article"].isin(_ESSAYS)])
    return table.assign(name=table["slogan_id"], types=table["types"].str.join("|"))


def _of_the_page(table: pd.DataFrame) -> pd.DataFrame:
    table = table.assign(doc=table["article"].map(_ARTICLES))
    return table.dropna(subset="doc").reset_index(drop=True)


def coded_texts(
    task: str, texts: str = "page", shared: Path | None = None
) -> tuple[Corpus, pd.DataFrame, pd.DataFrame | None]:
    """Read coded texts, as arguments of `score_quantities` or `score_slogans`.

    Args:
        task: ``"quantities"`` or ``"slogans"``.
        texts: ``"page"``, ``"reports"`` of Shenzhen, or reports ``"held out"``.
        shared: The folder that holds the reports; by default `shared_folder`.

    Returns:
        Corpus, coded mentions, and passages outside which nothing was coded; None for the page.

    Raises:
        FileNotFoundError: The reports are not at hand.
    """
    if texts == "page":
        corpus, within = read_corpus(HOME / "data" / "wenzhou-2021"), None
        coded = coded_quantities() if task == "quantities" else coded_slogans()
    else:
        corpus = read_reports(shared or shared_folder())
        coded = read_coded(task, _FILES[texts])
        within = read_gold(f"{_FILES[texts]}-{task}-passages.csv")
        if task == "slogans":  # a slogan has the name of the place where its canonical form stands
            canonical = coded["canonical_start"].fillna(coded["start"]).astype(int).astype(str)
            coded = coded.assign(name=coded["doc"] + " " + canonical)
    return corpus.select(coded["doc"].unique()), coded, within


def agreed(coded: pd.DataFrame) -> pd.Series:
    """What the coders call a span: ext, which is neutral, where the two of them differ."""
    second = coded["label_b"].where(coded["label_b"].notna(), coded["label_a"])
    return coded["label_a"].where(coded["label_a"] == second, "ext")


def coded_core() -> pd.DataFrame:
    """Every core slogan that the weights of candidates are fitted on.

    Returns:
        doc, start, end, quoted, hard: whether another careful coder could well decide otherwise
        (asked of the reports of the country alone, False elsewhere).
    """
    country, shenzhen = read_gold("reports-slogans.csv"), read_coded("slogans", "shenzhen")
    tables = [country[agreed(country) == "core"], shenzhen[shenzhen["core"]]]
    page = coded_slogans()
    core = pd.concat([*tables, page[page["core"]]], ignore_index=True)
    return core[[*SPAN, "quoted"]].assign(hard=core["hard"].eq(True))
