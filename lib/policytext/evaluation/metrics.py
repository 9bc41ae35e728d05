"""Match spans, count hits, and put an interval on the result."""

from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

SPAN = ["doc", "start", "end"]
Interval = tuple[float, float]
_TAILS = [(1 - 0.95) / 2, (1 + 0.95) / 2]


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


Counts: TypeAlias = pd.DataFrame | Sequence[Score]  # hits, found and coded of each cluster


def joined(found: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Match two span tables on the exact span; ``_merge`` says which of them has a row.

    Columns of both tables get the suffixes ``_found`` and ``_coded``.

    >>> found = pd.DataFrame({"doc": "d", "start": [1, 5], "end": [3, 9]})
    >>> coded = pd.DataFrame({"doc": "d", "start": [1, 6], "end": [3, 9]})
    >>> total(joined(found, coded))
    Score(hits=1, found=2, coded=2)
    """
    return found.merge(coded, "outer", SPAN, suffixes=("_found", "_coded"), indicator=True)


def hits(joined: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table of `joined` that both sides have."""
    return joined[joined["_merge"] == "both"]


def by_cluster(joined: pd.DataFrame, cluster: str = "cluster") -> pd.DataFrame:
    """Hits, found and coded of each cluster of rows of `joined`, such as a paragraph."""
    side = joined["_merge"]
    sides = {"hits": side == "both", "found": side != "right_only", "coded": side != "left_only"}
    return pd.DataFrame(sides).groupby(joined[cluster]).sum()


def total(joined: pd.DataFrame) -> Score:
    """Hits, found and coded of a table of `joined`."""
    return summed(by_cluster(joined, "doc"))


def summed(counts: Counts) -> Score:
    """The counts of all clusters."""
    return Score(*_array(counts).sum(axis=0).tolist())


def _array(counts: Counts) -> np.ndarray:
    return np.asarray(counts, dtype=int).reshape(-1, 3)


def inside(table: pd.DataFrame, passages: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of a span table that lie in one of the passages (doc, start, end); all for None.

    >>> spans = pd.DataFrame({"doc": "d", "start": [1, 8], "end": [3, 9]})
    >>> len(inside(spans, pd.DataFrame({"doc": ["d"], "start": [0], "end": [5]})))
    1
    """
    if passages is None:
        return table
    keep = pd.Series(False, index=table.index)
    for row in passages.itertuples():
        held = table["start"].ge(row.start) & table["end"].le(row.end)
        keep |= held & table["doc"].eq(row.doc)
    return table[keep].reset_index(drop=True)


def paired(one: pd.DataFrame, two: pd.DataFrame, min_overlap: float = 0.5) -> list[tuple[int, int]]:
    """Match overlapping spans of two tables one to one, the best overlaps first.

    Returned are pairs of row numbers, from 0. ``min_overlap`` is the least share of `overlap`; 1
    pairs only spans with both edges alike.

    >>> a = pd.DataFrame({"doc": "d", "start": [0, 10], "end": [4, 14]})
    >>> b = pd.DataFrame({"doc": "d", "start": [0, 11, 20], "end": [4, 14, 22]})
    >>> paired(a, b), paired(a, b, min_overlap=1)
    ([(0, 0), (1, 1)], [(0, 0)])
    """
    left, right = (list(t[SPAN].itertuples(index=False, name=None)) for t in (one, two))
    near = [
        (-share, i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (share := overlap(a, b)) >= min_overlap and share > 0
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(near):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def overlap(one: tuple[str, int, int], two: tuple[str, int, int]) -> float:
    """Shared characters of two spans in those of the longer; 0 in different documents.

    >>> overlap(("d", 0, 4), ("d", 2, 4))
    0.5
    """
    shared = min(one[2], two[2]) - max(one[1], two[1])
    if one[0] != two[0] or shared <= 0:
        return 0.0
    return shared / max(one[2] - one[1], two[2] - two[1])


def wilson(hits: int, of: int) -> Interval:
    """Wilson's 95 % score interval of a single proportion (Wilson 1927), for independent trials.

    >>> tuple(round(x, 3) for x in wilson(9, 10))
    (0.596, 0.982)
    """
    if not of:
        return (0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + 0.95 / 2)
    p, zz = hits / of, z * z
    middle = (p + zz / (2 * of)) / (1 + zz / of)
    half = z / (1 + zz / of) * (p * (1 - p) / of + zz / (4 * of * of)) ** 0.5
    return (max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(counts: Counts) -> Interval:
    """95 % percentile interval of F1 over resampled clusters (paragraphs or documents).

    Mentions cluster, so the cluster and not the mention is drawn. Where no cluster has an error
    every draw is the same; then `wilson` of all mentions says how far so many reach, though it
    takes them as independent. Where as many are found as coded, F1 is the share of hits.

    >>> mixed = [Score(i % 2, 1, 1) for i in range(9)]
    >>> bootstrap(mixed)[0] < 4 / 9 < bootstrap(mixed)[1]
    True
    >>> bootstrap([Score(1, 1, 1)] * 5) == wilson(5, 5)
    True
    """
    table, whole = _array(counts), summed(counts)
    if whole.hits == max(whole.found, whole.coded):
        return wilson(whole.hits, whole.hits)
    draws = np.random.default_rng(2021).integers(0, len(table), (2000, len(table)))
    return percentiles(Score(*draw).f1 for draw in table[draws].sum(axis=1).tolist())


def percentiles(values: Iterable[float]) -> Interval:
    """95 % percentile interval of resampled values; those without a value do not count."""
    low, high = np.nanquantile(np.fromiter(values, float), _TAILS).tolist()
    return (low, high)


_COUNTS, _SHARES = "hits found coded".split(), "precision recall f1".split()
SUMMARY_COLUMNS = ["task", "what", "by", "part", *_COUNTS, *_SHARES]
SUMMARY_COLUMNS += ["share", "low", "high", "interval"]
Row = dict[str, object]


def f1_row(what: str, counts: Counts, resampled: str) -> Row:
    """F1 of all clusters together, with the interval of resampled clusters."""
    return score_row(what, summed(counts), bootstrap(counts), f"F1, {resampled} resampled")


def score_row(what: str, score: Score, interval: Interval, method: str) -> Row:
    """Counts with precision, recall and F1."""
    cells = {name: getattr(score, name) for name in (*_COUNTS, *_SHARES)}
    return {"what": what, **cells, **_bounds(interval, method)}


def precision_row(what: str, hits: int, found: int) -> Row:
    """Precision alone, for a rule, which has no recall."""
    cells = {"hits": hits, "found": found, "precision": hits / found}
    return {"what": what, **cells, **_bounds(wilson(hits, found), "precision, Wilson")}


def share_row(
    what: str, right: pd.Series, cluster: pd.Series | None = None, resampled: str = ""
) -> Row:
    """Share of right ones; the interval is Wilson's, or that of clusters resampled."""
    hits, of = int(right.sum()), len(right)
    cells = {"hits": hits, "coded": of, "share": hits / of if of else float("nan")}
    if cluster is None:
        return {"what": what, **cells, **_bounds(wilson(hits, of), "share, Wilson")}
    counts = pd.DataFrame({"hits": right, "found": True, "coded": True}).groupby(cluster).sum()
    return {"what": what, **cells, **_bounds(bootstrap(counts), f"share, {resampled} resampled")}


def _bounds(interval: Interval, method: str) -> Row:
    return {"low": interval[0], "high": interval[1], "interval": method}


def table_of(task: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows of a task as a table, columns ``SUMMARY_COLUMNS``."""
    table = pd.DataFrame(list(rows)).reindex(columns=SUMMARY_COLUMNS).assign(task=task)
    return table.astype(dict.fromkeys(_COUNTS, "Int64") | {"by": object, "part": object})
