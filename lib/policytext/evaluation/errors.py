"""False negatives, false positives and wrong labels on the coded page, with passage and reason.

Shown, not repaired: a rule made for one sentence would raise the figure and help no other text. The
reason is a plain comparison of what was found with what was coded, not a reading of the passage.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from policytext.corpus.corpus import Corpus
from policytext.corpus.locate import locate
from policytext.evaluation.metrics import SPAN, hits, joined, overlap
from policytext.evaluation.scores import core_slogans, quantity_tables, slogan_tables
from policytext.numbers.quantities import NOT_MEASURED
from policytext.text.clean import clean

ERROR_COLUMNS = "task error reason doc start end text found coded passage".split()
_COLUMNS = [name for name in ERROR_COLUMNS if name not in ("text", "passage")]

Span = tuple[str, int, int]
Row = tuple[object, ...]  # _COLUMNS


def errors() -> pd.DataFrame:
    """List every error of numbers, targets and slogans on the coded page.

    Returns:
        A span table: task (quantities, targets, slogans), error (missed, found wrongly, wrong
        label), reason, doc, start, end, text, found and coded (what each side says of the
        passage), passage (its sentence). A span found with wrong edges is one row, *missed*, with
        both wordings. The reason is one of *wrong boundary*; *core or extended* (the other side
        has this slogan on the other side of that border); *seen as no quantity* and *seen as a
        quantity* (the border to slogan numbers, list marks and words); *wrong status*, *wrong
        horizon*, *wrong echo*; of slogans that one side has not at all *quoted* and *unquoted*;
        of numbers *not seen by one side*.

    >>> table = errors()
    >>> set(table["error"]) <= {"missed", "found wrongly", "wrong label"}
    True
    """
    page, found, targets, coded = quantity_tables("page")
    _, slogans, mentions = slogan_tables("page")
    numbers = joined(found, coded)
    promised = joined(targets[targets["is_target"]], coded[coded["is_target_strict"]])
    cores = core_slogans(slogans, mentions)
    rows = [
        *_of_numbers("quantities", numbers, coded, "not seen by one side"),
        *_wrong_labels("quantities", numbers, "status", status_reason),
        *_of_numbers("targets", promised, coded, "wrong status"),
        *_wrong_labels("targets", promised, "horizon_end", lambda *_: "wrong horizon"),
        *_of_slogans(cores, slogans, mentions),
        *_wrong_labels("slogans", cores, "echo", lambda *_: "wrong echo"),
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.sort_values(["task", "doc", "start"], kind="stable", ignore_index=True)
    return _for_reading(table, page)[ERROR_COLUMNS]


def by_reason(table: pd.DataFrame) -> pd.DataFrame:
    """Count errors by reason: task, error, reason, errors, first (an example)."""
    groups = table.groupby(["task", "error", "reason"], sort=False)
    counts = groups.agg(errors=("text", "size"), first=("text", "first")).reset_index()
    return counts.sort_values(
        ["task", "errors"], ascending=[True, False], kind="stable", ignore_index=True
    )


def _for_reading(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add the wording and the sentence; a span among the cells becomes its wording."""

    def wording(cell: object) -> object:
        return clean(corpus.source(cell[0])[cell[1] : cell[2]]) if isinstance(cell, tuple) else cell

    cells = {"text": _spans(table), "found": table["found"], "coded": table["coded"]}
    sentences = corpus.sentences["text"].to_numpy()[locate(table, corpus)]
    words = {name: list(map(wording, column)) for name, column in cells.items()}
    return table.assign(passage=sentences, **words)


def _spans(table: pd.DataFrame) -> list[Span]:
    return list(table[SPAN].itertuples(index=False, name=None))


def _wrong_labels(
    task: str, both: pd.DataFrame, label: str, reason: Callable[[Any, Any], str]
) -> Iterator[Row]:
    rows = hits(both)
    ours, theirs = rows[f"{label}_found"], rows[f"{label}_coded"]
    differ = ours.fillna("") != theirs.fillna("")
    for span, one, two in zip(_spans(rows[differ]), ours[differ], theirs[differ], strict=True):
        yield task, "wrong label", reason(one, two), *span, one, two


def status_reason(found: str, coded: str) -> str:
    """Name the kind of a wrong status: across the border to what is no quantity, or not."""
    ours, theirs = found not in NOT_MEASURED, coded not in NOT_MEASURED
    if ours == theirs:
        return "wrong status"
    return "seen as a quantity" if ours else "seen as no quantity"


def _unmatched(both: pd.DataFrame) -> Iterator[tuple[Span, dict[str, Any]]]:
    """Rows that one side lacks; of two that overlap only the coded one."""
    missed = _spans(both[both["_merge"] == "right_only"])
    rows = both[both["_merge"] != "both"].sort_values("_merge", ascending=False, kind="stable")
    for span, row in zip(_spans(rows), rows.to_dict("records"), strict=True):
        if row["_merge"] == "right_only" or not best_overlap(span, missed):
            yield span, row


def _of_numbers(
    task: str, both: pd.DataFrame, coded: pd.DataFrame, otherwise: str
) -> Iterator[Row]:
    found = _spans(both[both["_merge"] != "right_only"])
    statuses = dict(zip(_spans(coded), coded["status"], strict=True))
    for span, row in _unmatched(both):
        if row["_merge"] == "left_only":
            yield task, "found wrongly", otherwise, *span, row["status_found"], statuses.get(span)
        elif other := best_overlap(span, found):
            yield task, "missed", "wrong boundary", *span, other, span
        else:
            yield task, "missed", otherwise, *span, None, row["status_coded"]


def _of_slogans(both: pd.DataFrame, found: pd.DataFrame, coded: pd.DataFrame) -> Iterator[Row]:
    for span, row in _unmatched(both):
        if row["_merge"] == "right_only":
            reason, other = slogan_reason(span, row["quoted_coded"], found)
            yield "slogans", "missed", reason, *span, other, row["types_coded"]
        else:
            reason, other = slogan_reason(span, row["quoted_found"], coded)
            yield "slogans", "found wrongly", reason, *span, row["rule"], other


def slogan_reason(span: Span, quoted: str, others: pd.DataFrame) -> tuple[str, Span | str | None]:
    """Reason why only one side has a slogan, with what the other side has instead."""
    cores = dict(zip(_spans(others), others["core"], strict=True))
    if span in cores:
        return "core or extended", "core" if cores[span] else "extended"
    if other := best_overlap(span, cores):
        return "wrong boundary", other
    return "quoted" if quoted == "full" else "unquoted", None


def best_overlap(span: Span, others: Iterable[Span]) -> Span | None:
    """The other span that shares most with one."""
    shares = [(overlap(span, other), str(other), other) for other in others]
    share, _, best = max(shares, default=(0.0, "", None))
    return best if share else None
