"""Numbers and targets found against the coded ones: mentions, values, status, strict targets.

Scored on the Wenzhou page and, where the reports are at hand, on coded passages of two Shenzhen
districts. Intervals draw paragraphs anew, since numbers stand in lists.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from policytext.corpus import Corpus, read_corpus
from policytext.lexicon import HOME
from policytext.quantities import find_quantities
from policytext.scoring.core import Score, compare, inside, read_gold, wilson
from policytext.scoring.join import read_coded, read_reports
from policytext.targets import find_targets

TIERS = {
    **dict.fromkeys(("vague",), "B"),
    **dict.fromkeys(("slogan_number",), "C"),
    **dict.fromkeys(("list_marker",), "D"),
    **dict.fromkeys(("lexical", "identifier"), "E"),
    **dict.fromkeys(("time_deictic",), "T"),
}
_ARTICLES = (
    *("", "ouhai", "dongtou", "policy-research", "reform-office", "poetry-prize"),
    *("pingyang-mortgage", "cangnan-water", "yueqing-village"),
)
_KEY = ["doc", "start", "end"]


def shared_folder() -> Path:
    """The folder beside the project that holds the reports; named by the variable SHARED."""
    return Path(os.environ.get("SHARED", HOME.parent / "shared"))


def coded_page() -> pd.DataFrame:
    """The coded mentions of the page's articles, with ``doc`` and ``tier``."""
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
    found, targets = find_quantities(corpus), find_targets(corpus)
    found["tier"] = found["status"].map(TIERS).fillna("A")
    return (
        corpus,
        *(_with_paragraphs(_held(t, within), corpus) for t in (found, targets, coded)),
    )


def _held(table: pd.DataFrame, passages: pd.DataFrame | None) -> pd.DataFrame:
    return table if passages is None else inside(table, passages)


def _with_paragraphs(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add the paragraph a row stands in, as the cluster of intervals."""
    sentences = corpus.sentences.sort_values("start", kind="stable")
    merged = pd.merge_asof(
        table.assign(row=range(len(table))).sort_values("start", kind="stable"),
        sentences[["doc", "start", "paragraph"]],
        on="start",
        by="doc",
    ).sort_values("row", kind="stable")
    where = merged["doc"] + ":" + merged["paragraph"].astype(str)
    return table.assign(cluster=where.to_numpy())


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


def lines() -> Iterator[str]:
    """One line for each figure: the page, then the reports if they are at hand."""
    for name in ("page", "reports"):
        try:
            corpus_tables = tables(name)
        except FileNotFoundError as missing:
            yield f"{name}: left out, {missing}"
            continue
        yield from _lines(name, *corpus_tables[1:])


def _lines(
    name: str, found: pd.DataFrame, targets: pd.DataFrame, coded: pd.DataFrame
) -> Iterator[str]:
    yield _line(f"{name} mentions, all", *compare(found, coded, _KEY, "cluster"))
    real, theirs = found[found["tier"] == "A"], coded[coded["tier"] == "A"]
    yield _line(f"{name} mentions, tier A", *compare(real, theirs, _KEY, "cluster"))
    both = joined(found, coded[coded["tier"] == "A"])
    both = both[both["tier_found"] == "A"]
    yield _share(f"{name} norm_value of tier A found", *agreement(both, "norm_value"))
    yield _share(f"{name} norm_unit of tier A found", *agreement(_same_units(both), "norm_unit"))
    yield _share(f"{name} comparator of tier A found", *agreement(both, "comparator"))
    yield _share(f"{name} status of tier A found", *agreement(both, "status"))
    for status, group in both.groupby("status"):
        yield _share(f"{name} status {status}", *agreement(group, "status"))
    strict, ours = coded[coded["is_target_strict"]], targets[targets["is_target"]]
    yield _line(f"{name} strict targets", *compare(ours, strict, _KEY, "cluster"))
    hits = joined(ours, strict)
    hits = _same_units(_none_as_null(hits))
    for part in ("norm_value", "norm_unit", "comparator", "horizon_end", "strength"):
        yield _share(f"{name} {part} of targets found", *agreement(hits, part))
    near = sum(map(alike, hits["indicator_found"], hits["indicator"]))
    yield _share(f"{name} indicator of targets found, half its characters", near, len(hits))


def _same_units(both: pd.DataFrame) -> pd.DataFrame:
    """``count:企业`` is a count; what is counted is another column."""
    return both.assign(norm_unit=both["norm_unit"].str.replace(r"^count:.*", "count", regex=True))


def alike(ours: object, theirs: object) -> bool:
    """Whether half the characters of the shorter wording are in the other: coders abbreviate."""
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    short, long = sorted((ours, theirs), key=len)
    return 2 * sum(character in long for character in short) >= len(short)


def _none_as_null(both: pd.DataFrame) -> pd.DataFrame:
    return both.assign(strength=both["strength"].fillna("none"))


def _line(label: str, score: Score, interval: tuple[float, float]) -> str:
    low, high = interval
    return (
        f"{label}: P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f} "
        f"[{low:.3f}, {high:.3f}] hits {score.hits} found {score.found} coded {score.coded}"
    )


def _share(label: str, hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{label}: {hits} of {of} = {hits / max(of, 1):.3f} [{low:.3f}, {high:.3f}]"
