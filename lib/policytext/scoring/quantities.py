"""Numbers and targets found against the coded ones: mentions, values, status, strict targets.

Scored on the Wenzhou page and, where the reports are at hand, on coded passages of two Shenzhen
districts. Intervals draw paragraphs anew, since numbers stand in lists.
"""

import os
from pathlib import Path

import pandas as pd

from policytext.corpus import Corpus, read_corpus
from policytext.lexicon import HOME
from policytext.quantities import find_quantities
from policytext.scoring.core import inside, read_gold
from policytext.scoring.join import read_coded, read_reports
from policytext.spanlookup import locate
from policytext.targets import find_targets

_ARTICLES = (
    *("", "ouhai", "dongtou", "policy-research", "reform-office", "poetry-prize"),
    *("pingyang-mortgage", "cangnan-water", "yueqing-village"),
)
_KEY = ["doc", "start", "end"]


def shared_folder() -> Path:
    """The folder beside the project that holds the reports; named by the variable SHARED."""
    return Path(os.environ.get("SHARED", HOME.parent / "shared"))


def coded_page() -> pd.DataFrame:
    """The coded mentions of the page's articles, with ``doc``."""
    table = read_gold("quantities.jsonl")
    table["doc"] = table["article"].map(lambda a: _ARTICLES[int(a[1:])])
    return table[table["doc"] != ""].reset_index(drop=True)


def tables(name: str) -> tuple[Corpus, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Corpus, quantities found, targets found and mentions coded of ``page`` or ``reports``.

    Raises:
        FileNotFoundError: Where the reports are not at hand.
    """
    if name == "page":
        corpus = read_corpus(HOME / "data" / "wenzhou-2021")
        coded, within = coded_page(), None
    else:
        coded = read_coded("quantities")
        corpus = read_reports(shared_folder()).select(sorted(coded["doc"].unique()))
        within = read_gold("shenzhen-quantities-passages.csv")
    tables = find_quantities(corpus), find_targets(corpus), coded
    return (corpus, *(placed(table, corpus, within) for table in tables))


def placed(table: pd.DataFrame, corpus: Corpus, within: pd.DataFrame | None) -> pd.DataFrame:
    """The rows in the passages, each with its paragraph as the cluster of intervals."""
    kept = table if within is None else inside(table, within)
    paragraphs = corpus.sentences["paragraph"].to_numpy()[locate(kept, corpus)]
    return kept.assign(cluster=kept["doc"] + ":" + pd.Series(paragraphs, kept.index).astype(str))


def joined(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Coded rows that were found, with the found columns under the suffix ``_found``."""
    return coded.merge(found, on=_KEY, suffixes=("", "_found"))


def agreement(both: pd.DataFrame, part: str) -> tuple[int, int]:
    """How many joined rows agree in a part, of how many: numbers to one in a thousand."""
    ours, theirs = both[f"{part}_found"], both[part]
    if part == "norm_value":
        known = theirs.notna()
        close = (ours - theirs).abs() <= theirs.abs() * 1e-3
        return int((close & known).sum()), int(known.sum())
    same = ours.fillna("").astype(str) == theirs.fillna("").astype(str)
    return int(same.sum()), len(both)


def alike(ours: object, theirs: object) -> bool:
    """Whether half the characters of the shorter wording are in the other: coders abbreviate."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    short, long = sorted((ours, theirs), key=len)
    return 2 * sum(character in long for character in short) >= len(short)
