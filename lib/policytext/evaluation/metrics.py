"""Match spans, count hits, and put an interval on the result."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

SPAN = ["doc", "start", "end"]


def paired(one: pd.DataFrame, two: pd.DataFrame, min_overlap: float = 0.5) -> list[tuple[int, int]]:
    """Which span of one table is which of the other, each used once, the best overlaps first.

    Args:
        one: A span table.
        two: Another of the same documents.
        min_overlap: The least overlap, shared characters in those of the longer span; 1 pairs only
            spans with both edges alike.

    Returns:
        Pairs of row numbers (from 0) of the two tables.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> b = pd.DataFrame({"doc": "d", "start": [0, 11, 20], "end": [4, 14, 22]})
    >>> paired(a, b), paired(a, b, min_overlap=1)
    ([(0, 0), (1, 1)], [(0, 0)])
    """
    left, right = (list(t[SPAN].itertuples(index=False, name=None)) for t in (one, two))
    near = [
        (share, i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (share := overlap(a, b)) >= min_overlap and share > 0
    ]
    pairs, used_one, used_two = [], set(), set()
    for _, i, j in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        if i not in used_one and j not in used_two:
            used_one.add(i)
            used_two.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def overlap(one: tuple[str, int, int], two: tuple[str, int, int]) -> float:
    """Shared characters of two spans in those of the longer; 0 in different documents.

    >>> overlap(("d", 0, 4), ("d", 2, 4))
    0.5
    """
    shared = min(one[2], two[2]) - max(one[1], two[1])
    if one[0] != two[0] or shared <= 0:
        return 0.0
    return shared / max(one[2] - one[1], two[2] - two[1])


class Score(NamedTuple):
    """Hits, found and coded, with precision, recall and F1 as fractions of one."""

    hits: int
    found: int
    coded: int

    @property
    def precision(self) -> float:
        """Hits in what was found; nan where nothing was found."""
        return self.hits / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        """Hits in what was coded; nan where nothing was coded."""
        return self.hits / self.coded if self.coded else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 2·hits/(found + coded)."""
        total = self.found + self.coded
        return 2 * self.hits / total if total else float("nan")


def match(found: pd.DataFrame, coded: pd.DataFrame, by: Sequence[str]) -> Score:
    """Score two tables as sets of rows that agree in the columns ``by``.

    >>> a = pd.DataFrame({"start": [1, 5], "end": [3, 9]})
    >>> b = pd.DataFrame({"start": [1, 6], "end": [3, 9]})
    >>> match(a, b, ["start", "end"])
    Score(hits=1, found=2, coded=2)
    """
    ours, theirs = _keys(found, by), _keys(coded, by)
    return Score(len(ours & theirs), len(ours), len(theirs))


def _keys(table: pd.DataFrame, by: Sequence[str]) -> set[tuple[Hashable, ...]]:
    return set(table[list(by)].itertuples(index=False, name=None))


def wilson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a single proportion (Wilson 1927), for independent trials.

    >>> tuple(round(x, 3) for x in wilson(9, 10))
    (0.596, 0.982)
    """
    if not of:
        return (0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, zz = hits / of, z * z
    middle = (p + zz / (2 * of)) / (1 + zz / of)
    half = z / (1 + zz / of) * (p * (1 - p) / of + zz / (4 * of * of)) ** 0.5
    return (max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(
    counts: Mapping[Hashable, Score],
    measure: Callable[[Score], float] = lambda score: score.f1,
    n_resamples: int = 2000,
    seed: int = 2021,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Percentile interval of a measure over resampled clusters (paragraphs or documents).

    Mentions cluster, so the cluster and not the mention is drawn. Where no cluster has an error
    every draw is the same; then `wilson` of all mentions says how far so many reach, though it
    takes them as independent.

    Args:
        counts: The score of each cluster.
        measure: What to compute from the summed score.
        n_resamples: Draws.
        seed: Of the generator; the same seed gives the same interval.
        confidence: Coverage.

    >>> mixed = {i: Score(i % 2, 1, 1) for i in range(9)}
    >>> bootstrap(mixed)[0] < 4 / 9 < bootstrap(mixed)[1]
    True
    >>> bootstrap({i: Score(1, 1, 1) for i in range(5)}) == wilson(5, 5)
    True
    """
    table = np.array([tuple(score) for score in counts.values()], dtype=int).reshape(-1, 3)
    hits, *sizes = table.sum(axis=0).tolist()
    if hits == max(sizes):
        return wilson(hits, hits, confidence)
    draws = np.random.default_rng(seed).integers(0, len(table), (n_resamples, len(table)))
    values = [measure(Score(*map(int, table[draw].sum(axis=0)))) for draw in draws]
    low, high = np.nanquantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return (float(low), float(high))


