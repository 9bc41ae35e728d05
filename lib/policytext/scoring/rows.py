"""The rows of the table of scores: a share of something, with its counts and its interval."""

from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from policytext.scoring.core import Score, bootstrap, wilson

SUMMARY_COLUMNS = [
    *("room", "what", "by", "part", "hits", "found", "coded", "precision", "recall", "f1"),
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


def table_of(room: str, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows of a room as a table, columns ``SUMMARY_COLUMNS``."""
    table = pd.DataFrame(list(rows)).reindex(columns=SUMMARY_COLUMNS).assign(room=room)
    counts = ["hits", "found", "coded"]
    return table.astype(dict.fromkeys(counts, "Int64")).astype({"by": object, "part": object})