def inside(table: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """The rows of a span table that lie in one of the passages (doc, start, end).

    >>> spans = pd.DataFrame({"doc": "d", "start": [1, 8], "end": [3, 9]})
    >>> len(inside(spans, pd.DataFrame({"doc": ["d"], "start": [0], "end": [5]})))
    1
    """
    keep = pd.Series(False, index=table.index)
    for row in passages.itertuples():
        held = table["start"].ge(row.start) & table["end"].le(row.end)
        keep |= held & table["doc"].eq(row.doc)
    return table[keep].reset_index(drop=True)


def compare(
    found: pd.DataFrame, coded: pd.DataFrame, by: Sequence[str], cluster: str
) -> tuple[Score, tuple[float, float]]:
    """Score of two tables and the interval of its F1 over the clusters both have rows in."""
    groups = sorted(set(found[cluster]) | set(coded[cluster]))
    counts = {g: match(found[found[cluster] == g], coded[coded[cluster] == g], by) for g in groups}
    total = Score(*(sum(column) for column in zip(*counts.values(), strict=True)))
    return total, bootstrap(counts)


SUMMARY_COLUMNS = [
    *("task", "what", "by", "part", "hits", "found", "coded", "precision", "recall", "f1"),
    *("share", "low", "high", "interval"),
]
F1 = "F1, {} resampled"

Row = dict[str, object]


def cells_of(score: Score) -> Row:
    """Counts with precision, recall and F1."""
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**score._asdict(), **shares}


def f1_row(what: str, scores: Mapping[Hashable, Score], drawn: str) -> Row:
    """F1 of clusters put together, with the interval of resampled clusters."""
    low, high = bootstrap(scores)
    bounds = {"low": low, "high": high, "interval": F1.format(drawn)}
    return {"what": what, **cells_of(summed(scores)), **bounds}


def precision_row(what: str, score: Score) -> Row:
    """Precision alone: a rule has no recall of its own."""
    low, high = wilson(score.hits, score.found)
    cells = {"hits": score.hits, "found": score.found, "precision": score.precision}
    return {"what": what, **cells, "low": low, "high": high, "interval": "precision, Wilson"}


def share_row(what: str, hits: int, of: int) -> Row:
    """How many of so many agree."""
    low, high = wilson(hits, of)
    share = hits / of if of else float("nan")
    cells = {"hits": hits, "coded": of, "share": share}
    return {"what": what, **cells, "low": low, "high": high, "interval": "share, Wilson"}


def summed(scores: Mapping[Hashable, Score]) -> Score:
    """The counts of all clusters."""
    return Score(*(sum(score[part] for score in scores.values()) for part in range(3)))


def table_of(task: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows of a task as a table, columns ``SUMMARY_COLUMNS``."""
    table = pd.DataFrame(list(rows)).reindex(columns=SUMMARY_COLUMNS).assign(task=task)
    counts = ["hits", "found", "coded"]
    return table.astype(dict.fromkeys(counts, "Int64")).astype({"by": object, "part": object})
